"""The chart in the dock: it is drawn beside the window, again when its size changes, and tells the year pointed at."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import (
    QColor,
    QFontInfo,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from ...analysis.fields import STATUSES
from ...sources.errors import SourceError
from ...translation import tr
from ..background import Job
from ..widgets.status_look import status_colour
from ..widgets.theme import theme_palette
from .drawing import Bars, Drawn, Look, draw

_PAUSE_MS = 120
_ROWS = 7  # the chart's height, in lines of text
_MARK_ALPHA = 60  # of 255
_PALE = 0.4


class ChartView(QWidget):
    """Shows bars by year. ``pointed``: the year under the mouse or chosen with the keys, None when there is none."""

    pointed = pyqtSignal(object)
    drawn = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year: int | None = None
        self._bars: Bars | None = None
        self._is_stale = False
        self._picture: Drawn | None = None
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def is_drawing(self) -> bool:
        """Whether a newer picture will come."""
        return self._job is not None or self._pause.isActive()

    @property
    def picture(self) -> Drawn | None:
        """The newest picture, None where there is nothing to draw."""
        return self._picture

    def show_bars(self, bars: Bars | None) -> None:
        """Draw these; None: nothing."""
        self._bars, self._is_stale = bars if bars and bars.years else None, False
        self._point(None)
        if self._bars is None:
            self.stop()
            self._picture = None
            self.update()
        else:
            self._draw()

    def set_stale(self) -> None:
        """Show what is drawn as pale: newer numbers will come."""
        self.stop()
        self._is_stale = True
        self._point(None)
        self.update()

    def stop(self) -> None:
        """Draw no more."""
        self._pause.stop()
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def look(self) -> Look:
        """Return how the widget looks now."""
        palette = theme_palette(self)
        colours = [status_colour(status, palette).name() for status in STATUSES]
        text, ground, shade = (
            palette.color(role).name()
            for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Base, QPalette.ColorRole.Highlight)
        )
        info = QFontInfo(self.font())
        return Look(
            self.width(), self.height(), self.logicalDpiY(), self.devicePixelRatioF(), info.family(),
            info.pointSizeF() * 0.9, text, ground, shade, (colours[0], colours[1], colours[2]),
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        """Some lines of text high, whatever the font: a dock below the legend is low, and the chart grows with it."""
        return QSize(self.fontMetrics().averageCharWidth() * 40, self.fontMetrics().height() * _ROWS)

    def minimumSizeHint(self) -> QSize:
        """As high, and narrower."""
        return QSize(self.fontMetrics().averageCharWidth() * 20, self.fontMetrics().height() * _ROWS)

    def box_of(self, year: int) -> QRectF:
        """Return where a year's column stands."""
        if self._picture is None or self._bars is None:
            return QRectF()
        step = self._picture.step * self.width()
        middle = self._picture.first * self.width() + (year - self._bars.years[0]) * step
        top, bottom = self._picture.top * self.height(), self._picture.bottom * self.height()
        return QRectF(middle - step / 2, top, step, bottom - top)

    def year_at(self, place: QPointF) -> int | None:
        """Return the year whose column is there."""
        if self._picture is None or self._bars is None or self._is_stale:
            return None
        first = self._bars.years[0]
        year = first + round((place.x() / max(self.width(), 1) - self._picture.first) / self._picture.step)
        return year if first <= year <= self._bars.years[-1] else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the year under the mouse."""
        self._point(self.year_at(QPointF(event.pos())))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at no year."""
        super().leaveEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, Home and End go through the years; Escape ends it."""
        years = self._bars.years if self._bars and not self._is_stale else ()
        if not years:
            super().keyPressEvent(event)
            return
        here = self.year
        wanted = {
            Qt.Key.Key_Left: years[-1] if here is None else max(here - 1, years[0]),
            Qt.Key.Key_Right: years[0] if here is None else min(here + 1, years[-1]),
            Qt.Key.Key_Home: years[0],
            Qt.Key.Key_End: years[-1],
        }
        if event.key() in wanted:
            self._point(wanted[event.key()])
        elif event.key() == Qt.Key.Key_Escape and here is not None:
            self._point(None)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody saw it."""
        super().showEvent(event)
        self._draw_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew as soon as the size stays."""
        super().resizeEvent(event)
        self._draw_soon()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in other colours or another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._draw_soon()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, stretched until one of the right size is there."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme_palette(self).color(QPalette.ColorRole.Base))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(_PALE if self._is_stale else 1.0)
            painter.drawImage(self.rect(), self._picture.image)
            painter.setOpacity(1.0)
        elif self._bars is not None:
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), tr("Drawing…"))
        if self.year is not None:
            mark = QColor(theme_palette(self).color(QPalette.ColorRole.WindowText))
            mark.setAlpha(_MARK_ALPHA)
            painter.fillRect(self.box_of(self.year), mark)
        if self.hasFocus():
            painter.setPen(theme_palette(self).color(QPalette.ColorRole.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _point(self, year: int | None) -> None:
        if year != self.year:
            self.year = year
            self.pointed.emit(year)
            self.update()

    def _draw_soon(self) -> None:
        if self._bars is not None and not self._is_stale:
            self._pause.start()

    def _draw(self) -> None:
        self.stop()
        bars, look = self._bars, self.look()
        if bars is not None and self.isVisible():
            self._job = Job(lambda is_cancelled, _: draw(bars, look, is_cancelled), self._done, self._failed)
            self._job.start()

    def _done(self, picture: Drawn) -> None:
        self._job, self._picture = None, picture
        self.update()
        self.drawn.emit()

    def _failed(self, error: SourceError) -> None:
        self._job = self._picture = None
        self.update()
        self.failed.emit(str(error))
