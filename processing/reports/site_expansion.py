"""The report of site expansion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...analysis import fields, time
from ...analysis.progress import Progress, part, silent
from ...analysis.sites.expansion_tables import ground_table
from ...analysis.uncertainty.image_years import image_years
from ...analysis.uncertainty.neighbours import neighbouring_links
from ...analysis.uncertainty.of_expansion import uncertainty_table
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

BRIEF_DOUBTS = (
    "scope", "unit_name", "tanks", "unknown_status_pct", "seen_once_pct", "coarse_date_pct", "no_absent_image_pct",
    "undated",
)  # fmt: skip
_BRIEF_NEIGHBOURS = (
    "link_distance_m", "sites_start", "sites_end", "tanks_in_sites", "ungrouped", "footprint_start_ha",
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
    images = image_years(change.tanks)
    neighbours = neighbouring_links(change.tanks, change.period, change.definition, part(progress, 0.0, 0.6))
    return Report(
        _question(change),
        _numbers(change, counts),
        _tables(sites, summary),
        _charts(change, summary, images, part(progress, 0.6, 0.8)),
        _map_layers(change, sites),
        _caveats(change, sites, neighbours),
        sources,
        _uncertainty(change, neighbours, images),
    )


def _question(change: Expansion) -> str:
    text = tr("How did the sites change between the end of {start} and the end of {end}? Counting: {counting}.")
    return text.format(start=change.period.start, end=change.period.end, counting=change.period.counting)


def _numbers(change: Expansion, counts: dict[str, Any]) -> list[Number]:
    year = {"start": change.period.start, "end": change.period.end}
    # A site is formed over both years: in one of them it may hold fewer tanks than the minimum.
    counting_then = tr("with at least one tank counted then")
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
        Number(tr("Sites at the end of {start}").format(**year), counts["SITES_START"], meaning=counting_then),
        Number(tr("Sites at the end of {end}").format(**year), counts["SITES_END"], meaning=counting_then),
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


def _uncertainty(change: Expansion, neighbours: pd.DataFrame, images: pd.DataFrame) -> list[Table]:
    doubts = uncertainty_table(change)
    return [
        Table(
            "uncertainty",
            tr("Tanks of which something is not known"),
            doubts[doubts["scope"] != fields.BY_SITE].drop(columns="site_id"),
            tr("Counted at the start or the end; the output UNCERTAINTY has a row for each site, too."),
            BRIEF_DOUBTS,
        ),
        Table(
            "neighbouring_distances",
            tr("Under neighbouring link distances"),
            neighbours,
            tr("Two thirds of the link distance, itself, and half as much again."),
            _BRIEF_NEIGHBOURS,
        ),
        Table(
            "image_years",
            tr("Years of images"),
            images,
            tr("A flagged year may be a year in which somebody looked, rather than one in which much was built."),
        ),
    ]


def _caveats(change: Expansion, sites: gpd.GeoDataFrame, neighbours: pd.DataFrame) -> list[str]:
    period, tanks = change.period, change.tanks
    new = change.at_end & ~change.at_start
    sure = int((new & time.surely_new(tanks, period.start, period.end)).sum())
    outside = change.placement is not None and ((change.placement.unit_of_tank < 0) & change.at_end).sum()
    return [
        *caveats.of_newness(int(new.sum()), sure),
        *caveats.of_images(tanks, period.start, period.end),
        *caveats.of_tanks(tanks, change.at_end, period.end),
        *caveats.of_link_distance(neighbours),
        *caveats.of_sites(change.definition, sites["footprint_method"], change.without_diameter),
        *caveats.of_merges(sites["merged_sites"]),
        *caveats.of_units(change.units, int(outside)),
        *caveats.always(),
    ]


def _charts(change: Expansion, summary: pd.DataFrame, images: pd.DataFrame, progress: Progress) -> list[Chart]:
    period = change.period
    years = by_year(change.tanks, change.sites, years_between(period.start, period.end), period.counting, progress)
    drawn = [charts.tanks_by_year(years), charts.sites_by_year(years)]
    if change.units is not None:
        units = summary[summary["scope"].isin([fields.BY_UNIT, fields.OUTSIDE])]
        drawn.append(charts.growth_by_unit(units.assign(unit_name=units["unit_name"].fillna(units["scope"]))))
    flagged = images["flag"].str.contains(fields.YEAR_OF_IMAGERY, regex=False)
    return [*drawn, charts.first_seen_by_year(images.assign(flagged=flagged))]


def _map_layers(change: Expansion, sites: gpd.GeoDataFrame) -> list[MapLayer]:
    layers = [MapLayer(tr("Sites by change"), sites, fields.SITE_EXPANSION, "site_expansion")]
    for title, word, style in ((tr("Ground given up"), "loss", "loss"), (tr("Ground gained"), "gain", "growth")):
        layers.append(MapLayer(title, ground_table(change, word), fields.GROUND_CHANGE, style))
    if change.units is not None:
        layers.append(MapLayer(tr("Units"), change.units, fields.UNITS, "units"))
    return layers
