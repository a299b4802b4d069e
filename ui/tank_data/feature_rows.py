"""The slow way to read tanks, which every layer allows: feature by feature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeature, QgsFeatureRequest, QgsVectorLayer, QgsVectorLayerFeatureSource
from qgis.PyQt.QtCore import QDate, QDateTime

from ...analysis.progress import Cancelled, Progress
from ...analysis.selection.columns import DATE, NUMBER, YEAR, TankColumns
from ...sources.errors import SourceError
from ...translation import tr
from ..background import IsCancelled

if TYPE_CHECKING:
    import numpy as np

    from ...analysis.selection.coding import Raw

_AT_ONCE = 5_000
_FIRST_JULIAN_DAY = 2_440_588  # of 1970-01-01, from which numpy counts days


class FeatureRows:
    """A layer's tanks as they are now, edits too, under the user's own filter. Made in the main thread, read in any."""

    def __init__(self, layer: QgsVectorLayer, own: str, columns: TankColumns) -> None:
        self._columns = columns
        fields = layer.dataProvider().fields()
        self._places = [fields.indexFromName(columns.names[role]) for role in columns.names]
        self._total = _known_count(layer)
        self._source = _source_under(layer, own)

    def read(
        self, is_cancelled: IsCancelled, progress: Progress
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, Raw]]:
        """Return numbers, x and y of the features (NaN where there is no point), and role to column."""
        import numpy as np

        kinds = self._columns.kinds
        read = {role: _column(kinds[role]) for role in self._columns.names}
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


def _column(kind: str) -> Any:
    from ...sources.files.coded_text import CodedText

    return _Numbers() if kind in (YEAR, NUMBER) else _Days() if kind == DATE else _Texts(CodedText())


class _Texts:
    def __init__(self, texts: Any) -> None:
        self._texts = texts

    def take(self, values: list[Any]) -> None:
        self._texts.take_each([None if _is_null(value) else str(value) for value in values])

    def finish(self) -> Raw:
        return self._texts.finish()


class _Numbers:
    def __init__(self) -> None:
        self._parts: list[np.ndarray] = []

    def take(self, values: list[Any]) -> None:
        import numpy as np

        self._parts.append(np.array([np.nan if _is_null(value) else value for value in values]))

    def finish(self) -> Raw:
        import numpy as np

        return np.concatenate([part for part in self._parts if len(part)] or [np.empty(0)])


class _Days(_Numbers):
    def take(self, values: list[Any]) -> None:
        import numpy as np

        days = np.array([_day(value) for value in values], dtype="datetime64[D]")
        self._parts.append(days)

    def finish(self) -> Raw:
        import numpy as np

        return np.concatenate([*self._parts, np.empty(0, dtype="datetime64[D]")])


def _day(value: Any) -> Any:
    import numpy as np

    day = value.date() if isinstance(value, QDateTime) else value
    if not isinstance(day, QDate) or not day.isValid():
        return np.datetime64("NaT")
    return np.datetime64(day.toJulianDay() - _FIRST_JULIAN_DAY, "D")


def _is_null(value: Any) -> bool:
    return value is None or (hasattr(value, "isNull") and value.isNull())
