"""Saves the chart where the user says, as a picture or as a drawing."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsSettings
from qgis.PyQt.QtGui import QFont, QImage, QPalette
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ...sources.errors import SourceError
from ...translation import tr
from .chart import ChartView
from .copying import Heading, as_image, as_svg
from .drawing import Bars, Drawn, svg

_FOLDER = "leachwatch/reading_folder"


def picture_of(chart: ChartView, drawn: Drawn, heading: Heading) -> QImage:
    """Return the chart as it is shown, with its heading."""
    return as_image(drawn, heading, QFont(chart.font()), QPalette(chart.palette()))


def ask_where(parent: QWidget, name: str) -> str:
    """Return the file to save to, '' where the user thinks better of it."""
    folder = QgsSettings().value(_FOLDER, str(Path.home()))
    kinds = ";;".join((tr("Picture (*.png)"), tr("Drawing (*.svg)")))
    path, kind = QFileDialog.getSaveFileName(parent, tr("Save the chart"), str(Path(folder) / f"{name}.png"), kinds)
    if not path:
        return ""
    QgsSettings().setValue(_FOLDER, str(Path(path).parent))
    if Path(path).suffix.lower() in (".png", ".svg"):
        return path
    return path + (".svg" if "svg" in kind else ".png")


def write(path: str, chart: ChartView, bars: Bars, drawn: Drawn, heading: Heading) -> None:
    """Write the chart, as the file's ending says. Raises SourceError."""
    if path.lower().endswith(".svg"):
        look = chart.look()
        try:
            Path(path).write_text(as_svg(svg(bars, look), heading, look), encoding="utf-8")
            return
        except OSError as error:
            raise SourceError(_refused(path, error.strerror or str(error))) from error
    if not picture_of(chart, drawn, heading).save(path, "PNG"):
        raise SourceError(_refused(path, tr("the file cannot be written")))


def _refused(path: str, why: str) -> str:
    text = tr("The chart could not be saved to “{path}”: {why}. Choose another folder.")
    return text.format(path=path, why=why)
