"""What the docks read of the tank filter: the layer in hand, what is known of its tanks, the filter that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QUndoStack

from ...analysis.selection.columns import TankColumns
from ...analysis.selection.wanted import TankFilter
from ..tank_data.layers import is_alive
from .asking import Asked, Asking
from .history import History
from .own_filter.hold import FilterHold
from .tanks import TanksInHand

if TYPE_CHECKING:
    from ...analysis.selection.counts import Counts
    from ...analysis.selection.table import TankTable


class FilterState(QObject):
    """The layer in hand, what it holds, and what of it is shown.

    ``changed``: the layer, its columns, the filter or the edit mode are other than before. ``counted``: ``counts`` is
    new, or None while it is counted. ``progressed``: whole percents of the reading. ``refused``: a text that says what
    could not be done, and why. ``told``: a text that says what was done instead of what the user may expect.
    """

    changed = pyqtSignal()
    counted = pyqtSignal()
    progressed = pyqtSignal(int)
    refused = pyqtSignal(str)
    told = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hold: FilterHold | None = None
        self._asked: Asked | None = None
        self._asking = Asking()
        self._tanks = TanksInHand(self)
        self._tanks.uncounted.connect(self.refused)
        self._tanks.counted.connect(self.counted)
        self._tanks.progressed.connect(self.progressed)
        self._history = History(self._replay, self)

    @property
    def layer(self) -> QgsVectorLayer | None:
        """The tank layer in hand."""
        return self._hold.layer if self._hold and is_alive(self._hold.layer) else None

    @property
    def wanted(self) -> TankFilter:
        """The filter that stands now, or will as soon as the tanks are read and searched."""
        if self._asked is not None:
            return self._asked.wanted
        return self._hold.wanted if self._hold else TankFilter()

    @property
    def is_edited(self) -> bool:
        """Whether the layer is in edit mode, in which QGIS changes no filter."""
        return self.layer is not None and self.layer.isEditable()

    @property
    def columns(self) -> TankColumns:
        """The layer's columns."""
        return self._tanks.columns

    @property
    def counts(self) -> Counts | None:
        """How many tanks are shown, and what each choice would show; None while that is counted."""
        return self._tanks.counts

    @property
    def table(self) -> TankTable | None:
        """The tanks under the user's own filter, None until they are read."""
        return self._tanks.table

    @property
    def is_reading(self) -> bool:
        """Whether the tanks are being read now."""
        return self._tanks.is_reading

    @property
    def is_counting(self) -> bool:
        """Whether ``counts`` will come, or newer ones."""
        return self._tanks.is_counting or self._asking.is_busy

    @property
    def problem(self) -> str:
        """What hinders the filter, for people; empty where nothing does."""
        return self._tanks.problem

    @property
    def undo_stack(self) -> QUndoStack:
        """The changes that can be undone, of this layer alone."""
        return self._history.stack

    def _replay(self, wanted: TankFilter) -> bool:
        """Ask for a filter that the history brings back; return whether it was taken."""
        raise NotImplementedError
