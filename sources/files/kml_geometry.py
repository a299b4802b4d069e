"""The shapes of KML's placemarks, gathered element by element."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import shapely

_COORDINATES, _PARTS = ("coordinates", "coord"), ("Point", "LineString", "LinearRing", "Polygon", "Track")
# Elements that Shapes.start and Shapes.end want to know of.
OPENING, CLOSING = frozenset(("Polygon", "Track")), frozenset((*_COORDINATES, *_PARTS))
_Places = list[tuple[float, float]]


class Shapes:
    """Shapes of placemarks in order, each finished after ``begin``: None where there is none or it cannot be read."""

    def __init__(self) -> None:
        self.unreadable = 0
        self._shapes: list[object] = []
        self._parts: list[object] = []
        self._rings: list[_Places] | None = None
        self._xy: _Places = []
        self._broken = False

    def begin(self) -> None:
        """Start a placemark."""
        self._parts, self._rings, self._xy, self._broken = [], None, [], False

    def start(self, element: str) -> None:
        """Take note of an element that opens in a placemark."""
        if element == "Polygon":
            self._rings = []
        elif element == "Track":
            self._xy = []

    def end(self, element: str, text: str) -> None:
        """Take note of an element that closes, with its text."""
        if element in _COORDINATES:
            xy = _coordinates(text.replace(" ", ",") if element == "coord" else text)
            self._broken |= not xy
            self._xy += xy
        elif element in _PARTS:
            self._close(element)

    def _close(self, element: str) -> None:
        xy, self._xy = self._xy, []
        if element == "Polygon":
            rings, self._rings = self._rings or [], None
            self._add(lambda: shapely.Polygon(rings[0], rings[1:]) if rings else None)
        elif element == "LinearRing" and self._rings is not None:
            self._rings.append(xy)
        elif xy:
            self._add(lambda: xy[0] if element == "Point" else shapely.LineString(xy))

    def _add(self, make: Callable[[], object]) -> None:
        try:
            shape = make()
        except (ValueError, shapely.errors.GEOSException):
            shape = None
        self._broken |= shape is None
        self._parts.extend([] if shape is None else [shape])

    def finish(self) -> None:
        """End the placemark: one shape, a collection of several, or None."""
        if self._broken:
            self.unreadable += 1
            self._parts = []
        if len(self._parts) == 1:
            self._shapes.append(self._parts[0])
        else:
            parts = [shapely.Point(part) if isinstance(part, tuple) else part for part in self._parts]
            self._shapes.append(_together(parts) if parts else None)

    def array(self) -> np.ndarray:
        """Return the shapes as an array of geometries."""
        points = np.array([isinstance(shape, tuple) for shape in self._shapes], dtype=bool)
        made = np.array([None if isinstance(shape, tuple) else shape for shape in [*self._shapes, None]], dtype=object)
        if points.any():
            made[:-1][points] = shapely.points([shape for shape in self._shapes if isinstance(shape, tuple)])
        return made[:-1]

    def kind(self) -> str:
        """Return point, polygon, line, unknown (several kinds) or none."""
        kinds = {_KIND.get(number, "unknown") for number in shapely.get_type_id(self.array()) if number >= 0}
        return kinds.pop() if len(kinds) == 1 else "unknown" if kinds else "none"


_KIND = {0: "point", 1: "line", 2: "line", 3: "polygon", 4: "point", 5: "line", 6: "polygon"}
_MULTI = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}


def _together(parts: list[shapely.Geometry]) -> shapely.Geometry:
    kinds = {part.geom_type for part in parts}
    make = _MULTI.get(kinds.pop()) if len(kinds) == 1 else None
    return make(parts) if make else shapely.GeometryCollection(parts)


def _coordinates(text: str) -> _Places:
    """Return x, y of KML's lon,lat[,height] tuples; none if any is broken. Blanks around commas are forgiven."""
    together = ",".join([part.strip() for part in text.split(",")])
    try:
        places = [(float(one[0]), float(one[1])) for one in (part.split(",") for part in together.split())]
    except (ValueError, IndexError):
        return []
    return places if all(math.isfinite(x) and math.isfinite(y) for x, y in places) else []
