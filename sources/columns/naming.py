"""Names of rows and of columns that are unique, whatever the source gives."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...analysis.fields import SOURCE_PREFIX


def unique_ids(ids: pd.Series, row: np.ndarray) -> np.ndarray:
    """Return an id for each row: its own, "row 17" where it has none; one that repeats gets its row number as well."""
    names = ids.to_numpy(dtype=object, copy=True)
    missing = pd.isna(names)
    names[missing] = [f"row {number}" for number in row[missing]]
    repeated = np.flatnonzero(pd.Series(names).duplicated(keep=False).to_numpy() & ~missing)
    names[repeated] = [f"{names[index]} row {row[index]}" for index in repeated]
    # The parts of one multipoint share their row; a source may even have named an id "row 17".
    while (again := pd.Series(names).duplicated()).any():
        number = pd.Series(names).groupby(names).cumcount().to_numpy()
        for index in np.flatnonzero(again):
            names[index] = f"{names[index]} ({number[index] + 1})"
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
    # The cells are shared, not copied.
    prefixed = table.copy(deep=False)
    prefixed.columns = names
    return prefixed
