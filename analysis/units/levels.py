"""Units of a higher level: the units that share a value are dissolved into one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .. import fields
from ..geometry.ground import geodesic_area_km2
from ..progress import Progress, part, silent
from ..threads import in_threads

# The column that tells which units belong together: text, None where there is no value.
LEVEL = "level"
_OWN = [field.name for field in fields.UNITS if field.kind is fields.Kind.TEXT]
# So many polygons are joined at once; between two such batches the user may stop the work.
_BATCH = 64
_GRID = 1e-9


@dataclass(frozen=True)
class Dissolved:
    """What was dissolved: how many units into how many, how many had no value, and values under several parents."""

    units: int
    levels: int
    without_value: int
    under_several_parents: list[str]


def dissolve(units: gpd.GeoDataFrame, nameless: str, progress: Progress = silent) -> tuple[gpd.GeoDataFrame, Dissolved]:
    """Return the units (of ``prepare``) dissolved by their column LEVEL, and what was dissolved.

    A level has the columns that are the same for all its units, but their code and name only where every level has but
    one; else the value is both. Units without a value become one, named ``nameless``.
    """
    group, values = pd.factorize(units[LEVEL], sort=True)
    without = int((group < 0).sum())
    group = np.where(group < 0, len(values), group)
    names = [*values, nameless] if without else list(values)
    columns = {name: _common(units[name], group, len(names)) for name in _OWN}
    for name in ("unit_code", "unit_name"):
        if units[name].isna().all() or not _the_same(units[name], group, len(values)):
            columns[name] = np.array(names, dtype=object)
    if without:
        columns["unit_code"][-1], columns["unit_name"][-1] = None, nameless
    polygons = _union(units.geometry.to_numpy(), group, len(names), progress)
    columns["area_km2"] = geodesic_area_km2(polygons)
    frame = gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(polygons, crs=units.crs))
    told = Dissolved(len(units), len(names), without, _under_several_parents(units))
    return frame.sort_values(["unit_code", "unit_name"], kind="stable", na_position="last", ignore_index=True), told


def _common(column: pd.Series, group: np.ndarray, groups: int) -> np.ndarray:
    """Return the value that all units of a group have, None where they differ."""
    code, values = pd.factorize(column)
    lowest, highest = np.full(groups, len(values)), np.full(groups, -2)
    np.minimum.at(lowest, group, code)
    np.maximum.at(highest, group, code)
    return np.array([*values, None], dtype=object)[np.where(lowest == highest, lowest, -1)]


def _the_same(column: pd.Series, group: np.ndarray, groups: int) -> bool:
    return bool((column[group < groups].groupby(group[group < groups]).nunique(dropna=False) == 1).all())


def _under_several_parents(units: gpd.GeoDataFrame) -> list[str]:
    """Return values that stand under several parents, where most do not: other units of the same name, perhaps."""
    parents = units.groupby(LEVEL)["parent_name"].nunique()
    several = parents[parents > 1]
    return sorted(several.index) if 2 * len(several) < len(parents) else []


def _union(polygons: np.ndarray, group: np.ndarray, groups: int, progress: Progress) -> np.ndarray:
    """Return the union of each group's polygons, None where it has none: neighbours first, then those together."""
    left = 1.0
    while len(polygons) > len(np.unique(group)):
        order = np.lexsort((shapely.bounds(polygons)[:, 0], group))
        rank = np.arange(len(order)) - np.searchsorted(group[order], group[order])
        begins = np.flatnonzero(rank % _BATCH == 0)
        batches = np.split(order, begins[1:])
        joined = in_threads(_joining(polygons, batches), len(batches), part(progress, 1 - left, 1 - left / 10))
        left /= 10
        polygons, group = np.array([*joined, None], dtype=object)[:-1], group[order][begins]
    result = np.full(groups, None, dtype=object)
    result[group] = polygons
    return result


def _joining(polygons: np.ndarray, batches: list[np.ndarray]) -> Callable[[int], shapely.Geometry | None]:
    def join(number: int) -> shapely.Geometry | None:
        parts = shapely.get_parts(shapely.get_parts(polygons[batches[number]]))
        # What was repaired may hold lines and points: they cover no ground.
        parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        if len(parts) == 0:
            return None
        try:
            return shapely.union_all(parts)
        except shapely.GEOSException:
            return shapely.union_all(parts, grid_size=_GRID)

    return join
