"""What a layer keeps while QGIS's temporal controller chooses its years: the user's own temporal properties, and ours.

It is kept in a custom property, so a saved project knows it, and the layer can be given back in another session.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtXml import QDomElement

from ....analysis.selection.wanted import TankFilter
from ..own_filter.traces import remove_from_styles
from .spans import Span
from .temporal_settings import put_settings, read_settings, show_spans, spans_of, write_settings

PROPERTY = "leachwatch/temporal"


class Kept(NamedTuple):
    """The user's own temporal properties as text, ours, and the filter whose years were handed over."""

    own: str
    span: Span
    asked: TankFilter


def kept_of(layer: QgsVectorLayer) -> Kept | None:
    """Return what the layer keeps; None where it is not handed over."""
    return _read(layer.customProperty(PROPERTY, ""))


def take_over(layer: QgsVectorLayer, asked: TankFilter, span: Span) -> None:
    """Let the layer's style in use show the span; what it said of time before is kept."""
    before = kept_of(layer)
    kept = {
        "own": before.own if before else write_settings(layer),
        "start": span.start,
        "end": span.end,
        "asked": asked.as_plain(),
    }
    layer.setCustomProperty(PROPERTY, json.dumps(kept, ensure_ascii=False, sort_keys=True))
    show_spans(layer, span)


def give_back(layer: QgsVectorLayer) -> None:
    """Give the layer, and each of its styles, the user's own temporal properties back.

    Those that were changed by hand meanwhile are the user's own as they are.
    """
    kept = kept_of(layer)
    layer.removeCustomProperty(PROPERTY)
    if kept and spans_of(layer) == kept.span:
        read_settings(layer, kept.own)
    remove_from_styles(layer, PROPERTY, _mend)


def give_all_back(project: QgsProject) -> None:
    """Give every layer of the project its user's own temporal properties back."""
    for layer in project.mapLayers().values():
        if isinstance(layer, QgsVectorLayer) and PROPERTY in layer.customPropertyKeys():
            give_back(layer)


def _mend(style: QDomElement, text: str) -> None:
    kept = _read(text)
    if kept:
        put_settings(style, kept.own)


def _read(text: object) -> Kept | None:
    try:
        kept = json.loads(str(text))
        span = Span(str(kept["start"]), str(kept["end"]))
        return Kept(str(kept["own"]), span, TankFilter.from_plain(kept["asked"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
