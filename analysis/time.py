"""The rules of time: when a tank counts, what its status was, on which side of a cut date it falls.

First seen is not built, and last seen is not gone: both are dates of images. Years are compared, not days, since a date
may be known to its year alone.

A tank that vanishes and returns: where the last image that shows it is of a later year than ``gone_by``, it stands
until the year before ``gone_by``, does not stand from that year on, and stands again from the year of that image. In
that year it counts as new, as every tank does that stands and did not the year before. Seen and missed within one year,
it is gone. A table has one ``gone_by`` and one ``last_seen``; the loaders write a gap only where these tell it in full
(see ``sources.points.gaps``).
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from . import fields, life
from .definition import STANDING

BEFORE, AFTER, UNDETERMINED = "before", "after", "undetermined"


def years(dates: pd.Series) -> np.ndarray:
    """Return the year of each date as a float array, NaN where there is no date."""
    return dates.dt.year.to_numpy(dtype=float)


def seen_from(tanks: pd.DataFrame) -> pd.Series:
    """Return the first image known to show each tank: ``first_seen``, or ``last_seen`` where that alone is known."""
    return tanks["first_seen"].fillna(tanks["last_seen"])


def seen_until(tanks: pd.DataFrame) -> pd.Series:
    """Return the last image known to show each tank: ``last_seen``, or ``first_seen`` where that alone is known."""
    return tanks["last_seen"].fillna(tanks["first_seen"])


def undated(tanks: pd.DataFrame) -> np.ndarray:
    """Return which tanks no dated image shows."""
    return seen_from(tanks).isna().to_numpy()


class Lives:
    """What ``life.Life`` says of one tank, of every tank of a table: arrays, each made when it is first asked for."""

    def __init__(self, tanks: pd.DataFrame) -> None:
        self._tanks = tanks

    def __len__(self) -> int:
        return len(self._tanks)

    @cached_property
    def seen(self) -> np.ndarray:
        """The year of the first image known to show each tank."""
        return years(seen_from(self._tanks))

    @cached_property
    def last(self) -> np.ndarray:
        """The year of the last image known to show each tank."""
        return years(seen_until(self._tanks))

    @cached_property
    def gone(self) -> np.ndarray:
        """The year of the first later image without it."""
        return years(self._tanks["gone_by"])

    @cached_property
    def since(self) -> np.ndarray:
        """The year since which it is abandoned."""
        return years(self._tanks["abandoned_since"])

    @cached_property
    def recorded(self) -> np.ndarray:
        """The year of the image that shows the recorded status."""
        return years(self._tanks["status_date"].fillna(self._tanks["last_seen"]))

    @cached_property
    def revived(self) -> np.ndarray:
        """The year of an image that shows it active after it was abandoned."""
        later = (self._tanks["status_date"] > self._tanks["abandoned_since"]).to_numpy()
        return np.where(self.active & later, years(self._tanks["status_date"]), np.nan)

    @cached_property
    def active(self) -> np.ndarray:
        """Whether the recorded status is active."""
        return (self._tanks["status"] == fields.ACTIVE).to_numpy()

    @cached_property
    def abandoned(self) -> np.ndarray:
        """Whether the recorded status is abandoned."""
        return (self._tanks["status"] == fields.ABANDONED).to_numpy()


def counted(tanks: pd.DataFrame | Lives, year: int | None, counting: str = STANDING) -> np.ndarray:
    """Return which tanks count in a year: a bool array. Undated tanks count in none; without a year, all count.

    ``cumulative``: ever seen in or before the year. ``standing``: that, and not observed gone in or before it, or seen
    again since. Who asks for many years gives the tanks' ``Lives``, which are then looked up but once.
    """
    if year is None:
        return np.ones(len(tanks), dtype=bool)
    return life.counts(_lives(tanks), year, counting)


def _lives(tanks: pd.DataFrame | Lives) -> Lives:
    return tanks if isinstance(tanks, Lives) else Lives(tanks)


def status_in(tanks: pd.DataFrame | Lives, year: int | None) -> np.ndarray:
    """Return each tank's status in a year, as far as it is known: active, abandoned or unknown.

    Abandoned from the year of ``abandoned_since``, and active before it. Where a tank is known as abandoned but not
    since when, it is abandoned from the year of the image that showed it so (``status_date``, else ``last_seen``) and
    unknown before. A tank seen active after ``abandoned_since`` is active again from that image on.
    """
    return np.array(fields.STATUSES, dtype=object)[status_number(tanks, year)]


def status_number(tanks: pd.DataFrame | Lives, year: int | None) -> np.ndarray:
    """Return what ``status_in`` does, as numbers into fields.STATUSES; without a year, the status recorded."""
    lives = _lives(tanks)
    active, abandoned = lives.active, lives.abandoned
    if year is not None:
        active, abandoned = life.is_active(lives, year), life.is_abandoned(lives, year)
    number = [fields.STATUSES.index(word) for word in (fields.ACTIVE, fields.ABANDONED, fields.UNKNOWN)]
    return np.select([active, abandoned], number[:2], number[2])


def side_of(tanks: pd.DataFrame, cut: date) -> np.ndarray:
    """Return before, after or undetermined for each tank: is its first image before the cut date?

    A date known to the month or year stands for the whole of it. A tank without a date is undetermined.
    """
    first = seen_from(tanks).to_numpy()
    begins, beyond = first, first + np.timedelta64(1, "ns")
    for word, unit in ((fields.MONTH, "M"), (fields.YEAR, "Y")):
        coarse = (tanks["date_precision"] == word).to_numpy()
        stretch = first.astype(f"datetime64[{unit}]")
        begins = np.where(coarse, stretch.astype(first.dtype), begins)
        beyond = np.where(coarse, (stretch + 1).astype(first.dtype), beyond)
    instant = np.datetime64(cut, "ns")
    return np.select([beyond <= instant, begins >= instant], [BEFORE, AFTER], UNDETERMINED).astype(object)


def surely_new(tanks: pd.DataFrame, start: int, end: int) -> np.ndarray:
    """Return which tanks that came or returned after start and by end are missing from an image of start or later.

    A tank that returned, and was last missed before start, may have been back by then.
    """
    lives = Lives(tanks)
    came = (lives.seen > start) & (lives.seen <= end) & (years(tanks["absent_on"]) >= start)
    missed = (lives.seen <= start) & (lives.gone == start)
    return came | (missed & (lives.last > start) & (lives.last <= end))


def perhaps_built_by(tanks: pd.DataFrame, year: int) -> np.ndarray:
    """Return which tanks seen, or seen again, after the year may stand in it: no image of it or later lacks them."""
    lives = Lives(tanks)
    comes = (lives.seen > year) & ~(years(tanks["absent_on"]) >= year)
    return comes | ((lives.seen <= year) & (lives.gone < year) & (lives.last > year))
