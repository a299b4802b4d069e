"""What a site is, and percentages that are not known where there is nothing to divide by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Definition:
    link_distance: float = 150.0
    min_tanks: int = 4
    footprint: str = "buffered"
    padding: float = 15.0


def percent(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


def yearly(start: int, end: int, years: int) -> float | None:
    """Return the growth in percent that, every year, makes the end of the start."""
    return 100 * ((end / start) ** (1 / years) - 1) if start else None
