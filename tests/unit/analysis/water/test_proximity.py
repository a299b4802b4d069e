"""Bands of distance, shares, and which distances the lines are too coarse for."""

import numpy as np
import pytest
import shapely
from leachwatch.analysis import fields
from leachwatch.analysis.water.proximity import Bands, band_table, proximity
from leachwatch.analysis.water.rivers import rivers_of
from leachwatch.tests.unit.analysis.worlds import place

# A river along the meridian with a vertex each 100 m, and 5 km east of it one with two vertices 4 km apart.
FINE = np.column_stack(place(np.zeros(41), np.arange(-2_000.0, 2_001.0, 100.0)))
COARSE = np.column_stack(place([5_000.0, 5_000.0], [-2_000.0, 2_000.0]))
RIVERS = rivers_of(
    np.concatenate([FINE, COARSE]), np.repeat([0, 1], [41, 2]), np.array([0, 1]), np.array([None, "Nmai"], dtype=object)
)
EAST = [0.0, 49.99, 50.1, 99.0, 120.0, 4_100.0, 1_400.0, -3_000.0, 9_500.0]
BANDS = Bands.up_to([250, 50, 100, 1_000, 50], 2_000.0)


def rows(known_error=0.0):
    shapes = shapely.points(np.column_stack(place(EAST, np.zeros(len(EAST)))))
    return proximity(np.append(shapes, None), RIVERS, BANDS, known_error)


def test_the_bands_end_at_the_furthest_distance():
    assert BANDS.edges == (50, 100, 250, 1_000, 2_000)
    assert Bands.up_to([50, 100, 5_000], 80).edges == (50, 80)
    assert Bands.up_to([], 80).names == ["0–80 m", "beyond 80 m"]
    assert Bands.up_to([12.5], 20_000).names == ["0–12.5 m", "12.5–20000 m", "beyond 20000 m"]


def test_each_distance_is_in_one_band_the_edge_in_the_nearer():
    named = BANDS.of(np.array([0, 50, 50.0001, 2_000, np.nan])).tolist()
    assert named == ["0–50 m", "0–50 m", "50–100 m", "1000–2000 m", "beyond 2000 m"]


def test_one_row_a_shape():
    found = rows()
    expected = [0, 49.99, 50.1, 99, 120, 900, 1_400, np.nan, np.nan, np.nan]
    assert found["nearest_distance_m"].tolist() == pytest.approx(expected, rel=1e-4, abs=1e-3, nan_ok=True)
    assert found["nearest_name"].tolist() == [None] * 5 + ["Nmai"] + [None] * 4
    assert found["band"].tolist()[:6] == ["0–50 m"] * 2 + ["50–100 m"] * 2 + ["100–250 m", "250–1000 m"]
    assert found["band"].tolist()[6:] == ["1000–2000 m", *["beyond 2000 m"] * 2, "no usable position"]
    assert found["rivers_vertex_spacing_m"].tolist() == pytest.approx(
        [100] * 5 + [4_000, 100] + [np.nan] * 3, rel=1e-4, nan_ok=True
    )
    assert set(found["max_distance_m"]) == {2_000.0}


def test_a_distance_below_the_spacing_is_marked():
    assert rows()["coarser_than_distance"].tolist() == ["yes"] * 4 + ["no", "yes", "no"] + [None] * 3
    # Known to be off by 1.3 km: all but the one at 1.4 km.
    assert rows(1_300.0)["coarser_than_distance"].tolist() == ["yes"] * 6 + ["no"] + [None] * 3


def test_the_bands_add_up():
    table = band_table(rows(), BANDS)
    assert table["band"].tolist() == [*BANDS.names, "no usable position"]
    assert table["features"].tolist() == [2, 2, 1, 1, 1, 2, 1]
    assert table["share_pct"].tolist() == pytest.approx(
        [200 / 9, 200 / 9, 100 / 9, 100 / 9, 100 / 9, 200 / 9, np.nan], nan_ok=True
    )
    assert table["coarser_than_distance"].tolist() == [2, 2, 0, 1, 0, 0, 0]
    assert table["from_m"].tolist()[:2] == [0, 50] and np.isnan(table["to_m"].iloc[-2:]).all()
    assert set(fields.WATER_BANDS) - {fields.Field("rivers_source", fields.Kind.TEXT)} == {
        field for field in fields.WATER_BANDS if field.name in table
    }


def test_no_shapes_have_no_shares():
    table = band_table(proximity(np.array([], dtype=object), RIVERS, BANDS), BANDS)
    assert table["features"].sum() == 0 and table["share_pct"].isna().all()
