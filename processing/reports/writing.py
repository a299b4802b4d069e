"""Writes a report in each form that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback

from ...analysis.progress import Cancelled
from ...translation import tr
from ..base import HTML
from ..parameters.checks import is_empty
from . import figures, rerun, words
from .asked import parameter_rows, wants_report
from .content import Report
from .files import write_text
from .html import Page, Picture, as_html

__all__ = ["wants_report", "write_report"]


def write_report(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    report: Report,
) -> dict[str, str]:
    """Write the report; return the outputs' entries, {} where none was asked for.

    Raises QgsProcessingException where a file cannot be written, Cancelled where the user stopped.
    """
    if not wants_report(algorithm, parameters, context):
        return {}
    feedback.setProgressText(tr("Writing the report…"))
    results: dict[str, str] = {}
    if not is_empty(parameters.get(HTML)):
        path = algorithm.parameterAsFileOutput(parameters, HTML, context)
        write_text(Path(path), as_html(_page(algorithm, parameters, context, feedback, report)))
        results[HTML] = path
    return results


def _page(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    report: Report,
) -> Page:
    given = rerun.given(algorithm, parameters, context)
    drawable = figures.available()
    charts = []
    for chart in report.charts if drawable else []:
        if feedback.isCanceled():
            raise Cancelled
        charts.append(Picture(chart.title, chart.caption, figures.data_uri(figures.svg(chart), "svg+xml")))
    return Page(
        algorithm.displayName(),
        report,
        parameter_rows(algorithm, parameters, context),
        rerun.command(algorithm, given),
        rerun.as_json(given),
        charts,
        notes=[] if drawable or not report.charts else [words.no_charts()],
    )
