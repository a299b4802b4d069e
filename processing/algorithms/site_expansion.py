"""Site expansion: how sites changed between two years, and in those between."""

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
from ..base import LeachwatchAlgorithm, progress_of
from ..parameters import expansion as outputs
from ..parameters import sites as site
from ..parameters import years
from ..parameters.checks import is_empty
from ..writing.sinks import SinkWriter

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ...analysis.sites.expansion import Expansion
    from ...analysis.sites.series import Series
    from ..reading.tank_reader import TankRows
    from ..reports.content import DataSource, Report

_STYLES = {
    outputs.SITES: "site_expansion",
    outputs.GROWTH: "growth",
    outputs.LOSS: "loss",
    outputs.SERIES: "site_series",
}


class SiteExpansion(LeachwatchAlgorithm):
    """Sites at the start and at the end, and what changed between."""

    ID = "siteexpansion"
    ICON = "expansion"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Site expansion between two years")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        site.add_tanks(self)
        years.add_two_years_or_a_list(self)
        site.add_counting(self)
        site.add_site_definition(self)
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        self.add(
            QgsProcessingParameterFeatureSource(site.UNITS, tr("Units"), [polygons], None, True),
            tr("Townships or counties, as Load townships writes them: each site is counted in one, by place."),
        )
        outputs.add_layers(self)
        outputs.add_more_tables(self)
        self.add_report()
        outputs.add_counts(self)

    def problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return whether the years can be used, and if not, what to do."""
        return super().problem(parameters, context) or years.wrong_years(self, parameters, context)

    def left_aside(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, str]:
        """Return the start and the end year where a list of years was given."""
        return years.aside(parameters)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read, measure, write."""
        from ...analysis.sites.expansion_summary import summary_table
        from ...analysis.sites.expansion_tables import site_table
        from ..reading.tank_reader import read_tanks

        if note := years.years_left_aside(self, parameters, context):
            feedback.pushInfo(note)
        tanks = read_tanks(self, parameters, context, feedback)
        series, change = self._measure(parameters, context, feedback, tanks)
        table = site_table(change, progress_of(feedback, 0.7, 0.75))
        summary = summary_table(change, tanks.left_out)
        counts = _counts(change, summary, len(series.years), len(series.sites))

        sinks = SinkWriter(self, parameters, context, feedback)
        results = sinks.polygons(outputs.SITES, table, fields.SITE_EXPANSION)
        results.update(_ground(change, sinks, feedback))
        results.update(sinks.table(outputs.SUMMARY, summary, fields.EXPANSION_SUMMARY))
        results.update(_asked_for(series, change, sinks, feedback))
        for name, style in _STYLES.items():
            self.style(results, name, style, context)
        counts["FLAGGED_YEAR_COUNT"] = _warn_of_imagery(change, feedback)
        results.update(self._report(parameters, context, feedback, change, (table, summary), counts))
        _tell(change, counts, feedback)
        return {**results, **counts}

    def _measure(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        tanks: TankRows,
    ) -> tuple[Series, Expansion]:
        """Return the sites of all years, and their change from the first to the last."""
        from ...analysis.sites.expansion import Expansion, Period
        from ...analysis.sites.series import Series
        from ..reading.unit_reader import place_tanks, read_units

        chosen = years.chosen_years(self, parameters, context)
        counting = self.parameterAsEnumString(parameters, site.COUNTING, context)
        definition = site.site_definition(self, parameters, context)
        site.check_dates(tanks.table, chosen[-1], tanks.name)
        site.warn_of_definition(definition, feedback)
        units = read_units(self, parameters, context, feedback)
        lon, lat = tanks.table["lon"].to_numpy(), tanks.table["lat"].to_numpy()
        placement = None if units is None else place_tanks(lon, lat, units, feedback)
        series = Series(tanks.table, chosen, counting, definition, units, placement)
        period = Period(chosen[0], chosen[-1], counting)
        progress, sites = progress_of(feedback, 0.1, 0.7), series.at_the_ends()
        with_ground = not all(is_empty(parameters.get(name)) for name in (outputs.GROWTH, outputs.LOSS))
        change = Expansion(tanks.table, period, definition, units, placement, progress, sites, with_ground)
        site.warn_of_diameters(change.without_diameter, definition, feedback)
        return series, change

    def _report(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        change: Expansion,
        tables: tuple[gpd.GeoDataFrame, pd.DataFrame],
        counts: dict[str, Any],
    ) -> dict[str, str]:
        from ..reports.site_expansion import build
        from ..reports.writing import report_if_asked

        def made(sources: list[DataSource]) -> Report:
            return build(change, *tables, counts, sources, progress_of(feedback, 0.9, 0.95))

        return report_if_asked(self, parameters, context, feedback, [site.TANKS, site.UNITS], made)


def _ground(change: Expansion, sinks: SinkWriter, feedback: QgsProcessingFeedback) -> dict[str, str]:
    """Write the ground gained and given up, where it was asked for."""
    from ...analysis.sites.expansion_tables import ground_table

    results = {}
    for name, word in ((outputs.GROWTH, "gain"), (outputs.LOSS, "loss")):
        if sinks.wants(name):
            table = ground_table(change, word, progress_of(feedback, 0.75, 0.8))
            results.update(sinks.polygons(name, table, fields.GROUND_CHANGE))
    return results


