"""The dock that styles layers of tanks, sites and units, in styles of their own beside the user's."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtWidgets import QScrollArea, QWidget

from ...translation import tr
from ..connections import Connections
from ..tank_data.columns import PROPERTY as COLUMNS
from ..tank_data.layers import columns_of, how_to_get_tanks, is_alive, is_tank_layer, tank_layers
from ..tank_dock import TankDock
from ..tank_filter.own_filter.hold import PROPERTY as FILTER
from ..widgets.tall_area import TallArea
from .dressing import dress, filter_year, options_of, style_ready, style_tanks
from .files import default
from .files.group import FileGroup
from .following import YearFollower
from .legend import show_legend
from .marks import is_untouched
from .named_styles import PREFIX, go_to, is_ours, own_style
from .options import IN_YEAR
from .palettes import PAPER, behind
from .ready.page import ReadyPage
from .ready.styles import is_site_layer, is_unit_layer
from .tab_order import controls_of, set_tab_order
from .tank_form import TankForm


class TankStyleDock(TankDock):
    """Adds a named style to a layer, shows it on an invented scene and its legend, and goes back to the user's own."""

    def __init__(self, iface: QgisInterface | None, parent: QWidget | None = None) -> None:
        super().__init__("LeachwatchTankStyle", "tank_style/form.ui", iface, parent, offers=can_style)
        self._layer: QgsVectorLayer | None = None
        self._listening = Connections()
        self._follower = YearFollower(self._on_year_changed)
        self.tanks, self.ready = TankForm(self), ReadyPage(self)
        self.files = FileGroup(self)
        self._place()
        self.tanks.show(default.recall() or self.tanks.options)
        self._connect()
        self.show_state()

    def take(self, layer: QgsVectorLayer | None) -> None:
        """Style this layer from now on; the one before stays as it is."""
        self._listening.close()
        self._layer = layer
        if layer is None:
            self._follower.turn_off()
            self.tanks.preview.stop()
        else:
            self._follower.turn_on()
            self._listening.connect(layer.styleManager().currentStyleChanged, self._on_style_changed)
            self._listening.connect(layer.customPropertyChanged, self._on_property_changed)
            self._listening.connect(layer.willBeDeleted, self._on_deleted)
        self._offer()

    def apply(self) -> None:
        """Give the layer the chosen style."""
        layer = self._layer
        if layer is None or not is_alive(layer):
            return
        if is_tank_layer(layer):
            self._tell_kept(style_tanks(layer, self.tanks.options))
        elif self.ready.chosen is not None:
            self._tell_kept(style_ready(layer, self.ready.chosen))
        self.show_state()

    def apply_to_all(self) -> None:
        """Give every tank layer of the project the chosen style."""
        layers = tank_layers(QgsProject.instance())
        for layer in layers:
            self._tell_kept(style_tanks(layer, self.tanks.options))
        self.show_state()
        self.tell(tr("Tank layers styled: {n}.").format(n=len(layers)))

    def go_back(self) -> None:
        """Use the layer's own style again."""
        if self._layer is not None and is_alive(self._layer):
            go_to(self._layer, own_style(self._layer))
            self.show_state()

    def layer_in_hand(self) -> QgsVectorLayer | None:
        """Return the layer that is styled, if there is one."""
        return self._layer if is_alive(self._layer) else None

    def _scrolled(self, form: QWidget) -> QScrollArea:
        area = TallArea()
        area.setWidget(form)
        form.installEventFilter(area)
        return area

    def _place(self) -> None:
        for page in (self.tanks.page, self.ready.page):
            self.form.page_place.addWidget(page)
        for group in (self.tanks.symbols, self.tanks.labels, self.files.group):
            self.form.group_place.addWidget(group)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """From top to bottom: the parts come from several forms."""
        form, page = self.form, self.tanks.page
        order = [form.layer, form.help, page.mode, page.colours, page.year, page.follow, page.near]
        order += [self.ready.page.ready, form.apply, form.apply_all, form.back]
        for group in (self.tanks.symbols, self.tanks.labels, self.files.group):
            order += controls_of(group)
        set_tab_order(order)

    def _connect(self) -> None:
        form = self.form
        form.apply.clicked.connect(self.apply)
        form.apply_all.clicked.connect(self.apply_to_all)
        form.back.clicked.connect(self.go_back)
        self.tanks.changed.connect(self._show_choice)
        self.ready.changed.connect(self._show_choice)

    def _offer(self) -> None:
        """Show the page that fits the layer, with what its style says."""
        layer = self.layer_in_hand()
        if layer is not None and is_tank_layer(layer):
            in_use = options_of(layer)
            if in_use is not None:
                self.tanks.show(in_use)
            self.tanks.offer(columns_of(layer))
        else:
            self.ready.offer(layer, PREFIX)
        self.show_state()
        self._show_choice()

    def _on_style_changed(self, _name: str = "") -> None:
        self._offer()

    def _on_property_changed(self, key: str) -> None:
        if key == COLUMNS:
            self._offer()
        elif key == FILTER and self.tanks.options.mode == IN_YEAR:
            self._show_choice()

    def _on_year_changed(self, layer: QgsVectorLayer) -> None:
        if layer is self._layer:
            self._show_choice()

    def _on_deleted(self) -> None:
        self._listening.drop()
        self._layer = None
        self._offer()

    def _tell_kept(self, aside: str) -> None:
        if aside:
            self.tell(tr("The style had been changed by hand: it is kept as “{name}”.").format(name=aside))

    def show_state(self, *_: object) -> None:
        """Say what is in use, and offer what can be done with it."""
        form, layer = self.form, self.layer_in_hand()
        of_tanks = layer is not None and is_tank_layer(layer)
        self.tanks.page.setVisible(layer is None or of_tanks)
        self.ready.page.setVisible(layer is not None and not of_tanks)
        for widget in (form.apply_all, self.tanks.symbols, self.tanks.labels):
            widget.setVisible(layer is None or of_tanks)
        form.apply.setEnabled(of_tanks or (layer is not None and self.ready.chosen is not None))
        form.apply_all.setEnabled(of_tanks)
        self.files.show_state(layer, of_tanks)
        own = own_style(layer) if layer is not None else ""
        form.back.setEnabled(layer is not None and bool(own) and own != layer.styleManager().currentStyle())
        form.current.setText(_in_use(layer) if layer is not None else how_to_get_tanks())

    def _show_choice(self) -> None:
        """Draw what Apply would do."""
        layer = self.layer_in_hand()
        if layer is None or is_tank_layer(layer):
            options, year = self.tanks.options, filter_year(layer) if layer is not None else None
            self.tanks.show_filter_year(year.year if year is not None else None)
            chosen = dress(options, self.tanks.columns, year)
            ground = behind(options.palette)
            self.tanks.preview.show_style(chosen, ground)
            show_legend(self.form.legend, chosen.renderer, ground, self)
        else:
            style = self.ready.chosen
            show_legend(self.form.legend, style.renderer(layer) if style is not None else None, PAPER, self)


def can_style(layer: QgsMapLayer | None) -> bool:
    """Return whether the dock has styles for a layer."""
    return is_tank_layer(layer) or is_site_layer(layer) or is_unit_layer(layer)


def _in_use(layer: QgsVectorLayer) -> str:
    styles = layer.styleManager()
    name = styles.currentStyle()
    changed = is_ours(name) and not is_untouched(styles, name)
    text = tr("In use: {name} (changed by hand since)") if changed else tr("In use: {name}")
    return text.format(name=name)
