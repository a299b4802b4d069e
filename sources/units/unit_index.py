"""Units by code and by name: which of them a code or a name, in a state and a country, can mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from .names import alternatives, normal, same_state
from .spellings import Township, known_spellings, state_of


class Named(NamedTuple):
    """The units that a name can mean (one of each, where the table repeats it), and how it was read.

    ``how``: "name" where a unit is so named, else "alias". ``town``: whether the name is a town's in the unit.
    """

    units: frozenset[int]
    how: str = "name"
    town: bool = False


class UnitIndex:
    """The codes and names of a table of units (``unit_code unit_name unit_name_local parent_name country``)."""

    def __init__(self, units: pd.DataFrame) -> None:
        """Index the rows of the table by position."""
        self._parent = [state_of(text) for text in _texts(units, "parent_name")]
        self._country = [text.upper() for text in _texts(units, "country")]
        self.labels = _texts(units, "unit_name")
        self.codes = _texts(units, "unit_code")
        self._by_code: dict[str, int] = {}
        self._by_name: dict[str, set[int]] = defaultdict(set)
        local = _texts(units, "unit_name_local")
        for number, (code, label) in enumerate(zip(self.codes, self.labels)):
            # A unit in several rows is one unit, by its code: its first row stands for it. Equal names are no proof.
            one = self._by_code.setdefault(code.casefold(), number) if code else number
            for name in {normal(label), normal(local[number])} - {""}:
                self._by_name[name].add(one)

    def knows_state(self, state: str) -> bool:
        """Return whether some unit can lie in the state."""
        return any(same_state(state_of(state), parent) for parent in set(self._parent))

    def coded(self, code: str) -> int | None:
        """Return the unit with a code."""
        return self._by_code.get(code.strip().casefold())

    def named(self, name: str, state: str = "", country: str = "") -> Named:
        """Return the units that a name can mean. A state that no unit lies in does not narrow them."""
        wanted = state_of(state) if self.knows_state(state) else frozenset()
        found = self._read(name, wanted, country)
        if found.units:
            return found
        # Two spellings side by side must mean one unit.
        several = [self._read(part, wanted, country) for part in alternatives(name)]
        same = {one.units for one in several}
        if len(same) == 1 and several[0].units:
            return Named(several[0].units, "alias", any(one.town for one in several))
        return Named(frozenset())

    def _read(self, name: str, state: frozenset[str], country: str) -> Named:
        key, known = normal(name), known_spellings()
        exact = self._within(self._by_name.get(key, ()), state, country)
        if country not in ("", "MMR"):
            return Named(exact)
        alias = self._spelled(known.townships.get(key, ()), state)
        if exact or alias:
            return Named(exact | alias, "name" if exact else "alias")
        return Named(self._spelled(known.towns.get(key, ()), state), "alias", True)

    def _spelled(self, townships: Iterable[Township], state: frozenset[str]) -> frozenset[int]:
        """Return the units that bear any spelling of the townships, in their state and in the one given."""
        found: set[int] = set()
        for township in townships:
            alike = {one for key in township.keys for one in self._by_name.get(key, ())}
            found |= self._within(alike, township.state, "MMR") & self._within(alike, state, "MMR")
        return frozenset(found)

    def _within(self, units: Iterable[int], state: frozenset[str], country: str) -> frozenset[int]:
        return frozenset(
            one
            for one in units
            if same_state(state, self._parent[one])
            and (not country or not self._country[one] or self._country[one] == country.upper())
        )


def _texts(units: pd.DataFrame, name: str) -> list[str]:
    if name not in units:
        return [""] * len(units)
    return ["" if pd.isna(value) else str(value).strip() for value in units[name]]
