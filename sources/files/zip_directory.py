"""How large the directory of a zip is: asked before Python reads all of it into memory."""

from __future__ import annotations

import re
import struct
from pathlib import Path

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _LOCATOR_SIZE, _END_64_SIZE, _LONGEST_COMMENT = 22, 20, 56, 65_535


def directory_size(archive: Path) -> int:
    """Return the bytes of a zip's central directory as its end record states them, 0 where there is no such record.

    Where several end records could be meant, as in a zip that holds another, the largest size counts.
    """
    with archive.open("rb") as opened:
        length = opened.seek(0, 2)
        opened.seek(max(length - _END_SIZE - _LONGEST_COMMENT - _LOCATOR_SIZE - _END_64_SIZE, 0))
        tail = opened.read()
    ends = (match.start() for match in re.finditer(re.escape(_END), tail))
    return max((_size(tail, end) for end in ends if end + _END_SIZE <= len(tail)), default=0)


def _size(tail: bytes, end: int) -> int:
    locator, end_64 = end - _LOCATOR_SIZE, end - _LOCATOR_SIZE - _END_64_SIZE
    if end_64 >= 0 and tail.startswith(_LOCATOR_64, locator) and tail.startswith(_END_64, end_64):
        return int(struct.unpack_from("<Q", tail, end_64 + 40)[0])
    return int(struct.unpack_from("<L", tail, end + 12)[0])
