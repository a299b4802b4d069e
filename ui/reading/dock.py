"""The dock that reads tanks by year: of what is filtered, and of a site, a unit or a tank that is clicked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.core import QgsApplication, QgsPointXY, QgsVectorLayer
from qgis.gui import QgisInterface, QgsMapTool
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage, QKeySequence
from qgis.PyQt.QtWidgets import QApplication, QHeaderView, QShortcut, QSizePolicy, QTableView, QWidget

from ...sources.errors import SourceError
from ...translation import tr
from ..background import Job
from ..tank_data.layers import how_to_get_tanks
from ..tank_dock import TankDock
from ..widgets.wheel import only_with_focus
from . import telling
from .chart_page import ChartPage
from .controller import ReadingController
from .copying import as_text, heading_of
from .drawing import finish
from .finding import Click
from .picking import Marks, Picker
from .rows_model import RowsModel
from .saving import Picture, ask_where, make_image, on_paper, save
from .subject import Subject
from .words import name_of, notes, rules, statuses

_LONGEST_DRAWING = 5.0  # seconds


class ReadingDock(TankDock):
    """A chart and a table of tanks by year and status, and what a clicked feature says of itself."""

    def __init__(self, iface: QgisInterface | None, parent: QWidget | None = None) -> None:
        super().__init__("LeachwatchTankReading", "reading/form.ui", iface, parent)
        self.controller = ReadingController(self)
        self.page = ChartPage()
        self.years, self.said = RowsModel(self), RowsModel(self)
        canvas = iface.mapCanvas() if iface is not None else None
        self.picker = Picker(canvas, self) if canvas is not None else None
        self._taking: Job | None = None
        self._canvas, self._marks = canvas, Marks(canvas) if canvas is not None else None
        self._fill_form()
        self._connect()

    def take(self, layer: QgsVectorLayer | None) -> None:
        """Read this layer's tanks from now on; None: none."""
        if layer is not self.controller.layer:
            self._offer([])
        if layer is None:
            self._stop_picking()
            self._cancel_taking()
            self.page.chart.stop()
        self.controller.adopt(layer)

    def layer_in_hand(self) -> QgsVectorLayer | None:
        """Return the layer whose tanks are read, if there is one."""
        return self.controller.layer

    def close_down(self) -> None:
        """Let go of everything, for good, and wait for what is being drawn."""
        super().close_down()
        finish(_LONGEST_DRAWING)

    def copy_picture(self) -> None:
        """Put the chart on the clipboard."""
        self._take_along(lambda picture: make_image(picture, self._put_image, self._on_not_taken))

    def _put_image(self, image: QImage) -> None:
        QApplication.clipboard().setImage(image)
        self.tell(tr("The chart is on the clipboard."))

    def copy_table(self) -> None:
        """Put the numbers on the clipboard."""
        reading = self.controller.reading
        if reading is not None:
            text = as_text(reading, self._layer_name(), self.years.headings, self.years.rows)
            QApplication.clipboard().setText(text)
            self.tell(tr("The table is on the clipboard."))

    def save(self) -> None:
        """Ask where, and save the chart."""
        path = ask_where(self, "tanks_by_year")
        if path:
            done = tr("The chart was saved to “{path}”.").format(path=path)
            self._take_along(lambda picture: save(picture, path, lambda: self.tell(done), self._on_not_taken))

    def _take_along(self, begin: Callable[[Picture], Job]) -> None:
        """Begin to make what is taken along of the chart, from the numbers of now."""
        reading, bars = self.controller.reading, self.page.bars()
        if reading is not None and bars is not None:
            self._cancel_taking()
            self._taking = begin(on_paper(self.page.chart, bars, heading_of(reading, self._layer_name())))

    def _cancel_taking(self) -> None:
        job, self._taking = self._taking, None
        if job is not None:
            job.cancel()

    def _on_not_taken(self, error: SourceError) -> None:
        self.warn(str(error))

    def _fill_form(self) -> None:
        form = self.form
        form.chart_rows.addWidget(self.page)
        self._offer([])
        form.years.setModel(self.years)
        form.said.setModel(self.said)
        for rule, text in rules().items():
            form.counting.addItem(text, rule)
        form.pick.setEnabled(self.picker is not None)
        form.pick.setIcon(QgsApplication.getThemeIcon("/mActionIdentify.svg"))
        self._fit_page()
        self._show()  # a header without columns has none to fit
        form.years.horizontalHeader().setStretchLastSection(True)
        form.years.verticalHeader().setMinimumSectionSize(1)
        form.years.verticalHeader().hide()
        _fit(form.said, wide=(0, 1))
        self.setTabOrder(form.pages, self.page.chart)
        self.setTabOrder(self.page.chart, form.years)

    def _connect(self) -> None:
        form, controller = self.form, self.controller
        controller.changed.connect(self._show)
        controller.progressed.connect(self._show_progress)
        controller.found.connect(self._on_found)
        controller.failed.connect(self.warn)
        controller.forgotten.connect(lambda: self._offer([]))
        form.pages.currentChanged.connect(self._fit_page)
        form.counting.activated.connect(lambda _: controller.count_by(form.counting.currentData()))
        form.subject.activated.connect(lambda _: controller.read(form.subject.currentData()))
        form.copy_picture.clicked.connect(self.copy_picture)
        form.copy_table.clicked.connect(self.copy_table)
        form.save.clicked.connect(self.save)
        copying = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), form.years, self.copy_table)
        copying.setContext(Qt.ShortcutContext.WidgetShortcut)
        for box in (form.subject, form.counting):
            only_with_focus(box)
        if self.picker is not None:
            form.pick.toggled.connect(self._on_pick_toggled)
            self.picker.turned.connect(form.pick.setChecked)
            self.picker.clicked.connect(self._on_clicked)

    def _fit_page(self, _shown: int = 0) -> None:
        """Ask for the height of the page that is seen, not of the tallest."""
        pages = self.form.pages
        for number in range(pages.count()):
            page = pages.widget(number)
            policy, kinds = page.sizePolicy(), QSizePolicy.Policy
            policy.setVerticalPolicy(kinds.Preferred if page is pages.currentWidget() else kinds.Ignored)
            page.setSizePolicy(policy)

    def _on_pick_toggled(self, on: bool) -> None:
        assert self.picker is not None
        if on:
            self.picker.turn_on()
        else:
            self.picker.turn_off()

    def _on_clicked(self, place: QgsPointXY) -> None:
        canvas = self._canvas
        assert canvas is not None
        reach = QgsMapTool.searchRadiusMU(canvas)
        crs = canvas.mapSettings().destinationCrs()
        layers = [one for one in canvas.layers() if one.isInScaleRange(canvas.scale())]
        if self.controller.table is None:
            self.warn(tr("The tanks are still being read: click again in a moment."))
        self.controller.look(Click(place, reach, crs), layers)

    def _on_found(self, subjects: list[Subject], looked: bool) -> None:
        if not subjects:
            text = tr("There is no site, unit or tank of this layer here.")
            if not looked:
                text += " " + tr("No visible layer holds sites or units: Detect sites or Township summary make one.")
            self.warn(text)
            return
        self._offer(subjects)
        self.form.subject.setCurrentIndex(1)
        self.controller.read(subjects[0])

    def _offer(self, subjects: list[Subject]) -> None:
        box = self.form.subject
        box.clear()
        box.addItem(name_of(None), None)
        for subject in subjects:
            box.addItem(f"{name_of(subject)} · {subject.layer_name}", subject)

    def _show(self) -> None:
        controller, form = self.controller, self.form
        reading, subject = controller.reading, controller.subject
        if controller.is_counting:
            self.page.wait_for_numbers(self._waiting())
            self._show_buttons()
            return
        self.page.show_reading(reading, controller.problem or self._waiting())
        years = zip(reading.years, reading.by_year) if reading else ()
        self.years.show_rows(
            [tr("Year"), tr("Tanks"), *(name.capitalize() for name in statuses())],
            [(year, sum(row), *row) for year, row in years],
        )
        _fit_numbers(form.years, self.years)
        said = telling.rows(subject, reading.compared if reading else []) if subject else []
        self.said.show_rows(telling.headings(), said)
        _join_empty(form.said, said)
        form.definitions.setText(telling.definitions(reading, self._layer_name()) if reading else "")
        form.pages.setTabEnabled(form.pages.indexOf(form.feature_page), subject is not None)
        form.note.setText("\n".join(notes(reading)) if reading else "")
        form.note.setVisible(bool(form.note.text()))
        self._mark()
        self._show_buttons()

    def _show_buttons(self) -> None:
        can_draw = self.controller.reading is not None and self.page.can_draw
        self.form.copy_picture.setEnabled(can_draw)
        self.form.save.setEnabled(can_draw)
        self.form.copy_table.setEnabled(self.controller.reading is not None)

    def _mark(self) -> None:
        if self._marks is None:
            return
        reading, subject = self.controller.reading, self.controller.subject
        if subject is None:
            self._marks.clear()
        elif reading is not None:
            self._marks.show(subject.shape, reading.points, subject.crs)

    def _stop_picking(self) -> None:
        if self.picker is not None:
            self.picker.turn_off()
        if self._marks is not None:
            self._marks.clear()

    def _waiting(self) -> str:
        if self.controller.layer is None:
            return how_to_get_tanks()
        return tr("Counting…") if self.controller.table is not None else tr("Reading the tanks…")

    def _show_progress(self, percent: int) -> None:
        if self.controller.table is None and not self.controller.problem:
            self.page.waiting.setText(tr("Reading the tanks: {n} %").format(n=percent))

    def _layer_name(self) -> str:
        return self.controller.layer.name() if self.controller.layer is not None else ""


