"""The parameters of units: the layer, and the level to dissolve them into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from ...translation import tr
from .sites import UNITS

if TYPE_CHECKING:
    from ..base import LeachwatchAlgorithm

LEVEL_FIELD = "LEVEL_FIELD"


def add_units_and_level(algorithm: LeachwatchAlgorithm) -> None:
    """Add the layer of units, which must be given, and the field of their level."""
    algorithm.add(
        QgsProcessingParameterFeatureSource(UNITS, tr("Units"), [QgsProcessing.SourceType.TypeVectorPolygon]),
        tr("Townships or counties, as Load townships writes them. A tank is counted where it stands."),
    )
    algorithm.add(
        QgsProcessingParameterField(
            LEVEL_FIELD, tr("Level field (empty: the units as they are)"), None, UNITS, optional=True
        ),
        tr(
            "Units with the same value in this field are dissolved into one: parent_name for states, say, or src_DT "
            "for MIMU's districts. Choose a field of codes where names repeat. Units without a value become one."
        ),
    )


def level_field(algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return the field, "" for none. Raises QgsProcessingException for more than one."""
    value = parameters.get(LEVEL_FIELD)
    names = (
        value if isinstance(value, (list, tuple)) else [algorithm.parameterAsString(parameters, LEVEL_FIELD, context)]
    )
    if len(names) > 1:
        raise QgsProcessingException(
            tr("Level field (LEVEL_FIELD) must be one field. It is {names}: choose one.").format(names=", ".join(names))
        )
    return names[0] if names else ""
