"""The dock that filters tanks by years, status and type, beside the user's own filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qgis.core import QgsCoordinateTransform, QgsProject, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import QWidget
from qgis.utils import OverrideCursor

from ...analysis.definition import CUMULATIVE, STANDING
from ...analysis.fields import ABANDONED, ACTIVE, LEACHATE, PRECIPITATION, UNKNOWN
from ...analysis.selection.wanted import ANY_TIME, FIRST_SEEN, TankFilter
from ...translation import tr
from ..tank_data.layers import how_to_get_tanks
from ..tank_dock import TankDock
from .controller import UNTOLD, TankFilterController


class TankFilterDock(TankDock):
    """Chooses which tanks of a layer are shown, and always says how many of how many."""

    def __init__(self, iface: QgisInterface | None, parent: QWidget | None = None) -> None:
        super().__init__("LeachwatchTankFilter", "tank_filter/form.ui", iface, parent)
        form = self.form
        self.statuses = {ACTIVE: form.active, ABANDONED: form.abandoned, UNKNOWN: form.unknown_status}
        self.types = {LEACHATE: form.leachate, PRECIPITATION: form.precipitation, UNKNOWN: form.unknown_type}
        self._writing = False
        self._emphasise_count()
        self._fill_modes()
        self.controller = TankFilterController(self)
        self.controller.changed.connect(self._show_state)
        self.controller.refused.connect(self.warn)
        self.controller.told.connect(self.tell)
        self._connect_widgets()
        self._show_state()

    def take(self, layer: QgsVectorLayer | None) -> None:
        """Filter this layer; the one before gets its own filter back."""
        with OverrideCursor(Qt.CursorShape.WaitCursor):
            self.controller.adopt(layer)

    def close_down(self) -> None:
        """Give every layer its own filter back and disconnect, for good."""
        super().close_down()
        self.controller.close_down()

    def zoom(self) -> None:
        """Zoom the map to the tanks that are shown."""
        layer = self.controller.layer
        if layer is None or self.iface is None:
            return
        layer.updateExtents()
        extent = layer.extent()
        if self.controller.shown() == 0 or extent.isNull():
            self.warn(tr("No tank is shown, so there is nothing to zoom to."))
            return
        canvas = self.iface.mapCanvas()
        target = canvas.mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(layer.crs(), target, QgsProject.instance())
        canvas.zoomToFeatureExtent(transform.transformBoundingBox(extent))
        canvas.refresh()

    def wanted(self) -> TankFilter:
        """Return the filter that the widgets ask for."""
        form = self.form
        classes = TankFilter(
            statuses=frozenset(name for name, box in self.statuses.items() if box.isChecked()),
            types=frozenset(name for name, box in self.types.items() if box.isChecked()),
        )
        if not form.by_years.isChecked():
            return classes
        return replace(
            classes,
            mode=form.mode.currentData(),
            first_year=form.first_year.value(),
            last_year=form.last_year.value(),
            undated=form.undated.isChecked(),
        )

    def _emphasise_count(self) -> None:
        font = self.form.count.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.form.count.setFont(font)

    def _fill_modes(self) -> None:
        self.form.mode.addItem(tr("Standing in these years"), STANDING)
        self.form.mode.addItem(tr("Ever seen, up to the last year"), CUMULATIVE)
        self.form.mode.addItem(tr("First seen in these years"), FIRST_SEEN)

    def _connect_widgets(self) -> None:
        form = self.form
        form.by_years.toggled.connect(self._on_input)
        form.mode.currentIndexChanged.connect(self._on_input)
        form.first_year.valueChanged.connect(self._on_first_year)
        form.last_year.valueChanged.connect(self._on_last_year)
        for box in (form.undated, *self.statuses.values(), *self.types.values()):
            box.toggled.connect(self._on_input)
        form.reset.clicked.connect(self._on_reset)
        form.zoom.clicked.connect(self.zoom)

    def _on_first_year(self, year: int) -> None:
        if not self._writing:
            self._write(lambda: self.form.last_year.setValue(max(year, self.form.last_year.value())))
            self._on_input()

    def _on_last_year(self, year: int) -> None:
        if not self._writing:
            self._write(lambda: self.form.first_year.setValue(min(year, self.form.first_year.value())))
            self._on_input()

    def _on_input(self, *_: object) -> None:
        if not self._writing:
            with OverrideCursor(Qt.CursorShape.WaitCursor):
                self.controller.apply(self.wanted())

    def _on_reset(self) -> None:
        if self.controller.reset():
            self._write(self._fill_all_years)

    def _show_state(self) -> None:
        self._write(self._fill_widgets)
        self._tell_counts()

    def _write(self, change: Callable[[], None]) -> None:
        """Change widgets without taking that for the user's input."""
        self._writing = True
        try:
            change()
        finally:
            self._writing = False

    def _fill_widgets(self) -> None:
        form, state, wanted = self.form, self.controller, self.controller.wanted
        form.controls.setEnabled(state.layer is not None and not state.is_edited)
        form.by_years.setEnabled(state.facts.years is not None)
        form.by_years.setChecked(wanted.mode != ANY_TIME)
        form.types.setEnabled("tank_type" in state.columns)
        self._fill_years(wanted)
        for boxes, chosen in ((self.statuses, wanted.statuses), (self.types, wanted.types)):
            for name, box in boxes.items():
                box.setChecked(name in chosen)

    def _fill_years(self, wanted: TankFilter) -> None:
        form, limits = self.form, self.controller.facts.years
        if limits is not None and limits != (form.first_year.minimum(), form.last_year.maximum()):
            for box in (form.first_year, form.last_year):
                box.setRange(*limits)
            self._fill_all_years()
        if wanted.mode != ANY_TIME:
            form.mode.setCurrentIndex(form.mode.findData(wanted.mode))
            form.first_year.setValue(wanted.first_year)
            form.last_year.setValue(wanted.last_year)
            form.undated.setChecked(wanted.undated)
        form.first_year.setEnabled(form.by_years.isChecked() and form.mode.currentData() != CUMULATIVE)

    def _fill_all_years(self) -> None:
        form = self.form
        form.mode.setCurrentIndex(0)
        form.first_year.setValue(form.first_year.minimum())
        form.last_year.setValue(form.last_year.maximum())
        form.undated.setChecked(False)

    def _tell_counts(self) -> None:
        state = self.controller
        self.form.count.setText(self._count() if state.layer else tr("No tank layer"))
        note = self._note()
        self.form.note.setText(note)
        self.form.note.setVisible(bool(note))

    def _count(self) -> str:
        shown, total = (
            "?" if number == UNTOLD else QLocale().toString(number)
            for number in (self.controller.shown(), self.controller.facts.total)
        )
        return tr("{shown} of {total} tanks").format(shown=shown, total=total)

    def _note(self) -> str:
        state = self.controller
        if state.layer is None:
            return how_to_get_tanks()
        notes = []
        if state.is_edited:
            notes.append(tr("The layer is being edited: save or discard the edits to change the filter."))
        hidden = state.undated_hidden()
        if hidden:
            notes.append(tr("Undated tanks not shown: {n}.").format(n=QLocale().toString(hidden)))
        if state.facts.problem:
            notes.append(state.facts.problem)
        return "\n".join(notes)
