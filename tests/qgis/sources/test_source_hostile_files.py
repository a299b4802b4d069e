"""Files made to do harm: each ends in a clear error or a counted loss, within bounded time and memory.

All are read by one process of their own, which has no more than 2 GB of memory.
"""

import base64
import io
import json
import os
import sqlite3
import stat
import struct
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import openpyxl
import pytest
from osgeo import ogr

from .conftest import write_layer

ROOT = Path(__file__).resolve().parents[3]
READING = textwrap.dedent("""
    import importlib.util, json, os, resource, sys, time
    root, folder = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
    spec = importlib.util.spec_from_file_location(
        "leachwatch", root + "/__init__.py", submodule_search_locations=[root])
    module = importlib.util.module_from_spec(spec)
    sys.modules["leachwatch"] = module
    spec.loader.exec_module(module)
    from leachwatch.sources.files.reader import read
    from leachwatch.sources.errors import SourceError
    for name in sorted(os.listdir(folder)):
        start = time.monotonic()
        try:
            source = read(os.path.join(folder, name), has_places=lambda columns: "lat" in columns)
            places = [] if source.geometry is None else [shape is not None for shape in source.geometry]
            said = {"rows": len(source.table), "places": sum(places), "notes": source.notes}
        except SourceError as error:
            said = {"error": str(error)}
        said["seconds"] = time.monotonic() - start
        print(json.dumps({name: said}), flush=True)
    print(json.dumps({"": {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}}), flush=True)
""")
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)) + "]>"
PASSWORDS = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
ENTITIES = "declares XML entities, which data never needs. Do not use it."
GPX = '<?xml version="1.0"?>{}<gpx version="1.1">{}</gpx>'
WAYPOINT = '<wpt lat="25" lon="98"><name>{}</name></wpt>'
KML = '<?xml version="1.0"?>{}<kml><Document><Placemark><name>{}</name></Placemark></Document></kml>'
FEATURE = '{{"type":"Feature","properties":{},"geometry":{}}}'
POINT = '{"type":"Point","coordinates":[98,25]}'
FILES = {}


def hostile(name, expected):
    """Register a maker of a file: it is given the path. ``expected``: a part of the error, or a whole answer."""

    def register(maker):
        FILES[name] = (maker, expected)
        return maker

    return register


def text(name, content, expected):
    FILES[name] = (lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode()), expected)


def collection(*features):
    return '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"


