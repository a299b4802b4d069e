"""Published figures: who counted what, where and when, and which source says so. Facts, shipped with the plugin."""

from __future__ import annotations

import calendar
import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple, Optional, Union

from ..analysis.fields import DAY, MONTH, NO_DATE, PUBLISHED_FIGURES, YEAR, Kind

FILE = Path(__file__).resolve().parent.parent / "resources" / "published_figures.csv"
CITATION = (
    "Published figures of ISP-Myanmar, Global Witness, the Stimson Center, the Shan Human Rights Foundation, Myanmar "
    "Witness and Chinkaka et al. (2023): cite the source of each row, not this table."
)
# Optional and Union: evaluated at import, on Python 3.9 as well.
Value = Optional[Union[str, int, float, date]]


class _Day(NamedTuple):
    first: date
    last: date
    precision: str


def published_figures() -> list[dict[str, Value]]:
    """Return the figures by the names of ``PUBLISHED_FIGURES``; None where a figure does not say.

    A date that is known to the year or month is that one's first day in ``period_from``, its last in ``period_to``;
    ``date_precision`` is the coarser of the two.
    """
    with FILE.open(encoding="utf-8", newline="") as opened:
        return [_figure(row) for row in csv.DictReader(opened)]


def _figure(row: dict[str, str]) -> dict[str, Value]:
    start, end = _day(row["period_from"]), _day(row["period_to"])
    ranks = [day.precision for day in (start, end) if day]
    known: dict[str, Value] = {
        "period_from": start.first if start else None,
        "period_to": end.last if end else None,
        "date_precision": max(ranks, key=(DAY, MONTH, YEAR).index, default=NO_DATE),
    }
    convert = {Kind.REAL: float, Kind.WHOLE: int, Kind.TEXT: str}
    for field in PUBLISHED_FIGURES:
        if field.name not in known:
            known[field.name] = convert[field.kind](row[field.name]) if row[field.name] else None
    return known


def _day(text: str) -> _Day | None:
    """Return the stretch of an ISO date, whole or cut to its month or year."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return _Day(date(*parts), date(*parts), DAY)
    year, month = parts[0], parts[1] if len(parts) == 2 else None
    last = calendar.monthrange(year, month or 12)[1]
    return _Day(date(year, month or 1, 1), date(year, month or 12, last), MONTH if month else YEAR)
