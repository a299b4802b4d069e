"""Filters one tank layer at a time, beside the user's own filter. No widgets here."""

from __future__ import annotations

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...analysis.selection.columns import TankColumns
from ...analysis.selection.expression import Known, expression
from ...analysis.selection.wanted import ANY_TIME, TankFilter
from ...translation import tr
from ..connections import Connections
from ..tank_data.layers import TankFacts, columns_of, facts_of, is_alive, is_tank_layer, undated_in
from .hold import FilterHold, restore_all

UNTOLD = -1  # as QGIS says it, where a provider cannot count


class TankFilterController(QObject):
    """The layer in hand, what it holds, and what of it is shown.

    ``changed``: the layer, its counts or the filter are other than before. ``refused``: a text that says what could
    not be done, and why. ``told``: a text that says what was done instead of what the user may expect.
    """

    changed = pyqtSignal()
    refused = pyqtSignal(str)
    told = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = TankColumns()
        self.facts = TankFacts(0, 0, None)
        self._hold: FilterHold | None = None
        self._owed: dict[str, Connections] = {}
        self._connections = Connections()

    @property
    def layer(self) -> QgsVectorLayer | None:
        """The tank layer in hand."""
        return self._hold.layer if self._hold and is_alive(self._hold.layer) else None

    @property
    def wanted(self) -> TankFilter:
        """The filter that stands now."""
        return self._hold.wanted if self._hold else TankFilter()

    @property
    def is_edited(self) -> bool:
        """Whether the layer is in edit mode, in which QGIS changes no filter."""
        return self.layer is not None and self.layer.isEditable()

    def shown(self) -> int:
        """Return how many tanks the layer shows; ``UNTOLD`` where the provider cannot count."""
        return self.layer.featureCount() if self.layer else 0

    def undated_hidden(self) -> int:
        """Return how many tanks without a date are not shown."""
        if not self.layer or self.wanted == TankFilter():
            return 0
        if self.wanted.mode != ANY_TIME and not self.wanted.undated:
            return self.facts.undated
        return self.facts.undated - undated_in(self.layer, self.columns)

    def adopt(self, layer: QgsVectorLayer | None) -> None:
        """Let go of the layer in hand and take this one; None, or a layer without tanks, leaves none in hand."""
        if self.layer is not None and self.layer is layer:
            return
        self.let_go()
        if layer is not None and is_alive(layer) and is_tank_layer(layer):
            if layer.id() in self._owed:
                self._owed.pop(layer.id()).close()
            self._hold = FilterHold(layer)
            self._listen(layer)
            self._measure()
        self.changed.emit()

    def apply(self, wanted: TankFilter) -> bool:
        """Show what is wanted; False, with a message and nothing changed, where the layer refuses."""
        layer = self.layer
        if layer is None:
            return False
        if wanted != self.wanted:
            problem = self._why_not() or self._try(wanted)
            if problem:
                self.refused.emit(problem)
                self.changed.emit()
                return False
        self.changed.emit()
        return True

    def reset(self) -> bool:
        """Show all tanks that the user's own filter shows."""
        return self.apply(TankFilter())

    def let_go(self) -> None:
        """Leave the layer with its user's own filter; where it is edited, as soon as the editing ends."""
        layer, hold, self._hold = self.layer, self._hold, None
        self._connections.close()
        self.facts = TankFacts(0, 0, None)
        if layer is None or hold is None or hold.restore():
            return
        later = self._owed[layer.id()] = Connections()
        later.connect(layer.editingStopped, lambda: self._pay(hold))
        later.connect(layer.willBeDeleted, lambda: self._forget(later))
        self.told.emit(
            tr("The layer “{layer}” is being edited: the tank filter comes off when the editing ends.").format(
                layer=layer.name()
            )
        )

    def close_down(self) -> None:
        """Let go of everything, for good: no filter of ours stays, and no connection."""
        self.let_go()
        for later in self._owed.values():
            later.close()
        self._owed.clear()
        for layer in restore_all(QgsProject.instance()):
            self.refused.emit(
                tr(
                    "The layer “{layer}” is being edited, so the tank filter could not be taken off. End the editing, "
                    "then clear the filter in the layer's properties, or open the tank filter again."
                ).format(layer=layer.name())
            )

    def _listen(self, layer: QgsVectorLayer) -> None:
        connect = self._connections.connect
        connect(layer.subsetStringChanged, self._on_filter_changed)
        connect(layer.editingStarted, self.changed.emit)
        connect(layer.editingStopped, self._on_editing_stopped)
        connect(layer.dataSourceChanged, self._on_source_changed)
        connect(layer.willBeDeleted, self._on_deleted)
        connect(layer.styleManager().currentStyleChanged, self._on_style_changed)

    def _why_not(self) -> str:
        assert self._hold is not None
        name = self._hold.layer.name()
        if self.is_edited:
            return tr("The layer “{layer}” is being edited: save or discard the edits, then filter.").format(layer=name)
        if self._hold.own.lstrip().lower().startswith("select "):
            return tr(
                "The layer “{layer}” has a whole SELECT statement as its own filter, to which nothing can be added. "
                "Write it as a condition to filter further."
            ).format(layer=name)
        return ""

    def _try(self, wanted: TankFilter) -> str:
        assert self._hold is not None
        if self._hold.put(expression(wanted, self.columns, Known(self.facts.odd_years)), wanted):
            return ""
        return tr(
            "The layer “{layer}” refused the filter, and keeps the one it had. Some sources cannot be filtered: "
            "save the layer as a GeoPackage and filter that."
        ).format(layer=self._hold.layer.name())

    def _measure(self) -> None:
        assert self._hold is not None
        self.columns = columns_of(self._hold.layer)
        with self._hold.lifted() as lifted:
            facts = facts_of(self._hold.layer, self.columns)
        self.facts = facts if lifted else facts._replace(total=UNTOLD)

    def _on_filter_changed(self) -> None:
        if self._hold is None or self._hold.busy:
            return
        was_ours = self._hold.wanted != TankFilter()
        self._hold.accept()
        self._measure()
        if was_ours:
            self.told.emit(
                tr(
                    "The filter of “{layer}” was changed outside the tank filter. It stands as it is now, and the tank "
                    "filter adds nothing to it."
                ).format(layer=self._hold.layer.name())
            )
        self.changed.emit()

    def _on_editing_stopped(self) -> None:
        self._measure()
        self.changed.emit()

    def _on_source_changed(self) -> None:
        layer = self.layer
        if layer is not None:
            self.let_go()
            self.adopt(layer)

    def _on_style_changed(self, _name: str) -> None:
        if self._hold is not None:
            self._hold.remember()

    def _on_deleted(self) -> None:
        self._hold = None
        self._connections.drop()
        self.facts = TankFacts(0, 0, None)
        self.changed.emit()

    def _pay(self, hold: FilterHold) -> None:
        """Put the user's own filter back on a layer that was edited when it was let go."""
        if is_alive(hold.layer) and hold.restore():
            self._owed.pop(hold.layer.id()).close()

    def _forget(self, gone: Connections) -> None:
        gone.drop()
        self._owed = {key: value for key, value in self._owed.items() if value is not gone}
