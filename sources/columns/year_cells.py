"""Cells of wide year columns: was the tank there, and in which state?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from .status_words import ABSENT, STATUS_WORDS
from .values import NOT_READ, NULL_NUMBERS, Parsed, parse_unique, phrase

PRESENT = "present"
_WORDS = {
    **dict.fromkeys(("yes", "y", "true", "t", "x", "present", "seen", "visible", "✓"), PRESENT),
    **dict.fromkeys(("no", "n", "false", "f"), ABSENT),
    **STATUS_WORDS,
}


def _cell(text: str) -> object:
    try:
        count = float(text)
    except ValueError:
        return _WORDS.get(phrase(text), NOT_READ)
    if count in NULL_NUMBERS or not np.isfinite(count):
        return None
    return NOT_READ if count < 0 else PRESENT if count > 0 else ABSENT


def year_cells(column: pd.Series) -> Parsed:
    """Return present, absent, active, abandoned or None for each cell."""
    return parse_unique(column, _cell)
