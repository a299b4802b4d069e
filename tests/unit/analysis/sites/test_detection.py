"""Sites at one time: counts by hand, and every tank in exactly one state."""

import math

import numpy as np
import pytest
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.detection import detect_sites
from leachwatch.tests.unit.analysis.worlds import GEOD, row_of, tanks

WORLD = [
    *row_of(3, first_seen="2015-01-01", status="active", tank_type="leachate", diameter_m=10),
    *row_of(2, east=45, first_seen="2022-01-01", status="unknown", diameter_m=10),
    *row_of(1, east=75, first_seen="2016-05-05", status="abandoned", abandoned_since="2021-01-01", diameter_m=10),
    *row_of(2, north=5000, first_seen="2015-01-01"),  # a pair
    *row_of(1, north=8000),  # undated
    *row_of(4, north=9000, first_seen="2012-01-01", gone_by="2018-01-01"),
]


def detect(year, counting="standing", rows=WORLD, **definition):
    return detect_sites(tanks(rows), year, counting, SiteDefinition(**definition))


def test_2020_has_the_four_tanks_of_the_row_that_stand():
    site = detect(2020).sites.iloc[0]
    assert len(detect(2020).sites) == 1
    counts = site[["year", "tanks", "active", "abandoned", "status_unknown", "leachate", "type_unknown"]]
    assert counts.tolist() == [2020, 4, 4, 0, 0, 3, 1]


def test_2024_has_all_six_and_the_statuses_of_that_year():
    site = detect(2024).sites.iloc[0]
    assert site[["tanks", "active", "abandoned", "status_unknown"]].tolist() == [6, 3, 1, 2]
    assert (str(site["first_seen"].date()), site["counting"]) == ("2015-01-01", "standing")


def test_cumulative_counts_what_is_gone():
    assert len(detect(2024, "cumulative").sites) == 2


@pytest.mark.parametrize("year", [2005, 2013, 2020, 2024])
def test_every_tank_is_in_one_state(year):
    detection = detect(year)
    states = ["in site", "ungrouped", "undated", "not counted in the year"]
    assert sum(detection.tanks_in_state(state) for state in states) == len(WORLD)
    assert detection.tanks_in_state("undated") == 1


def test_without_a_year_every_tank_counts_dated_or_not():
    detection = detect(None)
    assert detection.sites["tanks"].tolist() == [6, 4]
    assert detection.tanks_in_state("ungrouped") == 3  # the pair and the undated one
    assert detection.tanks_in_state("undated") == 0
    assert detection.sites["year"].isna().all()
    assert set(detection.sites["counting"]) == {"all tanks"}


def lens(distance, radius):
    half = distance / 2
    return 2 * (radius**2 * math.acos(half / radius) - half * math.sqrt(radius**2 - half**2))


def test_the_buffered_footprint_is_discs_less_their_lenses():
    # Six tanks 15 m apart with discs of 10 m: only neighbours overlap.
    expected = (6 * math.pi * 10**2 - 5 * lens(15, 10)) / 1e4
    assert detect(2024, padding=10).sites["footprint_ha"].iloc[0] == pytest.approx(expected, rel=1e-4)


def test_discs_have_the_tanks_own_diameters():
    # Diameter 10 m, 15 m apart: they do not touch.
    assert detect(2024, footprint="discs").footprint_ha == pytest.approx(6 * math.pi * 25 / 1e4, rel=1e-6)
    assert detect(2024, footprint="discs").without_diameter == 0


def test_a_disc_without_a_diameter_takes_the_padding_and_is_counted():
    rows = [*row_of(3, diameter_m=10), *row_of(2, east=45)]
    detection = detect(None, rows=rows, footprint="discs", padding=6)
    assert detection.without_diameter == 2
    assert detection.footprint_ha == pytest.approx((3 * 25 + 2 * 36) * math.pi / 1e4, rel=1e-6)


SQUARE = [{"east": e, "north": n} for e in (0, 100) for n in (0, 100)] + [{"east": 50, "north": 50}]


def test_the_convex_hull_of_a_square_with_its_margin():
    # 100 × 100 m, a strip of 15 m on four sides, and four quarter discs at the corners.
    expected = (100 * 100 + 4 * 100 * 15 + math.pi * 15**2) / 1e4
    assert detect(None, rows=SQUARE, footprint="convex").footprint_ha == pytest.approx(expected, rel=5e-4)


def test_a_concave_hull_follows_the_arms_of_a_bend():
    # Two arms at a right angle, each of three rows of tanks: their hull spans the empty corner between them.
    arm = [{"east": e, "north": n} for e in range(0, 400, 20) for n in (0, 20, 40)]
    bend = [*arm, *({"east": tank["north"], "north": tank["east"] + 60} for tank in arm)]
    concave, convex = (detect(None, rows=bend, footprint=method).footprint_ha for method in ("concave", "convex"))
    buffered = detect(None, rows=bend).footprint_ha
    assert buffered < concave < 0.7 * convex


@pytest.mark.parametrize("method", ["convex", "concave"])
def test_a_row_is_too_thin_for_a_hull_and_says_so(method):
    detection = detect(2024, footprint=method)
    assert detection.sites["footprint_method"].tolist() == ["buffered"]
    assert detection.footprint_ha == pytest.approx(detect(2024).footprint_ha, rel=1e-3)


@pytest.mark.parametrize("method", ["buffered", "discs", "convex", "concave"])
def test_the_polygons_on_the_map_have_the_areas_in_the_table(method):
    random = np.random.default_rng(7)
    rows = [{"east": e, "north": n, "diameter_m": 12} for e, n in random.uniform(0, 300, (40, 2))]
    sites = detect(None, rows=rows, footprint=method).sites
    geodesic = sum(abs(GEOD.geometry_area_perimeter(polygon)[0]) for polygon in sites.geometry) / 1e4
    assert sites["footprint_ha"].sum() == pytest.approx(geodesic, rel=1e-4)


def test_sixty_tanks_in_one_place_are_one_disc():
    detection = detect(None, rows=[{"east": 0, "north": 0}] * 60)
    assert detection.sites["tanks"].tolist() == [60]
    assert detection.footprint_ha == pytest.approx(math.pi * 15**2 / 1e4, rel=1e-6)


def test_no_tanks_give_empty_tables():
    detection = detect(2020, rows=[])
    assert len(detection.sites) == 0
    assert detection.footprint_ha == 0
