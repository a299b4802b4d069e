"""Files written aside and renamed, so that a full disk or a crash leaves an earlier one as it was."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsProcessingException

from ...translation import tr


def write_aside(path: Path, write: Callable[[Path], None]) -> None:
    """Call ``write`` with a path beside, then rename. Raises QgsProcessingException where it cannot be written."""
    # The ending stays last: GDAL and Qt choose the format by it.
    aside = path.with_name(f"{path.stem}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(aside)
            os.replace(aside, path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise QgsProcessingException(
            tr(
                "The report could not be written to {path}: {why}. Is the disk full, the folder read-only, or the file "
                "open in another program? Choose another place and run again."
            ).format(path=path, why=error.strerror or error)
        ) from error


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a text file, aside first."""
    data = text.encode(encoding, errors="replace")
    write_aside(path, lambda aside: _write_bytes(aside, data))


def _write_bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)
