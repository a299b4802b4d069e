"""Latitudes and longitudes as people write them: decimal points or commas, degrees, minutes and seconds, letters."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from .values import NOT_READ, NULL_NUMBERS, Parsed, parse_unique

LETTERS = {"lat": "NS", "lon": "EW"}
_NEGATIVE = "SW"
_WORDS = {
    "N": "north|nord|北纬|n",
    "S": "south|sud|南纬|s",
    "E": "east|est|东经|e",
    "W": "west|ouest|西经|w",
}
_HEMISPHERE = "|".join(f"(?P<{letter}>{words})" for letter, words in _WORDS.items())
_BEFORE = re.compile(rf"(?:{_HEMISPHERE})\.?[\s:=]*(?=[-+\d])", re.I)
_AFTER = re.compile(rf"(?<=[\d.°º˚'\"smnd度分秒\s])\s*(?:{_HEMISPHERE})\.?$", re.I)
_LABEL = re.compile(r"(?:(?P<lat>lat(?:itude)?)|(?P<lon>lon(?:g(?:itude)?)?|lng))\b\.?[\s:=]*", re.I)
# Typographic marks as plain ones: ′ ’ ‘ ´ ` to ', ″ ” “ and doubled primes to ", º ˚ to °, the minus to a hyphen.
_PLAIN = str.maketrans({**dict.fromkeys("′’‘´`ʹʼ", "'"), **dict.fromkeys("″”“ʺ", '"'), "º": "°", "˚": "°", "−": "-"})
_DEGREE = r"(?:°|度|deg(?:rees?)?\.?|d)"
_MINUTE = r"(?:'|分|min(?:utes?)?\.?|m)"
_SECOND = r"(?:\"|秒|sec(?:onds?)?\.?|s)"
_PART = r"\d{1,2}"
_FRACTION = r"(?:[.,]\d+)?"
_FORMS = [
    re.compile(rf"(?P<d>\d{{1,9}}{_FRACTION})\s*{_DEGREE}?$", re.I),
    re.compile(rf"(?P<d>\d{{1,3}})\s*(?:{_DEGREE}|[\s:\-])\s*(?P<m>{_PART}{_FRACTION})\s*{_MINUTE}?$", re.I),
    re.compile(
        rf"(?P<d>\d{{1,3}})\s*(?:{_DEGREE}|[\s:\-])\s*(?P<m>{_PART})\s*(?:{_MINUTE}|[\s:\-])\s*"
        rf"(?P<s>{_PART}{_FRACTION})\s*{_SECOND}?$",
        re.I,
    ),
]


def degrees(column: pd.Series, axis: str) -> Parsed:
    """Return a column of latitudes or longitudes (``axis`` lat, lon) as floats, NaN where there is none."""
    values = plain_numbers(column)
    odd = np.isnan(values)
    parsed = parse_unique(column[odd], lambda text: _cell(text, axis))
    values[odd] = pd.to_numeric(pd.Series(parsed.values, dtype=object)).to_numpy(dtype=float)
    return Parsed(values, parsed.unread)


def plain_numbers(column: pd.Series) -> np.ndarray:
    """Return the plain numbers of a column as floats, NaN for all else; 9999 and -9999 are none."""
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy(dtype=float, na_value=np.nan).copy()
    else:
        values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float).copy()
    values[np.abs(values) == 9999] = np.nan
    return values


def _cell(text: str, axis: str) -> object:
    try:
        return None if float(text) in NULL_NUMBERS else float(text)
    except ValueError:
        value = parse_degrees(text, axis)
        return NOT_READ if value is None else value


def parse_degrees(text: str, axis: str) -> float | None:
    """Return the degrees that a text names, south and west negative; None where it names none, or the other axis."""
    plain = text.translate(_PLAIN).replace("''", '"').strip()
    label = _LABEL.match(plain)
    letter, bare = _split_letter(plain[label.end() :] if label else plain)
    if letter is None or (letter and letter not in LETTERS[axis]) or (label and label.lastgroup != axis):
        return None
    sign = re.match(r"[-+]\s*", bare)
    size = _size(bare[sign.end() :] if sign else bare)
    if size is None:
        return None
    minus = bool(sign) and bare[0] == "-"
    if letter and minus and letter not in _NEGATIVE:
        return None
    return -size if minus or (letter and letter in _NEGATIVE) else size


def _split_letter(text: str) -> tuple[str | None, str]:
    """Return the hemisphere's letter ("" without one, None where two are given) and the rest of a text."""
    before, after = _BEFORE.match(text), _AFTER.search(text)
    if before and after:
        return None, text
    if before:
        return str(before.lastgroup), text[before.end() :].strip()
    if after and not _ends_in_a_unit(text, after):
        return str(after.lastgroup), text[: after.start()].strip()
    return "", text


def _ends_in_a_unit(text: str, after: re.Match[str]) -> bool:
    """Return whether a last s stands for seconds, as in 25d34m12s."""
    return after[0].strip() == "s" and bool(re.search(r"m(?:in)?\s*\d+(?:[.,]\d+)?$", text[: after.start()], re.I))


def _size(text: str) -> float | None:
    for form in _FORMS:
        match = form.match(text)
        if match:
            parts = {name: float(part.replace(",", ".")) for name, part in match.groupdict().items()}
            if parts.get("m", 0) >= 60 or parts.get("s", 0) >= 60:
                return None
            return parts["d"] + parts.get("m", 0) / 60 + parts.get("s", 0) / 3600
    return None
