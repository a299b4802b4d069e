"""What is known of the tanks of the layer in hand: its columns, the tanks as they are read, and how many are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...analysis.selection.columns import TankColumns
from ...analysis.selection.wanted import TankFilter
from ..connections import Connections
from ..tank_data.counter import Counter
from ..tank_data.layers import columns_of
from ..tank_data.tank_data import TankData, release, shared
from . import saying

if TYPE_CHECKING:
    from ...analysis.selection.counts import Counts
    from ...analysis.selection.table import TankTable


class TanksInHand(QObject):
    """Reads and counts beside the window.

    ``ready``: the tanks are read, by the columns that the layer has now. ``counted``: ``counts`` is new, or None.
    ``failed`` and ``uncounted``: they cannot be read, or not be counted, and why.
    """

    ready = pyqtSignal()
    failed = pyqtSignal(str)
    uncounted = pyqtSignal(str)
    counted = pyqtSignal()
    progressed = pyqtSignal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.columns = TankColumns()
        self.counts: Counts | None = None
        self._failure = ""
        self._layer: QgsVectorLayer | None = None
        self._data: TankData | None = None
        self._connections = Connections()
        self._counter = Counter(self)
        self._counter.counted.connect(self._tell)
        self._counter.failed.connect(self.uncounted)

    @property
    def table(self) -> TankTable | None:
        """The tanks under the user's own filter, None until they are read."""
        return self._data.table if self._data else None

    @property
    def is_reading(self) -> bool:
        """Whether the tanks are being read now."""
        return self._data is not None and self._data.is_reading

    @property
    def is_counting(self) -> bool:
        """Whether newer counts will come."""
        return self._counter.is_counting

    @property
    def is_known(self) -> bool:
        """Whether the tanks are read, by the columns that the layer has now."""
        return self.table is not None and self.table.columns == self.columns

    @property
    def problem(self) -> str:
        """What hinders the filter, for people; empty where nothing does."""
        if self._failure or self._data is None or self.table is None:
            return self._failure
        return self._data.problem or ("" if self.table.years else saying.no_years())

    def take(self, layer: QgsVectorLayer, own: str) -> None:
        """Read the tanks of this layer under the user's own filter; ``ready`` follows, even where they are read."""
        self._layer, self.columns = layer, columns_of(layer)
        self._data = data = shared(layer, own)
        for signal, slot in (
            (data.ready, self._on_ready),
            (data.failed, self._on_failed),
            (data.progressed, self.progressed.emit),
        ):
            self._connections.connect(signal, slot)
        if data.table is not None and not data.is_reading:
            self._on_ready()

    def drop(self) -> None:
        """Know nothing any more: the layer is let go, or gone."""
        self._connections.close()
        data, self._data, self._layer = self._data, None, None
        self._failure, self.columns = "", TankColumns()
        if data is not None:
            release(data)
        self.count(None)

    def reread(self, own: str) -> None:
        """Read the tanks again, under another filter of the user's own."""
        if self._data is not None:
            self._data.reread(own)

    def look_at_columns(self) -> None:
        """Read the tanks again where the layer's columns are others than those that were read, or reading failed."""
        if self._layer is None or self._data is None:
            return
        self.columns = columns_of(self._layer)
        if not self.is_reading and not self.is_known:
            self._data.reread()

    def count(self, wanted: TankFilter | None) -> None:
        """Count what this filter shows; None: nothing. While the tanks are being read, that waits for ``ready``."""
        self._counter.cancel()
        if wanted is not None and self.table is not None and not self.is_reading:
            self._counter.ask(self.table, wanted)
        self._tell(None)

    def _tell(self, counts: Counts | None) -> None:
        self.counts = counts
        self.counted.emit()

    def _on_ready(self) -> None:
        self._failure = ""
        self.look_at_columns()
        if not self.is_reading:
            self.ready.emit()

    def _on_failed(self, why: str) -> None:
        self._failure = why
        self.failed.emit(why)
