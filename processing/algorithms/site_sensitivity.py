"""Site sensitivity: how many sites there are under each link distance and minimum of tanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
)

from ...analysis import fields
from ...analysis.definition import PLATEAU_CHANGE_PCT, SiteDefinition
from ...translation import tr
from ..base import LeachwatchAlgorithm, progress_of
from ..parameters import sites as site
from ..parameters.lists import NumberList
from ..writing.sinks import SinkWriter

if TYPE_CHECKING:
    import pandas as pd

    from ...analysis.sites.sensitivity import Grid
    from ..reading.tank_reader import TankRows

YEAR, PLATEAU_CHANGE, OUTPUT = "YEAR", "PLATEAU_CHANGE", "OUTPUT"
# A distance beyond any on earth says nothing more.
_FURTHEST = 20_000_000.0
_LINK_DISTANCES = "25, 50, 75, 100, 140, 150, 200, 250, 300, 500, 1000"
_MIN_TANKS = "1, 2, 3, 4, 5, 10"


def _link_distances() -> NumberList:
    description = tr("Link distances (ground metres)")
    return NumberList("LINK_DISTANCES", description, _LINK_DISTANCES, 0.01, _FURTHEST)


def _min_tanks() -> NumberList:
    return NumberList("MIN_TANKS_LIST", tr("Minimums of tanks"), _MIN_TANKS, 1, 2**31 - 1, whole=True)


class SiteSensitivity(LeachwatchAlgorithm):
    """Sites of every pair of link distance and minimum of tanks."""

    ID = "sitesensitivity"
    ICON = "sensitivity"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Site sensitivity")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        site.add_tanks(self)
        self.add(
            site.year(YEAR, tr("Year (empty: all tanks, dated or not)"), optional=True),
            tr("Tanks that count at the end of this year form the sites. Left empty, every tank counts."),
        )
        site.add_counting(self)
        _link_distances().add_to(
            self, tr("Numbers parted by commas. Tanks within the distance of each other belong to one group.")
        )
        _min_tanks().add_to(
            self, tr("Whole numbers parted by commas. A group of at least so many tanks is a site. 1: every group is.")
        )
        site.add_footprint(self)
        self._add_plateau()
        self.add_sink(
            OUTPUT,
            tr("Sites by definition"),
            QgsProcessing.SourceType.TypeVector,
            tr("One row a pair of link distance and minimum: sites, tanks in them, footprint, and the change."),
        )
        self.add_report()
        self.add_numbers(
            PAIR_COUNT=tr("Pairs of link distance and minimum"),
            TANK_COUNT=tr("Tanks read"),
            COUNTED_COUNT=tr("Tanks counted in the year"),
            UNDATED_COUNT=tr("Undated tanks: with a year, counted in none"),
            LEFT_OUT_COUNT=tr("Tanks without a usable position"),
            PLATEAU_COUNT=tr("Minimums of tanks that have a plateau"),
            PLATEAU_MIN_TANKS=tr("Minimum of tanks that the plateau below is of"),
            PLATEAU_FROM=tr("First link distance on its plateau (m; NULL: none)"),
            PLATEAU_TO=tr("Last link distance on its plateau (m; NULL: none)"),
            PLATEAU_SITES_FEWEST=tr("Fewest sites on its plateau (NULL: none)"),
            PLATEAU_SITES_MOST=tr("Most sites on its plateau (NULL: none)"),
        )

    def _add_plateau(self) -> None:
        change = QgsProcessingParameterNumber(
            PLATEAU_CHANGE,
            tr("Change on a plateau (%, at most)"),
            QgsProcessingParameterNumber.Type.Double,
            PLATEAU_CHANGE_PCT,
            False,
            0,
            100,
        )
        change.setFlags(change.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.add(
            change,
            tr(
                "A plateau is where sites hardly depend on the link distance: over at least three neighbouring "
                "distances, the last at least 1.5 times the first, neither the sites nor the tanks in them are further "
                "than this below their highest number."
            ),
        )

    def problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the values, or nothing."""
        return (
            super().problem(parameters, context)
            or _link_distances().wrong(self, parameters, context)
            or _min_tanks().wrong(self, parameters, context)
        )

    def left_aside(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, str]:
        """Return the counting rule, where no time is measured."""
        return site.meaningless_without(YEAR, (site.COUNTING,), parameters)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the tanks, form the sites of each pair, write the table."""
        from ...analysis.sites.sensitivity import sensitivity
        from ..reading.tank_reader import read_tanks

        tanks = read_tanks(self, parameters, context, feedback)
        year = site.optional_year(self, parameters, YEAR, context)
        counting = self.parameterAsEnumString(parameters, site.COUNTING, context)
        grid = self._grid(parameters, context)
        site.check_dates(tanks.table, year, tanks.name)
        _warn_of_footprints(grid, tanks, feedback)
        table = sensitivity(tanks.table, year, counting, grid, progress_of(feedback, 0.1, 0.9))

        sinks = SinkWriter(self, parameters, context, feedback)
        results: dict[str, Any] = sinks.table(OUTPUT, table, fields.SENSITIVITY)
        counts = _counts(tanks, table, year, counting)
        results.update(self._report(parameters, context, feedback, (table, grid), counts))
        _tell(table, counts, feedback)
        return {**results, **counts}

    def _grid(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Grid:
        from ...analysis.sites.sensitivity import Grid

        return Grid(
            _link_distances().chosen(self, parameters, context),
            [int(number) for number in _min_tanks().chosen(self, parameters, context)],
            self.parameterAsEnumString(parameters, site.FOOTPRINT, context),
            self.parameterAsDouble(parameters, site.PADDING, context),
            self.parameterAsDouble(parameters, PLATEAU_CHANGE, context),
        )

    def _report(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        found: tuple[pd.DataFrame, Grid],
        counts: dict[str, Any],
    ) -> dict[str, str]:
        from ..reports.site_sensitivity import build
        from ..reports.writing import report_if_asked

        layers = [site.TANKS]
        return report_if_asked(
            self, parameters, context, feedback, layers, lambda sources: build(*found, counts, sources)
        )


def _warn_of_footprints(grid: Grid, tanks: TankRows, feedback: QgsProcessingFeedback) -> None:
    from ...analysis.geometry.footprints import disc_count_without_diameter

    if grid.overlapping:
        text = tr(
            "The padding ({padding} m) is more than half of these link distances: {distances} m. Footprints of "
            "neighbouring sites may overlap there (footprints_may_overlap), and their sum counts that ground twice."
        )
        distances = ", ".join(f"{distance:.10g}" for distance in grid.overlapping)
        feedback.pushWarning(text.format(padding=f"{grid.padding:.10g}", distances=distances))
    missing = disc_count_without_diameter(grid.footprint, tanks.table["diameter_m"].to_numpy())
    site.warn_of_diameters(missing, grid.definition(1.0, 1), feedback)


def _counts(tanks: TankRows, table: pd.DataFrame, year: int | None, counting: str) -> dict[str, Any]:
    from ...analysis.sites.sensitivity import plateaus
    from ...analysis.time import counted, undated

    found = plateaus(table)
    least = _headline(table)
    first, last = found.get(least, (None, None))
    on = table[(table["min_tanks"] == least) & (table["on_plateau"] == fields.YES)]["sites"]
    return {
        "PAIR_COUNT": len(table),
        "TANK_COUNT": len(tanks.table) + tanks.left_out,
        "COUNTED_COUNT": int(counted(tanks.table, year, counting).sum()),
        "UNDATED_COUNT": int(undated(tanks.table).sum()),
        "LEFT_OUT_COUNT": tanks.left_out,
        "PLATEAU_COUNT": len(found),
        "PLATEAU_MIN_TANKS": least,
        "PLATEAU_FROM": first,
        "PLATEAU_TO": last,
        "PLATEAU_SITES_FEWEST": int(on.min()) if len(on) else None,
        "PLATEAU_SITES_MOST": int(on.max()) if len(on) else None,
    }


def _headline(table: pd.DataFrame) -> int:
    """Return the minimum of tanks that the numbers are of: the usual one, or the first of the list."""
    listed = table["min_tanks"].tolist()
    usual = SiteDefinition().min_tanks
    return usual if usual in listed else int(min(listed))


def _tell(table: pd.DataFrame, counts: dict[str, Any], feedback: QgsProcessingFeedback) -> None:
    from ..reports.site_sensitivity import plateau_sentences

    feedback.pushInfo(
        tr("{COUNTED_COUNT} of {TANK_COUNT} tanks counted, under {PAIR_COUNT} definitions of a site.").format(**counts)
    )
    for sentence in plateau_sentences(table):
        feedback.pushInfo(sentence)
