"""XML from strangers: no entities, and so no bombs and no other files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO
from xml.parsers import expat

from ..errors import SourceError
from . import archives

_CHUNK = 64 * 1024
_LONGEST_PROLOG = 1024 * 1024
_ENCODINGS = re.compile(
    r"utf[-_]?(8|16|32)([-_]?(le|be))?|(us-)?ascii|latin-?\d+|iso-?8859-\d+|(windows-?|cp)\d+|gb(2312|k|18030)|"
    r"big5([-_]?hkscs)?|euc-\w{2}|shift[-_]jis|koi8-\w|mac-?\w+",
    re.I,
)


def is_text_encoding(name: str) -> bool:
    """Return whether a declared encoding is one of texts: Python's codecs unpack and run through other things, too."""
    return bool(_ENCODINGS.fullmatch(name))


def to_utf8(head: bytes) -> Callable[[bytes], bytes]:
    """Return what turns chunks of a file into UTF-8: expat knows few of the encodings that a file may declare.

    Raises LookupError for an encoding that nobody knows.
    """
    marks = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    declared = re.match(rb"""\s*<\?xml[^>]*?encoding=["']([\w.-]+)["']""", head)
    encoding = marks.get(head[:2]) or (declared[1].decode() if declared else "utf-8")
    if not is_text_encoding(encoding):
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


class _RootReached(Exception):
    """What could be declared has been: elements follow."""


def parser(name: str) -> expat.XMLParserType:
    """Return a parser that refuses declarations of entities with a SourceError that bears ``name``."""
    made = expat.ParserCreate("utf-8")
    made.EntityDeclHandler = _refuse(name)
    return made


def _refuse(name: str) -> Callable[..., None]:
    def refuse(*declaration: object) -> None:
        raise SourceError(f"{name} declares XML entities, which data never needs. Do not use it.")

    return refuse


def check(file: Path) -> None:
    """Refuse a file of XML whose prolog declares entities. A file that is no XML is left for its reader to refuse."""
    with file.open("rb") as opened:
        _check_prolog(file.name, opened)


def check_sheet(file: Path) -> None:
    """Apply the checks of zips and of XML to a spreadsheet (XLSX, ODS), which is a zip of XML."""
    with archives.opened(file) as zipped:
        for entry in archives.check(file, zipped, archives.MAX_SHEET_BYTES, archives.AS_CSV):
            if entry.filename.casefold().endswith((".xml", ".rels")):
                with zipped.open(entry) as part:
                    _check_prolog(f"{file.name} ({entry.filename})", part)


def _check_prolog(name: str, stream: IO[bytes]) -> None:
    made = expat.ParserCreate()
    made.EntityDeclHandler = _refuse(name)
    made.StartElementHandler = _reached
    read = 0
    try:
        while read < _LONGEST_PROLOG and (chunk := stream.read(_CHUNK)):
            made.Parse(chunk.lstrip(b" \t\r\n") if not read else chunk, False)
            read += len(chunk)
    except (_RootReached, expat.ExpatError, ValueError, LookupError):
        # What expat cannot read here, GDAL cannot read with it either.
        return
    raise SourceError(f"{name} has no XML element in its first megabyte. Get the file again.")


def _reached(name: str, attributes: dict[str, str]) -> None:
    raise _RootReached
