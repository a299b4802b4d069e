"""The fast way to read points: GDAL's Arrow stream, straight from the file into arrays.

It sees the file, not the layer: whatever the layer filters, selects, joins or has not saved goes the slow way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingFeatureSource, QgsProviderRegistry, QgsVectorLayer, QgsWkbTypes

if TYPE_CHECKING:
    import numpy as np

_WHOLE_LAYER = ("layername=", "layerid=")


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
        and source.featureCount() == layer.featureCount()
        and all(column in in_file for column in columns)
    )


def _read(layer: QgsVectorLayer, columns: dict[str, str]) -> dict[str, Any]:
    import numpy as np
    import shapely
    from osgeo import gdal

    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    dataset = gdal.OpenEx(parts["path"], gdal.OF_VECTOR)
    if dataset is None:
        raise RuntimeError(gdal.GetLastErrorMsg())
    table = dataset.GetLayerByName(parts["layerName"]) if parts.get("layerName") else dataset.GetLayer(0)
    definition = table.GetLayerDefn()
    names = [definition.GetFieldDefn(index).GetName() for index in range(definition.GetFieldCount())]
    table.SetIgnoredFields([name for name in names if name not in columns.values()])

    batches = list(table.GetArrowStreamAsNumPy(["USE_MASKED_ARRAYS=YES"]))
    known = set(names)
    fid = (set(batches[0]) - known - {"wkb_geometry", table.GetGeometryColumn()}).pop() if batches else ""
    geometry = table.GetGeometryColumn() or "wkb_geometry"

    def joined(name: str) -> np.ndarray:
        return np.concatenate([_plain(batch[name]) for batch in batches]) if batches else np.zeros(0)

    points = shapely.from_wkb(joined(geometry)) if batches else np.zeros(0, dtype=object)
    result = {"fid": joined(fid), "x": shapely.get_x(points), "y": shapely.get_y(points)}
    result.update({name: joined(column) for name, column in columns.items()})
    return result


def _plain(values: np.ndarray) -> np.ndarray:
    """Return a column with None (or NaT) where it is masked, and text as text."""
    import numpy as np
    import pandas as pd

    mask = np.ma.getmaskarray(values)
    data = np.ma.getdata(values)
    if data.dtype.kind == "S":
        codes, words = pd.factorize(data)
        data = np.array([word.decode("utf-8", "replace") for word in words], dtype=object)[codes]
    elif data.dtype.kind == "M":
        return np.where(mask, np.datetime64("NaT"), data.astype("datetime64[ns]"))
    elif data.dtype.kind in "iu" and not mask.any():
        return data
    elif data.dtype.kind in "iuf":
        return np.where(mask, np.nan, data.astype(float))
    result = np.asarray(data, dtype=object).copy()
    result[mask] = None
    return result
