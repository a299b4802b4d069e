"""Tanks at random, with every kind of date, gap and duplicate, at places where coordinates are awkward."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
from pyproj import Geod
from shapely import Polygon, box

from .tank import Tank
from .units import Unit

GEOD = Geod(ellps="WGS84")
# Chipwi; the edges of UTM zones 46 and 47, 47 and 48; Jiangxi; the antimeridian; the equator; the far north.
PLACES = {
    "chipwi": (98.13, 25.88),
    "zones 46 and 47": (96.0, 25.2),
    "zones 47 and 48": (102.0, 24.4),
    "jiangxi": (115.03, 24.78),
    "antimeridian": (180.0, -17.0),
    "equator": (98.5, 0.0),
    "sixty north": (98.5, 60.0),
}
SPREAD_M = 1500.0


def tanks_at(place: str, seed: int, number: int) -> list[Tank]:
    """Return so many tanks around a place, a tenth of them on top of another."""
    random = np.random.default_rng([seed, number, sorted(PLACES).index(place)])
    tanks = [_tank(random, *_somewhere(random, PLACES[place])) for _ in range(number)]
    for _ in range(number // 10):
        one, other = random.integers(0, number, 2)
        tanks[one].lon, tanks[one].lat = tanks[other].lon, tanks[other].lat
    return tanks


def units_at(place: str) -> list[Unit]:
    """Return three units around a place: one with a hole, one that overlaps both others; the north lies outside all."""
    lon, lat = PLACES[place]
    step = SPREAD_M / 111_000
    wide = step / math.cos(math.radians(lat))
    eastern_edge = min(lon + 3 * wide, 180.0)
    hole = box(lon - 0.7 * wide, lat - 0.5 * step, lon - 0.2 * wide, lat)
    west = box(lon - 3 * wide, lat - 3 * step, lon, lat + 0.5 * step)
    with_hole = Polygon(west.exterior.coords, [hole.exterior.coords])
    if eastern_edge > lon:
        east = box(lon, lat - 3 * step, eastern_edge, lat + 0.5 * step)
    else:
        east = box(-180.0, lat - 3 * step, -180.0 + 3 * wide, lat + 0.5 * step)
    south = box(lon - 2 * wide, lat - 2 * step, min(lon + 2 * wide, 180.0), lat - 0.4 * step)
    return [
        Unit("U1", "West", with_hole, "MMR", "Kachin"),
        Unit("U2", "East", east, None, None),
        Unit("U3", "South", south, "CHN", "Yunnan"),
    ]


def _somewhere(random: np.random.Generator, origin: tuple[float, float]) -> tuple[float, float]:
    """Return a place near one of some centres: many neighbours at about the usual link distances."""
    centre = np.random.default_rng(int(random.integers(0, 12))).uniform(-SPREAD_M, SPREAD_M, 2)
    east, north = centre + random.normal(0, 70, 2)
    lon, lat, _ = GEOD.fwd(*origin, math.degrees(math.atan2(east, north)), math.hypot(east, north))
    return lon, lat


def _tank(random: np.random.Generator, lon: float, lat: float) -> Tank:
    def perhaps(share: float) -> bool:
        return bool(random.random() < share)

    def day(first: int, last: int) -> date:
        return date(first, 1, 1) + timedelta(days=int(random.integers(0, 365 * (last - first + 1))))

    tank = Tank(lon, lat, str(random.choice(["active", "abandoned", "unknown"])))
    tank.tank_type = str(random.choice(["leachate", "precipitation", "unknown"]))
    tank.country = [None, "MMR", "CHN"][random.integers(0, 3)]
    tank.diameter_m = [None, 0.0, float(random.uniform(3, 60))][random.integers(0, 3)]
    tank.first_seen = day(2014, 2023) if perhaps(0.85) else None
    if perhaps(0.6):
        tank.last_seen = day((tank.first_seen or date(2014, 1, 1)).year, 2025)
    if perhaps(0.3):
        tank.absent_on = day(2010, (tank.first_seen or date(2020, 1, 1)).year)
    if perhaps(0.35):
        # Before, between and after the images that show it.
        tank.gone_by = day(2014, 2025)
    if perhaps(0.3):
        tank.abandoned_since = day(2014, 2025)
    if perhaps(0.5):
        tank.status_date = day(2014, 2025)
    tank.date_precision = str(random.choice(["day", "month", "year", "none"]))
    return tank
