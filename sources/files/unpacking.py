"""From a zip to the data files in it, and in the zips in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..errors import SourceError
from . import archives, kinds
from .kinds import Kind

_MAX_INNER = 20
# GDAL opens each of them, to list its layers.
_MAX_FILES = 500
# In a zip, a text counts as a table by its name: there are licences and read-me files beside the data.
_TABLES = (".csv", ".tsv", ".tab")


def unpacked(archive: Path, folder: Path, is_cancelled: Callable[[], bool]) -> list[tuple[Path, Kind, str]]:
    """Unpack a zip, and the zips in it where it holds nothing else. Returns file, kind and label of each data file."""
    target = folder / archive.stem.strip(" .")
    target.mkdir(parents=True)
    names = archives.unpack(archive, target, is_cancelled)
    found = _find(target)
    zips = [one for one in found if one[1] is kinds.ZIP]
    found = [one for one in found if one[1] is not kinds.ZIP]
    # A KMZ is data by itself; another zip is opened only where there is no data beside it.
    inner = [path for path, _, _ in zips if not found or path.suffix.casefold() == ".kmz"]
    if len(inner) > _MAX_INNER:
        raise SourceError(f"{archive.name} holds {len(inner):,} zips. Unpack it by hand and choose one of them.")
    left = archives.MAX_BYTES - _size(target)
    for number, path in enumerate(inner):
        below = folder / f"inner {number + 1}" / path.stem.strip(" .")
        below.mkdir(parents=True)
        names += archives.unpack(path, below, is_cancelled, left)
        left -= _size(below)
        found += [(one, kind, f"{path.name}/{label}") for one, kind, label in _find(below) if kind is not kinds.ZIP]
    if not found:
        shown = ", ".join(names[:10]) + (f" and {len(names) - 10:,} more" if len(names) > 10 else "")
        raise SourceError(
            f"{archive.name} holds no readable data, only: {shown or 'nothing'}. Choose {kinds.READABLE}."
        )
    if len(found) > _MAX_FILES:
        raise SourceError(
            f"{archive.name} holds {len(found):,} files of data, more than the {_MAX_FILES:,} allowed. Unpack it by "
            "hand and choose one of them."
        )
    return found


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _find(folder: Path) -> list[tuple[Path, Kind, str]]:
    """Return the data files in a folder and below it, with kind and path from there, in order of name."""
    databases = {path.parent for path in folder.rglob("a00000001.gdbtable")}
    databases |= {path for path in folder.rglob("*") if path.is_dir() and path.suffix.casefold() == ".gdb"}
    found = [(path, kinds.GEODATABASE) for path in databases]
    texts = []
    for path in folder.rglob("*"):
        if path.is_file() and not databases & set(path.parents):
            kind = _kind_in_zip(path)
            if kind is kinds.TEXT and path.suffix.casefold() not in _TABLES:
                texts.append(path)
            elif kind:
                found.append((path, kind))
    if not found:
        tables = [path for path in texts if path.suffix.casefold() == ".txt" and kinds.looks_like_table(path)]
        found = [(path, kinds.TEXT) for path in tables]
    return [(path, kind, path.relative_to(folder).as_posix()) for path, kind in sorted(found, key=lambda one: one[0])]


def _kind_in_zip(path: Path) -> Kind | None:
    try:
        return kinds.recognise(path)
    except SourceError:
        # A broken zip beside good data is no reason to refuse these; alone, it is named as what the archive holds.
        return None