text("laughs.kml", KML.format(LAUGHS, "&a9;"), ENTITIES)
text("passwords.kml", KML.format(PASSWORDS, "&e;"), ENTITIES)
text("laughs.gpx", GPX.format(LAUGHS, WAYPOINT.format("&a9;")), ENTITIES)
text("passwords.gpx", GPX.format(PASSWORDS, WAYPOINT.format("&e;")), ENTITIES)
text("half.gpx", GPX.format("", WAYPOINT.format("A"))[:-12], "half.gpx cannot be read: XML parsing of GPX file failed")
text("deep.kml", "<kml>" + "<a>" * 1_000_000, "elements more than 200 deep")
text("prolog.gpx", GPX.format("<!--" + "x" * 2_000_000 + "-->", ""), "prolog.gpx cannot be read: it is not GPX")
text("open.geojson", "[" * 10_000_000, "open.geojson cannot be read")
text("open in a table.geojson", collection(FEATURE.format('{"a":' + "[" * 10_000_000, "")), "Failed to read GeoJSON")
text(
    "a million levels.geojson",
    collection(FEATURE.format('{"a":' + "[" * 1_000_000 + "]" * 1_000_000 + "}", POINT)),
    "Failed to read GeoJSON data",
)
text(
    "deep coordinates.json",
    collection(FEATURE.format("{}", '{"type":"Polygon","coordinates":' + "[" * 10**6)),
    "cannot",
)
text(
    "deep topology.json",
    '{"type":"Topology","objects":{"a":{"geometries":' + "[" * 5_000_000,
    "Failed to read TopoJSON",
)
text("deep sequence.geojsonl", '{"type":"Feature","properties":{"a":' + "[" * 5_000_000, "cannot be read")
text(
    "many columns.geojson",
    collection(FEATURE.format("{" + ",".join(f'"a{n}":1' for n in range(100_000)) + "}", POINT)),
    "more than 2,000 different names of columns",
)
text(
    "no numbers.geojson",
    collection(
        FEATURE.format('{"a":1}', '{"type":"Point","coordinates":["98","25"]}'),
        FEATURE.format('{"a":2}', '{"type":"Point","coordinates":[null,25]}'),
        FEATURE.format('{"a":3}', '{"type":"Point","coordinates":[98]}'),
        FEATURE.format('{"a":4}', '{"type":"Nonsense"}'),
        FEATURE.format('{"a":5}', POINT),
    ),
    {"rows": 5, "places": 1},
)
text("half.geojson", collection(FEATURE.format("{}", POINT), '{"type":"Fea')[:-2], "half.geojson cannot be read")
text("zeros.csv", bytes(10_000), "zeros.csv cannot be read: it is not delimited text")
text("zeros.gpkg", bytes(10_000), "zeros.gpkg cannot be read: it is not a GeoPackage, or is damaged")
text("zeros.shp", bytes(10_000), "zeros.shp cannot be read")
text("noise.fgb", b"fgb\x03fgb\x00" + b"\xff" * 10_000, "noise.fgb|no layer")
text(
    "seamless.tab",
    '!table\n!version 300\nDefinition Table\n Type NATIVE\n "\\IsSeamless" = "TRUE"\n',
    "is a MapInfo table whose data stand in other files",
)
text(
    "view.tab",
    '!table\n!version 300\nOpen Table "/etc/passwd"\nCreate View x As Select',
    "is a MapInfo table whose data stand in other files",
)
text("virtual.vrt", "<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "XML of a form that is not read")
text("virtual.csv", "<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "XML of a form that is not read")
text("of sheets.zip", b"PK\x03\x04" + b"\xff" * 100, "cannot be unpacked")


@hostile("half.gpkg", "half.gpkg cannot be read: it is cut off and has")
def half_a_geopackage(path):
    write_layer(path, [(f"POINT (98 {n / 1000})", {"a": n}) for n in range(2_000)], geometry=ogr.wkbPoint)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@hostile("holes.gpkg", "holes.gpkg|breaks off|malformed")
def a_geopackage_with_holes(path):
    write_layer(path, [(f"POINT (98 {n / 1000})", {"a": n}) for n in range(5_000)], geometry=ogr.wkbPoint)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 40_960] = b"\xff" * 40_960
    path.write_bytes(bytes(data))


def geopackage(path, *statements):
    write_layer(path, [("POINT (98 25)", {"a": 1})], layer="t", geometry=ogr.wkbPoint)
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS fid, x AS a FROM c"
RENAMED = "UPDATE gpkg_contents SET table_name = 'v'"


@hostile("endless view.gpkg", "“v” is a view, a query that runs as it is read")
def a_view_without_end(path):
    geopackage(path, f"CREATE VIEW v AS {ENDLESS}", "PRAGMA foreign_keys = OFF", RENAMED)


@hostile("endless list.gpkg", "“gpkg_contents” is a view")
def a_list_of_layers_without_end(path):
    columns = "'t' AS table_name, 'features' AS data_type, 't' AS identifier, x AS srs_id"
    endless = f"CREATE VIEW gpkg_contents AS SELECT {columns} FROM ({ENDLESS.replace('x AS fid, x AS a', 'x')})"
    geopackage(path, "PRAGMA foreign_keys = OFF", "ALTER TABLE gpkg_contents RENAME TO kept", endless)


@hostile("unlisted view.gpkg", {"rows": 1, "places": 1})
def a_view_that_no_layer_list_names(path):
    geopackage(path, f"CREATE VIEW v AS {ENDLESS}")


@hostile("virtual table.gpkg", "“v” is a virtual table, which may lead elsewhere")
def a_virtual_table(path):
    geopackage(path, "PRAGMA foreign_keys = OFF", "CREATE VIRTUAL TABLE v USING fts3(a)", RENAMED)


@hostile("computed.gpkg", "“t” has computed columns, which run as they are read")
def a_computed_column(path):
    geopackage(path, "ALTER TABLE t ADD COLUMN boom TEXT AS (hex(zeroblob(1000000000)))")


@hostile("trigger.gpkg", {"rows": 1, "places": 1})
def a_trigger(path):
    geopackage(path, "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END")


@hostile("liar.gpkg", {"rows": 1, "places": 1, "note": "announces 1 layers that it does not hold: ghost"})
def layers_that_are_not_there(path):
    geopackage(
        path,
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('ghost', 'features', 'g', 4326)",
        "UPDATE gpkg_ogr_contents SET feature_count = 5000000000",
    )


@hostile("plain.sqlite", "is a SQLite database, but no GeoPackage")
def no_geopackage(path):
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (a)")
    database.commit()
    database.close()


def shapefile(path, cut):
    write_layer(path, [(f"POINT (98 {n / 1000})", {"a": n}) for n in range(1_000)], geometry=ogr.wkbPoint)
    path.write_bytes(path.read_bytes()[:cut])
    for part in path.parent.glob(f"{path.stem}.*"):
        if part.suffix not in (".shp", ".shx"):
            part.unlink()


@hostile("cut.shp", "cut.shp is cut off: it has 5,000 bytes of the 28,100 that it should have")
def a_cut_shapefile(path):
    shapefile(path, 5_000)
    path.with_suffix(".shx").unlink()


@hostile("cut.fgb", "cut.fgb is cut off: it states 1,000 rows, and 636 were there")
def a_cut_flatgeobuf(path):
    from osgeo import gdal

    source = write_layer(path.with_suffix(".gpkg"), [(f"POINT (98 {n / 1000})", {"a": n}) for n in range(1_000)])
    gdal.VectorTranslate(str(path), str(source), format="FlatGeobuf")
    source.unlink()
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 3 // 4])


def workbook(path, change):
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["lat", "lon"])
    book.active.append([25, 98])
    book.save(kept)
    with zipfile.ZipFile(kept) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name in made.namelist():
            content = made.read(name).decode()
            written.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)


