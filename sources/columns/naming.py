"""Names of rows and of columns that are unique, whatever the source gives."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...analysis.fields import SOURCE_PREFIX


def unique_ids(ids: pd.Series, row: np.ndarray) -> np.ndarray:
    """Return an id for each row: its own, "row 17" where it has none; one that repeats gets its row number as well."""
    names = ids.to_numpy(dtype=object, copy=True)
    missing = ids.isna().to_numpy()
    names[missing] = [f"row {number}" for number in row[missing].tolist()]
    repeated = pd.Series(names).duplicated(keep=False).to_numpy() & ~missing
    names[repeated] = [f"{name} row {number}" for name, number in zip(names[repeated], row[repeated].tolist())]
    return _told_apart(names) if missing.any() or repeated.any() else names


def _told_apart(names: np.ndarray) -> np.ndarray:
    """Return names with a number where they are still the same.

    The parts of one multipoint share their row; a source may even have named an id "row 17".
    """
    again = pd.Series(names).duplicated(keep="first").to_numpy()
    while again.any():
        times = pd.Series(names).groupby(names).cumcount().to_numpy()[again]
        names[again] = [f"{name} ({number + 1})" for name, number in zip(names[again], times.tolist())]
        again = pd.Series(names).duplicated(keep="first").to_numpy()
    return names


def with_prefix(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its columns prefixed ``src_`` once, and made unique whatever their case."""
    names: list[str] = []
    seen: set[str] = set()
    for column in table.columns:
        name = base = column if column.startswith(SOURCE_PREFIX) else SOURCE_PREFIX + column
        number = 1
        while name.casefold() in seen:
            number += 1
            name = f"{base}_{number}"
        seen.add(name.casefold())
        names.append(name)
    return table.set_axis(names, axis=1)
