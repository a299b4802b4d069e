"""A KML's folders as layers, and the layers as one table with the folder's name in a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from .crs import Stated, from_text, to_degrees
from .kinds import DataFile
from .kml_parser import BEGIN, END, STYLE, WHEN, Document, Folder, parse
from .vector import Content, Layer

__all__ = ["BEGIN", "END", "FOLDER", "STYLE", "WHEN", "joined", "list_layers", "read_layer"]

FOLDER = "kml_folder"
_PARSED = "kml"


def list_layers(file: DataFile, is_cancelled: Callable[[], bool]) -> list[Layer]:
    """Return a KML's folders that hold placemarks; one without any is a layer without rows."""
    document = _document(file, is_cancelled)
    columns = tuple(document.columns)
    return [
        Layer(file, name, folder.shapes.kind(), len(folder.rows), columns)
        for name, folder in _named_folders(file, document).items()
    ]


def read_layer(layer: Layer, is_cancelled: Callable[[], bool], limit: int | None = None) -> Content:
    """Return a folder's placemarks, or the first ``limit`` of them: columns of text, shapes in degrees."""
    document = _document(layer.source, is_cancelled)
    folder = _named_folders(layer.source, document)[layer.name]
    rows = folder.rows[:limit]
    columns = {name: [row.get(name) for row in rows] for name in document.columns}
    table = pd.DataFrame(columns, dtype=object).reindex(range(len(rows)))
    unreadable = folder.shapes.unreadable
    notes = [f"{unreadable:,} geometries cannot be read and count as missing."] if unreadable else []
    return Content(table.assign(**{FOLDER: folder.name or None}), folder.shapes.array()[: len(rows)], notes)


def joined(
    layers: Sequence[Layer], contents: Sequence[Content], is_cancelled: Callable[[], bool], crs: str = ""
) -> Content:
    """Return folders of one KML as one layer, columns without a value left out, and notes on what was left out.

    ``crs``: what the user gave; KML is always in degrees, and this is said.
    """
    table = pd.concat([content.table for content in contents], ignore_index=True)
    table = table.astype(object).where(table.notna(), None)
    table = table.drop(columns=[name for name in table if name != FOLDER and table[name].isna().all()])
    notes = [note for content in contents for note in content.notes]
    notes += _document_notes(_document(layers[0].source, is_cancelled))
    if len(layers) > 1:
        notes.insert(0, f"{len(layers)} folders of the KML were read together, named in the column {FOLDER}.")
    geometry = np.concatenate([content.geometry for content in contents])
    geometry, more = to_degrees(geometry, Stated(from_text("EPSG:4326"), True), layers[0].file.name, crs)
    return Content(table, geometry, notes + more)


def _document(file: DataFile, is_cancelled: Callable[[], bool]) -> Document:
    if _PARSED not in file.memory:
        file.memory[_PARSED] = parse(file.path, is_cancelled)
    return file.memory[_PARSED]


def _named_folders(file: DataFile, document: Document) -> dict[str, Folder]:
    """Return folders by a name of their own: those of the same name get a number."""
    filled = [folder for folder in document.folders if folder.rows] or [Folder()]
    bare = [folder.name or file.path.stem for folder in filled]
    seen: Counter[str] = Counter()
    names = []
    for name in bare:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return dict(zip(names, filled))


def _document_notes(document: Document) -> list[str]:
    notes = []
    links = document.left_out["NetworkLink"]
    if links:
        notes.append(f"The KML links to {links:,} other files (NetworkLink); links are not followed.")
    overlays = sum(document.left_out.values()) - links
    if overlays:
        notes.append(f"{overlays:,} images laid over the map (overlays) are no placemarks and were left out.")
    if document.timed_by_folder:
        notes.append(f"{document.timed_by_folder:,} placemarks have no time of their own and took their folder's.")
    return notes
