"""Delimited text as tables of text: encoding and separator found, nothing guessed about the values."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from ..errors import SourceError

_SEPARATORS = ",;\t|"
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_table(file: Path, limit: int | None = None) -> tuple[pd.DataFrame, list[str]]:
    """Return a delimited file as text columns, None where a cell is empty, and notes on how it was read.

    ``limit``: read no more than so many rows.
    """
    text, encoding = _decode(file)
    separator = find_separator(_first_line(text))
    try:
        table = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            dtype=str,
            keep_default_na=False,
            index_col=False,
            skipinitialspace=True,
            nrows=limit,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error) as error:
        raise SourceError(f"{file.name} cannot be read as a table: {error}. Correct the file and try again.") from error
    table.columns = [str(name).strip() for name in table.columns]
    notes = [] if encoding == "utf-8-sig" else [f"{file.name} is not UTF-8; its text was read as {encoding}."]
    return table.astype(object).where(table.notna() & (table != ""), None), notes


def read_header(file: Path) -> list[str]:
    """Return the column names of a delimited file."""
    line = _first_line(_decode(file, 64 * 1024)[0])
    return [name.strip() for name in next(csv.reader([line], delimiter=find_separator(line)), [])]


def find_separator(line: str) -> str:
    """Return the separator that parts a header line into most columns."""
    return max(_SEPARATORS, key=lambda mark: len(next(csv.reader([line], delimiter=mark), [])))


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")


def _decode(file: Path, size: int = -1) -> tuple[str, str]:
    try:
        with file.open("rb") as opened:
            data = opened.read(size)
    except OSError as error:
        raise SourceError(f"{file.name} cannot be read: {error.strerror}. Check its permissions.") from error
    marked = _BYTE_ORDER_MARKS.get(data[:2])
    if b"\0" in data[:4096] and not marked:
        raise SourceError(f"{file.name} is not a text file. Choose a CSV file, or give the file its right ending.")
    if size >= 0:
        return data.decode(marked or "utf-8-sig", errors="replace"), marked or "utf-8-sig"
    for encoding in [marked] if marked else ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    # cp1252 leaves five bytes without a character; what can be read is worth more than no file.
    return data.decode("cp1252", errors="replace"), "cp1252 (some bytes are no letters in it)"
