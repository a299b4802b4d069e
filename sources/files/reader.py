"""One way to read any local file: CSV by pandas, KML by expat, everything else by GDAL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from ...analysis.progress import never
from ..errors import SourceError
from ..notes import Information
from . import crs as reference
from . import gdal_opening, kml, tables, vector
from .containers import Container, data_files
from .headings import like_data
from .kinds import KML, TEXT, DataFile
from .layers import pick
from .vector import Content, Layer

_CHUNK = 4 * 1024**2
_LINE_END = ord("\n")


@dataclass(frozen=True)
class Source:
    """What was read: the file's name without its ending, the table, its geometry (None: a mere table), and notes.

    ``crs``: the given CRS, where it is that of coordinate columns; "" for degrees. ``fgdc``: the text of an FGDC XML
    that describes the data, "" for none. ``layers``: all of the container; ``layer`` and ``total``: the name and the
    number of rows of what was read, in full.
    """

    name: str
    table: pd.DataFrame
    geometry: np.ndarray | None
    notes: list[str]
    crs: str = ""
    fgdc: str = ""
    layers: list[Layer] = field(default_factory=list)
    layer: str = ""
    total: int | None = None

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
    crs: str = "",
    limit: int | None = None,
) -> Source:
    """Read the layer that is meant (see ``layers.pick``) of a local file, or its first ``limit`` rows.

    ``crs``: any text that ``crs.from_text`` takes; it counts where the file states none. Raises SourceError, Cancelled.
    """
    if crs.strip():
        reference.from_text(crs)
    with data_files(path, is_cancelled) as container:
        layers, left_out = _all_layers(container, Path(path).name, is_cancelled)
        chosen = pick(layers, layer, kinds, has_places)
        content = _contents(chosen, is_cancelled, crs, limit)
        notes = [*container.notes, *left_out, *_missing(chosen[0].source, is_cancelled)]
    if len(layers) > 1 and len(chosen) == 1:
        notes.append(Information(f"Layer {chosen[0].name} was read of {len(layers)}."))
    notes += [*content.notes, *like_data(list(content.table.columns))]
    total = sum(one.rows for one in chosen)
    if not total:
        notes.append("The layer is empty: it has no rows.")
    given = crs.strip() if content.geometry is None else ""
    return Source(
        Path(path).stem, content.table, content.geometry, notes, given, container.fgdc, layers, chosen[0].name, total
    )


def list_layers(path: str, is_cancelled: Callable[[], bool] = never) -> list[Layer]:
    """Return all layers of a local file or container. Raises SourceError, Cancelled."""
    with data_files(path, is_cancelled) as container:
        return _all_layers(container, Path(path).name, is_cancelled)[0]


def _all_layers(container: Container, name: str, is_cancelled: Callable[[], bool]) -> tuple[list[Layer], list[str]]:
    """Return the layers of all files, and notes on files of several that cannot be read."""
    layers: list[Layer] = []
    faults: list[SourceError] = []
    for file in container:
        try:
            layers += _layers(file, is_cancelled)
        except SourceError as error:
            faults.append(error)
    if not layers:
        raise faults[0] if faults else SourceError(f"{name} holds no layer. Choose another file.")
    return layers, [f"Left out: {fault}" for fault in faults]


def _layers(file: DataFile, is_cancelled: Callable[[], bool] = never) -> list[Layer]:
    if file.kind is TEXT:
        return [Layer(file, file.path.stem, "none", _lines(file.path), tuple(tables.read_header(file.path)))]
    if file.kind is KML:
        return kml.list_layers(file, is_cancelled)
    return vector.list_layers(file, is_cancelled)


def _lines(file: Path) -> int:
    """Return the number of lines below the header, as far as a count of line ends tells."""
    count, last = 0, b"\n"
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            count += int(np.count_nonzero(np.frombuffer(chunk, dtype=np.uint8) == _LINE_END))
            last = chunk[-1:]
    return max(count + (last != b"\n") - 1, 0)


def _contents(chosen: Sequence[Layer], is_cancelled: Callable[[], bool], crs: str, limit: int | None) -> Content:
    first = chosen[0]
    if first.source.kind is TEXT:
        table, notes = tables.read_table(first.file, limit, is_cancelled)
        return Content(table, None, notes)
    if first.source.kind is KML:
        return kml.read_layers(chosen, is_cancelled, crs, limit)
    return vector.read_layer(first, is_cancelled, crs, limit)


def _missing(file: DataFile, is_cancelled: Callable[[], bool]) -> list[str]:
    return [] if file.kind in (TEXT, KML) else gdal_opening.check(file, is_cancelled)
