"""Unpacking zip files from strangers: nothing outside the folder, nothing without bounds."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from ...analysis.progress import Cancelled
from ..errors import SourceError

MAX_ENTRIES = 10_000
MAX_BYTES = 2 * 1024**3
MAX_RATIO = 200
# Small files may shrink a lot and harm nobody.
RATIO_FROM_BYTES = 50 * 1024**2
_CHUNK = 1024 * 1024


def unpack(archive: Path, folder: Path, is_cancelled: Callable[[], bool] = lambda: False) -> list[str]:
    """Unpack a zip into an existing folder and return its entries' names. SourceError comes before any bad write."""
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = check(archive.name, opened)
            for entry in entries:
                _extract(opened, entry, folder, is_cancelled)
            return [entry.filename for entry in entries]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError, zlib.error) as error:
        raise SourceError(f"{archive.name} cannot be unpacked: {error}. Get the file again.") from error
    except (RuntimeError, OSError) as error:
        raise SourceError(f"{archive.name} cannot be unpacked: {error}. {_BY_HAND}") from error


def check(name: str, opened: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the entries worth unpacking. Raises SourceError for an archive that is not safe to unpack."""
    entries = opened.infolist()
    if len(entries) > MAX_ENTRIES:
        raise SourceError(f"{name} holds {len(entries):,} entries, more than the {MAX_ENTRIES:,} allowed. {_BY_HAND}")
    for entry in entries:
        _check_entry(name, entry)
    size = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if size > MAX_BYTES:
        raise SourceError(f"{name} unpacks to {size / 1024**3:,.1f} GB, more than the 2 GB allowed. {_BY_HAND}")
    if size > RATIO_FROM_BYTES and size / packed > MAX_RATIO:
        raise SourceError(f"{name} unpacks to {size / packed:,.0f} times its size, as no real data does. {_BY_HAND}")
    return [entry for entry in entries if not _is_clutter(entry.filename)]


def check_file(path: Path) -> None:
    """Apply the same checks to a file that is a zip inside (XLSX, ODS), without unpacking it."""
    try:
        with zipfile.ZipFile(path) as opened:
            check(path.name, opened)
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceError(f"{path.name} cannot be read: {error}. Save it again in a spreadsheet program.") from error


_BY_HAND = "If you trust it, unpack it by hand and choose the file in it."


def _check_entry(name: str, entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename or "\0" in entry.filename:
        raise SourceError(f"{name} holds an entry that leads out of its folder, “{entry.filename}”. Do not use it.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise SourceError(f"{name} holds a symbolic link, “{entry.filename}”. Do not use it.")
    if entry.flag_bits & 0x1:
        raise SourceError(f"{name} is encrypted. Unpack it by hand with its password and choose a file in it.")


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _extract(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, is_cancelled: Callable[[], bool]) -> None:
    target = folder.joinpath(*PurePosixPath(entry.filename.replace("\\", "/")).parts)
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(entry) as packed, target.open("wb") as out:
        while chunk := packed.read(_CHUNK):
            if is_cancelled():
                raise Cancelled
            out.write(chunk)
