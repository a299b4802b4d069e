"""The line that says that Leachwatch is offline, with the way to change that."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel

from ...translation import tr


def offline_notice(open_options: Callable[..., None], more: str = "") -> QLabel:
    """Return the line, hidden; its link, for mouse and keyboard, opens the options."""
    label = QLabel(f'{tr("Offline: Leachwatch sends no request.")} {more} <a href="options">{tr("Options…")}</a>')
    label.setWordWrap(True)
    mouse, keyboard = Qt.TextInteractionFlag.LinksAccessibleByMouse, Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    label.setTextInteractionFlags(mouse | keyboard)
    label.linkActivated.connect(open_options)
    label.hide()
    return label
