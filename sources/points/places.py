"""Where each row of a source lies: from its geometry or its coordinate columns; what has no place is set apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely

from ..columns.aliases import GEOMETRY_TEXT, PLACE
from ..columns.naming import with_prefix
from ..columns.roles import match, plain
from ..columns.values import numbers
from ..errors import SourceError
from ..files import geometry_text
from ..files.reader import Source

# Myanmar, China and their neighbours: a suspicion, no rule.
_REGION = (73.0, 3.0, 136.0, 54.0)
_POINT, _LINE, _LINEAR, _POLYGON, _MULTIPOINT, _MULTILINE, _MULTIPOLYGON = range(7)
_REASONS = {
    -1: "no geometry",
    _LINE: "a line, where a point or polygon is needed",
    _LINEAR: "a line, where a point or polygon is needed",
    _MULTILINE: "a line, where a point or polygon is needed",
    7: "a mixed collection of geometries, where a point or polygon is needed",
}


@dataclass
class Places:
    """The rows of a source that have a place, and those that have none.

    ``table`` (source columns), ``row`` (1-based number in the source) and ``lon``/``lat`` (degrees) go together.
    ``rejected`` holds row, reason and the source columns, prefixed. Each part of a multipoint counts as a row.
    """

    table: pd.DataFrame
    row: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    rejected: pd.DataFrame
    rows_read: int
    notes: list[str] = field(default_factory=list)


def has_places(columns: Sequence[str]) -> bool:
    """Return whether a table's columns hold coordinates or geometry as text, as far as their names tell."""
    return all(match(columns, names) for names in PLACE.values()) or bool(text_column(columns))


def text_column(columns: Sequence[str]) -> str:
    """Return the column that holds geometry as text (WKT), or ""."""
    return next((column for column in columns if plain(column) in map(plain, GEOMETRY_TEXT)), "")


def needs_columns(source: Source) -> bool:
    """Return whether the places must come from columns: a mere table, or a layer whose geometries are all missing."""
    if source.geometry is None:
        return True
    return len(source.table) > 0 and bool(shapely.is_missing(source.geometry).all()) and has_places(source.columns)


def place(source: Source, mapping: Mapping[str, str], advice: str = "") -> Places:
    """Return the places of a source's rows. Coordinate columns count where ``mapping`` names both ``lat`` and ``lon``.

    Raises SourceError for a table without geometry or coordinates; ``advice`` is added to that message.
    """
    if mapping.get("lat") and mapping.get("lon"):
        return _from_columns(source, mapping["lat"], mapping["lon"])
    if source.geometry is not None and not needs_columns(source):
        return _from_geometry(source.table, source.geometry)
    column = text_column(source.columns)
    if column:
        return _from_text(source, column)
    raise SourceError(
        f"{source.name} has neither geometry nor coordinate columns that could be recognised. Columns: "
        f"{', '.join(source.columns) or 'none'}. Name them in FIELD_MAP, such as lat=…;lon=….{advice}"
    )


def _from_columns(source: Source, lat_column: str, lon_column: str) -> Places:
    lat = numbers(source.table[lat_column], decimal_comma=True)
    lon = numbers(source.table[lon_column], decimal_comma=True)
    text = text_column(source.columns) if source.geometry is None else ""
    notes = geometry_text.compare(source.table[text], lon.values, lat.values, text) if text else []
    what = f"columns {lon_column} (longitude) and {lat_column} (latitude)"
    notes.insert(0, f"The places were taken from the {what}.")
    reasons = np.full(len(source.table), None, dtype=object)
    empty = source.table[lat_column].isna() | source.table[lon_column].isna()
    reasons[np.isnan(lat.values) | np.isnan(lon.values)] = "latitude or longitude is not a number"
    reasons[empty.to_numpy()] = "no latitude or longitude"
    return _sift(source.table, np.arange(len(source.table)), lon.values, lat.values, reasons, notes)


def _from_text(source: Source, column: str) -> Places:
    geometry = geometry_text.parse(source.table[column])
    if geometry_text.is_projected(geometry):
        raise SourceError(
            f"The geometry in column {column} of {source.name} is not in degrees. Load the file in QGIS with its CRS "
            "and save it as a GeoPackage, or name coordinate columns in FIELD_MAP, such as lat=…;lon=…."
        )
    places = _from_geometry(source.table, geometry)
    places.notes.insert(0, f"The places were taken from the geometry in column {column}.")
    return places


