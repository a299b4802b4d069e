"""Loads styles from files that others wrote: symbols, labels and rendering, as a new named style, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qgis.core import QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ....translation import tr
from ..named_styles import add_style
from .saving import CATEGORIES, StyleFileError

_MOST_BYTES = 20_000_000
# All that is taken of a .qml: no actions, forms, scripts, joins, variables or addresses of data.
_ELEMENTS = ("renderer-v2", "labeling", "blendMode", "featureBlendMode", "layerOpacity", "layerGeometryType")
_ATTRIBUTES = ("version", "labelsEnabled", "hasScaleBasedVisibilityFlag", "minScale", "maxScale")
# What fetches: a picture from an address would be asked for whenever the map is drawn.
_ADDRESS = re.compile(r"""(?:https?|ftp|file)://[^\s"'<>]*|/vsi\w+/|(?<==")[\\/]{2}\w[^\s"]*""", re.IGNORECASE)
# Names of XML's own kind, which nobody asks for.
_XML_NAME = re.compile(r"https?://(?:www\.w3\.org|www\.opengis\.net|schemas\.opengis\.net|mrcc\.com)(?:/|$)")
_GEOMETRIES = {
    QgsWkbTypes.GeometryType.PointGeometry: ("marker", "PointSymbolizer"),
    QgsWkbTypes.GeometryType.LineGeometry: ("line", "LineSymbolizer"),
    QgsWkbTypes.GeometryType.PolygonGeometry: ("fill", "PolygonSymbolizer"),
}


def load_style(layer: QgsVectorLayer, path: Path) -> str:
    """Add the file's style to the layer's under the file's name, and use it; return its name. Raises StyleFileError."""
    try:
        if path.suffix.lower() == ".sld":
            _check_sld(_parsed(path), layer)
            return add_style(layer, path.stem, lambda one: _take_sld(one, path))
        document = _only_looks(_parsed(path))
        _check_qml(document, layer)
        return add_style(layer, path.stem, lambda one: _take_qml(one, document))
    except StyleFileError as error:
        raise StyleFileError(tr("{file}: {why}").format(file=path, why=error)) from None


def _parsed(path: Path) -> QDomDocument:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise StyleFileError(tr("the file is too large for a style."))
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or tr("it is not UTF-8 text")
        raise StyleFileError(tr("the file cannot be read: {why}.").format(why=why)) from None
    if "<!ENTITY" in text.upper():
        raise StyleFileError(tr("the file defines entities, which no style needs."))
    document = QDomDocument()
    parsed, message, line, _ = document.setContent(text, path.suffix.lower() == ".sld")
    if not parsed:
        raise StyleFileError(tr("the file is no XML (line {line}: {why}).").format(line=line, why=message))
    return document


def _only_looks(document: QDomDocument) -> QDomDocument:
    """Return a copy of the style with what is taken of it alone."""
    root, kept = document.documentElement(), QDomDocument("qgis")
    if root.tagName() != "qgis" or root.firstChildElement("renderer-v2").isNull():
        raise StyleFileError(tr("the file holds no symbols of QGIS. Choose a .qml that QGIS saved, or an .sld."))
    copy = kept.createElement("qgis")
    for name in _ATTRIBUTES:
        if root.hasAttribute(name):
            copy.setAttribute(name, root.attribute(name))
    for name in _ELEMENTS:
        if not root.firstChildElement(name).isNull():
            copy.appendChild(kept.importNode(root.firstChildElement(name), True))
    kept.appendChild(copy)
    return kept


def _check_qml(document: QDomDocument, layer: QgsVectorLayer) -> None:
    _check_addresses(document.documentElement())
    symbols = document.documentElement().firstChildElement("renderer-v2").firstChildElement("symbols")
    kind = symbols.firstChildElement("symbol").attribute("type")
    _check_geometry(not kind or kind == _GEOMETRIES.get(layer.geometryType(), ("",))[0])


def _check_sld(document: QDomDocument, layer: QgsVectorLayer) -> None:
    root = document.documentElement()
    if root.localName() != "StyledLayerDescriptor":
        raise StyleFileError(tr("the file is no SLD."))
    _check_addresses(root)
    symbolizer = _GEOMETRIES.get(layer.geometryType(), ("", ""))[1]
    _check_geometry(any(one.localName() == symbolizer for one in _elements(root)))


def _elements(element: QDomElement) -> Iterator[QDomElement]:
    """Yield the element and all within it."""
    yield element
    child = element.firstChildElement()
    while not child.isNull():
        yield from _elements(child)
        child = child.nextSiblingElement()


def _check_geometry(fits: bool) -> None:
    if not fits:
        raise StyleFileError(tr("the style is for another kind of geometry than the layer's."))


def _check_addresses(element: QDomElement) -> None:
    found = (one for one in _ADDRESS.findall(_texts(element)) if not _XML_NAME.match(one))
    address = next(found, "")
    if address:
        text = tr(
            "it fetches something from {address}, which Leachwatch does not allow. Load it with QGIS's own dialog."
        )
        raise StyleFileError(text.format(address=address[:80]))


def _texts(element: QDomElement) -> str:
    document = QDomDocument()
    document.appendChild(document.importNode(element, True))
    return document.toString(-1)


def _take_qml(layer: QgsVectorLayer, document: QDomDocument) -> None:
    wanted = document.documentElement().firstChildElement("renderer-v2").attribute("type")
    done, message = layer.importNamedStyle(document, CATEGORIES)
    if not done or layer.renderer() is None or layer.renderer().type() != wanted:
        raise StyleFileError(message or tr("QGIS cannot read its symbols."))


def _take_sld(layer: QgsVectorLayer, path: Path) -> None:
    message, done = layer.loadSldStyle(str(path))
    if not done:
        raise StyleFileError(message)
