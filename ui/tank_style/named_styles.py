"""The styles of tanks that come with the plugin, added beside the user's own. No widgets here."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from qgis.core import QgsFeatureRenderer, QgsMapLayer, QgsVectorLayer

from ...translation import tr

STYLES_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "styles"


class Palette(NamedTuple):
    """A set of colours: the style's name in the layer's list of styles, and its file."""

    style_name: str
    file_name: str


# Not translated: a project made in one language is opened in another.
IMAGERY = Palette("Leachwatch: imagery colours", "tanks.qml")
COLOUR_BLIND = Palette("Leachwatch: colour-blind safe", "tanks_colour_blind.qml")
PALETTES = (IMAGERY, COLOUR_BLIND)
_NAMES = frozenset(palette.style_name for palette in PALETTES)


class StyleError(Exception):
    """A style could not be loaded; the text says which, and why."""


def apply_palette(layer: QgsVectorLayer, palette: Palette) -> None:
    """Use the palette as a style of its own. One that the layer has by that name is used as it is, not overwritten.

    Labels and all else but the symbols are those of the style that was in use. Raises StyleError.
    """
    styles = layer.styleManager()
    if palette.style_name in styles.styles():
        styles.setCurrentStyle(palette.style_name)
        return
    before = styles.currentStyle()
    styles.addStyleFromLayer(palette.style_name)
    styles.setCurrentStyle(palette.style_name)
    try:
        load_symbols(layer, palette)
    except StyleError:
        styles.setCurrentStyle(before)
        styles.removeStyle(palette.style_name)
        raise
    layer.triggerRepaint()
    layer.emitStyleChanged()


def own_style(layer: QgsVectorLayer, remembered: str = "") -> str:
    """Return the name of the user's own style: the one remembered, or the first that is not ours; '' without any."""
    own = [name for name in layer.styleManager().styles() if name not in _NAMES]
    return remembered if remembered in own else next(iter(own), "")


def current_own_style(layer: QgsVectorLayer) -> str:
    """Return the name of the style in use if it is the user's own, else ''."""
    current = layer.styleManager().currentStyle()
    return "" if current in _NAMES else current


def load_symbols(layer: QgsVectorLayer, palette: Palette) -> None:
    """Load the palette's symbols, and nothing else, into the layer's current style. Raises StyleError."""
    path = STYLES_FOLDER / palette.file_name
    message, loaded = layer.loadNamedStyle(str(path), False, QgsMapLayer.StyleCategory.Symbology)
    if not loaded:
        raise StyleError(
            tr("The style “{style}” could not be read ({why}). Install the plugin again.").format(
                style=palette.style_name, why=message
            )
        )


def sample_renderer(palette: Palette) -> QgsFeatureRenderer:
    """Return the palette's renderer, for a legend of what it would look like. Raises StyleError."""
    sample = QgsVectorLayer("Point?field=status:string", "sample", "memory")
    load_symbols(sample, palette)
    return sample.renderer().clone()
