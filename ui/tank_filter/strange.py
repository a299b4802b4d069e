"""Which of the values that a filter asks for no tank of a layer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...analysis.selection.wanted import NONE_GIVEN, TankFilter
from ...analysis.selection.words import same

if TYPE_CHECKING:
    from ...analysis.selection.table import TankTable


class StrangeValues:
    """Remembers what was told, so that each is told once."""

    def __init__(self) -> None:
        self._told: dict[str, frozenset[str]] = {}

    def clear(self) -> None:
        """Forget what was told."""
        self._told = {}

    def fresh(self, table: TankTable, wanted: TankFilter) -> dict[str, frozenset[str]]:
        """Return the values, by role, that no tank has, and that were not told of before."""
        strange = {role: _strange(table, role, some) for role, some in wanted.values.items() if role in table.values}
        fresh = {role: some - self._told.get(role, frozenset()) for role, some in strange.items()}
        self._told = strange
        return {role: some for role, some in fresh.items() if some}


def _strange(table: TankTable, role: str, wanted: frozenset[str]) -> frozenset[str]:
    dialect = table.columns.dialect
    missing = wanted - set(table.values[role].words) - {NONE_GIVEN}
    if not missing:
        return missing
    held = {same(word, dialect) for word in table.values[role].words}
    return frozenset(value for value in missing if same(value, dialect) not in held)
