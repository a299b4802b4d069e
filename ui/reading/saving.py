"""Takes the chart along: to the clipboard, or to a file, as a picture or as a drawing. It is drawn beside the window.

Whatever the dock's width and theme, it is as wide as a column of text, and dark on white: for paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from qgis.core import QgsSettings
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPalette
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ...analysis.fields import STATUSES
from ...analysis.progress import Progress
from ...sources.errors import SourceError
from ...translation import tr
from ..background import IsCancelled, Job
from ..widgets.status_look import status_colour
from .chart import ChartView
from .copying import Heading, as_image, as_svg
from .drawing import Bars, Drawn, Look, draw, svg

_FOLDER = "leachwatch/reading_folder"
_WIDTH, _HEIGHT = 52, 20  # in letters M of the font, and lines of it
_SHARP = 2.0  # pixels of the picture on each of the window's


def paper() -> QPalette:
    """Return the colours of paper."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#000000"))
    return palette


class Picture(NamedTuple):
    """What is taken along: the bars, how they look, what is written around them, and in which font."""

    bars: Bars
    look: Look
    heading: Heading
    font: QFont


def on_paper(chart: ChartView, bars: Bars, heading: Heading) -> Picture:
    """Return the picture of a chart, dark on white, in the widget's font."""
    active, abandoned, unknown = (status_colour(status, paper()).name() for status in STATUSES)
    metrics, look = chart.fontMetrics(), chart.look()
    look = replace(
        look,
        width=metrics.horizontalAdvance("M") * _WIDTH,
        height=metrics.height() * _HEIGHT,
        ratio=max(_SHARP, look.ratio),
        text="#000000",
        ground="#ffffff",
        colours=(active, abandoned, unknown),
    )
    return Picture(bars, look, heading, chart.font())


def make_image(picture: Picture, done: Callable[[QImage], None], failed: Callable[[SourceError], None]) -> Job:
    """Draw the picture, and tell when it is there."""

    def compose(drawn: Drawn) -> None:
        done(as_image(drawn, picture.heading, picture.font, paper()))

    job = Job(lambda is_cancelled, _: draw(picture.bars, picture.look, is_cancelled), compose, failed)
    job.start()
    return job


def save(picture: Picture, path: str, done: Callable[[], None], failed: Callable[[SourceError], None]) -> Job:
    """Write the picture to a file, as its ending says, and tell when it is there."""

    def write(image: QImage) -> None:
        if image.save(path, "PNG"):
            done()
        else:
            failed(SourceError(_refused(path, tr("the file cannot be written"))))

    if not path.lower().endswith(".svg"):
        return make_image(picture, write, failed)
    bars, look, heading, _ = picture

    def work(is_cancelled: IsCancelled, _progress: Progress) -> None:
        _write(path, as_svg(svg(bars, look, is_cancelled), heading, look))

    job = Job(work, lambda _: done(), failed)
    job.start()
    return job


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise SourceError(_refused(path, error.strerror or str(error))) from error


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


def _refused(path: str, why: str) -> str:
    text = tr("The chart could not be saved to “{path}”: {why}. Choose another folder.")
    return text.format(path=path, why=why)
