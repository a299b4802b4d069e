"""The page of the chart: what is waited for, the key to the colours, the chart, the numbers of a year pointed at."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ...analysis.fields import STATUSES
from ...translation import tr
from ..widgets.status_look import status_icon
from .chart import ChartView
from .drawing import Bars, has_matplotlib
from .question import Reading
from .words import name_of, numbers_of, statuses, title


class ChartPage(QWidget):
    """Shows a reading as bars; without matplotlib it says that there is the table alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self.waiting, self.numbers = _label(), _label()
        self._keys: list[QLabel] = []
        self.chart = ChartView()
        self.chart.setAccessibleName(tr("Chart of tanks by year and status"))
        self.chart.setToolTip(tr("Point at a year, or use the keys left and right, to read its numbers below"))
        self.chart.pointed.connect(self._show_numbers)
        self.chart.failed.connect(self.numbers.setText)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.waiting)
        rows.addLayout(self._key())
        rows.addWidget(self.chart, 1)
        rows.addWidget(self.numbers)
        self.chart.setVisible(has_matplotlib())
        self.numbers.setMinimumHeight(2 * self.fontMetrics().lineSpacing())

    @property
    def can_draw(self) -> bool:
        """Whether there is a picture to take along, be it in sight or not."""
        return has_matplotlib() and self.bars() is not None

    def bars(self) -> Bars | None:
        """Return what is drawn."""
        reading = self._reading
        if reading is None or not any(map(sum, reading.by_year)):
            return None
        return Bars(tuple(reading.years), tuple(reading.by_year), reading.span)

    def wait_for_numbers(self, text: str) -> None:
        """Say what is waited for; what is drawn stays, pale."""
        self._reading = None
        self.waiting.setText(text)
        self.waiting.show()
        self.chart.set_stale()
        self._show_numbers(None)

    def show_reading(self, reading: Reading | None, waiting: str) -> None:
        """Show the numbers; without any, what is wrong."""
        self._reading = reading
        bars = self.bars()
        if reading is not None:
            # The boxes above say the same to the eye, and there is little room.
            said = f"{title(reading.question.counting)}: {name_of(reading.question.subject)}"
            self.chart.setAccessibleName(said)
        self.waiting.setText(waiting)
        self.waiting.setVisible(reading is None)
        if has_matplotlib():
            self.chart.show_bars(bars)
        self.chart.setAccessibleDescription(
            "; ".join(numbers_of(reading, year) for year in reading.years) if reading else ""
        )
        self._show_numbers(None)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the key in the colours of the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour_key()

    def _show_numbers(self, year: int | None) -> None:
        reading = self._reading
        if not has_matplotlib():
            self.numbers.setText(tr("The chart needs the Python package matplotlib, which is missing. See the table."))
        elif reading is None:
            self.numbers.setText("")
        elif self.bars() is None:
            self.numbers.setText(tr("Nothing to draw: none of these tanks has a date in the layer's years."))
        elif year is not None:
            self.numbers.setText(numbers_of(reading, year))
        else:
            self.numbers.setText(tr("Point at a year to read its numbers."))

    def _key(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for name in statuses():
            picture, text = QLabel(), QLabel(name)
            self._keys.append(picture)
            row.addWidget(picture)
            row.addWidget(text)
        row.addStretch(1)
        self._colour_key()
        return row

    def _colour_key(self) -> None:
        side = self.fontMetrics().ascent()
        for status, picture in zip(STATUSES, self._keys):
            picture.setPixmap(status_icon(status, self.palette(), side).pixmap(side, side))


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
