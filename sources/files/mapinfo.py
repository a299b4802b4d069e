"""MapInfo tables: only those whose data stand in the files of their own name."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import SourceError

_MAX_BYTES = 1024 * 1024
_NATIVE = re.compile(rb"^[ \t]*type[ \t]+(native|dbf)\b", re.I | re.M)
_LEADS_AWAY = re.compile(
    rb"^[ \t]*(open[ \t]+table|file[ \t]+\"|create[ \t]+view)|isseamless\"[ \t]*=[ \t]*\"true", re.I | re.M
)


def check(file: Path) -> None:
    """Raise SourceError for a table that is a view, a link or a mosaic of other files."""
    with file.open("rb") as opened:
        text = opened.read(_MAX_BYTES)
    if not _NATIVE.search(text) or _LEADS_AWAY.search(text):
        raise SourceError(
            f"{file.name} is a MapInfo table whose data stand in other files. Open it in QGIS and save it as a "
            "GeoPackage."
        )
