"""Colours and shapes of the classes of tanks, in the three palettes."""

from __future__ import annotations

from typing import NamedTuple

from ...analysis.fields import ABANDONED, ACTIVE, LEACHATE, PRECIPITATION, UNKNOWN
from .classes import NOT_GIVEN, NOT_THERE
from .options import COLOUR_BLIND, IMAGERY, PRINT

CROSS = "cross2"
SHAPES_OF_TYPES = {LEACHATE: "circle", PRECIPITATION: "square", UNKNOWN: "diamond"}


class Look(NamedTuple):
    """A class's colour and shape; ``filled``: None, or a ring with this within ("": nothing)."""

    colour: str
    shape: str
    filled: str | None = None
    share: float = 1.0  # of the size of the others

    @property
    def is_ring(self) -> bool:
        """Whether the colour is that of the edge."""
        return self.filled is not None


# What lies behind the tanks in the preview: ground as in imagery, and paper.
GROUND, PAPER = "#5d6748", "#ffffff"
_LOOKS = {
    IMAGERY: {
        ACTIVE: Look("#1f78d1", "circle"),
        ABANDONED: Look("#8a4b1c", "circle"),
        UNKNOWN: Look("#9a9a9a", "circle"),
        NOT_GIVEN: Look("#b4b4b4", CROSS),
    },
    # Blue, vermilion and grey of Okabe and Ito's palette, and a shape for each: they hold without any colour, too.
    COLOUR_BLIND: {
        ACTIVE: Look("#0072b2", "circle"),
        ABANDONED: Look("#d55e00", "triangle"),
        UNKNOWN: Look("#999999", "square"),
        NOT_GIVEN: Look("#999999", CROSS),
    },
    # Black, white and grey, with a shape for each.
    PRINT: {
        ACTIVE: Look("#000000", "circle"),
        ABANDONED: Look("#000000", "triangle", PAPER),
        UNKNOWN: Look("#8c8c8c", "square"),
        NOT_GIVEN: Look("#6e6e6e", CROSS),
    },
}
# Where shapes say the type, a ring tells abandoned tanks from active ones without colour.
_RINGS_BY_TYPE = {IMAGERY: {NOT_GIVEN: ""}}
_RINGS_BY_TYPE[COLOUR_BLIND] = _RINGS_BY_TYPE[PRINT] = {NOT_GIVEN: "", ABANDONED: PAPER}
_NOT_THERE = Look("#9c9c9c", "circle", "", 0.7)

# Dark to light, alike in steps for the colour-blind and in grey: the newest is the lightest, and on paper the darkest.
AGES = ["#440154", "#443983", "#31688e", "#21918c", "#35b779", "#90d743", "#fde725"]
AGES_IN_PRINT = ["#f0f0f0", "#d9d9d9", "#bdbdbd", "#969696", "#737373", "#474747", "#111111"]
HEAT = ["#00451077", "#c0721f81", "#e0cf4446", "#f0fb9b06", "#fffcffa4"]
HEAT_IN_PRINT = ["#00ffffff", "#a0cccccc", "#d0888888", "#f0444444", "#ff000000"]


def look_of(palette: str, name: str, by_type: bool) -> Look:
    """Return how a class is drawn; where shapes say the type, the shape is that of leachate tanks."""
    look = _NOT_THERE if name == NOT_THERE else _LOOKS[palette][name]
    if not by_type or name == NOT_THERE:
        return look
    return Look(look.colour, SHAPES_OF_TYPES[LEACHATE], _RINGS_BY_TYPE[palette].get(name))


def ages_of(palette: str) -> list[str]:
    """Return the colours of the age ramp, from the oldest to the newest."""
    return AGES_IN_PRINT if palette == PRINT else AGES


def heat_of(palette: str) -> list[str]:
    """Return the colours of the heat map, from none to most, with their opacity (#aarrggbb)."""
    return HEAT_IN_PRINT if palette == PRINT else HEAT


def behind(palette: str) -> str:
    """Return the colour behind the preview."""
    return PAPER if palette == PRINT else GROUND
