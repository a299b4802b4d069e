"""Which columns of a source of sites, ponds or totals play which role."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from ...analysis.fields import ISP_SITES, ISP_TOTALS, PONDS, SITES, UNKNOWN
from ..columns import roles
from ..columns.aliases import PLACE, RECORD_IDS, SITE
from ..columns.choosing import BY_NAME, Chosen, choose
from ..columns.periods import parse_period, parse_periods
from ..files.kml import FOLDER
from ..files.reader import Source
from . import places
from .isp_numbers import parse_numbers

# Roles of numbers in a table of totals, and what each counts.
NUMBERS = {"site_count": SITES, "pond_count": PONDS, "number": UNKNOWN}
ROLES = [*(field.name for field in ISP_SITES), "lat", "lon", "date", "parent_name", "counted", "site_count", "number"]
_PARENT = "parent_name ADM1 AMD1 ADM1_EN ADM1_NAME State_Region StateRegion State Region Province ST".split()
_UNIT_NAME = [*SITE["unit_name"], "Township_Name", "TS_Name", "Tsp", "Tsp_Name"]
_SITES = {**SITE, "unit_name": _UNIT_NAME, "parent_name": _PARENT}
_IN_TOTALS = ("country", "unit_code", "unit_name", "parent_name", "period", "date")
_TOTALS = {
    **{role: _SITES[role] for role in _IN_TOTALS},
    "counted": "Counted What What_counted Unit_of_count Category".split(),
}
_POND_IDS = "Pond_ID Pool_ID Tank_ID Pond_No Pool_No Pond_Number Pool_Number Pond_Name Pool_Name Pond_UID".split()
# In a file of ponds, an id of the row is the pond's, not its site's.
_ROW_IDS = {roles.plain(name) for name in ("ID", "UID", "FeatureUID", *RECORD_IDS)}

_WHAT = {SITES: r"\bsites?\b", PONDS: r"\b(?:ponds?|pools?|tanks?)\b", UNKNOWN: r"\b(?:mines?|locations?)\b"}
_PLURAL = re.compile(r"\b(?:sites|ponds|pools|tanks|mines|locations)\b", re.IGNORECASE)
_COUNT = r"\b(?:numbers?|num|counts?|total|no|nr|figures?)\b"
_FILLERS = r"\b(?:(?<!\bas )of|the|all|mining|mine|rare|earths?|ree|leaching|leach|in|situ|known|y|f|yr|year)\b(?!-)"


class NumberColumn(NamedTuple):
    """A column of numbers: what it counts (sites, ponds or unknown), and the period that its name tells, or ""."""

    column: str
    counted: str
    period: str = ""


def site_columns(source: Source, overrides: Mapping[str, str]) -> Chosen:
    """Return the columns of a source of sites; a KML's folders are the periods where they name any."""
    aliases = _SITES if places.needs_columns(source) else {role: _SITES[role] for role in _SITES if role not in PLACE}
    chosen = choose(source.table, ISP_SITES, aliases, overrides, source.fgdc)
    mapping = chosen.columns
    is_free = "period" not in mapping and FOLDER in source.columns
    if is_free and any(period is not None for period in parse_periods(source.table[FOLDER]).values):
        mapping["period"] = FOLDER
    numbers_rows = roles.plain(mapping.get("site_id", "")) in _ROW_IDS
    if numbers_rows and pond_column(source, mapping) and "site_id" not in overrides:
        del mapping["site_id"]
    return chosen


def pond_column(source: Source, mapping: Mapping[str, str]) -> str:
    """Return the column that numbers or names ponds where each row is one, or ""."""
    return roles.match(source.columns, _POND_IDS, set(mapping.values()))


def total_columns(source: Source, overrides: Mapping[str, str], numbers: Sequence[NumberColumn]) -> Chosen:
    """Return the columns of a table of totals; those of numbers where one column holds each kind."""
    taken = {number.column for number in numbers}
    free = source.table[[column for column in source.columns if column not in taken]]
    own = [field for field in ISP_TOTALS if field.name in _TOTALS]
    chosen = choose(free, own, _TOTALS, overrides, source.fgdc)
    # A field map that names some numbers says that there are no others.
    if len({number.counted for number in numbers}) == len(numbers):
        of_kind = {counted: role for role, counted in NUMBERS.items()}
        chosen.add({of_kind[number.counted]: number.column for number in numbers}, BY_NAME)
    return chosen


def number_columns(table: pd.DataFrame, overrides: Mapping[str, str]) -> list[NumberColumn]:
    """Return the columns of numbers in a table: those the user named, else those whose names and values tell."""
    given = [(overrides[role], counted) for role, counted in NUMBERS.items() if overrides.get(role)]
    if given:
        return [NumberColumn(column, counted, _period_in(column)) for column, counted in given]
    off = {counted for role, counted in NUMBERS.items() if role in overrides}
    free = [column for column in table.columns if column not in set(overrides.values())]
    found = [number for number in map(_number_column, free) if number and number.counted not in off]
    return [
        number for number in found if any(value is not None for value in parse_numbers(table[number.column]).values)
    ]


def may_hold_totals(columns: Sequence[str]) -> bool:
    """Return whether a table's columns look like totals, as far as their names tell."""
    return bool(roles.match(columns, [*_UNIT_NAME, *_PARENT, *SITE["unit_code"]])) and any(map(_number_column, columns))


def _number_column(column: str) -> NumberColumn | None:
    if column == "number_text":
        return NumberColumn(column, UNKNOWN)
    text, rest = _spaced(column), _rest(column)
    kinds = [counted for counted, pattern in _WHAT.items() if re.search(pattern, text, re.IGNORECASE)]
    counted = kinds[0] if len(kinds) == 1 else UNKNOWN
    if not rest:
        counts = re.search(_COUNT, text, re.IGNORECASE) and text.casefold() not in ("no", "nr")
        return NumberColumn(column, counted) if counts or _PLURAL.search(text) else None
    return NumberColumn(column, counted, rest) if parse_period(rest) else None


def _period_in(column: str) -> str:
    rest = _rest(column)
    return rest if parse_period(rest) else ""


def _rest(column: str) -> str:
    """Return what a column's name tells beside that it counts, and what."""
    words = re.compile("|".join([*_WHAT.values(), _COUNT, _FILLERS]), re.IGNORECASE)
    return re.sub(r"^(\d{4}) (\d{4})$", r"\1-\2", " ".join(words.sub(" ", _spaced(column)).split()))


def _spaced(column: str) -> str:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)", " ", column)
    return " ".join(re.sub(r"[_()\[\]:,.]+", " ", parted).split())
