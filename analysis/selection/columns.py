"""The columns of a layer in which the filter finds what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# How a column holds its values. A text date begins with the year; a year is a whole number.
DATE, TEXT_DATE, YEAR, TEXT, NUMBER = "date", "text date", "year", "text", "number"
# Whose SQL a layer's filter is read by. They differ in the dates that GDAL must cast, and in backslashes.
# STANDARD is what other servers read: nothing but what all share.
GDAL_SQL, SQLITE, POSTGRES, QGIS, STANDARD = "gdal", "sqlite", "postgres", "qgis", "standard"
# From here on a number or a text is no year: sources write 9999, or "n/a", where none is known. Nor is a text before
# the first of these.
NO_YEAR = 9000
FIRST_TEXT_YEAR = 1000


@dataclass(frozen=True)
class TankColumns:
    """The layer's column for each role (a field name of ``fields.TANKS``), how it holds its values, and the dialect."""

    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    dialect: str = SQLITE

    def __contains__(self, role: object) -> bool:
        return role in self.names
