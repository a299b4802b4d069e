"""KML, read without GDAL: the times as they are written, all data of every placemark, and no link followed."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from ...analysis.progress import Cancelled
from ..errors import SourceError
from . import safe_xml
from .kml_geometry import Shapes

WHEN, BEGIN, END, STYLE = "kml_when", "kml_begin", "kml_end", "kml_style"
NAME = "Name"
_CHUNK = 256 * 1024
_MAX_DEPTH = 200
_MAX_COLUMNS = 2_000
_MAX_FOLDERS = 10_000
_CONTAINERS = ("Document", "Folder")
# Text of a placemark that becomes a column.
_TEXTS = {
    "name": NAME,
    "description": "description",
    "address": "address",
    "Snippet": "snippet",
    "styleUrl": STYLE,
}
_TIMES = {("TimeStamp", "when"): WHEN, ("TimeSpan", "begin"): BEGIN, ("TimeSpan", "end"): END}
_LEFT_OUT = ("NetworkLink", "GroundOverlay", "PhotoOverlay", "ScreenOverlay")


@dataclass
class Folder:
    """A folder (or document) with its placemarks: one row of cells and one shape each."""

    name: str = ""
    times: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    shapes: Shapes = field(default_factory=Shapes)
    is_known: bool = False


@dataclass
class Document:
    """What a KML holds: its folders in order, columns, elements that were left out, rows timed by their folder."""

    folders: list[Folder] = field(default_factory=list)
    columns: dict[str, None] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    timed_by_folder: int = 0


def parse(file: Path, is_cancelled: Callable[[], bool]) -> Document:
    """Return what a KML holds. Raises SourceError for what is broken, deeper or wider than any real one."""
    reading = _Reading(file.name)
    try:
        with file.open("rb") as opened:
            decode = _decoder(opened.read(1024))
            opened.seek(0)
            while chunk := opened.read(_CHUNK):
                if is_cancelled():
                    raise Cancelled
                reading.parser.Parse(decode(chunk), False)
            reading.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeDecodeError) as error:
        raise SourceError(f"{file.name} cannot be read: {error}. Get the file again.") from error
    return reading.document


def _decoder(head: bytes) -> Callable[[bytes], bytes]:
    """Return what turns chunks of a file into UTF-8: expat knows few of the encodings that a KML may declare."""
    marks = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    declared = re.match(rb"""\s*<\?xml[^>]*?encoding=["']([\w.-]+)["']""", head)
    encoding = marks.get(head[:2]) or (declared[1].decode() if declared else "utf-8")
    if not safe_xml.is_text_encoding(encoding):
        raise LookupError(f"unknown encoding: {encoding}")
    encoding = "utf-8-sig" if encoding.casefold() in ("utf-8", "utf8") else encoding
    decoder = codecs.getincrementaldecoder(encoding)()
    started: list[bool] = []

    def decode(chunk: bytes) -> bytes:
        text = decoder.decode(chunk)
        if not started and text.strip():
            started.append(True)
            text = text.lstrip()
        return text.encode()

    return decode


class _Reading:
    """The parser's state: the open elements, their text, the folders and the placemark they are in."""

    def __init__(self, name: str) -> None:
        self.document = Document()
        self.parser = safe_xml.parser(name)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._name = name
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._keys: list[str] = []
        self._root = Folder()
        self._folders: list[Folder] = []
        self._row: dict[str, list[str]] | None = None
        self._shape = Shapes()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        if len(self._path) >= _MAX_DEPTH:
            raise SourceError(f"{self._name} has elements more than {_MAX_DEPTH} deep, as no real KML has.")
        self._path.append(element)
        self._texts.append([])
        self._keys.append(attributes.get("name", ""))
        if element in _CONTAINERS:
            self._folders.append(Folder())
        elif element == "Placemark":
            self._row, self._shape = {}, self._folder().shapes
            self._shape.begin()
        elif element in _LEFT_OUT:
            self.document.left_out[element] += 1
        elif self._row is not None:
            self._shape.start(element)

    def _characters(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _end(self, name: str) -> None:
        element, key = self._path.pop(), self._keys.pop()
        text = "".join(self._texts.pop()).strip()
        parent = self._path[-1] if self._path else ""
        if element in _CONTAINERS:
            self._folders.pop()
        elif element == "Placemark":
            self._finish()
        elif self._row is not None and parent != "description":
            self._cell(element, key, parent, text)
            self._shape.end(element, text)
        elif parent in _CONTAINERS and element == "name":
            self._folders[-1].name = text
        elif (parent, element) in _TIMES and self._folders and self._path[-2] in _CONTAINERS:
            self._folders[-1].times[_TIMES[parent, element]] = text
        if "description" in self._path[-1:] and text:
            self._texts[-1].append(f"{text} ")

    def _cell(self, element: str, key: str, parent: str, text: str) -> None:
        column = ""
        if parent == "Placemark":
            column = _TEXTS.get(element, "")
        elif (parent, element) in _TIMES:
            column = _TIMES[parent, element]
        elif element == "value" and parent == "Data":
            column = self._keys[-1]
        elif element == "SimpleData":
            column = key
        elif parent == "ExtendedData" and element not in ("Data", "SchemaData"):
            column = element
        if not column or not text:
            return
        assert self._row is not None
        self._row.setdefault(column, []).append(text)
        self.document.columns[column] = None
        if len(self.document.columns) > _MAX_COLUMNS:
            raise SourceError(f"{self._name} has more than {_MAX_COLUMNS:,} columns. Save what is needed of it anew.")

    def _finish(self) -> None:
        assert self._row is not None
        row = {column: "; ".join(texts) for column, texts in self._row.items()}
        self._row = None
        if not row.keys() & {WHEN, BEGIN, END}:
            times = next((folder.times for folder in reversed(self._folders) if folder.times), {})
            row.update(times)
            self.document.columns.update(dict.fromkeys(times))
            self.document.timed_by_folder += bool(times)
        self._shape.finish()
        self._folder().rows.append(row)

    def _folder(self) -> Folder:
        """Return the folder that a placemark stands in: known to the document from its first placemark on."""
        folder = self._folders[-1] if self._folders else self._root
        if not folder.is_known:
            folder.is_known = True
            self.document.folders.append(folder)
            if len(self.document.folders) > _MAX_FOLDERS:
                raise SourceError(
                    f"{self._name} has more than {_MAX_FOLDERS:,} folders. Save what is needed of it anew."
                )
        return folder
