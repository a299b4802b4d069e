"""What the words and dates of a layer mean, as far as the filter can use them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ...analysis.fields import UNKNOWN
from ...analysis.selection.columns import NO_YEAR, TEXT_DATE, YEAR, TankColumns
from ...analysis.selection.wanted import DATE_ROLES
from ...translation import tr

if TYPE_CHECKING:
    from ...analysis.selection.coding import Raw

# What sources write where no year is known.
_NONE = 9999


def classes(role: str, words: list[str]) -> Sequence[str]:
    """Return which status or type each word of a source means: unknown where it says nothing clear."""
    import pandas as pd

    from ...sources.columns import values

    read = {"status": values.statuses, "tank_type": values.tank_types}[role]
    return [word or UNKNOWN for word in read(pd.Series(words, dtype=object)).values]


def unusable_dates(columns: TankColumns, raw: Mapping[str, Raw]) -> str:
    """Return which column holds dates that no filter can compare, for people; "" where none does."""
    for role in DATE_ROLES:
        if role in columns and (odd := _odd(columns.kinds[role], raw[role])):
            return _unusable(columns.names[role], odd)
    return ""


def _odd(kind: str, values: Raw) -> str:
    """Return an example of what is no year or date that begins with one."""
    if kind == TEXT_DATE:
        return _first(text for text in values[1] if text and not re.match(r"\d{4}(\D|$)", text))
    if kind == YEAR:
        return _first(str(int(year)) for year in values[(values >= NO_YEAR) & (values != _NONE)][:1])
    return ""


def _first(odd: Iterable[str]) -> str:
    return next(iter(odd), "")


def _unusable(column: str, example: str) -> str:
    return tr(
        "The column “{column}” holds dates that do not begin with the year (as 2021-03-14 does), such as “{example}”, "
        "so years cannot be chosen by it. Load the table with “Load tanks”, which reads such dates."
    ).format(column=column, example=example[:40])
