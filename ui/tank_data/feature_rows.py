"""The slow way to read tanks, which every layer allows: feature by feature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsProviderRegistry,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from ...analysis.progress import Cancelled, Progress
from ...analysis.selection.columns import TankColumns
from ...sources.errors import SourceError
from ...translation import tr
from ..background import IsCancelled
from .feature_values import column_of

if TYPE_CHECKING:
    import numpy as np

    from ...analysis.selection.coding import Raw

_AT_ONCE = 5_000
_SERVERS = ("postgres", "mssql", "oracle", "hana")


class FeatureRows:
    """A layer's tanks as they are now, edits too, under the user's own filter. Made in the main thread, read in any."""

    def __init__(self, layer: QgsVectorLayer, own: str, columns: TankColumns) -> None:
        self._columns = columns
        fields = layer.dataProvider().fields()
        self._places = [fields.indexFromName(columns.names[role]) for role in columns.names]
        self._total = _known_count(layer)
        self._layer = layer.name(), layer.providerType(), layer.source()
        self._source = _source_under(layer, own)

    def read(
        self, is_cancelled: IsCancelled, progress: Progress
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, Raw]]:
        """Return numbers, x and y of the features (NaN where there is no point), and role to column."""
        import numpy as np

        kinds = self._columns.kinds
        read = {role: column_of(kinds[role]) for role in self._columns.names}
        parts: list[tuple[np.ndarray, np.ndarray]] = [(np.empty(0, dtype=np.int64), np.empty((0, 2)))]
        rows = 0
        request = QgsFeatureRequest().setSubsetOfAttributes(self._places)
        features: list[QgsFeature] = []
        for feature in self._source.getFeatures(request):
            features.append(feature)
            if len(features) == _AT_ONCE:
                rows += _AT_ONCE
                self._take(features, read, parts)
                features.clear()
                if is_cancelled():
                    raise Cancelled
                progress(min(rows / self._total, 1.0) if self._total else 0.0)
        self._take(features, read, parts)
        if not rows and not features:
            _ask_server(*self._layer)
        places = np.concatenate([place for _, place in parts])
        x, y = np.ascontiguousarray(places.T)
        return np.concatenate([fids for fids, _ in parts]), x, y, {role: each.finish() for role, each in read.items()}

    def _take(self, features: list[QgsFeature], read: dict[str, Any], parts: list) -> None:
        import numpy as np

        fids = np.array([feature.id() for feature in features], dtype=np.int64)
        parts.append((fids, np.array([_place(feature) for feature in features], dtype=float).reshape(-1, 2)))
        for place, column in zip(self._places, read.values()):
            column.take([feature[place] for feature in features])


def _source_under(layer: QgsVectorLayer, own: str) -> QgsVectorLayerFeatureSource:
    """Return the layer's features under a filter, which stands for a moment alone; nobody is told of it.

    A copy of the layer would do as well, but would copy a memory layer's features and read a text file again.
    """
    provider, applied = layer.dataProvider(), layer.subsetString()
    if applied == own:
        return QgsVectorLayerFeatureSource(layer)
    # SpatiaLite's provider answers no where it is to count nothing.
    counting = layer.providerType() == "spatialite"
    blocked = [(each, each.blockSignals(True)) for each in (layer, provider)]
    try:
        if not provider.setSubsetString(own, counting):
            raise SourceError(
                tr("The layer “{layer}” refuses its own filter: {filter}. Clear it in the layer's properties.").format(
                    layer=layer.name(), filter=own
                )
            )
        return QgsVectorLayerFeatureSource(layer)
    finally:
        provider.setSubsetString(applied, counting)
        for each, before in blocked:
            each.blockSignals(before)


def _ask_server(name: str, provider: str, source: str) -> None:
    """See whether a layer without tanks is one whose server is gone, which gives none either. Raises SourceError."""
    metadata = QgsProviderRegistry.instance().providerMetadata(provider)
    if provider not in _SERVERS or metadata is None:
        return
    try:
        metadata.createConnection(source, {}).executeSql("SELECT 1")
    except QgsException as error:
        text = tr(
            "The tanks of “{layer}” cannot be read: its server does not answer ({why}). Connect to it, then reload."
        )
        raise SourceError(text.format(layer=name, why=" ".join(str(error).split()))) from error


def _known_count(layer: QgsVectorLayer) -> int:
    """Return how many features at most will be read; 0 where the provider would have to count them."""
    counts = layer.providerType() in ("memory", "delimitedtext") and not layer.subsetString()
    return max(layer.featureCount(), 0) if counts else 0


def _place(feature: QgsFeature) -> tuple[float, float]:
    """Return where a tank is; of a multipoint, its first point."""
    geometry = feature.geometry()
    if geometry.isNull() or geometry.isEmpty():
        return float("nan"), float("nan")
    point = geometry.vertexAt(0)
    return point.x(), point.y()
