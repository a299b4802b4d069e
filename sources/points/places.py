"""Where each row of a source lies: from its geometry or its coordinate columns; what has no place is set apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely

from ..columns.aliases import BOTH, PLACE
from ..columns.naming import with_prefix
from ..columns.roles import geometry_column, match
from ..errors import CrsMissing, SourceError
from ..files import geometry_text
from ..files.reader import Source
from ..notes import Information
from . import suspicions
from .coordinates import Coordinates, comparable, from_columns, from_pairs
from .shapes import centres, points

_FULL_TURN = 360


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

    def leave_out(self, positions: np.ndarray, reason: str) -> pd.DataFrame:
        """Return ``rejected`` with more rows, named by their positions in ``table``."""
        more = with_prefix(self.table.take(positions).reset_index(drop=True))
        more.insert(0, "row", self.row[positions])
        more.insert(1, "reason", reason)
        return pd.concat([self.rejected, more], ignore_index=True) if len(more) else self.rejected


def has_places(columns: Sequence[str]) -> bool:
    """Return whether a table's columns hold coordinates or geometry as text, as far as their names tell."""
    return all(match(columns, names) for names in PLACE.values()) or bool(
        geometry_column(columns) or match(columns, BOTH)
    )


def needs_columns(source: Source) -> bool:
    """Return whether the places must come from columns: a mere table, or a layer whose geometries are all missing."""
    if source.geometry is None:
        return True
    return len(source.table) > 0 and bool(shapely.is_missing(source.geometry).all()) and has_places(source.columns)


def place(source: Source, mapping: Mapping[str, str], advice: str = "") -> Places:
    """Return the places of a source's rows. Coordinate columns count where ``mapping`` names both ``lat`` and ``lon``.

    One column for both holds pairs or WKT. Raises SourceError for a table without geometry or coordinates; ``advice``
    is added to that message.
    """
    lat, lon = mapping.get("lat"), mapping.get("lon")
    if lat and lon:
        places = _from_text(source, lat) if lat == lon else None
        return places or _from_columns(source, lat, lon)
    if source.geometry is not None and not needs_columns(source):
        return _from_layer(source)
    column = geometry_column(source.columns)
    places = _from_text(source, column) if column else None
    if places:
        return places
    raise SourceError(
        f"{source.name} has neither geometry nor coordinate columns that could be recognised. Columns: "
        f"{', '.join(source.columns) or 'none'}. Name them in FIELD_MAP, such as lat=…;lon=….{advice}"
    )


def _from_columns(source: Source, lat: str, lon: str) -> Places:
    table = source.table
    found = from_pairs(table, lat, source.crs) if lat == lon else from_columns(table, lat, lon, source.crs)
    _refuse_metres(found, source, (lat, lon))
    text = geometry_column(source.columns) if source.geometry is None and lat != lon else ""
    notes = list(found.notes)
    if text:
        notes += _against_text(table[text], found, source.crs)
    elif source.geometry is not None:
        notes += _against(source.geometry, found, "The coordinate columns disagree with the layer's geometry")
    return _sift(table, np.arange(len(table)), Coordinates(found.lon, found.lat, found.reasons, notes), (lat, lon))


def _refuse_metres(found: Coordinates, source: Source, columns: tuple[str, str]) -> None:
    """Raise CrsMissing where no pair of numbers can be degrees, and no CRS was given."""
    known = np.flatnonzero(np.isfinite(found.lon) & np.isfinite(found.lat))
    if source.crs or not len(known) or (np.maximum(np.abs(found.lon), np.abs(found.lat))[known] <= _FULL_TURN).any():
        return
    shown = "; ".join(f"{found.lon[index]:,.0f}, {found.lat[index]:,.0f}" for index in known[:2])
    raise CrsMissing(
        f"{source.name}: the columns {columns[1]} and {columns[0]} hold no degrees, but such numbers as {shown}. Find "
        "out which CRS they are in, and give it as the parameter CRS, such as EPSG:32647; or name other columns in "
        "FIELD_MAP."
    )


