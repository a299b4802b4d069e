"""Which rows show the same tank: by id first, else by place and date (see the design's rules of time)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from ...analysis.geometry.ground import geocentric, straight
from .groups import NO_DATE, whole

FOLD_DISTANCE = 5.0
# A tank that moves further than this between two of its rows is worth a word.
_FAR = 50.0
_EXAMPLES = 3
# Beyond this many pairs the points are heaped, and place tells nothing.
_MAX_PAIRS = 20_000_000


@dataclass(frozen=True)
class Labels:
    """The group of each row, the last date at which it speaks of its tank (see ``groups.whole``), and notes."""

    group: np.ndarray
    end: np.ndarray
    notes: list[str]


def label(rows: pd.DataFrame, distance: float) -> Labels:
    """Return which rows belong together, by ``key``, else within ``distance`` metres and on different dates."""
    start, end = (whole(dates) for dates in seen(rows))
    space = geocentric(rows["lon"].to_numpy(float), rows["lat"].to_numpy(float))
    codes, keys = pd.factorize(rows["key"].to_numpy(dtype=object))
    keyed, notes = _true_ids(codes, keys, start, space, straight(distance))
    group = np.where(keyed, codes, -1)
    loose = np.flatnonzero(~keyed)
    parts, doubles = _by_place(space[loose], start[loose], end[loose], straight(distance))
    group[loose] = parts + codes.max(initial=-1) + 1
    more = _double_notes(doubles, rows["row"].to_numpy()[loose])
    return Labels(group, end, [*notes, *_moved(group, keyed, space, keys), *more])


def seen(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the first and the last date at which a row speaks of its tank; NaT where it gives none."""
    dates = rows[["first_seen", "last_seen", "absent_on", "gone_by"]]
    return (
        dates["first_seen"].fillna(dates["last_seen"]).fillna(dates["absent_on"]).fillna(dates["gone_by"]),
        dates["last_seen"].fillna(dates["first_seen"]).fillna(dates["absent_on"]).fillna(dates["gone_by"]),
    )


def _first_of(labels: np.ndarray) -> np.ndarray:
    """Return, for each row, the position of the first row with the same label."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return first[inverse]


def _true_ids(
    codes: np.ndarray, keys: np.ndarray, start: np.ndarray, space: np.ndarray, reach: float
) -> tuple[np.ndarray, list[str]]:
    """Return which rows bear a tank's id: one that repeats on one date at different places is none."""
    keyed = codes >= 0
    dates, days = pd.factorize(start)
    at_once = codes * max(len(days), 1) + dates
    apart = np.linalg.norm(space - space[_first_of(at_once)], axis=1) > reach
    false_ids = np.unique(codes[keyed & apart])
    if not len(false_ids):
        return keyed, []
    shown = some(keys[false_ids])
    repeated = int((np.bincount(codes[keyed]) > 1).sum())
    if len(false_ids) > repeated / 2:
        return np.zeros(len(codes), dtype=bool), [
            f"The ids are not tanks' ids: {len(false_ids):,} of {repeated:,} that repeat do so on one date at "
            f"different places: {shown}. The rows were treated as if they had none."
        ]
    rows = np.isin(codes, false_ids)
    return keyed & ~rows, [
        f"{len(false_ids):,} ids repeat on one date at different places: {shown}. Their {rows.sum():,} rows were kept "
        "as separate tanks."
    ]


def some(names: Sequence[object]) -> str:
    """Return the first of some names, parted by commas."""
    return ", ".join(str(name) for name in names[:_EXAMPLES]) + (", …" if len(names) > _EXAMPLES else "")


def _moved(group: np.ndarray, keyed: np.ndarray, space: np.ndarray, keys: np.ndarray) -> list[str]:
    away = np.linalg.norm(space - space[_first_of(group)], axis=1) > _FAR
    moved = np.unique(group[away & keyed])
    if not len(moved):
        return []
    return [f"{len(moved):,} tanks have rows more than {_FAR:.0f} m apart under one id: {some(keys[moved])}."]


def _by_place(
    space: np.ndarray, start: np.ndarray, end: np.ndarray, reach: float
) -> tuple[np.ndarray, np.ndarray | None]:
    """Return groups of rows within reach of each other whose dates do not meet, and those rows whose dates do.

    Each row is a group, and None takes their place, where very many rows lie on top of each other.
    """
    if not len(space):
        return np.empty(0, dtype=int), np.empty(0, dtype=int)
    tree = cKDTree(space)
    if (tree.count_neighbors(tree, reach) - len(space)) / 2 > _MAX_PAIRS:
        return np.arange(len(space)), None
    one, other = tree.query_pairs(reach, output_type="ndarray").T
    dated = (start[one] != NO_DATE) & (start[other] != NO_DATE)
    apart = dated & ((end[one] < start[other]) | (end[other] < start[one]))
    group = _components(one[apart], other[apart], len(space))
    mixed = _overlapping(group, start, end)
    if len(mixed):
        pairs = apart & np.isin(group[one], mixed)
        group = _greedy(one[pairs], other[pairs], space, start, end, group)
    return group, np.unique(np.concatenate([one, other])[np.tile(group[one] != group[other], 2)])


def _double_notes(doubles: np.ndarray | None, row: np.ndarray) -> list[str]:
    if doubles is None:
        return ["Very many rows lie on top of each other: rows were not folded by place. FIELD_MAP can name an id."]
    if not len(doubles):
        return []
    return [
        f"{len(doubles):,} rows lie within {FOLD_DISTANCE:.0f} m of another without a date that tells them apart: "
        f"possible duplicates, all kept (rows {some(row[doubles])})."
    ]


def _components(one: np.ndarray, other: np.ndarray, size: int) -> np.ndarray:
    graph = coo_matrix((np.ones(len(one), dtype=bool), (one, other)), shape=(size, size))
    return connected_components(graph, directed=False)[1]


def _overlapping(group: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return the groups in which two rows show a tank at the same time: these hold more tanks than one."""
    order = np.lexsort([start, group])
    latest = pd.Series(end[order]).groupby(group[order]).cummax().to_numpy()
    same = group[order][1:] == group[order][:-1]
    return np.unique(group[order][1:][same & (start[order][1:] <= latest[:-1])])


def _greedy(
    one: np.ndarray, other: np.ndarray, space: np.ndarray, start: np.ndarray, end: np.ndarray, group: np.ndarray
) -> np.ndarray:
    """Join the nearest pairs first, never two rows that show a tank at the same time. Returns groups anew."""
    members = {row: [row] for row in np.unique(np.concatenate([one, other])).tolist()}
    root = {row: row for row in members}
    length = np.linalg.norm(space[one] - space[other], axis=1)
    for pair in np.lexsort([*space[other].T, *space[one].T, length.round(3)]).tolist():
        a, b = root[int(one[pair])], root[int(other[pair])]
        if a != b and not any(start[i] <= end[j] and start[j] <= end[i] for i in members[a] for j in members[b]):
            for row in members.pop(b):
                members[a].append(row)
                root[row] = a
    result = group.copy()
    fresh = group.max(initial=-1) + 1
    for rows in members.values():
        result[rows] = fresh
        fresh += 1
    return result
