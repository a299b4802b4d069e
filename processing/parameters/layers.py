"""The layer chosen for a parameter, and which part of it: QGIS wraps both where only selected rows are read."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
)

from ...translation import tr


def chosen_layer(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> QgsMapLayer | None:
    """Return the layer, also where only a part of it is to be read: there QGIS itself returns none."""
    value = parameters.get(name)
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        parameters = {**parameters, name: value.source}
    return algorithm.parameterAsLayer(parameters, name, context)


def part_read(value: Any) -> str:
    """Return in words which part of a layer is read, "" for all of it."""
    if not isinstance(value, QgsProcessingFeatureSourceDefinition):
        return ""
    parts = [tr("selected features only")] if value.selectedFeaturesOnly else []
    if value.featureLimit >= 0:
        parts.append(tr("the first {n} features").format(n=value.featureLimit))
    if wanted := getattr(value, "filterExpression", ""):  # from QGIS 3.32
        parts.append(tr("features that fit {filter}").format(filter=wanted))
    return ", ".join(parts)
