"""Which unit each tank lies in: known by its code, or by its name where it has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from .coding import Coded, factorized, merged
from .wanted import NONE_GIVEN
from .words import same


def units_of(values: Mapping[str, Coded], size: int, dialect: str) -> tuple[Coded, dict[str, str]]:
    """Return the key of each tank's unit (its code, or its name where it has none), and the units' names."""
    nothing = Coded(np.zeros(size, dtype=np.int32), [NONE_GIVEN])
    code, name = values.get("unit_code", nothing), values.get("unit_name", nothing)
    codes, places = factorized(np.where(code.codes == 0, name.codes + len(code.words), code.codes))
    every = [*code.words, *name.words]
    words = [every[place] for place in places]
    unit = merged(codes, words, [same(word, dialect) for word in words])
    return unit, _names(unit, name)


def _names(unit: Coded, name: Coded) -> dict[str, str]:
    """Return each unit's key and its name (that of its first tank with one), with the key where others have it too."""
    first = np.zeros(len(unit.words), dtype=np.int32)
    named = np.flatnonzero(name.codes)[::-1]  # of many for one unit, the last stays
    first[unit.codes[named]] = name.codes[named]
    names = {key: name.words[place] if place else key for key, place in zip(unit.words, first)}
    said = Counter(names.values())
    return {key: f"{its} ({key})" if key != its and said[its] > 1 else its for key, its in names.items()}
