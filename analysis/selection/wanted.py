"""What the tank filter asks for. No package beside Python's own: the docks read it before anything is counted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ..definition import CUMULATIVE, STANDING
from ..fields import STATUSES, TANK_TYPES
from .columns import NO_YEAR

ANY_TIME, FIRST_SEEN = "any", "first-seen"
MODES = (ANY_TIME, STANDING, CUMULATIVE, FIRST_SEEN)
DATE_ROLES = ("first_seen", "last_seen", "gone_by")
# A unit is known by its code, or by its name where it has none: role ``unit`` stands for the two columns.
UNIT = "unit"
VALUE_ROLES = (UNIT, "country", "source", "confidence")
SEARCHED_ROLES = ("tank_id", "unit_name", "unit_code", "country", "source", "confidence", "image_source")
# Every column that is read of a layer.
READ_ROLES = (*DATE_ROLES, "status_date", "abandoned_since", "status", "tank_type", "diameter_m", *SEARCHED_ROLES)
# The value of a tank that has none: NULL and empty text alike.
NONE_GIVEN = ""


@dataclass(frozen=True)
class TankFilter:
    """What the user wants to see. The years count in every mode but ``any``; both ends are included.

    ``undated``: with years, tanks without a date too. ``only_undated``: these alone; the years are left aside.
    ``values``: role (of ``VALUE_ROLES``) → the values to show; a role that is absent shows all.
    ``diameter``: metres, both ends included, None for no limit; ``unmeasured``: tanks of unknown diameter too.
    ``search``: text that one of ``SEARCHED_ROLES`` must hold, in any case.
    """

    mode: str = ANY_TIME
    first_year: int = 0
    last_year: int = 0
    undated: bool = False
    only_undated: bool = False
    statuses: frozenset[str] = frozenset(STATUSES)
    types: frozenset[str] = frozenset(TANK_TYPES)
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    diameter: tuple[float | None, float | None] = (None, None)
    unmeasured: bool = True
    search: str = ""

    def as_plain(self) -> dict[str, Any]:
        """Return the filter as what JSON can hold."""
        return {
            **asdict(self),
            "statuses": sorted(self.statuses),
            "types": sorted(self.types),
            "values": {role: sorted(values) for role, values in self.values.items()},
            "diameter": list(self.diameter),
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> TankFilter:
        """Return the filter that ``as_plain`` wrote. Raises TypeError, KeyError or ValueError on anything else."""
        values = {
            **plain,
            "statuses": frozenset(plain["statuses"]),
            "types": frozenset(plain["types"]),
            "first_year": int(plain["first_year"]),
            "last_year": int(plain["last_year"]),
            "values": {role: frozenset(map(str, some)) for role, some in plain.get("values", {}).items()},
            "diameter": tuple(None if end is None else float(end) for end in plain.get("diameter", (None, None))),
        }
        if values.get("mode") not in MODES:
            raise ValueError(f"no such mode: {values.get('mode')}")
        if set(values["values"]) - set(VALUE_ROLES) or len(values["diameter"]) != 2:
            raise ValueError("no such values")
        if not all(end is None or math.isfinite(end) for end in values["diameter"]):
            raise ValueError("no such diameter")
        if not all(0 <= values[end] < NO_YEAR for end in ("first_year", "last_year")):
            raise ValueError("no such year")
        return cls(**values)
