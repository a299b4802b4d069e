"""Shapefiles with parts missing, and the CRS that a file lacks, contradicts or is given."""

import numpy as np
import pytest
from leachwatch.sources.errors import CrsMissing, SourceError
from leachwatch.sources.files.crs import from_text, xy_to_degrees
from leachwatch.sources.files.reader import read
from leachwatch.sources.points.usgs import load_tanks
from osgeo import ogr

UTM_Y = 0.9996 * 2_821_442.48  # 25.5° N on the meridian of 99°, UTM 47N (see test_source_formats_by_content)


def shapefile(layer, points=((99, 25.5), (99, 25.5)), epsg=4326, **options):
    records = [(f"POINT ({x} {y})", {"UID": name}) for name, (x, y) in zip("ABCDEF", points)]
    return layer("tanks.shp", records, epsg=epsg, geometry=ogr.wkbPoint, **options)


def without(path, suffix):
    path.with_suffix(suffix).unlink()
    return sorted(part.name for part in path.parent.iterdir())


def places(source):
    return [(round(point.x, 6), round(point.y, 6)) for point in source.geometry]


def test_without_its_index_a_shapefile_is_read_and_nothing_is_written_beside_it(layer):
    path = shapefile(layer)
    before = without(path, ".shx")
    source = read(str(path))
    assert source.table["UID"].tolist() == ["A", "B"]
    assert places(source) == [(99, 25.5)] * 2
    assert (
        "tanks.shp has no .shx file beside it; the order of its records was found in the .shp itself." in source.notes
    )
    assert sorted(part.name for part in path.parent.iterdir()) == before


def test_without_its_table_a_shapefile_has_places_alone(layer):
    path = shapefile(layer)
    without(path, ".dbf")
    source = read(str(path))
    assert source.columns == []
    assert places(source) == [(99, 25.5)] * 2
    assert any("no .dbf file beside it: its places were read" in note for note in source.notes)


def test_parts_of_another_case_belong_together(layer):
    path = shapefile(layer)
    for part in list(path.parent.iterdir()):
        part.rename(part.with_name(part.name.upper() if part.suffix in (".dbf", ".prj") else part.name))
    source = read(str(path))
    assert source.table["UID"].tolist() == ["A", "B"]
    assert places(source) == [(99, 25.5)] * 2


def test_a_missing_crs_is_asked_for_and_taken(layer):
    path = str(shapefile(layer, [(500_000, UTM_Y)], epsg=None))
    with pytest.raises(CrsMissing, match=r"tanks\.shp, layer tanks: the layer has no CRS .* as the parameter CRS"):
        read(path)
    for crs in ("EPSG:32647", "32647", "+proj=utm +zone=47 +datum=WGS84", from_text("EPSG:32647").ExportToWkt()):
        source = read(path, crs=crs)
        np.testing.assert_allclose(places(source), [(99, 25.5)], atol=1e-6)
    assert "tanks.shp, layer tanks states no CRS: EPSG:32647 was used, as given." in source.notes


def test_a_stated_crs_goes_before_the_given_one(layer):
    path = str(shapefile(layer))
    source = read(path, crs="EPSG:32647")
    assert places(source) == [(99, 25.5)] * 2
    assert "The CRS EPSG:32647 was given but not used: the file states EPSG:4326." in source.notes
    assert not [note for note in read(path, crs="EPSG:4326").notes if "not used" in note]


@pytest.mark.parametrize(
    "crs", ["EPSG:1", "nonsense", "http://127.0.0.1:9/crs", "/vsicurl/http://127.0.0.1/x.prj", "/etc/passwd", "a.prj"]
)
def test_what_names_no_crs_is_said_before_anything_is_read(layer, crs):
    with pytest.raises(SourceError, match="names no CRS. Give the parameter CRS as a code, such as EPSG:32647"):
        read(str(shapefile(layer)), crs=crs)


def test_a_given_crs_is_that_of_coordinate_columns(csv):
    assert read(csv("x,y", f"500000,{UTM_Y}"), crs="EPSG:32647").crs == "EPSG:32647"
    assert read(csv("x,y", "99,25.5")).crs == ""


def test_coordinates_of_columns_to_degrees():
    x, y = np.array([500_000, np.nan, 1e15]), np.array([UTM_Y, 1.0, 1e15])
    lon, lat = xy_to_degrees(x, y, "EPSG:32647")
    np.testing.assert_allclose([lon[0], lat[0]], [99, 25.5], atol=1e-6)
    assert np.isnan([lon[1], lat[1]]).all()
    assert np.isinf([lon[2], lat[2]]).all()
    # EPSG:4326 has its latitude first; x is the longitude all the same.
    np.testing.assert_array_equal(xy_to_degrees(np.array([98.0]), np.array([25.0]), "EPSG:4326"), [[98], [25]])
    # Of CGCS2000 / 3-degree Gauss-Kruger CM 99E the axes are northing, easting; x is the easting all the same.
    lon, lat = xy_to_degrees(np.array([500_000.0]), np.array([2_821_442.48]), "EPSG:4542")
    assert abs(lon[0] - 99) < 1e-6 and abs(lat[0] - 25.5) < 1e-5


def test_metres_in_a_layer_of_degrees(layer):
    some = read(str(shapefile(layer, [(99, 25.5), (500_000, UTM_Y), (98, 25)])))
    assert any(
        "1 of 3 positions contradict its CRS: the file states EPSG:4326, in degrees" in note for note in some.notes
    )
    assert any("500,000, 2,820,314" in note for note in some.notes)


