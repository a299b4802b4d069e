"""A range of years: a chart of tanks by year above a slider with two handles, and a box to type each end."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.gui import QgsRangeSlider
from qgis.PyQt.QtCore import QEvent, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QPainter, QPaintEvent
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionSlider,
    QVBoxLayout,
    QWidget,
)

from ...translation import tr
from .theme import theme_palette
from .wheel import only_with_focus
from .year_bars import WIDEST, YearBars, YearCount

SETTLE = 200  # ms without a move, after which a drag counts as done


class YearSlider(QgsRangeSlider):
    """QGIS's slider with two handles, that says where they stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def centre_of(self, year: int) -> float:
        """Return where the middle of a handle at this year is, in pixels from the left of the parent."""
        option = QStyleOptionSlider()
        option.initFrom(self)
        option.orientation = Qt.Orientation.Horizontal
        option.minimum, option.maximum = self.minimum(), self.maximum()
        option.sliderPosition = option.sliderValue = year
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        return self.x() + handle.x() + handle.width() / 2


class YearAxis(QWidget):
    """The years under a slider: the ends, and as many between as have room."""

    def __init__(self, slider: YearSlider, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = slider
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line of text."""
        return QSize(0, self.fontMetrics().height())

    def labelled(self) -> list[int]:
        """Return the years that are written: every 1, 2, 5, 10, … from the last one back."""
        first, last = self._slider.minimum(), self._slider.maximum()
        if not last:
            return []  # no years are known yet
        room = self.fontMetrics().horizontalAdvance("2000  ")
        across = self._slider.centre_of(last) - self._slider.centre_of(first)
        steps = (size * unit for size in (1, 10, 100, 1000) for unit in (1, 2, 5))
        step = next((step for step in steps if across * step >= room * (last - first)), 10_000)
        return list(range(last, first - 1, -step))[::-1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write each year under its place."""
        painter = QPainter(self)
        painter.setPen(theme_palette(self).windowText().color())
        for year in self.labelled():
            width = self.fontMetrics().horizontalAdvance(str(year))
            left = self._slider.centre_of(year) - width / 2
            left = min(max(0.0, left), self.width() - width)
            painter.drawText(int(left), self.fontMetrics().ascent(), str(year))


class YearRange(QWidget):
    """Chooses years. ``moved`` tells at once; ``chosen`` when the handles rest. Neither when set from outside."""

    moved = pyqtSignal(int, int)
    chosen = pyqtSignal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = YearSlider(self)
        self.bars = YearBars(self.slider.centre_of, self)
        self.axis = YearAxis(self.slider, self)
        self.first, self.last = QSpinBox(self), QSpinBox(self)
        self._first_year_counts = True
        self._writing = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SETTLE)
        self._describe()
        self._lay_out()
        self._connect()
        self.set_limits(0, 0)

    def limits(self) -> tuple[int, int]:
        """Return the first and last year there are."""
        return self.slider.minimum(), self.slider.maximum()

    def set_limits(self, first: int, last: int) -> None:
        """Offer the years from first to last."""
        self._writing = True
        self.slider.setRangeLimits(first, last)
        for box in (self.first, self.last):
            box.setRange(first, last)
        self.bars.set_limits(first, last)
        self._writing = False
        self.slider.setEnabled(last > first)
        self.axis.update()

    def years(self) -> tuple[int, int]:
        """Return the first and last year that are chosen."""
        return self.first.value(), self.last.value()

    def set_years(self, first: int, last: int) -> None:
        """Choose these years, unless a drag is going on."""
        if not self._rest.isActive():
            self._show(first, last)

    def set_counts(self, counts: Mapping[int, YearCount]) -> None:
        """Show the numbers of tanks by year."""
        self.bars.set_counts(counts)

    def set_stale(self, stale: bool) -> None:
        """Say whether the numbers are of before."""
        self.bars.set_stale(stale)

    def set_first_year_counts(self, counts: bool) -> None:
        """Say whether the first year matters: where tanks are counted up to a year, it does not."""
        self._first_year_counts = counts
        self.first.setEnabled(counts)
        self._show(*self.years())

    def cancel(self) -> None:
        """Forget a move that has not been told yet."""
        self._rest.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Give the slider colours where a theme's style sheet knows none for it."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "slider"):
            self.slider.setPalette(theme_palette(self))

    def _describe(self) -> None:
        self.bars.setAccessibleName(tr("Tanks by year"))
        self.slider.setAccessibleName(tr("First and last year"))
        self.slider.setToolTip(
            tr(
                "Drag the ends, or the part between them. Keyboard: Left and Right move an end, Up and Down choose "
                "which. In the chart: click a year, drag over years, double-click for all."
            )
        )
        self.bars.setWhatsThis(self.slider.toolTip())
        for box, name, tip in (
            (self.first, tr("First year"), tr("The first year, included")),
            (self.last, tr("Last year"), tr("The last year, included: to its 31 December")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(tip)
            box.setKeyboardTracking(False)
            only_with_focus(box)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        beside = QHBoxLayout()
        margin = round(self.fontMetrics().height() * WIDEST / 2)  # half of the bar at an end stands outside
        beside.setContentsMargins(margin, 0, margin, 0)
        beside.addWidget(self.slider)
        rows.addWidget(self.bars)
        rows.addLayout(beside)
        rows.addWidget(self.axis)
        ends = QHBoxLayout()
        ends.setSpacing(self.fontMetrics().averageCharWidth())
        for text, box in ((tr("&From"), self.first), (tr("t&o"), self.last)):
            label = QLabel(text, self)
            label.setBuddy(box)
            ends.addWidget(label)
            ends.addWidget(box, 1)
        rows.addSpacing(self.fontMetrics().height() // 3)
        rows.addLayout(ends)

    def _connect(self) -> None:
        self.slider.rangeChanged.connect(self._on_slider)
        self.bars.dragged.connect(self._move)
        self.first.valueChanged.connect(lambda year: self._move(year, max(year, self.last.value())))
        self.last.valueChanged.connect(lambda year: self._move(min(year, self.first.value()), year))
        self._rest.timeout.connect(lambda: self.chosen.emit(*self.years()))

    def _on_slider(self, lower: int, upper: int) -> None:
        if not self._first_year_counts:
            lower = min(self.first.value(), upper)
        self._move(lower, upper)

    def _move(self, first: int, last: int) -> None:
        if self._writing:
            return
        self._show(first, last)
        self.moved.emit(first, last)
        self._rest.start()

    def _show(self, first: int, last: int) -> None:
        self._writing = True
        self.first.setValue(first)
        self.last.setValue(last)
        lower = first if self._first_year_counts else self.slider.minimum()
        self.slider.setRange(lower, last)
        self.bars.set_span(max(lower, self.slider.minimum()), min(last, self.slider.maximum()))
        self._writing = False
