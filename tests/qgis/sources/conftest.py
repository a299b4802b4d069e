"""Real files of every form, written where the test runs."""

import pytest
from osgeo import ogr, osr

DRIVERS = {
    ".gpkg": "GPKG",
    ".shp": "ESRI Shapefile",
    ".gdb": "OpenFileGDB",
    ".geojson": "GeoJSON",
    ".kml": "LIBKML",
}
TYPES = {str: ogr.OFTString, int: ogr.OFTInteger64, float: ogr.OFTReal}


def write_layer(path, records, epsg=4326, layer=None, geometry=ogr.wkbUnknown, options=()):
    """Add a layer to a file: records are (WKT or None, {column: value}). Without epsg the layer has no CRS."""
    driver = ogr.GetDriverByName(DRIVERS[path.suffix])
    dataset = ogr.Open(str(path), 1) if path.exists() else driver.CreateDataSource(str(path))
    srs = None
    if epsg:
        srs = osr.SpatialReference()
        srs.ImportFromEPSG(epsg)
        srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    made = dataset.CreateLayer(layer or path.stem, srs, geometry, list(options))
    columns = {name: value for _, record in reversed(records) for name, value in record.items() if value is not None}
    for name, value in columns.items():
        made.CreateField(ogr.FieldDefn(name, TYPES[type(value)]))
    for wkt, record in records:
        feature = ogr.Feature(made.GetLayerDefn())
        for name, value in record.items():
            if value is not None:
                feature.SetField(name, value)
        if wkt:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        made.CreateFeature(feature)
    made = dataset = None
    return path


@pytest.fixture()
def layer(tmp_path):
    """Return a writer: layer("tanks.gpkg", records, …) → path."""

    def write(name, records, **options):
        return write_layer(tmp_path / name, records, **options)

    return write


@pytest.fixture()
def csv(tmp_path):
    """Return a writer: csv("lat,lon", "25,98") → path as text."""

    def write(*lines, name="tanks.csv"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    return write
