"""Load ISP-Myanmar sites: site or pond points that an analyst has drawn or received."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ..analysis import fields
from ..translation import tr
from . import load_parameters as load
from . import load_points
from .base import LeachwatchAlgorithm


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
        self.add_numbers(
            ROW_COUNT=tr("Rows read"),
            SITE_COUNT=tr("Sites"),
            REJECTED_COUNT=tr("Rows left out"),
            UNDATED_COUNT=tr("Sites without a date or period"),
            POND_COUNT=tr("Ponds, where the file counts them"),
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
        loaded = load_isp_sites(path, **options, is_cancelled=feedback.isCanceled)
        used = field_map_text(loaded.field_map)
        load.tell(feedback, loaded.notes, used)
        without_date = loaded.sites["first_seen_from"].isna() & loaded.sites["first_seen_to"].isna()
        counts = {
            "ROW_COUNT": loaded.rows_read,
            "SITE_COUNT": len(loaded.sites),
            "REJECTED_COUNT": len(loaded.rejected),
            "UNDATED_COUNT": int(without_date.sum()),
            "POND_COUNT": int(loaded.sites["pond_count"].sum()),
        }
        feedback.pushInfo(
            tr("{ROW_COUNT} rows read = {SITE_COUNT} sites + {REJECTED_COUNT} left out.").format(**counts)
        )
        results = load_points.write(
            self, parameters, context, feedback, (loaded.sites, fields.ISP_SITES), loaded.rejected
        )
        return {**results, **counts, "FIELD_MAP_USED": used, "CITATION": loaded.citation}
