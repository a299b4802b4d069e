"""What the bytes of a text file are: its encoding, and whether it is text at all. One pass, in little memory."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...analysis.progress import Cancelled
from ..errors import SourceError
from ..notes import Information

MAX_LINE_BYTES = 10 * 1024**2
_CHUNK = 1024**2
_CHINESE = "gb18030"
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class Text:
    """The encoding of a file, how to take bytes that are no letters in it, its lines that are not empty, and notes."""

    encoding: str
    errors: str
    lines: int
    notes: list[str]


def examine(file: Path, is_cancelled: Callable[[], bool], most: int | None = None) -> Text:
    """Return what a text file is, as far as its first ``most`` bytes tell (None: all of them).

    Raises SourceError for bytes that are no text and for endless lines; Cancelled.
    """
    try:
        with file.open("rb") as opened:
            marked = _BYTE_ORDER_MARKS.get(opened.read(2))
            opened.seek(0)
            scan = _Scan(file.name, bool(marked))
            while (most is None or opened.tell() < most) and (chunk := opened.read(_CHUNK)):
                if is_cancelled():
                    raise Cancelled
                scan.take(chunk)
            scan.is_cut = bool(opened.read(1))
    except OSError as error:
        raise SourceError(f"{file.name} cannot be read: {error.strerror}. Check its permissions.") from error
    return _verdict(file, marked, scan)


def _verdict(file: Path, marked: str | None, scan: _Scan) -> Text:
    lines = scan.finish()
    if marked or scan.is_utf8():
        encoding = marked or "utf-8-sig"
        notes: list[str] = (
            [] if not marked else [Information(f"{file.name} is not UTF-8; its text was read as {marked}.")]
        )
        return Text(encoding, "replace" if scan.is_cut else "strict", lines, notes)
    if _is_chinese(file):
        return Text(_CHINESE, "replace", lines, [f"{file.name} is not UTF-8; its text was read as Chinese (GB18030)."])
    unsure = f"{file.name} is not UTF-8; its text was read as cp1252."
    if scan.has_no_letter:
        # What can be read is worth more than no file.
        unsure = f"{file.name} is not UTF-8; its text was read as cp1252, in which some of its bytes are no letters."
    return Text("cp1252", "replace", lines, [unsure])


def _is_chinese(file: Path) -> bool:
    """Return whether a header names coordinates in GB18030, as spreadsheet programs write CSV in China."""
    with file.open("rb") as opened:
        header = opened.readline(_CHUNK).decode(_CHINESE, errors="replace")
    return any(word in header for word in ("经度", "纬度", "坐标"))


class _Scan:
    """What has been seen of a file's bytes so far."""

    # cp1252 leaves these bytes without a character.
    _NO_LETTERS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")

    def __init__(self, name: str, is_wide: bool) -> None:
        self._name = name
        self._wide = codecs.getincrementaldecoder("utf-16")("replace") if is_wide else None
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._read = self._line = self._lines = 0
        self.has_no_letter = self.is_cut = False

    def take(self, chunk: bytes) -> None:
        self._read += len(chunk)
        if self._wide:
            # A byte of a Burmese letter may look like a line end.
            chunk = self._wide.decode(chunk).encode("utf-8", "replace")
        else:
            self._refuse_nul(chunk, self._read - len(chunk))
            self._decode(chunk)
            self.has_no_letter = self.has_no_letter or any(byte in chunk for byte in self._NO_LETTERS)
        self._count(chunk)

    def finish(self) -> int:
        """Return the number of lines that are not empty."""
        return self._lines + (self._line > 0)

    def is_utf8(self) -> bool:
        if self._decoder is not None:
            self._decode(b"", final=not self.is_cut)
        return self._decoder is not None

    def _refuse_nul(self, chunk: bytes, start: int) -> None:
        where = chunk.find(b"\0")
        if where >= 0:
            raise SourceError(
                f"{self._name} is not a text file, or damaged: byte {start + where + 1:,} is NUL. Choose a CSV "
                "file, or get the file again."
            )

    def _decode(self, chunk: bytes, final: bool = False) -> None:
        if self._decoder is not None:
            try:
                self._decoder.decode(chunk, final)
            except UnicodeDecodeError:
                self._decoder = None

    def _count(self, chunk: bytes) -> None:
        ends = chunk.replace(b"\r", b"\n").split(b"\n")
        lengths = [self._line + len(ends[0]), *map(len, ends[1:])]
        if max(lengths) > MAX_LINE_BYTES:
            raise SourceError(
                f"{self._name} has a line of over {MAX_LINE_BYTES // 1024**2} MB (after {self._lines:,} others), as no "
                "table has. Choose another file."
            )
        self._line = lengths.pop()
        self._lines += len(lengths) - lengths.count(0)
