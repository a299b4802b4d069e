"""What the words and numbers of a source mean: nulls, statuses, types, countries, numbers, text.

Columns are parsed on their unique values, so that a million rows cost as much as their distinct words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...analysis.fields import LEACHATE, PRECIPITATION
from .status_words import STATUS_WORDS

NULL_WORDS = frozenset({"", "<null>", "null", "na", "n/a", "#n/a", "none", "nan", "nat", "<na>"})
_LONGEST_NULL = max(map(len, NULL_WORDS))
NULL_NUMBERS = frozenset({-9999.0, 9999.0})
NOT_READ = object()

_COUNTRIES = {
    "MMR": "mmr|mm|mya|myanmar|burma|myanmar burma|burma myanmar|union of myanmar|republic of the union of myanmar|"
    "缅甸|မြန်မာ|မြန်မာနိုင်ငံ",
    "CHN": "chn|cn|china|prc|people s republic of china|peoples republic of china|中国|中华人民共和国",
    "LAO": "lao|la|laos|lao pdr|lao people s democratic republic|老挝",
    "THA": "tha|th|thailand",
    "VNM": "vnm|vn|vietnam|viet nam",
    "IND": "ind|in|india",
    "BGD": "bgd|bd|bangladesh",
    "KHM": "khm|kh|cambodia",
}
COUNTRY_WORDS = {word: code for code, words in _COUNTRIES.items() for word in words.split("|")}


class Parsed(NamedTuple):
    """The values of a column, and what could not be read, with counts."""

    values: np.ndarray
    unread: Counter[str]


def as_text(value: object) -> str:
    """Return a cell as text: whole numbers without a decimal point, missing values as the empty text."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value).strip()


def is_null_word(text: str) -> bool:
    """Return whether a text stands for no value."""
    return text.casefold() in NULL_WORDS


def parse_unique(column: pd.Series, parse: Callable[[str], object]) -> Parsed:
    """Parse each distinct non-null text of a column; ``parse`` returns a value, None, or NOT_READ (counted)."""
    codes, uniques = pd.factorize(column.astype(object))
    results = np.empty(len(uniques) + 1, dtype=object)
    unread: Counter[str] = Counter()
    counts = np.bincount(codes[codes >= 0], minlength=len(uniques))
    for index, unique in enumerate(uniques):
        text = as_text(unique)
        result = None if is_null_word(text) else parse(text)
        if result is NOT_READ:
            unread[text] += int(counts[index])
            result = None
        results[index] = result
    return Parsed(results[codes], unread)


def decoded(column: pd.Series, meanings: Mapping[str, str]) -> pd.Series:
    """Return a column with its coded values replaced by what they stand for."""
    if not meanings:
        return column
    codes, uniques = pd.factorize(column.astype(object))
    words = [meanings.get(as_text(unique), unique) for unique in uniques]
    return pd.Series(np.array([*words, None], dtype=object)[codes], column.index, name=column.name)


def phrase(text: str) -> str:
    """Return a text in lower case with everything but letters and digits as single spaces."""
    # Combining marks are no word characters to \w, but letters of Burmese: keep all that is not ASCII.
    return re.sub(r"[\x00-\x2f\x3a-\x60\x7b-\x7f]+", " ", text.casefold()).strip()


def _status_word(text: str) -> object:
    return STATUS_WORDS.get(phrase(text), None if phrase(text) in {"unknown", "unclear", "9999"} else NOT_READ)


def statuses(column: pd.Series) -> Parsed:
    """Return active, abandoned, absent or None for each value."""
    return parse_unique(column, _status_word)


def tank_type_word(text: str) -> object:
    """Return leachate, precipitation, None for an unknown one, or NOT_READ."""
    words = phrase(text)
    leachate, precipitation = "leachate" in words or "collection" in words, "precipitat" in words
    if leachate != precipitation:
        return LEACHATE if leachate else PRECIPITATION
    return None if words in {"unknown", "unclear", "9999"} else NOT_READ


def tank_types(column: pd.Series) -> Parsed:
    """Return leachate, precipitation or None for each value."""
    return parse_unique(column, tank_type_word)


def _country_code(text: str) -> object:
    if re.fullmatch(r"[A-Z]{3}", text):
        return COUNTRY_WORDS.get(text.casefold(), text)
    return COUNTRY_WORDS.get(phrase(text), NOT_READ)


def countries(column: pd.Series) -> Parsed:
    """Return the ISO 3166 alpha-3 code or None for each value."""
    return parse_unique(column, _country_code)


def texts(column: pd.Series) -> np.ndarray:
    """Return each value as text, None where it stands for no value. 9999 may be somebody's id: it stays."""
    codes, uniques = pd.factorize(column.astype(object))
    words = [unique.strip() if type(unique) is str else as_text(unique) for unique in uniques]
    # A million ids are a million distinct texts: the long ones need no look into the list.
    known = [word if len(word) > _LONGEST_NULL or not is_null_word(word) else None for word in words]
    return np.array([*known, None], dtype=object)[codes]


def numbers(column: pd.Series) -> Parsed:
    """Return floats, NaN where there is none; -9999 and 9999 mean none.

    Where the column's own numbers show a decimal comma (25,67), it is read as one in all; else 1,200 is 1200.
    """
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy(dtype=float, na_value=np.nan)
        return Parsed(np.where(np.abs(values) == 9999, np.nan, values), Counter())
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float).copy()
    # The few that are no plain numbers are looked at one by one.
    odd = np.isnan(values)
    texts = [as_text(text) for text in column[odd].dropna().unique()]
    decimal_comma = any(_DECIMAL_COMMA.match(text) for text in texts)
    parsed = parse_unique(column[odd], lambda text: _number(text, decimal_comma))
    values[odd] = pd.to_numeric(pd.Series(parsed.values, dtype=object)).to_numpy(dtype=float)
    values[np.abs(values) == 9999] = np.nan
    return Parsed(values, parsed.unread)


# One comma with other than three digits behind it parts no thousands; nor does a comma after a 0 or a point.
_DECIMAL_COMMA = re.compile(r"[-+]?(?:\d+,(?:\d{1,2}|\d{4,})|0+,\d+|\d{1,3}(?:\.\d{3})+,\d+)(?!\d|,)")
_UNIT = re.compile(r"\s*(m|metres?|meters?|°)$", re.IGNORECASE)


def _number(text: str, decimal_comma: bool) -> object:
    bare = _UNIT.sub("", text)
    if decimal_comma and re.fullmatch(r"[-+]?(\d+|\d{1,3}(\.\d{3})+),\d+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?", bare):
        bare = bare.replace(",", "")
    try:
        return float(bare)
    except ValueError:
        return NOT_READ


def none_for_missing(column: pd.Series) -> pd.Series:
    """Return a column of objects with None, and nothing else, for what is missing."""
    values = column.to_numpy(dtype=object, copy=True)
    values[pd.isna(values)] = None
    return pd.Series(values, column.index, dtype=object, name=column.name)


def unread_note(what: str, column: str, unread: Counter[str], outcome: str) -> list[str]:
    """Return a note on the values of a column that were not understood, or nothing."""
    if not unread:
        return []
    shown = ", ".join(f"“{shorten(text)}” ({count:,})" for text, count in unread.most_common(4))
    more = f" and {len(unread) - 4:,} more" if len(unread) > 4 else ""
    rows = sum(unread.values())
    return [f"{what}: {rows:,} rows of column {column} were not understood and left {outcome}: {shown}{more}."]


def shorten(text: str, width: int = 40) -> str:
    """Return a text cut to a width, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
