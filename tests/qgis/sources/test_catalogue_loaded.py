"""What the catalogues bring is what the loaders read: real files, over a real server, through the cache."""

from __future__ import annotations

import io
import zipfile

import pytest
from leachwatch.sources.files.reader import read
from leachwatch.sources.online.obtain import boundaries, usgs_tanks
from leachwatch.sources.units.boundaries import load_units
from leachwatch.tests.servers import serving
from leachwatch.tests.servers.routes import as_json, body
from leachwatch.tests.unit.sources.catalogue_samples import CSV, at, geojson, got
from osgeo import ogr

FGDC = (
    b"<metadata><eainfo><detailed><attr><attrlabl>Latitude</attrlabl><attrdef>Degrees</attrdef></attr></detailed>"
    b"</eainfo></metadata>"
)
CELL = "POLYGON ((98 25, 99 25, 99 26, 98 26, 98 25))"


@pytest.fixture(autouse=True)
def folder(tmp_path):
    (tmp_path / "in").mkdir()


def zipped_folder(folder):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(file, file.relative_to(folder).as_posix())
    return packed.getvalue()


def release(server, *files):
    """Let the server play a ScienceBase whose item holds these files, (name, content) each."""
    entries = [{"name": name, "size": len(content), "url": f"{server.base}/f/{name}"} for name, content in files]
    server.routes["/catalog/items"] = as_json({"items": [{"id": "abc"}]})
    server.routes["/catalog/item/abc"] = as_json({"files": entries})
    server.routes.update({f"/f/{name}": body(content) for name, content in files})


@pytest.mark.parametrize("end", ["shp", "geojson"])
def test_the_townships_of_a_cod_ab_bundle_load_by_the_layer_that_was_told(layer, tmp_path, end):
    for level, count in ((1, 1), (2, 2), (3, 3)):
        records = [(CELL, {f"adm{level}_pcode": f"MMR00100{n}", f"adm{level}_name": f"Unit {n}"}) for n in range(count)]
        layer(f"in/mmr_admin{level}.{end}", records, geometry=ogr.wkbPolygon)
    name = f"mmr_admin_boundaries.{end}.zip"
    with serving({"/x/*": body(zipped_folder(tmp_path / "in"))}) as server:
        resources = [{"name": name, "url": f"{server.base}/x/{name}"}]
        server.routes["/api/3/action/package_show"] = as_json({"success": True, "result": {"resources": resources}})
        found = got(boundaries("cod-ab", "MMR", at(server.base)), tmp_path / "cache")
    loaded = load_units(str(found.path), layer=found.layer)
    assert loaded.units["unit_code"].tolist() == ["MMR001000", "MMR001001", "MMR001002"]


def test_geoboundaries_load(tmp_path):
    townships = geojson({"shapeName": "Chipwi", "shapeID": "1", "shapeGroup": "MMR"})
    with serving({"/gb.geojson": body(townships)}) as server:
        server.routes["/api/current/gbOpen/MMR/ADM3/"] = as_json({"gjDownloadURL": f"{server.base}/gb.geojson"})
        found = got(boundaries("geoboundaries", "MMR", at(server.base)), tmp_path)
    loaded = load_units(str(found.path), layer=found.layer)
    assert loaded.units["unit_name"].tolist() == ["Chipwi"]
    assert len([note for note in [*found.notes, *loaded.notes] if "no unit codes" in note]) == 1


def test_tanks_in_csv_load_with_the_metadata_that_were_put_beside_them(tmp_path):
    with serving({}) as server:
        release(server, ("tanks.csv", CSV), ("tanks.xml", FGDC))
        found = got(usgs_tanks(at(server.base)), tmp_path)
    source = read(str(found.path), layer=found.layer, has_places=lambda columns: True)
    assert source.table["FeatureUID"].astype(str).tolist() == ["1", "2"] and "<attrlabl>Latitude" in source.fgdc


@pytest.mark.parametrize("loose", [True, False])
def test_tanks_in_a_shapefile_load_zipped_or_in_parts(layer, tmp_path, loose):
    layer("in/tanks.shp", [("POINT (98.4 25.9)", {"Label1": "A"})], geometry=ogr.wkbPoint)
    parts = [(path.name, path.read_bytes()) for path in sorted((tmp_path / "in").iterdir())]
    files = parts if loose else [("tanks_shp.zip", zipped_folder(tmp_path / "in"))]
    with serving({}) as server:
        release(server, *files, ("tanks.shp.xml", FGDC))
        found = got(usgs_tanks(at(server.base)), tmp_path / "cache")
    source = read(str(found.path), layer=found.layer)
    assert source.table["Label1"].tolist() == ["A"] and "<attrlabl>Latitude" in source.fgdc


def test_tanks_in_a_geodatabase_load_with_their_metadata(layer, tmp_path):
    if ogr.GetDriverByName("OpenFileGDB").TestCapability("CreateDataSource") != 1:
        pytest.skip("this GDAL writes no geodatabases")
    layer("in/Tanks.gdb", [("POINT (98.4 25.9)", {"Label1": "A"})], geometry=ogr.wkbPoint)
    with serving({}) as server:
        release(server, ("Tanks.gdb.zip", zipped_folder(tmp_path / "in")), ("Tanks.xml", FGDC))
        found = got(usgs_tanks(at(server.base)), tmp_path / "cache")
    source = read(str(found.path), layer=found.layer)
    assert source.table["Label1"].tolist() == ["A"] and "<attrlabl>Latitude" in source.fgdc