def _against_text(column: pd.Series, found: Coordinates, crs: str) -> list[str]:
    geometry, _ = geometry_text.to_degrees(geometry_text.parse(column), crs)
    if geometry_text.is_projected(geometry):
        x, y = (f"{value:,.0f}" for value in np.nanmedian(shapely.bounds(geometry)[:, :2], axis=0))
        return [
            f"The column {column.name} holds geometry in another CRS (about {x}, {y}, not degrees). It was not used: "
            "the coordinate columns were."
        ]
    return _against(geometry, found, f"The column {column.name} disagrees with the coordinate columns")


def _against(geometry: np.ndarray, found: Coordinates, what: str) -> list[str]:
    row = np.arange(1, len(geometry) + 1)
    return suspicions.of_two_places(
        (found.lon, found.lat), centres(geometry), row, what, "The coordinate columns were used."
    )


def _from_text(source: Source, column: str) -> Places | None:
    """Return the places of a column of WKT or WKB; None where it holds none at all."""
    geometry = geometry_text.parse(source.table[column])
    if len(geometry) and shapely.is_missing(geometry).all() and source.table[column].notna().any():
        return None
    geometry, notes = geometry_text.to_degrees(geometry, source.crs)
    if geometry_text.is_projected(geometry):
        raise SourceError(
            f"The geometry in column {column} of {source.name} is not in degrees. Give its CRS as the parameter CRS, "
            "or name coordinate columns in FIELD_MAP, such as lat=…;lon=…."
        )
    return _from_geometry(
        source, geometry, [Information(f"The places were taken from the geometry in column {column}."), *notes]
    )


def _from_layer(source: Source) -> Places:
    """Return the places of a layer's geometry; coordinate columns beside it are compared, not used."""
    assert source.geometry is not None
    lat, lon = (match(source.columns, PLACE[role]) for role in ("lat", "lon"))
    columns = comparable(source.table, lat, lon) if lat and lon else None
    notes = []
    if columns is not None:
        notes = suspicions.of_two_places(
            centres(source.geometry),
            columns,
            np.arange(1, len(source.table) + 1),
            f"The columns {lat} and {lon} disagree with the layer's geometry",
            f"The geometry was used; FIELD_MAP can name the columns: lat={lat};lon={lon}.",
        )
    return _from_geometry(source, source.geometry, notes)


def _from_geometry(source: Source, geometry: np.ndarray, notes: list[str]) -> Places:
    found = points(geometry)
    place = Coordinates(found.lon, found.lat, found.reasons, [*notes, *found.notes])
    return _sift(source.table, found.of, place, None)


def _sift(table: pd.DataFrame, index: np.ndarray, found: Coordinates, columns: tuple[str, str] | None) -> Places:
    """Set apart the rows without a usable position. ``index``: which row of the table each place belongs to."""
    lon, lat, reasons = found.lon, found.lat, found.reasons
    free = reasons == None  # noqa: E711 (elementwise)
    with np.errstate(invalid="ignore"):
        reasons[free & ((np.abs(lon) > 180) | (np.abs(lat) > 90))] = "outside the world"
        reasons[free & ~(np.isfinite(lon) & np.isfinite(lat))] = "the position is not a finite number"
    reasons[free & (lon == 0) & (lat == 0)] = "0/0 is a missing position"
    notes = found.notes + suspicions.of_places(lon, lat, index + 1, columns)
    good = reasons == None  # noqa: E711 (elementwise)
    rejected = with_prefix(table.take(index[~good]).reset_index(drop=True))
    rejected.insert(0, "row", index[~good] + 1)
    rejected.insert(1, "reason", reasons[~good])
    # A million rows are not copied for nothing.
    whole = bool(good.all()) and np.array_equal(index, np.arange(len(table)))
    kept = table if whole else table.take(index[good]).reset_index(drop=True)
    return Places(kept, index[good] + 1, lon[good], lat[good], rejected, len(index), notes)
