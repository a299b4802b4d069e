"""The report of two sources compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np

from ...analysis import fields
from ...translation import tr
from . import caveats
from .charts import BLUE, GREY, ORANGE, label
from .content import Chart, DataSource, MapLayer, Number, Report, Table

if TYPE_CHECKING:
    import pandas as pd

    from ...analysis.comparison.tables import Comparison

_MOST_UNITS = 20
_GREEN = "#009e73"


def build(
    compared: Comparison,
    matched: pd.DataFrame,
    by_unit: pd.DataFrame,
    figures: pd.DataFrame,
    counts: dict[str, Any],
    sources: list[DataSource],
) -> Report:
    """Return the report of a comparison and its tables."""
    return Report(
        tr("Where do source A ({a}) and source B ({b}) agree, and what does each have alone?").format(
            a=compared.a.kind, b=compared.b.kind
        ),
        _numbers(compared, counts),
        _tables(matched, by_unit, figures),
        [_chart(by_unit, compared)],
        _map_layers(compared, matched),
        [*_caveats(compared, counts), *caveats.of_sources(sources), *caveats.always()],
        sources,
    )


def _numbers(compared: Comparison, counts: dict[str, Any]) -> list[Number]:
    kinds = {"a": compared.a.kind, "b": compared.b.kind}
    return [
        Number(tr("Pairs"), counts["MATCHED_COUNT"], meaning=tr("matched {how}").format(how=compared.matching)),
        Number(tr("Of A in pairs ({a})").format(**kinds), counts["A_MATCHED_COUNT"]),
        Number(tr("Only in A ({a})").format(**kinds), counts["ONLY_A_COUNT"]),
        Number(tr("Of B in pairs ({b})").format(**kinds), counts["B_MATCHED_COUNT"]),
        Number(tr("Only in B ({b})").format(**kinds), counts["ONLY_B_COUNT"]),
        Number(
            tr("Agreement"),
            counts["AGREEMENT_PCT"],
            "%",
            meaning=tr("share of both sources that is in pairs; not known where one holds tanks, the other sites"),
        ),
        Number(tr("Median distance of the pairs"), counts["MEDIAN_DISTANCE_M"], "m"),
        Number(
            tr("Pairs that may be of neighbours"),
            counts["NEIGHBOURS_COUNT"],
            meaning=tr("further apart than half the distance between places of one source"),
        ),
        Number(tr("Pairs whose statuses differ"), counts["STATUS_DIFFER_COUNT"]),
        Number(tr("Pairs of which a status is not known"), counts["STATUS_NOT_KNOWN_COUNT"]),
        Number(tr("Pairs first seen on different days"), counts["FIRST_SEEN_DIFFER_COUNT"]),
    ]


def _tables(matched: pd.DataFrame, by_unit: pd.DataFrame, figures: pd.DataFrame) -> list[Table]:
    differing = matched[(matched["status_agreement"] == fields.DIFFER) | (matched["first_seen_gap_days"] > 0)]
    pairs = [field.name for field in fields.MATCHED]
    beside = [field.name for field in fields.COMPARED_FIGURES]
    return [
        Table(
            "by_unit",
            tr("Agreement by unit"),
            by_unit[[field.name for field in fields.COMPARED_UNITS]],
            tr("Units and what lies outside them add up to the total."),
            ("scope", "unit_name", "a", "a_matched", "only_a", "b", "b_matched", "only_b", "agreement_pct"),
        ),
        Table(
            "disagreements",
            tr("Pairs that differ in status or in when they were first seen"),
            differing[pairs],
            tr("Listed, not averaged."),
            ("a_id", "b_id", "distance_m", "a_status", "b_status", "a_first_seen_from", "b_first_seen_from"),
        ),
        Table(
            "published_figures",
            tr("Beside the published figures"),
            figures[beside],
            tr("A number of A or B stands beside a figure only where both count the same kind in the same place."),
            ("organisation", "what", "unit_of_count", "place", "period", "number_low", "a_number", "b_number"),
        ),
    ]


def _chart(by_unit: pd.DataFrame, compared: Comparison) -> Chart:
    """Return what is in pairs and what is alone, by unit, the largest first."""
    rows = by_unit if len(by_unit) == 1 else by_unit[by_unit["scope"] != fields.TOTAL]
    rows = rows.assign(both=rows["a"] + rows["b"]).nlargest(_MOST_UNITS, "both", keep="first")
    rows = rows[rows["both"] > 0]
    names = rows["unit_name"].where(rows["unit_name"].notna(), rows["scope"])

    def draw(axes: Any) -> None:
        places, left = list(range(len(rows))), np.zeros(len(rows))
        for column, name, colour, hatch in (
            ("only_a", tr("only in A"), ORANGE, "////"),
            ("a_matched", tr("of A in pairs"), _GREEN, ""),
            ("b_matched", tr("of B in pairs"), GREY, ""),
            ("only_b", tr("only in B"), BLUE, "\\\\"),
        ):
            values = rows[column].to_numpy(dtype=float)
            axes.barh(places, values, left=left, color=colour, hatch=hatch, edgecolor="white", label=name)
            left = left + values
        axes.set_yticks(places)
        axes.set_yticklabels([label(str(name)) for name in names])
        axes.invert_yaxis()
        axes.set_xlabel(tr("{a} of A, {b} of B").format(a=compared.a.kind, b=compared.b.kind))
        axes.legend(frameon=False, ncol=2, loc="lower center", bbox_to_anchor=(0.5, 1.0))

    caption = tr("What both sources have and what each has alone, by unit: where units hold few, see the table.")
    return Chart("agreement_by_unit", tr("Agreement by unit"), caption, draw)


def _map_layers(compared: Comparison, matched: pd.DataFrame) -> list[MapLayer]:
    layers = []
    for side, things, title in (("a", compared.a, tr("Only in A")), ("b", compared.b, tr("Only in B"))):
        alone = things.shapes[~compared.matched(side)]
        if len(alone):
            style = f"only_{side}_{'points' if things.are_points else 'polygons'}"
            layers.append(MapLayer(title, gpd.GeoDataFrame(geometry=gpd.GeoSeries(alone, crs=4326)), [], style))
    if len(matched):
        points = gpd.points_from_xy(matched["lon"], matched["lat"], crs=4326)
        frame = gpd.GeoDataFrame(matched, geometry=points)
        layers.append(MapLayer(tr("Matched"), frame, fields.MATCHED, "matched"))
    if compared.units is not None and layers:
        layers.append(MapLayer(tr("Units"), compared.units, fields.UNITS, "units"))
    return layers


def _caveats(compared: Comparison, counts: dict[str, Any]) -> list[str]:
    said = [
        tr(
            "Pairs are found by place alone: a shift of one source as a whole (as of Chinese web maps, some 500 m) "
            "breaks them."
        ),
        tr("What two sources share is not proved by it: both may rest on the same image, or one on the other."),
        tr("Others count by rules of their own: one organisation's ponds may not be divided by another's sites."),
    ]
    if not compared.match.one_to_one:
        said.insert(0, tr("One source holds tanks, the other sites: their counts may not be held against each other."))
    for side in ("A", "B"):
        if number := counts[f"{side}_LEFT_OUT_COUNT"]:
            said.append(
                tr("{n} rows of {side} have no usable position: they are in no pair.").format(n=number, side=side)
            )
        if number := counts[f"{side}_DOUBLES_COUNT"]:
            text = tr("{n} of {side} stand where another of the same source stands: they may be in it twice.")
            said.append(text.format(n=number, side=side))
    return said
