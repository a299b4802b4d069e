"""Expansion between two years: each class by hand, and sums that must hold whatever the tanks."""

import math

import numpy as np
import pytest
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites import expansion_tables as tables
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.sites.expansion_summary import summary_table
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.tests.unit.analysis import worlds
from leachwatch.tests.unit.analysis.worlds import boxes, random_rows, row_of, tanks

OLD, NEW, GONE = {"first_seen": "2018-01-01"}, {"first_seen": "2022-01-01"}, {"gone_by": "2023-01-01"}


def expansion(rows, start=2020, end=2024, counting="standing", units=None, **definition):
    table = tanks(rows)
    placement = None
    if units is not None:
        units, _ = prepare(units)
        placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    return Expansion(table, Period(start, end, counting), SiteDefinition(**definition), units, placement)


def site(rows, **options):
    table = tables.site_table(expansion(rows, **options))
    assert len(table) == 1
    return table.iloc[0]


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        (row_of(4, **NEW), "new"),
        ([*row_of(4, **OLD), *row_of(2, east=60, **NEW)], "expanded"),
        (row_of(4, **OLD), "stable"),
        ([*row_of(4, **OLD), *row_of(2, east=60, **OLD, **GONE)], "contracted"),
        (row_of(4, **OLD, status="abandoned", abandoned_since="2023-05-01"), "abandoned"),
        (row_of(4, **OLD, **GONE), "gone"),
        # As many came as went: stable in number, and the ground moved.
        ([*row_of(3, **OLD), *row_of(1, east=45, **OLD, **GONE), *row_of(1, east=60, **NEW)], "stable"),
        # One tank of unknown status is enough not to call a site abandoned.
        ([*row_of(3, **OLD, status="abandoned", abandoned_since="2023-05-01"), *row_of(1, east=45, **OLD)], "stable"),
        # Built and left between the two years: it is new, and all its tanks are abandoned.
        (row_of(4, **NEW, status="abandoned", abandoned_since="2023-05-01"), "new"),
    ],
)
def test_the_class_of_a_change(rows, word):
    assert site(rows)["change_class"] == word


def test_counts_and_percentages_of_a_site_that_grew_from_four_to_nine():
    row = site([*row_of(4, **OLD, status="active"), *row_of(5, east=60, **NEW)])
    names = ["tanks_start", "tanks_end", "tanks_new", "tanks_gone", "active_start", "active_end", "unknown_end"]
    assert row[names].tolist() == [4, 9, 5, 0, 4, 4, 5]
    assert row["tanks_change_pct"] == pytest.approx(125.0)
    # (9 / 4) ** (1 / 4) = 1.2247: the fourth root over four years.
    assert row["annual_growth_pct"] == pytest.approx(22.474487, rel=1e-6)


def test_a_percentage_from_nothing_is_not_known():
    row = site(row_of(4, **NEW))
    names = ["tanks_change_pct", "footprint_change_pct", "annual_growth_pct", "shift_m", "shift_bearing_deg"]
    assert row[names].isna().all()


def lens(distance, radius=15.0):
    half = distance / 2
    return 2 * (radius**2 * math.acos(half / radius) - half * math.sqrt(radius**2 - half**2))


def test_ground_gained_and_lost_by_hand():
    # A row of tanks 40 m apart, whose discs do not touch: one of them goes and two come.
    rows = [*row_of(4, spacing=40, **OLD), *row_of(1, east=-40, **OLD, **GONE), *row_of(2, east=160, spacing=40, **NEW)]
    row = site(rows)
    disc = math.pi * 15**2 / 1e4
    expected = {"start": 5, "end": 6, "gain": 2, "loss": 1, "change": 1}
    for name, discs in expected.items():
        assert row[f"footprint_{name}_ha"] == pytest.approx(discs * disc, rel=1e-6), name
    assert row["footprint_change_pct"] == pytest.approx(20.0, rel=1e-6)


def test_gained_ground_is_the_new_disc_less_what_was_covered_already():
    row = site([*row_of(4, **OLD), *row_of(1, east=65, **NEW)])
    # The new tank stands 20 m from the last, and shares a lens with it alone (35 m from the next).
    assert row["footprint_gain_ha"] == pytest.approx((math.pi * 15**2 - lens(20)) / 1e4, rel=1e-4)
    assert row["footprint_loss_ha"] == 0


def test_growth_polygons_have_the_areas_of_the_table():
    rows = [
        *row_of(4, **OLD),
        *row_of(3, east=60, **NEW),
        *row_of(2, east=-30, **OLD, **GONE),
        *row_of(6, north=3000, **NEW),
        *row_of(5, north=6000, **OLD, **GONE),
    ]
    change = expansion(rows)
    table = tables.site_table(change)
    for word in ("gain", "loss"):
        layer = tables.ground_table(change, word)
        of_site = table.set_index("site_id")[f"footprint_{word}_ha"]
        assert (layer["area_ha"].to_numpy() == of_site[layer["site_id"]].to_numpy()).all()
        assert layer["area_ha"].sum() == pytest.approx(of_site.sum(), rel=1e-12)
        geodesic = sum(abs(worlds.GEOD.geometry_area_perimeter(shape)[0]) for shape in layer.geometry) / 1e4
        assert geodesic == pytest.approx(layer["area_ha"].sum(), rel=1e-4)


