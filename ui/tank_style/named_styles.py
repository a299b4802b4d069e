"""Styles of ours beside the user's own, which is never overwritten. No widgets here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qgis.core import QgsMapLayerStyleManager, QgsProject, QgsVectorLayer

from .marks import PROPERTY, Mark, is_untouched, mark, mark_of
from .options import AGE, CLUSTERS, HEAT, IN_YEAR, POINTS

PREFIX = "Leachwatch: "
# Not translated: a project made in one language is opened in another.
STYLE_NAMES = {
    POINTS: f"{PREFIX}status",
    CLUSTERS: f"{PREFIX}clusters",
    HEAT: f"{PREFIX}heat map",
    AGE: f"{PREFIX}first seen",
    IN_YEAR: f"{PREFIX}status in a year",
}
_CHANGED = ", changed by hand"
_KEPT_ACROSS_STYLES = "leachwatch/"

Dress = Callable[[QgsVectorLayer], None]


def put_style(layer: QgsVectorLayer, name: str, dress: Dress, made: Mark) -> str:
    """Add a style of ours beside the others, let ``dress`` fill it (it must not raise), and use it.

    One of that name that was changed by hand since is kept: its new name is returned, else "". Labels, forms and all
    else are those of the style that was in use.
    """
    styles = layer.styleManager()
    own = own_style(layer)
    aside = "" if name not in styles.styles() or is_untouched(styles, name) else _set_aside(styles, name)
    if aside and styles.currentStyle() == aside:
        own = aside
    if styles.currentStyle() != name:
        styles.removeStyle(name)
        styles.addStyleFromLayer(name)
        styles.setCurrentStyle(name)
    dress(layer)
    mark(layer, replace(made, own=own))
    show(layer)
    return aside


def add_style(layer: QgsVectorLayer, name: str, dress: Dress) -> str:
    """Add a style of the user's own under a name that is free, and use it; return the name."""
    styles = layer.styleManager()
    before, free = styles.currentStyle(), _free_name(styles, name.removeprefix(PREFIX) or name)
    styles.addStyleFromLayer(free)
    styles.setCurrentStyle(free)
    try:
        dress(layer)
    except Exception:
        styles.setCurrentStyle(before)
        styles.removeStyle(free)
        raise
    layer.removeCustomProperty(PROPERTY)
    show(layer)
    return free


def go_to(layer: QgsVectorLayer, name: str) -> None:
    """Use another style of the layer. What the docks keep of the layer itself goes along."""
    keys = [key for key in layer.customPropertyKeys() if key.startswith(_KEPT_ACROSS_STYLES) and key != PROPERTY]
    kept = {key: layer.customProperty(key) for key in keys}
    layer.styleManager().setCurrentStyle(name)
    for key, value in kept.items():
        layer.setCustomProperty(key, value)
    show(layer)


def own_style(layer: QgsVectorLayer) -> str:
    """Return the user's own style: the one in use, else the one ours was put beside, else the first; "" without."""
    styles = layer.styleManager()
    if not is_ours(styles.currentStyle()):
        return styles.currentStyle()
    own = [name for name in styles.styles() if not is_ours(name)]
    made = mark_of(layer)
    return made.own if made is not None and made.own in own else next(iter(own), "")


def is_ours(name: str) -> bool:
    """Return whether a style is one of ours, by its name."""
    return name.startswith(PREFIX) and _CHANGED not in name


def show(layer: QgsVectorLayer) -> None:
    """Let map, legend and project know of the new style."""
    layer.triggerRepaint()
    layer.emitStyleChanged()
    QgsProject.instance().setDirty(True)


def _set_aside(styles: QgsMapLayerStyleManager, name: str) -> str:
    aside = _free_name(styles, f"{name}{_CHANGED}")
    styles.renameStyle(name, aside)
    return aside


def _free_name(styles: QgsMapLayerStyleManager, name: str) -> str:
    number, free = 1, name
    while free in styles.styles():
        number += 1
        free = f"{name} ({number})"
    return free
