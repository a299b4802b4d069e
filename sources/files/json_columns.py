"""How many columns a GeoJSON would have: GDAL's time grows with their square."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from ...analysis.progress import Cancelled
from ..errors import SourceError

MAX_COLUMNS = 2_000
_CHUNK = 4 * 1024**2
_OVERLAP = 1024
_NAME = re.compile(rb'"([^"]{0,500})"\s*:')


def check(file: Path, is_cancelled: Callable[[], bool]) -> None:
    """Raise SourceError for a JSON file with more distinct names than any table has columns."""
    names: set[bytes] = set()
    with file.open("rb") as opened:
        kept = b""
        while chunk := opened.read(_CHUNK):
            if is_cancelled():
                raise Cancelled
            # Escaped quotes stand within a text: no name in it counts.
            plain = (kept + chunk).replace(b"\\\\", b"__").replace(b'\\"', b"__")
            names.update(_NAME.findall(plain))
            if len(names) > MAX_COLUMNS:
                raise SourceError(
                    f"{file.name} has more than {MAX_COLUMNS:,} different names of columns. Save what is needed of it "
                    "as a GeoPackage and choose that."
                )
            kept = chunk[-_OVERLAP:]
