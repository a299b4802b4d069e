"""Columns of text as numbers into their distinct words: a million rows cost four bytes each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np


class Words(NamedTuple):
    """A column of text: for each row the number of its word (int32), −1 where there is no text. Words are distinct."""

    codes: np.ndarray
    words: list[str]

    def as_objects(self) -> np.ndarray:
        """Return the column as an array of texts, None where there is none; equal texts are one object."""
        return np.array([*self.words, None], dtype=object)[self.codes]


class CodedText:
    """A column of text that grows part by part."""

    def __init__(self) -> None:
        self._parts: list[np.ndarray] = []
        self._numbers: dict[str, int] = {}

    def take(self, codes: np.ndarray, texts: Sequence[str]) -> None:
        """Add the next rows: ``texts`` by their codes, −1 where there is none."""
        numbers = self._numbers
        known = np.fromiter(
            (numbers.setdefault(text, len(numbers)) for text in texts), dtype=np.int32, count=len(texts)
        )
        self._parts.append(np.append(known, np.int32(-1))[codes])

    def take_each(self, texts: Iterable[str | None]) -> None:
        """Add the next rows, None where there is no text."""
        numbers = self._numbers
        self._parts.append(
            np.array([-1 if text is None else numbers.setdefault(text, len(numbers)) for text in texts], dtype=np.int32)
        )

    def finish(self) -> Words:
        """Return the whole column; nothing remains here."""
        codes = np.concatenate([*self._parts, np.empty(0, dtype=np.int32)])
        words = list(self._numbers)
        self._parts.clear()
        self._numbers.clear()
        return Words(codes, words)
