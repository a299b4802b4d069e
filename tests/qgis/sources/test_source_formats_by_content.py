"""What a file is, told by its content: every form under a wrong name, and more forms under their own."""

import io
import shutil
import zipfile

import numpy as np
import openpyxl
import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.files.layers import SeveralLayers
from leachwatch.sources.files.reader import list_layers, read
from osgeo import gdal, ogr

from .conftest import write_layer

RECORDS = [
    ("POINT (98.1 25.5)", {"UID": "A", "Township": "ချီဖွေ"}),
    ("POINT (98.2 25.6)", {"UID": "B", "Township": "维西"}),
]
# In UTM 47N the meridian of 99° has x = 500,000 m, and y is 0.9996 times the length of the meridian from the equator
# to 25.5°, 2,821,442.48 m on WGS 84.
UTM_Y = 0.9996 * 2_821_442.48
KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><ExtendedData><Data name="UID"><value>A</value></Data><Data name="Township"><value>ချီဖွေ</value></Data>
</ExtendedData><Point><coordinates>98.1,25.5</coordinates></Point></Placemark>
<Placemark><ExtendedData><Data name="UID"><value>B</value></Data><Data name="Township"><value>维西</value></Data>
</ExtendedData><Point><coordinates>98.2,25.6</coordinates></Point></Placemark></Document></kml>"""


def translated(tmp_path, name, driver, **options):
    """Write RECORDS by way of a GeoPackage in any format of GDAL."""
    source = write_layer(tmp_path / "tanks.gpkg", RECORDS, geometry=ogr.wkbPoint)
    done = gdal.VectorTranslate(str(tmp_path / name), str(source), format=driver, **options)
    assert done is not None
    done = None
    source.unlink()
    return tmp_path / name


def sheet(tmp_path, name="tanks.xlsx"):
    book = openpyxl.Workbook()
    for row in (["UID", "Township", "lat", "lon"], ["A", "ချီဖွေ", 25.5, 98.1], ["B", "维西", 25.6, 98.2]):
        book.active.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def text(tmp_path, separator=","):
    path = tmp_path / "tanks.csv"
    rows = (("UID", "Township", "lat", "lon"), ("A", "ချီဖွေ", "25.5", "98.1"), ("B", "维西", "25.6", "98.2"))
    path.write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    return path


def kml(tmp_path, name="tanks.kml"):
    (tmp_path / name).write_text(KML, encoding="utf-8")
    return tmp_path / name


def kmz(tmp_path):
    with zipfile.ZipFile(tmp_path / "tanks.kmz", "w") as archive:
        archive.writestr("doc.kml", KML)
    return tmp_path / "tanks.kmz"


def topojson(tmp_path):
    (tmp_path / "tanks.topojson").write_text(
        '{"type":"Topology","arcs":[],"objects":{"tanks":{"type":"GeometryCollection","geometries":['
        '{"type":"Point","coordinates":[98.1,25.5],"properties":{"UID":"A","Township":"ချီဖွေ"}},'
        '{"type":"Point","coordinates":[98.2,25.6],"properties":{"UID":"B","Township":"维西"}}]}}}',
        encoding="utf-8",
    )
    return tmp_path / "tanks.topojson"


def esrijson(tmp_path):
    (tmp_path / "tanks.json").write_text(
        '{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":4326},'
        '"fields":[{"name":"UID","type":"esriFieldTypeString"},{"name":"Township","type":"esriFieldTypeString"}],'
        '"features":[{"attributes":{"UID":"A","Township":"ချီဖွေ"},"geometry":{"x":98.1,"y":25.5}},'
        '{"attributes":{"UID":"B","Township":"维西"},"geometry":{"x":98.2,"y":25.6}}]}',
        encoding="utf-8",
    )
    return tmp_path / "tanks.json"


MAKERS = {
    "GeoPackage": lambda path: translated(path, "tanks.gpkg.gpkg", "GPKG"),
    "GeoJSON": lambda path: translated(path, "tanks.geojson", "GeoJSON"),
    "GeoJSONSeq": lambda path: translated(path, "tanks.geojsonl", "GeoJSONSeq"),
    "TopoJSON": topojson,
    "ESRI JSON": esrijson,
    "FlatGeobuf": lambda path: translated(path, "tanks.fgb", "FlatGeobuf", layerCreationOptions=["SPATIAL_INDEX=NO"]),
    "KML": kml,
    "KMZ": kmz,
    "MapInfo MIF": lambda path: translated(path, "tanks.mif", "MapInfo File", layerCreationOptions=["ENCODING=UTF-8"]),
    "MapInfo TAB": lambda path: translated(path, "tanks.tab", "MapInfo File", layerCreationOptions=["ENCODING=UTF-8"]),
    "XLSX": sheet,
    "ODS": lambda path: ods(path),
    "CSV": text,
    "TSV": lambda path: text(path, "\t").rename(path / "tanks.tsv"),
}


def ods(tmp_path):
    table = text(tmp_path)
    done = gdal.VectorTranslate(str(tmp_path / "tanks.ods"), str(table), format="ODS")
    assert done is not None
    table.unlink()
    return tmp_path / "tanks.ods"


def check(source):
    assert source.table["UID"].tolist() == ["A", "B"]
    assert source.table["Township"].tolist() == ["ချီဖွေ", "维西"]
    if source.geometry is None:
        places = source.table[["lon", "lat"]].astype(float).to_numpy()
    else:
        places = np.array([(point.x, point.y) for point in source.geometry])
    np.testing.assert_allclose(places, [[98.1, 25.5], [98.2, 25.6]], atol=1e-6)


def has_places(columns):
    return {"lat", "lon"} <= set(columns)


@pytest.mark.parametrize("form", MAKERS)
def test_each_form_under_its_own_name(tmp_path, form):
    source = read(str(MAKERS[form](tmp_path)), has_places=has_places)
    check(source)
    assert not [note for note in source.notes if "by its content" in note]
    assert (source.total, source.crs, source.fgdc) == (2, "", "")


@pytest.mark.parametrize("name", ["tanks.dat", "tanks", "tanks.shp", "tanks.PDF"])
@pytest.mark.parametrize("form", [form for form in MAKERS if not form.startswith("MapInfo")])
def test_each_form_under_a_wrong_name(tmp_path, form, name):
    path = MAKERS[form](tmp_path)
    other = tmp_path / "elsewhere"
    other.mkdir()
    source = read(str(shutil.move(path, other / name)), has_places=has_places)
    check(source)
    assert any(f"{name} is " in note and "by its content, whatever its ending says" in note for note in source.notes)
    assert [path.name for path in other.iterdir()] == [name], "nothing was written beside the user's file"


def test_a_shapefile_under_a_wrong_name_keeps_its_parts(layer, tmp_path):
    path = layer("tanks.shp", RECORDS, geometry=ogr.wkbPoint, options=["ENCODING=UTF-8"])
    path.rename(tmp_path / "tanks.dat")
    check(read(str(tmp_path / "tanks.dat")))


@pytest.mark.parametrize("form", [form for form in MAKERS if form != "KMZ"])
def test_each_form_in_a_zip_in_a_zip(tmp_path, form):
    path = MAKERS[form](tmp_path)
    inner, stem = io.BytesIO(), path.name.partition(".")[0]
    with zipfile.ZipFile(inner, "w") as archive:
        for part in tmp_path.glob(f"{stem}.*"):
            archive.write(part, f"data/{part.name}")
        archive.writestr("LICENCE.txt", "free\nfor all\n")
    with zipfile.ZipFile(tmp_path / "release", "w") as archive:
        archive.writestr("deep/data.zip", inner.getvalue())
        archive.writestr("deep/meta.xml", "<metadata><eainfo>ခ</eainfo></metadata>")
    source = read(str(tmp_path / "release"), has_places=has_places)
    check(source)
    assert source.fgdc == "<metadata><eainfo>ခ</eainfo></metadata>"


def test_a_kmz_in_a_zip_beside_a_picture(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(kmz(tmp_path), "tanks.kmz")
        archive.writestr("map.png", b"\x89PNG")
    check(read(str(tmp_path / "a.zip")))


def projected(tmp_path, name, driver):
    path = write_layer(tmp_path / "t.gpkg", [(f"POINT (500000 {UTM_Y})", {"a": 1})], epsg=32647, geometry=ogr.wkbPoint)
    gdal.VectorTranslate(str(tmp_path / name), str(path), format=driver)
    return tmp_path / name


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("u.gpkg", "GPKG"),
        ("u.shp", "ESRI Shapefile"),
        ("u.gdb", "OpenFileGDB"),
        ("u.fgb", "FlatGeobuf"),
        ("u.mif", "MapInfo File"),
        ("u.tab", "MapInfo File"),
    ],
)
def test_a_crs_is_read_in_every_form_that_states_one(tmp_path, name, driver):
    if not ogr.GetDriverByName(driver).GetMetadataItem(gdal.DCAP_CREATE):
        pytest.skip(f"this GDAL cannot write {driver}")
    source = read(str(projected(tmp_path, name, driver)))
    np.testing.assert_allclose([source.geometry[0].x, source.geometry[0].y], [99, 25.5], atol=1e-6)
    assert any(note.startswith("Reprojected from") for note in source.notes)


def test_waypoints_are_the_points_of_a_gpx(tmp_path):
    (tmp_path / "walk.gpx").write_text(
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        '<wpt lat="25.5" lon="98.1"><name>ချီဖွေ</name><time>2021-03-14T05:00:00Z</time></wpt>'
        '<wpt lat="25.6" lon="98.2"><name>维西</name></wpt>'
        '<trk><name>way</name><trkseg><trkpt lat="25" lon="98"/><trkpt lat="26" lon="98"/></trkseg></trk></gpx>',
        encoding="utf-8",
    )
    source = read(str(tmp_path / "walk.gpx"))
    assert source.table["name"].tolist() == ["ချီဖွေ", "维西"]
    assert list(source.table.columns) == ["time", "name"]
    assert f"{source.table['time'][0]:%Y-%m-%d}" == "2021-03-14"
    assert [(point.x, point.y) for point in source.geometry] == [(98.1, 25.5), (98.2, 25.6)]
    listed = {layer.name: (layer.geometry, layer.rows) for layer in list_layers(str(tmp_path / "walk.gpx"))}
    assert listed["tracks"] == ("line", 1)
    assert listed["track_points"] == ("point", 2)
    assert len(read(str(tmp_path / "walk.gpx"), "track_points").table) == 2


def test_a_gpx_under_a_wrong_name_and_in_a_zip(tmp_path):
    content = '<?xml version="1.0"?><gpx version="1.1"><wpt lat="25.5" lon="98.1"><name>A</name></wpt></gpx>'
    (tmp_path / "t.csv").write_text(content)
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("t.gpx", content)
    for name in ("t.csv", "t.zip"):
        source = read(str(tmp_path / name))
        assert (source.geometry[0].wkt, source.table["name"].tolist()) == ("POINT (98.1 25.5)", ["A"])


def test_a_gpx_of_tracks_alone_asks_which(tmp_path):
    (tmp_path / "walk.gpx").write_text(
        '<gpx version="1.1"><trk><trkseg><trkpt lat="25" lon="98"/></trkseg></trk></gpx>', encoding="utf-8"
    )
    with pytest.raises(SeveralLayers, match=r"tracks \(lines, 1 rows\); track_points \(points, 1 rows\)") as caught:
        read(str(tmp_path / "walk.gpx"))
    assert "track_points" in [layer.name for layer in caught.value.layers]


def test_layers_of_several_files_are_named_with_their_file(tmp_path):
    for year in (2020, 2021):
        (tmp_path / str(year)).mkdir()
        write_layer(tmp_path / str(year) / "tanks.shp", RECORDS[: year - 2019], geometry=ogr.wkbPoint)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in tmp_path.glob("20*/tanks.*"):
            archive.write(part, part.relative_to(tmp_path))
    path = str(tmp_path / "a.zip")
    with pytest.raises(SeveralLayers) as caught:
        read(path)
    assert "2020/tanks.shp/tanks (points, 1 rows); 2021/tanks.shp/tanks (points, 2 rows)" in str(caught.value)
    source = read(path, "2021/tanks.shp/tanks")
    assert len(source.table) == 2
    assert "Layer tanks was read of 2." in source.notes
    assert len(read(path, "2020/tanks.shp").table) == 1


def test_only_the_first_rows_are_read_for_a_preview(tmp_path):
    for form in ("GeoPackage", "KML", "CSV"):
        source = read(str(MAKERS[form](tmp_path)), has_places=has_places, limit=1)
        assert (len(source.table), source.total) == (1, 2), form
        assert source.geometry is None or len(source.geometry) == 1


def test_a_folder_that_is_a_geodatabase_without_its_ending(layer, tmp_path):
    layer("tanks.gdb", RECORDS, geometry=ogr.wkbPoint).rename(tmp_path / "tanks")
    check(read(str(tmp_path / "tanks")))


def test_what_is_data_of_another_form_is_named(tmp_path):
    for content, message in [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file, or one with a password. Save it as XLSX"),
        (b"<gml:FeatureCollection xmlns:gml='x'/>", "XML of a form that is not read, <FeatureCollection>"),
        (b"\x1f\x8b\x08", "a gzip file. Unpack it"),
    ]:
        (tmp_path / "t.dat").write_bytes(content)
        with pytest.raises(SourceError, match=message):
            read(str(tmp_path / "t.dat"))
