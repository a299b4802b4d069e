"""Keeps the user's own filter of a layer while ours stands beside it, and puts it back.

Both texts and the dock's settings are kept in a custom property of the layer, so that copies of the layer and other
docks know them. A saved project holds the user's own filter and, in that property, what the dock adds (``saving``).
"""

from __future__ import annotations

import json
from typing import NamedTuple

from qgis.core import QgsProject, QgsVectorLayer

from ....analysis.selection.expression import combine
from ....analysis.selection.wanted import TankFilter
from .saving import SAVED, OwnFilterSaver
from .traces import remove_from_styles

PROPERTY = "leachwatch/tank_filter"


class Kept(NamedTuple):
    """What a layer's property says, where that is still so: the user's own filter, and what the dock adds to it."""

    own: str
    wanted: TankFilter


class FilterHold:
    """The user's own filter of one layer (``own``), and what the dock added to it (``wanted``).

    Of a layer whose project was saved with the dock's filter, ``wanted`` is that filter, which is yet to be put.
    """

    def __init__(self, layer: QgsVectorLayer) -> None:
        self.layer = layer
        self.busy = False
        self.own, self.wanted = kept_of(layer) or Kept(layer.subsetString(), TankFilter())
        self._saver = OwnFilterSaver(layer, PROPERTY)
        self._saver.own_source = self._own_source()
        self._applied = layer.subsetString()
        if self.wanted == TankFilter():
            self.remember()
        self._saver.watch(self._is_applied())

    def put(self, ours: str, wanted: TankFilter) -> bool:
        """Filter by the user's own condition and ours; False, and nothing changed, where the layer refuses."""
        project = self.layer.project() or QgsProject.instance()
        # What the saved project says already is no change of it: QGIS need not ask whether to save it.
        stays_saved = not project.isDirty() and bool(ours) and wanted == self.wanted and not self._is_applied()
        if not self._set(combine(self.own, ours)):
            return False
        self.wanted = wanted
        self.remember()
        if stays_saved:
            project.setDirty(False)
        return True

    def restore(self) -> bool:
        """Leave exactly the user's own filter, and no trace of ours; False where the layer refuses (it is edited)."""
        if self.is_changed_outside:
            self.accept()  # another source, with a filter of its own, was put in
        elif not self.put("", TankFilter()):
            return False
        remove_from_styles(self.layer, PROPERTY)
        return True

    def accept(self) -> None:
        """Take the layer's filter as the user's own: it was changed elsewhere."""
        self.own, self.wanted = self.layer.subsetString(), TankFilter()
        self._saver.own_source = self.layer.source()
        self.remember()

    def remember(self) -> None:
        """Write the property, or remove it where nothing is added (a change of style brings another style's)."""
        self._applied = self.layer.subsetString()
        self._saver.watch(self._is_applied())
        if not self._is_applied():
            self.layer.removeCustomProperty(PROPERTY)
            return
        kept = {"own": self.own, "applied": self._applied, "wanted": self.wanted.as_plain()}
        self.layer.setCustomProperty(PROPERTY, json.dumps(kept, ensure_ascii=False, sort_keys=True))

    @property
    def is_changed_outside(self) -> bool:
        """Whether the layer has another filter than was left there last; not every change of it is told by a signal."""
        return self.layer.subsetString() != self._applied

    def _is_applied(self) -> bool:
        return self.layer.subsetString() != self.own

    def _own_source(self) -> str:
        """Return the layer's source with the user's own filter; "" where the layer does not tell (it is edited)."""
        if not self._is_applied():
            return self.layer.source()
        applied = self.layer.subsetString()
        try:
            return self.layer.source() if self._set(self.own) else ""
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


def kept_of(layer: QgsVectorLayer) -> Kept | None:
    """Return what the dock keeps of a layer; None where it keeps nothing, or the layer's filter is another since.

    The dock's filter stands on the layer, or it is on paper alone: the project was saved with it, and opened again.
    """
    try:
        text = layer.customProperty(PROPERTY, "")
        kept = json.loads(text)
        now = layer.subsetString()
        if kept["applied"] == now or (kept.get(SAVED) is True and kept["own"] == now):
            return Kept(str(kept["own"]), TankFilter.from_plain(kept["wanted"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        pass
    return None


def own_filter(layer: QgsVectorLayer) -> str:
    """Return the user's own filter of a layer, whether the dock filters it or not."""
    kept = kept_of(layer)
    return layer.subsetString() if kept is None else kept.own


def wanted_of(layer: QgsVectorLayer) -> TankFilter:
    """Return what the dock shows of a layer, or will as soon as it takes it up; all where it filters nothing."""
    kept = kept_of(layer)
    return TankFilter() if kept is None else kept.wanted


def restore_all(project: QgsProject) -> list[QgsVectorLayer]:
    """Leave every layer of the project with its user's own filter; return those that refused (they are edited)."""
    marked = [layer for layer in project.mapLayers().values() if PROPERTY in layer.customPropertyKeys()]
    return [layer for layer in marked if isinstance(layer, QgsVectorLayer) and not FilterHold(layer).restore()]
