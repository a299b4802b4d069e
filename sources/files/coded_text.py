"""Columns of text as numbers into their distinct words: a million rows cost four bytes each."""

from __future__ import annotations

from collections.abc import Sequence
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
        """Add the next rows: ``texts``, each once, by their codes, −1 where there is none."""
        self._parts.append(np.append(self._known(texts), np.int32(-1))[codes])

    def take_each(self, texts: Sequence[str | None]) -> None:
        """Add the next rows, None where there is no text."""
        places = {text: place for place, text in enumerate(dict.fromkeys(text for text in texts if text is not None))}
        codes = np.array([-1 if text is None else places[text] for text in texts], dtype=np.int32)
        self.take(codes, list(places))

    def _known(self, texts: Sequence[str]) -> np.ndarray:
        """Return the number of each text; those not met before get the next ones."""
        numbers, count = self._numbers, len(self._numbers)
        # A million ids are a million looks into a large dictionary: one each must do.
        all_new = numbers.keys().isdisjoint(texts)
        new = texts if all_new else [text for text in texts if text not in numbers]
        numbers.update(zip(new, range(count, count + len(new))))
        if all_new:
            return np.arange(count, count + len(texts), dtype=np.int32)
        return np.fromiter(map(numbers.__getitem__, texts), dtype=np.int32, count=len(texts))

    def finish(self) -> Words:
        """Return the whole column; nothing remains here."""
        codes = np.concatenate([*self._parts, np.empty(0, dtype=np.int32)])
        words = list(self._numbers)
        self._parts.clear()
        self._numbers.clear()
        return Words(codes, words)
