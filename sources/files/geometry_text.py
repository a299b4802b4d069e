"""Geometry written as text in a column of a table: WKT, EWKT, or WKB in hexadecimal digits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from ..notes import Information

_DEGREES = (0, 4326)
_SRID = r"^\s*SRID\s*=\s*(\d{1,9})\s*;"
_HEX = r"\s*0[01][0-9A-Fa-f]{16,}\s*"


def parse(column: pd.Series) -> np.ndarray:
    """Return the geometries of a column with the SRID that each states (0: none); None where none can be read."""
    texts = pd.Series([cell if isinstance(cell, str) else None for cell in column], dtype=object)
    if not texts.notna().any():
        return np.full(len(texts), None, dtype=object)
    stated = texts.str.extract(_SRID, expand=False)
    coded = texts.str.fullmatch(_HEX).eq(True).to_numpy(dtype=bool)
    bare = texts.str.replace(_SRID, "", regex=True).mask(coded).to_numpy(dtype=object, copy=True)
    bare[pd.isna(bare)] = None
    with np.errstate(all="ignore"):
        geometry = np.asarray(shapely.from_wkt(bare, on_invalid="ignore"))
    geometry = geometry.astype(object)
    if coded.any():
        codes = np.array([text.strip() for text in texts[coded]], dtype=object)
        geometry[coded] = shapely.from_wkb(codes, on_invalid="ignore")
    named = stated.notna().to_numpy()
    if named.any():
        geometry[named] = shapely.set_srid(geometry[named], stated[named].astype(int).to_numpy())
    return geometry


def to_degrees(geometry: np.ndarray, crs: str = "") -> tuple[np.ndarray, list[str]]:
    """Return geometries brought to EPSG:4326 from the CRS that each states, else from the one given, and notes.

    Raises SourceError for a CRS that nobody knows.
    """
    srid = shapely.get_srid(geometry)
    groups = {f"EPSG:{number}": srid == number for number in np.unique(srid).tolist() if number > 0}
    groups.pop("EPSG:4326", None)
    if crs:
        groups[crs] = srid == 0
    notes: list[str] = []
    geometry = geometry.copy()
    for name, rows in groups.items():
        if rows.any():
            geometry[rows] = _moved(geometry[rows], name)
            notes.append(Information(f"Reprojected from {name} to EPSG:4326: {rows.sum():,} geometries."))
    return geometry, notes


def _moved(geometry: np.ndarray, crs: str) -> np.ndarray:
    from .crs import xy_to_degrees

    def move(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(xy_to_degrees(xy[:, 0], xy[:, 1], crs))

    return np.asarray(shapely.transform(geometry, move), dtype=object)


def is_projected(geometry: np.ndarray) -> bool:
    """Return whether most geometries have coordinates that cannot be degrees."""
    bounds = shapely.bounds(geometry)
    known = ~np.isnan(bounds).any(axis=1)
    beyond = (np.abs(bounds[:, [0, 2]]) > 180).any(axis=1) | (np.abs(bounds[:, [1, 3]]) > 90).any(axis=1)
    return bool(known.any() and beyond[known].mean() > 0.5)
