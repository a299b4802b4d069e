"""Columns of text and numbers as codes into their distinct words, as a data provider tells these apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Union

import numpy as np
import pandas as pd

from .columns import GDAL_SQL, NUMBER
from .wanted import NONE_GIVEN
from .words import number_word, same

# A column as it was read: text (objects, None), datetime64 or numbers; or codes (-1: none) and the texts they mean.
Raw = Union[np.ndarray, tuple[np.ndarray, list[str]]]


class Coded(NamedTuple):
    """The words of a column: ``codes`` (int32, one a tank) into ``words``, of which the first is none given."""

    codes: np.ndarray
    words: list[str]


def coded(values: Raw, kind: str, dialect: str) -> Coded:
    """Return a column as codes; words that the provider takes for the same (see ``words.same``) are one."""
    codes, distinct = factorized(values)
    words = [number_word(value) if kind == NUMBER else str(value) for value in distinct]
    if dialect == GDAL_SQL and len({same(word, dialect) for word in words}) < len(words):
        return merged(codes, words, [same(word, dialect) for word in words])
    return _none_given_first(codes, words)


def factorized(values: Raw) -> tuple[np.ndarray, list]:
    """Return a column as codes (-1: none) into its distinct values; one that was read so stays as it is."""
    if isinstance(values, tuple):
        return values
    codes, distinct = pd.factorize(values)
    return codes, distinct.tolist()


def _none_given_first(codes: np.ndarray, words: list[str]) -> Coded:
    """Return codes (-1: none) into distinct words: a million ids are not looked up one by one."""
    if NONE_GIVEN in words:
        place = words.index(NONE_GIVEN)
        words = words[:place] + words[place + 1 :]
        codes = np.where(codes == place, -1, codes - (codes > place))
    return Coded(np.asarray(codes + 1, dtype=np.int32), [NONE_GIVEN, *words])


def merged(codes: np.ndarray, words: Sequence[str], keys: Sequence[str]) -> Coded:
    """Return codes (-1: none) into words of which those with the same key are one, the first of them."""
    kept = {NONE_GIVEN: NONE_GIVEN}
    for key, word in zip(keys, words):
        kept.setdefault(key, word)
    places = {key: place for place, key in enumerate(kept)}
    # The last entry of an array is also the one before the first.
    return Coded(np.array([*(places[key] for key in keys), 0], dtype=np.int32)[codes], list(kept.values()))
