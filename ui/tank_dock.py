"""What the docks share: a form in a scroll area, a chooser of layers, and no work while they are hidden."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.gui import QgisInterface, QgsDockWidget
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QEvent, QObject
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QWidget

from ..settings import changes, load
from .connections import Connections
from .messages import push
from .options import PAGE
from .options.notice import offline_notice
from .tank_data.layers import is_tank_layer
from .widgets.tall_area import TallArea

_HIDING_ALL_PANELS = ("mActionTogglePanelsVisibility", "mActionToggleMapOnly")


class TankDock(QgsDockWidget):
    """A dock about one layer. It works while it is open: hidden, it holds no layer and no connection.

    ``offers`` says which layers can be chosen.
    """

    def __init__(
        self,
        name: str,
        form: str,
        iface: QgisInterface | None,
        parent: QWidget | None = None,
        offers: Callable[[QgsMapLayer | None], bool] = is_tank_layer,
    ) -> None:
        super().__init__(parent)
        self._offers = offers
        self._awake = self._closed_down = False
        self._not_offered: set[str] = set()
        self._chosen: QgsMapLayer | None = None
        self.setObjectName(name)
        self.iface = iface
        self.form = uic.loadUi(str(Path(__file__).parent / form), QWidget())
        self.setWindowTitle(self.form.windowTitle())
        self.offline = offline_notice(self._open_options)
        self.form.layout().insertWidget(0, self.offline)
        self.setWidget(self._scrolled(self.form))
        self._offer_layers()
        self.form.layer.layerChanged.connect(self._on_layer_chosen)
        self.form.help.setIcon(QgsApplication.getThemeIcon("/mActionHelpContents.svg"))
        self.form.help.clicked.connect(self._show_help)
        self.form.layer.installEventFilter(self)
        self._project = Connections()

    def take(self, layer: QgsVectorLayer | None) -> None:
        """Work on this layer from now on; None: on none."""
        raise NotImplementedError

    def layer_in_hand(self) -> QgsVectorLayer | None:
        """Return the layer that the dock works on now, if there is one."""
        raise NotImplementedError

    def choose(self, layer: QgsMapLayer) -> None:
        """Choose a layer as a user would, where the dock offers it."""
        self._offer_layers()
        self.form.layer.setLayer(layer)
        self._on_layer_chosen()

    def close_down(self) -> None:
        """Let go of every layer and disconnect, for good: the plugin unloads."""
        self._sleep()
        self._closed_down = True

    def warn(self, text: str) -> None:
        """Say that something could not be done."""
        self._say(text, Qgis.MessageLevel.Warning)

    def tell(self, text: str) -> None:
        """Say what was done."""
        self._say(text, Qgis.MessageLevel.Info)

    def showEvent(self, event: QShowEvent) -> None:
        """Start to work."""
        super().showEvent(event)
        if not self._awake and not self._closed_down:
            self._wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop working, unless the dock is only out of sight: behind another tab, in a minimised window."""
        super().hideEvent(event)
        if self.isHidden() and not self._is_out_of_sight_with_all_panels():
            self._sleep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer what can be chosen by now, before it is: a layer may have been mended, or its columns named."""
        if self._awake and event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self._offer_layers()
            # A layer whose source is back was let go of, and is still the one that the chooser shows.
            if self.layer_in_hand() is None and self._offers(self.form.layer.currentLayer()):
                self._on_layer_chosen()
        return super().eventFilter(watched, event)

    def _scrolled(self, form: QWidget) -> QWidget:
        area = TallArea()
        area.setWidget(form)
        return area

    def _wake(self) -> None:
        self._awake = True
        project = QgsProject.instance()
        self._project.connect(project.layersAdded, self._on_layers_added)
        self._project.connect(project.readProject, self._on_layers_added)
        self._project.connect(changes.changed, self._show_offline)
        self._show_offline()
        self._offer_layers()
        self._on_layer_chosen()

    def _sleep(self) -> None:
        if self._awake:
            self._awake = False
            self._project.close()
            self._chosen = None
            self.take(None)

    def _show_offline(self) -> None:
        self.offline.setVisible(load().offline)

    def _open_options(self, *_: object) -> None:
        if self.iface is not None:
            self.iface.showOptionsDialog(self.iface.mainWindow(), PAGE)

    def _show_help(self, *_: object) -> None:
        from .help import show_help

        show_help(self.objectName(), self)

    def _offer_layers(self, *_: object) -> None:
        layers = QgsProject.instance().mapLayers().values()
        others = {layer.id(): layer for layer in layers if not self._offers(layer)}
        if set(others) != self._not_offered:  # the chooser must not be asked: it may still know layers that are gone
            self._not_offered = set(others)
            self.form.layer.setExceptedLayerList(list(others.values()))

    def _on_layers_added(self, *_: object) -> None:
        self._offer_layers()
        # Of several layers that come at once QGIS's chooser shows the first, and does not say so.
        if self.form.layer.currentLayer() is not self._chosen:
            self._on_layer_chosen()

    def _on_layer_chosen(self, *_: object) -> None:
        if self._awake:
            self._chosen = layer = self.form.layer.currentLayer()
            self.take(layer if self._offers(layer) else None)

    def _is_out_of_sight_with_all_panels(self) -> bool:
        """QGIS hides all panels for a large map and brings them back: the map is to stay as it is."""
        window = self.parent()
        actions = [window.findChild(QObject, name) for name in _HIDING_ALL_PANELS] if window else []
        return any(action is not None and action.isChecked() for action in actions)

    def _say(self, text: str, level: Qgis.MessageLevel) -> None:
        push(self.iface, text, level, self.windowTitle())
