"""Opening a file with GDAL: what it is by content, its own drivers alone, and checks before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from osgeo import gdal, ogr, osr

from ..errors import SourceError
from . import geopackages, json_checks, kinds, mapinfo, safe_xml, shapefiles
from .kinds import DataFile, Kind

_CHECKED, _DATASET = "checked", "dataset"
_OPTIONS = {
    # A sheet's first row holds the names.
    "OGR_XLSX_HEADERS": "FORCE",
    "OGR_ODS_HEADERS": "FORCE",
    # A missing index is made anew, beside the link in our own folder (see ``staging``).
    "SHAPE_RESTORE_SHX": "YES",
    # Nothing is fetched from anywhere, whatever a file asks for: no proxy listens there, and no ending is this.
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTPS_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_TIMEOUT": "1",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none-at-all",
}


def check(file: DataFile, is_cancelled: Callable[[], bool]) -> list[str]:
    """Return notes on what is missing. Raises SourceError for what GDAL should not open; a file is looked at once."""
    if _CHECKED not in file.memory:
        file.memory[_CHECKED] = _check(file, is_cancelled)
    return file.memory[_CHECKED]


def _check(file: DataFile, is_cancelled: Callable[[], bool]) -> list[str]:
    kind = file.kind
    if kind is kinds.GEOPACKAGE:
        return geopackages.check(file.path)
    if kind is kinds.SHAPEFILE:
        return shapefiles.check(file.path)
    if kind is kinds.JSON:
        json_checks.check(file.path, is_cancelled)
    elif kind is kinds.GPX:
        safe_xml.check(file.path)
    elif kind in kinds.SHEETS:
        safe_xml.check_sheet(file.path)
    elif kind is kinds.TAB:
        mapinfo.check(file.path)
    return []


@contextmanager
def opened(file: DataFile, is_cancelled: Callable[[], bool]) -> Iterator[gdal.Dataset]:
    """Open a file with its own drivers only. GDAL's complaints become one SourceError."""
    check(file, is_cancelled)
    with _quiet(file.kind):
        try:
            dataset = file.memory.get(_DATASET) or _open(file)
            if file.kind is kinds.JSON:
                # GDAL reads the whole of it on opening: once is enough.
                file.memory[_DATASET] = dataset
            gdal.ErrorReset()
            yield dataset
        except RuntimeError as error:
            raise SourceError(f"{file.path.name} cannot be read: {error}. Get the file again.") from error
        except SystemError as error:
            # GDAL's Python binding trips over its own messages where these quote bytes that are no UTF-8.
            raise SourceError(
                f"{file.path.name} cannot be read: some of it is no UTF-8 text, or damaged. Get the file again."
            ) from error


def _open(file: DataFile) -> gdal.Dataset:
    options = ["ENCODING="] if file.kind is kinds.SHAPEFILE and shapefiles.encoding_is_a_guess(file.opened) else []
    # Tables that no layer list names may be queries.
    options += ["LIST_ALL_TABLES=NO"] if file.kind is kinds.GEOPACKAGE else []
    dataset = gdal.OpenEx(
        str(file.opened), gdal.OF_VECTOR, allowed_drivers=list(file.kind.drivers), open_options=options
    )
    if dataset is None:
        raise RuntimeError(gdal.GetLastErrorMsg() or "it is not what its name says, or damaged")
    return dataset


def _forgive_shapes(level: int, number: int, message: str) -> None:
    """Let a GeoJSON's shape that cannot be read be a row without a place, not the end of the file."""
    if level == gdal.CE_Failure and message.startswith(("Invalid ", "Unrecognized GeoJSON")):
        gdal.ErrorReset()


@contextmanager
def _quiet(kind: Kind) -> Iterator[None]:
    """Keep GDAL's messages from the console, and set its options for this thread."""
    before = {name: gdal.GetThreadLocalConfigOption(name) for name in _OPTIONS}
    gdal.PushErrorHandler(_forgive_shapes if kind is kinds.JSON else "CPLQuietErrorHandler")
    try:
        for name, value in _OPTIONS.items():
            gdal.SetThreadLocalConfigOption(name, value)
        with ExitStack() as stack:
            # Where GDAL can say so for this thread alone (3.7 and later): errors by message, not by exception.
            for module in (gdal, ogr, osr):
                if hasattr(module, "ExceptionMgr"):
                    stack.enter_context(module.ExceptionMgr(useExceptions=False))
            yield
    finally:
        for name, value in before.items():
            gdal.SetThreadLocalConfigOption(name, value)
        gdal.PopErrorHandler()
