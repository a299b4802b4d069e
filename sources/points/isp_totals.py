"""Totals without places: a township, a period, and a number of sites or ponds. Each number becomes a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ...analysis.fields import ISP_TOTALS, PONDS, SITES, UNKNOWN, Kind
from ..columns import values
from ..columns.dates import PRECISION_OF_RANK, RANK, parse_when
from ..columns.naming import with_prefix
from ..columns.periods import Period, parse_periods
from ..notes import Information
from .isp_numbers import Number, parse_numbers
from .isp_roles import NumberColumn

_NAMES = [field.name for field in ISP_TOTALS]
_TEXTS = ("source", "parent_name", "unit_code", "unit_name")
_SUM = re.compile(r"(?:grand |sub ?)?totals?\b.*|sum|all(?: townships)?", re.IGNORECASE)


@dataclass(frozen=True)
class Totals:
    """``table``: the fields of totals, then ``src_…``. ``used``: which of the given rows bear a number."""

    table: pd.DataFrame
    used: np.ndarray
    notes: list[str] = field(default_factory=list)


def read_totals(
    table: pd.DataFrame,
    row: np.ndarray,
    numbers: Sequence[NumberColumn],
    mapping: Mapping[str, str],
    name: str,
    reason: np.ndarray,
    snapshot_year: int | None = None,
) -> Totals:
    """Return the numbers of some rows of a source, one row each.

    ``row`` (1-based) and ``reason`` (why the row is no site) go with ``table``; ``name`` stands for the source.
    """
    table = table.reset_index(drop=True)
    mapping = {role: column for role, column in mapping.items() if column}
    parts, notes = [], []
    for number in numbers:
        part, remarks = _numbers(table, number, mapping)
        parts.append(part)
        notes += remarks
    found = pd.concat([_none(), *parts]).sort_values("at", kind="stable", ignore_index=True)
    at = found["at"].to_numpy(dtype=int)
    for role in _TEXTS:
        found[role] = values.texts(table[mapping[role]])[at] if role in mapping else None
    found["source"] = found["source"].where(found["source"].notna(), name)
    if "country" in mapping:
        countries = values.countries(table[mapping["country"]])
        found["country"] = countries.values[at]
        notes += values.unread_note("Country", mapping["country"], countries.unread, "empty")
    found["row"], found["reason"] = row[at], reason[at]
    notes += _date(found, snapshot_year) + _sums(found)
    totals = found.reindex(columns=_NAMES)
    for one in (one for one in ISP_TOTALS if one.kind is Kind.TEXT):
        totals[one.name] = values.none_for_missing(totals[one.name])
    used = np.isin(np.arange(len(table)), at)
    return Totals(pd.concat([totals, with_prefix(table.take(at).reset_index(drop=True))], axis=1), used, notes)


def _none() -> pd.DataFrame:
    texts = dict.fromkeys(
        ("counted", "qualifier", "number_text", "number_column", "period"), pd.Series([], dtype=object)
    )
    reals = dict.fromkeys(("number_low", "number_high"), pd.Series([], dtype=float))
    return pd.DataFrame({"at": pd.Series([], dtype=int), **texts, **reals})


def _numbers(table: pd.DataFrame, number: NumberColumn, mapping: Mapping[str, str]) -> tuple[pd.DataFrame, list[str]]:
    parsed = parse_numbers(table[number.column])
    text = values.texts(table[number.column])
    unread = np.isin(text.astype(str), list(parsed.unread))
    at = np.flatnonzero(unread | np.array([one is not None for one in parsed.values], dtype=bool))
    known = [one or Number(None, None, None) for one in parsed.values[at]]
    part = pd.DataFrame(known, columns=["number_low", "number_high", "qualifier"]).assign(
        at=at, counted=_counted(table, number, mapping)[at], number_text=text[at], number_column=number.column
    )
    part[["number_low", "number_high"]] = part[["number_low", "number_high"]].astype(float)
    part["period"] = number.period or _periods(table, mapping)[at]
    return part, values.unread_note("Number", number.column, parsed.unread, "without a number (the text is kept)")


def _counted(table: pd.DataFrame, number: NumberColumn, mapping: Mapping[str, str]) -> np.ndarray:
    if number.counted != UNKNOWN or "counted" not in mapping:
        return np.full(len(table), number.counted, dtype=object)
    words = [values.phrase(text or "") for text in values.texts(table[mapping["counted"]])]
    return np.array([*map(_kind, words), None], dtype=object)[:-1]


def _kind(words: str) -> str:
    is_site, is_pond = bool(re.search(r"\bsites?\b", words)), bool(re.search(r"\b(?:ponds?|pools?|tanks?)\b", words))
    if is_site == is_pond:
        return UNKNOWN
    return SITES if is_site else PONDS


def _periods(table: pd.DataFrame, mapping: Mapping[str, str]) -> np.ndarray:
    """Return the period of each row as text: the period column's, else the date column's."""
    found = np.full(len(table), None, dtype=object)
    for role in ("date", "period"):
        if role in mapping:
            text = values.texts(table[mapping[role]])
            found = np.where(pd.isna(text), found, text)
    return found


def _date(found: pd.DataFrame, snapshot_year: int | None) -> list[str]:
    """Date the numbers in place, by the words of their periods; those without any by the snapshot."""
    given = found["period"].astype(object)
    parsed = parse_periods(given)
    # "Dec 2024" may head what was first seen then, or all that stood then. Both were seen by its end.
    bare = given.isin([text for text in given.dropna().unique() if _is_bare(text)]).to_numpy()
    periods = [period or Period(None, None, 0) for period in parsed.values]
    starts = [None if by else period.start for period, by in zip(periods, bare)]
    ranks = np.array([period.rank for period in periods], dtype=int)
    ends = pd.Series([period.end for period in periods], found.index, dtype=object)
    if snapshot_year is not None:
        undated = given.isna().to_numpy()
        ends[undated], ranks[undated] = pd.Timestamp(snapshot_year, 12, 31), RANK["year"]
    found["first_seen_from"] = pd.to_datetime(pd.Series(starts, found.index, dtype=object)).astype("datetime64[ns]")
    found["first_seen_to"] = pd.to_datetime(ends).astype("datetime64[ns]")
    found["date_precision"] = PRECISION_OF_RANK[ranks]
    notes = values.unread_note("Period", "of the totals", parsed.unread, "without dates (the text is kept)")
    return (
        [*notes, Information(f"{bare.sum():,} totals bear a bare date: what they count was first seen by then.")]
        if bare.any()
        else notes
    )


def _is_bare(text: str) -> bool:
    when = parse_when(text, day_first=None)
    return when is not None and not when.is_interval


def _sums(found: pd.DataFrame) -> list[str]:
    names = found["unit_name"].fillna("").astype(str).str.strip()
    sums = int(names.str.fullmatch(_SUM).sum())
    return (
        [f"{sums:,} totals look like sums of others (such as “Total”): do not add them to the others."] if sums else []
    )
