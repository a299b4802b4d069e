"""Columns of text that grow part by part, in little memory."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

# A column of more distinct texts than this is not worth looking for equal ones in.
_MANY = 50_000


class TextColumn:
    """A column of texts in which equal ones share one object: a million rows of few words cost little."""

    def __init__(self) -> None:
        self._parts: list[np.ndarray] = []
        self._shared: dict[str, str] | None = {}

    @property
    def has_few_words(self) -> bool:
        """Whether equal texts are still looked for: else ``take_each`` does as well as ``take``, and faster."""
        return self._shared is not None

    def take_each(self, texts: np.ndarray) -> None:
        """Add the next rows, None where there is no text."""
        self._parts.append(texts)

    def take(self, codes: np.ndarray, texts: Iterable[str | None]) -> None:
        """Add the next rows: ``texts`` by their codes, −1 where there is none."""
        words = list(texts)
        if self._shared is not None:
            shared = self._shared
            words = [shared.setdefault(word, word) if word is not None else None for word in words]
            if len(shared) > _MANY:
                self._shared = None
        self._parts.append(np.array([*words, None], dtype=object)[codes])

    def finish(self) -> np.ndarray:
        """Return the whole column, None where there is no text; nothing remains here."""
        column = np.concatenate([*self._parts, np.empty(0, dtype=object)])
        self._parts.clear()
        return column
