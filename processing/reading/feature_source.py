"""The layers that algorithms read."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
)

from ...translation import tr

# Geometry that is not valid to GEOS is for us to count or repair, not for QGIS to stop at or to leave out.
NO_CHECK = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks


def open_source(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> QgsProcessingFeatureSource:
    """Return the layer chosen for a parameter. Raises QgsProcessingException where it cannot be opened."""
    try:
        source = algorithm.parameterAsSource(parameters, name, context)
    except QgsProcessingException:
        raise
    except Exception as error:
        # QGIS 3.44 cannot bring the extent of a projected layer with an infinite coordinate to degrees.
        raise QgsProcessingException(
            tr(
                "QGIS could not open the layer chosen for {name} ({why}). Does a coordinate of it lie at infinity? "
                "Remove that feature (select it by $x > 1e12 or $y > 1e12) and run again."
            ).format(name=name, why=error)
        ) from error
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, name))
    return source
