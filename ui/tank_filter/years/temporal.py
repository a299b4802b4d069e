"""Hands the years of the tank filter over to QGIS's temporal controller, and takes them back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ....analysis.definition import STANDING
from ....analysis.selection.wanted import ANY_TIME, TankFilter
from ....translation import tr
from ...connections import Connections
from ...tank_data.layers import is_alive
from .handed_over import give_back, kept_of, take_over
from .navigation import Navigation
from .spans import returned, span

if TYPE_CHECKING:
    from ..controller import TankFilterController


class TemporalHandOver(QObject):
    """Lets QGIS's temporal controller choose the years; the filter's other conditions stay on the layer.

    Handed over, the layer's temporal properties say when a tank is shown; the user's own are kept in a custom property
    (so a saved project knows them) and come back exactly. Years that are set in the filter meanwhile take them back.
    ``changed``: handed over, taken back, or the controller's years are others. ``told``, ``refused``: as the filter's.
    """

    changed = pyqtSignal()
    told = pyqtSignal(str)
    refused = pyqtSignal(str)

    def __init__(
        self, controller: TankFilterController, canvas: QgsMapCanvas | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._navigation = Navigation(canvas)
        self._layer: QgsVectorLayer | None = None
        self._asked = TankFilter()
        self._busy = False
        self._styles = Connections()
        self._connections = Connections()
        self._connections.connect(controller.changed, self._on_filter_changed)
        if canvas is not None:
            self._connections.connect(canvas.temporalRangeChanged, self.changed.emit)
        self._recall()

    @property
    def is_handed_over(self) -> bool:
        """Whether QGIS's temporal controller chooses the years now."""
        return self._layer is not None

    @property
    def years(self) -> tuple[int, int] | None:
        """The years that QGIS's temporal controller shows; None where it is off."""
        return self._navigation.years

    def hand_over(self) -> bool:
        """Let QGIS's temporal controller choose the years; False, with a message, where it cannot."""
        layer, wanted, years = self._controller.layer, self._controller.wanted, self._all_years()
        if layer is None or self.is_handed_over:
            return self.is_handed_over
        if years is None or wanted.only_undated:
            self.refused.emit(tr("No tank that the filter shows is dated, so there are no years to hand over."))
            return False
        if not self._leave_years_out(wanted):
            return False
        every = replace(wanted, mode=STANDING, first_year=years[0], last_year=years[1])
        self._hold(layer, every if wanted.mode == ANY_TIME else wanted)
        self._show_spans()
        self._navigation.show(*years)
        self._tell_returned(replace(self._asked, first_year=years[0], last_year=years[1]))
        self.changed.emit()
        return True

    def take_back(self) -> bool:
        """Give the layer its user's own temporal properties back, and the controller's years to the filter."""
        if self._layer is None:
            return False
        asked, years = self._asked, self.years
        self._give_back()
        return self._filter_by(asked, years or (asked.first_year, asked.last_year))

    def take_years(self) -> bool:
        """Filter by the years that the temporal controller shows, whoever set them; False, with a message, if off."""
        years = self.years
        if years is None:
            self.refused.emit(tr("QGIS's temporal controller is off, or shows all times: there are no years to take."))
            return False
        if self.is_handed_over:
            return self.take_back()
        wanted = self._controller.wanted
        return self._filter_by(wanted if wanted.mode != ANY_TIME else replace(wanted, mode=STANDING), years)

    def close_down(self) -> None:
        """Give everything back and disconnect, for good."""
        self._connections.close()
        self._give_back()

    def _all_years(self) -> tuple[int, int] | None:
        table = self._controller.table
        return None if table is None or table.undated.all() else table.years

    def _leave_years_out(self, wanted: TankFilter) -> bool:
        self._busy = True
        try:
            return self._controller.apply(
                replace(wanted, mode=ANY_TIME, first_year=0, last_year=0, undated=False, only_undated=False)
            )
        finally:
            self._busy = False

    def _hold(self, layer: QgsVectorLayer, asked: TankFilter) -> None:
        self._layer, self._asked = layer, asked
        self._styles.connect(layer.styleManager().currentStyleChanged, self._show_spans)

    def _show_spans(self, *_: object) -> None:
        """Each style of the layer has temporal properties of its own."""
        if self._layer is not None:
            take_over(self._layer, self._asked, span(self._asked, self._controller.columns))

    def _give_back(self) -> None:
        layer, self._layer = self._layer, None
        if layer is None:
            return
        self._styles.close()
        if is_alive(layer):
            give_back(layer)
        self._navigation.give_back()
        self.changed.emit()

    def _filter_by(self, asked: TankFilter, years: tuple[int, int]) -> bool:
        table = self._controller.table
        first, last = table.years if table is not None and table.years is not None else years
        within = (min(max(year, first), last) for year in years)
        wanted = replace(self._controller.wanted, mode=asked.mode, undated=asked.undated, only_undated=False)
        return self._controller.apply(replace(wanted, **dict(zip(("first_year", "last_year"), within))))

    def _tell_returned(self, asked: TankFilter) -> None:
        number = returned(self._controller.table, asked)
        if number:
            text = tr(
                "Tanks that vanished and returned: {n}. The temporal controller knows one span a tank, so it shows "
                "these in the years between, too; the filter of the dock does not."
            )
            self.told.emit(text.format(n=number))

    def _on_filter_changed(self) -> None:
        if self._busy:
            return
        wanted = self._controller.wanted
        if self._layer is not None and (
            self._controller.layer is not self._layer or wanted.mode != ANY_TIME or wanted.only_undated
        ):
            self._give_back()
        self._recall()

    def _recall(self) -> None:
        """A project that was saved while handed over, and is opened again."""
        layer = self._controller.layer
        if self._layer is None and layer is not None and self._controller.wanted.mode == ANY_TIME:
            kept = kept_of(layer)
            if kept is not None:
                self._hold(layer, kept.asked)
                self.changed.emit()
