"""The fast way to read points: GDAL's Arrow stream, straight from the file into arrays.

It sees the file, not the layer: whatever the layer filters, selects, joins or has not saved goes the slow way.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingFeatureSource, QgsProviderRegistry, QgsVectorLayer, QgsWkbTypes

if TYPE_CHECKING:
    import numpy as np

_WHOLE_LAYER = ("layername=", "layerid=")
# What GDAL calls the number and the geometry of a row where the file has no names for them.
_ROW, _GEOMETRY = "OGC_FID", "wkb_geometry"
# How the WKB of a point without Z begins, in the order of bytes that GDAL writes on such a machine.
_FLAT_POINT = b"\x01\x01\x00\x00\x00"


def read_points(
    layer: QgsVectorLayer | None, source: QgsProcessingFeatureSource, columns: dict[str, str]
) -> dict[str, Any] | None:
    """Return ``fid``, ``x``, ``y`` and the columns (our name to the layer's) as arrays, or None where it cannot be."""
    if layer is None or not _is_plain_file(layer, source, list(columns.values())):
        return None
    try:
        return _read(layer, columns)
    except (ImportError, AttributeError, RuntimeError):
        return None  # an older GDAL, or one built without numpy: the slow way reads the same


def _is_plain_file(layer: QgsVectorLayer, source: QgsProcessingFeatureSource, columns: list[str]) -> bool:
    options = layer.source().split("|")[1:]
    in_file = layer.dataProvider().fields().names()
    return (
        layer.providerType() == "ogr"
        and QgsWkbTypes.flatType(layer.wkbType()) == QgsWkbTypes.Type.Point
        and not layer.subsetString()
        and not layer.isEditable()
        and all(option.lower().startswith(_WHOLE_LAYER) for option in options)
        and source.featureCount() == layer.featureCount() >= 0
        and all(column in in_file for column in columns)
    )


def _read(layer: QgsVectorLayer, columns: dict[str, str]) -> dict[str, Any]:
    import numpy as np
    from osgeo import gdal

    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    if parts.get("vsiPrefix"):
        raise RuntimeError("a file within an archive")
    dataset = gdal.OpenEx(parts["path"], gdal.OF_VECTOR)
    if dataset is None:
        raise RuntimeError(gdal.GetLastErrorMsg())
    if parts.get("layerName"):
        table = dataset.GetLayerByName(parts["layerName"])
    else:
        table = dataset.GetLayer(int(parts.get("layerId") or 0))
    fid, geometry = _prepare(table, columns)
    batches = list(table.GetArrowStreamAsNumPy(["USE_MASKED_ARRAYS=YES"]))

    def joined(name: str) -> np.ndarray:
        return np.concatenate([_plain(batch[name]) for batch in batches]) if batches else np.zeros(0)

    x, y = _coordinates(joined(geometry)) if batches else (np.zeros(0), np.zeros(0))
    result = {"fid": joined(fid), "x": x, "y": y}
    result.update({name: joined(column) for name, column in columns.items()})
    return result


def _coordinates(wkb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of points given as WKB, NaN where there is none."""
    import numpy as np
    import shapely

    nowhere = _FLAT_POINT + np.array([np.nan, np.nan]).tobytes()
    flat = b"".join([nowhere if point is None else point for point in wkb])
    if sys.byteorder == "little" and len(flat) == len(nowhere) * len(wkb):
        rows = np.frombuffer(flat, dtype=np.uint8).reshape(-1, len(nowhere))
        head, values = rows[:, : len(_FLAT_POINT)], rows[:, len(_FLAT_POINT) :]
        if (head == np.frombuffer(_FLAT_POINT, dtype=np.uint8)).all():
            return tuple(np.ascontiguousarray(values).view("<f8").T)
    points = shapely.from_wkb(wkb)
    return shapely.get_x(points), shapely.get_y(points)


def _prepare(table: Any, columns: dict[str, str]) -> tuple[str, str]:
    """Have only the columns read; return the names of row number and geometry. RuntimeError: the slow way, please."""
    from osgeo import ogr

    definition = table.GetLayerDefn()
    fields = [definition.GetFieldDefn(index) for index in range(definition.GetFieldCount())]
    types = {field.GetName(): field.GetType() for field in fields}
    fid, geometry = table.GetFIDColumn() or _ROW, table.GetGeometryColumn() or _GEOMETRY
    plain = {ogr.OFTString, ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTReal, ogr.OFTDate, ogr.OFTDateTime}
    if {fid, geometry} & set(types) or not {types.get(column) for column in columns.values()} <= plain:
        raise RuntimeError("a column that bears GDAL's own name, or of a type that Arrow and QGIS see differently")
    table.SetIgnoredFields([name for name in types if name not in columns.values()])
    return fid, geometry


def _plain(values: np.ndarray) -> np.ndarray:
    """Return a column with None (NaN, NaT) where it is masked, and text as text."""
    import numpy as np
    import pandas as pd

    mask = np.ma.getmaskarray(values)
    data = np.ma.getdata(values)
    if data.dtype.kind == "S":
        codes, words = pd.factorize(data)
        data = np.array([word.decode("utf-8", "replace") for word in words], dtype=object)[codes]
    elif data.dtype.kind == "M":
        return _days(np.where(mask, np.datetime64("NaT"), data))
    elif data.dtype.kind in "iu" and not mask.any():
        return data
    elif data.dtype.kind in "iuf":
        return np.where(mask, np.nan, data.astype(float))
    result = np.asarray(data, dtype=object).copy()
    result[mask] = None
    return result


def _days(moments: np.ndarray) -> np.ndarray:
    """Return moments as days. Arrow tells them in UTC, QGIS in the zone they were written in: hours are read slowly."""
    import numpy as np

    days = moments.astype("datetime64[D]")
    if (days != moments)[~np.isnat(moments)].any():
        raise RuntimeError("dates with hours")
    return days
