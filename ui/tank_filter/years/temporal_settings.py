"""The temporal properties of a layer: written as text, read from it, and set to show spans."""

from __future__ import annotations

from qgis.core import Qgis, QgsReadWriteContext, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from .spans import Span


def write_settings(layer: QgsVectorLayer) -> str:
    """Return the layer's temporal properties as XML."""
    document = QDomDocument()
    root = document.createElement("temporals")
    document.appendChild(root)
    layer.temporalProperties().writeXml(root, document, QgsReadWriteContext())
    return document.toString(-1)


def read_settings(layer: QgsVectorLayer, text: str) -> None:
    """Give the layer the temporal properties that ``write_settings`` wrote; other text changes nothing."""
    root = _read(text)
    if not root.firstChildElement("temporal").isNull():
        layer.temporalProperties().readXml(root, QgsReadWriteContext())
        layer.triggerRepaint()


def put_settings(style: QDomElement, text: str) -> None:
    """Do the same to a style that is written down, as QGIS writes it."""
    own = _read(text).firstChildElement("temporal")
    if not own.isNull():
        style.replaceChild(style.ownerDocument().importNode(own, True), style.firstChildElement("temporal"))


def show_spans(layer: QgsVectorLayer, span: Span) -> None:
    """Show each tank in the times that its span touches."""
    properties = layer.temporalProperties()
    properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromExpressions)
    properties.setLimitMode(Qgis.VectorTemporalLimitMode.IncludeBeginExcludeEnd)
    properties.setStartExpression(span.start)
    properties.setEndExpression(span.end)
    properties.setIsActive(True)
    layer.triggerRepaint()


def spans_of(layer: QgsVectorLayer) -> Span | None:
    """Return the span that ``show_spans`` set; None where the layer says by other means when things are shown."""
    properties = layer.temporalProperties()
    if properties.mode() != Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromExpressions:
        return None
    return Span(properties.startExpression(), properties.endExpression())


def _read(text: str) -> QDomElement:
    document = QDomDocument()
    document.setContent(text)
    return document.documentElement()
