"""The tables of two sources compared: the pairs, what each source has alone, and both by unit."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from .. import fields, tally
from ..geometry.ground import distance_and_bearing
from .matching import Match
from .things import Things


@dataclass(frozen=True)
class Comparison:
    """Two sources, how they match, and the unit each thing stands in (an index into ``units``, −1: none).

    ``units`` comes from ``units.prepare``; None where no units are given, and then every index is −1.
    """

    a: Things
    b: Things
    match: Match
    units: gpd.GeoDataFrame | None
    unit_of_a: np.ndarray
    unit_of_b: np.ndarray

    @property
    def matching(self) -> str:
        """How things are matched, in words."""
        return fields.ONE_TO_ONE if self.match.one_to_one else fields.ONE_TO_MANY

    @property
    def spacing(self) -> float:
        """How far things of one source stand from each other (metres), the denser one's; NaN: not known.

        In a source that lacks one, its neighbour may be taken for it: a pair further apart than half of this may be
        of two neighbours.
        """
        known = [one for one in (self.a.spacing, self.b.spacing) if one == one]
        return min(known) if known and self.match.one_to_one else float("nan")

    def matched(self, side: str) -> np.ndarray:
        """Return which things of a side ("a" or "b") are in a pair."""
        rows, things = (self.match.a, self.a) if side == "a" else (self.match.b, self.b)
        return np.bincount(rows, minlength=len(things)) > 0

    def status_agreement(self) -> np.ndarray:
        """Return for each pair whether the statuses agree, differ, or one of them is not known."""
        ours = self.a.table["status"].to_numpy()[self.match.a]
        theirs = self.b.table["status"].to_numpy()[self.match.b]
        known = (ours != fields.UNKNOWN) & (theirs != fields.UNKNOWN)
        return np.select([~known, ours == theirs], [fields.NOT_KNOWN, fields.AGREE], fields.DIFFER).astype(object)


def matched_table(compared: Comparison) -> pd.DataFrame:
    """Return one row a pair, what the two say side by side; ``lon``, ``lat`` are A's place."""
    a, b, match = compared.a, compared.b, compared.match
    here, there = a.place[match.a], b.place[match.b]
    frame = pd.DataFrame(
        {
            "lon": here[:, 0],
            "lat": here[:, 1],
            "b_lon": there[:, 0],
            "b_lat": there[:, 1],
            "distance_m": match.distance,
            "bearing_deg": _bearing(here, there),
            "may_be_neighbours": _beyond_half(match.distance, compared.spacing),
            "a_kind": a.kind,
            "b_kind": b.kind,
            "status_agreement": compared.status_agreement(),
            "a_pairs": np.bincount(match.a, minlength=len(a))[match.a],
            "b_pairs": np.bincount(match.b, minlength=len(b))[match.b],
        }
    )
    for side, things, rows in (("a", a, match.a), ("b", b, match.b)):
        for name in ("id", "status", "status_date", "first_seen_from", "first_seen_to", "last_seen"):
            frame[f"{side}_{name}"] = things.table[name].to_numpy()[rows]
    for name in ("unit_code", "unit_name"):
        frame[name] = _of_unit(compared, name, compared.unit_of_a[match.a])
    frame["first_seen_gap_days"] = _gap_days(frame)
    return _with_matching(frame, compared)


def _bearing(here: np.ndarray, there: np.ndarray) -> np.ndarray:
    distance, bearing = distance_and_bearing(*here.T, *there.T)
    return np.where(distance > 0, bearing, np.nan)


def _beyond_half(distance: np.ndarray, spacing: float) -> np.ndarray:
    """Return yes or no for each pair: are they further apart than half the spacing? None where it is not known."""
    if spacing != spacing:
        return np.full(len(distance), None, dtype=object)
    return np.where(distance > spacing / 2, fields.YES, fields.NO).astype(object)


def _gap_days(frame: pd.DataFrame) -> np.ndarray:
    """Return the days between the first images, as far as their dates tell: 0 where they may be of one day."""
    b_later = (frame["b_first_seen_from"] - frame["a_first_seen_to"]).dt.days
    a_later = (frame["a_first_seen_from"] - frame["b_first_seen_to"]).dt.days
    # One open end leaves the gap open, unless the other two ends already lie apart.
    gap = pd.concat([b_later, a_later], axis=1).max(axis=1)
    open_ended = b_later.isna() | a_later.isna()
    return gap.clip(lower=0).mask(open_ended & ~(gap > 0)).to_numpy(dtype=float)


