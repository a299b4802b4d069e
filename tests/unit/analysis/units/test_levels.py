"""Units of a higher level: dissolved by a value that they share."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.progress import Cancelled
from leachwatch.analysis.units.levels import LEVEL, Dissolved, dissolve
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.analysis.units.summary import Question, TownshipSummary
from leachwatch.analysis.units.summary_tables import unit_table
from leachwatch.tests.unit.analysis.worlds import boxes, random_rows, tanks

NAMELESS = "no value in district"


def levelled(units, *values, **columns):
    return prepare(units.assign(**{LEVEL: list(values)}, **{name: list(them) for name, them in columns.items()}))[0]


def four(**columns):
    """Four boxes side by side, U0 to U3: two in the district of A, one in that of B, one in none."""
    return levelled(boxes(-2000, -1000, 0, 1000, 2000), "A", "A", "B", None, **columns)


def test_what_is_dissolved_and_what_a_level_is_called():
    found, told = dissolve(four(parent_name=["Kachin", "Kachin", "Shan", "Shan"]), NAMELESS)
    rows = found[["unit_code", "unit_name", "parent_name", "country", "boundary_source"]].values.tolist()
    assert rows == [
        ["A", "A", "Kachin", "MMR", "test"],
        ["B", "B", "Shan", "MMR", "test"],  # not U2, though it has but one unit: all levels are named alike
        [None, NAMELESS, "Shan", "MMR", "test"],
    ]
    assert told == Dissolved(units=4, levels=3, without_value=1, under_several_parents=[])


def test_the_ground_adds_up_and_inner_borders_are_gone():
    east = np.array([98.0, 98.1, 98.2, 98.3])
    shapes = gpd.GeoSeries(shapely.box(east, 25, east + 0.1, 25.4), crs="EPSG:4326")
    units = levelled(boxes(*range(0, 5000, 1000)).set_geometry(shapes), "A", "A", "B", None)
    found, _ = dissolve(units, NAMELESS)
    assert found["area_km2"].sum() == pytest.approx(units["area_km2"].sum(), rel=1e-9)
    assert found["area_km2"].iloc[0] == pytest.approx(2 * units["area_km2"].iloc[0], rel=1e-9)
    assert [one.geom_type for one in found.geometry] == ["Polygon"] * 3
    # No border is left between the two: the middle of the whole is half its width, a tenth of a degree, from its edge.
    whole = found.geometry.iloc[0]
    assert shapely.distance(shapely.centroid(whole), shapely.boundary(whole)) == pytest.approx(0.1, rel=1e-6)


def test_several_rows_of_one_township_keep_its_code_and_name():
    units = levelled(
        boxes(-2000, -1000, 0, 1000),
        "T1",
        "T1",
        "T2",
        unit_code=["T1", "T1", "T2"],
        unit_name=["Chipwi", "Chipwi", "X"],
    )
    found, _ = dissolve(units, NAMELESS)
    assert found[["unit_code", "unit_name"]].values.tolist() == [["T1", "Chipwi"], ["T2", "X"]]


def test_units_without_names_of_their_own_take_the_levels():
    units = levelled(boxes(0, 1000, 2000), "A", "B", unit_code=[None, None], unit_name=[None, None])
    found, _ = dissolve(units, NAMELESS)
    assert found[["unit_code", "unit_name"]].values.tolist() == [["A", "A"], ["B", "B"]]


def test_what_differs_within_a_level_is_not_known():
    units = levelled(
        boxes(0, 1000, 2000, 3000), "A", "A", "B", parent_name=["x", None, "y"], country=["MMR", "CHN", None]
    )
    found, _ = dissolve(units, NAMELESS)
    assert found["parent_name"].tolist() == [None, "y"]
    assert found["country"].tolist() == [None, None]


def test_one_name_under_two_parents_is_told_where_others_have_one():
    units = levelled(boxes(*range(0, 6000, 1000)), "A", "A", "B", "C", "C", parent_name=["x", "y", "x", "y", "y"])
    assert dissolve(units, NAMELESS)[1].under_several_parents == ["A"]
    # Countries of states have several parents each, as they should.
    units = levelled(boxes(*range(0, 5000, 1000)), "A", "A", "B", "B", parent_name=["x", "y", "z", "w"])
    assert dissolve(units, NAMELESS)[1].under_several_parents == []


def test_holes_slivers_crossings_and_missing_polygons():
    bow = shapely.Polygon([(99, 25), (100, 26), (100, 25), (99, 26)])
    ring = shapely.Polygon(shapely.box(98, 25, 99, 26).exterior, [shapely.box(98.2, 25.2, 98.8, 25.8).exterior])
    sliver = shapely.box(98.999_999_999, 25, 99, 26)
    spike = shapely.Polygon([(98, 26), (98.5, 26), (98.5, 26), (98, 26)])  # no ground at all
    shapes = [bow, ring, sliver, None, spike, shapely.box(98.1, 25.1, 98.3, 25.9)]
    units = gpd.GeoDataFrame(boxes(*range(0, 7000, 1000)))
    units = units.set_geometry(gpd.GeoSeries(shapes, crs="EPSG:4326"))
    found, told = dissolve(levelled(units, "A", "A", "A", "A", "B", "A"), NAMELESS)
    assert told.levels == 2
    whole, nothing = found.geometry
    assert nothing is None or nothing.is_empty
    assert shapely.is_valid(whole) and whole.geom_type == "MultiPolygon"
    # By place: in both triangles of the tie, in the ring, in the box that covers part of its hole, and in the hole.
    inside = shapely.contains_xy(whole, [99.1, 99.9, 98.1, 98.25, 98.5], [25.5, 25.5, 25.5, 25.5, 25.5])
    assert inside.tolist() == [True, True, True, True, False]


def test_hundreds_of_units_are_joined_step_by_step():
    side = 20
    corner = np.arange(side * side)
    east, north = 98 + corner % side * 0.01, 25 + corner // side * 0.01
    units = gpd.GeoDataFrame(boxes(*range(0, 1000 * (len(corner) + 1), 1000)))
    units = units.set_geometry(gpd.GeoSeries(shapely.box(east, north, east + 0.01, north + 0.01), crs="EPSG:4326"))
    told = []
    found, _ = dissolve(levelled(units, *["all"] * len(corner)), NAMELESS, told.append)
    assert found.geometry.iloc[0].area == pytest.approx(0.04, rel=1e-9)
    assert len(shapely.get_rings(found.geometry.to_numpy())) == 1
    assert len(told) > 5 and told == sorted(told) and told[-1] <= 1.0


def test_dissolving_can_be_stopped():
    def stop(fraction):
        raise Cancelled

    with pytest.raises(Cancelled):
        dissolve(four(), NAMELESS, stop)


@pytest.mark.parametrize("seed", range(3))
def test_a_level_counts_what_its_units_count(seed):
    table = tanks(random_rows(seed))
    units = levelled(boxes(-500, 700, 1500, 2600, 3800), "A", "B", "A", None)
    asked = Question(2012, 2020, "standing", None, SiteDefinition(min_tanks=1))

    def counts(some):
        summary = TownshipSummary(table, some, place(table["lon"].to_numpy(), table["lat"].to_numpy(), some), asked)
        return unit_table(summary).set_index("unit_name")[["tanks", "tanks_new", "active", "tanks_undated"]]

    by_unit, by_level = counts(units), counts(dissolve(units, NAMELESS)[0])
    assert by_level.loc["A"].tolist() == (by_unit.loc["Unit 0"] + by_unit.loc["Unit 2"]).tolist()
    assert by_level.loc["B"].tolist() == by_unit.loc["Unit 1"].tolist()
    assert by_level.loc[NAMELESS].tolist() == by_unit.loc["Unit 3"].tolist()
    assert by_level.loc["outside all units"].tolist() == by_unit.loc["outside all units"].tolist()
