"""Layers written to every data provider that can be had: files, databases, a server, a query over another layer."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from leachwatch.tests.servers import Postgis, missing_postgis
from qgis.core import (
    Qgis,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsVectorLayerExporter,
    QgsVirtualLayerDefinition,
)

DRIVERS = {
    "gpkg": ("GPKG", "gpkg"),
    "shapefile": ("ESRI Shapefile", "shp"),
    "geojson": ("GeoJSON", "geojson"),
    "flatgeobuf": ("FlatGeobuf", "fgb"),
    "sqlite": ("SQLite", "sqlite"),
    "csv": ("CSV", "csv"),
    "csv_text": ("CSV", "csv"),
    "csv_typed": ("CSV", "csv"),
}
POSTGIS = ("postgis", "postgis_view", "postgis_query")
PROVIDERS = ["memory", *DRIVERS, "zipped_shapefile", "spatialite", "virtual", *POSTGIS]
# As parameters of tests: skipped where it is not installed. (A fixture of a layer that skips is not torn down by newer
# pytest-qgis.)
NO_POSTGIS = missing_postgis()
_skipped = pytest.mark.skipif(bool(NO_POSTGIS), reason=NO_POSTGIS)
EVERY_PROVIDER = [pytest.param(name, marks=_skipped if name in POSTGIS else ()) for name in PROVIDERS]
_OPTIONS = {"CSV": ["GEOMETRY=AS_WKT"], "ESRI Shapefile": ["ENCODING=UTF-8"]}
_schemas = count(1)


def on_provider(layer: QgsVectorLayer, provider: str, folder: Path, server: Callable[[], Postgis]) -> QgsVectorLayer:
    """Return the layer's features on a provider of PROVIDERS. ``server`` is asked for only where it is needed."""
    if provider == "memory":
        return layer
    if provider in POSTGIS:
        return _on_postgis(layer, provider, server())
    return {"zipped_shapefile": _zipped, "spatialite": _on_spatialite, "virtual": _virtual}.get(
        provider, lambda layer, folder: write(layer, provider, folder)
    )(layer, folder)


def write(layer: QgsVectorLayer, provider: str, folder: Path) -> QgsVectorLayer:
    """Write a layer to a file of DRIVERS, and open that."""
    driver, ending = DRIVERS[provider]
    path = _written(layer, driver, folder / f"tanks.{ending}")
    if provider.startswith("csv_"):
        detect = "yes" if provider == "csv_typed" else "no"
        uri = f"{path.as_uri()}?type=csv&wktField=WKT&crs=EPSG:4326&detectTypes={detect}"
        return QgsVectorLayer(uri, "tanks", "delimitedtext")
    return QgsVectorLayer(str(path), "tanks", "ogr")


def _written(layer: QgsVectorLayer, driver: str, path: Path, *creation: str) -> Path:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.fileEncoding = driver, "UTF-8"
    options.layerOptions, options.datasourceOptions = _OPTIONS.get(driver, []), list(creation)
    context = QgsProject.instance().transformContext()
    error = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)
    assert error[0] == QgsVectorFileWriter.WriterError.NoError, error
    return path


def _zipped(layer: QgsVectorLayer, folder: Path) -> QgsVectorLayer:
    path = _written(layer, "ESRI Shapefile", folder / "tanks.shp")
    archive = folder / "tanks.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        for each in sorted(folder.glob("tanks.*")):
            if each != archive:
                stream.write(each, each.name)
                each.unlink()
    return QgsVectorLayer(f"/vsizip/{archive}/{path.name}", "tanks", "ogr")


def _on_spatialite(layer: QgsVectorLayer, folder: Path) -> QgsVectorLayer:
    path = _written(layer, "SQLite", folder / "spatial.sqlite", "SPATIALITE=YES")
    return QgsVectorLayer(f"dbname='{path}' table=\"spatial\" (GEOMETRY)", "tanks", "spatialite")


def _virtual(layer: QgsVectorLayer, folder: Path) -> QgsVectorLayer:
    definition = QgsVirtualLayerDefinition()
    definition.addSource("t", write(layer, "gpkg", folder).source(), "ogr")
    definition.setQuery("SELECT * FROM t")
    return QgsVectorLayer(definition.toString(), "tanks", "virtual")


def _on_postgis(layer: QgsVectorLayer, provider: str, server: Postgis) -> QgsVectorLayer:
    """A schema of its own for each layer, in which a table, a view and a query give the same rows."""
    schema = f"world_{next(_schemas)}"
    server.run(f"CREATE SCHEMA {schema}")
    table = f'{server.uri} key=\'id\' type=Point srid=4326 table="{schema}"."tanks" (geom)'
    error = QgsVectorLayerExporter.exportLayer(layer, table, "postgres", layer.crs())
    assert error[0] == Qgis.VectorExportResult.Success, error
    server.run(f"CREATE VIEW {schema}.tanks_view AS SELECT * FROM {schema}.tanks")
    sources = {
        "postgis": table,
        "postgis_view": table.replace('"tanks"', '"tanks_view"'),
        "postgis_query": table.replace(f'"{schema}"."tanks"', f'"(SELECT * FROM {schema}.tanks)"'),
    }
    return QgsVectorLayer(sources[provider], "tanks", "postgres")
