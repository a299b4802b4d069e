"""The report as a PDF, through QGIS's own print layout."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from ...analysis.progress import Cancelled
from ...translation import tr
from . import figures
from .files import cannot_write
from .html import Page
from .images import few_colours, png_bytes
from .main_thread import in_main_thread
from .pdf_pages import lay_out


def write_pdf(path: Path, page: Page, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> None:
    """Write the PDF. Raises QgsProcessingException where it cannot be written, Cancelled where the user stopped.

    Charts and maps are drawn here, in the thread of the run. The layout is a scene of Qt's, which belongs to the main
    thread: only that is made there, and it holds finished pictures and a few pages of text.
    """
    with tempfile.TemporaryDirectory(prefix="leachwatch-") as folder:
        charts = [_picture(Path(folder) / f"chart_{chart.key}.png", figures.png(chart)) for chart in page.charts]
        panels = page.map.panels if page.map else []
        drawn = [png_bytes(few_colours(panel.image)) for panel in panels]
        maps = [_picture(Path(folder) / f"map_{number}.png", data) for number, data in enumerate(drawn)]
        if feedback.isCanceled():
            raise Cancelled
        why = in_main_thread(lambda: lay_out(path, page, charts, maps), feedback)
    if why:
        raise cannot_write(path, why)


def _picture(path: Path, data: bytes) -> Path:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise QgsProcessingException(
            tr("The charts of the PDF could not be kept in {folder}: {why}. Make room there and run again.").format(
                folder=path.parent, why=error.strerror or error
            )
        ) from error
    return path
