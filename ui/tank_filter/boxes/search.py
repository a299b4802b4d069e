"""The text search of the tank filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QWidget

from ....analysis.selection.wanted import SEARCHED_ROLES
from ....translation import tr
from ..words import no_column, role_name
from .group import FilterGroup, note_label

if TYPE_CHECKING:
    from ....analysis.selection.counts import Counts
    from ..controller import TankFilterController

SETTLE = 300  # ms without a letter, after which the text is searched


class SearchBox(FilterGroup):
    """Asks for ``search``, when the typing rests or Enter is pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        about = tr("Only the tanks that hold a text, in any case and script.")
        super().__init__("search", tr("Text"), about, True, parent)
        self.text = QgsFilterLineEdit(self)
        self.text.setShowClearButton(True)
        self.text.setPlaceholderText(tr("Search the tanks"))
        self.text.setAccessibleName(tr("Text that a tank must have"))
        self.text.setToolTip(tr("Shows the tanks that hold this text in one of the columns below, in any case"))
        self.where = note_label(self)
        self.rows.addWidget(self.text)
        self.rows.addWidget(self.where)
        self._standing = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE)
        self._rest.timeout.connect(self._ask)
        self.text.textEdited.connect(lambda _text: self._rest.start())
        self.text.cleared.connect(self._ask)
        self.text.returnPressed.connect(self._ask)

    def show_state(self, state: TankFilterController, _counts: Counts | None) -> None:
        """Show the text that stands."""
        if state.wanted.search != self._standing:
            self._standing = state.wanted.search
            if not self._rest.isActive() and self.text.text().strip() != self._standing.strip():
                self.text.setText(self._standing)
        searched = [role for role in SEARCHED_ROLES if role in state.columns]
        self.lack("" if searched or state.layer is None else no_column("search"))
        names = ", ".join(_said(role, state.columns.names[role]) for role in searched)
        self.where.setText(tr("Looks in: {columns}").format(columns=names))
        self.where.setVisible(bool(searched))
        self.say(tr("searched") if state.wanted.search.strip() else "")

    def keep(self, state: TankFilterController) -> None:
        """Leave a text that was refused, to be made longer, though another one stands."""
        self._standing = state.wanted.search

    def forget(self) -> None:
        """Drop what was typed and not asked yet: the layer is another."""
        self._rest.stop()
        self._standing = ""
        self.text.setText("")

    def _ask(self) -> None:
        self._rest.stop()
        self.asked.emit({"search": self.text.text()})


def _said(role: str, column: str) -> str:
    return role_name(role) if column == role else f"{role_name(role)} ({column})"
