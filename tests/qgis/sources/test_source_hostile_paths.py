"""Paths that are no files, or that GDAL would take for more than a file."""

import os
import stat
import zipfile

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.files.reader import read
from osgeo import ogr

from .conftest import write_layer

RECORDS = [("POINT (98.1 25.5)", {"UID": "A"})]
STRANGE = [
    "ချီဖွေ ၂၀၂၁",
    "维西 (2)",
    "a b  c",
    'it\'s "quoted"',
    "what?",
    "100%25 #1",
    "t|layername=other",
    "t.zip|option:x",
    "[x] {y} & $z",
    "PG:dbname=x",
    "GPKG:t.gpkg:t",
    "MYSQL:x,user=y",
]


KML = "<kml><Placemark><ExtendedData><Data name='UID'><value>A</value></Data></ExtendedData></Placemark></kml>"


@pytest.mark.parametrize("form", [".gpkg", ".shp", ".geojson", ".kml", ".csv", ".zip"])
@pytest.mark.parametrize("name", STRANGE)
def test_strange_names_are_names(tmp_path, name, form):
    path = tmp_path / f"{name}{form}"
    if form == ".csv":
        path.write_text("UID,lat,lon\nA,25.5,98.1\n")
    elif form == ".kml":
        path.write_text(KML)
    elif form == ".zip":
        made = write_layer(tmp_path / "t.gpkg", RECORDS, geometry=ogr.wkbPoint)
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(made, f"{name.replace(':', '')}.gpkg")
    else:
        made = write_layer(tmp_path / f"made{form}", RECORDS, layer="made", geometry=ogr.wkbPoint)
        for part in tmp_path.glob(f"{made.stem}.*"):
            part.rename(tmp_path / f"{name}{part.suffix}")
    assert read(str(path)).table["UID"].tolist() == ["A"]


@pytest.mark.parametrize("name", ["PG:dbname=x", "CSV:x.csv", "ODBC:x", '{"type":"Point"}'])
def test_a_relative_path_that_reads_as_a_connection_is_a_file(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    write_layer(tmp_path / "made.gpkg", RECORDS, geometry=ogr.wkbPoint).rename(tmp_path / name)
    assert read(name).table["UID"].tolist() == ["A"]


@pytest.mark.parametrize(
    "path",
    [
        "http://127.0.0.1:9/t.geojson",
        "https://127.0.0.1:9/t.zip",
        "ftp://127.0.0.1/t.csv",
        "/vsicurl/http://127.0.0.1:9/t.gpkg",
        "/vsizip/t.zip/t.csv",
        "/vsistdin/",
        "/./vsimem/t.gpkg",
        "//vsimem/t.gpkg",
    ],
)
def test_what_leads_elsewhere_is_no_local_file(path):
    with pytest.raises(SourceError, match="no local file. Download it first|There is no file"):
        read(path)


@pytest.mark.parametrize(
    "path",
    ["PG:dbname=x", "CSV:/vsicurl/t.csv", "MYSQL:x", "ODBC:x", "WFS:x", "GPKG:t.gpkg:t", "a\nb", "<OGRVRTDataSource/>"],
)
def test_connections_are_no_files(path):
    with pytest.raises(SourceError, match="There is no file"):
        read(path)


def test_names_that_no_system_takes():
    for path in ("a\0b.csv", "x" * 5_000 + ".csv"):
        with pytest.raises(SourceError, match="cannot be read: .*Check its name and permissions|There is no file"):
            read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
@pytest.mark.parametrize("name", ["pipe.csv", "pipe.gpkg", "pipe"])
def test_a_pipe_is_not_waited_for(tmp_path, name):
    os.mkfifo(tmp_path / name)
    with pytest.raises(SourceError, match=f"{name} is no regular file, but a pipe or a device"):
        read(str(tmp_path / name))


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no devices on this system")
def test_a_device_is_not_read(tmp_path):
    with pytest.raises(SourceError, match="/dev/zero is no regular file, but a pipe or a device"):
        read("/dev/zero")
    (tmp_path / "t.csv").symlink_to("/dev/zero")
    with pytest.raises(SourceError, match="is no regular file"):
        read(str(tmp_path / "t.csv"))


def test_a_loop_of_links(tmp_path):
    (tmp_path / "t.csv").symlink_to(tmp_path / "t.csv")
    with pytest.raises(SourceError, match="There is no file|cannot be read"):
        read(str(tmp_path / "t.csv"))


def test_a_folder(tmp_path):
    with pytest.raises(SourceError, match="is a folder, but no file geodatabase. Choose a file"):
        read(str(tmp_path))


def test_a_file_without_permission(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("lat,lon\n25,98\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user reads everything")
    try:
        with pytest.raises(SourceError, match="Permission denied. Check its name and permissions"):
            read(str(path))
    finally:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_files_beside_the_data_are_not_followed(tmp_path):
    """GDAL reads a CSV through a .vrt or .csvt beside it, and a shapefile's links; none of it is looked at here."""
    (tmp_path / "t.csv").write_text("UID,lat,lon\nA,25.5,98.1\n")
    (tmp_path / "t.csvt").write_text("Integer,Integer,Integer\n")
    (tmp_path / "t.vrt").write_text("<OGRVRTDataSource/>")
    table = read(str(tmp_path / "t.csv")).table
    assert table.iloc[0].tolist() == ["A", "25.5", "98.1"]


def test_what_is_read_leaves_nothing_behind(tmp_path, monkeypatch):
    rest = tmp_path / "temporary"
    rest.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(rest))
    write_layer(tmp_path / "made.gpkg", RECORDS, geometry=ogr.wkbPoint).rename(tmp_path / "t.dat")
    read(str(tmp_path / "t.dat"))
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.write(tmp_path / "t.dat")
    read(str(tmp_path / "t.zip"))
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04")
    with pytest.raises(SourceError):
        read(str(tmp_path / "bad.zip"))
    assert list(rest.iterdir()) == []
