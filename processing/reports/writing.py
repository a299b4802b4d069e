"""Writes a report in each form that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ...analysis.progress import Cancelled
from ...translation import tr
from ..base import HTML, PDF, REPORT_TABLES, LeachwatchAlgorithm
from ..parameters.checks import is_empty
from . import beside, figures, maps, rerun, words
from .asked import parameter_rows
from .content import DataSource, Report
from .files import FilesAside
from .html import Page, as_html
from .sources import sources_of


def report_if_asked(
    algorithm: LeachwatchAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    layers: list[str],
    build: Callable[[list[DataSource]], Report],
) -> dict[str, str]:
    """Write the report; return the outputs' entries, {} where none was asked for, and then nothing is built.

    ``layers``: the parameters whose layers are its sources. Raises QgsProcessingException where a file cannot be
    written, Cancelled where the user stopped.
    """
    asked = [name for name in (HTML, PDF) if not is_empty(parameters.get(name))]
    if not asked:
        return {}
    report = build(sources_of(algorithm, parameters, context, layers))
    feedback.setProgressText(tr("Writing the report…"))
    paths = {name: algorithm.parameterAsFileOutput(parameters, name, context) for name in asked}
    page = _page(algorithm, parameters, context, feedback, report)
    with FilesAside() as files:
        if HTML in paths:
            files.write(Path(paths[HTML]), as_html(page, feedback.isCanceled).encode("utf-8", errors="replace"))
        if PDF in paths:
            from .pdf import as_pdf

            files.write(Path(paths[PDF]), as_pdf(page, feedback))
        if algorithm.parameterAsBoolean(parameters, REPORT_TABLES, context):
            _write_tables(files, Path(paths[asked[0]]), report, feedback)
    return paths


def _page(
    algorithm: LeachwatchAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    report: Report,
) -> Page:
    given = rerun.given(algorithm, parameters, context)
    drawable = figures.available()
    if report.charts and not drawable:
        feedback.pushWarning(words.no_charts())
    return Page(
        algorithm.displayName(),
        report,
        parameter_rows(algorithm, parameters, context),
        rerun.command(algorithm, given),
        rerun.as_json(given),
        report.charts if drawable else [],
        maps.draw(report.map_layers, context, feedback),
        [] if drawable or not report.charts else [words.no_charts()],
    )


def _write_tables(files: FilesAside, path: Path, report: Report, feedback: QgsProcessingFeedback) -> None:
    """Write each table as CSV, and all of them as one XLSX, beside the report."""
    tables = [*report.tables, *report.uncertainty]
    for table in tables:
        if feedback.isCanceled():
            raise Cancelled
        files.write(path.with_name(f"{path.stem}_{table.key}.csv"), beside.csv_bytes(table))
    files.write(path.with_suffix(".xlsx"), beside.xlsx_bytes(tables, feedback.isCanceled))
    feedback.pushInfo(
        tr("The report's tables are in {folder}: {stem}.xlsx, and {stem}_….csv.").format(
            folder=path.parent, stem=path.stem
        )
    )
    if long := [table.key for table in tables if len(table.frame) > beside.MOST_SHEET_ROWS]:
        text = tr("Tables of more than {n} rows are in their CSV alone, not in the XLSX: {names}.")
        feedback.pushWarning(text.format(n=f"{beside.MOST_SHEET_ROWS:,}", names=", ".join(long)))
