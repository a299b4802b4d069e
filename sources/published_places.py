"""Where the published figures count: which units of a layer make up the place that a figure names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .published import Value
from .units.names import normal
from .units.spellings import known_spellings, state_of
from .units.unit_index import UnitIndex

# How a place was found: what it is among the units, a town within one of them, or not to be told.
COUNTRY, STATE, UNIT, TOWN, NOT_TOLD = "country", "state", "unit", "town", "not told"
_COUNTRIES = {"Myanmar": "MMR", "Laos": "LAO"}


@dataclass(frozen=True)
class FigurePlace:
    """A figure, which units its place is made up of (a bool each; none where ``how`` is TOWN or NOT_TOLD), and how."""

    figure: dict[str, Value]
    units: np.ndarray
    how: str


def figures_that_fit(
    figures: Sequence[dict[str, Value]], units: pd.DataFrame, countries: frozenset[str]
) -> list[FigurePlace]:
    """Return the figures that can be of the ground that the units, or the countries where there are none, cover.

    A figure of another country, or of a known state or township that no unit lies in, does not fit. Of one whose
    place is not known (a special region, a basin) that cannot be told: it is kept with NOT_TOLD. ``countries`` (ISO
    3166 alpha-3): empty where not known.
    """
    index, parents = UnitIndex(units), [state_of(str(text or "")) for text in units["parent_name"]]
    fitting = []
    for figure in figures:
        place, country = str(figure["place"] or ""), str(figure["country"] or "")
        if country and countries and country not in countries:
            continue
        found = _units_of(place, country, index, parents, units)
        if found is None and not (len(units) and _is_known(place)):
            found = FigurePlace({}, np.zeros(len(units), dtype=bool), NOT_TOLD)
        if found is not None:
            fitting.append(FigurePlace(figure, found.units, found.how))
    # What names no country is of the same countries as the others.
    return fitting if any(one.figure["country"] for one in fitting) else []


def _units_of(
    place: str, country: str, index: UnitIndex, parents: list[frozenset[str]], units: pd.DataFrame
) -> FigurePlace | None:
    """Return the units that make up a place, without the figure; None where there are none."""
    if place in _COUNTRIES:
        mask = (units["country"] == _COUNTRIES[place]).to_numpy(dtype=bool)
        return FigurePlace({}, mask, COUNTRY) if mask.any() else None
    # Equal, not within: Kachin Special Region 1 is a part of Kachin.
    mask = np.array([bool(place) and parent == state_of(place) for parent in parents], dtype=bool)
    if mask.any():
        return FigurePlace({}, mask, STATE)
    named = index.named(place, country=country) if place else None
    if named is None or not named.units:
        return None
    if named.town:
        return FigurePlace({}, np.zeros(len(units), dtype=bool), TOWN)
    codes = {index.codes[one] for one in named.units} - {""}
    mask = np.isin(np.arange(len(units)), list(named.units)) | np.isin(np.array(index.codes, dtype=object), list(codes))
    return FigurePlace({}, mask, UNIT)


def _is_known(place: str) -> bool:
    """Return whether a place is a country, a state, a township or a town that would be found among the units."""
    known, key, words = known_spellings(), normal(place), state_of(place)
    is_state = bool(words) and words <= frozenset(known.states.values()) | frozenset(known.states)
    return bool(place) and (place in _COUNTRIES or key in known.townships or key in known.towns or is_state)
