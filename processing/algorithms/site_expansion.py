"""Site expansion: how sites changed between two years."""

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
from ..parameters import sites as site
from ..writing.sinks import SinkWriter

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ...analysis.sites.expansion import Expansion

SITES, GROWTH, LOSS, SUMMARY = "SITES", "GROWTH", "LOSS", "SUMMARY"


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
        self.add(
            site.year(site.START_YEAR, tr("Start year"), optional=False, proposed=2020),
            tr("The earlier of the two years that are compared (its end)."),
        )
        self.add(
            site.year(site.END_YEAR, tr("End year"), optional=False, proposed=2024),
            tr("The later of the two years that are compared (its end)."),
        )
        site.add_counting(self)
        site.add_site_definition(self)
        polygons, table = QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVector
        self.add(
            QgsProcessingParameterFeatureSource(site.UNITS, tr("Units"), [polygons], None, True),
            tr("Townships or counties, as Load townships writes them: each site is counted in one, by place."),
        )
        self.add_sink(SITES, tr("Sites"), polygons, tr("One row a site, with its footprint at the end."))
        self.add_sink(GROWTH, tr("Ground gained"), polygons, tr("Ground covered at the end, not at the start."), True)
        self.add_sink(
            LOSS, tr("Ground given up"), polygons, tr("Ground covered at the start, not at the end."), True, False
        )
        self.add_sink(
            SUMMARY, tr("Summary"), table, tr("Sums: all tanks, in sites, ungrouped, by unit, outside all units."), True
        )
        self.add_report()
        self.add_numbers(
            SITE_COUNT=tr("Sites at the start or the end"),
            SITES_START=tr("Sites at the start"),
            SITES_END=tr("Sites at the end"),
            **{f"{word.upper()}_COUNT": tr("Sites: {x}").format(x=word) for word in fields.CHANGE_CLASSES},
            TANKS_START=tr("Tanks at the start"),
            TANKS_END=tr("Tanks at the end"),
            TANKS_NEW=tr("Tanks new"),
            TANKS_NEW_AT_LEAST=tr("Tanks new, at least"),
            TANKS_NEW_AT_MOST=tr("Tanks new, at most"),
            TANKS_GONE=tr("Tanks gone"),
            UNGROUPED_COUNT=tr("Tanks counted at the start or the end, in no site"),
            UNDATED_COUNT=tr("Undated tanks, counted in no year"),
            LEFT_OUT_COUNT=tr("Tanks without a usable position"),
            FOOTPRINT_START_HA=tr("Footprint at the start (ha)"),
            FOOTPRINT_END_HA=tr("Footprint at the end (ha)"),
            FOOTPRINT_GAIN_HA=tr("Ground gained (ha)"),
            FOOTPRINT_LOSS_HA=tr("Ground given up (ha)"),
        )

    def problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return whether the years are in order, and if not, what to do."""
        years = site.order_of_years(self, parameters, context, equal=False)
        return super().problem(parameters, context) or years

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read, measure, write."""
        from ...analysis.sites import expansion_tables as tables
        from ...analysis.sites.expansion import Expansion, Period
        from ..reading.tank_reader import read_tanks
        from ..reading.unit_reader import place_tanks, read_units

        tanks = read_tanks(self, parameters, context, feedback)
        period = Period(
            self.parameterAsInt(parameters, site.START_YEAR, context),
            self.parameterAsInt(parameters, site.END_YEAR, context),
            self.parameterAsEnumString(parameters, site.COUNTING, context),
        )
        definition = site.site_definition(self, parameters, context)
        site.check_dates(tanks.table, period.end, tanks.name)
        site.warn_of_definition(definition, feedback)
        units = read_units(self, parameters, context, feedback)
        lon, lat = tanks.table["lon"].to_numpy(), tanks.table["lat"].to_numpy()
        placement = None if units is None else place_tanks(lon, lat, units, feedback)
        change = Expansion(tanks.table, period, definition, units, placement, progress_of(feedback, 0.1, 0.8))
        site.warn_of_diameters(change.without_diameter, definition, feedback)

        sinks = SinkWriter(self, parameters, context, feedback)
        table, summary = tables.site_table(change), tables.summary_table(change)
        results = sinks.polygons(SITES, table, fields.SITE_EXPANSION)
        for name, word in ((GROWTH, "gain"), (LOSS, "loss")):
            if sinks.wants(name):
                layer = tables.ground_table(change, word)
                results.update(sinks.polygons(name, layer, fields.GROUND_CHANGE))
        results.update(sinks.table(SUMMARY, summary, fields.EXPANSION_SUMMARY))
        for name, style in ((SITES, "site_expansion"), (GROWTH, "growth"), (LOSS, "loss")):
            self.style(results, name, style, context)
        counts = _counts(change, summary, tanks.left_out)
        results.update(self._report(parameters, context, feedback, change, (table, summary), counts))
        feedback.pushInfo(
            tr(
                "Tanks: {TANKS_START} at the end of {start}, + {TANKS_NEW} new − {TANKS_GONE} gone = {TANKS_END} at "
                "the end of {end}. Sites: {SITES_START} and {SITES_END}. {UNGROUPED_COUNT} tanks are in no site, "
                "{UNDATED_COUNT} have no date."
            ).format(start=period.start, end=period.end, **counts)
        )
        return {**results, **counts}

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
        from ..reports.sources import sources_of
        from ..reports.writing import wants_report, write_report

        if not wants_report(self, parameters, context):
            return {}
        sources = sources_of(self, parameters, context, [site.TANKS, site.UNITS])
        report = build(change, *tables, counts, sources, progress_of(feedback, 0.9, 0.95))
        return write_report(self, parameters, context, feedback, report)


def _counts(change: Expansion, summary: pd.DataFrame, left_out: int) -> dict[str, Any]:
    total = summary.iloc[0]
    ungrouped = (change.at_start | change.at_end) & (change.sites.of_tank < 0)
    columns = ["sites_start", "sites_end", "tanks_start", "tanks_end", "tanks_new", "tanks_gone"]
    columns += ["tanks_new_at_least", "tanks_new_at_most"]
    hectares = [f"footprint_{name}_ha" for name in ("start", "end", "gain", "loss")]
    return {
        "SITE_COUNT": len(change.sites),
        **{name.upper(): int(total[name]) for name in columns},
        **{f"{word.upper()}_COUNT": int(total[f"sites_{word}"]) for word in fields.CHANGE_CLASSES},
        "UNGROUPED_COUNT": int(ungrouped.sum()),
        "UNDATED_COUNT": int(total["tanks_undated"]),
        "LEFT_OUT_COUNT": left_out,
        **{name.upper(): float(total[name]) for name in hectares},
    }
