"""Names of rows and of columns that are unique, whatever the source gives."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...analysis.fields import SOURCE_PREFIX


def unique_ids(ids: pd.Series, row: np.ndarray) -> np.ndarray:
    """Return an id for each row: its own, "row 17" where it has none; one that repeats gets its row number as well."""
    numbers = pd.Series(row, ids.index).astype(str)
    names = ids.astype(object).where(ids.notna(), "row " + numbers)
    repeated = names.duplicated(keep=False) & ids.notna()
    names = names.mask(repeated, names.astype(str) + " row " + numbers)
    # The parts of one multipoint share their row; a source may even have named an id "row 17".
    again = names.groupby(names).cumcount()
    suffix = " (" + (again + 1).astype(str) + ")"
    while (again > 0).any():
        names = names.mask(again > 0, names.astype(str) + suffix)
        again = names.groupby(names).cumcount()
    return names.to_numpy(dtype=object)


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
