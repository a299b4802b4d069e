"""What the dock always says: how many of how many tanks, of which status, and what is to be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import QWidget

from ...analysis.selection.wanted import TankFilter
from ...translation import tr
from ..tank_data.layers import how_to_get_tanks
from .words import by_status, shown_of

if TYPE_CHECKING:
    from ...analysis.selection.counts import Counts
    from .controller import TankFilterController


class Numbers:
    """Writes the labels at the top of the form."""

    def __init__(self, form: QWidget) -> None:
        self._form = form
        self.fit(form.font())

    def fit(self, font: QFont) -> None:
        """Write the count larger than this font, and the line below it smaller."""
        for label, bold, size in ((self._form.count, True, 1.1), (self._form.statuses, False, 0.9)):
            own = QFont(font)
            own.setBold(bold)
            own.setPointSizeF(font.pointSizeF() * size)
            label.setFont(own)

    def show_state(self, state: TankFilterController, counts: Counts | None, said: list[str]) -> None:
        """Show the numbers, grey while newer ones are counted, and the notes; ``said``: what else is to be known."""
        form = self._form
        form.count.setText(shown_of(counts) if state.layer else tr("No tank layer"))
        form.statuses.setText(by_status(counts))
        form.statuses.setVisible(state.layer is not None)
        is_stale = state.layer is not None and state.counts is None
        for label in (form.count, form.statuses):
            label.setEnabled(not is_stale)
        form.busy.setText(_doing(state))
        notes = [how_to_get_tanks()] if state.layer is None else _notes(state, counts, said)
        form.note.setText("\n".join(notes))
        form.note.setVisible(bool(notes))

    def show_progress(self, state: TankFilterController, percent: int) -> None:
        """Show how far the reading is."""
        if state.is_reading:
            self._form.busy.setText(tr("Reading… {percent} %").format(percent=percent))


def _doing(state: TankFilterController) -> str:
    if state.is_reading:
        return tr("Reading…")
    return tr("Counting…") if state.is_counting else ""


def _notes(state: TankFilterController, counts: Counts | None, said: list[str]) -> list[str]:
    notes = []
    if state.is_edited:
        notes.append(tr("The layer is being edited: save or discard the edits to change the filter."))
    if counts is not None and counts.undated_hidden and state.wanted != TankFilter():
        notes.append(tr("Undated tanks not shown: {n}.").format(n=QLocale().toString(counts.undated_hidden)))
    return notes + [text for text in dict.fromkeys((*said, state.problem)) if text]
