"""KML, read without GDAL: the times as they are written, all data of every placemark, and no link followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from ...analysis.progress import Cancelled
from ..errors import SourceError
from . import safe_xml
from .kml_geometry import CLOSING, OPENING, Shapes

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
            decode = safe_xml.to_utf8(opened.read(1024))
            opened.seek(0)
            while chunk := opened.read(_CHUNK):
                if is_cancelled():
                    raise Cancelled
                reading.parser.Parse(decode(chunk), False)
            reading.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeDecodeError) as error:
        raise SourceError(f"{file.name} cannot be read: {error}. Get the file again.") from error
    return reading.document


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
        self._texts: list[list[str] | None] = []
        self._key = ""
        self._root = Folder()
        self._folders: list[Folder] = []
        self._row: dict[str, list[str]] | None = None
        self._shape = Shapes()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2] if ":" in name else name
        if len(self._path) >= _MAX_DEPTH:
            raise SourceError(
                f"{self._name} has elements more than {_MAX_DEPTH} deep, as no real KML has. Do not use it."
            )
        self._path.append(element)
        self._texts.append(None)
        if self._row is not None:
            if element in OPENING:
                self._shape.start(element)
            elif element in ("Data", "SimpleData"):
                self._key = attributes.get("name", "")
        elif element == "Placemark":
            self._row, self._shape = {}, self._folder().shapes
            self._shape.begin()
        elif element in _CONTAINERS:
            self._folders.append(Folder())
        elif element in _LEFT_OUT:
            self.document.left_out[element] += 1

    def _characters(self, text: str) -> None:
        if self._texts:
            self._append(text)

    def _append(self, text: str) -> None:
        before = self._texts[-1]
        if before is None:
            self._texts[-1] = [text]
        else:
            before.append(text)

    def _end(self, name: str) -> None:
        element, texts = self._path.pop(), self._texts.pop()
        text = "".join(texts).strip() if texts else ""
        parent = self._path[-1] if self._path else ""
        if element == "Placemark" and self._row is not None:
            self._finish()
        elif self._row is None:
            self._end_outside(element, parent, text)
        elif element in CLOSING:
            self._shape.end(element, text)
        elif text and parent != "description":
            self._cell(element, parent, text)
        if text and parent == "description":
            self._append(f"{text} ")

    def _end_outside(self, element: str, parent: str, text: str) -> None:
        if element in _CONTAINERS:
            self._folders.pop()
        elif parent in _CONTAINERS and element == "name":
            self._folders[-1].name = text
        elif (parent, element) in _TIMES and self._path[-2:-1] and self._path[-2] in _CONTAINERS:
            self._folders[-1].times[_TIMES[parent, element]] = text

    def _cell(self, element: str, parent: str, text: str) -> None:
        column = ""
        if parent == "Placemark":
            column = _TEXTS.get(element, "")
        elif parent == "Data":
            column = (self._key or "Data") if element == "value" else ""
        elif element == "SimpleData":
            column = self._key or element
        elif (parent, element) in _TIMES:
            column = _TIMES[parent, element]
        elif parent == "ExtendedData" and element not in ("Data", "SchemaData"):
            column = element
        if not column or self._row is None:
            return
        self._row.setdefault(column, []).append(text)
        if column not in self.document.columns:
            self.document.columns[column] = None
            if len(self.document.columns) > _MAX_COLUMNS:
                raise SourceError(f"{self._name} has more than {_MAX_COLUMNS:,} columns. Save what is needed of it.")

    def _finish(self) -> None:
        row = {column: "; ".join(texts) for column, texts in (self._row or {}).items()}
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