def only_table(compared: Comparison, side: str) -> pd.DataFrame:
    """Return, for each thing of a side that is in no pair, its ``row``, and why, and how far the nearest other is."""
    match = compared.match
    nearest, metres = (match.nearest_a, match.nearest_a_m) if side == "a" else (match.nearest_b, match.nearest_b_m)
    other = compared.b if side == "a" else compared.a
    rows = np.flatnonzero(~compared.matched(side))
    near = metres[rows] <= match.reach
    reason = np.where(nearest[rows] < 0, fields.OTHER_EMPTY, np.where(near, fields.TAKEN, fields.NONE_NEAR))
    ids = tally.with_none(other.table["id"])[nearest[rows]]
    frame = pd.DataFrame({"row": rows, "reason": reason.astype(object), "nearest_m": metres[rows], "nearest_id": ids})
    return _with_matching(frame, compared)


def unit_table(compared: Comparison) -> pd.DataFrame:
    """Return the counts of each unit, of what lies outside all, and of all: over units and outside they add up."""
    known = 0 if compared.units is None else len(compared.units)
    groups = known + 1
    frame = pd.DataFrame({"scope": [*[fields.BY_UNIT] * known, fields.OUTSIDE]})
    for name in ("unit_code", "unit_name", "parent_name"):
        frame[name] = _of_unit(compared, name, np.append(np.arange(known), -1))
    for name, counts in _counts(compared, groups).items():
        frame[name] = counts
    numbers = frame.select_dtypes("number").columns
    total = pd.DataFrame([{"scope": fields.TOTAL, **frame[numbers].sum()}], columns=frame.columns)
    if not (frame[["a", "b"]].iloc[-1] > 0).any():
        frame = frame.iloc[:-1]
    frame = pd.concat([frame, total] if known else [total], ignore_index=True)
    frame["a_kind"], frame["b_kind"] = compared.a.kind, compared.b.kind
    frame["a_matched_pct"] = tally.percent(frame["a_matched"], frame["a"])
    frame["b_matched_pct"] = tally.percent(frame["b_matched"], frame["b"])
    both = tally.percent(frame["a_matched"] + frame["b_matched"], frame["a"] + frame["b"])
    # Tanks and sites are no parts of one sum.
    frame["agreement_pct"] = both if compared.match.one_to_one else np.nan
    return _with_matching(frame, compared)


def _counts(compared: Comparison, groups: int) -> dict[str, np.ndarray]:
    """Return the counts by unit: pairs are counted where A's thing stands."""
    counts = {}
    for side, unit in (("a", compared.unit_of_a), ("b", compared.unit_of_b)):
        group, matched = np.where(unit < 0, groups - 1, unit), compared.matched(side)
        counts[side] = np.bincount(group, minlength=groups)
        counts[f"{side}_matched"] = tally.count_by(group, groups, matched)
        counts[f"only_{side}"] = tally.count_by(group, groups, ~matched)
    ours, theirs = compared.unit_of_a[compared.match.a], compared.unit_of_b[compared.match.b]
    group = np.where(ours < 0, groups - 1, ours)
    counts["pairs"] = np.bincount(group, minlength=groups)
    counts["pairs_across_units"] = tally.count_by(group, groups, ours != theirs)
    agreement = compared.status_agreement()
    for name, word in (("agree", fields.AGREE), ("differ", fields.DIFFER), ("not_known", fields.NOT_KNOWN)):
        counts[f"status_{name}"] = tally.count_by(group, groups, agreement == word)
    return counts


def _of_unit(compared: Comparison, name: str, unit: np.ndarray) -> np.ndarray:
    """Return a column of the units for each index; what stands in none is named so."""
    if compared.units is None:
        return np.full(len(unit), None, dtype=object)
    values = tally.with_none(compared.units[name])
    if name == "unit_name":
        values[-1] = fields.OUTSIDE
    return values[unit]


def _with_matching(frame: pd.DataFrame, compared: Comparison) -> pd.DataFrame:
    frame["match_distance_m"] = compared.match.reach
    frame["matching"] = compared.matching
    return frame
