"""The summary of an expansion: every tank of the layer is in it, and the rows of a breakdown add up to the total."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import fields, tally, time
from ..uncertainty.doubts import coarse_date
from .expansion import Expansion
from .expansion_tables import annual_growth, definition_columns

_STATES = [fields.IN_SITES, fields.UNGROUPED, fields.NOT_IN_YEARS, fields.UNDATED]


def summary_table(change: Expansion, left_out: int = 0) -> pd.DataFrame:
    """Return the sums (fields.EXPANSION_SUMMARY): the total, what it consists of, and (with units) by unit.

    The rows *by state* add up to the total, and so do those *by unit*; the row *by state and by unit* is a part of both
    (the ``left_out`` tanks, which have no usable position), the row *of which* of neither. Tanks of a unit are those
    that stand in it; its sites, and their ground, are those that have most of their tanks in it.
    """
    counts, sites = _Counts(change, _tanks(change)), len(change.sites)
    open_new = np.where(counts.tanks["tanks_new_undetermined"], 0, -1)
    by_state = _sums(counts, _state(change), np.zeros(sites, dtype=int), [*_STATES, fields.NO_POSITION])
    by_state["breakdown"] = [*[fields.BY_STATE] * len(_STATES), fields.BY_STATE_AND_UNIT]
    total = by_state.groupby(np.zeros(len(by_state))).sum(numeric_only=True)
    total = total.assign(scope=fields.ALL_TANKS, breakdown=fields.TOTAL, unit_code=None, unit_name=None)
    of_which = _sums(counts, open_new, np.full(sites, -1), [fields.UNDETERMINED]).assign(breakdown=fields.OF_WHICH)
    frame = pd.concat([total, by_state, of_which, *_by_unit(counts)], ignore_index=True)
    of_left_out = frame["scope"].isin([fields.ALL_TANKS, fields.NO_POSITION])
    frame["tanks_left_out"] = np.where(of_left_out, left_out, 0)
    frame["tanks"] += frame["tanks_left_out"]
    start, end = frame["tanks_start"].to_numpy(), frame["tanks_end"].to_numpy()
    frame["tanks_change_pct"] = tally.percent(end - start, start)
    frame["annual_growth_pct"] = annual_growth(start, end, change.period)
    return frame.assign(**definition_columns(change))[[field.name for field in fields.EXPANSION_SUMMARY]]


class _Counts(NamedTuple):
    """What is summed: a change, and which tanks each column counts."""

    change: Expansion
    tanks: dict[str, np.ndarray]


def surely_new(change: Expansion) -> np.ndarray:
    """Return which tanks count at the end and, as an image shows, did not stand at the start; a bool array."""
    years = change.period
    return change.at_end & ~change.at_start & time.surely_new(change.tanks, years.start, years.end)


def _by_unit(counts: _Counts) -> list[pd.DataFrame]:
    """Return the rows by unit and of what is outside all units; none where there are no units."""
    units, placement = counts.change.units, counts.change.placement
    if units is None or placement is None:
        return []
    outside = len(units)
    of_tank, of_site = (
        np.where(unit < 0, outside, unit) for unit in (placement.unit_of_tank, counts.change.unit_of_site)
    )
    rows = _sums(counts, of_tank, of_site, [fields.BY_UNIT] * outside + [fields.OUTSIDE])
    rows["breakdown"] = fields.BY_UNITS
    for name in ("unit_code", "unit_name"):
        rows[name] = tally.with_none(units[name])
    return [rows]


def _state(change: Expansion) -> np.ndarray:
    """Return the state of each tank, as an index into _STATES."""
    in_site, ungrouped, not_in_years, undated = range(len(_STATES))
    in_period = change.at_start | change.at_end
    state = np.where(change.sites.of_tank >= 0, in_site, ungrouped)
    return np.where(in_period, state, np.where(time.undated(change.tanks), undated, not_in_years))


def _hectare_columns(change: Expansion) -> list[str]:
    return [f"footprint_{name}_ha" for name in change.hectares]


def _sums(counts: _Counts, of_tank: np.ndarray, of_site: np.ndarray, scopes: list[str]) -> pd.DataFrame:
    change, groups = counts.change, len(scopes)

    def sites(chosen: np.ndarray) -> np.ndarray:
        return tally.count_by(of_site, groups, chosen)

    columns = {
        "scope": scopes,
        "unit_code": None,
        "unit_name": None,
        "sites_start": sites(change.tanks_start > 0),
        "sites_end": sites(change.tanks_end > 0),
        **{f"sites_{word}": sites(change.change_class == word) for word in fields.CHANGE_CLASSES},
        **{name: tally.count_by(of_tank, groups, chosen) for name, chosen in counts.tanks.items()},
        **change.statuses(of_tank, groups),
        **{f"footprint_{name}_ha": tally.sum_by(of_site, groups, values) for name, values in change.hectares.items()},
    }
    return pd.DataFrame(columns, index=range(groups))


def _tanks(change: Expansion) -> dict[str, np.ndarray]:
    """Return which tanks each column counts."""
    at_start, at_end, tanks = change.at_start, change.at_end, change.tanks
    ungrouped, in_period = change.sites.of_tank < 0, change.at_start | change.at_end
    new, sure, undated = at_end & ~at_start, surely_new(change), time.undated(tanks)
    return {
        "tanks": np.ones(len(tanks), dtype=bool),
        "tanks_in_period": in_period,
        "tanks_not_in_years": ~in_period & ~undated,
        "tanks_undated": undated,
        "tanks_start": at_start,
        "tanks_end": at_end,
        "tanks_new": new,
        "tanks_new_at_least": sure,
        "tanks_new_undetermined": new & ~sure,
        "tanks_new_at_most": new | (time.perhaps_built_by(tanks, change.period.end) & ~at_start),
        "tanks_gone": at_start & ~at_end,
        "tanks_coarse_date": in_period & coarse_date(tanks),
        "ungrouped_start": at_start & ungrouped,
        "ungrouped_end": at_end & ungrouped,
    }
