"""The tanks of one layer as arrays: read beside the window, and again when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...sources.errors import SourceError
from ..background import Job
from ..connections import Connections
from .layers import columns_of, is_alive
from .reading import reading_of

if TYPE_CHECKING:
    from ...analysis.selection.table import TankTable


class TankData(QObject):
    """The saved tanks of one layer, under the user's own filter (``own``) whatever else filters the layer now.

    ``table`` is None until ``ready``, and again while nothing newer could be read (``failed`` says why). Reading begins
    at once; tanks that are read again keep the table they had until the new one is there.
    """

    ready = pyqtSignal()
    failed = pyqtSignal(str)
    progressed = pyqtSignal(int)

    def __init__(self, layer: QgsVectorLayer, own: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layer = layer
        self.own = own
        self.table: TankTable | None = None
        self._job: Job | None = None
        self._connections = Connections()
        self.reread()

    @property
    def is_reading(self) -> bool:
        """Whether the tanks are being read now."""
        return self._job is not None

    def reread(self, own: str | None = None) -> None:
        """Read the tanks again, what is being read now being stale; under another filter of the user's where given."""
        self._cancel()
        if own is not None:
            self.own = own
        if not is_alive(self.layer):
            return
        work = reading_of(self.layer, columns_of(self.layer), self.own)
        self._job = Job(work, self._done, self._failed)
        self._job.progressed.connect(self.progressed)
        self._job.start()

    def close(self) -> None:
        """Stop reading and listening, for good."""
        self._cancel()
        self._connections.close()
        self.table = None

    def _cancel(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _done(self, table: TankTable) -> None:
        self._job, self.table = None, table
        self.ready.emit()

    def _failed(self, error: SourceError) -> None:
        self._job = self.table = None
        self.failed.emit(str(error))


_shared: dict[str, tuple[TankData, int]] = {}


def shared(layer: QgsVectorLayer, own: str) -> TankData:
    """Return the tanks of a layer, read once for all who ask. Give them back with ``release``."""
    data, users = _shared.get(layer.id(), (None, 0))
    if data is None or data.layer is not layer:
        data, users = TankData(layer, own), 0
    elif data.own != own:
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
