"""Which column plays which role, why, and what its coded values stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from ...analysis.fields import Field
from . import roles

GIVEN, BY_NAME, BY_FGDC, BY_CONTENT = "given", "name", "FGDC", "content"


@dataclass
class Chosen:
    """The columns chosen for the roles.

    ``columns``: role → column, "" for a role left unmapped on purpose. ``reasons``: role → why. ``meanings``: role →
    what its column's coded values stand for, where metadata says so.
    """

    columns: dict[str, str]
    reasons: dict[str, str] = field(default_factory=dict)
    meanings: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, found: Mapping[str, str], reason: str) -> None:
        """Add roles that are still free."""
        for role, column in found.items():
            if role not in self.columns:
                self.columns[role] = column
                self.reasons[role] = reason

    @property
    def taken(self) -> set[str]:
        """The columns that play a role already."""
        return {part for column in self.columns.values() for part in (column, *column.split(","))}


def choose(
    table: pd.DataFrame,
    own: Sequence[Field],
    aliases: Mapping[str, Sequence[str]],
    overrides: Mapping[str, str],
    has_years: bool = False,
) -> Chosen:
    """Choose columns: what was given, then names (``has_years``: year columns as well)."""
    columns = list(table.columns)
    chosen = Chosen(dict(overrides), dict.fromkeys(overrides, GIVEN))
    chosen.add(roles.find_roles(columns, own, aliases, overrides), BY_NAME)
    if has_years and roles.YEARS not in chosen.columns:
        years = roles.year_columns(columns, chosen.taken)
        chosen.add({roles.YEARS: ",".join(years)} if years else {}, BY_NAME)
    return chosen
