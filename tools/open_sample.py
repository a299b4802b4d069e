"""Run inside QGIS (``qgis --code``): switches the plugin on, adds the sample, opens both docks."""

from qgis import utils
from qgis.PyQt.QtWidgets import QAction


def open_sample():
    """Load the plugin as the plugin manager does, then press its buttons."""
    if "leachwatch" not in utils.plugins:
        utils.updateAvailablePlugins()
        utils.loadPlugin("leachwatch")
        utils.startPlugin("leachwatch")
    window = utils.iface.mainWindow()
    for name in ("leachwatch", "tank_filter", "tank_style"):
        window.findChild(QAction, f"Leachwatch_{name}").trigger()


open_sample()
