"""Any CRS to EPSG:4326, longitude first; and whether the numbers can be in the CRS that they are said to be in."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import shapely
from osgeo import osr

from ..errors import CrsMissing, SourceError
from ..notes import Information
from .to_wgs84 import moved, wgs84

# Nothing that OSR would look up in a file or fetch from a server.
_SAFE = re.compile(
    r"(?:epsg|esri|ogc|iau\w*|crs|urn:ogc:def:crs):[\w.:]+|\+proj=[^/\\@]+|[a-z_0-9]+\s*\[.+\]|\{.+\}", re.I | re.S
)
_EXAMPLES = 3
_LOOSELY = ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS"]


@dataclass(frozen=True)
class Stated:
    """The CRS a layer is said to have. ``by_format``: not written in the file, but what its format always means."""

    srs: osr.SpatialReference | None
    by_format: bool = False


def from_text(text: str) -> osr.SpatialReference:
    """Return the CRS that a text names: EPSG:32647, 32647, WKT, PROJ. Raises SourceError."""
    bare = text.strip()
    bare = f"EPSG:{bare}" if bare.isdigit() else bare
    srs = osr.SpatialReference()
    try:
        known = bool(_SAFE.fullmatch(bare)) and srs.SetFromUserInput(bare) == 0
    except RuntimeError:  # somebody has switched on OSR's exceptions
        known = False
    if not known:
        raise SourceError(f"“{text}” names no CRS. Give the parameter CRS as a code, such as EPSG:32647.")
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def to_degrees(geometry: np.ndarray, stated: Stated, where: str, given: str = "") -> tuple[np.ndarray, list[str]]:
    """Return geometries in EPSG:4326 and notes; what cannot be moved gets infinite coordinates.

    ``given`` counts where the layer states no CRS, or one that all of its numbers contradict. Raises CrsMissing where
    there is none: which one it has, only its maker knows.
    """
    srs, notes = _choose(shapely.bounds(geometry)[:, :2], stated, where, from_text(given) if given.strip() else None)
    if _is_wgs84(srs):
        return (_swapped(geometry) if _latitude_first(srs) else geometry), notes
    if srs.IsLocal():
        raise SourceError(
            f"{where}: the CRS “{srs.GetName()}” is a local one, tied to no place on earth. Set the right CRS in QGIS."
        )

    def move(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(moved(xy[:, 0], xy[:, 1], srs))

    return shapely.transform(geometry, move), [*notes, Information(f"Reprojected from {name_of(srs)} to EPSG:4326.")]


def xy_to_degrees(x: np.ndarray, y: np.ndarray, crs: str) -> tuple[np.ndarray, np.ndarray]:
    """Return longitude and latitude (EPSG:4326) of coordinates; infinite where they lie beyond the CRS.

    ``crs``: what ``from_text`` takes; x is the easting or longitude, whatever the order of its axes. NaN stays NaN.
    """
    srs = from_text(crs)
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if _is_wgs84(srs):
        return x, y
    lon, lat = np.full(len(x), np.nan), np.full(len(y), np.nan)
    known = np.isfinite(x) & np.isfinite(y)
    lon[known], lat[known] = moved(x[known], y[known], srs)
    return lon, lat


def contradiction(x: np.ndarray, y: np.ndarray, srs: osr.SpatialReference) -> np.ndarray:
    """Return which coordinates cannot be what the CRS says: metres for degrees, or degrees for metres."""
    with np.errstate(invalid="ignore"):
        if srs.IsGeographic():
            if _latitude_first(srs):
                x, y = y, x
            return (np.abs(x) > 360) | (np.abs(y) > 90)
        return (np.abs(x) <= 180) & (np.abs(y) <= 90) & ((x != 0) | (y != 0))


def name_of(srs: osr.SpatialReference) -> str:
    """Return a CRS's code, else its name."""
    authority, code = srs.GetAuthorityName(None), srs.GetAuthorityCode(None)
    return f"{authority}:{code}" if authority and code else srs.GetName() or "its CRS"


def _choose(
    xy: np.ndarray, stated: Stated, where: str, given: osr.SpatialReference | None
) -> tuple[osr.SpatialReference, list[str]]:
    if stated.srs is None and given is None:
        raise CrsMissing(
            f"{where}: the layer has no CRS (for a shapefile, the .prj file is missing). Find out which CRS its "
            "coordinates are in, and give it as the parameter CRS, such as EPSG:32647."
        )
    if stated.srs is None:
        _refuse_given(xy, given, where)
        return given, [Information(f"{where} states no CRS: {name_of(given)} was used, as given.")]
    wrong = contradiction(xy[:, 0], xy[:, 1], stated.srs)
    known = np.isfinite(xy).all(axis=1)
    if wrong.any() and wrong.sum() == known.sum():
        return _all_wrong(xy[wrong], stated, where, given)
    notes = []
    if wrong.any():
        notes.append(
            f"{where}: {wrong.sum():,} of {known.sum():,} positions contradict its CRS: {_said(xy[wrong], stated)}"
        )
    if given is not None and not given.IsSame(stated.srs, _LOOSELY):
        notes.append(f"The CRS {name_of(given)} was given but not used: {_states(stated)} {name_of(stated.srs)}.")
    return stated.srs, notes


def _all_wrong(
    xy: np.ndarray, stated: Stated, where: str, given: osr.SpatialReference | None
) -> tuple[osr.SpatialReference, list[str]]:
    said = _said(xy, stated)
    said = said[0].upper() + said[1:]
    if given is None:
        raise CrsMissing(
            f"{where}: no position can be in its CRS. {said} Find out which CRS its coordinates are in, and give it as "
            "the parameter CRS, such as EPSG:32647."
        )
    _refuse_given(xy, given, where)
    return given, [f"{where}: {name_of(given)} was used, as given. {said}"]


def _refuse_given(xy: np.ndarray, given: osr.SpatialReference, where: str) -> None:
    wrong = contradiction(xy[:, 0], xy[:, 1], given)
    if wrong.any() and wrong.sum() == np.isfinite(xy).all(axis=1).sum():
        raise CrsMissing(
            f"{where}: no position can be in the CRS given. It is {_but(xy[wrong], given)} Give another as the "
            "parameter CRS."
        )


def _said(xy: np.ndarray, stated: Stated) -> str:
    return f"{_states(stated)} {_but(xy, stated.srs)}"


def _but(xy: np.ndarray, srs: osr.SpatialReference | None) -> str:
    unit = "degrees" if srs is None or srs.IsGeographic() else "metres"
    shown = "; ".join(f"{x:,.6g}, {y:,.6g}" if unit == "metres" else f"{x:,.0f}, {y:,.0f}" for x, y in xy[:_EXAMPLES])
    return f"{name_of(srs)}, in {unit}, but such numbers are none: {shown}."


def _states(stated: Stated) -> str:
    return "the format means" if stated.by_format else "the file states"


def _is_wgs84(srs: osr.SpatialReference) -> bool:
    return bool(srs.IsSame(wgs84(), _LOOSELY))


def _latitude_first(srs: osr.SpatialReference) -> bool:
    """Return whether a layer's numbers stand latitude first: where the CRS has that order, and so has the data."""
    return bool(srs.EPSGTreatsAsLatLong()) and list(srs.GetDataAxisToSRSAxisMapping())[:2] == [1, 2]


def _swapped(geometry: np.ndarray) -> np.ndarray:
    return shapely.transform(geometry, lambda xy: xy[:, ::-1])
