"""Vector files and spreadsheets through GDAL: a fixed list of drivers, local files, nothing followed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from osgeo import ogr, osr

from ..errors import SourceError
from . import kinds
from .cells import decode
from .crs import Stated, from_text, to_degrees
from .gdal_opening import opened
from .headings import below_title
from .kinds import DataFile
from .rows import read_rows

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
# GDAL adds columns that every GPX might have; without a value they say nothing.
_ADDS_COLUMNS = (kinds.GPX,)
# Degrees by their specification: a file of them states a CRS only where it breaks it.
_DEGREES_BY_FORMAT = ("GeoJSON", "GeoJSONSeq", "TopoJSON", "GPX")


@dataclass(frozen=True)
class Layer:
    """One layer of one file, ``number`` in it; geometry is point, polygon, line, unknown (may be any) or none."""

    source: DataFile
    name: str
    geometry: str
    rows: int
    columns: tuple[str, ...]
    number: int = 0

    @property
    def file(self) -> Path:
        """The file that holds the layer."""
        return self.source.path


@dataclass(frozen=True)
class Content:
    """What a layer holds: the table, its geometry in degrees (shapely; None for a mere table), and notes."""

    table: pd.DataFrame
    geometry: np.ndarray | None
    notes: list[str]


def list_layers(file: DataFile, is_cancelled: Callable[[], bool]) -> list[Layer]:
    """Return the layers of a file."""
    with opened(file, is_cancelled) as dataset:
        return [_describe(file, dataset.GetLayer(number), number) for number in range(dataset.GetLayerCount())]


def read_layer(layer: Layer, is_cancelled: Callable[[], bool], crs: str = "", limit: int | None = None) -> Content:
    """Read a layer, or its first ``limit`` rows; geometry flat, without curves, and brought to EPSG:4326.

    ``crs`` counts where the layer states none, or one that its numbers contradict (``crs.to_degrees``).
    """
    with opened(layer.source, is_cancelled) as dataset:
        # By its number: two may share a name, and a name may hold bytes that are no text.
        found = dataset.GetLayer(layer.number)
        if found is None:
            raise SourceError(f"{layer.file.name} has no layer {layer.name} any more. Choose the file again.")
        try:
            table, geometry, unreadable = read_rows(dataset, found, is_cancelled, limit)
        except SourceError as error:
            raise SourceError(f"{layer.file.name}: {error}") from error
        table.columns = [decode(name) for name in table.columns]
        if layer.source.kind in _ADDS_COLUMNS:
            table = table.dropna(axis=1, how="all")
        notes = _count_notes(layer, len(table)) if limit is None else []
        if layer.source.kind in kinds.SHEETS:
            table, found_below = below_title(table)
            notes += found_below
        if layer.geometry == "none":
            return Content(table, None, notes)
        notes += [f"{unreadable:,} geometries cannot be read and count as missing."] if unreadable else []
        if len(table) and shapely.is_missing(geometry).all() and found.GetSpatialRef() is None:
            # Nothing that a CRS could be asked for: the places may stand in columns.
            return Content(table, None, notes)
        stated = _stated(dataset.GetDriver().ShortName, found.GetSpatialRef())
        where = f"{layer.file.name}, layer {layer.name}"
        geometry, more = to_degrees(geometry, stated, where, crs)
        return Content(table, geometry, notes + more)


def _describe(file: DataFile, layer: ogr.Layer, number: int) -> Layer:
    definition = layer.GetLayerDefn()
    columns = tuple(decode(definition.GetFieldDefn(index).GetName()) for index in range(definition.GetFieldCount()))
    kind = ogr.GT_Flatten(layer.GetGeomType())
    return Layer(file, decode(layer.GetName()), _KINDS.get(kind, "line"), layer.GetFeatureCount(), columns, number)


def _stated(driver: str, srs: osr.SpatialReference | None) -> Stated:
    """Return the CRS of a layer; GDAL gives some formats that are in degrees by their specification none."""
    if driver not in _DEGREES_BY_FORMAT or (srs is not None and not srs.IsGeographic()):
        return Stated(srs)
    return Stated(srs or from_text("EPSG:4326"), by_format=True)


def _count_notes(layer: Layer, rows: int) -> list[str]:
    if rows == layer.rows or layer.rows < 0:
        return []
    if rows < layer.rows and layer.source.kind is kinds.FLATGEOBUF:
        # It breaks off without a word; its header was written with the last row.
        raise SourceError(
            f"{layer.file.name} is cut off: it states {layer.rows:,} rows, and {rows:,} were there. Get the file again."
        )
    return [f"{layer.file.name} states {layer.rows:,} rows for the layer {layer.name}; {rows:,} were there."]
