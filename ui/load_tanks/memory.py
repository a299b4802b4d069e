"""What the user has said about files with certain columns, kept for the next file like them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from qgis.core import QgsSettings

_KEY = "leachwatch/field_maps/"


def remembered(columns: Sequence[str]) -> str:
    """Return the FIELD_MAP kept for files with these columns, or nothing."""
    return str(QgsSettings().value(_KEY + _signature(columns)) or "")


def remember(columns: Sequence[str], field_map: str) -> None:
    """Keep a FIELD_MAP for files with these columns, in place of an earlier one; an empty one is no memory."""
    if field_map:
        QgsSettings().setValue(_KEY + _signature(columns), field_map)
    else:
        forget(columns)


def forget(columns: Sequence[str]) -> None:
    """Keep nothing for files with these columns."""
    QgsSettings().remove(_KEY + _signature(columns))


def _signature(columns: Sequence[str]) -> str:
    """Return the same text for the same names in any order; other programs reorder columns."""
    names = "\0".join(sorted(columns))
    return hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()
