"""How circles and their arcs are drawn: with straight sides, and the area under the true arc."""

from __future__ import annotations

import math

import numpy as np

# Sides of a whole circle. The area does not depend on it; how closely shapes follow the true arc does.
SIDES = 16
_STEP = 2 * math.pi / SIDES


def circle_points(xy: np.ndarray, radius: np.ndarray, side: np.ndarray | int = 1, sides: int = SIDES) -> np.ndarray:
    """Return n × sides × 2 points of regular polygons that have the areas of the discs.

    They run against the clock where ``side`` is 1, with it where it is −1.
    """
    step = 2 * math.pi / sides
    angle = np.arange(sides) * step
    circle = np.stack(
        np.broadcast_arrays(np.cos(angle), np.broadcast_to(side, len(xy))[:, None] * np.sin(angle)), axis=-1
    )
    return xy[:, None, :] + radius[:, None, None] * (circle * math.sqrt(step / math.sin(step)))


def draw_arcs(
    centre: np.ndarray, radius: np.ndarray, begin: np.ndarray, turn: np.ndarray, back: np.ndarray, corner: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the points along arcs, and the arc of each. An arc is drawn without its last point.

    Arcs ``turn`` from the angle ``begin``, or are drawn ``back`` to it. ``corner`` is the point where each starts, the
    very same for two arcs that meet. The points between the ends stand off the circle a little, so that the drawn
    sector has the area of the true one.
    """
    pieces = np.maximum(np.ceil(turn / _STEP).astype(int), 2)
    reach = radius * _swell(turn, pieces)
    first = np.cumsum(pieces) - pieces
    arc = np.repeat(np.arange(len(turn)), pieces)
    piece = np.arange(len(arc)) - first[arc]
    piece = np.where(back[arc], pieces[arc] - piece, piece)
    angle = begin[arc] + (turn / pieces)[arc] * piece
    xy = centre[arc] + reach[arc, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    xy[first] = corner
    return xy, arc


def _swell(turn: np.ndarray, pieces: np.ndarray) -> np.ndarray:
    """Return how far out, in radii, the points between an arc's ends lie, so that the area under it is right.

    With k pieces of angle t and s the answer: the two outer triangles hold s·sin(t)/2 each, the k − 2 between them
    s²·sin(t)/2, and together they are to hold the sector's k·t/2.
    """
    small = turn / pieces
    sine = np.maximum(np.sin(small), 1e-300)
    inner = np.maximum(pieces - 2, 1)
    many = (np.sqrt(sine**2 + inner * sine * turn) - sine) / (inner * sine)
    two = small / sine
    return np.where(turn < 1e-9, 1.0, np.where(pieces == 2, two, many))
