"""Layers that were let go while they were edited: each gets its user's own filter back when the editing ends."""

from __future__ import annotations

from qgis.core import QgsVectorLayer

from ...connections import Connections
from ...tank_data.layers import is_alive
from .hold import FilterHold


class OwedLayers:
    """Waits for the end of editing."""

    def __init__(self) -> None:
        self._waiting: dict[str, Connections] = {}

    def add(self, hold: FilterHold) -> None:
        """Restore this layer when its editing ends."""
        later = self._waiting[hold.layer.id()] = Connections()
        later.connect(hold.layer.editingStopped, lambda: self._pay(hold))
        later.connect(hold.layer.willBeDeleted, lambda: self._forget(later))

    def forget(self, layer: QgsVectorLayer) -> None:
        """Restore this layer no more: it is filtered again."""
        if layer.id() in self._waiting:
            self._waiting.pop(layer.id()).close()

    def close(self) -> None:
        """Wait no longer."""
        for later in self._waiting.values():
            later.close()
        self._waiting.clear()

    def _pay(self, hold: FilterHold) -> None:
        if is_alive(hold.layer) and hold.restore():
            self.forget(hold.layer)

    def _forget(self, gone: Connections) -> None:
        gone.drop()
        self._waiting = {key: value for key, value in self._waiting.items() if value is not gone}
