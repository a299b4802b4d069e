"""One group of the tank filter's dock: a part of the question, under a title that says what is asked there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFont, QPalette
from qgis.PyQt.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ....analysis.selection.counts import Counts
    from ..controller import TankFilterController


class FilterGroup(QgsCollapsibleGroupBox):
    """A group that can be folded, which QGIS remembers.

    ``asked`` gives the fields of TankFilter that the user wants to be other. What the layer has no column for can be
    opened and says so.
    """

    asked = pyqtSignal(dict)

    def __init__(self, key: str, title: str, about: str, is_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(about)
        self.setWhatsThis(about)
        self.setObjectName(f"leachwatch_filter_{key}")
        self.setSettingGroup("leachwatch/tank_filter")
        self.setCollapsed(not is_open)
        self._name = title
        self.inside = QWidget(self)  # one child: folded, the group shows and hides its children itself
        self.body, self.note = QWidget(self.inside), note_label(self.inside)
        self.rows, around = QVBoxLayout(self.body), QVBoxLayout(self.inside)
        for rows in (self.rows, around):
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(4)
        around.addWidget(self.note)
        around.addWidget(self.body)
        side = self.fontMetrics().averageCharWidth()
        frame = QVBoxLayout(self)
        frame.setContentsMargins(side, side // 2, side, side // 2)
        frame.addWidget(self.inside)
        self._say_on_button()
        self.collapsedStateChanged.connect(lambda _folded: self.saveState())
        self.say("")

    def show_state(self, state: TankFilterController, counts: Counts | None) -> None:
        """Show the filter that stands, and the numbers: those of before while ``state.counts`` is None."""
        raise NotImplementedError

    def say(self, asked: str) -> None:
        """Say in the title what is asked here; empty where nothing is."""
        title = f"{self._name}: {asked}" if asked else self._name
        if title != self.title():
            self.setTitle(title)

    def follow(self, palette: QPalette, font: QFont) -> None:
        """Take another theme's colours and font: the group has a style sheet, below which Qt hands on neither."""
        for widget in (self, *self.findChildren(QWidget)):
            widget.setPalette(palette)
            widget.setFont(font)

    def lock(self, is_locked: bool) -> None:
        """Keep the user from asking. The group itself stays enabled, or QGIS would forget whether it is folded."""
        self.inside.setEnabled(not is_locked)

    def lack(self, why: str) -> None:
        """Say why nothing can be asked here, in place of what asks; empty: something can."""
        self.body.setEnabled(not why)
        self.body.setVisible(not why)
        self.tell(why)

    def tell(self, text: str) -> None:
        """Write a note above; empty: none."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _say_on_button(self) -> None:
        for button in self.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
            button.setAccessibleName(self._name)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def note_label(parent: QWidget) -> QLabel:
    """Return a label for what a layer may say: plain text, in several lines where there is need."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.hide()
    return label
