"""The spellings of Myanmar's townships, towns and states that the plugin knows, from ``resources``."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .names import normal, state_words

FILE = Path(__file__).resolve().parents[2] / "resources" / "township_aliases.csv"
TOWNSHIP, TOWN, STATE = "township", "town", "state"


class Township(NamedTuple):
    """A township by all its spellings (normal form), in a state."""

    name: str
    state: frozenset[str]
    keys: frozenset[str]


class Spellings(NamedTuple):
    """By normal spelling: the townships so spelled, and the townships of the towns so named. States by their words."""

    townships: dict[str, list[Township]]
    towns: dict[str, list[Township]]
    states: dict[str, str]


@lru_cache(maxsize=1)
def known_spellings() -> Spellings:
    """Return the spellings that ship with the plugin."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    found = Spellings({}, {}, {})
    for row in rows:
        others = row["spellings"].split("|")
        if row["kind"] == TOWNSHIP:
            keys = frozenset(map(normal, [row["name"], *others]))
            township = Township(row["name"], state_words(row["state"]), keys)
            for key in keys:
                found.townships.setdefault(key, []).append(township)
        elif row["kind"] == STATE:
            found.states.update({word: row["name"].casefold() for other in others for word in state_words(other)})
    for row in (row for row in rows if row["kind"] == TOWN):
        home = [one for one in found.townships[normal(row["name"])] if one.state == state_words(row["state"])]
        for other in row["spellings"].split("|"):
            found.towns.setdefault(normal(other), []).extend(home)
    return found


def state_of(name: str) -> frozenset[str]:
    """Return the words of a state, whichever of its known names is used."""
    states = known_spellings().states
    return frozenset(states.get(word, word) for word in state_words(name))
