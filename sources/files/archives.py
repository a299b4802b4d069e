"""Unpacking zip files from strangers: nothing outside the folder, nothing without bounds."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ...analysis.progress import Cancelled, never
from ..errors import SourceError
from .zip_directory import directory_size

MAX_ENTRIES = 10_000
MAX_BYTES = 2 * 1024**3
# A spreadsheet is held in memory, and 1,000,000 rows of 16 columns stay below this.
MAX_SHEET_BYTES = 512 * 1024**2
MAX_RATIO = 200
# Small files may shrink a lot and harm nobody.
RATIO_FROM_BYTES = 50 * 1024**2
# A directory of 10,000 entries with long names stays below this; Python holds all of it in memory.
_MAX_DIRECTORY = 8 * 1024**2
_CHUNK = 1024 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError, zlib.error)
_IF_TRUSTED, _IF_LOCKED = "If you trust it, ", "With its password, "
_BY_HAND = f"{_IF_TRUSTED}unpack it by hand and choose the file in it."
AS_CSV = f"{_IF_TRUSTED}open it in a spreadsheet program and save it as CSV."


def unpack(
    archive: Path,
    folder: Path,
    is_cancelled: Callable[[], bool] = never,
    max_bytes: int = MAX_BYTES,
) -> list[str]:
    """Unpack a zip into an existing folder and return its entries' names. SourceError comes before any bad write."""
    with opened(archive) as zipped:
        entries = check(archive, zipped, max_bytes)
        for entry in entries:
            _extract(zipped, entry, folder, is_cancelled)
        return [entry.filename for entry in entries]


@contextmanager
def opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose directory is of a sane size. Its faults become SourceError."""
    try:
        size = directory_size(archive)
        if size > _MAX_DIRECTORY:
            raise SourceError(
                f"{archive.name} holds more entries than the {MAX_ENTRIES:,} allowed: their list alone takes "
                f"{size / 1024**2:,.0f} MB. {_BY_HAND}"
            )
        with zipfile.ZipFile(archive) as zipped:
            yield zipped
    except _BROKEN as error:
        raise SourceError(f"{archive.name} cannot be unpacked: {error}. Get the file again.") from error
    except OSError as error:
        reason = error.strerror or error
        raise SourceError(f"{archive.name} cannot be unpacked: {reason}. Check the file and the disk.") from error
    except RuntimeError as error:
        raise SourceError(f"{archive.name} cannot be unpacked: {error}. {_BY_HAND}") from error


def check(
    archive: Path, zipped: zipfile.ZipFile, max_bytes: int = MAX_BYTES, advice: str = _BY_HAND
) -> list[zipfile.ZipInfo]:
    """Return the entries worth unpacking. Raises SourceError, with advice, for an archive that is not safe."""
    name, entries = archive.name, zipped.infolist()
    if len(entries) > MAX_ENTRIES:
        raise SourceError(f"{name} holds {len(entries):,} entries, more than the {MAX_ENTRIES:,} allowed. {advice}")
    for entry in entries:
        _check_entry(name, entry, advice)
    size, there = sum(entry.file_size for entry in entries), archive.stat().st_size
    packed = max(min(sum(entry.compress_size for entry in entries), there), 1)
    if size > max_bytes:
        most = f"{max_bytes / 1024**3:.2g}"
        raise SourceError(f"{name} unpacks to {size / 1024**3:,.1f} GB, more than the {most} GB allowed. {advice}")
    if size > RATIO_FROM_BYTES and size / packed > MAX_RATIO:
        raise SourceError(f"{name} unpacks to {size / packed:,.0f} times its size, as no real data does. {advice}")
    if sum(entry.compress_size for entry in entries) > there:
        raise SourceError(f"{name} holds entries that overlap, as no real archive does. Do not use it.")
    return [entry for entry in entries if not _is_clutter(entry.filename)]


def _check_entry(name: str, entry: zipfile.ZipInfo, advice: str) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename or "\0" in entry.orig_filename:
        raise SourceError(f"{name} holds an entry that leads out of its folder, “{entry.filename}”. Do not use it.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise SourceError(f"{name} holds a symbolic link, “{entry.filename}”. Do not use it.")
    if entry.flag_bits & 0x1:
        raise SourceError(f"{name} is encrypted. {advice.replace(_IF_TRUSTED, _IF_LOCKED)}")
    if entry.compress_type not in _METHODS:
        raise SourceError(f"{name} is packed in an uncommon way ({entry.filename}). {advice}")


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _extract(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, is_cancelled: Callable[[], bool]) -> None:
    target = folder.joinpath(*PurePosixPath(entry.filename.replace("\\", "/")).parts)
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipped.open(entry) as packed, target.open("wb") as out:
        while chunk := packed.read(_CHUNK):
            if is_cancelled():
                raise Cancelled
            out.write(chunk)
