"""How the number of sites depends on the definition: each link distance with each minimum of tanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .. import fields, tally, time
from ..definition import ALL_COUNTED, BUFFERED, PLATEAU_CHANGE_PCT, SiteDefinition
from ..geometry.footprints import Selection
from ..geometry.ground import HECTARE
from ..progress import Progress, part, silent
from .drawing import SiteFootprints
from .formation import Sites, form_sites
from .plateau import plateau


@dataclass(frozen=True)
class Grid:
    """The definitions to compare: every link distance (ground metres) with every minimum of tanks, both ascending.

    ``change_pct`` is how much the numbers of sites, and of tanks in them, may differ on a plateau.
    """

    link_distances: Sequence[float]
    min_tanks: Sequence[int]
    footprint: str = BUFFERED
    padding: float = 15.0
    change_pct: float = PLATEAU_CHANGE_PCT

    def definition(self, link_distance: float, min_tanks: int) -> SiteDefinition:
        """Return one of the definitions."""
        return SiteDefinition(link_distance, min_tanks, self.footprint, self.padding)

    @property
    def overlapping(self) -> list[float]:
        """The link distances at which footprints of two sites may overlap."""
        return [d for d in self.link_distances if self.definition(d, 1).footprints_may_overlap]


@dataclass(frozen=True)
class _Groups:
    """The groups at one link distance, those below the smallest minimum left out: a value a group."""

    sites: Sites
    size: np.ndarray
    area: np.ndarray
    fell_back: np.ndarray


def sensitivity(
    tanks: pd.DataFrame, year: int | None, counting: str, grid: Grid, progress: Progress = silent
) -> pd.DataFrame:
    """Return one row a pair (``fields.SENSITIVITY``), by minimum of tanks and then by link distance.

    Each link distance is grouped and drawn once, for all minimums. Raises Cancelled.
    """
    counted = time.counted(tanks, year, counting)
    groups: list[_Groups] = []
    for number, distance in enumerate(grid.link_distances):
        one = part(progress, number / len(grid.link_distances), (number + 1) / len(grid.link_distances))
        definition = grid.definition(distance, min(grid.min_tanks))
        groups.append(_group(tanks, counted, definition, groups[-1] if groups else None, one))
    tables = [_table(groups, int(counted.sum()), minimum, grid) for minimum in grid.min_tanks]
    table = pd.concat(tables, ignore_index=True)
    table["year"] = np.nan if year is None else year
    table["counting"] = ALL_COUNTED if year is None else counting
    return table[[field.name for field in fields.SENSITIVITY]]


def plateaus(table: pd.DataFrame) -> dict[int, tuple[float, float]]:
    """Return the first and last link distance of the plateau of each minimum of tanks that has one."""
    on = table[table["on_plateau"] == fields.YES].groupby("min_tanks")["link_distance_m"]
    return {int(minimum): (float(rows.min()), float(rows.max())) for minimum, rows in on}


def _group(
    tanks: pd.DataFrame, counted: np.ndarray, definition: SiteDefinition, before: _Groups | None, progress: Progress
) -> _Groups:
    progress(0.0)
    sites = form_sites(tanks, counted, definition)
    progress(0.3)
    size = sites.count(counted)
    area, fell_back = np.zeros(len(sites)), np.zeros(len(sites), dtype=bool)
    same = np.full(len(sites), -1) if before is None else _unchanged(sites, size, before)
    if before is not None:
        kept = same >= 0
        area[kept], fell_back[kept] = before.area[same[kept]], before.fell_back[same[kept]]
    new = same < 0
    if new.any():
        chosen = Selection(np.append(new, False)[sites.of_tank], polygons=False)
        (drawn,) = SiteFootprints(tanks, sites, definition).of(chosen, progress=part(progress, 0.3, 1.0))
        area[new], fell_back[new] = drawn.area[new], drawn.fell_back[new]
    return _Groups(sites, size, area, fell_back)


def _unchanged(sites: Sites, size: np.ndarray, before: _Groups) -> np.ndarray:
    """Return, for each group, the group of the same tanks at the smaller link distance, or -1.

    A larger distance joins groups and splits none: a group of the size that its first tank's group had is that group.
    """
    inside = np.flatnonzero(sites.of_tank >= 0)
    first = inside[np.unique(sites.of_tank[inside], return_index=True)[1]]
    earlier = before.sites.of_tank[first]
    return np.where((earlier >= 0) & (np.append(before.size, 0)[earlier] == size), earlier, -1)


def _table(groups: list[_Groups], counted: int, minimum: int, grid: Grid) -> pd.DataFrame:
    """Return the rows of one minimum of tanks."""
    rows = [_row(one, minimum) for one in groups]
    table = pd.DataFrame(rows)
    table["link_distance_m"], table["min_tanks"] = list(grid.link_distances), minimum
    table["ungrouped"] = counted - table["tanks_in_sites"]
    table["footprint_method"] = grid.footprint
    overlapping = table["link_distance_m"].isin(grid.overlapping)
    table["footprints_may_overlap"] = np.where(overlapping, fields.YES, fields.NO)
    for column, change in (("sites", "sites_change_pct"), ("footprint_ha", "footprint_change_pct")):
        values = table[column].to_numpy(dtype=float)
        # Sums of the same footprints in another order differ in their last digits.
        table[change] = np.append(np.nan, np.round(tally.percent(np.diff(values), values[:-1]), 6) + 0.0)
    flat = _plateau(table, grid)
    table["on_plateau"] = np.where(flat, fields.YES, fields.NO)
    return table


def _plateau(table: pd.DataFrame, grid: Grid) -> np.ndarray:
    """Return which rows lie on the plateau. Where every tank is alone, or no site is left, nothing is learnt."""
    numbers = table[["sites", "tanks_in_sites"]].to_numpy(dtype=float)
    linked = table["largest_site_tanks"].to_numpy() >= 2
    return plateau(table["link_distance_m"].to_numpy(), numbers, linked, grid.change_pct)


def _row(groups: _Groups, minimum: int) -> dict[str, float]:
    sites = groups.size >= minimum
    size = groups.size[sites]
    return {
        "sites": len(size),
        "tanks_in_sites": int(size.sum()),
        "largest_site_tanks": int(size.max()) if len(size) else 0,
        "median_site_tanks": float(np.median(size)) if len(size) else np.nan,
        "footprint_ha": float(groups.area[sites].sum()) / HECTARE,
        "sites_fell_back": int(groups.fell_back[sites].sum()),
    }
