"""Counting by group, on arrays."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from . import fields


def count_by(group: np.ndarray, groups: int, chosen: np.ndarray) -> np.ndarray:
    """Return how many chosen rows (a bool array) each group has; rows of group -1 belong to none."""
    return np.bincount(group[chosen & (group >= 0)], minlength=groups)


def sum_by(group: np.ndarray, groups: int, values: np.ndarray) -> np.ndarray:
    """Return the sum of the values of each group, 0.0 for a group without rows."""
    known = group >= 0
    return np.bincount(group[known], values[known], groups)


def count_by_class(group: np.ndarray, groups: int, chosen: np.ndarray, number: np.ndarray, classes: int) -> np.ndarray:
    """Return how many chosen rows each group has of each class: groups × classes; ``number`` is each row's class."""
    rows = chosen & (group >= 0)
    return np.bincount(group[rows] * classes + number[rows], minlength=groups * classes).reshape(groups, classes)


def statuses(group: np.ndarray, groups: int, chosen: np.ndarray, status: np.ndarray) -> dict[str, np.ndarray]:
    """Return the chosen rows of each group by status: active, abandoned, unknown."""
    return {word: count_by(group, groups, chosen & (status == word)) for word in fields.STATUSES}


def tank_types(group: np.ndarray, groups: int, chosen: np.ndarray, tank_type: np.ndarray) -> dict[str, np.ndarray]:
    """Return the chosen rows of each group by tank type, under the columns' names."""
    return {
        "leachate": count_by(group, groups, chosen & (tank_type == fields.LEACHATE)),
        "precipitation": count_by(group, groups, chosen & (tank_type == fields.PRECIPITATION)),
        "type_unknown": count_by(group, groups, chosen & (tank_type == fields.UNKNOWN)),
    }


def majority(group: np.ndarray, groups: int, member_of: np.ndarray) -> np.ndarray:
    """Return, for each group, the number that most of its rows carry in ``member_of`` (-1 is a number too).

    Where two are equally frequent the lower one is taken, but any before -1.
    """
    rows = group >= 0
    result = np.full(groups, -1)
    if not rows.any():
        return result
    members = int(member_of.max()) + 2
    pair, size = np.unique(group[rows] * members + member_of[rows] + 1, return_counts=True)
    of, member = pair // members, pair % members - 1
    order = np.lexsort((member, member < 0, -size, of))
    first = order[np.unique(of[order], return_index=True)[1]]
    result[of[first]] = member[first]
    return result


def with_none(values: Iterable[object]) -> np.ndarray:
    """Return the values as an object array with a None behind them, so that index -1 finds "not known"."""
    return np.array([*values, None], dtype=object)


def percent(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return 100 × part / whole, NaN (not known) where the whole is zero."""
    whole = np.asarray(whole, dtype=float)
    return np.divide(100.0 * part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
