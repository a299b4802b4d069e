"""Every tank as a point, by its status in a chosen year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsCategorizedSymbolRenderer

from ....analysis.definition import CUMULATIVE
from ....analysis.fields import ABANDONED, ACTIVE, UNKNOWN
from ....analysis.selection.columns import TankColumns
from ....translation import tr
from .. import classes
from ..options import StyleOptions
from .rows import categorised, class_row, keys

if TYPE_CHECKING:
    from . import Year


def renderer(options: StyleOptions, columns: TankColumns, year: Year) -> QgsCategorizedSymbolRenderer:
    """Return the renderer; tanks that do not count in the year, and those without a date, have classes of their own."""
    rows = [class_row(name, label, order, options, columns) for order, (name, label) in enumerate(labels(year).items())]
    expression = classes.status_in(columns, year.year, year.counting)
    return categorised(expression, [*rows[::-1], *keys(options, columns)], options)


def labels(year: Year) -> dict[str, str]:
    """Return what the legend says of each class, what is to lie on top last."""
    not_there = (
        tr("not seen by {year}") if year.counting == CUMULATIVE else tr("not standing in {year}: not yet seen, or gone")
    )
    texts = {
        classes.UNDATED: tr("no date: not known whether it stood"),
        classes.NOT_THERE: not_there,
        UNKNOWN: tr("status unknown in {year}"),
        ABANDONED: tr("abandoned in {year}"),
        ACTIVE: tr("active in {year}"),
    }
    return {name: text.format(year=year.year) for name, text in texts.items()}
