"""A KML's folders as layers, and the layers as one table with the folder's name in a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from ..notes import Information
from .crs import Stated, from_text, to_degrees
from .kinds import DataFile
from .kml_parser import BEGIN, END, STYLE, WHEN, Document, Folder, parse
from .vector import Content, Layer

__all__ = ["BEGIN", "END", "FOLDER", "STYLE", "WHEN", "list_layers", "read_layers"]

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


def read_layers(
    layers: Sequence[Layer], is_cancelled: Callable[[], bool], crs: str = "", limit: int | None = None
) -> Content:
    """Return folders of one KML as one table, or its first ``limit`` rows: columns of text, shapes in degrees.

    Columns without a value are left out. ``crs``: what the user gave; KML is always in degrees, and this is said.
    """
    document = _document(layers[0].source, is_cancelled)
    named = _named_folders(layers[0].source, document)
    folders = [named[layer.name] for layer in layers]
    rows = [row for folder in folders for row in folder.rows][:limit]
    values = {name: [row.get(name) for row in rows] for name in document.columns}
    values = {name: cells for name, cells in values.items() if any(cells)}
    values[FOLDER] = [folder.name or None for folder in folders for _ in folder.rows][:limit]
    notes = _notes(document, folders)
    geometry = np.concatenate([folder.shapes.array() for folder in folders])[:limit]
    geometry, more = to_degrees(geometry, Stated(from_text("EPSG:4326"), True), layers[0].file.name, crs)
    return Content(pd.DataFrame(values, dtype=object), geometry, notes + more)


def _document(file: DataFile, is_cancelled: Callable[[], bool]) -> Document:
    if _PARSED not in file.memory:
        file.memory[_PARSED] = parse(file.path, is_cancelled)
    return file.memory[_PARSED]


def _named_folders(file: DataFile, document: Document) -> dict[str, Folder]:
    """Return folders by a name of their own: those of the same name get a number."""
    filled = document.folders or [Folder()]
    bare = [folder.name or file.path.stem for folder in filled]
    seen: Counter[str] = Counter()
    names = []
    for name in bare:
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return dict(zip(names, filled))


def _notes(document: Document, folders: Sequence[Folder]) -> list[str]:
    notes: list[str] = []
    if len(folders) > 1:
        notes.append(
            Information(f"{len(folders)} folders of the KML were read together, named in the column {FOLDER}.")
        )
    unreadable = sum(folder.shapes.unreadable for folder in folders)
    if unreadable:
        notes.append(f"{unreadable:,} geometries cannot be read and count as missing.")
    links = document.left_out["NetworkLink"]
    if links:
        notes.append(f"The KML links to {links:,} other files (NetworkLink); links are not followed.")
    overlays = sum(document.left_out.values()) - links
    if overlays:
        notes.append(f"{overlays:,} images laid over the map (overlays) are no placemarks and were left out.")
    if document.timed_by_folder:
        notes.append(
            Information(f"{document.timed_by_folder:,} placemarks have no time of their own and took their folder's.")
        )
    return notes
