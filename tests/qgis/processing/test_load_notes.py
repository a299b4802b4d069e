"""What a loader tells: what was done as it should be as information, what needs a look as a warning."""

import json

from leachwatch.tests.qgis.processing.running import Log, run


def told(path, lines, **parameters):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("loadusgstanks", log := Log(), INPUT=str(path), **parameters)
    return log


def test_a_sound_file_gives_no_warning(tmp_path):
    lines = ["id,lat,lon,Y2019,Y2020", "A,25.5,98.2,0,active", "B,25.6,98.2,,abandoned"]
    log = told(tmp_path / "tanks.csv", lines)
    assert log.warnings == []
    assert "The places were taken from the columns lon (longitude) and lat (latitude)." in log.infos
    assert "Read as one column a year: Y2019 to Y2020 (2 columns)." in log.infos


def test_a_reprojection_and_roles_by_content_inform(tmp_path):
    places = [(10931500, 2938000), (10931600, 2938100)]
    features = [
        {"type": "Feature", "properties": {"seen": year}, "geometry": {"type": "Point", "coordinates": place}}
        for year, place in zip(("2019", "2020"), places)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    collection = {"type": "FeatureCollection", "crs": crs, "features": features}
    log = told(tmp_path / "tanks.geojson", [json.dumps(collection)])
    assert log.warnings == []
    assert "Reprojected from EPSG:3857 to EPSG:4326." in log.infos
    assert any("seen as date" in info for info in log.infos)


def test_what_needs_a_look_is_a_warning(tmp_path):
    log = told(tmp_path / "tanks.csv", ["id,lat,lon,status", "A,25.5,98.2,perhaps", "B,98.2,25.5,active"])
    assert [warning[:28] for warning in log.warnings] == [
        "Latitude and longitude look ",
        "Status: 1 rows of column sta",
    ]


def test_a_file_given_as_a_path_of_python_is_loaded(tmp_path):
    path = tmp_path / "tanks.csv"
    path.write_text("id,lat,lon\nA,25.5,98.2\n", encoding="utf-8")
    assert run("loadusgstanks", INPUT=path)["TANK_COUNT"] == 1


def test_a_source_as_qgis_writes_it_names_its_layer(tmp_path):
    csv, both = tmp_path / "tanks.csv", tmp_path / "both.gpkg"
    csv.write_text("id,lat,lon\n", encoding="utf-8")
    for name in ("one", "two"):
        with csv.open("a", encoding="utf-8") as stream:
            stream.write(f"{name},25.5,98.2\n")
        run("loadusgstanks", INPUT=str(csv), OUTPUT=f"ogr:dbname='{both}' table=\"{name}\" (geom)")
    assert run("loadusgstanks", INPUT=f"{both}|layername=one")["TANK_COUNT"] == 1
    assert run("loadusgstanks", INPUT=f"{both}|layername=two")["TANK_COUNT"] == 2
