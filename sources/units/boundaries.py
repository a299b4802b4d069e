"""Administrative units, townships or counties, from a file of any known form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ...analysis.fields import UNITS, Kind
from ...analysis.geometry.ground import geodesic_area_km2
from ...analysis.progress import Cancelled, never
from ..columns import values
from ..columns.naming import with_prefix
from ..errors import SourceError
from ..files.reader import Source, read
from .boundary_forms import Form, recognise

_NAMES = [field.name for field in UNITS]
_TEXTS = [field.name for field in UNITS if field.kind is Kind.TEXT]
_POLYGONS = (3, 6)
# Not the joiners, which belong to some scripts' spelling.
_INVISIBLE = "[\u200b\u2060\ufeff]"
_KNOWN = (
    "MIMU (TS_PCODE, TS), COD-AB (ADM3_PCODE, ADM3_EN), geoBoundaries (shapeName, shapeID, shapeGroup), GADM (GID_3, "
    "NAME_3), Chinese counties (adcode, name_zh) or our own (unit_code, unit_name)"
)


@dataclass(frozen=True)
class LoadedUnits:
    """Units of a file, one row each, and what became of every row.

    ``units``: the fields of the table of units (area in geodesic km²), the source's columns prefixed ``src_``, polygons
    in EPSG:4326, invalid ones as they came. ``rejected``: ``row`` (1-based), ``reason``, the source's columns.
    """

    units: gpd.GeoDataFrame
    rejected: pd.DataFrame
    rows_read: int
    field_map: dict[str, str]
    notes: list[str]
    citation: str


def load_units(
    path: str,
    *,
    layer: str = "",
    country: str = "MMR",
    crs: str = "",
    is_cancelled: Callable[[], bool] = never,
) -> LoadedUnits:
    """Load units from a file; ``country`` and ``crs`` count where it does not say. Raises SourceError, Cancelled."""
    source = read(path, layer, ("polygon",), lambda columns: False, is_cancelled, crs)
    if source.geometry is None:
        raise SourceError(f"{source.name} has no geometry. Choose a file of polygons.")
    form = recognise(source.columns)
    if form is None:
        raise SourceError(
            f"The units of {source.name} were not recognised. Columns: {', '.join(source.columns) or 'none'}. "
            f"Known forms: {_KNOWN}. Rename the columns of code and name to unit_code and unit_name."
        )
    if is_cancelled():
        raise Cancelled
    reasons = _reasons(source.geometry)
    good = np.flatnonzero(reasons == None)  # noqa: E711 (elementwise)
    kept = source.table.take(good).reset_index(drop=True)
    geometry = source.geometry[good]
    units, notes = _units(kept, form, source.name, country)
    units["area_km2"] = _areas(geometry)
    frame = gpd.GeoDataFrame(pd.concat([units, with_prefix(kept)], axis=1), geometry=geometry, crs="EPSG:4326")
    notes = [*source.notes, *form.notes, *notes, *_shape_notes(frame)]
    return LoadedUnits(
        frame, _rejected(source, reasons), len(source.table), form.columns, notes, form.citation or source.name
    )


def _reasons(geometry: np.ndarray) -> np.ndarray:
    reasons = np.full(len(geometry), None, dtype=object)
    bounds = shapely.bounds(geometry)
    with np.errstate(invalid="ignore"):
        outside = ~((np.abs(bounds[:, [0, 2]]) <= 180).all(axis=1) & (np.abs(bounds[:, [1, 3]]) <= 90).all(axis=1))
    reasons[outside] = "outside the world"
    reasons[~np.isin(shapely.get_type_id(geometry), _POLYGONS)] = "no polygon"
    reasons[shapely.is_missing(geometry) | shapely.is_empty(geometry)] = "no geometry"
    return reasons


def _rejected(source: Source, reasons: np.ndarray) -> pd.DataFrame:
    bad = np.flatnonzero(reasons != None)  # noqa: E711 (elementwise)
    rejected = with_prefix(source.table.take(bad).reset_index(drop=True))
    rejected.insert(0, "row", bad + 1)
    rejected.insert(1, "reason", reasons[bad])
    return rejected


def _units(table: pd.DataFrame, form: Form, name: str, country: str) -> tuple[pd.DataFrame, list[str]]:
    units = pd.DataFrame(index=table.index)
    for role in _TEXTS:
        column = form.columns.get(role)
        units[role] = None if column is None else values.texts(table[column])
    notes = _clean_names(units)
    if "country" in form.columns:
        parsed = values.countries(table[form.columns["country"]])
        notes += values.unread_note("Country", form.columns["country"], parsed.unread, "as given to the loader")
        units["country"] = parsed.values
    for role, otherwise in (
        ("country", form.country or country.strip().upper()),
        ("boundary_source", form.name or name),
    ):
        units[role] = units[role].where(units[role].notna(), otherwise or None)
    for role in _TEXTS:
        units[role] = values.none_for_missing(units[role])
    repeated = int(units["unit_code"].dropna().duplicated(keep=False).sum())
    if repeated:
        notes.append(f"{repeated:,} units share their code with another.")
    return units.reindex(columns=_NAMES), notes


def _clean_names(units: pd.DataFrame) -> list[str]:
    """Remove invisible characters from names in place: they make equal names differ."""
    count = 0
    for role in ("unit_name", "unit_name_local"):
        clean = (
            units[role]
            .astype(object)
            .where(units[role].notna(), "")
            .str.replace(_INVISIBLE, "", regex=True)
            .str.strip()
        )
        changed = units[role].notna() & (clean != units[role])
        units[role] = units[role].mask(changed, clean)
        count += int(changed.sum())
    return [f"{count:,} names held invisible characters (zero-width spaces); they were removed."] if count else []


def _areas(geometry: np.ndarray) -> np.ndarray:
    """Return ground km²; an invalid polygon's is that of its repaired copy."""
    sound = np.where(shapely.is_valid(geometry), geometry, shapely.make_valid(geometry))
    return geodesic_area_km2(np.array([_oriented(polygon) for polygon in [*sound, None]], dtype=object)[:-1])


def _oriented(geometry: shapely.Geometry | None) -> shapely.Geometry | None:
    """Return the polygons of a geometry with outer rings one way and holes the other, as geodesic areas need."""
    if geometry is None:
        return None
    parts = [part for part in shapely.get_parts(shapely.get_parts(geometry)) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon([shapely.geometry.polygon.orient(part) for part in parts])


def _shape_notes(units: gpd.GeoDataFrame) -> list[str]:
    invalid = int((~shapely.is_valid(units.geometry.to_numpy())).sum())
    return [f"{invalid:,} polygons are invalid (they cross themselves); they are kept as they came."] if invalid else []
