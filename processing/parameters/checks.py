"""What is wrong with a value, in words that say what to change. Models and batches run no checks of QGIS's own."""

from __future__ import annotations

import math
import sys
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProperty,
)

from ...translation import tr

_OPTIONAL = QgsProcessingParameterDefinition.Flag.FlagOptional


def is_empty(value: Any) -> bool:
    """Return whether a parameter was left empty: nothing, an empty text, QGIS's NULL, or (in a batch) a sink to ''."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        return value.sink.propertyType() == QgsProperty.Type.StaticProperty and is_empty(value.sink.staticValue())
    return value is None or value == "" or bool(hasattr(value, "isNull") and value.isNull())


def wrong_value(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return what is wrong with the first number or choice that cannot be, or nothing."""
    for parameter in algorithm.parameterDefinitions():
        value = parameters.get(parameter.name())
        if isinstance(parameter, QgsProcessingParameterNumber):
            message = _wrong_number(algorithm, parameter, parameters, value, context)
        elif isinstance(parameter, QgsProcessingParameterEnum):
            message = _wrong_choice(algorithm, parameter, parameters, value, context)
        elif isinstance(parameter, QgsProcessingParameterFeatureSink):
            message = _wrong_table(parameter, value)
        else:
            continue
        if message:
            return message
    return ""


def _wrong_number(
    algorithm: QgsProcessingAlgorithm,
    parameter: QgsProcessingParameterNumber,
    parameters: dict[str, Any],
    value: Any,
    context: QgsProcessingContext,
) -> str:
    if is_empty(value):
        needed = parameter.defaultValue() is None and not parameter.flags() & _OPTIONAL
        return tr("{what} ({id}) is missing. Give it.").format(**_named(parameter)) if needed else ""
    if isinstance(value, QgsProperty):
        value = algorithm.parameterAsDouble(parameters, parameter.name(), context)
    number = _number(value)
    whole = parameter.dataType() == QgsProcessingParameterNumber.Type.Integer
    # A whole number beyond what QGIS can hold would come back as another one.
    highest = min(parameter.maximum(), _no_limit(whole))
    within = parameter.minimum() <= number <= highest
    if math.isfinite(number) and within and (not whole or number.is_integer()):
        return ""
    kind = tr("a whole number") if whole else tr("a number")
    open_ended = parameter.maximum() >= _no_limit(whole) and not number > highest
    limits = tr("at least {low}") if open_ended else tr("from {low} to {high}")
    text = tr("{what} ({id}) must be {kind}, {limits}. It is {value}: change it.")
    bounds = limits.format(low=f"{parameter.minimum():g}", high=f"{highest:.10g}")
    return text.format(kind=kind, limits=bounds, value=value, **_named(parameter))


def _wrong_choice(
    algorithm: QgsProcessingAlgorithm,
    parameter: QgsProcessingParameterEnum,
    parameters: dict[str, Any],
    value: Any,
    context: QgsProcessingContext,
) -> str:
    if isinstance(value, QgsProperty):
        value = algorithm.parameterAsEnumString(parameters, parameter.name(), context)
    if is_empty(value) or value in parameter.options():
        return ""
    text = tr("{what} ({id}) must be one of {options}. It is {value}: change it.")
    return text.format(options=", ".join(parameter.options()), value=value, **_named(parameter))


def _wrong_table(parameter: QgsProcessingParameterFeatureSink, value: Any) -> str:
    """GDAL leaves out of a FlatGeobuf every row without a shape, and writes of a shapefile the .dbf alone."""
    place = value.sink.staticValue() if isinstance(value, QgsProcessingOutputLayerDefinition) else value
    if parameter.dataType() != QgsProcessing.SourceType.TypeVector or not isinstance(place, str):
        return ""
    if not place.lower().endswith((".fgb", ".shp")):
        return ""
    text = tr("{what} ({id}) is a table without shapes, which {format} cannot hold. Choose .csv, .xlsx or .gpkg.")
    return text.format(format=place[-4:], **_named(parameter))


def _named(parameter: QgsProcessingParameterDefinition) -> dict[str, str]:
    return {"what": parameter.description(), "id": parameter.name()}


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def _no_limit(whole: bool) -> float:
    return 2**31 - 1 if whole else sys.float_info.max
