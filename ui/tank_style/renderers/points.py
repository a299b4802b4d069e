"""Every tank as a point, by the status recorded last."""

from __future__ import annotations

from qgis.core import QgsCategorizedSymbolRenderer

from ....analysis.fields import ABANDONED, ACTIVE, UNKNOWN
from ....analysis.selection.columns import TankColumns
from ....translation import tr
from .. import classes
from ..options import IMAGERY, StyleOptions
from .rows import Row, categorised, class_row, keys


def renderer(options: StyleOptions, columns: TankColumns) -> QgsCategorizedSymbolRenderer:
    """Return the renderer; tanks without a status, or with other words for it, have classes of their own."""
    return categorised(classes.status(columns), [*rows(options, columns), *keys(options, columns)], options)


def rows(options: StyleOptions, columns: TankColumns) -> list[Row]:
    """Return the classes of status."""
    return [
        class_row(name, label, order, options, columns) for order, (name, label) in enumerate(labels(options.palette))
    ][::-1]


def labels(palette: str) -> list[tuple[str, str]]:
    """Return the classes, what is to lie on top last, and what the legend says of each."""
    of_imagery = palette == IMAGERY
    return [
        (classes.NOT_GIVEN, tr("no status given")),
        (UNKNOWN, tr("status unknown")),
        (ABANDONED, tr("abandoned: brown in the imagery") if of_imagery else tr("abandoned")),
        (ACTIVE, tr("active: blue in the imagery") if of_imagery else tr("active")),
    ]
