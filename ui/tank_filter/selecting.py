"""Selects the tanks that are shown, without keeping the window waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from qgis.core import QgsFeatureRequest, QgsVectorLayer, QgsVectorLayerFeatureSource
from qgis.PyQt.QtCore import QLocale, QTimer

from ...translation import tr
from ..background import IsCancelled, Job
from .controller import TankFilterController

if TYPE_CHECKING:
    import numpy as np

    from ...analysis.progress import Progress

# So many at once keep the window waiting for 5 ms, and a million would for 100 to 220.
_AT_ONCE = 25_000
# Where a feature's number is its place among those that are shown now.
_RENUMBERED = ("virtual",)
# What each controller selects now: a newer selection ends the older.
_selecting: WeakKeyDictionary[TankFilterController, np.ndarray] = WeakKeyDictionary()


def select_shown(controller: TankFilterController, layer: QgsVectorLayer) -> None:
    """Select the tanks that the filter shows, in place of what is selected; the end of it is told."""
    table, wanted = controller.table, controller.wanted
    if table is None:
        return
    renumbered = QgsVectorLayerFeatureSource(layer) if layer.providerType() in _RENUMBERED else None

    def work(_is_cancelled: IsCancelled, _progress: Progress) -> np.ndarray:
        import numpy as np

        from ...analysis.selection.mask import shown

        if renumbered is not None:
            request = QgsFeatureRequest().setNoAttributes().setFlags(QgsFeatureRequest.Flag.NoGeometry)
            return np.array([feature.id() for feature in renumbered.getFeatures(request)], dtype=np.int64)
        return table.fids[shown(table, wanted)]

    def done(fids: np.ndarray) -> None:
        if controller.layer is not layer:
            return
        if controller.wanted != wanted or controller.table is not table:
            select_shown(controller, layer)
            return
        _selecting[controller] = fids
        layer.removeSelection()
        _select_from(controller, layer, fids, 0)

    Job(work, done, lambda error: controller.refused.emit(str(error))).start()


def _select_from(controller: TankFilterController, layer: QgsVectorLayer, fids: np.ndarray, start: int) -> None:
    """Add to the selection in stretches, between which the window does what else is due."""
    if _selecting.get(controller) is not fids:
        return
    if controller.layer is not layer:
        del _selecting[controller]
    elif start < len(fids):
        layer.select(fids[start : start + _AT_ONCE].tolist())
        QTimer.singleShot(0, lambda: _select_from(controller, layer, fids, start + _AT_ONCE))
    else:
        del _selecting[controller]
        controller.told.emit(tr("Tanks selected: {n}.").format(n=QLocale().toString(len(fids))))
