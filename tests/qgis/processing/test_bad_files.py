"""Files that cannot be loaded: one message that says what, where and what to do, from every loader."""

import random
import zipfile

import pytest
from leachwatch.tests.qgis.processing.running import Log, failing, rows, run

LOADERS = ["loadusgstanks", "loadispsites", "loadtownships"]


def noise(path):
    path.write_bytes(random.Random(7).randbytes(5_000))


def truncated_zip(path):
    whole = path.with_name("whole.zip")
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("tanks.csv", "lat,lon\n" + "25,98\n" * 5_000)
    path.write_bytes(whole.read_bytes()[:2_000])


def useless_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.md", "nothing here")
        archive.writestr("photo.jpg", b"\xff\xd8\xff")


def empty_zip(path):
    zipfile.ZipFile(path, "w").close()


CASES = {
    "noise.gpkg": noise,
    "noise.geojson": noise,
    "noise.xlsx": noise,
    "noise.zip": noise,
    "noise.kmz": noise,
    "truncated.zip": truncated_zip,
    "useless.zip": useless_zip,
    "hollow.zip": empty_zip,
    "text.shp": lambda path: path.write_text("This is no shapefile.", encoding="utf-8"),
    "empty.gpkg": lambda path: path.write_bytes(b""),
    "page.zip": lambda path: path.write_text("<!DOCTYPE html><html>captcha</html>", encoding="utf-8"),
    "picture.png": noise,
    "folder": lambda path: path.mkdir(),
    "missing.csv": lambda path: None,
}


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("name", list(CASES))
def test_files_that_cannot_be_read(tmp_path, loader, name):
    path = tmp_path / name
    CASES[name](path)
    message = failing(loader, INPUT=str(path))
    assert name in message
    # What to do is the last thing said.
    assert message.rstrip().endswith((".", "folder named ….gdb.")) and len(message) < 700


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("given", [{}, {"INPUT": ""}, {"INPUT": None}])
def test_no_file(loader, given):
    message = failing(loader, **given)
    if loader == "loadispsites":
        assert "No file was given (INPUT)" in message and "choose a file" in message
    else:
        assert "is not in the cache" in message and "Offline" in message and "give that file as INPUT" in message


@pytest.mark.parametrize("loader", LOADERS)
def test_a_csv_without_coordinates(tmp_path, loader):
    path = tmp_path / "names.csv"
    path.write_text("unit_code,unit_name\nMMR001005,Chipwi\n", encoding="utf-8")
    assert "names" in failing(loader, INPUT=str(path))


def test_a_field_map_that_names_no_column(tmp_path):
    path = tmp_path / "tanks.csv"
    path.write_text("lat,lon,state\n25,98,Active\n", encoding="utf-8")
    assert "colour" in failing("loadusgstanks", INPUT=str(path), FIELD_MAP="status=colour")
    assert "hue" in failing("loadusgstanks", INPUT=str(path), FIELD_MAP="hue=state")


def test_a_layer_that_is_not_there(tmp_path):
    from leachwatch.tests.qgis.processing import world

    path = world.save(world.tank_layer(), tmp_path, "gpkg").source().split("|")[0]
    message = failing("loadusgstanks", INPUT=path, LAYER="pools")
    assert "pools" in message and "tanks" in message


def test_rows_that_are_left_out_are_written_with_the_reason(tmp_path):
    path = tmp_path / "tanks.csv"
    path.write_text("Lat,Long,UID\n25.9,98.1,a\n,,b\n25.9,198.1,c\nnan,98,d\n25.8,98.1,e\n", encoding="utf-8")
    log = Log()
    results = run("loadusgstanks", log, INPUT=str(path))
    assert (results["ROW_COUNT"], results["TANK_COUNT"], results["REJECTED_COUNT"]) == (5, 2, 3)
    rejected = rows(results["REJECTED"])
    assert [(row["row"], row["src_UID"]) for row in rejected] == [(2, "b"), (3, "c"), (4, "d")]
    assert all(row["reason"] for row in rejected)
    assert [row["tank_id"] for row in rows(results["OUTPUT"])] == ["a", "e"]


def test_an_empty_table_gives_an_empty_layer(tmp_path):
    path = tmp_path / "tanks.csv"
    path.write_text("Lat,Long,UID\n", encoding="utf-8")
    log = Log()
    results = run("loadusgstanks", log, INPUT=str(path))
    assert rows(results["OUTPUT"]) == [] and results["ROW_COUNT"] == 0
    assert any("empty" in warning for warning in log.warnings)


def test_the_map_used_can_be_pasted_back(tmp_path):
    path = tmp_path / "tanks.csv"
    path.write_text("Lat,Long,UID,LocOpStat,ImgDate\n25.9,98.1,a,Inactive,2021\n", encoding="utf-8")
    first = run("loadusgstanks", INPUT=str(path), FIELD_MAP="status=")
    again = run("loadusgstanks", INPUT=str(path), FIELD_MAP=first["FIELD_MAP_USED"])
    assert again["FIELD_MAP_USED"] == first["FIELD_MAP_USED"]
    assert rows(again["OUTPUT"]) == rows(first["OUTPUT"])
    assert rows(first["OUTPUT"])[0]["status"] in (None, "unknown")
