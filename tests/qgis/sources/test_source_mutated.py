"""Valid files, damaged by the thousand: each is refused with words, or its rows add up. No crash, no hang.

GDAL reads the damaged files in a process of its own, so that its crash is a failure here and not the end of the run.
"""

import json
import selectors
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from leachwatch.tests.qgis.sources.conftest import write_layer
from osgeo import gdal, ogr

hypothesis = pytest.importorskip("hypothesis")
mutations = pytest.importorskip("leachwatch.tests.mutations")

WORKER = Path(__file__).with_name("loading_worker.py")
SECONDS = 20
RECORDS = [
    (f"POINT (98.{n} 25.{n})", {"UID": f"T{n}", "Status": "blue", "ImgDate": f"202{n % 3}-03-14", "Diam": 5.5 + n})
    for n in range(6)
]
HEADER = ["UID", "Status", "ImgDate", "Diam", "Lat", "Long"]
ROWS = [[*record.values(), 25 + n / 10, 98 + n / 10] for n, (_, record) in enumerate(RECORDS)]


class Worker:
    """The process that loads; started again after a crash."""

    def __init__(self):
        self._process = None

    def load(self, path):
        """Return the answer for a file; {"fault": …} where the process died or did not answer in time."""
        if self._process is None:
            self._start()
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        while True:
            if not self._selector.select(SECONDS):
                self.stop()
                return {"fault": f"no answer within {SECONDS} seconds"}
            line = self._process.stdout.readline()
            if line.startswith("ANSWER "):
                return json.loads(line.removeprefix("ANSWER "))
            if not line:
                code = self._process.wait()
                self.stop()
                return {"fault": f"the process died with {code}"}

    def _start(self):
        self._process = subprocess.Popen(
            [sys.executable, str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._process.stdout, selectors.EVENT_READ)

    def stop(self):
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._selector.close()
            self._process.stdin.close()
            self._process.stdout.close()
            self._process = None


@pytest.fixture(scope="module")
def worker():
    found = Worker()
    yield found
    found.stop()


def text(name, *lines):
    def write(folder):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    return write


def kml_of(folder):
    marks = "".join(
        f"<Placemark><name>{record['UID']}</name><TimeSpan><begin>2019</begin><end>2021-03</end></TimeSpan>"
        '<ExtendedData><Data name="Status"><value>blue</value></Data></ExtendedData>'
        f"<Point><coordinates>98.{n},25.{n},0</coordinates></Point></Placemark>"
        for n, (_, record) in enumerate(RECORDS)
    )
    start = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>'
    text("t.kml", f"{start}<name>a</name>{marks}</Folder></Document></kml>")(folder)


def topojson_of(folder):
    points = [
        {"type": "Point", "coordinates": [98 + n / 10, 25 + n / 10], "properties": record}
        for n, (_, record) in enumerate(RECORDS)
    ]
    objects = {"tanks": {"type": "GeometryCollection", "geometries": points}}
    text("t.topojson", json.dumps({"type": "Topology", "arcs": [], "objects": objects}))(folder)


def layer(name):
    return lambda folder: write_layer(folder / name, RECORDS, geometry=ogr.wkbPoint)


def translated(name, format_name, make, source):
    def write(folder):
        with tempfile.TemporaryDirectory() as other:
            make(Path(other))
            gdal.VectorTranslate(str(folder / name), str(Path(other) / source), format=format_name)

    return write


def unzipped(make):
    """The members of a file that is a zip, to be damaged before it is zipped again."""

    def write(folder):
        with tempfile.TemporaryDirectory() as other:
            make(Path(other))
            (packed,) = Path(other).iterdir()
            with zipfile.ZipFile(packed) as archive:
                archive.extractall(folder)

    return write


def xlsx_of(folder):
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.save(folder / "t.xlsx")


csv_of = text("t.csv", *(",".join(map(str, row)) for row in [HEADER, *ROWS]))
pairs_of = text("t.csv", "id;place;2019;2020", *(f"{n};25°{n}'12\"N 98-{n}-30E;active;0" for n in range(10, 16)))
wkt_of = text("t.csv", "id|geom|Year", *(f"{n}|SRID=4326;POINT (98.{n} 25.{n})|20{n}" for n in range(10, 16)))
ods_of = translated("t.ods", "ODS", csv_of, "t.csv")


@dataclass
class Form:
    """How a valid file is made in a folder, what is loaded of it, and how often one of its files is damaged."""

    make: Callable[[Path], object]
    loaded: str
    examples: int
    is_zip: bool = False  # the folder is zipped into what is loaded


FORMS = {
    "CSV": Form(csv_of, "t.csv", 150),
    "CSV of pairs": Form(pairs_of, "t.csv", 80),
    "CSV of WKT": Form(wkt_of, "t.csv", 80),
    "KML": Form(kml_of, "t.kml", 150),
    "KMZ": Form(kml_of, "t.kmz", 40, is_zip=True),
    "GeoJSON": Form(layer("t.geojson"), "t.geojson", 150),
    "TopoJSON": Form(topojson_of, "t.topojson", 120),
    "GeoPackage": Form(layer("t.gpkg"), "t.gpkg", 150),
    "shapefile": Form(layer("t.shp"), "t.shp", 130),
    "geodatabase": Form(layer("t.gdb"), "t.gdb", 80),
    "FlatGeobuf": Form(translated("t.fgb", "FlatGeobuf", layer("t.geojson"), "t.geojson"), "t.fgb", 120),
    "GPX": Form(translated("t.gpx", "GPX", layer("t.geojson"), "t.geojson"), "t.gpx", 80),
    "XLSX": Form(unzipped(xlsx_of), "t.xlsx", 60, is_zip=True),
    "ODS": Form(unzipped(ods_of), "t.ods", 40, is_zip=True),
    "zip": Form(lambda folder: zipped(folder, layer("t.shp")), "t.zip", 100),
}


def zipped(folder, make):
    with tempfile.TemporaryDirectory() as other:
        make(Path(other))
        pack(Path(other), folder / "t.zip")


def pack(folder, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        # An ODS is known by its first entry.
        for path in sorted(folder.rglob("*"), key=lambda path: (path.name != "mimetype", path)):
            if path.is_file():
                archive.write(path, path.relative_to(folder))


def test_a_columns_name_that_is_no_utf8_does_not_end_the_process(worker, tmp_path):
    """As older shapefiles have it: cp1252, and nothing that says so."""
    records = [(wkt, {"UID": record["UID"], "Hohe__": 5.5}) for wkt, record in RECORDS]
    path = write_layer(tmp_path / "t.shp", records, geometry=ogr.wkbPoint)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    table = path.with_suffix(".dbf")
    data = table.read_bytes().replace(b"Hohe__", "Höhe".encode("cp1252") + b"\0\0")
    table.write_bytes(data[:29] + b"\0" + data[30:])
    assert worker.load(path) == {"rows": 6, "parts": [6, 0, 0]}


def test_a_damaged_crs_is_an_error_with_words(worker, tmp_path):
    path = write_layer(tmp_path / "t.shp", RECORDS, geometry=ogr.wkbPoint)
    crs = path.with_suffix(".prj")
    # An ellipsoid of no body that PROJ can tie to the earth.
    crs.write_bytes(crs.read_bytes().replace(b"6378137.0", b"7378137.0"))
    assert "is damaged, or has no known way to degrees" in worker.load(path)["refused"]


@pytest.mark.parametrize("name", FORMS)
def test_damaged_files_are_refused_or_add_up(name, worker, tmp_path):
    form = FORMS[name]
    folder, target = tmp_path / "inner", tmp_path / form.loaded
    folder.mkdir()
    form.make(folder)
    valid = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size}

    def load():
        if form.is_zip:
            pack(folder, target)
        return worker.load(target if form.is_zip else folder / form.loaded)

    assert load().get("rows") == 6

    @mutations.thorough(form.examples)
    @hypothesis.given(hypothesis.strategies.sampled_from(list(valid)), mutations.STEPS)
    def run(path, steps):
        data = mutations.damage(valid[path], steps)
        path.write_bytes(data)
        answer = load()
        path.write_bytes(valid[path])
        about = f"{answer}\nafter {steps} in {path.name} of a {name}: {mutations.packed(data)}"
        if "refused" in answer:
            assert len(answer["refused"]) > 20, about
        else:
            assert "fault" not in answer and answer["rows"] == sum(answer["parts"]), about

    run()
