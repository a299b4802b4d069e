"""The report of water proximity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from ...analysis import fields
from ...translation import tr
from . import caveats
from .charts import BLUE, label
from .content import Chart, DataSource, MapLayer, Number, Report, Table
from .showing import shown

if TYPE_CHECKING:
    import pandas as pd

    from ...analysis.water.rivers import Rivers
    from ..reading.shape_reader import Shapes

# Degrees beyond the tanks or sites of which rivers are still drawn.
_AROUND = 0.5


def build(
    shapes: Shapes,
    rivers: Rivers,
    rows: pd.DataFrame,
    table: pd.DataFrame,
    counts: dict[str, Any],
    sources: list[DataSource],
    known: list[str],
) -> Report:
    """Return the report. ``rows``: one a feature; ``table``: one a band; ``known``: what is known of the lines."""
    return Report(
        tr("How far do tanks or sites lie from the nearest river?"),
        _numbers(counts),
        [
            Table("bands", tr("Bands of distance"), table, tr("Shares are of those with a usable position.")),
            Table("rivers", tr("Nearest rivers"), by_river(rows), tr("An en dash: the line has no name.")),
        ],
        [_chart(table)],
        _map_layers(shapes, rivers, rows),
        [*known, *_caveats(counts), *caveats.always()],
        sources,
    )


def by_river(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a name of the nearest river: how many lie nearest to it, and how near."""
    near = rows[rows["nearest_distance_m"].notna()]
    groups = near.groupby(near["nearest_name"].astype(object), dropna=False)["nearest_distance_m"]
    table = groups.agg(features="size", nearest_m="min", median_m="median").reset_index()
    return table.sort_values(["features", "nearest_name"], ascending=[False, True], kind="stable", ignore_index=True)


def _numbers(counts: dict[str, Any]) -> list[Number]:
    return [
        Number(tr("Tanks or sites measured"), counts["PLACED_COUNT"]),
        Number(tr("With a river within reach"), counts["NEAR_COUNT"]),
        Number(tr("With none"), counts["BEYOND_COUNT"], meaning=tr("further away, or not in the layer of rivers")),
        Number(tr("Smallest distance"), counts["NEAREST_M"], "m"),
        Number(tr("Median distance"), counts["MEDIAN_M"], "m", meaning=tr("of those with a river within reach")),
        Number(
            tr("Distances not to be trusted"),
            counts["COARSER_COUNT"],
            meaning=tr("smaller than the nearest line is exact"),
        ),
        Number(
            tr("Vertex spacing"),
            counts["RIVERS_VERTEX_SPACING_M"],
            "m",
            meaning=tr("median, of the nearest lines: how coarse they are"),
        ),
        Number(tr("Left out"), counts["LEFT_OUT_COUNT"], meaning=tr("without a usable position")),
    ]


def _chart(table: pd.DataFrame) -> Chart:
    """Return the bands as bars, the distances that are not to be trusted in each marked."""
    placed = table.iloc[:-1]
    unsure = placed["coarser_than_distance"]

    def draw(axes: Any) -> None:
        places = list(range(len(placed)))
        axes.barh(places, placed["features"] - unsure, color=BLUE, label=tr("measured"))
        axes.barh(
            places,
            unsure,
            left=placed["features"] - unsure,
            color="#e69f00",
            hatch="xxxx",
            edgecolor="white",
            label=tr("smaller than the line is exact"),
        )
        for place, number in zip(places, placed["features"]):
            axes.annotate(shown(number), (number, place), xytext=(3, 0), textcoords="offset points", va="center")
        axes.set_yticks(places)
        axes.set_yticklabels([label(name) for name in placed["band"]])
        axes.invert_yaxis()
        axes.margins(x=0.12)
        axes.set_xlabel(tr("tanks or sites"))
        if unsure.any():
            axes.legend(frameon=False, loc="lower right")

    caption = tr("Tanks or sites by their distance to the nearest line of the layer of rivers.")
    return Chart("distance_to_water", tr("Distance to water"), caption, draw)


def _map_layers(shapes: Shapes, rivers: Rivers, rows: pd.DataFrame) -> list[MapLayer]:
    placed = np.array([shape is not None for shape in shapes.shapes], dtype=bool)
    if not placed.any():
        return []
    frame = gpd.GeoDataFrame(rows[placed], geometry=gpd.GeoSeries(shapes.shapes[placed], rows.index[placed], 4326))
    west, south, east, north = frame.total_bounds
    lines = shapely.linestrings(np.stack([rivers.start, rivers.end], axis=1))
    # A piece across the antimeridian would be drawn around the world.
    short = np.abs(rivers.end[:, 0] - rivers.start[:, 0]) < 180
    near = shapely.intersects(lines, shapely.box(west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND))
    drawn = gpd.GeoDataFrame(geometry=gpd.GeoSeries(lines[near & short], crs=4326))
    style = "water_sites" if shapes.polygons else "water_tanks"
    return [
        MapLayer(tr("Distance to water"), frame, fields.WATER_PROXIMITY, style),
        MapLayer(tr("Rivers"), drawn, [], "rivers"),
    ]


def _caveats(counts: dict[str, Any]) -> list[str]:
    texts = [tr("A distance is to the line that was drawn: a river that is missing in the layer is not measured to.")]
    if counts["COARSER_COUNT"]:
        text = tr("{n} of {all} distances are smaller than their line is exact: do not trust them.")
        texts.append(text.format(n=f"{counts['COARSER_COUNT']:,}", all=f"{counts['NEAR_COUNT']:,}"))
    return texts
