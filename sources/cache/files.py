"""Reading files that may be anything, and writing files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ...analysis.progress import Cancelled, never
from ..errors import SourceError

IsCancelled = Callable[[], bool]
Told = Callable[[int], None]
_CHUNK = 1024 * 1024
_ATTEMPTS = 6
# A link at the end of a path is refused, and a pipe cannot make the reader wait. Windows knows neither flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class Digest:
    """The size in bytes and the checksum of a file."""

    size: int
    sha256: str


def quiet(size: int) -> None:
    """Report nothing."""


def open_plain(path: Path) -> BinaryIO:
    """Open an ordinary file to read. OSError for a link, a folder, a pipe or a device."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError(f"{path.name} is not an ordinary file")
    stream = os.fdopen(os.open(path, _FLAGS), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError(f"{path.name} is not an ordinary file")
    return stream


def opened(path: Path) -> BinaryIO:
    """Open an ordinary file to read, as `open_plain`. SourceError where that cannot be done."""
    try:
        return open_plain(path)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from error


def read_small(path: Path, limit: int) -> bytes:
    """Return what a file holds. OSError where it is not an ordinary file, or longer than `limit` bytes."""
    with open_plain(path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise OSError(f"{path.name} is longer than {limit:,} bytes")
    return data


def checksum(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def digest(path: Path, is_cancelled: IsCancelled = never) -> Digest:
    """Return size and checksum of an ordinary file. OSError where it cannot be read."""
    total, running = 0, hashlib.sha256()
    with open_plain(path) as stream:
        for chunk in _chunks(stream, is_cancelled):
            total += len(chunk)
            running.update(chunk)
    return Digest(total, running.hexdigest())


def copy(source: BinaryIO, target: Path, name: Path, is_cancelled: IsCancelled, told: Told = quiet) -> Digest:
    """Copy an open file to the disk, flushed; `told` hears the bytes of each step.

    Raises SourceError, with `name`, where the source cannot be read to its end; OSError is the target's.
    """
    total, running = 0, hashlib.sha256()
    with open(target, "wb") as out:
        for chunk in _readable(source, name, is_cancelled):
            out.write(chunk)
            running.update(chunk)
            total += len(chunk)
            told(len(chunk))
        _flush(out)
    return Digest(total, running.hexdigest())


def write(target: Path, data: bytes) -> None:
    """Write a file, flushed to the disk."""
    with open(target, "wb") as out:
        out.write(data)
        _flush(out)


def flush(path: Path) -> None:
    """See that a file which somebody else wrote is on the disk."""
    with open(path, "r+b") as stream:
        _flush(stream)


def commit(part: Path, target: Path) -> None:
    """Give a finished file its name, in one step. Its folder is made anew where somebody else just removed it."""
    for attempt in range(_ATTEMPTS):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _make_writable(target)
            os.replace(part, target)
            break
        except (FileNotFoundError, PermissionError):  # Windows: the target is open in another program
            if attempt == _ATTEMPTS - 1 or not part.exists():
                raise
            time.sleep(0.02 * 2**attempt if target.exists() else 0)
    _flush_folder(target.parent)


def protect(path: Path) -> None:
    """Keep programs that open the file from writing to it by the way, as some drivers of GDAL do."""
    with contextlib.suppress(OSError):
        path.chmod(0o444)


def remove(path: Path) -> int:
    """Remove a file or link; return the bytes that it held. What is gone already is fine. OSError where it stays."""
    try:
        size = os.lstat(path).st_size
        _make_writable(path)
        path.unlink()
    except FileNotFoundError:
        return 0
    return size


def remove_tree(folder: Path) -> int:
    """Remove a folder of ours with all in it, links not followed; return the bytes that were in it."""
    size = size_of(folder)
    shutil.rmtree(folder, ignore_errors=True)
    return size


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder; what vanishes meanwhile counts nothing."""
    total = 0
    for entry in walk(folder):
        with contextlib.suppress(OSError):
            total += entry.stat(follow_symlinks=False).st_size
    return total


def walk(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield everything below a folder that is no folder; links are not followed, what vanishes is passed over."""
    for entry in listing(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path))
        else:
            yield entry


def listing(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder, in order of the names; nothing where there is no such folder.

    SourceError where one may not look into it.
    """
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SourceError(f"The folder {folder} cannot be read: {error.strerror}. Get the right to read it.") from error


def is_within(path: Path, root: Path) -> bool:
    """Say whether a path below `root` is there by its own name, no link on the way leading elsewhere."""
    return path.resolve() == root.resolve() / path.relative_to(root)


def _chunks(stream: BinaryIO, is_cancelled: IsCancelled) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        if is_cancelled():
            raise Cancelled
        yield chunk


def _readable(source: BinaryIO, name: Path, is_cancelled: IsCancelled) -> Iterator[bytes]:
    chunks = _chunks(source, is_cancelled)
    while True:
        try:
            chunk = next(chunks, b"")
        except OSError as error:
            raise SourceError(f"{name} cannot be read to its end: {error.strerror}. Get it again.") from error
        if not chunk:
            return
        yield chunk


def _flush(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not every system opens folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _make_writable(path: Path) -> None:
    if os.name == "nt":  # there, a file that is read-only can be neither replaced nor removed
        with contextlib.suppress(OSError):
            os.chmod(path, stat.S_IWRITE)