def _fit(table: QTableView, wide: tuple[int, ...]) -> None:
    """Let some columns share the room that the others leave, and rows be as high as their text."""
    mode, across = QHeaderView.ResizeMode, table.horizontalHeader()
    across.setSectionResizeMode(mode.ResizeToContents)
    for column in wide:
        across.setSectionResizeMode(column, mode.Stretch)
    table.verticalHeader().setSectionResizeMode(mode.ResizeToContents)
    table.verticalHeader().hide()


def _fit_numbers(table: QTableView, model: RowsModel) -> None:
    """Make each column as wide as its longest text, the last as wide as there is room: Qt's own widths need more."""
    metrics = table.fontMetrics()
    table.verticalHeader().setDefaultSectionSize(metrics.height() * 3 // 2)
    least = 6 * metrics.averageCharWidth()
    table.horizontalHeader().setMinimumSectionSize(least)
    table.setColumnWidth(len(model.headings) - 1, least)
    for column, heading in enumerate(model.headings[:-1]):
        cells = (model.index(row, column).data() for row in range(model.rowCount()))
        widest = max((metrics.horizontalAdvance(text) for text in cells), default=0) + metrics.averageCharWidth()
        width = max(widest, metrics.horizontalAdvance(heading)) + metrics.averageCharWidth()
        table.setColumnWidth(column, width)


def _join_empty(table: QTableView, rows: Sequence[telling.Row]) -> None:
    """Give what the layer says the room of the number where none is counted."""
    table.clearSpans()
    for number, (_what, _said, now) in enumerate(rows):
        if not now:
            table.setSpan(number, 1, 1, 2)
