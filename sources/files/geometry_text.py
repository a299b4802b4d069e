"""Geometry written as text (WKT) in a column of a table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

# Some 11 m at the equator: more than rounding, less than another place.
_TOLERANCE_DEGREES = 1e-4


def parse(column: pd.Series) -> np.ndarray:
    """Return the geometries of WKT or EWKT texts, None where there is none or it cannot be read."""
    texts = column.astype(object).where(column.notna(), None)
    bare = texts.str.replace(r"^\s*SRID=\d+;", "", regex=True) if len(texts) and texts.notna().any() else texts
    geometry = shapely.from_wkt([text if isinstance(text, str) else None for text in bare], on_invalid="ignore")
    return np.asarray(geometry, dtype=object)


def is_projected(geometry: np.ndarray) -> bool:
    """Return whether most geometries have coordinates that cannot be degrees."""
    bounds = shapely.bounds(geometry)
    known = ~np.isnan(bounds).any(axis=1)
    beyond = (np.abs(bounds[:, [0, 2]]) > 180).any(axis=1) | (np.abs(bounds[:, [1, 3]]) > 90).any(axis=1)
    return bool(known.any() and beyond[known].mean() > 0.5)


def compare(column: pd.Series, lon: np.ndarray, lat: np.ndarray, name: str) -> list[str]:
    """Return a note if a geometry column says something else than the coordinate columns that are used."""
    geometry = parse(column)
    if is_projected(geometry):
        x, y = (f"{value:,.0f}" for value in np.nanmedian(shapely.bounds(geometry)[:, :2], axis=0))
        return [
            f"The column {name} holds geometry in another CRS (about {x}, {y}, not degrees). It was not used: the "
            "coordinate columns were."
        ]
    points = shapely.centroid(geometry)
    with np.errstate(invalid="ignore"):
        off = np.maximum(np.abs(shapely.get_x(points) - lon), np.abs(shapely.get_y(points) - lat))
        rows = int((off > _TOLERANCE_DEGREES).sum())
    if not rows:
        return []
    return [
        f"The column {name} disagrees with the coordinate columns in {rows:,} rows. The coordinate columns were used."
    ]
