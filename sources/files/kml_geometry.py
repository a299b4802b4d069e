"""The shapes of KML's placemarks, gathered element by element."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

_PARTS = ("Point", "LineString", "LinearRing", "Polygon", "Track")


class Shapes:
    """Shapes of placemarks in order, each finished after ``begin``: None where there is none or it cannot be read."""

    def __init__(self) -> None:
        self.unreadable = 0
        self._shapes: list[object] = []
        self._parts: list[object] = []
        self._rings: list[np.ndarray] | None = None
        self._xy: list[np.ndarray] = []
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
        if element in ("coordinates", "coord"):
            xy = _coordinates(text.replace(" ", ",") if element == "coord" else text)
            self._broken |= xy is None
            self._xy.extend([] if xy is None else [xy])
        elif element in _PARTS:
            self._close(element)

    def _close(self, element: str) -> None:
        xy = np.concatenate(self._xy) if self._xy else np.empty((0, 2))
        self._xy = []
        if element == "Polygon":
            rings, self._rings = self._rings or [], None
            self._add(lambda: shapely.Polygon(rings[0], rings[1:]) if rings else None)
        elif element == "LinearRing" and self._rings is not None:
            self._rings.append(xy)
        elif len(xy):
            self._add(lambda: tuple(xy[0]) if element == "Point" else shapely.LineString(xy))

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
        made = np.array([*self._shapes, None], dtype=object)[:-1]
        points = np.array([isinstance(shape, tuple) for shape in self._shapes], dtype=bool)
        if points.any():
            made[points] = shapely.points(np.array([shape for shape in self._shapes if isinstance(shape, tuple)]))
        return made

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


def _coordinates(text: str) -> np.ndarray | None:
    """Return x, y of KML's lon,lat[,height] tuples; None for what is none. Spaces around commas are forgiven."""
    try:
        together = ",".join(part.strip() for part in text.split(","))
        tuples = [part.split(",") for part in together.split()]
        xy = np.array([(float(one[0]), float(one[1])) for one in tuples], dtype=float).reshape(-1, 2)
    except (ValueError, IndexError):
        return None
    return xy if len(xy) and np.isfinite(xy).all() else None
