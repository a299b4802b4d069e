"""From a path to the data files behind it: checks, and the unpacking of zips into a folder that goes again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import SourceError
from . import archives, fgdc, kinds
from .kinds import DataFile, Kind
from .staging import staged

READABLE = (
    "a GeoPackage, a shapefile (loose or zipped), a file geodatabase (folder or zip), GeoJSON, TopoJSON, FlatGeobuf, "
    "KML, KMZ, GPX, MapInfo TAB or MIF, CSV, TSV, XLSX or ODS"
)
_MAX_INNER = 20
# GDAL opens each of them, to list its layers.
_MAX_FILES = 500
_WEB_PAGE = (
    "a web page, not data: the download was answered with a page. Open the page in a browser, download the file by "
    "hand and choose it"
)
# What stands in place of data when a download went wrong.
_IMPOSTORS = {
    b"<!doctype html": _WEB_PAGE,
    b"<html": _WEB_PAGE,
    b"version https://git-lfs": "a Git LFS pointer, not data. Download the file that it points to",
}
# In a zip, a text counts as a table by its name: there are licences and read-me files beside the data.
_TABLES = (".csv", ".tsv", ".tab")


@dataclass(frozen=True)
class Container:
    """The data files behind a path, the text of an FGDC XML that describes them ("" for none), and notes."""

    files: list[DataFile]
    fgdc: str
    notes: list[str]

    def __iter__(self) -> Iterator[DataFile]:
        return iter(self.files)


@contextmanager
def data_files(path: str, is_cancelled: Callable[[], bool]) -> Iterator[Container]:
    """Yield the data files behind a path: itself, or those in the zip. They may vanish when the context ends."""
    file, kind = local(path)
    files: list[DataFile] = []
    try:
        with _temporary_folder() as folder:
            try:
                yield _container(file, kind, folder, files, is_cancelled)
            finally:
                # What GDAL has open in the folder is closed before the folder goes.
                for one in files:
                    one.memory.clear()
    except OSError as error:
        reason = error.strerror or error
        raise SourceError(f"{file.name} cannot be read: {reason}. Check the file and the disk it is on.") from error


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    folder = tempfile.mkdtemp(prefix="leachwatch-")
    try:
        yield Path(folder)
    finally:
        # Windows may still hold a file open; a leftover in the temporary folder is no reason to fail.
        shutil.rmtree(folder, ignore_errors=True)


def _container(
    file: Path, kind: Kind, folder: Path, files: list[DataFile], is_cancelled: Callable[[], bool]
) -> Container:
    itself = DataFile(file, kind, file, file.name)
    if kind is kinds.ZIP:
        found = _unpacked(file, folder / "zip", is_cancelled)
        files += [DataFile(one, what, staged(one, what, folder), label) for one, what, label in found]
        description, looked_at = fgdc.in_folder(folder / "zip"), [itself, *files]
    else:
        files.append(replace(itself, opened=staged(file, kind, folder)))
        description, looked_at = fgdc.beside(file), files
    return Container(files, description, [note for one in looked_at if (note := misnamed(one))])


def local(path: str) -> tuple[Path, Kind]:
    """Return the file or geodatabase folder of a path, and what it is by its content.

    Raises SourceError where there is none, where it is empty or no regular file, or of no readable form.
    """
    if not path.strip():
        raise SourceError("No file is given. Choose a file.")
    # Absolute: GDAL takes some names, such as “PG:…”, for more than a file.
    file = Path(path).absolute()
    if "://" in path or path.startswith("/vsi") or str(file).startswith("/vsi"):
        raise SourceError(f"{path} is no local file. Download it first, then choose the file.")
    try:
        return file, _kind(file, path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{file.name} cannot be read: {reason}. Check its name and permissions.") from error


def _kind(file: Path, path: str) -> Kind:
    if not file.exists():
        raise SourceError(f"There is no file {path}. Check the path.")
    if file.is_dir():
        if kinds.recognise(file) is None and file.suffix.casefold() != ".gdb":
            raise SourceError(f"{path} is a folder, but no file geodatabase. Choose a file, or a folder named ….gdb.")
        return kinds.GEODATABASE
    if not file.is_file():
        raise SourceError(f"{path} is no regular file, but a pipe or a device. Choose a file.")
    start = kinds.head_of(file)[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise SourceError(f"{file.name} is empty. Get the file again.")
    for impostor, message in _IMPOSTORS.items():
        if start.startswith(impostor):
            raise SourceError(f"{file.name} is {message}.")
    kind = kinds.recognise(file)
    if kind is None or (kind is kinds.TEXT and not _is_table(file)):
        raise _unreadable(file)
    return kind


def _is_table(file: Path) -> bool:
    return file.suffix.casefold() in kinds.TEXT.suffixes or kinds.looks_like_table(file)


def _unreadable(file: Path) -> SourceError:
    what = kinds.foreign(file)
    if what:
        return SourceError(f"{file.name} is {what}.")
    named = kinds.by_suffix(file)
    if named:
        return SourceError(f"{file.name} cannot be read: it is not {named.name}, or is damaged. Get the file again.")
    hint = " Choose the .shp file beside it." if file.with_suffix(".shp").exists() else ""
    return SourceError(f"{file.name} is of no form that can be read.{hint} Choose {READABLE}.")


def misnamed(file: DataFile) -> str:
    """Return a note where a file's name says something else than its content, else ""."""
    if file.path.suffix.casefold() in file.kind.suffixes:
        return ""
    return f"{file.path.name} is {file.kind.name} by its content, whatever its ending says, and was read as that."


def _unpacked(archive: Path, folder: Path, is_cancelled: Callable[[], bool]) -> list[tuple[Path, Kind, str]]:
    """Unpack a zip, and the zips in it where it holds nothing else. Returns file, kind and label of each data file."""
    target = folder / archive.stem.strip(" .")
    target.mkdir(parents=True)
    names = archives.unpack(archive, target, is_cancelled)
    found = find(target)
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
        found += [(one, kind, f"{path.name}/{label}") for one, kind, label in find(below) if kind is not kinds.ZIP]
    if not found:
        shown = ", ".join(names[:10]) + (f" and {len(names) - 10:,} more" if len(names) > 10 else "")
        raise SourceError(f"{archive.name} holds no readable data, only: {shown or 'nothing'}. Choose {READABLE}.")
    if len(found) > _MAX_FILES:
        raise SourceError(
            f"{archive.name} holds {len(found):,} files of data, more than the {_MAX_FILES:,} allowed. Unpack it by "
            "hand and choose one of them."
        )
    return found


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def find(folder: Path) -> list[tuple[Path, Kind, str]]:
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
        found = [(path, kinds.TEXT) for path in texts if path.suffix == ".txt" and kinds.looks_like_table(path)]
    return [(path, kind, path.relative_to(folder).as_posix()) for path, kind in sorted(found, key=lambda one: one[0])]


def _kind_in_zip(path: Path) -> Kind | None:
    try:
        return kinds.recognise(path)
    except SourceError:
        # A broken zip beside good data is no reason to refuse these; alone, it is named as what the archive holds.
        return None
