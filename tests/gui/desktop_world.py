"""A window with the parts of QGIS's that the plugin uses, of QGIS's and Qt's own widgets; and probes of what stays."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from leachwatch.settings import changes
from qgis.core import Qgis, QgsApplication, QgsMapLayer, QgsProject, QgsTemporalNavigationObject, QgsVectorLayer
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QMainWindow, QMenu, QToolBar, QWidget


class Window(QMainWindow):
    """Stands for QgisInterface and for its window: what is named as in QGIS does what QGIS's does."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1366, 768)
        self.canvas, self.bar = QgsMapCanvas(self), QgsMessageBar(self)
        self.navigation = QgsTemporalNavigationObject(self)
        self.canvas.setTemporalController(self.navigation)
        self.setCentralWidget(self.canvas)
        self.plugin_menu, self.panels = QMenu(self), QMenu(self)
        self.panels.setObjectName("mPanelMenu")
        self.factories: list[object] = []
        self.show()

    def mainWindow(self) -> QMainWindow:
        return self

    def mapCanvas(self) -> QgsMapCanvas:
        return self.canvas

    def messageBar(self) -> QgsMessageBar:
        return self.bar

    def addToolBar(self, name: str) -> QToolBar:
        return super().addToolBar(name)

    def addDockWidget(self, area: Qt.DockWidgetArea, dock: QDockWidget) -> None:
        super().addDockWidget(area, dock)
        self.panels.addAction(dock.toggleViewAction())
        dock.show()

    def removeDockWidget(self, dock: QDockWidget) -> None:
        super().removeDockWidget(dock)
        self.panels.removeAction(dock.toggleViewAction())

    def addPluginToMenu(self, _menu: str, action: QAction) -> None:
        self.plugin_menu.addAction(action)

    def removePluginMenu(self, _menu: str, action: QAction) -> None:
        self.plugin_menu.removeAction(action)

    def registerOptionsWidgetFactory(self, factory: object) -> None:
        self.factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory: object) -> None:
        self.factories.remove(factory)

    def end(self) -> None:
        """Delete it, at once."""
        self.canvas.stopRendering()
        self.close()
        self.deleteLater()
        delete_what_is_due()

    def left_behind(self) -> list[str]:
        """Names of whatever of the plugin is in the window."""
        delete_what_is_due()
        found = [child.objectName() for child in self.findChildren(QObject) if "eachwatch" in child.objectName()]
        found += [action.text() for menu in (self.plugin_menu, self.panels) for action in menu.actions()]
        return found + [str(factory) for factory in self.factories]


def delete_what_is_due() -> None:
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def no_complaint() -> Iterator[None]:
    """Nothing is raised in a slot, and nothing worse than a notice is logged."""
    heard: list[str] = []

    def logged(text: str, tag: str, level: Qgis.MessageLevel) -> None:
        told = ("Messages", "OGR")  # what people were told in the message bar; a file that a test took away
        if tag not in told and level in (Qgis.MessageLevel.Warning, Qgis.MessageLevel.Critical):
            heard.append(f"{tag}: {text}")

    hooks = sys.excepthook, sys.unraisablehook
    sys.excepthook = lambda kind, error, trace: heard.append(f"{kind.__name__}: {error}")
    sys.unraisablehook = lambda raised: heard.append(f"{raised.exc_type.__name__}: {raised.exc_value}")
    QgsApplication.messageLog().messageReceived.connect(logged)
    try:
        yield
        delete_what_is_due()
    finally:
        QgsApplication.messageLog().messageReceived.disconnect(logged)
        sys.excepthook, sys.unraisablehook = hooks
    assert heard == [], heard


def threads() -> list[str]:
    """The plugin's threads that run."""
    return [thread.name for thread in threading.enumerate() if thread.name == "leachwatch"]


def listened_to(window: Window, *layers: QgsMapLayer) -> dict[str, int]:
    """How many listen to each signal of the project, the map, the settings, and some layers."""
    project = QgsProject.instance()
    senders = [project, project.layerTreeRoot(), project.timeSettings(), window.canvas, window.navigation, changes]
    for layer in layers:
        senders += [layer, layer.styleManager()]
        if isinstance(layer, QgsVectorLayer):
            senders += [layer.dataProvider(), layer.temporalProperties()]
    return {
        f"{number} {type(sender).__name__}.{name}": count
        for number, sender in enumerate(senders)
        for name, count in _receivers(sender).items()
        if count
    }


def _receivers(sender: QObject) -> dict[str, int]:
    meta = sender.metaObject()
    names = {bytes(meta.method(number).name()).decode() for number in range(meta.methodCount())}
    # To ``destroyed`` PyQt itself listens, for every sender that it connected.
    signals = {name: getattr(sender, name, None) for name in names - {"destroyed"}}
    return {name: sender.receivers(signal) for name, signal in signals.items() if hasattr(signal, "signal")}


def timers(widget: QWidget) -> list[QTimer]:
    """The timers below a widget that run."""
    return [timer for timer in widget.findChildren(QTimer) if timer.isActive()]
