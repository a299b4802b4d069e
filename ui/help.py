"""The help of the docks: a page that comes with the plugin. No browser, no network."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QTextCursor
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ..translation import tr

_PAGE = Path(__file__).parents[1] / "resources" / "help" / "docks.md"
_WIDTH, _LINES = 90, 32  # letters, lines
# Where the page speaks of a dock.
_HEADINGS = {
    "LeachwatchTankFilter": "Tank filter",
    "LeachwatchTankStyle": "Tank style",
    "LeachwatchTankReading": "Tank reading",
}


class HelpWindow(QDialog):
    """Shows the page from the heading of a dock on, or its beginning. It deletes itself when it is closed."""

    def __init__(self, dock: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("LeachwatchHelp")
        self.setWindowTitle(tr("Leachwatch: the docks"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setMarkdown(_PAGE.read_text(encoding="utf-8"))
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.close)
        rows = QVBoxLayout(self)
        rows.addWidget(self.text)
        rows.addWidget(close)
        metrics = self.fontMetrics()
        self.resize(_WIDTH * metrics.averageCharWidth(), _LINES * metrics.lineSpacing())
        self._heading = _HEADINGS.get(dock, "")

    def show_page(self) -> None:
        """Show the window, the heading at its top."""
        self.show()
        self.raise_()
        block = self.text.document().begin()
        while block.isValid():
            if block.text() == self._heading and block.blockFormat().headingLevel():
                self.text.moveCursor(QTextCursor.MoveOperation.End)
                self.text.setTextCursor(QTextCursor(block))
                return
            block = block.next()


def show_help(dock: str, parent: QWidget | None) -> HelpWindow:
    """Open the help where it speaks of a dock (its object name); "": at its beginning."""
    window = HelpWindow(dock, parent)
    window.show_page()
    return window
