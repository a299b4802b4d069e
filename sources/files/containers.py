"""From a path to the data files behind it: checks, and the unpacking of zips into a folder that goes again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import SourceError
from . import archives

TABLES = (".csv", ".tsv", ".tab", ".txt")
SHEETS = (".xlsx", ".ods")
VECTORS = (".gpkg", ".shp", ".gdb", ".geojson", ".json", ".kml")
DATA = (*VECTORS, *SHEETS, ".csv", ".tsv", ".tab")
READABLE = (
    "a GeoPackage, a shapefile (loose or zipped), a file geodatabase (folder or zip), "
    "GeoJSON, KML, KMZ, CSV, XLSX or ODS"
)
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


@contextmanager
def data_files(path: str, is_cancelled: Callable[[], bool]) -> Iterator[list[Path]]:
    """Yield the data files behind a path: itself, or those in the zip. They may vanish when the context ends."""
    file = local(path)
    if file.suffix.casefold() not in (".zip", ".kmz"):
        yield [file]
        return
    folder = tempfile.mkdtemp(prefix="leachwatch-")
    try:
        yield _unpacked(file, Path(folder), is_cancelled)
    finally:
        # Windows may still hold a file open; a leftover in the temporary folder is no reason to fail.
        shutil.rmtree(folder, ignore_errors=True)


def local(path: str) -> Path:
    """Return the file or .gdb folder of a path. Raises SourceError where it is none, empty, or of no readable form."""
    if not path.strip():
        raise SourceError("No file is given. Choose a file.")
    if "://" in path or path.startswith("/vsi"):
        raise SourceError(f"{path} is no local file. Download it first, then choose the file.")
    file = Path(path)
    suffix = file.suffix.casefold()
    if not file.exists():
        raise SourceError(f"There is no file {path}. Check the path.")
    if file.is_dir():
        if suffix != ".gdb":
            raise SourceError(f"{path} is a folder, but no file geodatabase. Choose a file, or a folder named ….gdb.")
        return file
    if suffix not in (*DATA, ".txt", ".zip", ".kmz"):
        hint = " Choose the .shp file beside it." if file.with_suffix(".shp").exists() else ""
        raise SourceError(f"{file.name} is of no form that can be read.{hint} Choose {READABLE}.")
    _check_content(file)
    return file


def _check_content(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            start = opened.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    except OSError as error:
        raise SourceError(f"{file.name} cannot be read: {error.strerror}. Check its permissions.") from error
    if not start:
        raise SourceError(f"{file.name} is empty. Get the file again.")
    for impostor, message in _IMPOSTORS.items():
        if start.startswith(impostor):
            raise SourceError(f"{file.name} is {message}.")
    if file.suffix.casefold() in SHEETS:
        archives.check_file(file)


def _unpacked(archive: Path, folder: Path, is_cancelled: Callable[[], bool]) -> list[Path]:
    target = folder / archive.stem
    target.mkdir()
    names = archives.unpack(archive, target, is_cancelled)
    if (target / "a00000001.gdbtable").exists():
        # A geodatabase zipped without its folder: GDAL knows it by the folder's name.
        return [target.rename(folder / f"{archive.stem}.gdb")]
    found = find(target)
    zips = sorted(target.rglob("*.zip"))
    if not found and len(zips) == 1:
        inner = folder / "inner"
        inner.mkdir()
        names += archives.unpack(zips[0], inner, is_cancelled)
        found = find(inner)
    if not found:
        shown = ", ".join(names[:10]) + (f" and {len(names) - 10:,} more" if len(names) > 10 else "")
        raise SourceError(f"{archive.name} holds no readable data, only: {shown or 'nothing'}. Choose {READABLE}.")
    return found


def find(folder: Path) -> list[Path]:
    """Return the data files in a folder and below it, geodatabases as their folders, in order of name."""
    found = []
    for path in sorted(folder.rglob("*")):
        inside_gdb = any(parent.suffix.casefold() == ".gdb" for parent in path.relative_to(folder).parents)
        suffix = path.suffix.casefold()
        if not inside_gdb and ((suffix in DATA and path.is_file()) or (suffix == ".gdb" and path.is_dir())):
            found.append(path)
    return found
