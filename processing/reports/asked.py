"""What a report was asked for, and by which parameters its numbers are defined."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
)
from qgis.PyQt.QtCore import Qt

from ...translation import tr
from ..base import REPORT_TABLES, LeachwatchAlgorithm
from ..parameters.checks import is_empty


def parameter_rows(
    algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> list[tuple[str, str, str]]:
    """Return the parameters that define the numbers, as (id, description, value, and why it is left aside)."""
    aside = algorithm.left_aside(parameters, context)
    return [
        (one.name(), one.description(), _said(chosen(algorithm, one, parameters, context), aside.get(one.name(), "")))
        for one in algorithm.parameterDefinitions()
        if not (one.isDestination() or isinstance(one, QgsProcessingParameterFeatureSource))
        and one.name() != REPORT_TABLES
    ]


def _said(value: str, why: str) -> str:
    return tr("{value} – left aside: {why}").format(value=value, why=why) if why else value


def chosen(
    algorithm: QgsProcessingAlgorithm,
    parameter: QgsProcessingParameterDefinition,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
) -> str:
    """Return a parameter's value as text, whatever it was given as."""
    name = parameter.name()
    if is_empty(parameters.get(name)) and is_empty(parameter.defaultValue()):
        return tr("not chosen")
    if isinstance(parameter, QgsProcessingParameterDateTime):
        return algorithm.parameterAsDateTime(parameters, name, context).date().toString(Qt.DateFormat.ISODate)
    if isinstance(parameter, QgsProcessingParameterNumber):
        return f"{algorithm.parameterAsDouble(parameters, name, context):.15g}"
    if isinstance(parameter, QgsProcessingParameterBoolean):
        return "true" if algorithm.parameterAsBoolean(parameters, name, context) else "false"
    return algorithm.parameterAsString(parameters, name, context)