def test_a_layer_whose_numbers_all_contradict_its_crs(layer):
    path = str(shapefile(layer, [(500_000, UTM_Y), (500_000, UTM_Y)]))
    with pytest.raises(CrsMissing, match=r"no position can be in its CRS.*500,000, 2,820,314.*as the parameter CRS"):
        read(path)
    source = read(path, crs="EPSG:32647")
    np.testing.assert_allclose(places(source), [(99, 25.5)] * 2, atol=1e-6)
    assert any("EPSG:32647 was used, as given. The file states EPSG:4326" in note for note in source.notes)


def test_degrees_in_a_layer_of_metres(layer):
    path = str(layer("t.gpkg", [("POINT (98.1 25.5)", {"a": 1}), (None, {"a": 2})], epsg=32647))
    with pytest.raises(
        CrsMissing, match=r"The file states EPSG:32647, in metres, but such numbers are none: 98\.1, 25\.5"
    ):
        read(path)
    assert read(path, crs="EPSG:4326").geometry[0].wkt == "POINT (98.1 25.5)"
    mixed = [("POINT (98.1 25.5)", {"a": 1}), (f"POINT (500000 {UTM_Y})", {"a": 2})]
    source = read(str(layer("u.gpkg", mixed, epsg=32647)))
    assert any("1 of 2 positions contradict its CRS" in note for note in source.notes)


def geojson(tmp_path, x, y, member=""):
    path = tmp_path / "t.geojson"
    path.write_text(
        f'{{"type":"FeatureCollection",{member}"features":[{{"type":"Feature","properties":{{"a":1}},'
        f'"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}]}}'
    )
    return str(path)


def test_an_old_crs_member_of_geojson_counts(tmp_path):
    member = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32647"}},'
    source = read(geojson(tmp_path, 500_000, UTM_Y, member))
    np.testing.assert_allclose(places(source), [(99, 25.5)], atol=1e-6)
    assert "Reprojected from EPSG:32647 to EPSG:4326." in source.notes


def test_geojson_in_metres_without_a_crs_member_asks(tmp_path):
    path = geojson(tmp_path, 11_020_629.6, 2_937_284.2)
    with pytest.raises(CrsMissing, match="The format means EPSG:4326, in degrees, but such numbers are none: 11,020,6"):
        read(path)
    # x = 99° × π/180 × 6,378,137 m
    np.testing.assert_allclose(read(path, crs="EPSG:3857").geometry[0].x, 99, atol=1e-5)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84"])
def test_the_order_of_axes_in_geojson_is_longitude_first(tmp_path, name):
    member = f'"crs":{{"type":"name","properties":{{"name":"{name}"}}}},'
    assert read(geojson(tmp_path, 98.1, 25.5, member)).geometry[0].wkt == "POINT (98.1 25.5)"


def test_a_layer_with_latitude_first_is_turned():
    import shapely
    from leachwatch.sources.files.crs import Stated, to_degrees
    from osgeo import osr

    srs = osr.SpatialReference()
    srs.ImportFromEPSG(4326)
    srs.SetAxisMappingStrategy(osr.OAMS_AUTHORITY_COMPLIANT)
    geometry, _ = to_degrees(shapely.points([[25.5, 98.1]]), Stated(srs), "t")
    assert geometry[0].wkt == "POINT (98.1 25.5)"


@pytest.mark.parametrize("encoding", ["UTF-8", "CP936", "GBK", "BIG5"])
def test_chinese_in_the_encoding_that_the_cpg_states(layer, encoding):
    words = "維西" if encoding == "BIG5" else "维西"
    path = layer("t.shp", [("POINT (98 25)", {"name": words})], geometry=ogr.wkbPoint, options=[f"ENCODING={encoding}"])
    assert path.with_suffix(".cpg").exists()
    assert read(str(path)).table["name"].tolist() == [words]


def test_chinese_in_the_encoding_that_the_dbf_states(layer):
    path = layer("t.shp", [("POINT (98 25)", {"name": "维西"})], geometry=ogr.wkbPoint, options=["ENCODING=CP936"])
    path.with_suffix(".cpg").unlink()
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = 0x4D  # the language driver of code page 936
    path.with_suffix(".dbf").write_bytes(bytes(table))
    assert read(str(path)).table["name"].tolist() == ["维西"]


def test_places_in_columns_of_a_layer_without_geometry_or_crs(layer):
    records = [(None, {"id": "A", "Latitude": 25.5, "Longitude": 98.2}), (None, {"id": "B", "Latitude": 25.6})]
    path = layer("tanks.shp", records, epsg=None, geometry=ogr.wkbPoint)
    loaded = load_tanks(str(path))
    assert loaded.tanks[["tank_id", "lon", "lat"]].values.tolist() == [["A", 98.2, 25.5]]
    assert loaded.rows_read == 2


@pytest.mark.parametrize(("points", "given"), [([(500_000, UTM_Y)] * 2, "EPSG:4326"), ([(99, 25.5)] * 2, "EPSG:32647")])
def test_a_given_crs_that_all_numbers_contradict_is_refused(layer, points, given):
    path = shapefile(layer, points, epsg=None)
    with pytest.raises(CrsMissing, match=f"no position can be in the CRS given. It is {given}, in .*Give another"):
        read(str(path), crs=given)
