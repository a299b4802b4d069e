"""Which columns of any point layer may play which role: by names and by what the first rows hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureRequest, QgsVectorLayer, QgsVectorLayerFeatureSource
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ...analysis.progress import Cancelled
from ...analysis.selection.wanted import READ_ROLES
from ..background import IsCancelled, Work
from .columns import columns_of, fitting

if TYPE_CHECKING:
    import pandas as pd


def proposing(layer: QgsVectorLayer) -> Work:
    """Return the work that proposes columns: role to column. Call it in the main thread."""
    source = QgsVectorLayerFeatureSource(layer)
    names = layer.dataProvider().fields().names()
    by_name = dict(columns_of(layer).names)
    fits = {role: set(fitting(layer, role)) for role in READ_ROLES}

    def work(is_cancelled: IsCancelled, _: object) -> dict[str, str]:
        try:
            found = _found(_sample(source, names, is_cancelled))
        except ImportError:  # without pandas, names must do
            found = {}
        found.setdefault("first_seen", found.get("date", ""))
        return {**{role: column for role, column in found.items() if column in fits.get(role, ())}, **by_name}

    return work


def _found(sample: pd.DataFrame) -> dict[str, str]:
    from ...analysis.fields import TANKS
    from ...sources.columns.aliases import TANK
    from ...sources.columns.choosing import choose

    return dict(choose(sample, TANKS, TANK, {}).columns)


def _sample(source: QgsVectorLayerFeatureSource, names: list[str], is_cancelled: IsCancelled) -> pd.DataFrame:
    import pandas as pd

    from ...sources.columns.content import SAMPLE

    request = QgsFeatureRequest().setLimit(SAMPLE).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    rows = []
    for feature in source.getFeatures(request):
        if is_cancelled():
            raise Cancelled
        rows.append([_plain(value) for value in feature.attributes()[: len(names)]])
    return pd.DataFrame(rows, columns=names, dtype=object)


def _plain(value: Any) -> Any:
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    if isinstance(value, (QDate, QDateTime)):
        return value.toString(Qt.DateFormat.ISODate)
    return value if isinstance(value, (str, int, float)) else str(value)
