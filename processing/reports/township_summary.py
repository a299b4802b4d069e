"""The report of the township summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...analysis import fields
from ...analysis.uncertainty.image_years import image_years
from ...analysis.units.doubtful import uncertainty_table
from ...translation import tr
from . import caveats, charts
from .content import Chart, DataSource, MapLayer, Number, Report, Table
from .site_expansion import BRIEF_DOUBTS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ...analysis.units.summary import TownshipSummary

_BRIEF_UNITS = (
    "unit_code", "unit_name", "tanks", "tanks_new", "tanks_gone", "active", "abandoned", "status_unknown", "sites",
    "footprint_ha",
)  # fmt: skip
_BRIEF_YEARS = ("unit_code", "unit_name", "year", "tanks", "tanks_new", "tanks_gone", "sites", "footprint_ha")
_SUMS = ["active", "abandoned", "status_unknown", "sites"]


def build(
    summary: TownshipSummary,
    by_unit: gpd.GeoDataFrame,
    by_year: pd.DataFrame,
    counts: dict[str, Any],
    sources: list[DataSource],
) -> Report:
    """Return the report. ``by_unit`` and ``by_year``: the tables of the summary; ``counts``: the outputs' numbers."""
    return Report(
        _question(summary),
        _numbers(counts, by_unit),
        _tables(by_unit, by_year),
        _charts(summary, by_unit, by_year),
        _map_layers(by_unit),
        _caveats(summary, by_unit, counts),
        sources,
        _uncertainty(summary),
    )


def _uncertainty(summary: TownshipSummary) -> list[Table]:
    doubts = uncertainty_table(summary)
    flags = tr("A flagged year may be a year in which somebody looked, rather than one in which much was built.")
    return [
        Table(
            "uncertainty",
            tr("Tanks of which something is not known"),
            doubts[(doubts["tanks"] > 0) | (doubts["undated"] > 0)],
            tr("Units with tanks, counted or undated."),
            BRIEF_DOUBTS,
        ),
        Table("image_years", tr("Years of images"), image_years(summary.tanks), flags),
    ]


def _question(summary: TownshipSummary) -> str:
    asked = summary.question
    if asked.end is None:
        return tr("Which units hold how many tanks? Every tank is counted, dated or not; no time is measured.")
    text = tr("Which units hold how many tanks, from {start} to {end}? Counting: {counting}.")
    return text.format(start=asked.start, end=asked.end, counting=asked.counting)


def _numbers(counts: dict[str, Any], by_unit: gpd.GeoDataFrame) -> list[Number]:
    status = {name: int(by_unit[name].sum()) for name in ("active", "abandoned", "status_unknown")}
    return [
        Number(tr("Tanks counted"), counts["COUNTED_COUNT"], meaning=tr("in the last year; without years, all")),
        Number(tr("Active"), status["active"], meaning=tr("of the tanks counted")),
        Number(tr("Abandoned"), status["abandoned"], meaning=tr("of the tanks counted")),
        Number(tr("Status unknown"), status["status_unknown"], meaning=tr("of the tanks counted")),
        Number(tr("Sites"), counts["SITE_COUNT"], meaning=tr("with a tank counted")),
        Number(tr("Footprint of all sites"), counts["FOOTPRINT_HA"], "ha"),
        Number(tr("Units with tanks"), counts["UNITS_WITH_TANKS"]),
        Number(tr("Units"), counts["UNIT_COUNT"]),
        *_cut_numbers(by_unit),
        Number(tr("Tanks outside all units"), counts["OUTSIDE_COUNT"], meaning=tr("counted, in no unit")),
        Number(tr("Tanks in no site"), counts["UNGROUPED_COUNT"], meaning=tr("counted, ungrouped")),
        Number(tr("Undated tanks"), counts["UNDATED_COUNT"], meaning=tr("counted in no year")),
        Number(tr("Tanks read"), counts["TANK_COUNT"]),
        Number(tr("Tanks left out"), counts["LEFT_OUT_COUNT"], meaning=tr("without a usable position")),
    ]


def _cut_numbers(by_unit: gpd.GeoDataFrame) -> list[Number]:
    """Return the tanks on each side of the cut date; nothing where none is measured."""
    sides = [by_unit[f"tanks_{word}"] for word in ("before_cut", "after_cut", "cut_undetermined")]
    if any(column.isna().any() for column in sides) or by_unit.empty:
        return []
    before, after, open_ = (int(column.sum()) for column in sides)
    meaning = tr("by the first image; at most, if all {n} undetermined are on this side").format(n=f"{open_:,}")
    return [
        Number(tr("First seen before the cut date"), before, "", before, before + open_, meaning),
        Number(tr("First seen after it"), after, "", after, after + open_, meaning),
    ]


def _tables(by_unit: gpd.GeoDataFrame, by_year: pd.DataFrame) -> list[Table]:
    with_tanks = by_unit[(by_unit["tanks"] > 0) | (by_unit["tanks_undated"] > 0)].drop(columns="geometry")
    years = by_year[(by_year["tanks"] > 0) | (by_year["tanks_gone"] > 0)]
    return [
        Table("units", tr("Units with tanks"), with_tanks, "", _BRIEF_UNITS),
        Table("units_by_year", tr("Units by year, where there are tanks"), years, "", _BRIEF_YEARS),
    ]


def _caveats(summary: TownshipSummary, by_unit: gpd.GeoDataFrame, counts: dict[str, Any]) -> list[str]:
    asked, sides = summary.question, ("tanks_before_cut", "tanks_after_cut", "tanks_cut_undetermined")
    return [
        *caveats.of_images(summary.tanks, asked.start, asked.end),
        *caveats.of_tanks(summary.tanks, summary.counted[asked.end], asked.end),
        *caveats.of_cut(*(float(by_unit[name].sum()) for name in sides)),
        *caveats.of_sites(asked.definition, by_unit["footprint_method"][:0], 0),
        *caveats.of_units(summary.units, counts["OUTSIDE_COUNT"]),
        *caveats.always(),
    ]


def _charts(summary: TownshipSummary, by_unit: gpd.GeoDataFrame, by_year: pd.DataFrame) -> list[Chart]:
    if summary.question.end is None:
        return []
    sums = by_year.groupby("year", as_index=False)[_SUMS].sum()
    drawn = [charts.tanks_by_year(sums), charts.sites_by_year(sums)]
    if summary.question.start != summary.question.end:
        drawn.append(charts.growth_by_unit(by_unit.rename(columns={"tanks": "tanks_end"})))
    return drawn


def _map_layers(by_unit: gpd.GeoDataFrame) -> list[MapLayer]:
    with_tanks = by_unit["tanks"] > 0
    if not with_tanks.any():
        return [MapLayer(tr("Units by tanks"), by_unit, fields.UNIT_SUMMARY, "township_summary")]
    return [
        MapLayer(tr("Units by tanks"), by_unit[with_tanks], fields.UNIT_SUMMARY, "township_summary"),
        MapLayer(tr("Units without tanks"), by_unit[~with_tanks], fields.UNIT_SUMMARY, "units"),
    ]
