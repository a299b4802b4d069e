"""Load ISP-Myanmar sites: site or pond points that an analyst has drawn or received, or totals without places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
)

from ..analysis import fields
from ..translation import tr
from . import load_parameters as load
from . import load_points
from .base import LeachwatchAlgorithm
from .qgis_fields import with_source_columns
from .sinks import SinkWriter
from .unit_reader import UNITS, read_units

if TYPE_CHECKING:
    from ..sources.points.isp import LoadedSites

TOTALS = "TOTALS"


class LoadIspSites(LeachwatchAlgorithm):
    """Mining sites, each with a period in words or dates, perhaps a number of ponds."""

    ID = "loadispsites"
    ICON = "sites"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Load ISP-Myanmar sites")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        load_points.add_inputs_and_sinks(self, tr("Sites"))
        polygons, table = QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVector
        self.add(
            QgsProcessingParameterFeatureSource(UNITS, tr("Units"), [polygons], None, True),
            tr(
                "Townships, as Load townships writes them: each row is matched with one by code, known spelling, "
                "name within the state, then place. unit_match says which."
            ),
        )
        self.add_sink(
            TOTALS,
            tr("Totals without places"),
            table,
            tr("One row a number (of sites or ponds) that the file gives for a township, without a place."),
            optional=True,
        )
        self.add_numbers(
            ROW_COUNT=tr("Rows read"),
            SITE_COUNT=tr("Sites (rows with a place)"),
            DISTINCT_SITE_COUNT=tr("Different sites, where rows share a site's id"),
            TOTALS_COUNT=tr("Rows read as totals"),
            FIGURE_COUNT=tr("Numbers in the totals"),
            REJECTED_COUNT=tr("Rows left out"),
            UNDATED_COUNT=tr("Sites without a date or period"),
            POND_COUNT=tr("Ponds, where the file counts them"),
            JOINED_COUNT=tr("Sites and totals matched with a unit"),
            NOT_JOINED_COUNT=tr("Sites and totals not matched with a unit"),
            DISAGREEING_COUNT=tr("Sites that name one unit and stand in another"),
            **{f"JOINED_BY_{how.upper()}_COUNT": tr("Matched by {x}").format(x=how) for how in fields.UNIT_MATCHES},
        )
        self.add_strings(FIELD_MAP_USED=tr("Field map used"), CITATION=tr("Citation"))

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Load, write, report."""
        from ..sources.columns.roles import field_map_text
        from ..sources.points.isp import load_isp_sites

        path = load.local_file(self, parameters, context)
        options = load.load_options(self, parameters, context)
        units = read_units(self, parameters, context, feedback)
        loaded = load_isp_sites(path, **options, units=units, is_cancelled=feedback.isCanceled)
        used = field_map_text(loaded.field_map)
        load.tell(feedback, loaded.notes, used)
        counts = _counts(loaded, units is not None)
        feedback.pushInfo(
            tr(
                "{ROW_COUNT} rows read = {SITE_COUNT} sites + {TOTALS_COUNT} totals + {REJECTED_COUNT} left out."
            ).format(**counts)
        )
        results = load_points.write(
            self, parameters, context, feedback, (loaded.sites, fields.ISP_SITES), loaded.rejected
        )
        sinks = SinkWriter(self, parameters, context, feedback)
        results.update(sinks.table(TOTALS, loaded.totals, with_source_columns(fields.ISP_TOTALS, loaded.totals)))
        return {**results, **counts, "FIELD_MAP_USED": used, "CITATION": loaded.citation}


def _counts(loaded: LoadedSites, has_units: bool) -> dict[str, int]:
    rows = (loaded.sites, loaded.totals)
    how = {
        name: sum(int((one["unit_match"] == name).sum()) for one in rows)
        for name in (*fields.UNIT_MATCHES, fields.NO_MATCH)
    }
    # A file of our own may bear matches of an earlier run: without units, nothing was matched in this one.
    how = how if has_units else dict.fromkeys(how, 0)
    without_date = loaded.sites["first_seen_from"].isna() & loaded.sites["first_seen_to"].isna()
    return {
        "ROW_COUNT": loaded.rows_read,
        "SITE_COUNT": len(loaded.sites),
        "DISTINCT_SITE_COUNT": loaded.distinct_sites,
        "TOTALS_COUNT": loaded.totals_rows,
        "FIGURE_COUNT": len(loaded.totals),
        "REJECTED_COUNT": len(loaded.rejected),
        "UNDATED_COUNT": int(without_date.sum()),
        "POND_COUNT": loaded.ponds,
        "JOINED_COUNT": sum(how[name] for name in fields.UNIT_MATCHES),
        "NOT_JOINED_COUNT": how[fields.NO_MATCH],
        "DISAGREEING_COUNT": loaded.disagreeing,
        **{f"JOINED_BY_{name.upper()}_COUNT": how[name] for name in fields.UNIT_MATCHES},
    }
