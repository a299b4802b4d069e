"""Which words mean the same to a data provider, and how numbers are words. No package beside Python's own."""

from __future__ import annotations

import math
import string
import unicodedata

from .columns import GDAL_SQL

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def same(word: str, dialect: str) -> str:
    """Return what is equal for words that a provider takes for the same: GDAL's own SQL leaves the case aside."""
    return word.translate(_LOWER) if dialect == GDAL_SQL else word


def folded(text: str) -> str:
    """Return what is equal for texts that differ in case, or in how Unicode writes the same letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def number_word(value: float) -> str:
    """Return a number as a word: whole numbers without a decimal point."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 2**63 else str(value)


def is_number_word(word: str) -> bool:
    """Return whether a word is just what ``number_word`` writes of a finite number."""
    try:
        value = int(word) if word.lstrip("-").isdigit() else float(word)
        return math.isfinite(value) and number_word(value) == word
    except (OverflowError, ValueError):
        return False
