"""What the loaders of tanks and of ISP sites share: two sinks, the counts, the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
)

from ...analysis.fields import Field, text, whole
from ...translation import tr
from ..base import LeachwatchAlgorithm, progress_of
from ..parameters import loading as load
from .qgis_fields import with_source_columns
from .sinks import SinkWriter

if TYPE_CHECKING:
    import pandas as pd

OUTPUT, REJECTED = "OUTPUT", "REJECTED"
_REJECTED = [*whole("row"), *text("reason")]
# Where on QGIS's bar the reading ends and the writing begins.
READ = 0.5


def add_inputs_and_sinks(algorithm: LeachwatchAlgorithm, output: str, without: str) -> None:
    """Declare what both loaders take and write; ``without``: what happens without a file."""
    load.add_file(algorithm, without)
    load.add_layer(algorithm)
    load.add_crs(algorithm)
    load.add_field_map(algorithm)
    load.add_snapshot_year(algorithm)
    load.add_mode(algorithm)
    points, table = QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVector
    algorithm.add_sink(
        OUTPUT, output, points, tr("Points in EPSG:4326, one row each, with the source's own columns as src_….")
    )
    algorithm.add_sink(
        REJECTED,
        tr("Rows left out"),
        table,
        tr("The rows that could not be placed: their number in the file, the reason, and all their columns."),
        optional=True,
        by_default=False,
    )


def write(
    algorithm: LeachwatchAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    points: tuple[pd.DataFrame, list[Field]],
    rejected: pd.DataFrame,
) -> dict[str, str]:
    """Write the points and the rows left out."""
    feedback.setProgressText(tr("Writing…"))
    sinks = SinkWriter(algorithm, parameters, context, feedback, progress_of(feedback, READ, 1.0))
    frame, fields = points
    results = sinks.points(OUTPUT, frame, with_source_columns(fields, frame))
    results.update(sinks.table(REJECTED, rejected, with_source_columns(_REJECTED, rejected)))
    return results
