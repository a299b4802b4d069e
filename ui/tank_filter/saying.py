"""What the tank filter says to people of a layer: what could not be done, and what was done instead."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsVectorLayer

from ...translation import tr
from .parts import words

_NAMED = 5


def is_edited(layer: QgsVectorLayer) -> str:
    """Return why a layer in edit mode is not filtered."""
    return tr("The layer “{layer}” is being edited: save or discard the edits, then filter.").format(layer=layer.name())


def is_no_condition(layer: QgsVectorLayer) -> str:
    """Return why a layer whose own filter is a statement, or goes on after its condition, is not filtered."""
    return tr(
        "The layer “{layer}” has more than a condition as its own filter (a whole SELECT statement, an order, a group "
        "or a limit), to which nothing can be added. Write it as a condition to filter further."
    ).format(layer=layer.name())


def has_refused(layer: QgsVectorLayer) -> str:
    """Return that the layer's provider does not take the filter."""
    return tr(
        "The layer “{layer}” refused the filter, and keeps the one it had. Some sources cannot be filtered: "
        "save the layer as a GeoPackage and filter that."
    ).format(layer=layer.name())


def changed_outside(layer: QgsVectorLayer) -> str:
    """Return that somebody else set the filter."""
    return tr(
        "The filter of “{layer}” was changed outside the tank filter. It stands as it is now, and the tank "
        "filter adds nothing to it."
    ).format(layer=layer.name())


def comes_off_later(layer: QgsVectorLayer) -> str:
    """Return that the filter waits for the end of the editing."""
    return tr("The layer “{layer}” is being edited: the tank filter comes off when the editing ends.").format(
        layer=layer.name()
    )


def not_restored(layer: QgsVectorLayer) -> str:
    """Return that the layer does not take its user's own filter back."""
    return tr(
        "The layer “{layer}” refused to take its own filter back. Look at its filter (right-click the layer › "
        "Filter…), and at its source."
    ).format(layer=layer.name())


def stays_on(layer: QgsVectorLayer) -> str:
    """Return that the filter could not be taken off any more."""
    return tr(
        "The layer “{layer}” is being edited, so the tank filter could not be taken off. End the editing, "
        "then clear the filter in the layer's properties, or open the tank filter again."
    ).format(layer=layer.name())


def left_out(layer: QgsVectorLayer, parts: frozenset[str]) -> str:
    """Return which conditions have no column."""
    return tr("The layer “{layer}” has no column for these conditions, so they were left out: {parts}.").format(
        layer=layer.name(), parts=words(parts)
    )


def strange_values(layer: QgsVectorLayer, values: Mapping[str, frozenset[str]]) -> str:
    """Return which chosen values no tank has; role → values."""
    every = sorted(value for some in values.values() for value in some)
    named = ", ".join(f"“{value}”" for value in every[:_NAMED])
    if len(every) > _NAMED:
        named = tr("{values} and {n} more").format(values=named, n=len(every) - _NAMED)
    return tr("No tank of “{layer}” has these values ({parts}); they stay in the filter: {values}.").format(
        layer=layer.name(), parts=words(frozenset(values)), values=named
    )


def no_tanks_now(layer: QgsVectorLayer) -> str:
    """Return that the layer lost its source, or the columns that make it a tank layer."""
    return tr(
        "The layer “{layer}” cannot be read any more, or no longer has the columns of tanks, so the tank filter let go "
        "of it. Repair its source, choose its columns again, or take another layer."
    ).format(layer=layer.name())


def no_years() -> str:
    """Return why years cannot be chosen."""
    return tr("No tank of this layer has a date that can be read, so years cannot be chosen.")
