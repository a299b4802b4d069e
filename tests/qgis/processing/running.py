"""Runs algorithms through QGIS's own ``processing.run``, and reads what they wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime


class Log(QgsProcessingFeedback):
    """A feedback that keeps what it is told."""

    def __init__(self):
        super().__init__(False)
        self.warnings, self.errors, self.infos = [], [], []

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def reportError(self, error, fatalError=False):
        self.errors.append(error)

    def pushInfo(self, info):
        self.infos.append(info)


def run(name, log=None, **parameters):
    """Run one of our algorithms; every layer or table that is not named goes to memory, no report is written."""
    from qgis.core import QgsApplication

    import processing

    algorithm = QgsApplication.processingRegistry().algorithmById(f"leachwatch:{name}")
    for output in algorithm.destinationParameterDefinitions():
        if output.type() == "fileDestination":
            continue
        parameters.setdefault(output.name(), "TEMPORARY_OUTPUT")
    log = log or Log()
    context = QgsProcessingContext()
    context.setFeedback(log)
    results = processing.run(algorithm, parameters, feedback=log, context=context)
    # Layers in memory live as long as the context.
    results["_context"] = context
    return results


def failing(name, **parameters):
    """Run one of our algorithms, which must fail with one message to the user; return the message."""
    with pytest.raises(QgsProcessingException) as caught:
        run(name, **parameters)
    message = str(caught.value)
    assert "Traceback" not in message and len(message) > 30
    return message


def layer_of(output) -> QgsVectorLayer:
    """Return an output, in memory or a file, as a layer."""
    if isinstance(output, QgsVectorLayer):
        return output
    layer = QgsVectorLayer(str(output), Path(str(output)).stem, "ogr")
    assert layer.isValid(), output
    return layer


def rows(output) -> list[dict]:
    """Return the attributes of a layer, dates as ISO text, NULL as None."""
    layer = layer_of(output)
    names = layer.fields().names()
    return [dict(zip(names, map(plain, feature.attributes()))) for feature in layer.getFeatures()]


def plain(value):
    if isinstance(value, QDateTime):
        return value.toString("yyyy-MM-ddTHH:mm:ss") if value.isValid() else None
    if isinstance(value, QDate):
        return value.toString("yyyy-MM-dd") if value.isValid() else None
    return None if value is None or (hasattr(value, "isNull") and value.isNull()) else value
