"""Every tank as a point, by the year of the first image known to show it."""

from __future__ import annotations

from qgis.core import QgsGraduatedSymbolRenderer, QgsRendererRange

from ....analysis.selection.columns import TankColumns
from ....translation import tr
from .. import classes
from ..options import StyleOptions
from ..palettes import CROSS, Look, ages_of
from ..symbols import marker
from .rows import keys

# First years of the classes after the first. They are fixed: the tanks of two layers compare, and none need be read.
BREAKS = (2013, 2015, 2017, 2019, 2021, 2023)
_EARLIEST, _LATEST = 0, 9999
_NO_DATE = Look("#8c8c8c", CROSS)
_NEVER = -100


def renderer(options: StyleOptions, columns: TankColumns) -> QgsGraduatedSymbolRenderer:
    """Return the renderer; tanks without a date have a class of their own."""
    ranges = []
    for order, (colour, (first, last), label) in enumerate(zip(ages_of(options.palette), _years(), _labels()), 1):
        ranges.append(QgsRendererRange(first, last, marker(Look(colour, "circle"), options, columns, order), label))
    undated = (classes.UNDATED_YEAR, classes.UNDATED_YEAR)
    ranges.append(QgsRendererRange(*undated, marker(_NO_DATE, options, columns), tr("no date")))
    for row, key in enumerate(keys(options, columns)):
        ranges.append(QgsRendererRange(_NEVER - row, _NEVER - row, key.symbol, key.label))
    made = QgsGraduatedSymbolRenderer(class_attribute(columns), ranges)
    made.setUsingSymbolLevels(options.active_on_top)
    return made


def class_attribute(columns: TankColumns) -> str:
    """Return the expression of what the classes are about: a year, or UNDATED_YEAR."""
    return f"coalesce({classes.first_year(columns)}, {classes.UNDATED_YEAR})"


def _years() -> list[tuple[int, int]]:
    return list(zip((_EARLIEST, *BREAKS), (*(year - 1 for year in BREAKS), _LATEST)))


def _labels() -> list[str]:
    first = tr("first seen {year} or before").format(year=BREAKS[0] - 1)
    last = tr("{year} or later").format(year=BREAKS[-1])
    return [first, *(f"{start}–{end}" for start, end in _years()[1:-1]), last]
