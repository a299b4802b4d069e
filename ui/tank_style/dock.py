"""The dock that colours tanks by status, in styles of their own beside the user's."""

from __future__ import annotations

from qgis.core import QgsProject, QgsSymbolLayerUtils, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ...translation import tr
from ..connections import Connections
from ..tank_data.layers import how_to_get_tanks, is_alive, tank_layers
from ..tank_dock import TankDock
from .named_styles import (
    COLOUR_BLIND,
    IMAGERY,
    Palette,
    StyleError,
    apply_palette,
    current_own_style,
    own_style,
    sample_renderer,
)

LEGEND_SCALE = 1.8  # the markers on the map are too small to tell shapes apart beside text


class TankStyleDock(TankDock):
    """Adds a named style to tank layers, shows its legend, and goes back to the user's own."""

    def __init__(self, iface: QgisInterface | None, parent: QWidget | None = None) -> None:
        super().__init__("LeachwatchTankStyle", "tank_style/form.ui", iface, parent)
        self._layer: QgsVectorLayer | None = None
        self._own_styles: dict[str, str] = {}
        self._listening = Connections()
        form = self.form
        form.imagery.toggled.connect(self._show_legend)
        form.apply.clicked.connect(self.apply)
        form.apply_all.clicked.connect(self.apply_to_all)
        form.back.clicked.connect(self.go_back)
        self._show_state()

    @property
    def palette_chosen(self) -> Palette:
        """The palette that the radio buttons say."""
        return IMAGERY if self.form.imagery.isChecked() else COLOUR_BLIND

    def take(self, layer: QgsVectorLayer | None) -> None:
        """Style this layer from now on; the one before stays as it is."""
        self._listening.close()
        self._layer = layer
        if layer is not None:
            self._listening.connect(layer.styleManager().currentStyleChanged, self._show_state)
            self._listening.connect(layer.willBeDeleted, self._on_deleted)
            if layer.styleManager().currentStyle() == COLOUR_BLIND.style_name:
                self.form.colour_blind.setChecked(True)
            if not self.form.legend.count():
                self._show_legend()
        self._show_state()

    def apply(self) -> None:
        """Give the layer the chosen colours."""
        if is_alive(self._layer):
            self._style(self._layer)

    def apply_to_all(self) -> None:
        """Give every tank layer of the project the chosen colours."""
        layers = tank_layers(QgsProject.instance())
        done = sum(self._style(layer) for layer in layers)
        self.tell(tr("Tank layers coloured: {n} of {total}.").format(n=done, total=len(layers)))

    def go_back(self) -> None:
        """Use the layer's own style again."""
        layer = self._layer
        if layer is not None and is_alive(layer):
            layer.styleManager().setCurrentStyle(own_style(layer, self._own_styles.get(layer.id(), "")))
            layer.triggerRepaint()
            self._show_state()

    def _style(self, layer: QgsVectorLayer) -> bool:
        own = current_own_style(layer)
        try:
            apply_palette(layer, self.palette_chosen)
        except StyleError as error:
            self.warn(str(error))
            return False
        if own:
            self._own_styles[layer.id()] = own
        self._show_state()
        return True

    def _on_deleted(self) -> None:
        self._listening.drop()
        self._layer = None
        self._show_state()

    def _show_state(self, *_: object) -> None:
        form, layer = self.form, self._layer if is_alive(self._layer) else None
        for button in (form.apply, form.apply_all):
            button.setEnabled(layer is not None)
        if layer is None:
            form.back.setEnabled(False)
            form.current.setText(how_to_get_tanks())
            return
        own = own_style(layer, self._own_styles.get(layer.id(), ""))
        form.back.setEnabled(bool(own) and own != layer.styleManager().currentStyle())
        form.current.setText(tr("In use: {name}").format(name=layer.styleManager().currentStyle()))

    def _show_legend(self, *_: object) -> None:
        self._clear_legend()
        try:
            items = sample_renderer(self.palette_chosen).legendSymbolItems()
        except StyleError as error:
            self.warn(str(error))
            return
        side = round(self.fontMetrics().height() * 0.9)
        for row, item in enumerate(items):
            symbol = item.symbol().clone()
            symbol.setSize(symbol.size() * LEGEND_SCALE)
            picture, text = QLabel(), QLabel(item.label())
            picture.setPixmap(QgsSymbolLayerUtils.symbolPreviewPixmap(symbol, QSize(side, side)))
            text.setWordWrap(True)
            self.form.legend.addWidget(picture, row, 0)
            self.form.legend.addWidget(text, row, 1)

    def _clear_legend(self) -> None:
        while self.form.legend.count():
            self.form.legend.takeAt(0).widget().deleteLater()
