"""Leachwatch: rare-earth leach mining in Myanmar and south China, followed in QGIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .plugin import LeachwatchPlugin


def classFactory(iface: QgisInterface | None) -> LeachwatchPlugin:
    """Return the plugin; QGIS calls this once when it loads it (``iface`` is None under ``qgis_process``)."""
    from .plugin import LeachwatchPlugin

    return LeachwatchPlugin(iface)
