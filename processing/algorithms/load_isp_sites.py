"""Load ISP-Myanmar sites: site or pond points that an analyst has drawn or received, or totals without places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
)

from ...analysis import fields
from ...translation import tr
from ..base import LeachwatchAlgorithm
from ..parameters import loading as load
from ..parameters import sites as site
from ..writing import load_points
from ..writing.qgis_fields import with_source_columns
from ..writing.sinks import SinkWriter

if TYPE_CHECKING:
    from ...sources.points.isp import LoadedSites

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
        load_points.add_inputs_and_sinks(self, tr("Sites"), tr("No service publishes this data: a file is needed."))
        polygons, table = QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVector
        self.add(
            QgsProcessingParameterFeatureSource(site.UNITS, tr("Units"), [polygons], None, True),
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
        load.add_outputs(self)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Load, write, report."""
        from ...sources.points.isp import load_isp_sites
        from ..reading.source_file import source_file
        from ..reading.unit_reader import read_units
        from ..writing import loaded

        source = source_file(self, parameters, context, feedback)
        options = load.load_options(self, parameters, context)
        units = read_units(self, parameters, context, feedback)
        sites = load_isp_sites(
            source.path, layer=source.layer, **options, units=units, is_cancelled=feedback.isCanceled
        )
        counts = _counts(sites, units is not None)
        text = tr("{ROW_COUNT} rows read = {SITE_COUNT} sites + {TOTALS_COUNT} totals + {REJECTED_COUNT} left out.")
        about = loaded.tell(feedback, source, sites, text.format(**counts))
        results = load_points.write(
            self, parameters, context, feedback, (sites.sites, fields.ISP_SITES), sites.rejected
        )
        sinks = SinkWriter(self, parameters, context, feedback)
        results.update(sinks.table(TOTALS, sites.totals, with_source_columns(fields.ISP_TOTALS, sites.totals)))
        loaded.finish(results, load_points.OUTPUT, about, "", context)
        return {**results, **counts, **about.outputs}


def _counts(sites: LoadedSites, has_units: bool) -> dict[str, int]:
    rows = (sites.sites, sites.totals)
    how = {
        name: sum(int((one["unit_match"] == name).sum()) for one in rows)
        for name in (*fields.UNIT_MATCHES, fields.NO_MATCH)
    }
    # A file of our own may bear matches of an earlier run: without units, nothing was matched in this one.
    how = how if has_units else dict.fromkeys(how, 0)
    without_date = sites.sites["first_seen_from"].isna() & sites.sites["first_seen_to"].isna()
    return {
        "ROW_COUNT": sites.rows_read,
        "SITE_COUNT": len(sites.sites),
        "DISTINCT_SITE_COUNT": sites.distinct_sites,
        "TOTALS_COUNT": sites.totals_rows,
        "FIGURE_COUNT": len(sites.totals),
        "REJECTED_COUNT": len(sites.rejected),
        "UNDATED_COUNT": int(without_date.sum()),
        "POND_COUNT": sites.ponds,
        "JOINED_COUNT": sum(how[name] for name in fields.UNIT_MATCHES),
        "NOT_JOINED_COUNT": how[fields.NO_MATCH],
        "DISAGREEING_COUNT": sites.disagreeing,
        **{f"JOINED_BY_{name.upper()}_COUNT": how[name] for name in fields.UNIT_MATCHES},
    }
