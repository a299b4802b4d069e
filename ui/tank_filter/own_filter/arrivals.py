"""Layers that come into the project with the dock's filter on them.

Read with a saved project, they go to the dock. Copied, pasted or loaded from a definition, they get their user's own
filter: ours stands on the layer that the dock shows, and on no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer

from ...connections import Connections

# As ``hold`` and ``handed_over`` name them: neither is imported before there is something to do.
FILTERED, HANDED_OVER = "leachwatch/tank_filter", "leachwatch/temporal"


class Arrivals:
    """Watches the project. ``is_filtered``: whether the dock shows a layer; ``bring_back`` gets those of a project."""

    def __init__(
        self,
        is_filtered: Callable[[QgsMapLayer], bool],
        bring_back: Callable[[Iterable[QgsVectorLayer]], None],
    ) -> None:
        self._is_filtered, self._bring_back = is_filtered, bring_back
        self._read: set[str] = set()
        self._new: set[str] = set()
        self._later = QTimer()  # who adds a layer may do more to it at once
        self._later.setSingleShot(True)
        self._connections = Connections()
        project = QgsProject.instance()
        self._connections.connect(self._later.timeout, self._give_back_copies)
        self._connections.connect(project.readMapLayer, self._on_layer_read)
        self._connections.connect(project.layersAdded, self._on_added)
        self._connections.connect(project.readProject, self._on_read)

    def close_down(self) -> None:
        """Disconnect, for good, and leave no layer of the project with anything of ours."""
        self._later.stop()
        self._connections.close()
        if any(map(_is_marked, QgsProject.instance().mapLayers().values())):
            from ..years.handed_over import give_all_back
            from .hold import restore_all

            restore_all(QgsProject.instance())
            give_all_back(QgsProject.instance())

    def _on_layer_read(self, layer: QgsMapLayer, _element: object) -> None:
        """A layer of a project that is being read, which is added next."""
        if _is_marked(layer):
            self._read.add(layer.id())

    def _on_added(self, layers: list[QgsMapLayer]) -> None:
        marked = {layer.id() for layer in layers if layer.isValid() and _is_marked(layer)} - self._read
        if marked:
            self._new |= marked
            self._later.start(0)

    def _on_read(self, *_: object) -> None:
        self._read.clear()
        marked = [layer for layer in QgsProject.instance().mapLayers().values() if _is_marked(layer)]
        if marked:
            from .hold import kept_of

            self._bring_back([each for each in marked if kept_of(each) or HANDED_OVER in each.customPropertyKeys()])

    def _give_back_copies(self) -> None:
        new, self._new = self._new, set()
        layers = [layer for layer in map(QgsProject.instance().mapLayer, new) if layer is not None]
        for layer in layers:
            if _is_marked(layer) and not self._is_filtered(layer):
                from ..years.handed_over import give_back
                from .hold import FilterHold

                FilterHold(layer).restore()
                give_back(layer)


def _is_marked(layer: QgsMapLayer) -> bool:
    keys = layer.customPropertyKeys() if isinstance(layer, QgsVectorLayer) else []
    return FILTERED in keys or HANDED_OVER in keys
