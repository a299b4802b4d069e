"""Plays the years through the tank filter: one year a step, or the window of years moved by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ....analysis.definition import CUMULATIVE, STANDING
from ....analysis.selection.wanted import ANY_TIME, TankFilter
from ....translation import tr
from ...connections import Connections

if TYPE_CHECKING:
    from ..controller import TankFilterController

# A map begins to be drawn a moment after its layer has changed: a step that came sooner would not wait for it.
_LEAST = 30


class Player(QObject):
    """Moves the years of the filter step by step, each as soon as the last one is on the map and counted.

    ``changed``: it began or stopped. ``stepped``: the first and last year that are asked for now. ``refused``: a text
    that says why it cannot play. It stops at the end unless ``loops``; when the filter, the layer or the edit mode
    changes by another hand; and when the filter refuses. ``interval``: the least time between two steps, in ms.
    """

    changed = pyqtSignal()
    stepped = pyqtSignal(int, int)
    refused = pyqtSignal(str)

    def __init__(
        self, controller: TankFilterController, canvas: QgsMapCanvas | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.loops = False
        self._controller = controller
        self._canvas = canvas
        self._layer: QgsVectorLayer | None = None
        self._asked = TankFilter()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._go_on)
        self._listening = Connections()

    @property
    def is_playing(self) -> bool:
        """Whether it plays now."""
        return self._layer is not None

    @property
    def interval(self) -> int:
        """The least time between two steps, in milliseconds."""
        return self._timer.interval()

    @interval.setter
    def interval(self, milliseconds: int) -> None:
        self._timer.setInterval(max(_LEAST, int(milliseconds)))

    def start(self) -> bool:
        """Begin with the next step, or with the first where the years stand at their end; False if it cannot play."""
        if self.is_playing:
            return True
        problem = self._why_not()
        if problem:
            self.refused.emit(problem)
            return False
        self._layer, self._asked = self._controller.layer, self._controller.wanted
        self._listening.connect(self._controller.changed, self._on_changed)
        self._listening.connect(self._controller.counted, self._on_shown)
        if self._canvas is not None:
            self._listening.connect(self._canvas.mapCanvasRefreshed, self._on_shown)
        self.changed.emit()
        return self._move(self._next(can_loop=True))

    def stop(self) -> None:
        """Stop where it is."""
        if self.is_playing:
            self._layer = None
            self._timer.stop()
            self._listening.close()
            self.changed.emit()

    def step(self, by: int = 1) -> bool:
        """Move the years once, by one or back by one; False at their end, or where it cannot play."""
        if self.is_playing:
            self.stop()
        problem = self._why_not()
        if problem:
            self.refused.emit(problem)
            return False
        years = self._next(can_loop=False, by=by)
        if years is None:
            return False
        self.stepped.emit(*years)
        return self._controller.apply(self._with(years))

    def _why_not(self) -> str:
        table = self._controller.table
        if self._controller.layer is None:
            return tr("There is no tank layer to play.")
        if self._controller.is_edited:
            return tr("The layer is being edited: save or discard the edits, then play.")
        if table is None:
            return tr("The tanks are still being read: play when they are counted.")
        return "" if table.years is not None else tr("No tank of this layer has a date, so there are no years to play.")

    def _next(self, can_loop: bool, by: int = 1) -> tuple[int, int] | None:
        """Return the years of the next step: the window moved, or the first one where all years are shown."""
        table, wanted = self._controller.table, self._controller.wanted
        if table is None or table.years is None:
            return None
        first, last = table.years
        size = wanted.last_year - wanted.first_year
        if wanted.mode == CUMULATIVE:
            size = 0
        if wanted.mode == ANY_TIME or wanted.only_undated or size >= last - first > 0:
            return (first, first) if by > 0 else (last, last)
        begin = wanted.last_year - size + by
        if first <= begin and begin + size <= last:
            return begin, begin + size
        return (first, first + size) if can_loop else None

    def _with(self, years: tuple[int, int]) -> TankFilter:
        wanted = self._controller.wanted
        mode = STANDING if wanted.mode == ANY_TIME else wanted.mode
        return replace(wanted, mode=mode, first_year=years[0], last_year=years[1], only_undated=False)

    def _move(self, years: tuple[int, int] | None) -> bool:
        if years is None:
            self.stop()
            return False
        self._asked = self._with(years)
        self.stepped.emit(*years)
        self._timer.start()
        if not self._controller.apply(self._asked, undoable=False):
            self.stop()
        if self.is_playing:
            self._timer.start()  # anew: filtering may have taken longer than the interval
        return self.is_playing

    def _go_on(self) -> None:
        if self.is_playing and not self._is_waiting():
            self._move(self._next(can_loop=self.loops))

    def _is_waiting(self) -> bool:
        """The map is being drawn, or the tanks counted: ``_on_shown`` is called when that has ended."""
        drawing = self._canvas is not None and not sip.isdeleted(self._canvas) and self._canvas.isDrawing()
        return drawing or self._controller.is_counting or self._controller.is_reading

    def _on_shown(self) -> None:
        if not self._timer.isActive():
            self._go_on()

    def _on_changed(self) -> None:
        state = self._controller
        if state.layer is not self._layer or state.is_edited or state.wanted != self._asked:
            self.stop()
