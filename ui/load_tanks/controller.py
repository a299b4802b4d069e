"""The state of the dialog Load tanks, without widgets: a file, its preview, and what the user says about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...sources.errors import CrsMissing, SourceError
from ..background import Job
from . import memory
from .choices import Choices

if TYPE_CHECKING:
    from ...sources.preview import Preview

ALGORITHM = "loadusgstanks"
_REST_MS = 200  # a user who types a path, or steps through a drop-down with the keys, passes by others


class LoadTanksController(QObject):
    """Keeps the preview in step with the choices; ``changed`` is told whenever there is something new to show."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._start)
        self._clear(Choices())

    @property
    def is_reading(self) -> bool:
        """Whether a preview is under way."""
        return self._job is not None or self._rest.isActive()

    @property
    def is_ready(self) -> bool:
        """Whether the file can be loaded as it is shown."""
        read = bool(self.preview and self.preview.columns and not self.problem and not self.is_reading)
        return read and not self.lacks_places

    @property
    def mapping(self) -> dict[str, str]:
        """The column of each role: as chosen, though the preview may still be under way, else as found."""
        return {**(self.preview.mapping if self.preview else {}), **self.choices.columns}

    @property
    def lacks_places(self) -> bool:
        """Whether the layer is a mere table, and nothing in it says where the tanks are."""
        if not self.preview or not self.preview.columns or not _is_table(self.preview):
            return False
        from ...sources.columns.roles import geometry_column

        chosen = all(self.preview.mapping.get(role) for role in ("lat", "lon"))
        return not chosen and not geometry_column(self.preview.columns)

    def open(self, path: str, is_cached_release: bool = False) -> None:
        """Take another file, or the same one anew. ``is_cached_release``: it is the cache's copy of the release."""
        self._clear(Choices(path=path.strip(), is_cached_release=is_cached_release))
        self._read()

    def choose_layer(self, layer: str) -> None:
        """Read another layer of the file: other columns, so what was said about columns no longer holds."""
        if layer != self.choices.layer:
            self.is_remembered = self.recalled = False
            self._choose(layer=layer, columns={})

    def choose_crs(self, crs: str) -> None:
        """Say which CRS the coordinates are in; "" takes that back."""
        if crs != self.choices.crs:
            self._choose(crs=crs)

    def choose_column(self, role: str, column: str) -> None:
        """Say which column plays a role, "" for none."""
        if self.preview is not None and column != self.mapping.get(role, ""):
            self._choose(columns={**self.choices.columns, role: column})

    def start_over(self) -> None:
        """Leave all roles to Leachwatch again."""
        self.recalled = True  # not at once again
        self.is_remembered = False
        self._choose(columns={})

    def remember(self) -> None:
        """Keep the roles for files with the same columns."""
        if self.preview is not None:
            memory.remember(self.preview.columns, self.choices.field_map)

    def forget(self) -> None:
        """Keep nothing for files with the same columns, and leave the roles to Leachwatch again."""
        if self.preview is not None:
            memory.forget(self.preview.columns)
            self.start_over()

    def stop(self) -> None:
        """Stop reading; what is shown stays. A file of which nothing was read is let go."""
        if self.is_reading:
            self._cancel()
            if self.preview is None:
                self._clear(Choices())
            self.changed.emit()

    def close_down(self) -> None:
        """Stop reading, for good: the plugin unloads."""
        job = self._job
        self._cancel()
        if job is not None:
            job.wait(2)

    def parameters(self, snapshot_year: int | None) -> dict[str, Any]:
        """Return the algorithm's parameters for what is shown; the outputs are the caller's."""
        return self.choices.parameters(snapshot_year)

    def _clear(self, choices: Choices) -> None:
        self.choices = choices
        self.preview: Preview | None = None
        self.problem = ""
        self.wants_crs = False
        self.is_remembered = False  # the roles are those kept for such columns
        self.recalled = False  # the memory was asked for this file and layer

    def _choose(self, **changes: Any) -> None:
        self.choices = replace(self.choices, **changes)
        self._read()

    def _read(self) -> None:
        """Read a preview, in place of one that is still under way."""
        self._cancel()
        if self.choices.path:
            self._rest.start(_REST_MS)
        self.changed.emit()

    def _start(self) -> None:
        self._job = Job(self.choices.reading(), self._show, self._fail)
        self._job.start()

    def _cancel(self) -> None:
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _show(self, preview: Preview) -> None:
        self._job, self.problem = None, ""
        self.preview = preview
        self.wants_crs = bool(self.choices.crs) or _is_table(preview)
        if not self._recall():
            self.changed.emit()

    def _fail(self, error: SourceError) -> None:
        self._job, self.problem = None, str(error)
        self.wants_crs = self.wants_crs or isinstance(error, CrsMissing)
        self.changed.emit()

    def _recall(self) -> bool:
        """Use what is kept for such columns, once for a layer; return whether that was done."""
        if self.recalled or self.choices.columns or not self.preview or not self.preview.columns:
            return False
        self.recalled = True
        columns = _usable(memory.remembered(self.preview.columns), self.preview.columns)
        if columns:
            self.is_remembered = True
            self._choose(columns=columns)
        return bool(columns)


def _usable(field_map: str, columns: list[str]) -> dict[str, str]:
    """Return role → column of a kept FIELD_MAP, or nothing where it no longer fits."""
    from ...sources.columns.roles import parse_field_map
    from ...sources.points.tank_columns import ROLES

    try:
        return parse_field_map(field_map, ROLES, columns)
    except SourceError:
        return {}


def _is_table(preview: Preview) -> bool:
    """Return whether the layer is a mere table: its coordinate columns state no CRS."""
    read = [layer for layer in preview.layers if layer.name == preview.layer] or preview.layers
    return len(read) > 0 and read[0].geometry == "none"
