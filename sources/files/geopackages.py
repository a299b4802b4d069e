"""A look into a GeoPackage before GDAL does: whole, and without queries of its maker that reading would run."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ..errors import SourceError

_MAX_TABLES = 10_000
# Some seconds of SQLite's work; the tables that are asked here are small.
_MAX_STEPS, _STEPS_A_CALL = 200, 1_000_000
_LONGEST_INDEX = 1_000
_RTREE = re.compile(r"CREATE VIRTUAL TABLE .{1,900}? USING rtree ?\(", re.I)
_SAVE_ANEW = "If you trust it, open it in QGIS and save the layer to a new GeoPackage."


def check(file: Path) -> list[str]:
    """Return notes on layers that are announced but missing. Raises SourceError for what is not safe or not whole."""
    _check_size(file)
    try:
        with _opened(file) as database:
            return _check_schema(file.name, database)
    except (sqlite3.Error, UnicodeError) as error:
        raise SourceError(f"{file.name} cannot be read: {error}. Get the file again.") from error


def _check_size(file: Path) -> None:
    with file.open("rb") as opened:
        header = opened.read(100)
        size = opened.seek(0, 2)
    page = int.from_bytes(header[16:18], "big")
    page = 65_536 if page == 1 else page
    pages = int.from_bytes(header[28:32], "big")
    # The count of pages holds only where the last writer kept it.
    stated = page * pages if header[24:28] == header[92:96] else 0
    if len(header) < 100 or size < stated:
        raise SourceError(
            f"{file.name} cannot be read: it is cut off and has {size:,} bytes of {max(stated, 512):,}. "
            "Get the file again."
        )


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    """Open read-only; without a write-ahead log beside it, without any file of SQLite's own being made."""
    log = file.with_name(f"{file.name}-wal")
    address = f"{file.absolute().as_uri()}?mode=ro" + ("" if log.exists() else "&immutable=1")
    with closing(sqlite3.connect(address, uri=True)) as database:
        steps = iter(range(_MAX_STEPS))
        database.set_progress_handler(lambda: int(next(steps, None) is None), _STEPS_A_CALL)
        database.execute("PRAGMA trusted_schema = OFF")
        yield database


def _check_schema(name: str, database: sqlite3.Connection) -> list[str]:
    kept = database.execute("SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view')")
    schema = {str(table).casefold(): (kind, str(sql)) for table, kind, sql in kept.fetchmany(_MAX_TABLES + 1)}
    if len(schema) > _MAX_TABLES:
        raise SourceError(f"{name} holds more than {_MAX_TABLES:,} tables. {_SAVE_ANEW}")
    if "gpkg_contents" not in schema:
        raise SourceError(
            f"{name} is a SQLite database, but no GeoPackage. Open it in QGIS and save its layer as a GeoPackage."
        )
    for table in schema:
        if table.startswith(("gpkg_", "rtree_")):
            _check_table(name, table, schema, database)
    announced = database.execute("SELECT table_name FROM gpkg_contents").fetchmany(_MAX_TABLES)
    tables = [str(row[0]) for row in announced]
    for table in tables:
        if table.casefold() in schema:
            _check_table(name, table, schema, database)
    missing = [table for table in tables if table.casefold() not in schema]
    shown = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
    return [f"{name} announces {len(missing):,} layers that it does not hold: {shown}."] if missing else []


def _check_table(name: str, table: str, schema: dict[str, tuple[str, str]], database: sqlite3.Connection) -> None:
    kind, sql = schema[table.casefold()]
    if kind == "view":
        raise SourceError(f"{name}: “{table}” is a view, a query that runs as it is read. {_SAVE_ANEW}")
    is_index = table.casefold().startswith("rtree_") and _RTREE.match(" ".join(sql[:_LONGEST_INDEX].split()))
    if re.match(r"\s*CREATE\s+VIRTUAL", sql, re.I) and not is_index:
        raise SourceError(f"{name}: “{table}” is a virtual table, which may lead elsewhere. {_SAVE_ANEW}")
    computed = database.execute("SELECT count(*) FROM pragma_table_xinfo(?) WHERE hidden IN (2, 3)", (table,))
    if not is_index and computed.fetchone()[0]:
        raise SourceError(f"{name}: “{table}” has computed columns, which run as they are read. {_SAVE_ANEW}")
