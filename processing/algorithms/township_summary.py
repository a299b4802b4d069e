"""Township summary: tanks and sites by unit, and by unit and year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDateTime,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from ...analysis import fields
from ...translation import tr
from ..base import LeachwatchAlgorithm, progress_of
from ..parameters import sites as site
from ..parameters.layers import chosen_layer
from ..parameters.units import add_units_and_level, level_field
from ..writing.sinks import SinkWriter
from ..writing.style import finish_when_loaded

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ...analysis.units.outside import Outside
    from ...analysis.units.summary import Question, TownshipSummary
    from ..reading.tank_reader import TankRows

CUT_DATE, UNITS_OUT, YEARLY = "CUT_DATE", "UNITS_OUT", "YEARLY"
OUTSIDE_OUT, UNCERTAINTY = "OUTSIDE_OUT", "UNCERTAINTY"
DEFAULT_CUT = "2021-02-01"


class TownshipSummaryAlgorithm(LeachwatchAlgorithm):
    """Counts by township or county."""

    ID = "townshipsummary"
    ICON = "townships"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Township summary")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        site.add_tanks(self)
        add_units_and_level(self)
        both = tr("Leave both years empty to count every tank, dated or not, without any measure of time.")
        self.add(site.year(site.START_YEAR, tr("First year (both empty: no time)"), optional=True), both)
        self.add(site.year(site.END_YEAR, tr("Last year (both empty: no time)"), optional=True), both)
        self.add(
            QgsProcessingParameterDateTime(
                CUT_DATE, tr("Cut date"), QgsProcessingParameterDateTime.Type.Date, DEFAULT_CUT, True
            ),
            tr(
                "Tanks first seen before this date are told from those first seen on or after it. A date known only "
                "to its month or year that spans the cut is undetermined. The default is the day of the coup."
            ),
        )
        site.add_counting(self)
        site.add_site_definition(self)
        self._add_sinks()
        self.add_report()
        self.add_numbers(
            TANK_COUNT=tr("Tanks read"),
            COUNTED_COUNT=tr("Tanks counted in the last year (no years: all)"),
            OUTSIDE_COUNT=tr("Tanks counted, outside all units"),
            OUTSIDE_ALL_COUNT=tr("Tanks outside all units, counted or not"),
            OUTSIDE_NEAR_COUNT=tr("Of those, within 500 m of a unit"),
            OUTSIDE_FARTHEST_M=tr("The farthest of those from a unit (ground metres)"),
            UNDATED_COUNT=tr("Undated tanks"),
            LEFT_OUT_COUNT=tr("Tanks without a usable position"),
            IN_SEVERAL_COUNT=tr("Tanks in several units or on a border, counted once"),
            UNIT_COUNT=tr("Units"),
            UNITS_WITH_TANKS=tr("Units with tanks counted"),
            SITE_COUNT=tr("Sites"),
            UNGROUPED_COUNT=tr("Tanks counted, in no site"),
            FOOTPRINT_HA=tr("Footprint of all sites (ha)"),
        )

    def _add_sinks(self) -> None:
        polygons, points = QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVectorPoint
        table = QgsProcessing.SourceType.TypeVector
        self.add_sink(
            UNITS_OUT,
            tr("Units with their counts"),
            polygons,
            tr("One row a unit with the tanks and sites counted in it, and one for what is outside all units."),
        )
        self.add_sink(
            YEARLY, tr("Units by year"), table, tr("One row a unit a year, from the first to the last."), True
        )
        self.add_sink(
            OUTSIDE_OUT,
            tr("Tanks outside all units"),
            points,
            tr("Each tank that stands in no unit, counted or not: the nearest unit, and the ground metres to it."),
            True,
            False,
        )
        self.add_sink(
            UNCERTAINTY,
            tr("Uncertainty by unit"),
            table,
            tr("How many of the tanks counted are of unknown status, seen once, coarsely dated …, by unit."),
            True,
            False,
        )

    def problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return whether the years are in order, and if not, what to do."""
        years = site.order_of_years(self, parameters, context, equal=True)
        return super().problem(parameters, context) or years or self._wrong_cut(parameters)

    def left_aside(self, parameters: dict[str, Any], context: QgsProcessingContext) -> dict[str, str]:
        """Return what is of time alone, where no time is measured."""
        return site.meaningless_without(site.END_YEAR, (CUT_DATE, site.COUNTING), parameters)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read, count, write."""
        from ...analysis.units.outside import tanks_outside
        from ...analysis.units.summary import TownshipSummary
        from ...analysis.units.summary_tables import unit_table, yearly_table
        from ..reading.tank_reader import read_tanks
        from ..reading.unit_reader import place_tanks

        tanks = read_tanks(self, parameters, context, feedback)
        units, dissolved = self._units(parameters, context, feedback)
        question = self._question(parameters, context)
        site.check_dates(tanks.table, question.end, tanks.name)
        site.warn_of_definition(question.definition, feedback)
        placement = place_tanks(tanks.table["lon"].to_numpy(), tanks.table["lat"].to_numpy(), units, feedback)
        summary = TownshipSummary(tanks.table, units, placement, question, progress_of(feedback, 0.1, 0.8))
        outside = tanks_outside(summary, progress_of(feedback, 0.8, 0.9))

        by_unit, by_year = unit_table(summary), yearly_table(summary)
        results = self._write(parameters, context, feedback, summary, (by_unit, by_year))
        results.update(self._write_outside(parameters, context, feedback, outside, tanks))
        self._finish(results, dissolved, parameters, context)
        counts = {**_counts(summary, by_unit, tanks, outside), "IN_SEVERAL_COUNT": placement.in_several}
        results.update(self._report(parameters, context, feedback, summary, (by_unit, by_year), counts))
        feedback.pushInfo(
            tr(
                "{COUNTED_COUNT} tanks counted, {OUTSIDE_COUNT} of them outside all units; {UNITS_WITH_TANKS} of "
                "{UNIT_COUNT} units have tanks. {SITE_COUNT} sites; {UNGROUPED_COUNT} tanks in no site; "
                "{UNDATED_COUNT} undated."
            ).format(**counts)
        )
        tell_outside(outside, feedback)
        return {**results, **counts}

    def _write(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        summary: TownshipSummary,
        tables: tuple[gpd.GeoDataFrame, pd.DataFrame],
    ) -> dict[str, Any]:
        from ...analysis.units.doubtful import uncertainty_table

        sinks = SinkWriter(self, parameters, context, feedback)
        results = sinks.polygons(UNITS_OUT, tables[0], fields.UNIT_SUMMARY)
        results.update(sinks.table(YEARLY, tables[1], fields.YEARLY))
        if sinks.wants(UNCERTAINTY):
            results.update(sinks.table(UNCERTAINTY, uncertainty_table(summary), fields.UNCERTAINTY))
        return results

    def _write_outside(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        outside: Outside,
        tanks: TankRows,
    ) -> dict[str, Any]:
        sinks = SinkWriter(self, parameters, context, feedback)
        if not sinks.wants(OUTSIDE_OUT):
            return {}
        from ..reading.tank_ids import tank_ids

        ids = tank_ids(self, parameters, context, tanks.feature_ids[outside.rows])
        return sinks.points(OUTSIDE_OUT, outside.table.assign(tank_id=ids), fields.OUTSIDE_TANKS)

    def _units(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> tuple[gpd.GeoDataFrame, str]:
        """Return the units, and in words what was dissolved ("" for nothing)."""
        from ..reading.level_reader import read_levels
        from ..reading.unit_reader import read_units

        if field := level_field(self, parameters, context):
            return read_levels(self, parameters, context, feedback, field)
        units = read_units(self, parameters, context, feedback)
        if units is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, site.UNITS))
        return units, ""

    def _finish(
        self, results: dict[str, Any], dissolved: str, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> None:
        """Give the units their style, and where they were dissolved, metadata that say so."""
        if not dissolved:
            return self.style(results, UNITS_OUT, "township_summary", context)
        from ..writing.layer_metadata import save_metadata
        from ..writing.result_metadata import result_metadata

        layers = [chosen_layer(self, parameters, name, context) for name in (site.UNITS, site.TANKS)]
        metadata = result_metadata(tr("Units with their counts"), dissolved, layers)
        save_metadata(results[UNITS_OUT], metadata, context)
        finish_when_loaded(results[UNITS_OUT], "township_summary", context, metadata)

    def _question(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Question:
        from ...analysis.units.summary import Question

        return Question(
            site.optional_year(self, parameters, site.START_YEAR, context),
            site.optional_year(self, parameters, site.END_YEAR, context),
            self.parameterAsEnumString(parameters, site.COUNTING, context),
            self._cut(parameters, context),
            site.site_definition(self, parameters, context),
        )

    @staticmethod
    def _wrong_cut(parameters: dict[str, Any]) -> str:
        """QGIS would take its default for a text that is no date."""
        value = parameters.get(CUT_DATE)
        if not isinstance(value, str) or not value or QDateTime.fromString(value, Qt.DateFormat.ISODate).isValid():
            return ""
        return tr("Cut date (CUT_DATE) must be a date such as 2021-02-01. It is {value}: change it.").format(
            value=value
        )

    def _cut(self, parameters: dict[str, Any], context: QgsProcessingContext) -> date | None:
        moment = self.parameterAsDateTime(parameters, CUT_DATE, context)
        return moment.date().toPyDate() if moment.isValid() else None

    def _report(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        summary: TownshipSummary,
        tables: tuple[gpd.GeoDataFrame, pd.DataFrame],
        counts: dict[str, Any],
    ) -> dict[str, str]:
        from ..reports.township_summary import build
        from ..reports.writing import report_if_asked

        layers = [site.TANKS, site.UNITS]
        return report_if_asked(
            self, parameters, context, feedback, layers, lambda sources: build(summary, *tables, counts, sources)
        )


def tell_outside(outside: Outside, feedback: QgsProcessingFeedback) -> None:
    """Say how far the tanks outside all units are from one."""
    if outside.farthest is None:
        return
    text = tr(
        "Of the {n} tanks outside all units, {near} lie within 500 m of a unit (a coarse boundary?); the farthest lies "
        "{farthest} m from one."
    )
    feedback.pushInfo(text.format(n=len(outside.rows), near=outside.near, farthest=f"{outside.farthest:,.0f}"))


def _counts(summary: TownshipSummary, by_unit: gpd.GeoDataFrame, tanks: TankRows, outside: Outside) -> dict[str, Any]:
    counted = summary.counted[summary.question.end]
    units = by_unit.iloc[: len(summary.units)]
    return {
        "TANK_COUNT": len(tanks.table) + tanks.left_out,
        "COUNTED_COUNT": int(counted.sum()),
        "OUTSIDE_COUNT": int(by_unit["tanks"].sum() - units["tanks"].sum()),
        "OUTSIDE_ALL_COUNT": len(outside.rows),
        "OUTSIDE_NEAR_COUNT": outside.near,
        "OUTSIDE_FARTHEST_M": outside.farthest,
        "UNDATED_COUNT": int(by_unit["tanks_undated"].sum()),
        "LEFT_OUT_COUNT": tanks.left_out,
        "UNIT_COUNT": len(units),
        "UNITS_WITH_TANKS": int((units["tanks"] > 0).sum()),
        "SITE_COUNT": int(by_unit["sites"].sum()),
        "UNGROUPED_COUNT": int((counted & (summary.sites.of_tank < 0)).sum()),
        "FOOTPRINT_HA": float(by_unit["footprint_ha"].sum()),
    }
