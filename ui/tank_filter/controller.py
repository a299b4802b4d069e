"""Filters one tank layer at a time, beside the user's own filter. No widgets here."""

from __future__ import annotations

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject

from ...analysis.selection.expression import Known, combine, expression
from ...analysis.selection.wanted import TankFilter
from ..connections import Connections
from ..tank_data.layers import is_alive, is_tank_layer
from . import saying
from .asking import Asked
from .own_filter.condition import is_condition
from .own_filter.hold import FilterHold, restore_all
from .own_filter.owed import OwedLayers
from .parts import fitted
from .state import FilterState
from .strange import StrangeValues


class TankFilterController(FilterState):
    """Takes layers in hand, puts on them what is asked for, and gives them back as they were."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tanks.ready.connect(self._on_ready)
        self._tanks.failed.connect(self._on_failed)
        self._strange = StrangeValues()
        self._replayed: int | None = None
        self._owed = OwedLayers()
        self._connections = Connections()

    def adopt(self, layer: QgsVectorLayer | None) -> None:
        """Let go of the layer in hand and take this one; None, or a layer without tanks, leaves none in hand."""
        if self.layer is not None and self.layer is layer:
            return
        self.let_go()
        if layer is not None and is_alive(layer) and is_tank_layer(layer):
            self._owed.forget(layer)
            self._take(layer)
        self._tell()

    def apply(self, wanted: TankFilter, undoable: bool = True) -> bool:
        """Show what is wanted, as soon as the tanks are read; False, with a message, where the layer refuses.

        Conditions for which the layer has no column are left out, which is told.
        """
        layer = self.layer
        if layer is None:
            return False
        self._look_at_filter()
        self._tanks.look_at_columns()
        before, (wanted, left_out) = self.wanted, fitted(wanted, self.columns)
        if left_out:
            self.told.emit(saying.left_out(layer, left_out))
        if wanted == before:
            self.changed.emit()
            return True
        problem = self._why_not()
        if problem:
            self.refused.emit(problem)
            self._tell()
            return False
        if undoable:
            self._history.add(before, wanted)
        self._asked = Asked(wanted, undoable, self._replayed)
        if self._tanks.is_known:
            return self._work_out()
        self._tell()
        return True

    def reset(self) -> bool:
        """Show all tanks that the user's own filter shows."""
        return self.apply(TankFilter())

    def let_go(self) -> None:
        """Leave the layer with its user's own filter; where it is edited, as soon as the editing ends."""
        layer, hold, self._hold = self.layer, self._hold, None
        self._connections.close()
        self._forget_layer()
        if layer is None or hold is None or hold.restore() or not layer.isValid():
            return
        if layer.isEditable():
            self._owed.add(hold)
            self.told.emit(saying.comes_off_later(layer))
        else:
            self.refused.emit(saying.not_restored(layer))

    def close_down(self) -> None:
        """Let go of everything, for good: no filter of ours stays, and no connection."""
        self.let_go()
        self._owed.close()
        for layer in restore_all(QgsProject.instance()):
            self.refused.emit(saying.stays_on(layer))

    def _take(self, layer: QgsVectorLayer) -> None:
        self._hold = FilterHold(layer)
        self._listen(layer)
        self._tanks.take(layer, self._hold.own)

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
        if self.is_edited:
            return saying.is_edited(self._hold.layer)
        if not is_condition(self._hold.own):
            return saying.is_no_condition(self._hold.layer)
        return "" if self.table is not None or self.is_reading else self.problem

    def _replay(self, wanted: TankFilter) -> bool:
        """Ask for a filter that the history brings back."""
        self._replayed = self.undo_stack.index()
        try:
            return self.apply(wanted, undoable=False)
        finally:
            self._replayed = None

    def _work_out(self) -> bool:
        """Put the filter on the layer, or see to it that this is done; False where it was refused at once."""
        table, wanted = self.table, self.wanted
        assert table is not None
        results: list[bool] = []
        self._asking.ask(
            table,
            wanted,
            lambda known: results.append(self._put(wanted, known)),
            lambda problem: results.append(self._give_up(problem)),
        )
        if not results:
            self._tanks.count(None)
            self.changed.emit()
        return all(results)

    def _put(self, wanted: TankFilter, known: Known) -> bool:
        hold = self._hold
        if hold is None or not is_alive(hold.layer):
            return False
        ours = expression(wanted, self.columns, known)
        if wanted != hold.wanted or combine(hold.own, ours) != hold.layer.subsetString():
            problem = self._why_not() or ("" if hold.put(ours, wanted) else saying.has_refused(hold.layer))
            if problem:
                return self._give_up(problem)
        self._asked = None
        fresh = self._strange.fresh(self.table, wanted) if self.table is not None else {}
        if fresh:
            self.told.emit(saying.strange_values(hold.layer, fresh))
        self._tell()
        return True

    def _give_up(self, problem: str) -> bool:
        """Say why a filter does not stand. Was it not asked for just now, nothing of it must stay on the layer."""
        if self._asked is None and self._hold is not None and not self.is_edited:
            self._hold.put("", TankFilter())
        self._refuse(problem)
        return False

    def _refuse(self, problem: str) -> None:
        """Say why nothing changes; what was asked is forgotten, and the history stands where the layer does."""
        self._asking.cancel()
        asked, self._asked = self._asked, None
        if asked is not None and asked.undoable:
            self._history.take_back(self.wanted)
        elif asked is not None and asked.index is not None and self._replayed is None:
            self._history.go_to(asked.index)
        self.refused.emit(problem)
        self._tell()

    def _tell(self) -> None:
        """Count what is shown now, and say that something changed."""
        self._tanks.count(self.wanted if self._hold is not None else None)
        self.changed.emit()

    def _on_ready(self) -> None:
        """The tanks are other than before: so may be what must be said to the layer to show the same."""
        self._look_at_filter()
        layer = self.layer
        if layer is None or self.is_reading:
            return
        if not is_tank_layer(layer):
            self.told.emit(saying.no_tanks_now(layer))
            self.adopt(None)
            return
        self._fit(layer)
        if self._asked is not None or (self.wanted != TankFilter() and not self.is_edited):
            self._work_out()
        else:
            self._tell()

    def _fit(self, layer: QgsVectorLayer) -> None:
        """Leave out the conditions whose columns are gone since they were asked for."""
        wanted, left_out = fitted(self.wanted, self.columns)
        if left_out:
            self.told.emit(saying.left_out(layer, left_out))
            self._asked = Asked(wanted, undoable=False, index=None)

    def _on_failed(self, why: str) -> None:
        if self.layer is not None and self._hold is not None and self._hold.is_changed_outside:
            self._accept_filter()  # it is the user's own that can be read no more, and QGIS has dropped it
            return
        if self._asked is not None:
            self._refuse(why)
        else:
            self._tell()

    def _on_filter_changed(self) -> None:
        if self._hold is not None and not self._hold.busy:
            self._accept_filter()

    def _look_at_filter(self) -> None:
        """Accept what was changed without a signal. No filter at all may be put again: QGIS drops one without a word
        where it reads a source again that has lost a column, perhaps of ours alone."""
        layer = self.layer
        if layer is not None and self._hold is not None and layer.subsetString() and self._hold.is_changed_outside:
            self._accept_filter()

    def _accept_filter(self) -> None:
        assert self._hold is not None
        before = self._hold.wanted
        self._hold.accept()
        if before != TankFilter():
            self.told.emit(saying.changed_outside(self._hold.layer))
            self._history.add(before, TankFilter(), merges=False)
        self._tanks.reread(self._hold.own)
        self._tell()

    def _on_editing_stopped(self) -> None:
        if self.table is not None and self.wanted != TankFilter():
            self._work_out()
        else:
            self.changed.emit()

    def _on_source_changed(self) -> None:
        layer, wanted = self.layer, self.wanted
        if layer is None:
            return
        self.let_go()
        self.adopt(layer)
        if self.layer is None:
            self.told.emit(saying.no_tanks_now(layer))
        elif wanted != TankFilter():
            self.apply(wanted, undoable=False)

    def _on_style_changed(self, _name: str) -> None:
        if self._hold is not None:
            self._hold.remember()

    def _on_deleted(self) -> None:
        self._hold = None
        self._connections.drop()
        self._forget_layer()
        self._tell()

    def _forget_layer(self) -> None:
        self._asking.cancel()
        self._asked = None
        self._strange.clear()
        self._history.stack.clear()
        self._tanks.drop()
