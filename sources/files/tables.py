"""Delimited text as tables of text: encoding and separator found, nothing guessed about the values."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

import numpy as np
import pandas as pd

from ...analysis.progress import Cancelled, never
from ..errors import SourceError
from .text import Text, examine
from .text_column import TextColumn

# As many as a GeoPackage can hold.
MAX_COLUMNS = 2_000
_SEPARATORS = ",;\t|"
_HEADER_BYTES = 1024**2
# For a few rows the start of a file tells its encoding.
_SAMPLE_BYTES = 8 * 1024**2
_ROWS_AT_ONCE = 50_000


def read_table(
    file: Path, limit: int | None = None, is_cancelled: Callable[[], bool] = never
) -> tuple[pd.DataFrame, list[str]]:
    """Return a delimited file as text columns, None where a cell is empty, and notes on how it was read.

    ``limit``: read no more than so many rows.
    """
    text = examine(file, is_cancelled, None if limit is None else _SAMPLE_BYTES)
    header = _header(file, text)
    columns = _Columns()
    try:
        with warnings.catch_warnings(), _parts(file, text, header, limit) as parts:
            # Pandas warns of rows longer than the header and drops what is over; here that is an error.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            for part in parts:
                if is_cancelled():
                    raise Cancelled
                columns.take(part)
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError, ValueError) as error:
        raise SourceError(f"{file.name} cannot be read as a table: {_reason(error)}") from error
    table = columns.table()
    return table, [*text.notes, *(_spanning(file, text, len(table)) if limit is None else [])]


def read_header(file: Path) -> list[str]:
    """Return the column names of a delimited file."""
    line = _first_line(_start(file))
    return _cells(line, find_separator(line))


def find_separator(line: str) -> str:
    """Return the separator that parts a header line into most columns."""
    return max(_SEPARATORS, key=lambda mark: len(_cells(line, mark)))


def _cells(line: str, separator: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return [line]


def _header(file: Path, text: Text) -> str:
    """Return the separator. Raises SourceError for a header that no table has."""
    line = _first_line(_start(file, text.encoding))
    separator = find_separator(line)
    number = line.count(separator) + 1
    if number > MAX_COLUMNS or len(line.encode()) >= _HEADER_BYTES // 2:
        raise SourceError(
            f"{file.name} has {number:,} columns or more; at most {MAX_COLUMNS:,} can be read. Keep the columns that "
            "matter and save it again."
        )
    return separator


def _start(file: Path, encoding: str = "") -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(_HEADER_BYTES)
    except OSError as error:
        raise SourceError(f"{file.name} cannot be read: {error.strerror}. Check its permissions.") from error
    if not encoding:
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data.decode(encoding, errors="replace")


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")


def _parts(file: Path, text: Text, separator: str, limit: int | None) -> pd.io.parsers.TextFileReader:
    return pd.read_csv(
        file,
        sep=separator,
        dtype=str,
        keep_default_na=False,
        index_col=False,
        skipinitialspace=True,
        nrows=limit,
        encoding=text.encoding,
        encoding_errors=text.errors,
        chunksize=_ROWS_AT_ONCE,
    )


def _reason(error: Exception) -> str:
    if isinstance(error, pd.errors.ParserWarning):
        why = "its rows have more cells than its header has names."
        return f"{why} Give each column a name, delete what stands above the header, and save it again."
    if isinstance(error, pd.errors.EmptyDataError):
        return "it has no header. Get the file again."
    return f"{str(error).strip().removeprefix('Error tokenizing data. C error: ')}. Correct the file and try again."


def _spanning(file: Path, text: Text, rows: int) -> list[str]:
    """Return a note where rows are fewer than lines: a stray quotation mark swallows the lines after it."""
    lost = text.lines - 1 - rows
    if lost <= 0:
        return []
    return [
        f"{lost:,} lines of {file.name} were read as parts of quoted cells that span lines. If that is not meant, look "
        "for a stray quotation mark."
    ]


class _Columns:
    """The columns of a table, part by part."""

    def __init__(self) -> None:
        self._columns: dict[str, TextColumn] = {}

    def take(self, part: pd.DataFrame) -> None:
        if not self._columns:
            self._columns = {name: TextColumn() for name in _distinct(part.columns)}
        for index, column in enumerate(self._columns.values()):
            cells = part.iloc[:, index].fillna("").to_numpy(dtype=object)
            if column.has_few_words:
                codes, texts = pd.factorize(cells)
                column.take(codes, (text or None for text in texts))
            else:
                column.take_each(np.array([cell or None for cell in cells], dtype=object))

    def table(self) -> pd.DataFrame:
        return pd.DataFrame({name: column.finish() for name, column in self._columns.items()}, dtype=object, copy=False)


def _distinct(names: Iterable[object]) -> list[str]:
    """Return names without the spaces around them, told apart by a number where they are equal then."""
    found: dict[str, None] = {}
    for name in (str(name).strip() for name in names):
        others = (f"{name}.{number}" for number in count(1))
        found[next(other for other in others if other not in found) if name in found else name] = None
    return list(found)
