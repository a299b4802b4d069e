"""What a style of ours keeps of itself, in a custom property: how it was made, and whether it was changed since."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from qgis.core import QgsMapLayerStyleManager, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument, QDomElement, QDomNode

from ...analysis.definition import COUNTINGS, STANDING

PROPERTY = "leachwatch/tank_style"
# What a style of ours says; the rest of the style (forms, names of fields …) is the user's own all along.
_OURS = ("renderer-v2", "labeling", "blendMode", "featureBlendMode", "layerOpacity")
# QGIS gives a layer of a symbol another one each time, from 3.30 on.
_PASSING = ("id",)


@dataclass(frozen=True)
class Mark:
    """How a style of ours was made: from which options (JSON), for which year, beside which style of the user's own."""

    options: str = ""
    own: str = ""
    year: int = 0
    counting: str = STANDING
    fingerprint: str = ""


def mark(layer: QgsVectorLayer, made: Mark) -> None:
    """Keep with the layer's current style how it was made; without a fingerprint, what it looks like now."""
    styles = layer.styleManager()
    kept = asdict(made)
    kept["fingerprint"] = made.fingerprint or _fingerprint(_document(styles, styles.currentStyle()))
    layer.setCustomProperty(PROPERTY, json.dumps(kept, ensure_ascii=False, sort_keys=True))


def mark_of(layer: QgsVectorLayer) -> Mark | None:
    """Return how the current style was made; None where we did not make it."""
    return _read(layer.customProperty(PROPERTY, ""))


def is_untouched(styles: QgsMapLayerStyleManager, name: str) -> bool:
    """Return whether a style was made by us, and looks as it did then."""
    document = _document(styles, name)
    made = _read(_property(document))
    return made is not None and made.fingerprint == _fingerprint(document)


def _read(text: object) -> Mark | None:
    try:
        kept = json.loads(str(text or ""))
        made = Mark(**{name: type(default)(kept[name]) for name, default in asdict(Mark()).items()})
    except (KeyError, TypeError, ValueError):
        return None
    return made if made.counting in COUNTINGS else None


def _document(styles: QgsMapLayerStyleManager, name: str) -> QDomDocument:
    document = QDomDocument()
    document.setContent(styles.style(name).xmlData())
    return document


def _property(document: QDomDocument) -> str:
    options = document.documentElement().firstChildElement("customproperties").elementsByTagName("Option")
    for at in range(options.count()):
        element = options.at(at).toElement()
        if element.attribute("name") == PROPERTY:
            return element.attribute("value")
    return ""


def _fingerprint(document: QDomDocument) -> str:
    root = document.documentElement()
    told = hashlib.sha256(f"labels {root.attribute('labelsEnabled')}".encode())
    for name in _OURS:
        _add(told, root.firstChildElement(name))
    return told.hexdigest()


def _add(told: hashlib._Hash, element: QDomElement) -> None:
    """Add an element; attributes in their order, which Qt does not keep."""
    given = element.attributes()
    attributes = [given.item(at).toAttr() for at in range(given.count())]
    values = sorted((one.name(), one.value()) for one in attributes if one.name() not in _PASSING)
    told.update(repr((element.tagName(), values)).encode())
    child = element.firstChild()
    while not child.isNull():
        if child.nodeType() == QDomNode.NodeType.TextNode:
            told.update(child.nodeValue().strip().encode())
        elif child.isElement():
            _add(told, child.toElement())
        child = child.nextSibling()
    told.update(b"/")
