"""A chart of tanks by year: stacked bars, from which years can be chosen with the mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from qgis.PyQt.QtCore import QEvent, QLocale, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from ...analysis.fields import ABANDONED, ACTIVE, UNKNOWN
from ...translation import tr
from .status_look import paint_status
from .theme import theme_palette

WIDEST = 1.4  # the width of a bar, in lines of text
_ROWS = 5  # the chart's height, in lines of text
_SPAN_ALPHA = 45  # of 255


class YearCount(NamedTuple):
    """The tanks of one year, by status in that year."""

    active: int = 0
    abandoned: int = 0
    unknown: int = 0


NO_TANKS = YearCount()
_STACK = (ACTIVE, ABANDONED, UNKNOWN)


class YearBars(QWidget):
    """Bars that stand where ``centre_of`` says; ``dragged`` tells the years from one end of a drag to the other."""

    dragged = pyqtSignal(int, int)

    def __init__(self, centre_of: Callable[[int], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._centre_of = centre_of
        self._counts: dict[int, YearCount] = {}
        self._limits = (0, 0)
        self._span = (0, 0)
        self._stale = False
        self._anchor: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_counts(self, counts: Mapping[int, YearCount]) -> None:
        """Show these numbers; a year that is not there has no tanks."""
        self._counts = dict(counts)
        self.setAccessibleDescription(self._described())
        self.update()

    def set_limits(self, first: int, last: int) -> None:
        """Show the years from first to last."""
        self._limits = (first, last)
        self.update()

    def set_span(self, first: int, last: int) -> None:
        """Mark the years that are chosen; the others are pale."""
        self._span = (first, last)
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Say whether the numbers are of before, while new ones are counted."""
        self._stale = stale
        self.update()

    def text_of(self, year: int) -> str:
        """Return the numbers of a year in words."""
        count, number = self._counts.get(year, NO_TANKS), QLocale().toString
        if not sum(count):
            return tr("{year}: no tanks").format(year=year)
        return tr("{year}: tanks {n}\nactive {active}\nabandoned {abandoned}\nunknown {unknown}").format(
            year=year,
            n=number(sum(count)),
            active=number(count.active),
            abandoned=number(count.abandoned),
            unknown=number(count.unknown),
        )

    def year_at(self, x: float) -> int:
        """Return the year whose bar is nearest."""
        first, last = self._limits
        step = self._step()
        nearest = first + round((x - self._centre_of(first)) / step) if step else first
        return min(last, max(first, nearest))

    def sizeHint(self) -> QSize:
        """Some lines of text high, whatever the font."""
        return QSize(self.fontMetrics().averageCharWidth() * 24, self.fontMetrics().height() * _ROWS)

    def minimumSizeHint(self) -> QSize:
        """As high as it is; any width."""
        return QSize(0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the numbers of the year under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.text_of(self.year_at(event.pos().x())), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the year under the mouse; a drag chooses more."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._anchor = self.year_at(event.pos().x())
            self.dragged.emit(self._anchor, self._anchor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose the years between."""
        if self._anchor is not None:
            here = self.year_at(event.pos().x())
            if (min(self._anchor, here), max(self._anchor, here)) != self._span:
                self.dragged.emit(min(self._anchor, here), max(self._anchor, here))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        self._anchor = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose every year."""
        self.dragged.emit(*self._limits)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint with the palette of now."""
        painter = QPainter(self)
        if self._limits[1]:
            self._paint_span(painter)
        tallest = max((sum(count) for count in self._counts.values()), default=0)
        if tallest:
            self._paint_scale(painter, tallest)
            for year in range(self._limits[0], self._limits[1] + 1):
                self._paint_bar(painter, year, tallest)
        painter.setPen(self._colour(QPalette.ColorRole.WindowText, 150))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _paint_span(self, painter: QPainter) -> None:
        left = self._centre_of(self._span[0]) - self._bar_width() / 2 - 1
        right = self._centre_of(self._span[1]) + self._bar_width() / 2 + 1
        painter.fillRect(
            QRectF(left, 0, right - left, self.height()), self._colour(QPalette.ColorRole.Highlight, _SPAN_ALPHA)
        )

    def _paint_scale(self, painter: QPainter, tallest: int) -> None:
        text_height = self.fontMetrics().height()
        painter.setPen(self._colour(QPalette.ColorRole.WindowText, 90))
        painter.drawLine(0, text_height, self.width(), text_height)
        painter.setPen(self._colour(QPalette.ColorRole.WindowText, 120 if self._stale else 220))
        painter.drawText(0, self.fontMetrics().ascent(), QLocale().toString(tallest))

    def _paint_bar(self, painter: QPainter, year: int, tallest: int) -> None:
        count = self._counts.get(year, NO_TANKS)
        width, base = self._bar_width(), self.height() - 1.0
        room = base - self.fontMetrics().height()
        pale = self._stale or not self._span[0] <= year <= self._span[1]
        for status, tanks in zip(_STACK, count):
            if tanks:
                height = max(1.0, room * tanks / tallest)
                box = QRectF(self._centre_of(year) - width / 2, base - height, width, height)
                paint_status(painter, box, status, theme_palette(self), pale)
                base -= height

    def _step(self) -> float:
        first, last = self._limits
        return (self._centre_of(last) - self._centre_of(first)) / (last - first) if last > first else 0.0

    def _bar_width(self) -> float:
        widest = self.fontMetrics().height() * WIDEST
        return min(widest, max(1.0, self._step() * 0.8)) if self._step() else widest

    def _colour(self, role: QPalette.ColorRole, alpha: int) -> QColor:
        colour = theme_palette(self).color(role)
        colour.setAlpha(alpha)
        return colour

    def _described(self) -> str:
        if not self._counts:
            return tr("No tank has a year")
        return "; ".join(self.text_of(year).replace("\n", ", ") for year in sorted(self._counts))
