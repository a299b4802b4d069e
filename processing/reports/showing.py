"""Values as a person reads them."""

from __future__ import annotations

import unicodedata
from numbers import Integral
from typing import TYPE_CHECKING, Any

from ...analysis.fields import DEFINITION
from ...translation import tr

if TYPE_CHECKING:
    import pandas as pd

    from .content import Number

NOT_KNOWN = "–"
_DEFINING = {field.name for field in DEFINITION} | {"start_year", "end_year", "cut_date"}


def shown(value: Any, group: str = ",") -> str:
    """Return a value as text, thousands parted by ``group``: an en dash where it is not known."""
    import pandas as pd

    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return NOT_KNOWN
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:{group}.0f}" if value.is_integer() else f"{value:{group}.2f}"
    return f"{value:{group}d}" if isinstance(value, Integral) else plain_text(str(value))


def plain_text(text: str) -> str:
    """Return the text without control characters, of which XML, HTML and PDF make nothing good."""
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)


def rows(frame: pd.DataFrame, most: int) -> list[list[str]]:
    """Return the first rows as text. A year is a name, not an amount: 2020, not 2,020."""
    group = ["" if str(name).endswith("year") else "," for name in frame.columns]
    return [[shown(v, g) for v, g in zip(row, group)] for row in frame.head(most).itertuples(index=False)]


def one_value_columns(frame: pd.DataFrame) -> dict[str, str]:
    """Return the columns of the definition that say the same in every row, with what they say."""
    if len(frame) < 2:
        return {}
    same = [name for name in frame.columns if name in _DEFINING and frame[name].nunique(dropna=False) == 1]
    return {str(name): rows(frame[[name]], 1)[0][0] for name in same}


def amount(number: Number) -> str:
    """Return a headline number with its unit."""
    return " ".join(part for part in (shown(number.value), number.unit) if part)


def interval(number: Number) -> str:
    """Return what is known of the number where dates leave it open, or nothing."""
    low, high = shown(number.low), shown(number.high)
    if number.low is None and number.high is None:
        return ""
    if number.high is None:
        return tr("at least {low}").format(low=low)
    if number.low is None:
        return tr("at most {high}").format(high=high)
    return tr("at least {low}, at most {high}").format(low=low, high=high)
