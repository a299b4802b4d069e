"""Keeps the user's own filter of a layer while ours stands beside it, and puts it back.

Both texts and the dock's settings are kept in a custom property of the layer. So they are saved with the project, and
the user's own filter is never lost, even where the plugin is gone when the project opens again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from qgis.core import QgsProject, QgsVectorLayer

from ...analysis.selection.expression import combine
from ...analysis.selection.wanted import TankFilter

PROPERTY = "leachwatch/tank_filter"


class FilterHold:
    """The user's own filter of one layer (``own``), and what the dock added to it (``wanted``)."""

    def __init__(self, layer: QgsVectorLayer) -> None:
        self.layer = layer
        self.own = layer.subsetString()
        self.wanted = TankFilter()
        self.busy = False
        self._recall()
        self.remember()

    def put(self, ours: str, wanted: TankFilter) -> bool:
        """Filter by the user's own condition and ours; False, and nothing changed, where the layer refuses."""
        if not self._set(combine(self.own, ours)):
            return False
        self.wanted = wanted
        self.remember()
        return True

    def restore(self) -> bool:
        """Leave exactly the user's own filter, and no trace of ours; False where the layer refuses (it is edited)."""
        return self.put("", TankFilter())

    def accept(self) -> None:
        """Take the layer's filter as the user's own: it was changed elsewhere."""
        self.own = self.layer.subsetString()
        self.wanted = TankFilter()
        self.remember()

    def remember(self) -> None:
        """Write the property, or remove it where nothing is added (a change of style brings another style's)."""
        if self.layer.subsetString() == self.own:
            self.layer.removeCustomProperty(PROPERTY)
            return
        kept = {"own": self.own, "applied": self.layer.subsetString(), "wanted": self.wanted.as_plain()}
        self.layer.setCustomProperty(PROPERTY, json.dumps(kept, ensure_ascii=False, sort_keys=True))

    @contextmanager
    def lifted(self) -> Iterator[bool]:
        """Leave only the user's own filter for the length of the block; False where the layer refuses."""
        applied = self.layer.subsetString()
        try:
            yield self._set(self.own)
        finally:
            self._set(applied)

    def _set(self, text: str) -> bool:
        if self.layer.subsetString() == text:
            return True
        self.busy = True
        try:
            return self.layer.setSubsetString(text)
        finally:
            self.busy = False

    def _recall(self) -> None:
        """Find the user's own filter again where a saved project, or a copied layer, has ours in it."""
        try:
            kept = json.loads(self.layer.customProperty(PROPERTY, ""))
            if kept["applied"] == self.layer.subsetString():
                own, self.wanted = str(kept["own"]), TankFilter.from_plain(kept["wanted"])
                self.own = own
        except (KeyError, TypeError, ValueError):
            self.wanted = TankFilter()


def restore_all(project: QgsProject) -> list[QgsVectorLayer]:
    """Leave every layer of the project with its user's own filter; return those that refused (they are edited)."""
    marked = [layer for layer in project.mapLayers().values() if layer.customProperty(PROPERTY)]
    return [layer for layer in marked if not FilterHold(layer).restore()]
