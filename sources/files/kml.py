"""What is particular to KML: folders are read as layers, and links lead elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from ..columns.values import none_for_missing
from .vector import Content, Layer

FOLDER = "kml_folder"
# GDAL adds these to every KML layer; without a value of the file's own they say nothing.
_ADDED = {"timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon"}
_TIMES = {"timestamp", "begin", "end"}


def joined(layers: Sequence[Layer], contents: Sequence[Content]) -> Content:
    """Return the folders of a KML as one layer, each row with its folder's name."""
    parts = [content.table.assign(**{FOLDER: layer.name}) for layer, content in zip(layers, contents)]
    names = dict.fromkeys(name for part in parts for name in part.columns)
    # Columns without a value are left out and put back, so that they do not decide the type of the others.
    table = pd.concat([part.dropna(axis=1, how="all") for part in parts], ignore_index=True).reindex(
        columns=list(names)
    )
    for name in table.select_dtypes("object").columns:
        table[name] = none_for_missing(table[name])
    table = table.drop(columns=[name for name in _ADDED & set(table) if _says_nothing(table[name])])
    notes = [note for content in contents for note in content.notes] + _links(layers[0].file)
    if len(layers) > 1:
        notes.insert(0, f"{len(layers)} folders of the KML were read together, named in the column {FOLDER}.")
    if _TIMES & set(table):
        notes.append(
            "The KML's own times (timestamp, begin, end) come without their precision and are not used unless "
            "FIELD_MAP names them."
        )
    geometry = np.concatenate([content.geometry for content in contents])
    return Content(table, geometry, notes)


def _says_nothing(column: pd.Series) -> bool:
    return bool((column.isna() | column.isin([-1, 0, ""])).all())


def _links(file: Path) -> list[str]:
    count = file.read_bytes().count(b"<NetworkLink>")
    return [f"The KML links to {count} other files (NetworkLink); links are not followed."] if count else []
