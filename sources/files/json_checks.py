"""A look into GeoJSON before GDAL does: no more columns than any table has, and no CRS that stands elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from ...analysis.progress import Cancelled
from ..errors import SourceError

# GDAL's time grows with the square of the columns.
MAX_COLUMNS = 2_000
_CHUNK = 4 * 1024**2
# The longest CRS that is looked at; as much is looked at again with the next chunk.
_OVERLAP = 32 * 1024
_NAME = re.compile(rb'"([^"]{0,500})"\s*:')
_CRS = re.compile(rb'"crs"\s*:\s*(?=\{)')
_ESCAPED = re.compile(rb"\\u00([2-7][0-9a-fA-F])")


def check(file: Path, is_cancelled: Callable[[], bool]) -> None:
    """Raise SourceError for a JSON file with too many distinct names, or with a CRS that is a link.

    GDAL would ask the network for such a CRS.
    """
    names: set[bytes] = set()
    kept, is_last = b"", False
    with file.open("rb") as opened:
        while not is_last:
            if is_cancelled():
                raise Cancelled
            chunk = opened.read(_CHUNK)
            is_last = len(chunk) < _CHUNK
            text = kept + chunk
            text = _ESCAPED.sub(_plain, text) if b"\\u00" in text else text
            _check_names(file.name, text, names)
            _check_crs(file.name, text, len(text) if is_last else len(text) - _OVERLAP)
            kept = chunk[-_OVERLAP:]


def _check_names(name: str, text: bytes, names: set[bytes]) -> None:
    # Escaped quotes stand within a text: no name in it counts.
    names.update(_NAME.findall(text.replace(b"\\\\", b"__").replace(b'\\"', b"__")))
    if len(names) > MAX_COLUMNS:
        raise SourceError(
            f"{name} has more than {MAX_COLUMNS:,} different names of columns. Save what is needed of it as a "
            "GeoPackage and choose that."
        )


def _plain(escaped: re.Match[bytes]) -> bytes:
    letter = bytes.fromhex(escaped[1].decode())
    return letter if letter.isalpha() else b"_"


def _check_crs(name: str, text: bytes, until: int) -> None:
    for found in _CRS.finditer(text):
        if found.end() < until and not _is_named(text[found.end() : found.end() + _OVERLAP]):
            raise SourceError(
                f"{name} states its CRS by a link to elsewhere, which is not followed. Open it in QGIS, set its CRS "
                "and save it as a GeoPackage."
            )


def _is_named(text: bytes) -> bool:
    """Return whether a CRS is stated by a name or a code, and not by a link."""
    try:
        member, _ = json.JSONDecoder().raw_decode(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return False
    return str(member.get("type")).casefold() not in ("link", "url")
