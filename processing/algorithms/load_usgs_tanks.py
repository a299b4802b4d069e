"""Load USGS tanks: points of leachate-collection and precipitation tanks from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ...analysis import fields
from ...translation import tr
from ..base import LeachwatchAlgorithm, progress_of
from ..parameters import loading as load
from ..writing import load_points

if TYPE_CHECKING:
    from ...settings import Settings
    from ...sources.online.located import Dataset


class LoadUsgsTanks(LeachwatchAlgorithm):
    """Tank points in any of the shapes in which analysts have them."""

    ID = "loadusgstanks"
    ICON = "load_tanks"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Load USGS tanks")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        without = tr("Without a file: the USGS release (ScienceBase), from the cache or, as MODE says, the network.")
        load_points.add_inputs_and_sinks(self, tr("Tanks"), without)
        self.add_numbers(
            ROW_COUNT=tr("Rows read"),
            TANK_COUNT=tr("Tanks"),
            REJECTED_COUNT=tr("Rows left out"),
            UNDATED_COUNT=tr("Tanks without a date"),
            DUPLICATE_COUNT=tr("Rows folded into another row of the same tank"),
        )
        load.add_outputs(self)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Load, write, report."""
        from ...sources.points.usgs import load_tanks
        from ..reading.source_file import source_file
        from ..writing import loaded

        source = source_file(self, parameters, context, feedback, usgs_release)
        options = load.load_options(self, parameters, context)
        feedback.setProgressText(tr("Reading…"))
        tanks = load_tanks(
            source.path,
            layer=source.layer,
            **options,
            is_cancelled=feedback.isCanceled,
            progress=progress_of(feedback, 0.0, load_points.READ),
        )
        counts = {
            "ROW_COUNT": tanks.rows_read,
            "TANK_COUNT": len(tanks.tanks),
            "REJECTED_COUNT": len(tanks.rejected),
            "UNDATED_COUNT": tanks.undated,
            "DUPLICATE_COUNT": tanks.folded,
        }
        text = tr(
            "{ROW_COUNT} rows read = {TANK_COUNT} tanks + {DUPLICATE_COUNT} folded + {REJECTED_COUNT} left out. "
            "{UNDATED_COUNT} tanks have no date."
        )
        about = loaded.tell(feedback, source, tanks, text.format(**counts))
        results = load_points.write(self, parameters, context, feedback, (tanks.tanks, fields.TANKS), tanks.rejected)
        loaded.finish(results, load_points.OUTPUT, about, "tanks", context)
        return {**results, **counts, **about.outputs}


def usgs_release(settings: Settings) -> Dataset:
    """Return the release of the USGS, as the settings name it."""
    from ...settings import endpoints
    from ...sources.online.obtain import usgs_tanks

    return usgs_tanks(endpoints(settings), settings.usgs_doi)
