"""Vector files and spreadsheets through GDAL: a fixed list of drivers, local files, nothing followed elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from osgeo import gdal, ogr, osr

from ..errors import SourceError
from .crs import to_degrees
from .rows import read_rows

DRIVERS = {
    ".gpkg": ["GPKG"],
    ".shp": ["ESRI Shapefile"],
    ".gdb": ["OpenFileGDB"],
    ".geojson": ["GeoJSON"],
    ".json": ["GeoJSON"],
    ".kml": ["LIBKML", "KML"],
    ".xlsx": ["XLSX"],
    ".ods": ["ODS"],
}
_SHEET_OPTIONS = {"OGR_XLSX_HEADERS": "FORCE", "OGR_ODS_HEADERS": "FORCE"}
_KINDS = {
    ogr.wkbNone: "none",
    ogr.wkbUnknown: "unknown",
    ogr.wkbPoint: "point",
    ogr.wkbMultiPoint: "point",
    ogr.wkbPolygon: "polygon",
    ogr.wkbMultiPolygon: "polygon",
    ogr.wkbCurvePolygon: "polygon",
    ogr.wkbMultiSurface: "polygon",
}


@dataclass(frozen=True)
class Layer:
    """One layer of one file; geometry is point, polygon, line, unknown (may hold anything) or none."""

    file: Path
    name: str
    geometry: str
    rows: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """What a layer holds: the table, its geometry in degrees (shapely; None for a mere table), and notes."""

    table: pd.DataFrame
    geometry: np.ndarray | None
    notes: list[str]


def list_layers(file: Path) -> list[Layer]:
    """Return the layers of a file."""
    with _opened(file) as dataset:
        layers = (dataset.GetLayer(index) for index in range(dataset.GetLayerCount()))
        return [_describe(file, layer) for layer in layers]


def read_layer(layer: Layer, is_cancelled: Callable[[], bool]) -> Content:
    """Read a whole layer; geometry flat, without curves, and brought to EPSG:4326."""
    with _opened(layer.file) as dataset:
        opened = dataset.GetLayerByName(layer.name)
        if opened is None:
            raise SourceError(f"{layer.file.name} has no layer {layer.name} any more. Choose the file again.")
        table, geometry, unreadable = read_rows(opened, is_cancelled)
        if layer.geometry == "none":
            return Content(table, None, [])
        notes = [f"{unreadable:,} geometries cannot be read and count as missing."] if unreadable else []
        geometry, note = to_degrees(geometry, opened.GetSpatialRef(), f"{layer.file.name}, layer {layer.name}")
        return Content(table, geometry, notes + note)


def _describe(file: Path, layer: ogr.Layer) -> Layer:
    definition = layer.GetLayerDefn()
    columns = tuple(definition.GetFieldDefn(index).GetName() for index in range(definition.GetFieldCount()))
    kind = ogr.GT_Flatten(layer.GetGeomType())
    return Layer(file, layer.GetName(), _KINDS.get(kind, "line"), layer.GetFeatureCount(), columns)


@contextmanager
def _opened(file: Path) -> Iterator[gdal.Dataset]:
    """Open a file with its own drivers only. GDAL's complaints become one SourceError."""
    with _quiet():
        try:
            yield _open(file)
        except RuntimeError as error:
            raise SourceError(f"{file.name} cannot be read: {error}. Get the file again.") from error


def _open(file: Path) -> gdal.Dataset:
    options = ["ENCODING="] if _encoding_is_a_guess(file) else []
    drivers = DRIVERS[file.suffix.casefold()]
    dataset = gdal.OpenEx(str(file), gdal.OF_VECTOR, allowed_drivers=drivers, open_options=options)
    if dataset is None:
        raise RuntimeError(gdal.GetLastErrorMsg() or "it is not what its name says, or damaged")
    gdal.ErrorReset()
    return dataset


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep GDAL's messages from the console, and let it take a sheet's first row as names."""
    before = {name: gdal.GetConfigOption(name) for name in _SHEET_OPTIONS}
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        for name, value in _SHEET_OPTIONS.items():
            gdal.SetConfigOption(name, value)
        with ExitStack() as stack:
            # Where GDAL can say so for this thread alone (3.7 and later): errors by message, not by exception.
            for module in (gdal, ogr, osr):
                if hasattr(module, "ExceptionMgr"):
                    stack.enter_context(module.ExceptionMgr(useExceptions=False))
            yield
    finally:
        for name, value in before.items():
            gdal.SetConfigOption(name, value)
        gdal.PopErrorHandler()


def _encoding_is_a_guess(file: Path) -> bool:
    """Return whether a shapefile does not say its encoding: then its bytes are read as they are, and told by sight."""
    table = file.with_suffix(".dbf")
    if file.suffix.casefold() != ".shp" or not table.exists() or file.with_suffix(".cpg").exists():
        return False
    with table.open("rb") as opened:
        language = opened.read(30)[29:30]
    return language in (b"\x00", b"\x03", b"\x57")
