"""Files of one report, written aside and renamed together: a full disk leaves earlier ones as they were."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from qgis.core import QgsProcessingException

from ...translation import tr


class FilesAside:
    """Files that are put in place when the block ends without an error; else nothing of them is left."""

    def __init__(self) -> None:
        self._aside: dict[Path, Path] = {}

    def __enter__(self) -> FilesAside:
        return self

    def write(self, path: Path, data: bytes) -> None:
        """Write a file. Raises QgsProcessingException where it cannot be written."""
        aside = self._aside[path] = path.with_name(f"{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(data)
        except OSError as error:
            raise _cannot_write(path, error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._put_in_place()
        finally:
            for aside in self._aside.values():
                _remove(aside)

    def _put_in_place(self) -> None:
        for path, aside in self._aside.items():
            try:
                os.replace(aside, path)
            except OSError as error:
                raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> QgsProcessingException:
    """Return the error that says what to do."""
    return QgsProcessingException(
        tr(
            "The report could not be written to {path}: {why}. Is the disk full, the folder read-only, or the file "
            "open in another program? Choose another place and run again."
        ).format(path=path, why=error.strerror or error)
    )


def _remove(path: Path) -> None:
    with suppress(OSError):  # a folder that has become read-only
        path.unlink(missing_ok=True)
