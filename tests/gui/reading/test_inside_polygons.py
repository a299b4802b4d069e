"""Which points are inside: by shapely and by QGIS alone, the same answers, worked out by hand."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from leachwatch.analysis.progress import Cancelled, never
from leachwatch.ui.reading.inside import inside
from qgis.core import QgsGeometry

SQUARE_WITH_HOLE = "Polygon ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 6 4, 6 6, 4 6, 4 4))"
TWO_PARTS = "MultiPolygon (((0 0, 1 0, 1 1, 0 1, 0 0)), ((5 5, 6 5, 6 6, 5 6, 5 5)))"
BOW_TIE = "Polygon ((0 0, 10 10, 10 0, 0 10, 0 0))"
X = np.array([1.0, 5.0, 4.0, 10.0, 11.0, np.nan, 5.5, 0.5])
Y = np.array([1.0, 5.0, 5.0, 10.0, 5.0, 5.0, 5.5, 5.0])
CASES = [
    (SQUARE_WITH_HOLE, [True, False, True, True, False, False, False, True]),
    (TWO_PARTS, [True, True, False, False, False, False, True, False]),
    (BOW_TIE, [True, True, True, True, False, False, True, True]),
]


@pytest.fixture(params=["shapely", "qgis"])
def engine(request, monkeypatch):
    if request.param == "qgis":
        monkeypatch.setitem(sys.modules, "shapely", None)


@pytest.mark.parametrize(("wkt", "expected"), CASES)
def test_borders_count_holes_and_gaps_do_not(qgis_app, engine, wkt, expected):
    assert inside(QgsGeometry.fromWkt(wkt), X, Y, never).tolist() == expected


def test_it_stops_when_asked(qgis_app, engine):
    with pytest.raises(Cancelled):
        inside(QgsGeometry.fromWkt(TWO_PARTS), X, Y, lambda: True)


def test_a_million_points_are_soon_told_apart(qgis_app):
    rng = np.random.default_rng(7)
    x, y = rng.uniform(0, 20, (2, 1_000_000))
    within = inside(QgsGeometry.fromWkt("Polygon ((0 0, 10 0, 0 10, 0 0))"), x, y, never)
    assert within.tolist() == ((x + y <= 10) & (x >= 0)).tolist()
