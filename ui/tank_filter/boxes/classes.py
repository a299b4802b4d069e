"""Status and type in the tank filter: three classes each, with the layer's own words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QWidget

from ....analysis.fields import ABANDONED, ACTIVE, LEACHATE, PRECIPITATION, STATUSES, TANK_TYPES, UNKNOWN
from ....translation import tr
from ...widgets.check_list import CheckList
from ...widgets.check_model import CheckItem
from ...widgets.status_look import status_icon
from ...widgets.theme import theme_palette
from ..words import chosen_of, how_counted, no_column
from .group import FilterGroup

if TYPE_CHECKING:
    from ....analysis.selection.counts import Counts
    from ....analysis.selection.table import TankTable
    from ..controller import TankFilterController

_WORDS_NAMED = 6


class ClassesBox(FilterGroup):
    """Asks for one field of TankFilter that is a set of classes."""

    def __init__(
        self, role: str, title: str, about: str, classes: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(role, title, f"{about} {how_counted()}", True, parent)
        self._table: TankTable | None = None
        self._shown_for: tuple[int, int] | None = None
        self._role, self._classes = role, classes
        self.list = CheckList(title, self)
        self.rows.addWidget(self.list)
        self.list.changed.connect(self._on_ticked)
        self._show_items(None)

    def show_state(self, state: TankFilterController, counts: Counts | None) -> None:
        """Show which classes stand, and their numbers."""
        is_status = self._role == "status"
        self._show_items(state.table)
        self.lack("" if self._role in state.columns or state.layer is None else no_column(self._role))
        wanted = state.wanted.statuses if is_status else state.wanted.types
        self.list.set_checked(wanted)
        numbers = (counts.by_status if is_status else counts.by_type) if counts else {}
        self.list.set_counts(numbers, stale=state.counts is None)
        self.say("" if wanted >= set(self._classes) else chosen_of(len(wanted), len(self._classes)))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the pictures in the colours of another palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "list"):
            self._show_items(self._table)

    def _show_items(self, table: TankTable | None) -> None:
        self._table = table
        key = (id(table), theme_palette(self).cacheKey())
        if self._shown_for == key:
            return
        self._shown_for = key
        words = table.words.get(self._role, {}) if table else {}
        self.list.set_items([self._item(name, words.get(name, ())) for name in self._classes])

    def _item(self, name: str, words: tuple[str, ...]) -> CheckItem:
        text, note = _texts()[self._role, name]
        others = [word for word in words if word != name]
        if others:
            named = ", ".join(f"“{word}”" for word in others[:_WORDS_NAMED])
            more = "" if len(others) <= _WORDS_NAMED else " …"
            note += "\n" + tr("In this layer: {words}").format(words=named + more)
        if self._role != "status":
            return CheckItem(name, text, note)
        return CheckItem(name, text, note, status_icon(name, theme_palette(self), self.fontMetrics().height()))

    def _on_ticked(self) -> None:
        field = "statuses" if self._role == "status" else "types"
        self.asked.emit({field: self.list.model.checked()})


def status_box(parent: QWidget) -> ClassesBox:
    """Return the group for the status."""
    about = tr("The latest status that a source gives, not the status in the years above.")
    return ClassesBox("status", tr("Latest status"), about, STATUSES, parent)


def type_box(parent: QWidget) -> ClassesBox:
    """Return the group for the type."""
    about = tr("What the tanks are for.")
    return ClassesBox("tank_type", tr("Type"), about, TANK_TYPES, parent)


def _texts() -> dict[tuple[str, str], tuple[str, str]]:
    return {
        ("status", ACTIVE): (tr("active"), tr("In use when last seen")),
        ("status", ABANDONED): (tr("abandoned"), tr("Out of use when last seen")),
        ("status", UNKNOWN): (tr("unknown"), tr("No source says whether they are in use")),
        ("tank_type", LEACHATE): (tr("leachate"), tr("Tanks that collect the leachate")),
        ("tank_type", PRECIPITATION): (tr("precipitation"), tr("Tanks in which the rare earths are precipitated")),
        ("tank_type", UNKNOWN): (tr("unknown"), tr("No source says what they are for")),
    }
