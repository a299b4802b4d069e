"""A layer as it was, with columns of ours beside its own."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)

from ...analysis.fields import Field
from ...analysis.progress import Cancelled, Progress, silent
from ..parameters.checks import is_empty
from ..reading.feature_source import NO_CHECK, open_source
from .carried_fields import carried_names, renamed, tell_renamed
from .qgis_fields import qgis_fields
from .sinks import add, check_whole, tell_lost

_BATCH = 5_000


def write_carried(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    names: tuple[str, str],
    fields: list[Field],
    values: dict[int, Any],
    otherwise: Any,
    progress: Progress = silent,
) -> dict[str, str]:
    """Write every feature of a layer with its geometry, its own columns and ours; return the output's entry.

    ``names``: the parameters of the layer and of the output, which may be left empty. ``values``: our columns by
    feature id; ``otherwise``: those of every other feature, None to leave these out. Raises Cancelled.
    """
    layer_name, output = names
    if is_empty(parameters.get(output)):
        return {}
    source = open_source(algorithm, parameters, layer_name, context)
    layer = algorithm.parameterAsVectorLayer(parameters, layer_name, context)
    own = carried_names(source, layer, [field.name for field in fields])
    tell_renamed(source.fields().names(), own, feedback)
    columns = renamed(source.fields(), own)
    for field in qgis_fields(fields):
        columns.append(field)
    sink, destination = algorithm.parameterAsSink(
        parameters, output, context, columns, source.wkbType(), source.sourceCrs()
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, output))
    batch, done, shapeless = [], 0, 0
    for feature in source.getFeatures(QgsFeatureRequest(), NO_CHECK):
        ours = values.get(feature.id(), otherwise)
        if ours is not None:
            copy = QgsFeature()
            copy.setGeometry(feature.geometry())
            shapeless += not feature.hasGeometry()
            copy.setAttributes([*feature.attributes(), *ours])
            batch.append(copy)
        if len(batch) == _BATCH:
            if feedback.isCanceled():
                raise Cancelled
            add(sink, batch, output)
            done, batch = done + _BATCH, []
            progress(min(done / max(source.featureCount(), 1), 1.0))
    add(sink, batch, output)
    del sink  # which closes the file
    check_whole(destination, output)
    tell_lost(destination, shapeless, output, feedback)
    return {output: destination}
