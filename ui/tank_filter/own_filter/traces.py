"""What the dock keeps in a layer's custom properties travels with the layer's styles: it is taken out of them again."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsMapLayerStyle, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument, QDomElement


def remove_from_styles(
    layer: QgsVectorLayer, name: str, mend: Callable[[QDomElement, str], None] | None = None
) -> None:
    """Take a custom property out of all styles but the one in use. ``mend`` gets the style and the property's text."""
    styles = layer.styleManager()
    for style in styles.styles():
        text = "" if style == styles.currentStyle() else styles.style(style).xmlData()
        if name in text:
            styles.removeStyle(style)
            styles.addStyle(style, QgsMapLayerStyle(_without(text, name, mend)))


def _without(text: str, name: str, mend: Callable[[QDomElement, str], None] | None) -> str:
    document = QDomDocument()
    document.setContent(text)
    nodes = document.documentElement().firstChildElement("customproperties").elementsByTagName("Option")
    for option in [nodes.at(number).toElement() for number in range(nodes.count())]:
        if option.attribute("name") == name:
            if mend is not None:
                mend(document.documentElement(), option.attribute("value"))
            option.parentNode().removeChild(option)
    return document.toString()
