"""A file that is written aside and takes its name only once it is whole."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from ..errors import SourceError
from .pages import HEAD

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names of devices on Windows
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def file_name_from(name: str) -> str:
    """Return a plain file name for what a server or catalogue calls its file: no folders, no device, not too long."""
    last = re.split(r"[/\\]", name)[-1]
    plain = _FORBIDDEN.sub("_", last).strip(". ") or "download"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:80]}{dot}{suffix[:20]}" if dot else plain[:100]


class PartFile:
    """The part file of one download. Leaving the context removes it, unless ``finish`` gave it its name."""

    def __init__(self, folder: Path, file_name: str) -> None:
        self.target = folder / file_name_from(file_name)
        self.part = folder / f"{self.target.name}.{uuid.uuid4().hex[:8]}.part"
        self.needed: int | None = None  # bytes in all, where known: for the message of a full disk
        self._forget()

    def __enter__(self) -> PartFile:
        with self._told():
            self.part.parent.mkdir(parents=True, exist_ok=True)
            self._file = open(self.part, "xb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self.part.unlink()

    def _forget(self) -> None:
        self.size, self.head, self.validator = 0, b"", ""
        self._sha256, self._md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)

    def restart(self) -> None:
        """Begin at the first byte again."""
        with self._told():
            self._file.seek(0)
            self._file.truncate()
        self._forget()

    def write(self, chunk: bytes) -> None:
        """Append bytes. Raise SourceError on a full disk."""
        with self._told():
            self._file.write(chunk)
        self.size += len(chunk)
        if len(self.head) < HEAD:
            self.head = (self.head + chunk)[:HEAD]
        self._sha256.update(chunk)
        self._md5.update(chunk)

    @property
    def sha256(self) -> str:
        """The checksum of what is written so far."""
        return self._sha256.hexdigest()

    @property
    def md5(self) -> str:
        """The checksum that catalogues state."""
        return self._md5.hexdigest()

    def finish(self) -> Path:
        """Give the file its name, in one step and safe against a power cut; an older file of that name is replaced."""
        with self._told():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self.part, self.target)
        return self.target

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            folder = self.part.parent
            if error.errno in _FULL:
                needed = f"{self.needed / 1e6:.1f} MB" if self.needed else f"more than {self.size / 1e6:.1f} MB"
                raise SourceError(
                    f"The disk is full: {self.target.name} needs {needed} in {folder}. Make room there, or choose "
                    "another folder in the options."
                ) from error
            raise SourceError(
                f"{self.target.name} cannot be written in {folder}: {error.strerror}. Choose a folder in the options "
                "that may be written."
            ) from error
