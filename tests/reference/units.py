"""Units: one tank after the other is asked of one polygon after the other."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import Point, Polygon

from .tank import Tank


@dataclass
class Unit:
    code: str
    name: str
    polygon: Polygon
    country: str | None = None
    parent: str | None = None


def in_order(units: list[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (unit.code, unit.name))


def unit_of(tank: Tank, units: list[Unit]) -> int | None:
    """Return the number of the first unit that holds the tank, within or on its border; None outside all."""
    for number, unit in enumerate(units):
        if unit.polygon.intersects(Point(tank.lon, tank.lat)):
            return number
    return None


def most_common(values: list[int | str | None]) -> int | str | None:
    """Return the most frequent value; of equals the first in order, but None last."""
    often = {value: values.count(value) for value in values}
    best = max(often.values())
    first = [value for value, number in often.items() if number == best]
    known = [value for value in first if value is not None]
    return min(known) if known else None
