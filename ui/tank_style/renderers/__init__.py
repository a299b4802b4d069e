"""Renderers of tank layers, one way to show them a file."""

from __future__ import annotations

from typing import NamedTuple

from qgis.core import QgsFeatureRenderer

from ....analysis.definition import STANDING
from ....analysis.selection.columns import TankColumns
from ..options import AGE, CLUSTERS, HEAT, IN_YEAR, POINTS, StyleOptions


class Year(NamedTuple):
    """The year of *status in the chosen year*, and which tanks count in it."""

    year: int
    counting: str = STANDING


def renderer_of(options: StyleOptions, columns: TankColumns, year: Year | None = None) -> QgsFeatureRenderer:
    """Return the renderer that the options ask for; ``year``: the tank filter's, where that has one."""
    from . import age, clusters, heat, in_year, points

    if options.mode == IN_YEAR:
        return in_year.renderer(options, columns, year_shown(options, year))
    makers = {POINTS: points, CLUSTERS: clusters, HEAT: heat, AGE: age}
    return makers[options.mode].renderer(options, columns)


def year_shown(options: StyleOptions, year: Year | None) -> Year:
    """Return the year that is shown: the filter's where it has one and is followed, else that of the options."""
    return year if year is not None and options.follow else Year(options.year)
