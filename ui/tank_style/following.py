"""Keeps *status in the chosen year* of every tank layer at the year of the tank filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer

from ..connections import Connections
from ..tank_data.layers import is_alive, tank_layers
from .dressing import follow_year


class YearFollower:
    """Listens to the tank layers of the project while it is on. ``told`` gets each layer whose year changed."""

    def __init__(self, told: Callable[[QgsVectorLayer], None]) -> None:
        self._told = told
        self._project = Connections()
        self._layers: dict[str, tuple[QgsVectorLayer, Connections]] = {}
        # Filter and property change one after the other: one look after both.
        self._soon = QTimer()
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)

    def turn_on(self) -> None:
        """Listen to the project's tank layers, and to those that come."""
        project = QgsProject.instance()
        self._project.connect(project.layersAdded, self._listen_to_all)
        self._project.connect(project.layersWillBeRemoved, self._leave)
        self._listen_to_all()

    def turn_off(self) -> None:
        """Listen to nothing any more."""
        self._soon.stop()
        self._project.close()
        self._leave(list(self._layers))

    def look(self) -> None:
        """See now whether a layer shows another year than its filter's."""
        for layer, _ in list(self._layers.values()):
            if is_alive(layer) and follow_year(layer):
                self._told(layer)

    def _listen_to_all(self, *_: object) -> None:
        for layer in tank_layers(QgsProject.instance()):
            if layer.id() not in self._layers:
                self._layers[layer.id()] = (layer, self._listen_to(layer))
        self._ask()

    def _listen_to(self, layer: QgsVectorLayer) -> Connections:
        listening = Connections()
        for signal in (
            layer.subsetStringChanged,
            layer.customPropertyChanged,
            layer.styleManager().currentStyleChanged,
        ):
            listening.connect(signal, self._ask)
        return listening

    def _leave(self, ids: Iterable[str | QgsMapLayer]) -> None:
        for name in ids:
            layer, listening = self._layers.pop(str(name), (None, None))
            if listening is not None:
                listening.close() if is_alive(layer) else listening.drop()

    def _ask(self, *_: object) -> None:
        self._soon.start()
