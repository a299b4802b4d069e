"""The years of the tank filter: which tanks count in them, from when to when, and those without a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QWidget

from ....analysis.definition import CUMULATIVE, STANDING
from ....analysis.selection.wanted import ANY_TIME, FIRST_SEEN, TankFilter
from ....translation import tr
from ...widgets.wheel import only_with_focus
from ...widgets.year_bars import YearCount
from ...widgets.year_range import YearRange
from .group import FilterGroup

if TYPE_CHECKING:
    from ....analysis.selection.counts import Counts
    from ..controller import TankFilterController


class YearsBox(FilterGroup):
    """Asks for ``mode``, ``first_year``, ``last_year``, ``undated`` and ``only_undated``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        about = tr("Which years the tanks are shown of. The chart counts the tanks that meet every other condition.")
        super().__init__("years", tr("Years"), about, True, parent)
        self.mode = _mode_box(self)
        self.range = YearRange(self)
        self.undated, self.only_undated = QCheckBox(self), QCheckBox(self)
        for widget in (self.mode, self.range, self.undated, self.only_undated):
            self.rows.addWidget(widget)
        self.undated.setToolTip(tr("With years: show also the tanks without a date. Nobody knows when they stood."))
        self.only_undated.setToolTip(tr("Show the tanks without a date alone; the years are left aside"))
        self.mode.activated.connect(self._on_mode)
        self.range.chosen.connect(self._on_years)
        self.undated.clicked.connect(lambda ticked: self.asked.emit({"undated": ticked}))
        self.only_undated.clicked.connect(lambda ticked: self.asked.emit({"only_undated": ticked}))

    def show_state(self, state: TankFilterController, counts: Counts | None) -> None:
        """Show the years that stand, and the tanks of each year."""
        wanted, limits = state.wanted, state.table.years if state.table else None
        self.lack(state.problem if state.table else "")
        self.body.setEnabled(limits is not None)
        if limits is not None:
            self.range.set_limits(*limits)
        years = self.range.limits() if wanted.mode == ANY_TIME else (wanted.first_year, wanted.last_year)
        self.range.set_years(*years)
        self.range.set_first_year_counts(wanted.mode != CUMULATIVE)
        self._show_counts(counts)
        self.range.set_stale(state.counts is None)
        self.mode.setCurrentIndex(self.mode.findData(wanted.mode))
        self.undated.setChecked(wanted.undated)
        self.only_undated.setChecked(wanted.only_undated)
        for widget in (self.mode, self.range):
            widget.setEnabled(not wanted.only_undated)
        self.undated.setEnabled(wanted.mode != ANY_TIME and not wanted.only_undated)
        self.say(_asked(wanted))

    def forget(self) -> None:
        """Drop what was moved and not asked yet: the layer is another."""
        self.range.cancel()

    def _show_counts(self, counts: Counts | None) -> None:
        undated = QLocale().toString(counts.undated) if counts else "…"
        self.undated.setText(tr("&Undated tanks too ({n})").format(n=undated))
        self.only_undated.setText(tr("Onl&y undated tanks ({n})").format(n=undated))
        rows = zip(counts.years, counts.by_year.tolist()) if counts else ()
        self.range.set_counts({year: YearCount(*numbers) for year, numbers in rows if any(numbers)})

    def _on_mode(self, _row: int) -> None:
        mode = self.mode.currentData()
        self.range.cancel()
        if mode == ANY_TIME:
            self.asked.emit({"mode": mode, "first_year": 0, "last_year": 0, "undated": False})
        else:
            self._ask(mode, *self.range.years())

    def _on_years(self, first: int, last: int) -> None:
        mode = self.mode.currentData()
        self._ask(STANDING if mode == ANY_TIME else mode, first, last)

    def _ask(self, mode: str, first: int, last: int) -> None:
        self.asked.emit({"mode": mode, "first_year": first, "last_year": last})


def _mode_box(parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    for mode, text, tip in (
        (ANY_TIME, tr("Any time"), tr("Every tank, dated or not")),
        (STANDING, tr("Standing in these years"), tr("First seen by the last year, and not gone before the first one")),
        (CUMULATIVE, tr("Ever seen, up to the last year"), tr("Gone tanks too: all that was seen by then")),
        (FIRST_SEEN, tr("First seen in these years"), tr("New tanks: their first image is of one of the years")),
    ):
        box.addItem(text, mode)
        box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
    box.setToolTip(tr("Which tanks count in the years. The chart shows the same."))
    box.setAccessibleName(tr("Which tanks count in the years"))
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    only_with_focus(box)
    return box


def _asked(wanted: TankFilter) -> str:
    if wanted.only_undated:
        return tr("only undated")
    if wanted.mode == ANY_TIME:
        return ""
    if wanted.mode == CUMULATIVE:
        return tr("seen up to {last}").format(last=wanted.last_year)
    years = {"first": wanted.first_year, "last": wanted.last_year}
    if wanted.first_year == wanted.last_year:
        return (tr("new in {last}") if wanted.mode == FIRST_SEEN else tr("standing in {last}")).format(**years)
    return (tr("new {first}–{last}") if wanted.mode == FIRST_SEEN else tr("standing {first}–{last}")).format(**years)