def _from_geometry(table: pd.DataFrame, geometry: np.ndarray) -> Places:
    notes = []
    kinds = shapely.get_type_id(geometry)
    parts, index = geometry, np.arange(len(geometry))
    several = (kinds == _MULTIPOINT) & (shapely.get_num_geometries(geometry) > 1)
    if (kinds == _MULTIPOINT).any():
        parts, index = _exploded(geometry, kinds == _MULTIPOINT)
        kinds = shapely.get_type_id(parts)
    if several.any():
        notes.append(f"{several.sum():,} rows are multipoints: each of their points counts as a row.")
    polygons = np.isin(kinds, [_POLYGON, _MULTIPOLYGON])
    if polygons.any():
        notes.append(f"{polygons.sum():,} rows are polygons: a point on each one's surface stands for it.")
        parts = parts.copy()
        parts[polygons] = _on_surface(parts[polygons])
    usable = shapely.get_type_id(parts) == _POINT
    lon, lat = (np.where(usable, get(parts), np.nan) for get in (shapely.get_x, shapely.get_y))
    reasons = np.array([_REASONS.get(kind) for kind in kinds] + [None], dtype=object)[:-1]
    reasons[~usable & (reasons == None)] = "no geometry"  # noqa: E711 (elementwise)
    return _sift(table, index, lon, lat, reasons, notes)


def _exploded(geometry: np.ndarray, multi: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    points, of = shapely.get_parts(geometry[multi], return_index=True)
    single = np.flatnonzero(~multi)
    index = np.concatenate([single, np.flatnonzero(multi)[of]])
    order = np.argsort(index, kind="stable")
    return np.concatenate([geometry[single], points])[order], index[order]


def _on_surface(polygons: np.ndarray) -> np.ndarray:
    finite = np.isfinite(shapely.bounds(polygons)).all(axis=1)
    polygons = polygons.copy()
    polygons[~finite] = None
    sound = np.where(shapely.is_valid(polygons), polygons, shapely.make_valid(polygons))
    return shapely.point_on_surface(sound)


def _sift(
    table: pd.DataFrame, index: np.ndarray, lon: np.ndarray, lat: np.ndarray, reasons: np.ndarray, notes: list[str]
) -> Places:
    """Set apart the rows without a usable position."""
    free = reasons == None  # noqa: E711 (elementwise)
    with np.errstate(invalid="ignore"):
        reasons[free & ((np.abs(lon) > 180) | (np.abs(lat) > 90))] = "outside the world"
        reasons[free & ~(np.isfinite(lon) & np.isfinite(lat))] = "the position is not a finite number"
    reasons[free & (lon == 0) & (lat == 0)] = "0/0 is a missing position"
    notes = notes + _suspicions(lon, lat, reasons)
    good = reasons == None  # noqa: E711 (elementwise)
    rejected = with_prefix(table.take(index[~good]).reset_index(drop=True))
    rejected.insert(0, "row", index[~good] + 1)
    rejected.insert(1, "reason", reasons[~good])
    kept = table.take(index[good]).reset_index(drop=True)
    return Places(kept, index[good] + 1, lon[good], lat[good], rejected, len(index), notes)


def _suspicions(lon: np.ndarray, lat: np.ndarray, reasons: np.ndarray) -> list[str]:
    notes = []
    swapped = ~_in_region(lon, lat) & _in_region(lat, lon)
    if swapped.any():
        notes.append(
            f"Latitude and longitude look swapped in {swapped.sum():,} rows. FIELD_MAP can name them: lat=…;lon=…."
        )
    outside = reasons == "outside the world"
    if (outside & ~swapped).any():
        notes.append(
            f"{(outside & ~swapped).sum():,} positions lie outside the world: they may be metres, not degrees. If so, "
            "save the data as a layer with its CRS and load that."
        )
    far = (reasons == None) & ~_in_region(lon, lat) & ~swapped  # noqa: E711 (elementwise)
    if far.any():
        notes.append(f"{far.sum():,} rows lie far from Myanmar and China.")
    return notes


def _in_region(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    west, south, east, north = _REGION
    with np.errstate(invalid="ignore"):
        return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
