"""What a file of tanks looks like before it is loaded: its layers, a sample of rows, the columns' roles and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from .columns.parsing import RoleCount, count_roles
from .columns.roles import parse_field_map
from .errors import SourceError
from .files import reader
from .files.containers import data_files
from .files.reader import never
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
    """Return a preview of a local file's tanks from its first rows. Raises SourceError; Cancelled when stopped."""
    layers = _layers(path, is_cancelled)
    try:
        source = reader.read(path, layer, ("point", "polygon"), places.has_places, is_cancelled)
    except SourceError as error:
        if layer or len(layers) < 2:
            raise
        return Preview(layers, "", notes=[str(error)])
    table = source.table.head(rows)
    chosen = tank_columns(source, parse_field_map(field_map, ROLES, source.columns))
    name = layer or layers[0].name
    return Preview(
        layers,
        name,
        source.columns,
        table,
        chosen.columns,
        chosen.reasons,
        count_roles(chosen, table),
        len(table),
        len(source.table),
        [*source.notes, *chosen.notes],
    )


def _layers(path: str, is_cancelled: Callable[[], bool]) -> list[Layer]:
    with data_files(path, is_cancelled) as files:
        return [found for file in files for found in reader._layers(file)]
