"""Unit, country, source and confidence in the tank filter: the values of the layer, to be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ....analysis.selection.wanted import NONE_GIVEN, UNIT
from ....translation import tr
from ...widgets.check_list import CheckList
from ...widgets.check_model import CheckItem
from ..words import chosen_of, how_counted, no_column, role_name
from .group import FilterGroup

if TYPE_CHECKING:
    from ....analysis.selection.counts import Counts
    from ....analysis.selection.table import TankTable
    from ..controller import TankFilterController

MOST_VALUES = 10_000  # that a person would look through


class ValuesBox(FilterGroup):
    """Asks for the ``values`` of one role."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(role, role_name(role), how_counted(), False, parent)
        self.role = role
        self.list = CheckList(role_name(role), self)
        self.rows.addWidget(self.list)
        self.list.changed.connect(self._on_ticked)
        self.collapsedStateChanged.connect(self._on_folded)
        self._latest: tuple[TankFilterController, Counts | None] | None = None
        self._table: TankTable | None = None
        self._known: list[CheckItem] = []
        self._values: dict[str, frozenset[str]] = {}

    def show_state(self, state: TankFilterController, counts: Counts | None) -> None:
        """Show which values stand, and their numbers; folded, only what the title says."""
        self._latest = state, counts
        self._values = dict(state.wanted.values)
        wanted = self._values.get(self.role)
        self.lack(self._why_not(state))
        if wanted is not None or not self.isCollapsed():
            self._show_list(state, counts, wanted)
        self.say("" if wanted is None else chosen_of(len(wanted), len(self.list.model.items)))

    def _show_list(self, state: TankFilterController, counts: Counts | None, wanted: frozenset[str] | None) -> None:
        if state.table is not self._table:
            self._table = state.table
            self._known = _items(state.table, self.role)
        strangers = wanted - {item.key for item in self._known} if wanted else ()
        self.list.set_items([*self._known, *map(_stranger, sorted(strangers))])
        self.list.set_checked(wanted)
        self.list.set_counts(counts.by_value.get(self.role, {}) if counts else {}, stale=state.counts is None)

    def _on_folded(self, is_folded: bool) -> None:
        if not is_folded and self._latest is not None:
            self.show_state(*self._latest)

    def _why_not(self, state: TankFilterController) -> str:
        if state.layer is None or state.table is None:
            return ""
        if self.role not in state.table.values:
            return no_column(self.role)
        number = len(state.table.values[self.role].words)
        if number <= MOST_VALUES:
            return ""
        return tr("{n} different values are too many to list. Use the text search.").format(
            n=QLocale().toString(number)
        )

    def _on_ticked(self) -> None:
        self.ask(self.list.checked())

    def ask(self, keys: frozenset[str] | None) -> None:
        """Ask for these values; None: for all."""
        others = {role: values for role, values in self._values.items() if role != self.role}
        self.asked.emit({"values": others if keys is None else {**others, self.role: keys}})


class UnitsBox(ValuesBox):
    """Asks for units. ``in_view_asked``: for those that the map shows."""

    in_view_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(UNIT, parent)
        self.in_view = self.list.add_button(
            tr("Units in &view"), tr("Tick the units that have a tank in the map's view, and no others")
        )
        self.in_view.clicked.connect(self.in_view_asked)


def _items(table: TankTable | None, role: str) -> list[CheckItem]:
    """Return the values in the order of the alphabet, the tanks that have none last."""
    if table is None or role not in table.values or len(table.values[role].words) > MOST_VALUES:
        return []
    column = table.values[role]
    names = table.unit_names if role == UNIT else {}
    known = [(names.get(key, key), key) for key in column.words if key != NONE_GIVEN]
    known.sort(key=lambda pair: (pair[0].casefold(), pair[1]))
    items = [CheckItem(key, text, "" if key == text else key) for text, key in known]
    if not column.codes.all():  # the first word is none given
        items.append(CheckItem(NONE_GIVEN, tr("none given"), tr("The tanks for which the layer says none")))
    return items


def _stranger(key: str) -> CheckItem:
    text = key if key != NONE_GIVEN else tr("none given")
    return CheckItem(key, text, tr("No tank of this layer has this value"))
