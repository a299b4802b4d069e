"""Load townships: administrative units from a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)

from ...analysis import fields
from ...translation import tr
from ..base import LeachwatchAlgorithm
from ..parameters import loading as load
from ..writing.qgis_fields import with_source_columns
from ..writing.sinks import SinkWriter

if TYPE_CHECKING:
    import pandas as pd

    from ...settings import Settings
    from ...sources.online.located import Dataset

SOURCE, COUNTRY, OUTPUT = "SOURCE", "COUNTRY", "OUTPUT"
SOURCES = ("cod-ab", "geoboundaries", "mimu")
_NAMED = 20


class LoadTownships(LeachwatchAlgorithm):
    """Townships of Myanmar or counties of China, in one form whatever their source."""

    ID = "loadtownships"
    ICON = "townships"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Load townships")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        load.add_file(
            self, tr("Without a file: the online source below, from the cache or, as MODE says, from the network.")
        )
        load.add_layer(self)
        load.add_crs(self)
        self.add(
            QgsProcessingParameterEnum(
                SOURCE,
                tr("Online source"),
                options=list(SOURCES),
                defaultValue=SOURCES[0],
                usesStaticStrings=True,
            ),
            tr(
                "cod-ab: the humanitarian boundaries on HDX. geoboundaries: without codes or parents. mimu: Myanmar "
                "alone, under terms to be agreed to in Leachwatch's options. Of no effect for a local file, whose "
                "columns tell where it comes from."
            ),
        )
        self.add(
            QgsProcessingParameterString(COUNTRY, tr("Country (ISO 3166, three letters)"), "MMR"),
            tr(
                "MMR or CHN: which boundaries to download. For a local file the country of units that do not name "
                "their own, any code."
            ),
        )
        load.add_mode(self)
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        self.add_sink(
            OUTPUT, tr("Units"), polygons, tr("One row a unit, in EPSG:4326, with the source's own columns as src_….")
        )
        self.add_numbers(UNIT_COUNT=tr("Units"), REJECTED_COUNT=tr("Rows left out"))
        load.add_outputs(self)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Load, write, report."""
        from ...sources.units.boundaries import load_units
        from ..reading.source_file import source_file
        from ..writing import loaded

        country = self.parameterAsString(parameters, COUNTRY, context)
        online = partial(unit_boundaries, self.parameterAsEnumString(parameters, SOURCE, context), country)
        source = source_file(self, parameters, context, feedback, online)
        units = load_units(
            source.path,
            layer=source.layer,
            country=country,
            crs=load.crs_text(self, parameters, context),
            is_cancelled=feedback.isCanceled,
        )
        counts = {"UNIT_COUNT": len(units.units), "REJECTED_COUNT": len(units.rejected)}
        text = tr("{all} rows read = {UNIT_COUNT} units + {REJECTED_COUNT} left out.")
        about = loaded.tell(feedback, source, units, text.format(all=units.rows_read, **counts))
        _tell_rejected(feedback, units.rejected)
        sinks = SinkWriter(self, parameters, context, feedback)
        results = sinks.polygons(OUTPUT, units.units, with_source_columns(fields.UNITS, units.units))
        loaded.finish(results, OUTPUT, about, "units", context)
        return {**results, **counts, **about.outputs}


def _tell_rejected(feedback: QgsProcessingFeedback, rejected: pd.DataFrame) -> None:
    """Name the rows left out, and how many more there are: thousands of lines nobody reads."""
    for row, reason in zip(rejected["row"][:_NAMED], rejected["reason"][:_NAMED]):
        feedback.pushWarning(tr("Row {row} was left out: {reason}").format(row=row, reason=reason))
    for reason, count in rejected["reason"][_NAMED:].value_counts().items():
        feedback.pushWarning(tr("{n} more rows were left out: {reason}").format(n=count, reason=reason))


def unit_boundaries(source: str, country: str, settings: Settings) -> Dataset:
    """Return the boundaries of a country as an online source has them."""
    from ...settings import endpoints
    from ...sources.online.obtain import boundaries

    return boundaries(source, country, endpoints(settings), settings.agree_mimu_terms)