@hostile("laughs.xlsx", f"laughs.xlsx (xl/worksheets/sheet1.xml) {ENTITIES}")
def a_sheet_that_laughs(path):
    workbook(path, lambda sheet: LAUGHS + sheet.replace("<v>25</v>", "<v>&a9;</v>"))


@hostile("far columns.xlsx", "breaks off: Maximum number of fields supported is 2000")
def a_sheet_of_a_million_columns(path):
    workbook(path, lambda sheet: sheet.replace('r="B1"', 'r="BDWGN1"'))


@hostile("large.ods", "unpacks to 1.0 GB, more than the 0.5 GB allowed")
def a_sheet_that_says_it_is_large(path):
    ods(path, "", HEADER)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (2**30).to_bytes(4, "little")
    path.write_bytes(bytes(data))


@hostile("locked.xlsx", "locked.xlsx is encrypted")
def a_sheet_with_a_password(path):
    workbook(path, lambda sheet: sheet)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))


@hostile("link.kmz", "holds a symbolic link, “doc.kml”")
def a_kmz_with_a_link(path):
    link = zipfile.ZipInfo("doc.kml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")


@hostile("deep.xlsx", {"rows": 1})
def a_sheet_of_a_million_levels(path):
    workbook(path, lambda sheet: sheet.replace("<v>25</v>", "<v>" + "<a>" * 10**6 + "</a>" * 10**6 + "</v>"))


def ods(path, head, rows):
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'{head}<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">'
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )


CELL = '<table:table-cell {} office:value-type="string"><text:p>{}</text:p></table:table-cell>'
HEADER = f"<table:table-row>{CELL.format('', 'lat')}{CELL.format('', 'lon')}</table:table-row>"


@hostile("laughs.ods", f"laughs.ods (content.xml) {ENTITIES}")
def an_ods_that_laughs(path):
    ods(path, LAUGHS, f"{HEADER}<table:table-row>{CELL.format('', '&a9;')}</table:table-row>")


@hostile("repeated.ods", "breaks off: Invalid value for number-columns-repeated = 1000000000")
def a_cell_repeated_a_billion_times(path):
    repeated = CELL.format('table:number-columns-repeated="1000000000"', "x")
    ods(path, "", f"{HEADER}<table:table-row>{repeated}</table:table-row>")


def zipped(path, entries, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


@hostile("climbs.kmz", "holds an entry that leads out of its folder, “../../evil.kml”")
def a_kmz_that_climbs(path):
    zipped(path, {"doc.kml": KML.format("", "A"), "../../evil.kml": "x"})


@hostile("bomb.xlsx", "bomb.xlsx unpacks to")
def a_sheet_that_is_a_bomb(path):
    zipped(path, {"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b"0" * (60 * 1024**2)})


@hostile("nested bomb.zip", "inner.zip unpacks to")
def a_bomb_in_a_zip(path):
    inner = io.BytesIO()
    zipped(inner, {"zeros.csv": b"0" * (60 * 1024**2)})
    zipped(path, {"inner.zip": inner.getvalue()})


@hostile("entries.zip", "more entries than the 10,000 allowed|100,000 entries, more than the 10,000 allowed")
def a_hundred_thousand_entries(path):
    zipped(path, {f"{n}.csv": "" for n in range(100_000)})


@hostile("overlap.zip", "holds entries that overlap|cannot be unpacked: Overlapped entries")
def entries_that_overlap(path):
    """One packed megabyte, listed a hundred times."""
    zipped(path, {"0000.csv": base64.b64encode(os.urandom(750_000))})
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    entry, end = data[start : data.index(b"PK\x05\x06")], bytearray(data[data.index(b"PK\x05\x06") :])
    struct.pack_into("<HHL", end, 8, 100, 100, 100 * len(entry))
    path.write_bytes(data[:start] + entry * 100 + bytes(end))


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, (maker, _) in FILES.items():
        maker(folder / name)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READING, str(ROOT), str(folder)],
        capture_output=True,
        text=True,
        timeout=180,
    )
    lines = {}
    for line in done.stdout.splitlines():
        lines.update(json.loads(line))
    assert done.returncode == 0, f"after {list(lines)[-1:]}: {done.stderr[-2000:]}"
    return lines


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_words(answers, name):
    answer, expected = answers[name], FILES[name][1]
    assert answer["seconds"] < 10
    if isinstance(expected, dict):
        note = expected.get("note", "")
        assert {key: answer.get(key) for key in expected if key != "note"} == {
            key: value for key, value in expected.items() if key != "note"
        }, answer
        assert any(note in said for said in answer["notes"] or [""]), answer
    else:
        assert any(part in answer.get("error", "") for part in expected.split("|")), answer


def test_all_of_them_together_take_bounded_memory(answers):
    assert answers[""]["megabytes"] < 1_000
