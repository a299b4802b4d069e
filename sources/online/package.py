"""Several files as one: a shapefile's parts, or data with the metadata that stands beside them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from ...analysis.progress import Cancelled, never
from ..errors import SourceError

_CHUNK = 1 << 20


def package(file: Path, beside: Sequence[Path], is_cancelled: Callable[[], bool] = never) -> Path:
    """Return the file itself, or where others stand beside it, a zip of all, in the same folder.

    To a zip the others are added, so that readers find them in it. The same files make the same zip, byte for byte.
    """
    if not beside:
        return file
    packed = file.suffix.casefold() == ".zip"
    target = file if packed else file.with_suffix(".zip")
    try:
        with zipfile.ZipFile(target, "a" if packed else "w", zipfile.ZIP_DEFLATED) as out:
            there = {name.casefold() for name in out.namelist()}
            for each in (*beside,) if packed else (file, *beside):
                if each.name.casefold() not in there:
                    _add(out, each, is_cancelled)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise SourceError(f"{file.name} could not be put together with what belongs to it: {error}.") from error
    return target


def _add(out: zipfile.ZipFile, file: Path, is_cancelled: Callable[[], bool]) -> None:
    entry = zipfile.ZipInfo(file.name)  # its date is the same at all times
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.file_size = file.stat().st_size
    with file.open("rb") as source, out.open(entry, "w") as packed:
        while chunk := source.read(_CHUNK):
            if is_cancelled():
                raise Cancelled
            packed.write(chunk)
