"""From a path to the data files behind it: checks, and the unpacking of zips into a folder that goes again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import SourceError
from . import fgdc, kinds
from .kinds import DataFile, Kind
from .staging import staged
from .unpacking import unpacked

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
        found = unpacked(file, folder / "zip", is_cancelled)
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
    return SourceError(f"{file.name} is of no form that can be read.{hint} Choose {kinds.READABLE}.")


def misnamed(file: DataFile) -> str:
    """Return a note where a file's name says something else than its content, else ""."""
    if file.path.suffix.casefold() in file.kind.suffixes:
        return ""
    return f"{file.path.name} is {file.kind.name} by its content, whatever its ending says, and was read as that."
