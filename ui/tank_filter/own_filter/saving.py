"""A project that is saved while the dock filters a layer holds the user's own filter: without the plugin it shows that.

What the dock adds is in the layer's custom property, marked as saved, so that the plugin can bring it back. QGIS tells
of each layer while it writes the project, after the tree of layers; the layer itself is not touched.
"""

from __future__ import annotations

import json
from contextlib import suppress

from qgis.core import QgsMapLayer, QgsProject, QgsReadWriteContext, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtXml import QDomDocument, QDomElement

SAVED = "saved"


class OwnFilterSaver:
    """Listens to saving while a layer is filtered by the dock. Its end, too, ends the listening."""

    _is_listening = False

    def __init__(self, layer: QgsVectorLayer, name: str) -> None:
        """``name``: of the custom property. Set ``own_source``: the source with the user's own filter, "" unknown."""
        self.own_source = ""
        self._layer, self._property = layer, name
        self._project = layer.project() or QgsProject.instance()

    def __del__(self) -> None:
        with suppress(TypeError):  # where Python collects rubbish, PyQt has forgotten the connection before
            if not sip.isdeleted(self._project):
                self.watch(False)

    def watch(self, on: bool) -> None:
        """Listen to the project's saving, or no more."""
        on = on and bool(self.own_source)
        if on != self._is_listening:
            change = self._project.writeMapLayer.connect if on else self._project.writeMapLayer.disconnect
            self._is_listening = on
            change(self._on_written)

    def _on_written(self, layer: QgsMapLayer, element: QDomElement, document: QDomDocument) -> None:
        if layer is not self._layer:
            return
        paths, context = self._project.pathResolver(), QgsReadWriteContext()
        context.setPathResolver(paths)
        filtered, own = layer.source(), self.own_source
        encoded = layer.encodedSource(own, context)
        _set_text(element.firstChildElement("datasource"), encoded)
        for node in _all(document.documentElement(), "layer-tree-layer"):
            if node.attribute("id") == layer.id():
                is_path = node.attribute("source") == paths.writePath(filtered)  # so does QGIS 3.22 write any source
                node.setAttribute("source", paths.writePath(own) if is_path else encoded)
        for option in _all(element.firstChildElement("customproperties"), "Option"):
            if option.attribute("name") == self._property:
                option.setAttribute("value", _marked(option.attribute("value")))


def _marked(text: str) -> str:
    return json.dumps({**json.loads(text), SAVED: True}, ensure_ascii=False, sort_keys=True)


def _set_text(element: QDomElement, text: str) -> None:
    if not element.firstChild().isNull():
        element.firstChild().setNodeValue(text)


def _all(element: QDomElement, name: str) -> list[QDomElement]:
    nodes = element.elementsByTagName(name)
    return [nodes.at(number).toElement() for number in range(nodes.count())]
