"""Coarse boxes of longitude and latitude: enough to suspect, never to decide where a place lies."""

from __future__ import annotations

import numpy as np

# West, south, east, north. Myanmar, China and their neighbours: a latitude cannot be mistaken for a longitude there.
REGION = (73.0, 3.0, 136.0, 54.0)
# The outermost degrees of each country, rounded outwards, islands included where they are many.
COUNTRY_BOXES = {
    "MMR": (92.0, 9.4, 101.3, 28.7),
    "CHN": (73.3, 3.0, 135.2, 53.7),
    "LAO": (99.9, 13.8, 107.8, 22.6),
    "THA": (97.2, 5.5, 105.8, 20.6),
    "VNM": (102.0, 6.0, 118.0, 23.5),
    "IND": (68.0, 6.0, 97.6, 37.2),
}


def in_box(lon: np.ndarray, lat: np.ndarray, box: tuple[float, float, float, float] = REGION) -> np.ndarray:
    """Return which places lie in a box; what is no number lies in none."""
    west, south, east, north = box
    with np.errstate(invalid="ignore"):
        return np.asarray((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
