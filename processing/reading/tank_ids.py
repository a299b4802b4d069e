"""The ids of a few tanks of a layer, read when they are written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureRequest, QgsProcessingContext

from ...analysis.fields import find_columns
from ..parameters.sites import TANKS
from .feature_source import NO_CHECK, open_source

if TYPE_CHECKING:
    import numpy as np

    from ..base import LeachwatchAlgorithm

_ID = "tank_id"


def tank_ids(
    algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, features: np.ndarray
) -> np.ndarray:
    """Return the ``tank_id`` of each feature (by the layer's own number) as text, None where there is none."""
    import numpy as np

    result = np.full(len(features), None, dtype=object)
    source = open_source(algorithm, parameters, TANKS, context)
    column = find_columns(source.fields().names(), [_ID]).get(_ID)
    if column is None or len(features) == 0:
        return result
    index = source.fields().indexFromName(column)
    request = QgsFeatureRequest().setFilterFids([int(number) for number in np.unique(features)])
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry).setSubsetOfAttributes([index])
    found = {feature.id(): feature[index] for feature in source.getFeatures(request, NO_CHECK)}
    for row, number in enumerate(features):
        value = found.get(int(number))
        if value is not None and not (hasattr(value, "isNull") and value.isNull()):
            result[row] = str(value)
    return result
