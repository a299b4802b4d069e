"""Writes the example report of the synthetic sample, docs/examples/, and the picture of it for the README.

Usage: QT_HASH_SEED=0 QT_QPA_PLATFORM=offscreen python tools/make_example_report.py. The same code and sample give the
same HTML, and with that seed the same PDF: the day that Qt writes into it is set to a fixed one.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QImage, QPainter

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample"
EXAMPLES = ROOT / "docs" / "examples"
PICTURE = ROOT / "docs" / "images" / "report.png"
NAME = "site_expansion_synthetic_sample"
PAGES, PAGE_DPI, GAP = (1, 2), 110, 14


def register() -> object:
    """Make the checkout importable as ``leachwatch``, and QGIS's toolbox ready."""
    spec = importlib.util.spec_from_file_location("conftest", ROOT / "conftest.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing

    Processing.initialize()
    from leachwatch.processing.provider import LeachwatchProvider

    provider = LeachwatchProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    return provider  # QGIS does not keep a provider of Python's alive


def write(folder: Path) -> None:
    """Run site expansion on the sample, with its report in both forms."""
    import processing

    parameters = {
        "TANKS": str(SAMPLE / "tanks_synthetic_sample.geojson"),
        "UNITS": str(SAMPLE / "townships_synthetic_sample.geojson"),
        "START_YEAR": 2020,
        "END_YEAR": 2024,
        "SITES": "TEMPORARY_OUTPUT",
        "GROWTH": "TEMPORARY_OUTPUT",
        "LOSS": "TEMPORARY_OUTPUT",
        "SUMMARY": "TEMPORARY_OUTPUT",
        "HTML": str(folder / f"{NAME}.html"),
        "PDF": str(folder / f"{NAME}.pdf"),
        "REPORT_TABLES": False,
    }
    processing.run("leachwatch:siteexpansion", parameters)


def undated(pdf: bytes) -> bytes:
    """Return the PDF with a fixed day for the one on which it was made; of the same length, as it holds offsets."""
    pdf = re.sub(rb"\(D:\d{14}", b"(D:20250101000000", pdf)
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", b"2025-01-01T00:00:00", pdf)


def page_image(pdf: Path, number: int, folder: Path) -> QImage:
    """Return a page of the PDF, drawn by GDAL."""
    picture = folder / f"page_{number}.png"
    command = ["gdal_translate", "-q", "-of", "PNG", "--config", "GDAL_PDF_DPI", str(PAGE_DPI)]
    subprocess.run([*command, f"PDF:{number}:{pdf}", str(picture)], check=True)
    return QImage(str(picture))


def take_picture(pdf: Path, folder: Path) -> None:
    """Put the first pages beside each other."""
    pages = [page_image(pdf, number, folder) for number in PAGES]
    width = sum(page.width() + GAP for page in pages) + GAP
    whole = QImage(QSize(width, pages[0].height() + 2 * GAP), QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.lightGray)
    painter = QPainter(whole)
    x = GAP
    for page in pages:
        painter.drawImage(x, GAP, page)
        x += page.width() + GAP
    painter.end()
    from leachwatch.processing.reports.images import few_colours, png_bytes

    PICTURE.write_bytes(png_bytes(few_colours(whole)))


def main() -> None:
    """Write both files and the picture."""
    application = QgsApplication([], True)
    application.initQgis()
    provider = register()
    EXAMPLES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write(folder)
        shutil.copyfile(folder / f"{NAME}.html", EXAMPLES / f"{NAME}.html")
        (EXAMPLES / f"{NAME}.pdf").write_bytes(undated((folder / f"{NAME}.pdf").read_bytes()))
        take_picture(EXAMPLES / f"{NAME}.pdf", folder)
    for path in (*sorted(EXAMPLES.glob(f"{NAME}.*")), PICTURE):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e3:.0f} kB")
    QgsApplication.processingRegistry().removeProvider(provider)
    application.exitQgis()


if __name__ == "__main__":
    main()
