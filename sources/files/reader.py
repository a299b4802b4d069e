"""One way to read any local file: CSV by pandas, everything else by GDAL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from . import kml, tables, vector
from .containers import TABLES, data_files
from .layers import pick
from .vector import Content, Layer


def never() -> bool:
    """Return that nobody cancels."""
    return False


@dataclass(frozen=True)
class Source:
    """What was read: the file's name without its ending, the table, its geometry (None: a mere table), and notes.

    ``crs``: of coordinate columns, where the user gave one ("": degrees). ``fgdc``: the text of FGDC metadata.
    """

    name: str
    table: pd.DataFrame
    geometry: np.ndarray | None
    notes: list[str]
    crs: str = ""
    fgdc: str = ""

    @property
    def columns(self) -> list[str]:
        """The names of the source's columns."""
        return list(self.table.columns)


def read(
    path: str,
    layer: str = "",
    kinds: Sequence[str] = ("point", "polygon"),
    has_places: Callable[[Sequence[str]], bool] = lambda columns: False,
    is_cancelled: Callable[[], bool] = never,
) -> Source:
    """Read the layer that is meant (see ``layers.pick``) of a local file. Raises SourceError, or Cancelled."""
    with data_files(path, is_cancelled) as files:
        layers = [found for file in files for found in _layers(file)]
        chosen = pick(layers, layer, kinds, has_places)
        contents = [_content(one, is_cancelled) for one in chosen]
        notes = [f"Layer {chosen[0].name} was read of {len(layers)}."] if len(layers) > 1 and len(chosen) == 1 else []
        is_kml = chosen[0].file.suffix.casefold() == ".kml"
        content = kml.joined(chosen, contents) if is_kml else contents[0]
    notes += content.notes
    if not len(content.table):
        notes.append("The layer is empty: it has no rows.")
    return Source(Path(path).stem, content.table, content.geometry, notes)


def _layers(file: Path) -> list[Layer]:
    if file.suffix.casefold() in TABLES:
        with file.open("rb") as opened:
            rows = max(sum(1 for line in opened if line.strip()) - 1, 0)
        return [Layer(file, file.stem, "none", rows, tuple(tables.read_header(file)))]
    return vector.list_layers(file)


def _content(layer: Layer, is_cancelled: Callable[[], bool]) -> Content:
    if layer.file.suffix.casefold() in TABLES:
        table, notes = tables.read_table(layer.file)
        return Content(table, None, notes)
    return vector.read_layer(layer, is_cancelled)
