"""The report of site expansion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...analysis import fields
from ...analysis.progress import Progress, silent
from ...translation import tr
from . import caveats, charts
from .by_year import by_year, years_between
from .content import Chart, DataSource, MapLayer, Number, Report, Table

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ...analysis.sites.expansion import Expansion

_BRIEF_SITES = (
    "site_id", "unit_name", "tanks_start", "tanks_end", "footprint_start_ha", "footprint_end_ha", "change_class",
)  # fmt: skip
_BRIEF_SUMMARY = (
    "scope", "unit_name", "sites_start", "sites_end", "tanks_start", "tanks_new", "tanks_gone", "tanks_end",
    "footprint_end_ha",
)  # fmt: skip


def build(
    change: Expansion,
    sites: gpd.GeoDataFrame,
    summary: pd.DataFrame,
    counts: dict[str, Any],
    sources: list[DataSource],
    progress: Progress = silent,
) -> Report:
    """Return the report. ``sites`` and ``summary``: the tables of the expansion; ``counts``: the outputs' numbers."""
    return Report(
        _question(change),
        _numbers(change, counts),
        _tables(sites, summary),
        _charts(change, summary, progress),
        _map_layers(change, sites),
        caveats.always(),
        sources,
    )


def _question(change: Expansion) -> str:
    text = tr("How did the sites change between the end of {start} and the end of {end}? Counting: {counting}.")
    return text.format(start=change.period.start, end=change.period.end, counting=change.period.counting)


def _numbers(change: Expansion, counts: dict[str, Any]) -> list[Number]:
    year = {"start": change.period.start, "end": change.period.end}
    classes = ", ".join(f"{counts[f'{word.upper()}_COUNT']:,} {word}" for word in fields.CHANGE_CLASSES)
    return [
        Number(tr("Tanks at the end of {start}").format(**year), counts["TANKS_START"]),
        Number(
            tr("Tanks new by the end of {end}").format(**year),
            counts["TANKS_NEW"],
            "",
            counts["TANKS_NEW_AT_LEAST"],
            counts["TANKS_NEW_AT_MOST"],
            tr("by the first image that shows each"),
        ),
        Number(tr("Tanks gone by the end of {end}").format(**year), counts["TANKS_GONE"]),
        Number(tr("Tanks at the end of {end}").format(**year), counts["TANKS_END"]),
        Number(tr("Sites at the end of {start}").format(**year), counts["SITES_START"]),
        Number(tr("Sites at the end of {end}").format(**year), counts["SITES_END"]),
        Number(tr("Sites in either year"), counts["SITE_COUNT"], meaning=classes),
        Number(tr("Footprint at the end of {start}").format(**year), counts["FOOTPRINT_START_HA"], "ha"),
        Number(tr("Footprint at the end of {end}").format(**year), counts["FOOTPRINT_END_HA"], "ha"),
        Number(tr("Ground gained"), counts["FOOTPRINT_GAIN_HA"], "ha", meaning=tr("covered at the end alone")),
        Number(tr("Ground given up"), counts["FOOTPRINT_LOSS_HA"], "ha", meaning=tr("covered at the start alone")),
        Number(
            tr("Tanks in no site"), counts["UNGROUPED_COUNT"], meaning=tr("counted at the start or the end, ungrouped")
        ),
        Number(tr("Undated tanks"), counts["UNDATED_COUNT"], meaning=tr("counted in no year")),
        Number(tr("Tanks left out"), counts["LEFT_OUT_COUNT"], meaning=tr("without a usable position")),
    ]


def _tables(sites: gpd.GeoDataFrame, summary: pd.DataFrame) -> list[Table]:
    largest = sites.drop(columns="geometry").sort_values(["tanks_end", "tanks_start"], ascending=False, kind="stable")
    return [
        Table("summary", tr("Summary"), summary, tr("The sums: they add up over each scope."), _BRIEF_SUMMARY),
        Table("sites", tr("Sites, the largest first"), largest, "", _BRIEF_SITES),
    ]


def _charts(change: Expansion, summary: pd.DataFrame, progress: Progress) -> list[Chart]:
    period = change.period
    years = by_year(change.tanks, change.sites, years_between(period.start, period.end), period.counting, progress)
    drawn = [charts.tanks_by_year(years), charts.sites_by_year(years)]
    if change.units is not None:
        units = summary[summary["scope"].isin([fields.BY_UNIT, fields.OUTSIDE])]
        drawn.append(charts.growth_by_unit(units.assign(unit_name=units["unit_name"].fillna(units["scope"]))))
    return drawn


def _map_layers(change: Expansion, sites: gpd.GeoDataFrame) -> list[MapLayer]:
    layers = [MapLayer(tr("Sites by change"), sites, fields.SITE_EXPANSION, "site_expansion")]
    if change.units is not None:
        layers.append(MapLayer(tr("Units"), change.units, fields.UNITS, "units"))
    return layers
