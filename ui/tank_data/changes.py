"""Notices when the data of a layer change, and not when only its filter does."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QTimer

from ..connections import Connections
from .columns import remember_columns, remembered_columns

_COMMITTED = (
    "committedFeaturesAdded",
    "committedFeaturesRemoved",
    "committedAttributeValuesChanges",
    "committedGeometriesChanges",
    "committedAttributesAdded",
    "committedAttributesDeleted",
)


class LayerChanges:
    """Calls ``changed`` once for what happens to a layer's data in one go, and ``gone`` before the layer is deleted."""

    def __init__(self, layer: QgsVectorLayer, changed: Callable[[], None], gone: Callable[[], None]) -> None:
        self._layer, self._changed, self._gone = layer, changed, gone
        self._maybe = self._surely = self._with_edits = False
        self._chosen = remembered_columns(layer)
        self._connections = Connections()
        self._listen()

    def begin(self) -> None:
        """Take note that the data are read now."""
        self._with_edits = self._layer.isEditable()
        self._chosen = remembered_columns(self._layer)

    def close(self) -> None:
        """Stop listening, and let go of who listened."""
        self._maybe = self._surely = False
        self._connections.close()
        self._changed = self._gone = _nothing

    def _listen(self) -> None:
        connect = self._connections.connect
        connect(self._layer.dataChanged, self._on_data_changed)
        connect(self._layer.subsetStringChanged, self._on_filter_changed)
        connect(self._layer.dataSourceChanged, self._on_surely)
        connect(self._layer.editingStopped, self._on_editing_stopped)
        connect(self._layer.willBeDeleted, self._on_deleted)
        connect(self._layer.styleManager().currentStyleChanged, self._on_style_changed)
        for name in _COMMITTED:
            connect(getattr(self._layer, name), self._on_surely)

    def _on_data_changed(self) -> None:
        self._maybe = True
        QTimer.singleShot(0, self._look)

    def _on_filter_changed(self) -> None:
        # Some providers say that their data changed when a filter is put on them, just before.
        self._maybe = False

    def _on_surely(self, *_: object) -> None:
        self._surely = True
        QTimer.singleShot(0, self._look)

    def _on_editing_stopped(self) -> None:
        if self._with_edits:
            self._on_surely()

    def _look(self) -> None:
        changed, self._maybe, self._surely = self._maybe or self._surely, False, False
        if changed:
            self._changed()

    def _on_style_changed(self, _name: str) -> None:
        # A style brings its own custom properties; those from before the columns were chosen do not name them.
        if self._chosen and not remembered_columns(self._layer):
            remember_columns(self._layer, self._chosen)

    def _on_deleted(self) -> None:
        self._maybe = self._surely = False
        self._connections.drop()
        self._gone()


def _nothing() -> None:
    return None
