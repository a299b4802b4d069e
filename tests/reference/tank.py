"""A tank as a row of plain values, and what the rules of time say of it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass
class Tank:
    """What is known of one tank; None is not known."""

    lon: float
    lat: float
    status: str = "unknown"
    tank_type: str = "unknown"
    country: str | None = None
    diameter_m: float | None = None
    first_seen: date | None = None
    last_seen: date | None = None
    absent_on: date | None = None
    gone_by: date | None = None
    abandoned_since: date | None = None
    status_date: date | None = None
    date_precision: str = "day"

    @property
    def seen_from(self) -> date | None:
        """The first image known to show it."""
        return self.first_seen or self.last_seen

    @property
    def seen_until(self) -> date | None:
        """The last image known to show it."""
        return self.last_seen or self.first_seen


def counts(tank: Tank, year: int | None, counting: str) -> bool:
    if year is None:
        return True
    if tank.seen_from is None or tank.seen_from.year > year:
        return False
    if counting == "cumulative" or tank.gone_by is None or tank.gone_by.year > year:
        return True
    # Observed gone by the year: it stands all the same if it has returned since.
    return tank.gone_by.year < tank.seen_until.year <= year


def status_in(tank: Tank, year: int | None) -> str:
    if year is None:
        return tank.status
    since, told = tank.abandoned_since, tank.status_date
    if since is not None:
        if since.year > year:
            return "active"
        active_again = tank.status == "active" and told is not None and told > since
        return "active" if active_again and told.year <= year else "abandoned"
    if tank.status == "abandoned":
        shown = told or tank.last_seen
        return "abandoned" if shown is not None and shown.year <= year else "unknown"
    return tank.status


def side_of(tank: Tank, cut: date) -> str:
    first = tank.seen_from
    if first is None:
        return "undetermined"
    begins = ends = first
    if tank.date_precision == "month":
        begins, ends = first.replace(day=1), first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if tank.date_precision == "year":
        begins, ends = date(first.year, 1, 1), date(first.year, 12, 31)
    if ends < cut:
        return "before"
    return "after" if begins >= cut else "undetermined"


def surely_new(tank: Tank, start: int, end: int) -> bool:
    """It came, or returned, after the start and by the end, and an image of the start or later is without it."""
    seen, back = tank.seen_from, tank.seen_until
    if seen is None:
        return False
    if seen.year > start:
        return seen.year <= end and tank.absent_on is not None and tank.absent_on.year >= start
    return tank.gone_by is not None and tank.gone_by.year == start < back.year <= end


def perhaps_built_by(tank: Tank, year: int) -> bool:
    """Seen, or seen again, after the year only, and no image of that year or later is without it."""
    seen, back = tank.seen_from, tank.seen_until
    if seen is None:
        return False
    if seen.year > year:
        return not (tank.absent_on is not None and tank.absent_on.year >= year)
    return tank.gone_by is not None and tank.gone_by.year < year < back.year
