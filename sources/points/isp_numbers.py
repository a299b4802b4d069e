"""Numbers as reports write them ("260-300", "over 2,700", "almost 300"): what they say at least and at most."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from ..columns.values import NOT_READ, NULL_NUMBERS, Parsed, parse_unique

_LEAST, _MOST = "least", "most"
# The words before a number, and which of its ends it gives; no end: both, roughly.
_WORDS = {
    ">": (">|more than|over|above|exceeding|upwards of", _LEAST),
    "at least": ("at least|≥|>=|=>|no fewer than|no less than|minimum|min", _LEAST),
    "<": ("<|less than|fewer than|under|below", _MOST),
    "at most": ("at most|≤|<=|up to|no more than|not more than|maximum|max", _MOST),
    "almost": ("almost|nearly|just under|close to", _MOST),
    "about": ("about|around|approximately|approx|roughly|some|circa|ca|c|~|≈|est|estimated", ""),
}
_END = {qualifier: end for qualifier, (_, end) in _WORDS.items()}
_QUALIFIERS = {word: qualifier for qualifier, (words, _) in _WORDS.items() for word in words.split("|")}
_WORD = "|".join(re.escape(word) for word in sorted(_QUALIFIERS, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3}){1,4}|\d{1,15}(?:\.0{1,9})?"
_FORM = re.compile(
    rf"(?:(?P<word>{_WORD})\.?\s*)?(?:between\s+)?(?P<low>{_NUMBER})"
    rf"(?:\s*(?:-|–|—|to|and)\s*(?P<high>{_NUMBER}))?\s*(?P<more>\+|or more|or so)?"
    r"\s*(?:sites?|mines?|ponds?|pools?|locations?|in total)?\.?",
    re.IGNORECASE,
)
_AFTER = {"+": "at least", "or more": "at least", "or so": "about"}


class Number(NamedTuple):
    """A whole number of things: at least ``low``, at most ``high``; None where the words do not say."""

    low: int | None
    high: int | None
    qualifier: str | None


def parse_number(text: str) -> Number | None:
    """Return the number that a text clearly gives, None where it does not."""
    match = _FORM.fullmatch(" ".join(text.split()))
    if not match:
        return None
    low = _whole(match["low"])
    high = _whole(match["high"]) if match["high"] else low
    qualifier = _QUALIFIERS.get((match["word"] or "").casefold()) or _AFTER.get((match["more"] or "").casefold())
    if high < low or (match["word"] and match["more"]):
        return None
    end = _END[qualifier] if qualifier else ""
    if match["high"] and end:
        return None
    return Number(None if end == _MOST else low, None if end == _LEAST else high, qualifier)


def _whole(digits: str) -> int:
    return int(re.sub(r"[ ,\u00a0\u202f]", "", digits.partition(".")[0]))


def parse_numbers(column: pd.Series) -> Parsed:
    """Return the Number or None of each value; 9999 and -9999 mean none."""
    nulls = {str(int(number)) for number in NULL_NUMBERS}
    return parse_unique(column, lambda text: None if text in nulls else parse_number(text) or NOT_READ)
