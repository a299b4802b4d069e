"""Published figures beside the numbers of two sources, where both count the same kind of thing in the same place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .. import fields
from .tables import Comparison
from .things import Things

# Why there is no number of ours beside a figure; SAME: there is one.
SAME = "same kind, same place"
CHANGE, OTHER_UNIT, OTHER_KIND, A_PART = "a change", "another unit of count", "another kind", "a part only"
NO_PLACE = "no such place among the units"

# What others call a tank, and a site. A location of pools is neither.
_KIND_OF = {"sites": fields.SITE_KIND, "ponds": fields.TANK_KIND, "pools": fields.TANK_KIND}


def reason(figure: Mapping[str, Any], kind: str, has_place: bool) -> str:
    """Return SAME where a source of this kind can be held against a figure, else the first reason why it cannot."""
    counted = _KIND_OF.get(figure["unit_of_count"])
    if counted != kind:
        return OTHER_UNIT if counted is None else OTHER_KIND
    if figure["period_from"] is not None:
        return CHANGE
    # "Mining sites, operating": what follows the comma narrows what is counted.
    if "," in figure["what"]:
        return A_PART
    return SAME if has_place else NO_PLACE


def figures_table(
    figures: Sequence[Mapping[str, Any]], places: Sequence[np.ndarray], compared: Comparison
) -> pd.DataFrame:
    """Return a row a figure, and the reason (``a_reason``, ``b_reason``) where a source has no number beside it.

    ``places``: for each figure which units (a bool each) its place is made up of.
    """
    table = pd.DataFrame([dict(figure) for figure in figures], columns=[f.name for f in fields.PUBLISHED_FIGURES])
    table["units_in_place"] = [int(place.sum()) for place in places]
    for side, things, unit in (("a", compared.a, compared.unit_of_a), ("b", compared.b, compared.unit_of_b)):
        numbers = [_number(figure, place, things, unit) for figure, place in zip(figures, places)]
        columns = [f"{side}_{name}" for name in ("reason", "number", "seen_by_then", "date_open")]
        table[columns] = pd.DataFrame(numbers, columns=columns, index=table.index)
        table[f"{side}_kind"] = things.kind
    return table


def _number(
    figure: Mapping[str, Any], place: np.ndarray, things: Things, unit: np.ndarray
) -> tuple[str, float, float, float]:
    """Return the reason, how many stand in the place, how many of them were surely seen by then, how many perhaps."""
    why = reason(figure, things.kind, bool(place.any()))
    if why != SAME:
        return why, np.nan, np.nan, np.nan
    inside = np.append(place, False)[unit]
    number = float(inside.sum())
    if figure["period_to"] is None:
        return why, number, np.nan, np.nan
    then = pd.Timestamp(figure["period_to"])
    surely = inside & (things.table["first_seen_to"] <= then).to_numpy()
    later = inside & (things.table["first_seen_from"] > then).to_numpy()
    return why, number, float(surely.sum()), number - float(surely.sum()) - float(later.sum())
