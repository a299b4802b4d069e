"""Reading a folder that carries data sets, and that anybody may have written."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from ..errors import SourceError
from ..provenance import MAX_JSON, Provenance
from . import files
from .faults import megabytes, why
from .store import Entry

FOLDER_NAME = "leachwatch-data"
RECORD = "provenance.json"
SUMS = "SHA256SUMS"
README = "README.txt"
MAX_BYTES = 4 * 1024**3
MAX_NAMES = 10_000
_MAX_SUMS = 4 * 1024**2
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_COPY = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")
_AGAIN = "Copy it again from where it was exported."

Sums = dict[str, str]


def offers(root: Path, stated: Sums, foreign: Callable[[int], None] = files.quiet) -> Iterator[Entry | str]:
    """Yield each data set in the folder, or what is wrong with it; `foreign` hears of files that belong to none.

    The content is there with its stated size; its checksum is not computed yet.
    """
    for key in _names(root):
        if key.is_symlink():
            yield _is_link(key)
        elif key.is_dir():
            yield from _of_key(Path(key.path), root, stated, foreign)
        elif key.name not in (SUMS, README):
            foreign(1)


def sums(root: Path) -> tuple[Sums, list[str]]:
    """Return the stated checksums by path, and what is wrong with the list; nothing where there is none."""
    try:
        text = files.read_small(root / SUMS, _MAX_SUMS).decode()
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError) as error:
        return {}, [f"{root / SUMS} cannot be read and is left aside: {why(error)}"]
    lines = [_LINE.fullmatch(line) for line in text.splitlines()]
    good = {match[2]: match[1] for match in lines if match and _stays_inside(match[2])}
    bad = len(lines) - len(good)
    return good, [f"{root / SUMS}: {bad} lines name no file of this folder and are left aside."] if bad else []


def missing(root: Path, stated: Sums) -> list[str]:
    """Return, in words, the data sets that the list of checksums names and that are not in the folder."""
    places = sorted({PurePosixPath(name).parent for name in stated})
    return [
        f"{root / place} is not there, though it was exported. {_AGAIN}" for place in places if _is_gone(root / place)
    ]


def _of_key(folder: Path, root: Path, stated: Sums, foreign: Callable[[int], None]) -> Iterator[Entry | str]:
    for place in _names(folder):
        path = Path(place.path)
        if place.is_symlink() or not files.is_within(path, root):
            yield _is_link(place)
        elif place.is_dir() and (os.path.lexists(path / RECORD) or _COPY.fullmatch(place.name)):
            yield _offer(path, root, stated, foreign)
        else:
            foreign(1)


def _offer(place: Path, root: Path, stated: Sums, foreign: Callable[[int], None]) -> Entry | str:
    try:
        data = files.read_small(place / RECORD, MAX_JSON)
        provenance = Provenance.from_json(data)
        content = place / provenance.file_name
        _check(content, provenance, data, stated, place.relative_to(root).as_posix())
        foreign(sum(name.name not in (RECORD, provenance.file_name) for name in _names(place)))
        return Entry(content, provenance)
    except (OSError, SourceError) as error:
        return f"{place} is refused: {why(error)} {_AGAIN}"


def _check(content: Path, provenance: Provenance, record: bytes, stated: Sums, place: str) -> None:
    size = content.lstat().st_size
    if provenance.size > MAX_BYTES:
        raise SourceError(f"{content.name} has {megabytes(provenance.size)}, more than {megabytes(MAX_BYTES)}.")
    if size != provenance.size:
        raise SourceError(f"{content.name} has {size:,} bytes instead of {provenance.size:,}.")
    for name, found in ((content.name, provenance.sha256), (RECORD, files.checksum(record))):
        if stated.get(f"{place}/{name}", found) != found:
            raise SourceError(f"{name} is not the file of which {SUMS} states the checksum.")


def _names(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder by name. SourceError for more than an export has, or what cannot be read."""
    try:
        with os.scandir(folder) as entries:
            names = list(itertools.islice(entries, MAX_NAMES + 1))
    except OSError as error:
        raise SourceError(f"{folder} cannot be read: {why(error)}") from error
    if len(names) > MAX_NAMES:
        raise SourceError(f"{folder} holds more than {MAX_NAMES:,} files: it is no folder of exported data.")
    return sorted(names, key=lambda entry: entry.name)


def _stays_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return len(parts) == 3 and ".." not in parts and not re.search(r"[\\:\x00-\x1f]", name) and name[0] != "/"


def _is_gone(place: Path) -> bool:
    return not os.path.lexists(place)


def _is_link(entry: os.DirEntry[str]) -> str:
    return f"{entry.path} is refused: it is a link. Copy the files themselves."
