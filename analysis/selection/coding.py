"""Columns of text and numbers as codes into their distinct words, as a data provider tells these apart."""

from __future__ import annotations

from collections.abc import Iterable
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
    words = [number_word(value) for value in distinct] if kind == NUMBER else list(map(str, distinct))
    if dialect == GDAL_SQL and len({same(word, dialect) for word in words}) < len(words):
        return merged(codes, words, dialect)
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


def merged(codes: np.ndarray, words: Iterable[str], dialect: str) -> Coded:
    """Return codes (-1: none) into words that may repeat as codes into words that do not, none given first."""
    kept = {NONE_GIVEN: NONE_GIVEN}
    places = {NONE_GIVEN: 0}
    new = [0]
    for word in words:
        key = same(word, dialect)
        new.append(places.setdefault(key, len(places)))
        kept.setdefault(key, word)
    # The last entry of an array is also the one before the first.
    return Coded(np.roll(np.array(new, dtype=np.int32), -1)[codes], list(kept.values()))
