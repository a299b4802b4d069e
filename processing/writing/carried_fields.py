"""The input's own fields in an output: all of them, under names that leave room for ours."""

from __future__ import annotations

from qgis.core import QgsFields, QgsProcessingFeatureSource, QgsProcessingFeedback, QgsVectorLayer

from ...analysis.fields import SOURCE_PREFIX
from ...translation import tr

# A GeoPackage takes a column of this name for the number of the row: unique and whole.
_ROW_NUMBER = "fid"


def carried_names(source: QgsProcessingFeatureSource, layer: QgsVectorLayer | None, ours: list[str]) -> list[str]:
    """Return the name of each field of the source in an output that has our fields too: its own, or ``src_…``.

    Files tell names apart by their letters, not by their case.
    """
    fields = source.fields()
    taken = {name.casefold() for name in ours}
    free = taken | {name.casefold() for name in fields.names()}
    names = []
    for index, own in enumerate(fields.names()):
        clash = own.casefold() in taken or (own.casefold() == _ROW_NUMBER and not _numbers_rows(source, layer, index))
        name = _free_name(own, free) if clash else own
        taken.add(name.casefold())
        free.add(name.casefold())
        names.append(name)
    return names


def renamed(fields: QgsFields, names: list[str]) -> QgsFields:
    """Return the fields under these names."""
    result = QgsFields()
    for field, name in zip(fields, names):
        field.setName(name)
        result.append(field)
    return result


def tell_renamed(before: list[str], after: list[str], feedback: QgsProcessingFeedback) -> None:
    """Say which fields go out under another name."""
    pairs = [f"{one} → {other}" for one, other in zip(before, after) if one != other]
    if pairs:
        feedback.pushInfo(tr("Fields of the input under another name: {pairs}.").format(pairs=", ".join(pairs)))


def _free_name(name: str, taken: set[str]) -> str:
    result, number = SOURCE_PREFIX + name, 1
    while result.casefold() in taken:
        number += 1
        result = f"{SOURCE_PREFIX}{name}_{number}"
    return result


def _numbers_rows(source: QgsProcessingFeatureSource, layer: QgsVectorLayer | None, index: int) -> bool:
    if layer is not None and index in layer.primaryKeyAttributes():
        return True
    values = source.uniqueValues(index)
    return len(values) == source.featureCount() and all(isinstance(value, int) for value in values)
