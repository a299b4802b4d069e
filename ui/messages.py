"""Messages in QGIS's message bar, which takes text for HTML: names from files are shown as they are."""

from __future__ import annotations

from html import escape

from qgis.core import Qgis
from qgis.gui import QgisInterface


def push(iface: QgisInterface | None, text: str, level: Qgis.MessageLevel, title: str = "Leachwatch") -> None:
    """Show a text for some seconds, a mistake until it is closed; where there is no window, nothing."""
    if iface is not None and iface.messageBar() is not None:
        seconds = 0 if level == Qgis.MessageLevel.Critical else 15
        iface.messageBar().pushMessage(title, escape(text, quote=False), level, seconds)