def _asked_for(series: Series, change: Expansion, sinks: SinkWriter, feedback: QgsProcessingFeedback) -> dict[str, str]:
    """Write the tables that are made where they are asked for."""
    from ...analysis.sites.series import series_tables
    from ...analysis.uncertainty.image_years import image_years
    from ...analysis.uncertainty.neighbours import neighbouring_links
    from ...analysis.uncertainty.of_expansion import uncertainty_table

    results = {}
    if sinks.wants(outputs.SERIES):
        parts = series_tables(series, progress_of(feedback, 0.8, 0.85))
        results.update(sinks.polygons_in_parts(outputs.SERIES, parts, fields.SERIES))
    if sinks.wants(outputs.UNCERTAINTY):
        results.update(sinks.table(outputs.UNCERTAINTY, uncertainty_table(change), fields.UNCERTAINTY))
    if sinks.wants(outputs.NEIGHBOURS):
        progress = progress_of(feedback, 0.85, 0.9)
        frame = neighbouring_links(change.tanks, change.period, change.definition, progress)
        results.update(sinks.table(outputs.NEIGHBOURS, frame, fields.NEIGHBOURS))
    if sinks.wants(outputs.IMAGE_YEARS):
        results.update(sinks.table(outputs.IMAGE_YEARS, image_years(change.tanks), fields.IMAGE_YEARS))
    return results


def _counts(change: Expansion, summary: pd.DataFrame, years_compared: int, sites_ever: int) -> dict[str, Any]:
    total = summary.iloc[0]
    columns = ["sites_start", "sites_end", "tanks_start", "tanks_end", "tanks_new", "tanks_gone"]
    columns += ["tanks_new_at_least", "tanks_new_at_most", "tanks_new_undetermined"]
    hectares = [f"footprint_{name}_ha" for name in ("start", "end", "gain", "loss")]
    ungrouped = summary.loc[summary["scope"] == fields.UNGROUPED, "tanks"]
    return {
        "SITE_COUNT": len(change.sites),
        **{name.upper(): int(total[name]) for name in columns},
        **{f"{word.upper()}_COUNT": int(total[f"sites_{word}"]) for word in fields.CHANGE_CLASSES},
        "TANK_COUNT": int(total["tanks"]),
        "UNGROUPED_COUNT": int(ungrouped.sum()),
        "NOT_IN_YEARS_COUNT": int(total["tanks_not_in_years"]),
        "UNDATED_COUNT": int(total["tanks_undated"]),
        "LEFT_OUT_COUNT": int(total["tanks_left_out"]),
        "YEAR_COUNT": years_compared,
        "SITES_BETWEEN_COUNT": sites_ever - len(change.sites),
        **{name.upper(): float(total[name]) for name in hectares},
    }


def _warn_of_imagery(change: Expansion, feedback: QgsProcessingFeedback) -> int:
    """Say in which years after the start tanks were first seen because somebody looked; return how many these are."""
    from ...analysis.uncertainty.image_years import image_years

    found = image_years(change.tanks)
    within = (found["year"] > change.period.start) & (found["year"] <= change.period.end)
    flagged = found[within & found["flag"].str.contains(fields.YEAR_OF_IMAGERY, regex=False)]
    for row in flagged.itertuples():
        feedback.pushWarning(
            tr(
                "{year} may be a year of imagery rather than of building: {n} tanks were first seen in it, and no "
                "image of the year before or later lacks {open} of them."
            ).format(year=row.year, n=row.first_seen, open=row.newness_open)
        )
    return len(flagged)


def _tell(change: Expansion, counts: dict[str, Any], feedback: QgsProcessingFeedback) -> None:
    """Say in the log what adds up to what."""
    feedback.pushInfo(
        tr(
            "Tanks: {TANKS_START} at the end of {start}, + {TANKS_NEW} new − {TANKS_GONE} gone = {TANKS_END} at "
            "the end of {end}. Sites: {SITES_START} and {SITES_END}. {UNGROUPED_COUNT} tanks are in no site, "
            "{UNDATED_COUNT} have no date."
        ).format(start=change.period.start, end=change.period.end, **counts)
    )
    in_period = int((change.at_start | change.at_end).sum())
    feedback.pushInfo(
        tr(
            "All {TANK_COUNT} tanks of the layer: {in_period} counted at the start or the end, {NOT_IN_YEARS_COUNT} "
            "dated and counted at neither, {UNDATED_COUNT} undated, {LEFT_OUT_COUNT} without a usable position. Of "
            "the new, {TANKS_NEW_UNDETERMINED} may have stood at the start: no image shows that they did not."
        ).format(in_period=in_period, **counts)
    )
    if counts["SITES_BETWEEN_COUNT"]:
        feedback.pushInfo(
            tr(
                "Sites with a tank neither at the end of {start} nor at that of {end}: {n}. SITES leaves them out; "
                "Sites by year (SERIES) has them."
            ).format(n=counts["SITES_BETWEEN_COUNT"], start=change.period.start, end=change.period.end)
        )
