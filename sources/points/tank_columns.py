"""Which columns of a source of tanks play which role."""

from __future__ import annotations

from collections.abc import Mapping

from ...analysis.fields import TANKS
from ..columns.aliases import PLACE, TANK
from ..columns.choosing import Chosen, choose
from ..columns.roles import YEARS
from ..files.reader import Source
from .places import needs_columns

ROLES = [*(field.name for field in TANKS), "lat", "lon", "date", YEARS]


def tank_columns(source: Source, overrides: Mapping[str, str]) -> Chosen:
    """Return the columns of a source of tanks; ``overrides`` (role → column) win."""
    aliases = TANK if needs_columns(source) else {role: TANK[role] for role in TANK if role not in PLACE}
    return choose(source.table, TANKS, aliases, overrides, source.fgdc, has_years=True)
