"""Units of a higher level from a Processing source: districts of townships, say, or states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from ...analysis.fields import SOURCE_PREFIX, find_columns
from ...translation import tr
from ..base import progress_of
from .unit_reader import UNIT_COLUMNS, open_units, prepared

if TYPE_CHECKING:
    import geopandas as gpd

    from ...analysis.units.levels import Dissolved
    from ..base import LeachwatchAlgorithm


def read_levels(
    algorithm: LeachwatchAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    field: str,
) -> tuple[gpd.GeoDataFrame, str]:
    """Return the units dissolved by a field of theirs, ready to place tanks in, and in words what was dissolved.

    The field is found with and without ``src_`` before it. Units need no names of their own here. Raises
    QgsProcessingException as ``read_units`` does, and where there is no such field.
    """
    from ...analysis.units.levels import LEVEL, dissolve

    source = open_units(algorithm, parameters, context)
    column = _level_column(source.fields().names(), field)
    if column is None:
        raise QgsProcessingException(
            tr("{name} has no field {field} (its fields: {fields}). Change the level field (LEVEL_FIELD).").format(
                name=source.sourceName(), field=field, fields=", ".join(source.fields().names())
            )
        )
    found = find_columns(source.fields().names(), UNIT_COLUMNS)
    units = prepared(source, {**found, LEVEL: column}, context, feedback)
    nameless = tr("no value in {field}").format(field=column)
    units, dissolved = dissolve(units, nameless, progress_of(feedback, 0.0, 0.1))
    told = _told(dissolved, source.sourceName(), column)
    feedback.pushInfo(told)
    if dissolved.under_several_parents:
        feedback.pushWarning(
            tr(
                "These values of {field} stand under more than one parent, and were dissolved all the same: {values}. "
                "If they are different units of one name, choose a field of codes."
            ).format(field=column, values=", ".join(dissolved.under_several_parents))
        )
    return units, told


def _level_column(names: list[str], field: str) -> str | None:
    bare = field[len(SOURCE_PREFIX) :] if field.casefold().startswith(SOURCE_PREFIX) else field
    found = find_columns(names, [field.casefold(), bare.casefold(), f"{SOURCE_PREFIX}{bare}".casefold()])
    return next(iter(found.values()), None)


def _told(dissolved: Dissolved, name: str, column: str) -> str:
    told = tr("The {units} units of {name} were dissolved by {field} into {levels}.").format(
        units=dissolved.units, name=name, field=column, levels=dissolved.levels
    )
    if dissolved.without_value:
        told += " " + tr("{n} of them have no value in {field}: they are one unit, named so.").format(
            n=dissolved.without_value, field=column
        )
    return told
