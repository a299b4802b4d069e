"""Colours to paint with, whatever theme QGIS has."""

from __future__ import annotations

from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QApplication, QWidget

_LEAST_CONTRAST = 50  # of lightness, 0 to 255


def theme_palette(widget: QWidget) -> QPalette:
    """Return the palette of the widget, or of what is around it where a theme's style sheet left it without colours."""
    around: QWidget | None = widget
    while around is not None:
        if _is_readable(around.palette()):
            return around.palette()
        around = around.parentWidget()
    return QApplication.palette()


def is_dark(palette: QPalette) -> bool:
    """Return whether text is lighter than what it stands on."""
    return (
        palette.color(QPalette.ColorRole.Window).lightness() < palette.color(QPalette.ColorRole.WindowText).lightness()
    )


def _is_readable(palette: QPalette) -> bool:
    ground, text = palette.window().color(), palette.windowText().color()
    return ground.alpha() == 255 and abs(ground.lightness() - text.lightness()) >= _LEAST_CONTRAST
