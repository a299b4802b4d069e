"""The exact parameters of a run, to run it again.

Paths are reduced to file names: a path may tell who and where the analyst is.
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProviderRegistry,
)

from ..parameters.checks import is_empty
from ..parameters.layers import chosen_layer, part_read
from .asked import chosen

_TEMPORARY = "TEMPORARY_OUTPUT"
_INTO_DATABASE_FILE = re.compile(r"""^ogr:dbname=(['"])(.+?)\1(.*)$""", re.DOTALL)


def given(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, str]:
    """Return every parameter that has a value, as qgis_process takes it."""
    values = {
        one.name(): _value(algorithm, one, parameters, context)
        for one in algorithm.parameterDefinitions()
        if not (is_empty(parameters.get(one.name())) and (one.isDestination() or is_empty(one.defaultValue())))
    }
    return {name: value for name, value in values.items() if value}


def command(algorithm: QgsProcessingAlgorithm, values: dict[str, str]) -> str:
    """Return the command, a parameter a line."""
    given = (shlex.quote(f"--{name}={value}") for name, value in values.items())
    return " \\\n  ".join([f"qgis_process run {algorithm.id()}", *given])


def as_json(values: dict[str, str]) -> str:
    """Return the values as qgis_process reads them as JSON."""
    return json.dumps({"inputs": values}, ensure_ascii=False, indent=1)


def _value(
    algorithm: QgsProcessingAlgorithm,
    parameter: QgsProcessingParameterDefinition,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> str:
    value = parameters.get(parameter.name())
    if parameter.isDestination():
        return destination(value, context)
    if parameter.type() in ("source", "vector", "multilayer", "layer", "raster"):
        return _input(algorithm, parameter.name(), value, parameters, context)
    return chosen(algorithm, parameter, parameters, context)


def destination(value: Any, context: QgsProcessingContext) -> str:
    """Return an output's place without its folders. A database's name and password are nobody's business."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink.valueAsString(context.expressionContext(), "")[0]
    text = str(value)
    if found := _INTO_DATABASE_FILE.match(text):
        return f"ogr:dbname='{file_name(found[2])}'{found[3]}"
    if text == _TEMPORARY or text.startswith("memory:") or " password=" in text or text.startswith("postgres"):
        return _TEMPORARY
    return file_name(text)


def _input(
    algorithm: QgsProcessingAlgorithm, name: str, value: Any, parameters: dict[str, Any], context: QgsProcessingContext
) -> str:
    layer = chosen_layer(algorithm, parameters, name, context)
    if layer is None:
        return file_name(str(value)) if isinstance(value, str) else name.lower()
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = parts.get("path")
    # The source of a database may hold a user and a password.
    text = file_name(path) if path else layer.name()
    if path and parts.get("layerName"):
        text += f"|layername={parts['layerName']}"
    if path and parts.get("subset"):
        text += f"|subset={parts['subset']}"
    part = part_read(value)
    return f"{text} ({part})" if part else text


def file_name(path: str) -> str:
    """Return the last part of a path of any system, what follows a bar kept."""
    head, bar, rest = path.partition("|")
    return PureWindowsPath(PurePosixPath(head).name).name + bar + rest
