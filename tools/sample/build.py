"""Puts the sample together: the cells, the sites in them, the tanks that stand alone, and what is not known of them."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple

import numpy as np
from numpy.random import PCG64, Generator

from ...analysis import fields
from . import lives
from .cells import Cell, Region, region
from .layout import grid, two_groups
from .lives import Life
from .places import REGIONS
from .rows import Tank, coarsen, site_rows
from .valleys import Ground, Spot

SEED = 20260202
STORIES = ["abandoned"] * 18 + ["contracted"] * 18 + ["stable"] * 28 + ["grew"] * 60
JOINED = ("Chipwi", "Momauk")
LATEST_ADDITIONS, UNDATED_IN_SITES = (32, 3), (30, 2)  # sites, tanks in each
LONE = {"Chipwi": 12, "Tsawlaw": 6, "Momauk": 8, "Waingmaw": 3, "Monghsat": 2, "Mongyawng": 2}
LONE_OUTSIDE = {"Chipwi": 5, "Momauk": 4, "Mongyawng": 2}
LONE_UNDATED = {"Chipwi": 6, "Momauk": 5, "Waingmaw": 2, "Longnan": 3}
YEAR_ONLY_2021 = 40


class Group(NamedTuple):
    """Tanks that stand together: where, in which cell (None: in none), and their lives."""

    region: Region
    cell: Cell | None
    spot: Spot
    lives: list[Life]
    joined: bool = False


class Sample(NamedTuple):
    """The units and the rows of the tanks, in the order of the files, with ``lon`` and ``lat`` in each row."""

    cells: list[Cell]
    rows: list[dict[str, Any]]


def build(seed: int = SEED) -> Sample:
    """Return the sample of a seed: the same seed, the same sample."""
    rng = Generator(PCG64(seed))
    regions = [region(places) for places in REGIONS.values()]
    sites, loners = _groups(rng, regions)
    _add_to_sites(rng, sites, *LATEST_ADDITIONS, lives.latest_additions)
    _add_to_sites(rng, sites, *UNDATED_IN_SITES, lives.undated)
    rows = [row for group in sites + loners for row in _rows(rng, group)]
    _make_some_coarse(rng, rows)
    for number, row in enumerate(rows, start=1):
        row["tank_id"] = f"SYN-{number:04d}"
    return Sample([cell for each in regions for cell in each.cells], rows)


def _groups(rng: Generator, regions: list[Region]) -> tuple[list[Group], list[Group]]:
    """Return the sites that stand in 2020 or 2024 or later or stood before, and the tanks that are no site."""
    stories = _stories(rng, regions)
    sites, loners = [], []
    for part in regions:
        ground = Ground(rng, part.cells)
        for cell in part.cells:
            histories = _histories(rng, cell, stories[cell.place.name])
            spots = ground.spots_along_valleys(cell, len(histories))
            joined = [cell.place.name in JOINED and index == 0 for index in range(len(histories))]
            sites += [Group(part, cell, *rest) for rest in zip(spots, histories, joined)]
        for cell in part.cells:
            loners += _loners(rng, ground, part, cell)
    return sites, loners


def _stories(rng: Generator, regions: list[Region]) -> dict[str, list[str]]:
    """Return the stories of each unit's old sites. The Chinese ones lean towards abandoned and contracted."""
    units = [
        c.place for part in regions for c in part.cells for _ in range(c.place.old_sites - (c.place.name in JOINED))
    ]
    lean = rng.random(len(units)) - np.array([0.45 * (place.country == "CHN") for place in units])
    stories: dict[str, list[str]] = {place.name: ["joined"] * (place.name in JOINED) for place in units}
    for story, index in zip(STORIES, np.argsort(lean)):
        stories[units[index].name].append(story)
    return stories


def _histories(rng: Generator, cell: Cell, stories: list[str]) -> list[list[Life]]:
    place = cell.place
    histories = [lives.old_site(rng, story, early=place.country == "CHN") for story in stories]
    histories += [lives.new_site(rng) for _ in range(place.new_sites)]
    histories += [lives.gone_site(rng) for _ in range(place.gone_sites)]
    return histories + [lives.latest_site(rng) for _ in range(place.latest_sites)]


def _loners(rng: Generator, ground: Ground, part: Region, cell: Cell) -> list[Group]:
    """Return single tanks, pairs and threes: in the cell, just outside all cells, and without any date."""
    inside, outside, undated = (numbers.get(cell.place.name, 0) for numbers in (LONE, LONE_OUTSIDE, LONE_UNDATED))
    spots = ground.spots_along_valleys(cell, inside + undated)
    groups = [Group(part, cell, spot, lives.lone(rng, _few(i))) for i, spot in enumerate(spots[:inside])]
    groups += [Group(part, cell, spot, lives.undated(_few(i))) for i, spot in enumerate(spots[inside:])]
    beyond = enumerate(ground.spots_outside(cell, outside))
    return groups + [Group(part, None, spot, lives.lone(rng, _few(i))) for i, spot in beyond]


def _few(index: int) -> int:
    return (1, 2, 3)[index % 3]


def _add_to_sites(
    rng: Generator, sites: list[Group], how_many: int, each: int, make: Callable[[int], list[Life]]
) -> None:
    """Append tanks to some of the sites that stand in 2024 (in place). The groups that joined stay as they are."""
    standing = [s for s in sites if not s.joined and any(life.first and life.gone is None for life in s.lives)]
    working = [s for s in standing if any(life.worked for life in s.lives) and s.lives[0].first != lives.LAST_YEAR]
    for index in rng.permutation(len(working))[:how_many]:
        working[index].lives.extend(make(each))


def _rows(rng: Generator, group: Group) -> list[dict[str, Any]]:
    pitch = float(rng.uniform(13.8, 17.2)) if rng.random() < 0.9 else float(rng.uniform(21, 25))
    places = two_groups(rng, group.spot, 6, 3) if group.joined else grid(rng, group.spot, len(group.lives), pitch)
    tanks = site_rows(rng, group.lives, places, pitch, group.cell.place if group.cell else None)
    return [_with_degrees(tank, group.region) for tank in tanks]


def _with_degrees(tank: Tank, part: Region) -> dict[str, Any]:
    lon, lat = part.to_degrees.transform(*tank.xy)
    return {**tank.row, "lon": round(lon, 7), "lat": round(lat, 7)}


def _make_some_coarse(rng: Generator, rows: list[dict[str, Any]]) -> None:
    """Cut some dates to the month or the year (in place); 40 of them to 2021, before or after 1 February unknown."""
    open_to_it = [row for row in rows if row["first_seen"] is not None and row["gone_by"] is None]
    of_2021 = [row for row in open_to_it if row["first_seen"].year == 2021]
    for index in rng.permutation(len(of_2021))[:YEAR_ONLY_2021]:
        coarsen(of_2021[index], fields.YEAR)
    for row in open_to_it:
        if row["first_seen"].year != 2021:
            chance = rng.random()
            if chance < 0.12:
                coarsen(row, fields.MONTH if chance < 0.09 else fields.YEAR)
