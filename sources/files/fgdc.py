"""The text of an FGDC XML that describes data: beside the file, or anywhere in the zip. It is not parsed here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from .safe_xml import is_text_encoding

MAX_BYTES = 5 * 1024**2
_MAX_LOOKED_AT = 50
_ATTRIBUTES, _METADATA = b"<eainfo", b"<metadata"
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([\w.-]+)["']""")


def beside(file: Path) -> str:
    """Return the FGDC text beside a file: of its own name, else the only one in its folder that describes columns."""
    own = {name.casefold() for name in (f"{file.name}.xml", f"{file.stem}.xml", f"{file.stem}_metadata.xml")}
    try:
        near = sorted(path for path in file.parent.iterdir() if path.suffix.casefold() == ".xml")[:_MAX_LOOKED_AT]
    except OSError:
        return ""
    named = [path for path in near if path.name.casefold() in own]
    others = [path for path in near if path not in named and _holds(path, _ATTRIBUTES)]
    return _first([*named, *(others if len(others) == 1 else [])])


def in_folder(folder: Path) -> str:
    """Return the FGDC text in an unpacked zip: first one that describes columns, then any."""
    near = sorted(path for path in folder.rglob("*") if path.suffix.casefold() == ".xml")[:_MAX_LOOKED_AT]
    return _first(near)


def _first(paths: Iterable[Path]) -> str:
    usable = [path for path in paths if _holds(path, _METADATA)]
    usable.sort(key=lambda path: not _holds(path, _ATTRIBUTES))
    return _text(usable[0]) if usable else ""


def _holds(path: Path, mark: bytes) -> bool:
    return mark in _bytes(path)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return b""
        data = path.read_bytes()
    except OSError:
        return b""
    return data.decode("utf-16", "replace").encode() if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data


def _text(path: Path) -> str:
    data = _bytes(path)
    stated = _ENCODING.match(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    encoding = stated[1].decode() if stated else ""
    try:
        return data.decode(encoding if is_text_encoding(encoding) else "cp1252", "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
