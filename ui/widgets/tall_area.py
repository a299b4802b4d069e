"""A scroll area for a column of controls: it scrolls up and down, and is never narrower than they are."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QWidget


class TallArea(QScrollArea):
    """Its width follows what is in it, whatever the font."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """As high as all of it."""
        return self._with_bar(self.widget().sizeHint()) if self.widget() else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest control, and some lines high."""
        inside = self._with_bar(self.widget().minimumSizeHint()) if self.widget() else QSize()
        return QSize(inside.width(), self.fontMetrics().height() * 5)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another width where the controls do."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _with_bar(self, inside: QSize) -> QSize:
        return QSize(inside.width() + self.verticalScrollBar().sizeHint().width(), inside.height())
