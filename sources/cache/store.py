"""The cache: data sets by key, their content by checksum.

<folder>/leachwatch-cache/content/<sha256>/<file name>
                         /entries/<key>/<when retrieved>-<start of the sha256>.json
                         /work/job-…      files that are being written; nobody reads there

There is no index that two QGIS could spoil for each other: the folders are the index. A record is written last, by a
rename, so that whoever finds one finds its content whole.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from ...analysis.progress import never
from ..errors import SourceError
from ..provenance import MAX_JSON, Provenance
from . import files, tidy
from .faults import ANOTHER, CacheDamaged, CacheUnwritable, unwritable, why
from .files import Digest, IsCancelled
from .names import is_key

ROOT_NAME = "leachwatch-cache"


@dataclass(frozen=True)
class Entry:
    """A data set in the cache. `notes` tells of newer copies that are damaged and were passed over."""

    path: Path
    provenance: Provenance
    notes: tuple[str, ...] = ()


class Store:
    """The cache in a folder. Nothing is created before the first `put` or `workspace`."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.root = self.folder / ROOT_NAME

    def get(self, key: str, is_cancelled: IsCancelled = never) -> Entry | None:
        """Return the newest copy whose content is as it was put there, or None where there is none.

        Raises CacheDamaged where there are copies and all are damaged, Cancelled.
        """
        damaged: list[str] = []
        for record in self._records(key):
            try:
                entry = self._read(record)
                self._verify(entry, is_cancelled)
            except CacheDamaged as error:
                if os.path.lexists(record):  # else another QGIS cleared the cache meanwhile
                    damaged.append(str(error))
                continue
            return replace(entry, notes=tuple(damaged))
        if damaged:
            raise CacheDamaged(" ".join(damaged))
        return None

    def put(self, file: Path, provenance: Provenance, is_cancelled: IsCancelled = never) -> Entry:
        """Keep a file. Its size and checksum are taken from it, and must be those of `provenance` where it states them.

        A file in a `workspace()` is taken over. Raises CacheUnwritable, SourceError for the file, Cancelled; then the
        file and all that was in the cache are as they were.
        """
        provenance = replace(provenance, file_name=provenance.file_name or Path(file).name).cleaned()
        with files.opened(Path(file)) as source:
            needed = os.fstat(source.fileno()).st_size
            work = self._workspace(needed)
            try:
                found = self._bring(source, Path(file), work / "content", is_cancelled)
                provenance = _stated(provenance, found, Path(file))
                files.write(work / "record", provenance.to_json().encode())
                entry = self._commit(work, provenance, is_cancelled)
            except OSError as error:
                raise unwritable(self.folder, error, needed) from error
            finally:
                shutil.rmtree(work, ignore_errors=True)
        self._take_over(Path(file))
        files.protect(entry.path)
        tidy.after_put(self.root, entry.provenance.key, self._record_path(entry.provenance))
        return entry

    def entries(self) -> list[Entry]:
        """Return every copy that is there with its full size, by key and newest first; checksums are not computed."""
        return [item for item in self.scan() if isinstance(item, Entry)]

    def problems(self) -> list[str]:
        """Return what is wrong with the records and contents that `entries` leaves out."""
        return [item for item in self.scan() if isinstance(item, str)]

    def keys(self) -> list[str]:
        """Return the keys of the data sets of which there are copies, whole or damaged."""
        return [entry.name for entry in files.listing(self.root / "entries") if is_key(entry.name)]

    def holds(self, provenance: Provenance, is_cancelled: IsCancelled = never) -> bool:
        """Say whether this very copy is there, whole."""
        entry = Entry(self._content_path(provenance), provenance)
        return os.path.lexists(self._record_path(provenance)) and self._intact(entry, is_cancelled)

    def size(self) -> int:
        """Return the bytes that the cache takes, work in progress included."""
        return files.size_of(self.root)

    def clear(self) -> int:
        """Remove all that the cache keeps, and nothing that is not its own; return the bytes freed.

        Raises CacheUnwritable where something could not be removed, after all else was.
        """
        freed, left = tidy.clear(self.root)
        if left:
            raise CacheUnwritable(
                f"The cache in {self.folder} was cleared but for {len(left)} files, which are in use or protected, "
                f"such as {left[0]}. Close the programs that use them, and clear it again."
            )
        return freed

    def workspace(self) -> Path:
        """Make a folder to download to, on the disk of the cache. Left-overs in it go after a day.

        Raises CacheUnwritable; the file can then be downloaded to, and used from, another place.
        """
        return self._workspace(0)

    def _workspace(self, needed: int) -> Path:
        work = self.root / "work"
        try:
            self._own(work)
            work.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=tidy.JOB, dir=work))
        except OSError as error:
            raise unwritable(self.folder, error, needed) from error

    def _records(self, key: str) -> list[Path]:
        if not is_key(key):
            raise SourceError(f"“{key[:100]}” is not the key of a data set.")
        return tidy.records(self.root, key)

    def scan(self) -> Iterator[Entry | str]:
        """Yield each copy of `entries`, and each of `problems`."""
        for key in self.keys():
            for record in self._records(key):
                try:
                    entry = self._read(record)
                    self._verify_size(entry)
                    yield entry
                except CacheDamaged as error:
                    yield str(error)

    def _read(self, record: Path) -> Entry:
        try:
            if not files.is_within(record, self.root):
                raise OSError("it is behind a link")
            provenance = Provenance.from_json(files.read_small(record, MAX_JSON))
        except (OSError, SourceError) as error:
            raise CacheDamaged(f"The record {record} of the cache cannot be used: {why(error)}") from error
        if self._record_path(provenance) != record:
            raise CacheDamaged(f"The record {record} of the cache does not belong there. It is not used.")
        return Entry(self._content_path(provenance), provenance)

    def _verify(self, entry: Entry, is_cancelled: IsCancelled) -> None:
        self._verify_size(entry)
        stated = Digest(entry.provenance.size, entry.provenance.sha256)
        try:
            found = files.digest(entry.path, is_cancelled)
        except OSError as error:
            raise self._damaged(entry, why(error)) from error
        if found != stated:
            raise self._damaged(entry, "its checksum is not the one it was put there with.")

    def _verify_size(self, entry: Entry) -> None:
        try:
            if not files.is_within(entry.path, self.root):
                raise self._damaged(entry, "it is a link, or behind one.")
            size = os.lstat(entry.path).st_size
        except OSError as error:
            raise self._damaged(entry, why(error)) from error
        if size != entry.provenance.size:
            raise self._damaged(entry, f"it has {size:,} bytes instead of {entry.provenance.size:,}.")

    def _damaged(self, entry: Entry, reason: str) -> CacheDamaged:
        known = entry.provenance
        return CacheDamaged(
            f"The copy of “{known.title or known.key}” retrieved {known.retrieved}, {entry.path}, is damaged and is "
            f"not used: {reason} Get it anew (MODE=refresh), or import it again."
        )

    def _intact(self, entry: Entry, is_cancelled: IsCancelled) -> bool:
        try:
            self._verify(entry, is_cancelled)
        except CacheDamaged:
            return False
        return True

    def _bring(self, source: BinaryIO, file: Path, part: Path, is_cancelled: IsCancelled) -> Digest:
        """Have the content in the work folder, flushed. What was downloaded there already is not copied again."""
        if self._is_work(file):
            try:
                os.link(file, part)
                files.flush(part)
                return files.digest(part, is_cancelled)
            except OSError:
                files.remove(part)
        self._need(os.fstat(source.fileno()).st_size)
        return files.copy(source, part, file, is_cancelled)

    def _need(self, size: int) -> None:
        if shutil.disk_usage(self.root).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _commit(self, work: Path, provenance: Provenance, is_cancelled: IsCancelled) -> Entry:
        entry = Entry(self._content_path(provenance), provenance)
        record = self._record_path(provenance)
        self._own(entry.path.parent)
        self._own(record.parent)
        if self._intact(entry, is_cancelled):
            with contextlib.suppress(OSError):
                os.utime(entry.path)  # or another QGIS might take it for a left-over
        else:
            files.commit(work / "content", entry.path)
        files.commit(work / "record", record)
        if not os.path.lexists(entry.path):
            files.remove(record)
            raise CacheUnwritable(f"The cache in {self.folder} was cleared while a file was put in it. Try again.")
        return entry

    def _own(self, folder: Path) -> None:
        if not files.is_within(folder, self.root):
            raise CacheUnwritable(f"{folder} is a link that leads out of the cache. Remove it, or {ANOTHER}.")

    def _is_work(self, file: Path) -> bool:
        return file.absolute().parent.parent == (self.root / "work").absolute()

    def _take_over(self, file: Path) -> None:
        if self._is_work(file):
            tidy.discard(file)

    def _content_path(self, provenance: Provenance) -> Path:
        return self.root / "content" / provenance.sha256 / provenance.file_name

    def _record_path(self, provenance: Provenance) -> Path:
        return self.root / "entries" / provenance.key / f"{provenance.stamp}-{provenance.sha256[:8]}.json"


def _stated(provenance: Provenance, found: Digest, file: Path) -> Provenance:
    if provenance.sha256 not in ("", found.sha256) or (provenance.sha256 and provenance.size != found.size):
        raise SourceError(f"{file} is not put in the cache: it is not the one that was described. Get it again.")
    return replace(provenance, size=found.size, sha256=found.sha256)
