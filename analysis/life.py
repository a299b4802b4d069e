"""The rules of time themselves: on the years of one tank (numbers), or of many at once (arrays).

Each is written once, in operations that numbers and arrays share, and needs no other package. A year that is not known
is NaN, and is neither before nor after any other. ``analysis.time`` says what the rules mean, and applies them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .definition import CUMULATIVE, STANDING


class Life(NamedTuple):
    """The years of a tank, and the status recorded last. Those of a table's tanks are ``analysis.time.Lives``."""

    seen: Any  # of the first image known to show it
    last: Any  # of the last one
    gone: Any
    since: Any  # abandoned since
    recorded: Any  # of the image that shows the recorded status
    revived: Any  # of an image that shows it active after it was abandoned
    active: Any  # whether this is the recorded status
    abandoned: Any


def counts(life: Any, year: int, counting: str) -> Any:
    """Return whether a tank counts in a year. Raises ValueError for an unknown counting rule."""
    if counting == CUMULATIVE:
        return life.seen <= year
    if counting == STANDING:
        return (life.seen <= year) & _not(_missed(life, year))
    raise ValueError(f"No such counting rule: {counting}")


def _missed(life: Any, year: int) -> Any:
    """Return whether a tank was observed gone by the year, and not seen again in a later year up to it."""
    return (life.gone <= year) & _not((life.last > life.gone) & (life.last <= year))


def is_abandoned(life: Any, year: int) -> Any:
    """Return whether a tank is known to be abandoned in a year."""
    by_date = (life.since <= year) & _not(life.revived <= year)
    by_record = life.abandoned & _not(_known(life.since)) & (life.recorded <= year)
    return by_date | by_record


def is_active(life: Any, year: int) -> Any:
    """Return whether a tank is known to be active in a year."""
    return (life.active | _known(life.since)) & _not(is_abandoned(life, year))


def _known(year: Any) -> Any:
    return year == year


def _not(that: Any) -> Any:
    return that ^ True
