"""Which layer of a source is meant: the one the user names, else the only one of use."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..errors import SourceError
from .kinds import GPX, KML
from .vector import Layer

_SHOWN = 30


class SeveralLayers(SourceError):
    """No layer is plainly the one meant: the user must name one of ``layers``."""

    def __init__(self, message: str, layers: Sequence[Layer]) -> None:
        super().__init__(message)
        self.layers = list(layers)


def pick(
    layers: Sequence[Layer], wanted: str, kinds: Sequence[str], has_places: Callable[[Sequence[str]], bool]
) -> list[Layer]:
    """Return the layer to read; of a KML without a wanted layer, all its folders with geometry.

    ``kinds`` are the geometries of use; ``has_places`` tells whether a mere table's columns hold coordinates. Raises
    SourceError that lists the layers where none is the wanted one, or none or several are of use.
    """
    if wanted.strip():
        return [_named(layers, wanted.strip())]
    if len(layers) == 1:
        return list(layers)
    filled = [layer for layer in layers if layer.rows]
    placed = [layer for layer in filled if layer.geometry in (*kinds, "unknown") and not _is_track(layer)]
    tables = [layer for layer in filled if layer.geometry == "none" and has_places(layer.columns)]
    for found in (placed, tables):
        if len(found) == 1 or (found and _one_kml(found)):
            return found
        if found:
            raise SeveralLayers(f"Several layers could be meant. Name one as LAYER: {_listed(found)}.", layers)
    if not filled:
        return [layers[0]]
    raise SeveralLayers(
        f"No layer holds what is needed ({' or '.join(kinds)}s). Name one as LAYER if it is meant: {_listed(filled)}.",
        layers,
    )


def _is_track(layer: Layer) -> bool:
    """Return whether a layer holds the way that somebody went: its points are meant only when named."""
    return layer.source.kind is GPX and layer.name != "waypoints"


def _named(layers: Sequence[Layer], wanted: str) -> Layer:
    for alike in (_same, _same_without_case):
        found = [layer for layer in layers if alike(wanted, layer)]
        if len(found) == 1:
            return found[0]
        if found:
            raise SourceError(f"“{wanted}” names several layers. Name one of: {_listed(found)}.")
    raise SourceError(f"There is no layer “{wanted}”. Name one of: {_listed(layers)}.")


def _labels(layer: Layer) -> tuple[str, ...]:
    file, path = layer.file.name, layer.source.label
    return layer.name, f"{file}/{layer.name}", f"{path}/{layer.name}", file, path


def _same(wanted: str, layer: Layer) -> bool:
    return wanted in _labels(layer)


def _same_without_case(wanted: str, layer: Layer) -> bool:
    return wanted.casefold() in (label.casefold() for label in _labels(layer))


def _one_kml(layers: Sequence[Layer]) -> bool:
    return layers[0].source.kind is KML and len({layer.file for layer in layers}) == 1


def label(layer: Layer, layers: Sequence[Layer]) -> str:
    """Return the shortest name of a layer that no other of some layers bears."""
    names = _labels(layer)[:3]
    alone = (name for name in names if [name in _labels(other) for other in layers].count(True) == 1)
    return next(alone, names[-1])


def _listed(layers: Sequence[Layer]) -> str:
    shown = [label(layer, layers) for layer in layers[:_SHOWN]]
    what = ["no geometry" if layer.geometry == "none" else f"{layer.geometry}s" for layer in layers]
    what = ["any geometry" if text == "unknowns" else text for text in what]
    listed = "; ".join(f"{name} ({text}, {layer.rows:,} rows)" for name, text, layer in zip(shown, what, layers))
    return listed + (f"; and {len(layers) - _SHOWN:,} more" if len(layers) > _SHOWN else "")
