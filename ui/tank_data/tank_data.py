"""The tanks of one layer as arrays: read beside the window, and again when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...analysis.selection.columns import TankColumns
from ...sources.errors import SourceError
from ..background import Job
from .changes import LayerChanges
from .layers import columns_of, is_alive
from .reading import Tanks, reading_of

if TYPE_CHECKING:
    from ...analysis.selection.table import TankTable


class TankData(QObject):
    """The tanks of one layer, under the user's own filter (``own``) whatever else filters the layer now.

    Reading begins at once, and again when the layer's data change. ``table`` is None until ``ready``; tanks that are
    read again keep the one they had until the new one is there, or ``failed`` says why there is none. ``problem``:
    what of the tanks the filter cannot use, for people.
    """

    ready = pyqtSignal()
    failed = pyqtSignal(str)
    progressed = pyqtSignal(int)

    def __init__(
        self, layer: QgsVectorLayer, own: str = "", columns: TankColumns | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.layer = layer
        self.own = own
        self.table: TankTable | None = None
        self.problem = ""
        self._columns = columns
        self._job: Job | None = None
        self._is_due = False
        self._changes = LayerChanges(layer, self.reread, self.close)
        self.reread()

    @property
    def is_reading(self) -> bool:
        """Whether the tanks are being read now, or will be at once."""
        return self._job is not None or self._is_due

    def reread(self, own: str | None = None) -> None:
        """Read the tanks again, what is being read now being stale; under another filter of the user's where given."""
        self._cancel()
        if own is not None:
            self.own = own
        self._is_due = True
        QTimer.singleShot(0, self._begin_if_due)

    def close(self) -> None:
        """Stop reading and listening, for good."""
        self._cancel()
        self._changes.close()
        self.table = None

    def _begin_if_due(self) -> None:
        if self._is_due:
            self._is_due = False
            self._begin()

    def _begin(self, fast: bool = True) -> None:
        if not is_alive(self.layer):
            return
        try:
            work = reading_of(self.layer, self._columns or columns_of(self.layer), self.own, fast)
        except SourceError as error:
            self._failed(error)
            return
        self._changes.begin()
        self._job = Job(work, self._done, self._failed)
        self._job.progressed.connect(self.progressed)
        self._job.start()

    def _cancel(self) -> None:
        self._is_due = False
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _done(self, tanks: Tanks | None) -> None:
        self._job = None
        if tanks is None:
            self._begin(fast=False)
            return
        self.table, self.problem = tanks
        self.ready.emit()

    def _failed(self, error: SourceError) -> None:
        self._job = self.table = None
        self.problem = ""
        self.failed.emit(str(error))


_shared: dict[str, tuple[TankData, int]] = {}


def shared(layer: QgsVectorLayer, own: str) -> TankData:
    """Return the tanks of a layer, read once for all who ask. Give them back with ``release``."""
    data, users = _shared.get(layer.id(), (None, 0))
    if data is None or data.layer is not layer:
        data, users = TankData(layer, own), 0
    elif data.own != own or (data.table is None and not data.is_reading):
        data.reread(own)
    _shared[layer.id()] = (data, users + 1)
    return data


def release(data: TankData) -> None:
    """Give back what ``shared`` gave; the last to do so ends the reading."""
    for key, (kept, users) in list(_shared.items()):
        if kept is data:
            if users > 1:
                _shared[key] = (data, users - 1)
                return
            del _shared[key]
    data.close()