def test_two_sites_that_joined_are_one_with_two_merged():
    rows = [*row_of(4, spacing=50, **OLD), *row_of(4, east=400, spacing=50, **OLD), *row_of(2, east=250, **NEW)]
    row = site(rows)
    assert (row["merged_sites"], row["tanks_start"], row["tanks_end"]) == (2, 8, 10)


def test_a_site_that_split_stays_one_site():
    middle = row_of(2, east=250, **OLD, **GONE)
    row = site([*row_of(4, spacing=50, **OLD), *row_of(4, east=400, spacing=50, **OLD), *middle])
    assert (row["merged_sites"], row["change_class"]) == (1, "contracted")


def test_the_centre_of_a_site_moves_to_the_east():
    # The mean of 0, 15, 30, 45 is 22.5; with 60, 75, 90, 105 more it is 52.5.
    row = site([*row_of(4, **OLD), *row_of(4, east=60, **NEW)])
    assert row["shift_m"] == pytest.approx(30.0, abs=0.01)
    assert row["shift_bearing_deg"] == pytest.approx(90.0, abs=0.1)


def test_a_hull_at_the_end_that_was_a_row_at_the_start_names_both_methods():
    row = site([*row_of(4, **OLD), *row_of(4, north=40, **NEW)], footprint="convex")
    assert row["footprint_method"] == "convex (start: buffered)"


def test_new_tanks_at_least_and_at_most():
    rows = [
        *row_of(4, **OLD),
        {"east": 60, **NEW, "absent_on": "2021-01-01"},  # surely new
        {"east": 75, **NEW, "absent_on": "2017-01-01"},  # may have stood in 2020
        {"east": 90, **NEW},  # nobody looked
        {"east": 105, "first_seen": "2025-03-01", "absent_on": "2022-01-01"},  # may stand in 2024
        {"east": 120, "first_seen": "2025-03-01", "absent_on": "2024-06-01"},  # does not
    ]
    total = summary_table(expansion(rows)).iloc[0]
    assert total[["tanks_new_at_least", "tanks_new", "tanks_new_at_most"]].tolist() == [1, 3, 4]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("counting", ["standing", "cumulative"])
def test_everything_adds_up(seed, counting):
    rows = random_rows(seed)
    change = expansion(rows, 2016, 2022, counting, boxes(-500, 1200, 2600, 3800))
    summary = summary_table(change).set_index("scope")
    sites = tables.site_table(change)
    total = summary.loc["all tanks"]
    counted = ["tanks_start", "tanks_end", "tanks_new", "tanks_gone", "active_end", "abandoned_end", "unknown_end"]
    assert total["tanks_end"] - total["tanks_start"] == total["tanks_new"] - total["tanks_gone"]
    for name in counted:
        assert summary.loc[["in sites", "ungrouped"], name].sum() == total[name]
        assert summary.loc[["unit", "outside all units"], name].sum() == total[name]
        assert sites[name].sum() == summary.loc["in sites", name]
    for word in ("start", "end", "gain", "loss", "change"):
        column = f"footprint_{word}_ha"
        assert sites[column].sum() == pytest.approx(total[column])
        assert summary.loc[["unit", "outside all units"], column].sum() == pytest.approx(total[column])
    assert (sites["tanks_end"] - sites["tanks_start"]).equals(sites["tanks_new"] - sites["tanks_gone"])
    assert summary.loc[["unit", "outside all units"], "sites_end"].sum() == (sites["tanks_end"] > 0).sum()
    change_ha = sites["footprint_end_ha"] - sites["footprint_start_ha"]
    assert np.allclose(change_ha, sites["footprint_gain_ha"] - sites["footprint_loss_ha"])
    assert (sites[["footprint_gain_ha", "footprint_loss_ha"]] >= -1e-9).all().all()
    assert len(sites) > 5


def test_the_order_of_the_rows_changes_nothing():
    rows = random_rows(11)
    order = np.random.default_rng(1).permutation(len(rows))
    one = tables.site_table(expansion(rows))
    other = tables.site_table(expansion([rows[index] for index in order]))
    exact = [name for name in one if one[name].dtype.kind in "iO" and name != "geometry"]
    assert one[exact].equals(other[exact])
    for name in ("footprint_gain_ha", "footprint_loss_ha", "shift_m"):
        assert np.allclose(one[name], other[name], atol=1e-5, equal_nan=True), name


def test_a_site_across_a_border_counts_where_most_of_its_tanks_stand():
    rows = [*row_of(2, east=-35, **OLD), *row_of(4, **OLD)]
    table = tables.site_table(expansion(rows, units=boxes(-5000, -10, 5000)))
    assert table["unit_code"].tolist() == ["U1"]
    summary = summary_table(expansion(rows, units=boxes(-5000, -10, 5000))).set_index("unit_code")
    assert summary.loc["U0", ["tanks_end", "sites_end"]].tolist() == [2, 0]
    assert summary.loc["U1", ["tanks_end", "sites_end"]].tolist() == [4, 1]


def test_no_tanks_give_a_summary_of_zeros():
    change = expansion([])
    assert len(tables.site_table(change)) == 0
    total = summary_table(change).iloc[0]
    assert total[["tanks_start", "tanks_end", "sites_end", "footprint_end_ha"]].tolist() == [0, 0, 0, 0]
    assert len(tables.ground_table(change, "gain")) == 0
