"""From a life to a row of the tank table: dates of images, status, precision, size."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator

from ...analysis import fields
from .lives import FIRST_YEAR, LAST_YEAR, Life
from .places import Place

SOURCE = "synthetic-sample"
LAST_DAY = {LAST_YEAR: 285}  # 12 October 2025: nothing is later


class Tank(NamedTuple):
    """One row and its place in the region's plane (metres)."""

    xy: np.ndarray
    row: dict[str, Any]


class Images:
    """The dates of a site's images, one a year: the tanks of a site are seen on the same images."""

    def __init__(self, rng: Generator) -> None:
        self._days = {year: int(rng.integers(1, LAST_DAY.get(year, 365))) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
        self.newest = int(rng.choice([2025, 2024, 2023], p=[0.7, 0.22, 0.08]))

    def on(self, year: int) -> date:
        """Return the date of the year's image."""
        return date(year, 1, 1) + timedelta(days=self._days[year])


def site_rows(rng: Generator, lives: list[Life], places: np.ndarray, pitch: float, place: Place | None) -> list[Tank]:
    """Return the tanks of one group. ``place`` is None outside all cells; ``pitch`` (metres) bounds the diameters."""
    images = Images(rng)
    usual = pitch * rng.uniform(0.45, 0.8)
    tanks = []
    for life, xy in zip(lives, places):
        row: dict[str, Any] = dict.fromkeys(field.name for field in fields.TANKS)
        row.update(source=SOURCE, country=place.country if place else "MMR", **_kind(rng, usual))
        if place:
            row.update(unit_code=place.code, unit_name=place.name)
        row.update(_undated(rng) if life.first is None else _dated(rng, life, life.first, images))
        tanks.append(Tank(xy, row))
    return tanks


def coarsen(row: dict[str, Any], precision: str) -> None:
    """Cut the dates of a row to the month or the year: they stand for the whole of it."""
    row["date_precision"] = precision
    for field in fields.TANKS:
        if field.kind is fields.Kind.DATE and row[field.name] is not None:
            day = row[field.name]
            row[field.name] = day.replace(day=1) if precision == fields.MONTH else day.replace(month=1, day=1)


def _kind(rng: Generator, usual: float) -> dict[str, Any]:
    kind = str(rng.choice(fields.TANK_TYPES, p=[0.62, 0.29, 0.09]))
    diameter = float(np.clip(rng.normal(usual, 0.8), 4.0, 20.0))
    level = rng.choice(["high", "medium", "low", ""], p=[0.55, 0.3, 0.1, 0.05])
    return {
        "tank_type": kind,
        "diameter_m": None if rng.random() < 0.08 else round(diameter, 1),
        "confidence": str(level) or None,
    }


def _undated(rng: Generator) -> dict[str, Any]:
    return {"status": str(rng.choice(fields.STATUSES, p=[0.4, 0.2, 0.4])), "date_precision": fields.NO_DATE}


def _dated(rng: Generator, life: Life, first: int, images: Images) -> dict[str, Any]:
    newest = max(images.newest, first, life.abandoned or 0)
    before_gone = None if life.gone is None else max(first, life.gone - int(rng.integers(1, 3)))
    last = images.on(newest if before_gone is None else before_gone)
    dates = {
        "first_seen": images.on(first),
        "last_seen": last,
        "absent_on": _absent_on(rng, first, images),
        "gone_by": None if life.gone is None else images.on(life.gone),
    }
    status = _status(rng, life, last, images)
    return {**dates, **status, "date_precision": fields.DAY, "image_source": "synthetic"}


def _absent_on(rng: Generator, first: int, images: Images) -> date | None:
    year = first - int(rng.integers(1, 4))
    return images.on(year) if year >= FIRST_YEAR and rng.random() < 0.6 else None


def _status(rng: Generator, life: Life, last: date, images: Images) -> dict[str, Any]:
    """Return the status on the last image that shows the tank, and since when it is abandoned, where that is known."""
    whole_site_left = life.abandoned is not None and life.gone is None
    if not whole_site_left and rng.random() < 0.14:
        return {"status": fields.UNKNOWN}
    seen_on = last if rng.random() < 0.85 else None
    if life.worked:
        return {"status": fields.ACTIVE, "status_date": seen_on}
    since = images.on(life.abandoned) if life.abandoned is not None else None
    if since is not None and since > last:
        return {"status": fields.ACTIVE, "status_date": seen_on}
    return {"status": fields.ABANDONED, "status_date": seen_on, "abandoned_since": since}
