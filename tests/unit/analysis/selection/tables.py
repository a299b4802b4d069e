"""Tanks as rows, each a dict of role to value, as a table of the analysis and as one of SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from leachwatch.analysis.selection.columns import DATE, NUMBER, SQLITE, TEXT, TEXT_DATE, YEAR, TankColumns
from leachwatch.analysis.selection.table import Classes, TankTable, table_of

Rows = Sequence[Mapping[str, Any]]
_DECLARED = {DATE: "DATE", TEXT_DATE: "TEXT", TEXT: "TEXT", YEAR: "REAL", NUMBER: "REAL"}


def columns_for(kinds: Mapping[str, str], dialect: str = SQLITE, mark: str = "") -> TankColumns:
    """Return columns that bear the roles' names, and a mark that a careless filter falls over."""
    return TankColumns({role: role + mark for role in kinds}, kinds, dialect)


def table(columns: TankColumns, rows: Rows, classes: Classes | None = None) -> TankTable:
    """Return the rows as a table; the first tank lies in (0, 0), the next in (1, 10), and so on."""
    raw = {role: _array([row.get(role) for row in rows], kind) for role, kind in columns.kinds.items()}
    numbers = np.arange(len(rows))
    return table_of(columns, raw, numbers, numbers.astype(float), numbers * 10.0, classes)


def _array(values: list, kind: str) -> np.ndarray:
    if kind == DATE:
        return np.array(values, dtype="datetime64[D]")
    if kind in (YEAR, NUMBER):
        return np.array([np.nan if value is None else value for value in values], dtype=float)
    return np.array(values, dtype=object)


class Database:
    """The rows in SQLite, dates as ISO text, which is what a GeoPackage holds."""

    def __init__(self, columns: TankColumns, rows: Rows) -> None:
        self._connection = sqlite3.connect(":memory:")
        roles = list(columns.kinds)
        quoted = ['"{}"'.format(columns.names[role].replace('"', '""')) for role in roles]
        declared = [f"{name} {_DECLARED[columns.kinds[role]]}" for name, role in zip(quoted, roles)]
        self._connection.execute(f"CREATE TABLE tanks ({', '.join(['number INTEGER', *declared])})")
        places = ", ".join("?" * (len(roles) + 1))
        values = [(number, *(row.get(role) for role in roles)) for number, row in enumerate(rows)]
        self._connection.executemany(f"INSERT INTO tanks VALUES ({places})", values)

    def which(self, condition: str) -> list[int]:
        """Return the numbers of the rows that meet a condition; all, where it is empty."""
        found = self._connection.execute(f"SELECT number FROM tanks WHERE {condition or '1 = 1'} ORDER BY number")
        return [number for (number,) in found]
