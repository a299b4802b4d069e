"""The report as a PDF, through QGIS's own print layout."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qgis.core import QgsProcessingException, QgsProcessingFeedback

from ...analysis.progress import Cancelled
from ...translation import tr
from . import figures
from .html import Page
from .images import few_colours, png_bytes
from .main_thread import in_main_thread
from .pdf_pages import lay_out


def as_pdf(page: Page, feedback: QgsProcessingFeedback) -> bytes:
    """Return the PDF. Raises QgsProcessingException where it cannot be made, Cancelled where the user stopped.

    Charts and maps are drawn here, in the thread of the run. The layout is a scene of Qt's, which belongs to the main
    thread: only that is made there, and it holds finished pictures and a few pages of text.
    """
    with tempfile.TemporaryDirectory(prefix="leachwatch-") as scratch:
        folder = Path(scratch)
        drawn = figures.pictures(page.charts, figures.png, feedback.isCanceled)
        charts = [(f"chart_{number}.png", data) for number, data in enumerate(drawn)]
        panels = page.map.panels if page.map else []
        maps = [(f"map_{number}.png", png_bytes(few_colours(panel.image))) for number, panel in enumerate(panels)]
        pictures = [_picture(folder / name, data) for name, data in (*charts, *maps)]
        if feedback.isCanceled():
            raise Cancelled
        path = folder / "report.pdf"
        made = in_main_thread(
            lambda: lay_out(path, page, pictures[: len(charts)], pictures[len(charts) :]),
            feedback,
        )
        data = path.read_bytes() if made and path.is_file() else b""
        # Qt says nothing of a disk that fills up as it writes.
        if not data.rstrip().endswith(b"%%EOF"):
            raise _no_room(folder)
        return data


def _picture(path: Path, data: bytes) -> Path:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise _no_room(path.parent) from error
    return path


def _no_room(folder: Path) -> QgsProcessingException:
    text = tr("The PDF could not be made in the folder for temporary files, {folder}. Make room there and run again.")
    return QgsProcessingException(text.format(folder=folder.parent))
