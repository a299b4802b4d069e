"""Rows of a source matched with units: by code, by a known spelling, by name within the state, then by place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd

from ...analysis.fields import CODE, NO_MATCH, PLACE, UNIT_MATCHES
from ...analysis.units.placement import OUTSIDE, place
from ..notes import Information
from .unit_index import Named, UnitIndex

_TOLD = ("unit_code", "unit_name", "parent_name", "country")
_EXAMPLES = 4
_NOTES = {
    "codes": "have a code that no unit has (codes differ between versions; their names or places were looked at)",
    "states": "name a state that no unit lies in, which was left aside",
    "towns": "name a town, no township, and were matched to the township around it",
    "clash": "have a code and a name of different units: the code counts",
    "several": "have a name that several units bear, so that it decides nothing",
}


@dataclass(frozen=True)
class Matches:
    """For each row the unit (its position in the table of units, or OUTSIDE) and how it was found (``UNIT_MATCHES``).

    ``disagreeing``: rows that name one unit and stand in another; they keep the unit that they name.
    """

    unit: np.ndarray
    how: np.ndarray
    disagreeing: int
    notes: list[str]


@dataclass
class _Read:
    """What the distinct codes and names of the rows mean."""

    unit: list[int] = field(default_factory=list)
    how: list[str] = field(default_factory=list)
    told: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in _NOTES})

    def tell(self, kind: str, text: str, rows: int) -> None:
        self.told[kind][text] += rows


def match_units(rows: pd.DataFrame, units: gpd.GeoDataFrame, what: str = "rows") -> Matches:
    """Match rows with units (degrees, as ``analysis.units.prepare`` returns them).

    ``rows`` may have ``unit_code``, ``unit_name``, ``parent_name`` (state), ``country`` and ``lon``, ``lat`` (degrees);
    missing values are None. Names are never compared by likeness. ``what`` names the rows in the notes.
    """
    told = pd.DataFrame({name: rows.get(name, pd.Series(None, rows.index, dtype=object)) for name in _TOLD})
    told = told.astype(object).where(told.notna(), "").astype(str)
    of_row = told.groupby(list(_TOLD), sort=False).ngroup().to_numpy()
    counts = np.bincount(of_row, minlength=1)
    index, read = UnitIndex(units), _Read()
    for number, (code, name, state, country) in enumerate(told.drop_duplicates().itertuples(index=False)):
        _decide(index, read, (code, name, state, country), int(counts[number]))
    unit = np.array([*read.unit, OUTSIDE], dtype=int)[:-1][of_row]
    how = np.array([*read.how, None], dtype=object)[:-1][of_row]
    stands = _places(rows, units)
    differ = (unit != OUTSIDE) & (stands != OUTSIDE) & ~_same(index, unit, stands)
    by_place = (unit == OUTSIDE) & (stands != OUTSIDE)
    unit, how = np.where(by_place, stands, unit), np.where(by_place, PLACE, how)
    notes = [_rates(how, what), *_unmatched(told, how), *(_note(kind, read.told[kind]) for kind in _NOTES)]
    notes += [_disagreements(index, unit[differ], stands[differ])]
    return Matches(unit, how, int(differ.sum()), [note for note in notes if note])


def _decide(index: UnitIndex, read: _Read, told: tuple[str, ...], rows: int) -> None:
    code, name, state, country = told
    by_code = index.coded(code) if code else None
    by_name = index.named(name, state, country) if name else Named(frozenset())
    if code and by_code is None:
        read.tell("codes", code, rows)
    if name and state and not index.knows_state(state):
        read.tell("states", state, rows)
    if by_code is not None:
        if by_name.units and by_code not in by_name.units:
            read.tell("clash", f"{code} is {index.labels[by_code]}, not {name}", rows)
        _take(read, by_code, CODE)
    elif len(by_name.units) == 1:
        if by_name.town:
            read.tell("towns", f"{name} in {index.labels[min(by_name.units)]}", rows)
        _take(read, min(by_name.units), by_name.how)
    else:
        if by_name.units:
            read.tell("several", name, rows)
        _take(read, OUTSIDE, NO_MATCH)


def _take(read: _Read, unit: int, how: str) -> None:
    read.unit.append(unit)
    read.how.append(how)


def _places(rows: pd.DataFrame, units: gpd.GeoDataFrame) -> np.ndarray:
    if not {"lon", "lat"} <= set(rows) or not len(rows):
        return np.full(len(rows), OUTSIDE)
    return place(rows["lon"].to_numpy(dtype=float), rows["lat"].to_numpy(dtype=float), units).unit_of_tank


def _same(index: UnitIndex, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return whether two units are one, which may lie in several rows of the table."""
    codes = np.array([*index.codes, ""], dtype=object)
    return (one == other) | ((codes[one] == codes[other]) & (codes[one] != ""))


def _rates(how: np.ndarray, what: str) -> str:
    counts = Counter(how.tolist())
    parts = [f"{counts[word]:,} by {word}" for word in UNIT_MATCHES if counts[word]]
    parts.append(f"{counts[NO_MATCH]:,} not matched")
    return Information(f"Units: of {len(how):,} {what}, {', '.join(parts)}.")


def _unmatched(told: pd.DataFrame, how: np.ndarray) -> list[str]:
    lost = told[how == NO_MATCH]
    if lost.empty:
        return []
    labels = lost["unit_name"].where(lost["unit_name"] != "", lost["unit_code"])
    states = (" (" + lost["parent_name"] + ")").where(lost["parent_name"] != "", "")
    names = ("“" + labels + "”" + states).where(labels != "", "no name")
    return [f"Not matched: {_listed(Counter(names))}. They keep the code and name that the source gives."]


def _note(kind: str, found: Counter[str]) -> str:
    return f"{sum(found.values()):,} rows {_NOTES[kind]}: {_listed(found)}." if found else ""


def _disagreements(index: UnitIndex, named: np.ndarray, stands: np.ndarray) -> str:
    pairs = Counter(f"{index.labels[one]} named, {index.labels[other]} by place" for one, other in zip(named, stands))
    if not pairs:
        return ""
    return (
        f"{len(named):,} rows name one unit and stand in another: {_listed(pairs)}. They keep the one they name; "
        "summaries by township go by place."
    )


def _listed(found: Counter[str]) -> str:
    shown = ", ".join(f"{text} ({count:,})" for text, count in found.most_common(_EXAMPLES))
    return shown + (f" and {len(found) - _EXAMPLES:,} more" if len(found) > _EXAMPLES else "")
