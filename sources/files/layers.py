"""Which layer of a source is meant: the one the user names, else the only one of use."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..errors import SourceError
from .vector import Layer


def pick(
    layers: Sequence[Layer], wanted: str, kinds: Sequence[str], has_places: Callable[[Sequence[str]], bool]
) -> list[Layer]:
    """Return the layer to read; of a KML without a wanted layer, all its folders with geometry.

    ``kinds`` are the geometries of use; ``has_places`` tells whether a mere table's columns hold coordinates. Raises
    SourceError that lists the layers where none is the wanted one, or none or several are of use.
    """
    if not layers:
        raise SourceError("The source holds no layer. Choose another file.")
    if wanted.strip():
        return [_named(layers, wanted.strip())]
    if len(layers) == 1:
        return list(layers)
    filled = [layer for layer in layers if layer.rows]
    placed = [layer for layer in filled if layer.geometry in (*kinds, "unknown")]
    tables = [layer for layer in filled if layer.geometry == "none" and has_places(layer.columns)]
    for found in (placed, tables):
        if len(found) == 1 or (found and _one_kml(found)):
            return found
        if found:
            raise SourceError(f"Several layers could be meant. Name one as LAYER: {_listed(found)}.")
    if not filled:
        return [layers[0]]
    raise SourceError(f"No layer holds what is needed ({' or '.join(kinds)}s). Layers: {_listed(layers)}.")


def _named(layers: Sequence[Layer], wanted: str) -> Layer:
    for alike in (_same, _same_without_case):
        found = [layer for layer in layers if alike(wanted, layer)]
        if len(found) == 1:
            return found[0]
        if found:
            raise SourceError(f"“{wanted}” names several layers. Name one of: {_listed(found)}.")
    raise SourceError(f"There is no layer “{wanted}”. Name one of: {_listed(layers)}.")


def _labels(layer: Layer) -> tuple[str, str, str]:
    return layer.name, layer.file.name, f"{layer.file.name}/{layer.name}"


def _same(wanted: str, layer: Layer) -> bool:
    return wanted in _labels(layer)


def _same_without_case(wanted: str, layer: Layer) -> bool:
    return wanted.casefold() in (label.casefold() for label in _labels(layer))


def _one_kml(layers: Sequence[Layer]) -> bool:
    return layers[0].file.suffix.casefold() == ".kml" and len({layer.file for layer in layers}) == 1


def _listed(layers: Sequence[Layer]) -> str:
    names = [layer.name for layer in layers]
    shown = [_labels(layer)[0 if names.count(layer.name) == 1 else 2] for layer in layers]
    what = ["no geometry" if layer.geometry == "none" else f"{layer.geometry}s" for layer in layers]
    what = ["any geometry" if text == "unknowns" else text for text in what]
    return "; ".join(f"{name} ({text}, {layer.rows:,} rows)" for name, text, layer in zip(shown, what, layers))
