"""What goes from the cache, and when: old copies, left-overs of writes that were killed, all of it on request."""

from __future__ import annotations

import contextlib
import os
import re
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from ..errors import SourceError
from . import files
from .names import is_key

KEPT = 3  # copies of a data set
JOB = "job-"
DAY = 24 * 3600.0
HOUR = 3600.0
_RECORD = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([0-9a-f]{8})\.json")
_CONTENT = re.compile(r"[0-9a-f]{64}")


def records(root: Path, key: str) -> list[Path]:
    """Return the records of a data set, newest first.

    Those dated in the future come last: a clock that was wrong once must not hide what is retrieved later.
    """
    tomorrow = (datetime.now(timezone.utc) + timedelta(days=1)).strftime("%Y%m%dT%H%M%SZ")
    found = [Path(entry.path) for entry in files.listing(root / "entries" / key) if _RECORD.fullmatch(entry.name)]
    return sorted(found, key=lambda path: (path.name <= tomorrow, path.name), reverse=True)


def after_put(root: Path, key: str, put: Path) -> None:
    """Remove copies beyond the newest, and left-overs older than a day. What cannot be removed waits for next time."""
    with contextlib.suppress(OSError, SourceError):
        for record in records(root, key)[KEPT:]:
            if record != put:
                files.remove(record)
        _old_jobs(root, DAY)
        _unused_contents(root, DAY)


def clear(root: Path) -> tuple[int, list[Path]]:
    """Remove every record, then every content, and work that nobody touched for an hour.

    Returns the bytes freed and what could not be removed. Files that are not the cache's own stay.
    """
    freed, left = 0, []
    for path in [*_all_records(root), *_all_contents(root)]:
        try:
            freed += files.remove(path)
        except OSError:
            left.append(path)
    freed += _old_jobs(root, HOUR)
    _empty_folders(root)
    return freed, left


def discard(file: Path) -> None:
    """Remove a file of a work folder that was put in the cache, and the folder if nothing else is in it."""
    with contextlib.suppress(OSError):
        files.remove(file)
        file.parent.rmdir()


def _all_records(root: Path) -> list[Path]:
    folder = root / "entries"
    return [record for key in _folders(folder) if is_key(key.name) for record in records(root, key.name)]


def _all_contents(root: Path) -> list[Path]:
    return [
        Path(file.path)
        for folder in _folders(root / "content")
        if _CONTENT.fullmatch(folder.name)
        for file in files.listing(folder)
        if not file.is_dir(follow_symlinks=False)
    ]


def _unused_contents(root: Path, age: float) -> None:
    used = {match[2] for record in _all_records(root) if (match := _RECORD.fullmatch(record.name))}
    for folder in _folders(root / "content"):
        if _CONTENT.fullmatch(folder.name) and folder.name[:8] not in used and _is_older(folder, age):
            files.remove_tree(folder)


def _old_jobs(root: Path, age: float) -> int:
    jobs = [folder for folder in _folders(root / "work") if folder.name.startswith(JOB) and _is_older(folder, age)]
    return sum(files.remove_tree(folder) for folder in jobs)


def _folders(folder: Path) -> list[Path]:
    """Return the folders in a folder, links left out, and none where it is itself a link."""
    if os.path.islink(folder):
        return []
    return [Path(entry.path) for entry in files.listing(folder) if entry.is_dir(follow_symlinks=False)]


def _is_older(folder: Path, age: float) -> bool:
    try:
        times = [path.lstat().st_mtime for path in (folder, *(Path(entry.path) for entry in files.walk(folder)))]
    except OSError:  # another QGIS is at work on it
        return False
    return max(times) < time.time() - age


def _empty_folders(root: Path) -> None:
    """Remove empty folders of data sets and contents; the folders that hold them stay, others may be at work there."""
    for folder in [*_folders(root / "entries"), *_folders(root / "content")]:
        with contextlib.suppress(OSError):
            folder.rmdir()
