"""What a file of tanks looks like before it is loaded: its layers, a sample of rows, the columns' roles and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from ..analysis.progress import never
from .columns.content import SAMPLE
from .columns.parsing import RoleCount, count_roles
from .columns.roles import parse_field_map
from .files.layers import SeveralLayers
from .files.reader import read
from .files.vector import Layer
from .points import places
from .points.tank_columns import ROLES, tank_columns

__all__ = ["Preview", "RoleCount", "preview"]


@dataclass(frozen=True)
class Preview:
    """A sample of a file of tanks.

    ``layers``: all of the container; ``layer``: the one read, "" where several could be meant (then there are no
    columns and rows). ``mapping``: role → column as the loader chooses it; ``reasons``: role → "name", "content",
    "FGDC" or "given"; ``counts``: role → what parses in the sample. ``total``: the layer's rows, None where unknown.
    """

    layers: list[Layer]
    layer: str
    columns: list[str] = field(default_factory=list)
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    mapping: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    counts: dict[str, RoleCount] = field(default_factory=dict)
    sampled: int = 0
    total: int | None = None
    notes: list[str] = field(default_factory=list)


def preview(
    path: str,
    *,
    layer: str = "",
    field_map: str = "",
    crs: str = "",
    rows: int = 1000,
    is_cancelled: Callable[[], bool] = never,
) -> Preview:
    """Return a preview of a local file's tanks from its first rows. Raises SourceError; Cancelled when stopped.

    Columns are chosen by as many rows as the loader looks at, whatever ``rows``: so both choose the same.
    """
    limit = max(rows, SAMPLE)
    try:
        source = read(path, layer, ("point", "polygon"), places.has_places, is_cancelled, crs, limit)
    except SeveralLayers as several:
        return Preview(several.layers, "", notes=[str(several)])
    chosen = tank_columns(source, parse_field_map(field_map, ROLES, source.columns))
    table = source.table.head(rows)
    return Preview(
        layers=source.layers,
        layer=source.layer,
        columns=source.columns,
        rows=table,
        mapping=chosen.columns,
        reasons=chosen.reasons,
        counts=count_roles(chosen, table),
        sampled=len(table),
        total=source.total,
        notes=[*source.notes, *chosen.notes],
    )
