"""Which column plays which role, why, and what its coded values stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from ...analysis.fields import Field
from ..notes import Information
from . import content, fgdc, roles
from .definitions import meanings, role_of
from .values import shorten

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
    metadata: str = "",
    has_years: bool = False,
) -> Chosen:
    """Choose columns: what was given, then names (``has_years``: year columns as well), metadata, and content.

    ``aliases`` names the roles that are looked for; ``metadata`` is the text of FGDC metadata beside the data.
    """
    columns = list(table.columns)
    chosen = Chosen(dict(overrides), dict.fromkeys(overrides, GIVEN))
    chosen.add(roles.find_roles(columns, own, aliases, overrides), BY_NAME)
    if has_years and roles.YEARS not in chosen.columns:
        years = roles.year_columns(columns, chosen.taken)
        chosen.add({roles.YEARS: ",".join(years)} if years else {}, BY_NAME)
    _by_metadata(chosen, metadata, columns, aliases)
    _by_content(chosen, table, own, aliases)
    return chosen


def _by_metadata(chosen: Chosen, text: str, columns: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> None:
    attributes, notes = fgdc.describe(text, columns)
    chosen.notes += notes
    candidates: dict[str, list[str]] = {}
    for column in columns:
        role = role_of(attributes[column].definition) if column in attributes and column not in chosen.taken else ""
        if role in aliases and role not in chosen.columns:
            candidates.setdefault(role, []).append(column)
    for role, fits in candidates.items():
        if len(fits) == 1:
            chosen.add({role: fits[0]}, BY_FGDC)
            definition = shorten(attributes[fits[0]].definition, 80)
            chosen.notes.append(
                Information(f"Column {fits[0]} was taken as {role} by its metadata (FGDC): “{definition}”.")
            )
        else:
            chosen.notes.append(
                f"By their metadata (FGDC) the columns {', '.join(fits)} could each play the role {role}: none was "
                f"taken. Name one in FIELD_MAP, such as {role}={fits[0]}."
            )
    for role, column in chosen.columns.items():
        words = meanings(role, attributes[column].codes) if column in attributes else {}
        if words:
            chosen.meanings[role] = words
            shown = ", ".join(f"{code} = {word}" for code, word in list(words.items())[:6])
            chosen.notes.append(
                Information(f"Column {column}: coded values were read by the metadata (FGDC): {shown}.")
            )


def _by_content(
    chosen: Chosen, table: pd.DataFrame, own: Sequence[Field], aliases: Mapping[str, Sequence[str]]
) -> None:
    if _is_ours(table.columns, own):
        return
    wanted = [role for role in aliases if role not in chosen.columns]
    if content.is_dated([role for role, column in chosen.columns.items() if column]):
        wanted = [role for role in wanted if role != "date"]
    if roles.geometry_column(table.columns) or "" in (chosen.columns.get("lat"), chosen.columns.get("lon")):
        wanted = [role for role in wanted if role not in ("lat", "lon")]
    found, notes = content.find(table, chosen.taken, wanted)
    chosen.add(found, BY_CONTENT)
    chosen.notes += notes
    if found:
        shown = ", ".join(f"{column} as {role}" for role, column in found.items())
        chosen.notes.append(
            Information(f"Columns taken by what they hold, not by name: {shown}. FIELD_MAP can say otherwise.")
        )


def _is_ours(columns: Iterable[str], own: Sequence[Field]) -> bool:
    """Return whether this is our own table: then what is missing is missing."""
    return {field.name for field in own} <= set(columns)
