"""The dock that filters tanks: by years, classes, values, diameter and text, beside the user's own filter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qgis.core import QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...analysis.selection.wanted import UNIT, VALUE_ROLES
from ...translation import tr
from ..tank_dock import TankDock
from ..widgets.tall_area import TallArea
from . import actions
from .boxes.classes import status_box, type_box
from .boxes.diameter import DiameterBox
from .boxes.group import FilterGroup
from .boxes.search import SearchBox
from .boxes.values import UnitsBox, ValuesBox
from .boxes.years import YearsBox
from .controller import TankFilterController
from .layer_menu import LayerMenu
from .numbers import Numbers
from .presets.menu import PresetMenu
from .toolbar import Deeds, FilterBar, icon
from .years.playing import Player
from .years.temporal import TemporalHandOver

if TYPE_CHECKING:
    from ...analysis.selection.counts import Counts

_UNDO, _REDO = (QKeySequence("Ctrl+Z"),), (QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y"))


class TankFilterDock(TankDock):
    """Chooses which tanks of a layer are shown, and always says how many of how many."""

    def __init__(self, iface: QgisInterface | None, parent: QWidget | None = None) -> None:
        self.groups: list[FilterGroup] = []
        super().__init__("LeachwatchTankFilter", "tank_filter/form.ui", iface, parent)
        canvas = iface.mapCanvas() if iface is not None else None
        self.controller = TankFilterController(self)
        self.player = Player(self.controller, canvas, self)
        self.over = TemporalHandOver(self.controller, canvas, self)
        self._shown_layer: QgsVectorLayer | None = None
        self._counts: Counts | None = None
        self._problem = ""
        self.numbers = Numbers(self.form)
        self._add_tools(canvas is not None)
        self._add_groups()
        self._connect()
        self._show_state()

    def take(self, layer: QgsVectorLayer | None) -> None:
        """Filter this layer; the one before gets its own filter back."""
        self.controller.adopt(layer)

    def layer_in_hand(self) -> QgsVectorLayer | None:
        """Return the layer that is filtered, if there is one."""
        return self.controller.layer

    def close_down(self) -> None:
        """Give every layer its own filter back and disconnect, for good."""
        self.player.stop()
        self.over.close_down()
        super().close_down()
        self.controller.close_down()

    def zoom(self) -> None:
        """Zoom the map to the tanks that are shown."""
        if self.iface is not None:
            actions.zoom(self.iface.mapCanvas(), self.controller)

    def use(self, layer: QgsVectorLayer) -> None:
        """Filter a layer whose columns were named just now."""
        if layer is self.controller.layer:
            layer.dataChanged.emit()  # so that every dock reads it anew
        else:
            self.choose(layer)

    def select_units_in_view(self) -> None:
        """Show the units that the map shows, and no others."""
        if self.iface is not None:
            self.units.ask(actions.units_in_view(self.iface.mapCanvas(), self.controller))

    def event(self, event: QEvent) -> bool:
        """Undo and redo before QGIS's own Ctrl+Z gets the keys, and before a combo box takes them for letters."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            deed = {_UNDO: self.tools.undo, _REDO: self.tools.redo}.get(_keys(event))
            if deed is not None:
                deed.trigger()
                event.accept()
                return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow another theme or font at once."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            for group in self.groups:
                group.follow(self.palette(), self.font())
            if self.groups:
                self.numbers.fit(self.font())

    def _scrolled(self, form: QWidget) -> QWidget:
        """The numbers and the tools stay where they are; what is below them scrolls."""
        return form

    def _add_tools(self, has_map: bool) -> None:
        form, state = self.form, self.controller
        form.other.setIcon(icon("symbologyAdd"))
        form.other.setMenu(LayerMenu(self.use, form.other))
        deeds = Deeds(
            zoom=self.zoom if has_map else None,
            select=lambda: actions.select(state),
            export=(lambda: actions.export(self.iface, state)) if has_map else None,
            reset=lambda: self._ask(None),
        )
        self.tools = FilterBar(deeds, state.undo_stack, PresetMenu(state, self.warn, self.tell, form), form)
        form.tools.addWidget(self.tools)
        self.tools.drive(self.player, self.over)

    def _add_groups(self) -> None:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        self.years, self.search, self.diameter = YearsBox(), SearchBox(), DiameterBox()
        self.statuses, self.types = status_box(self), type_box(self)
        self.units = UnitsBox()
        others = {role: ValuesBox(role) for role in VALUE_ROLES if role != UNIT}
        self.values = {UNIT: self.units, **others}
        self.groups = [self.years, self.statuses, self.types, self.search, self.units, self.diameter, *others.values()]
        for group in self.groups:
            rows.addWidget(group)
            group.asked.connect(self._ask)
        rows.addStretch(1)
        area = TallArea(self.form)
        area.setWidget(column)
        self.form.groups.addWidget(area)

    def _connect(self) -> None:
        state = self.controller
        state.changed.connect(self._show_state)
        state.counted.connect(self._show_state)
        state.progressed.connect(self._show_progress)
        for sender in (state, self.over):
            sender.told.connect(self.tell)
        for sender in (state, self.over, self.player):
            sender.refused.connect(self._on_refused)
        self.over.changed.connect(self._show_state)
        self.units.in_view_asked.connect(self.select_units_in_view)
        self.units.in_view.setEnabled(self.iface is not None)

    def _ask(self, changes: dict[str, Any] | None) -> None:
        """Ask for the filter that stands with some fields changed; None: for all tanks."""
        self._problem = ""
        if changes is None:
            self.controller.reset()
        else:
            self.controller.apply(replace(self.controller.wanted, **changes))

    def _on_refused(self, text: str) -> None:
        self._problem = text
        self.search.keep(self.controller)
        self.warn(text)
        self._show_state()

    def _show_state(self) -> None:
        state = self.controller
        if state.layer is not self._shown_layer:
            self._shown_layer, self._counts, self._problem = state.layer, None, ""
            for group in (self.years, self.search):
                group.forget()
        self._counts = state.counts or self._counts
        for group in self.groups:
            group.lock(state.layer is None or state.is_edited)
            group.show_state(state, self._counts)
        self.tools.show_state(state)
        self.numbers.show_state(state, self._counts, [self._problem, self._who_has_the_years()])

    def _who_has_the_years(self) -> str:
        if not self.over.is_handed_over:
            return ""
        return tr("QGIS’s temporal controller chooses the years. To take them back: the clock › Take the years back.")

    def _show_progress(self, percent: int) -> None:
        self.numbers.show_progress(self.controller, percent)


def _keys(event: QKeyEvent) -> tuple[QKeySequence, ...]:
    """Return which of the two groups of shortcuts is pressed; empty: neither."""
    try:
        modifiers = int(event.modifiers())
    except TypeError:  # Qt 6 has no whole number for them
        modifiers = event.modifiers().value
    pressed = QKeySequence(modifiers | event.key())
    return next((keys for keys in (_UNDO, _REDO) if pressed in keys), ())
