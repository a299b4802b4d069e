"""Which values hold a text, and with that all that the filter's condition must know of a layer."""

from __future__ import annotations

from .expression import Known, expression
from .sql import Unsayable
from .table import PARTING, TankTable
from .wanted import TankFilter
from .words import folded

# More values than this in one column make a condition that no provider reads in good time.
MOST_HITS = 2000


class TooMany(Unsayable):
    """A text is held by more values than a filter can name; says in which column."""


def hits(table: TankTable, text: str) -> dict[str, tuple[str, ...]]:
    """Return, for each searched role, the values that hold a text in any case. Raises TooMany."""
    return {role: tuple(table.values[role].words[code] for code in codes) for role, codes in found(table, text).items()}


def found(table: TankTable, text: str) -> dict[str, list[int]]:
    """Return, for each searched role, the codes of the values that hold a text in any case. Raises TooMany."""
    wanted = folded(text.strip().replace(PARTING, " "))
    if not wanted:
        return {}
    return {role: _places(words, wanted, table.columns.names[role], text) for role, words in table.folded.items()}


def known(table: TankTable, wanted: TankFilter) -> Known:
    """Return what the condition for what is wanted must know of the tanks. Raises Unsayable where there can be none."""
    facts = Known(table.odd_years, table.words, hits(table, wanted.search))
    expression(wanted, table.columns, facts)
    return facts


def _places(words: str, wanted: str, column: str, text: str) -> list[int]:
    """Return which of the words of one text hold what is wanted."""
    places: list[int] = []
    place = counted = 0
    at = words.find(wanted)
    while at >= 0:
        place += words.count(PARTING, counted, at)
        counted = at
        places.append(place)
        if len(places) > MOST_HITS:
            raise TooMany(f"“{text.strip()}” is in more than {MOST_HITS:,} values of {column}: type more of it.")
        end = words.find(PARTING, at)
        at = words.find(wanted, end) if end >= 0 else -1
    return places
