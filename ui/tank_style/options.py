"""What is chosen for a layer's style. No Qt: it is kept as JSON in the layer's style and in the default."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

POINTS, CLUSTERS, HEAT, AGE, IN_YEAR = "points", "clusters", "heat", "age", "in-year"
MODES = (POINTS, CLUSTERS, HEAT, AGE, IN_YEAR)
IMAGERY, COLOUR_BLIND, PRINT = "imagery", "colour-blind", "print"
PALETTES = (IMAGERY, COLOUR_BLIND, PRINT)
FIXED, GROUND = "fixed", "ground"
SIZES = (FIXED, GROUND)
# Labels: as the style has them that was in use, none, or what one of these says.
AS_THEY_ARE, NO_LABELS, BY_ID, BY_UNIT, BY_DIAMETER, BY_FIRST_YEAR = "keep", "none", "id", "unit", "diameter", "first"
LABELS = (AS_THEY_ARE, NO_LABELS, BY_ID, BY_UNIT, BY_DIAMETER, BY_FIRST_YEAR)

_CHOICES = {"mode": MODES, "palette": PALETTES, "size": SIZES, "labels": LABELS}
_LIMITS = {
    "size_mm": (0.2, 20.0),
    "least_mm": (0.2, 20.0),
    "outline_mm": (0.0, 2.0),
    "opacity": (5, 100),
    "cluster_mm": (1.0, 50.0),
    "heat_mm": (1.0, 50.0),
    "year": (1900, 2200),
    "label_scale": (100, 10_000_000),
}


@dataclass(frozen=True)
class StyleOptions:
    """How tanks are drawn. Sizes are millimetres on the map or paper.

    ``size`` ground: the diameter at the map's scale, but no smaller than ``least_mm``; a tank of unknown diameter is
    drawn at ``size_mm``. ``opacity``: percent. ``cluster_mm``: tanks nearer to each other are drawn as one number.
    ``year``: the year of ``in-year``, which with ``follow`` is the tank filter's where that has one.
    ``label_scale``: labels are drawn at 1:label_scale and closer.
    """

    mode: str = POINTS
    palette: str = IMAGERY
    by_type: bool = False
    size: str = FIXED
    size_mm: float = 1.6
    least_mm: float = 0.8
    outline_mm: float = 0.12
    opacity: int = 100
    active_on_top: bool = True
    cluster_mm: float = 8.0
    heat_mm: float = 6.0
    year: int = 2021
    follow: bool = True
    labels: str = AS_THEY_ARE
    label_scale: int = 5000

    def as_json(self) -> str:
        """Return the options as JSON."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> StyleOptions:
        """Return the options that ``as_json`` wrote; what is missing is the default. Raises ValueError."""
        plain = json.loads(text)
        if not isinstance(plain, dict):
            raise ValueError("no options")
        return cls.from_plain(plain)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> StyleOptions:
        """Return the options of a mapping; what is missing is the default, other keys are left. Raises ValueError."""
        known = {one.name: one.default for one in fields(cls)}
        return cls(**{name: _read(name, plain[name], default) for name, default in known.items() if name in plain})


def _read(name: str, value: Any, default: Any) -> Any:
    if name in _CHOICES:
        if value not in _CHOICES[name]:
            raise ValueError(f"{name}: no such choice: {value}")
        return value
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise ValueError(f"{name}: true or false is expected")
        return value
    low, high = _LIMITS[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise ValueError(f"{name}: a number from {low} to {high} is expected")
    return type(default)(value)
