"""Tables in which a title stands above the names of the columns, or that have no such names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from .cells import unique_names

_LOOKED_AT = 10
_DECIMAL = re.compile(r"[-+]?\d+[.,]\d+")
# So GDAL calls a column whose first cell is empty or no text.
_NAMELESS = re.compile(r"Field\d+")


def below_title(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return a sheet's table with the names that stand below a title, where most columns have none, and a note.

    Such names are a row of different words, one for nearly each column, with numbers below some of them.
    """
    nameless = [bool(_NAMELESS.fullmatch(str(name))) for name in table.columns]
    if sum(nameless) * 2 <= len(nameless):
        return table, []
    for at in range(min(_LOOKED_AT, len(table) - 1)):
        names, rest = table.iloc[at], table.iloc[at + 1 :]
        if _are_names(names, rest):
            break
    else:
        return table, []
    columns = [old if pd.isna(new) else str(new).strip() for old, new in names.items()]
    title = [name for name, is_nameless in zip(table.columns, nameless) if not is_nameless]
    title += [str(cell) for cell in table.iloc[:at].to_numpy().ravel() if not pd.isna(cell)]
    note = f"The names of the columns were found below a title ({'; '.join(title)[:80] or 'of empty cells'})."
    found = rest.reset_index(drop=True).set_axis(unique_names(columns), axis=1)
    return found, [f"{note} Rows are numbered from there."]


def like_data(columns: Sequence[str]) -> list[str]:
    """Return a note where the names of columns look like a row of data: that row is missing then."""
    if sum(bool(_DECIMAL.fullmatch(name)) for name in columns) < 2:
        return []
    shown = ", ".join(columns[:6])
    return [f"The first row was read as the names of the columns, but looks like data: {shown}. Add a row of names."]


def _are_names(names: pd.Series, rest: pd.DataFrame) -> bool:
    used = [name for name, is_used in zip(names.tolist(), rest.notna().any().tolist()) if is_used]
    given = [str(name).strip() for name in names if not pd.isna(name)]
    if len(given) < 2 or len(given) < 0.75 * len(used) or len(set(given)) < len(given):
        return False
    if _numbers(pd.Series(given)).any():
        return False
    return any(_numbers(rest.iloc[:, index].dropna()).mean() > 0.5 for index in range(rest.shape[1]))


def _numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells, errors="coerce").notna()
