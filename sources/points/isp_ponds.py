"""A file in which each row is a pond: what it says of sites, and of how many."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..columns import values
from .places import Places


def distinct_sites(found: Places, mapping: Mapping[str, str], pond_column: str) -> int:
    """Return how many sites the rows are of: by id, in a file of ponds else by name; a row with neither is its own."""
    keys = pd.Series(None, pd.RangeIndex(len(found.row)), dtype=object)
    for role in ("site_id", *(("site_name",) if pond_column else ())):
        if mapping.get(role):
            keys = keys.where(keys.notna(), pd.Series(values.texts(found.table[mapping[role]]), dtype=object))
    return int(keys.nunique() + keys.isna().sum())


def count_ponds(sites: pd.DataFrame, pond_column: str) -> int:
    """Return how many ponds a file tells of: its rows where each is one, else the sum of its counts."""
    return len(sites) if pond_column else int(sites["pond_count"].sum())


def pond_notes(sites: pd.DataFrame, distinct: int, pond_column: str) -> list[str]:
    """Return what to know of a file of ponds."""
    if not pond_column or sites.empty:
        return []
    notes = [
        f"Each row is a pond (column {pond_column}): {len(sites):,} ponds of {distinct:,} sites, one row each. "
        "Do not divide one organisation's ponds by another's sites: they count different things."
    ]
    if sites["pond_count"].notna().any():
        notes.append("The column of pond counts speaks of sites, not of these rows: it was kept, and not added up.")
    return notes
