"""What can be wrong with the cache, in words."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from ..errors import SourceError

ANOTHER = "clear the cache or choose another folder for it in Settings → Options → Leachwatch"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}


class CacheDamaged(SourceError):
    """What the cache holds is not what was put there; it is not used."""


class CacheUnwritable(SourceError):
    """Nothing can be put in the cache: full, read-only, in use. What was in it stays as it was."""


def unwritable(folder: Path, error: OSError, needed: int, instead: str = ANOTHER) -> CacheUnwritable:
    """Say why a folder could not be written to, and what to do instead; `needed` is in bytes."""
    if error.errno in _NO_ROOM:
        return CacheUnwritable(
            f"The folder {folder} has no room: {megabytes(needed)} are needed, {_free(folder)} are free. Make room on "
            f"the disk, or {instead}. What was there before is as it was."
        )
    if error.errno in _NO_RIGHT:
        return CacheUnwritable(
            f"The folder {folder} cannot be written to ({error.strerror}). What is in it can be used; to put more in "
            f"it, get the right to write there, or {instead}."
        )
    return CacheUnwritable(f"The folder {folder} cannot be used: {why(error)} Check it, or {instead}.")


def why(error: Exception) -> str:
    """Return what an error says, as a sentence."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text.rstrip(".") + "."


def megabytes(size: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{size / 1e6:,.1f} MB"


def _free(folder: Path) -> str:
    try:
        return megabytes(shutil.disk_usage(folder).free)
    except OSError:
        return "an unknown number"
