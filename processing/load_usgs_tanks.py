"""Load USGS tanks: points of leachate-collection and precipitation tanks from a file."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ..analysis import fields
from ..translation import tr
from . import load_parameters as load
from . import load_points
from .base import LeachwatchAlgorithm


class LoadUsgsTanks(LeachwatchAlgorithm):
    """Tank points in any of the shapes in which analysts have them."""

    ID = "loadusgstanks"
    ICON = "load_tanks"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Load USGS tanks")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        load_points.add_inputs_and_sinks(self, tr("Tanks"))
        self.add_numbers(
            ROW_COUNT=tr("Rows read"),
            TANK_COUNT=tr("Tanks"),
            REJECTED_COUNT=tr("Rows left out"),
            UNDATED_COUNT=tr("Tanks without a date"),
            DUPLICATE_COUNT=tr("Rows folded into another row of the same tank"),
        )
        self.add_strings(FIELD_MAP_USED=tr("Field map used"), CITATION=tr("Citation"))

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Load, write, report."""
        from ..sources.columns.roles import field_map_text
        from ..sources.points.usgs import load_tanks

        path = load.local_file(self, parameters, context)
        options = load.load_options(self, parameters, context)
        loaded = load_tanks(path, **options, is_cancelled=feedback.isCanceled)
        used = field_map_text(loaded.field_map)
        load.tell(feedback, loaded.notes, used)
        counts = {
            "ROW_COUNT": loaded.rows_read,
            "TANK_COUNT": len(loaded.tanks),
            "REJECTED_COUNT": len(loaded.rejected),
            "UNDATED_COUNT": loaded.undated,
            "DUPLICATE_COUNT": loaded.folded,
        }
        feedback.pushInfo(
            tr(
                "{ROW_COUNT} rows read = {TANK_COUNT} tanks + {DUPLICATE_COUNT} folded + {REJECTED_COUNT} left out. "
                "{UNDATED_COUNT} tanks have no date."
            ).format(**counts)
        )
        results = load_points.write(self, parameters, context, feedback, (loaded.tanks, fields.TANKS), loaded.rejected)
        self.style(results, load_points.OUTPUT, "tanks", context)
        return {**results, **counts, "FIELD_MAP_USED": used, "CITATION": loaded.citation}
