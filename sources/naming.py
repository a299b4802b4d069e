"""Names of rows: ids that are unique, whatever the source gives."""

from __future__ import annotations

import numpy as np
import pandas as pd


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
