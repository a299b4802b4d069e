"""Load townships: administrative units from a file."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)

from ..analysis import fields
from ..translation import tr
from . import load_parameters as load
from .base import LeachwatchAlgorithm
from .qgis_fields import with_source_columns
from .sinks import SinkWriter

SOURCE, COUNTRY, OUTPUT = "SOURCE", "COUNTRY", "OUTPUT"
SOURCES = ("cod-ab", "geoboundaries", "mimu")


class LoadTownships(LeachwatchAlgorithm):
    """Townships of Myanmar or counties of China, in one form whatever their source."""

    ID = "loadtownships"
    ICON = "townships"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Load townships")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        load.add_file(self)
        load.add_layer(self)
        self.add(
            QgsProcessingParameterEnum(
                SOURCE,
                tr("Online source"),
                options=list(SOURCES),
                defaultValue=SOURCES[0],
                usesStaticStrings=True,
            ),
            tr("Of no effect for a local file, whose columns tell where it comes from."),
        )
        self.add(
            QgsProcessingParameterString(COUNTRY, tr("Country (ISO 3166, three letters)"), "MMR"),
            tr("The country of units that do not name their own: MMR, CHN or another."),
        )
        load.add_mode(self)
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        self.add_sink(
            OUTPUT, tr("Units"), polygons, tr("One row a unit, in EPSG:4326, with the source's own columns as src_….")
        )
        self.add_numbers(UNIT_COUNT=tr("Units"), REJECTED_COUNT=tr("Rows left out"))
        self.add_strings(FIELD_MAP_USED=tr("Field map used"), CITATION=tr("Citation"))

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Load, write, report."""
        from ..sources.columns.roles import field_map_text
        from ..sources.units.boundaries import load_units

        loaded = load_units(
            load.local_file(self, parameters, context),
            layer=self.parameterAsString(parameters, load.LAYER, context),
            country=self.parameterAsString(parameters, COUNTRY, context),
            is_cancelled=feedback.isCanceled,
        )
        used = field_map_text(loaded.field_map)
        load.tell(feedback, loaded.notes, used)
        for row, reason in zip(loaded.rejected["row"], loaded.rejected["reason"]):
            feedback.pushWarning(tr("Row {row} was left out: {reason}").format(row=row, reason=reason))
        counts = {"UNIT_COUNT": len(loaded.units), "REJECTED_COUNT": len(loaded.rejected)}
        feedback.pushInfo(
            tr("{all} rows read = {UNIT_COUNT} units + {REJECTED_COUNT} left out.").format(
                all=loaded.rows_read, **counts
            )
        )
        sinks = SinkWriter(self, parameters, context, feedback)
        results = sinks.polygons(OUTPUT, loaded.units, with_source_columns(fields.UNITS, loaded.units))
        self.style(results, OUTPUT, "units", context)
        return {**results, **counts, "FIELD_MAP_USED": used, "CITATION": loaded.citation}
