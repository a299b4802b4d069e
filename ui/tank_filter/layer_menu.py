"""The menu beside the chooser of layers: point layers whose columns the user can name."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtWidgets import QAction, QMenu, QWidget

from ...translation import tr
from ..tank_data.layers import is_tank_layer


class LayerMenu(QMenu):
    """Lists the project's point layers; ``take`` is given the one whose columns were named."""

    def __init__(self, take: Callable[[QgsVectorLayer], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._on_chosen)

    def name_columns(self, layer: QgsVectorLayer) -> None:
        """Let the user say which columns hold what, and take the layer."""
        from ..tank_data.mapping_dialog import MappingDialog

        if MappingDialog(layer, self.parentWidget()).exec() and is_tank_layer(layer):
            self._take(layer)

    def _fill(self) -> None:
        self.clear()
        layers = [layer for layer in QgsProject.instance().mapLayers().values() if _has_points(layer)]
        tanks = [layer for layer in layers if is_tank_layer(layer)]
        others = [layer for layer in layers if not is_tank_layer(layer)]
        self._add_section(tr("Use another point layer"), others)
        self._add_section(tr("Change the columns of"), tanks)
        if not layers:
            self.addAction(tr("The project has no point layers")).setEnabled(False)

    def _add_section(self, title: str, layers: list[QgsVectorLayer]) -> None:
        if layers:
            self.addSection(title)
        for layer in sorted(layers, key=lambda layer: layer.name().casefold()):
            action = self.addAction(tr("{layer}…").format(layer=layer.name().replace("&", "&&")))
            action.setData(layer.id())

    def _on_chosen(self, action: QAction) -> None:
        layer = QgsProject.instance().mapLayer(str(action.data()))
        if isinstance(layer, QgsVectorLayer):
            self.name_columns(layer)


def _has_points(layer: QgsMapLayer) -> bool:
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.isValid()
        and layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry
    )
