"""Files that ask for something on a network, with a server on this machine that listens: nobody comes."""

import socket
import sqlite3
import threading

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.files.reader import read
from osgeo import gdal, ogr

from .conftest import write_layer

POINT = '{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[98,25]}}'
LINK = '"{crs}":{{"{type}":"{link}","properties":{{"href":"{address}","type":"ogcwkt"}}}}'


@pytest.fixture()
def server():
    """Return an address on this machine, and the list of those who came."""
    listening, came = socket.socket(), []
    listening.bind(("127.0.0.1", 0))
    listening.listen(5)

    def serve():
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            came.append(caller.recv(100))
            caller.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")
            caller.close()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/x", came
    listening.close()


def geojson(path, crs):
    path.write_text(f'{{"type":"FeatureCollection",{crs},"features":[{POINT}]}}')
    return str(path)


def test_the_server_hears_what_gdal_asks_by_itself(tmp_path, server):
    """Without this, the tests below would prove nothing."""
    address, came = server
    path = geojson(tmp_path / "t.geojson", LINK.format(crs="crs", type="type", link="link", address=address))
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR, allowed_drivers=["GeoJSON"])
    assert dataset is not None
    assert len(came) == 1


@pytest.mark.parametrize("link", ["link", "LINK", "url", r"l\u0069nk"])
@pytest.mark.parametrize(("crs", "kind"), [("crs", "type"), (r"\u0063rs", r"t\u0079pe")])
def test_a_linked_crs_is_refused(tmp_path, server, link, crs, kind):
    address, came = server
    path = geojson(tmp_path / "t.geojson", LINK.format(crs=crs, type=kind, link=link, address=address))
    with pytest.raises(SourceError, match="states its CRS by a link to elsewhere, which is not followed"):
        read(path)
    assert came == []


@pytest.mark.parametrize("size", [4 * 1024**2, 4 * 1024**2 + 10, 8 * 1024**2])
def test_a_linked_crs_is_found_wherever_it_stands(tmp_path, server, size):
    address, came = server
    crs = LINK.format(crs="crs", type="type", link="link", address=address)
    start, end = f'{{"type":"FeatureCollection","features":[{POINT}],"a":"', f'",{crs}}}'
    (tmp_path / "t.geojson").write_text(start + "x" * (size - len(start) - len(end)) + end)
    with pytest.raises(SourceError, match="states its CRS by a link"):
        read(str(tmp_path / "t.geojson"))
    assert came == []


def test_properties_that_look_alike_are_no_crs(tmp_path):
    path = tmp_path / "t.geojson"
    path.write_text(POINT.replace('"a":1', '"crs":"link","type":"link","b":{"crs":{"type":"name"}}'))
    assert read(str(path)).geometry[0].wkt == "POINT (98 25)"


def test_nobody_is_asked_even_where_the_look_before_is_passed(tmp_path, server, monkeypatch):
    address, came = server
    monkeypatch.setattr("leachwatch.sources.files.json_checks.check", lambda file, is_cancelled: None)
    path = geojson(tmp_path / "t.geojson", LINK.format(crs="crs", type="type", link="link", address=address))
    read(path)
    assert came == []
    assert gdal.GetThreadLocalConfigOption("GDAL_HTTP_PROXY") is None, "QGIS's own requests go on as before"


def test_a_geopackage_whose_crs_is_an_address(tmp_path, server):
    address, came = server
    path = write_layer(tmp_path / "t.gpkg", [("POINT (98 25)", {"a": 1})], geometry=ogr.wkbPoint)
    database = sqlite3.connect(path)
    database.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('x', 999999, 'none', 999999, ?, '')", (address,))
    database.execute("UPDATE gpkg_contents SET srs_id = 999999")
    database.execute("UPDATE gpkg_geometry_columns SET srs_id = 999999")
    database.commit()
    database.close()
    with pytest.raises(SourceError):
        read(str(path))
    assert came == []


def test_a_shapefile_whose_crs_is_an_address(tmp_path, server):
    address, came = server
    path = write_layer(tmp_path / "t.shp", [("POINT (98 25)", {"a": 1})], geometry=ogr.wkbPoint)
    path.with_suffix(".prj").write_text(address)
    with pytest.raises(SourceError, match="has no CRS"):
        read(str(path))
    assert came == []


def test_links_in_a_kml(tmp_path, server):
    address, came = server
    (tmp_path / "t.kml").write_text(
        f"<kml><Document><NetworkLink><Link><href>{address}</href></Link></NetworkLink><Placemark>"
        f"<styleUrl>{address}#s</styleUrl><description><![CDATA[<img src='{address}'/>]]></description>"
        "<Point><coordinates>98,25</coordinates></Point></Placemark></Document></kml>"
    )
    source = read(str(tmp_path / "t.kml"))
    assert source.geometry[0].wkt == "POINT (98 25)"
    assert "The KML links to 1 other files (NetworkLink); links are not followed." in source.notes
    assert came == []


def test_entities_and_schemas_in_a_gpx(tmp_path, server):
    address, came = server
    head = '<gpx version="1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x {}">'
    body = '<wpt lat="25" lon="98"><link href="{}"/></wpt></gpx>'
    (tmp_path / "t.gpx").write_text(head.format(address) + body.format(address))
    assert len(read(str(tmp_path / "t.gpx")).table) == 1
    (tmp_path / "u.gpx").write_text(f'<!DOCTYPE gpx SYSTEM "{address}">' + head.format("x") + body.format("x"))
    assert len(read(str(tmp_path / "u.gpx")).table) == 1
    assert came == []
