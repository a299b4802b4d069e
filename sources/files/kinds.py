"""What a file is: told by its first bytes, not by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from . import archives

HEAD = 64 * 1024
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Kind:
    """A form of file: what people call it, the endings it may have (GDAL's own first), and GDAL's drivers for it."""

    name: str
    suffixes: tuple[str, ...]
    drivers: tuple[str, ...] = ()


GEOPACKAGE = Kind("a GeoPackage", (".gpkg",), ("GPKG",))
SHAPEFILE = Kind("a shapefile", (".shp",), ("ESRI Shapefile",))
GEODATABASE = Kind("a file geodatabase", (".gdb",), ("OpenFileGDB",))
JSON = Kind(
    "GeoJSON or a kin of it",
    (".geojson", ".json", ".topojson", ".geojsonl", ".geojsons", ".ndjson", ".jsonl", ".esrijson"),
    ("GeoJSON", "ESRIJSON", "TopoJSON", "GeoJSONSeq"),
)
FLATGEOBUF = Kind("FlatGeobuf", (".fgb",), ("FlatGeobuf",))
KML = Kind("KML", (".kml",))
GPX = Kind("GPX", (".gpx",), ("GPX",))
TAB = Kind("a MapInfo table", (".tab",), ("MapInfo File",))
MIF = Kind("a MapInfo interchange file", (".mif",), ("MapInfo File",))
XLSX = Kind("an XLSX sheet", (".xlsx", ".xlsm"), ("XLSX",))
ODS = Kind("an ODS sheet", (".ods",), ("ODS",))
TEXT = Kind("delimited text (CSV)", (".csv", ".tsv", ".tab", ".txt"))
ZIP = Kind("a zip", (".zip", ".kmz"))
SHEETS = (XLSX, ODS)
_ALL = (GEOPACKAGE, SHAPEFILE, GEODATABASE, JSON, FLATGEOBUF, KML, GPX, TAB, MIF, XLSX, ODS, TEXT, ZIP)

READABLE = (
    "a GeoPackage, a shapefile (loose or zipped), a file geodatabase (folder or zip), GeoJSON, TopoJSON, FlatGeobuf, "
    "KML, KMZ, GPX, MapInfo TAB or MIF, CSV, TSV, XLSX or ODS"
)

_MAGIC = {b"SQLite format 3\0": GEOPACKAGE, b"fgb\x03fgb": FLATGEOBUF}
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old Excel file, or one with a password. Save it as XLSX without a password",
    b"%PDF": "a PDF document, not data",
    b"\x1f\x8b": "a gzip file. Unpack it and choose the file in it",
    b"7z\xbc\xaf": "a 7z archive. Unpack it and choose the file in it",
    b"Rar!": "a RAR archive. Unpack it and choose the file in it",
    b"PAR1": "a Parquet file. Save it as a GeoPackage",
    b"II*\0": "a TIFF image, not points",
    b"MM\0*": "a TIFF image, not points",
    b"\xff\xd8\xff": "a JPEG image, not data",
    b"\x89PNG": "a PNG image, not data",
}
_OF_MIF = re.compile(rb"version[ \t]+\d{1,9}\s.{0,2000}?^[ \t]*(columns|coordsys|delimiter)\b", re.I | re.M | re.S)
_OF_JSON = re.compile(
    rb'"type"\s*:\s*"(Topology|Feature|FeatureCollection|(Multi)?(Point|LineString|Polygon)|GeometryCollection)"'
    rb'|"esriGeometry|"features"\s*:'
)


@dataclass(frozen=True)
class DataFile:
    """A file of data: ``path`` as people know it, ``opened`` the path that GDAL opens (the same, or a link to it).

    ``label``: its path in the container. ``memory`` keeps what was parsed once, as long as the container is open.
    """

    path: Path
    kind: Kind
    opened: Path
    label: str
    memory: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


def by_suffix(file: Path) -> Kind | None:
    """Return what a file's name says it is."""
    return next((kind for kind in _ALL if file.suffix.casefold() in kind.suffixes), None)


def head_of(file: Path) -> bytes:
    """Return a file's first bytes."""
    with file.open("rb") as opened:
        return opened.read(HEAD)


def recognise(file: Path) -> Kind | None:
    """Return what a file is, by its content. None: nothing that is known. Raises OSError, SourceError."""
    if file.is_dir():
        return GEODATABASE if (file / "a00000001.gdbtable").exists() else None
    head = head_of(file)
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if head[:4] == b"\0\0\x27\x0a":
        # The index of a shapefile starts as the shapefile does.
        return None if file.suffix.casefold() == ".shx" else SHAPEFILE
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_kind(file, head)
    return _text_kind(head, file)


def foreign(file: Path) -> str:
    """Return what a file is that cannot be read, and what to do with it, or ""."""
    head = head_of(file)
    name = next((text for magic, text in _FOREIGN.items() if head.startswith(magic)), "")
    root = "" if name else root_element(head)
    return name or (f"XML of a form that is not read, <{root}>. Convert it to a GeoPackage in QGIS" if root else "")


def looks_like_table(file: Path) -> bool:
    """Return whether a text's first line has columns: for a file whose name does not say that it is a table."""
    lines = [line for line in head_of(file).splitlines() if line.strip()]
    return len(lines) > 1 and any(mark in lines[0] and mark in lines[1] for mark in (b",", b";", b"\t", b"|"))


def _zip_kind(file: Path, head: bytes) -> Kind:
    if head[30:38] == b"mimetype" and b"opendocument.spreadsheet" in head[38:120]:
        return ODS
    with archives.opened(file) as zipped:
        return XLSX if "xl/workbook.xml" in zipped.NameToInfo else ZIP


def _text_kind(head: bytes, file: Path) -> Kind | None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x1e")
    root = root_element(head)
    if root:
        return {"kml": KML, "gpx": GPX}.get(root.casefold())
    if start[:1] in (b"{", b"[") and (_OF_JSON.search(head) or by_suffix(file) is JSON):
        return JSON
    if start[:6].lower() == b"!table":
        return TAB
    if _OF_MIF.match(start):
        return MIF
    is_binary = b"\0" in head and not head.startswith(_MARKS)
    return None if is_binary or start[:1] in (b"{", b"<") or head.startswith(tuple(_FOREIGN)) else TEXT


def root_element(head: bytes) -> str:
    """Return the name of the first element of XML, without its namespace, or "" for what is no XML."""
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        return ""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append(name)
    parser.EntityDeclHandler = _no_entities
    try:
        parser.Parse(head.lstrip(b" \t\r\n"), False)
    except (expat.ExpatError, ValueError, LookupError, _Entities):
        # Broken, or in an encoding that expat does not know.
        found += [name.decode() for name in re.findall(rb"<(?:\w+:)?(kml|gpx)[\s/>]", head)]
    return found[0].rpartition(":")[2] if found else ""


class _Entities(Exception):
    """XML declares entities: they are looked at nowhere."""


def _no_entities(*declaration: object) -> None:
    raise _Entities
