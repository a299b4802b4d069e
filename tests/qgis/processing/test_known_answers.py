"""The whole of each algorithm on the small world: every number worked out by hand."""

import pytest
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import rows, run

WEST_2020 = world.row_ha(4) + world.DISC / 10_000
WEST_2024 = world.row_ha(5)


def test_detect_sites_of_a_year():
    results = run("detectsites", TANKS=world.tank_layer(), YEAR=2024)
    counts = {name: results[name] for name in results if name.endswith(("COUNT", "HA"))}
    assert counts == {
        "TANK_COUNT": 13,
        "COUNTED_COUNT": 11,
        "SITE_COUNT": 2,
        "IN_SITE_COUNT": 10,
        "UNGROUPED_COUNT": 1,
        "UNDATED_COUNT": 1,
        "LEFT_OUT_COUNT": 0,
        "FOOTPRINT_HA": pytest.approx(2 * world.row_ha(5), rel=1e-3),
    }


def test_detect_sites_of_all_tanks():
    results = run("detectsites", TANKS=world.tank_layer())
    assert [results[f"{name}_COUNT"] for name in ("TANK", "SITE", "IN_SITE", "UNGROUPED", "UNDATED")] == [
        13,
        2,
        12,
        1,
        1,  # counted like the others, and said to have no date
    ]
    assert [row["year"] for row in rows(results["SITES"])] == [None, None]
    assert {row["counting"] for row in rows(results["SITES"])} == {"all tanks"}


def test_every_tank_goes_out_with_its_state_and_its_own_attributes():
    layer = world.tank_layer()
    out = rows(run("detectsites", TANKS=layer, YEAR=2024)["TANKS_OUT"])
    states = [row.pop("site_state") for row in out]
    sites = [row.pop("site_id") for row in out]
    assert out == rows(layer)
    west, east = "in site", "in site"
    assert states == [west] * 5 + ["not counted in the year", "undated"] + [east] * 5 + ["ungrouped"]
    assert len(set(sites[:5])) == len(set(sites[7:12])) == 1 and sites[0] != sites[7]
    assert sites[5] is None and sites[6] is None and sites[12] is None


def test_site_expansion():
    results = run("siteexpansion", TANKS=world.tank_layer(), START_YEAR=2020, END_YEAR=2024, UNITS=world.unit_layer())
    whole = {name: value for name, value in results.items() if isinstance(value, int)}
    assert whole == {
        "SITE_COUNT": 2,
        "SITES_START": 1,
        "SITES_END": 2,
        "NEW_COUNT": 1,
        "EXPANDED_COUNT": 0,
        "STABLE_COUNT": 1,
        "CONTRACTED_COUNT": 0,
        "ABANDONED_COUNT": 0,
        "GONE_COUNT": 0,
        "TANKS_START": 6,
        "TANKS_END": 11,
        "TANKS_NEW": 6,
        "TANKS_NEW_AT_LEAST": 1,
        "TANKS_NEW_AT_MOST": 6,
        "TANKS_NEW_UNDETERMINED": 5,
        "TANKS_GONE": 1,
        "TANK_COUNT": 13,
        "UNGROUPED_COUNT": 1,
        "NOT_IN_YEARS_COUNT": 0,
        "UNDATED_COUNT": 1,
        "LEFT_OUT_COUNT": 0,
        "YEAR_COUNT": 2,
        "SITES_BETWEEN_COUNT": 0,
        # 2022: half of the 12 dated tanks were first seen in it, and an image of 2021 lacks but one of the six.
        "FLAGGED_YEAR_COUNT": 1,
    }
    # The tank at 60 m comes, the one at 75 m goes: their discs share a lens, and the one at 45 m a lens with 60 m.
    gain, loss = WEST_2024 - WEST_2020 + (world.DISC - world.LENS) / 1e4, (world.DISC - world.LENS) / 1e4
    assert results["FOOTPRINT_START_HA"] == pytest.approx(WEST_2020, rel=1e-3)
    assert results["FOOTPRINT_END_HA"] == pytest.approx(WEST_2024 + world.row_ha(5), rel=1e-3)
    assert results["FOOTPRINT_LOSS_HA"] == pytest.approx(loss, rel=1e-3)
    assert results["FOOTPRINT_GAIN_HA"] == pytest.approx(gain + world.row_ha(5), rel=1e-3)

    east, west = rows(results["SITES"])
    assert (west["unit_code"], west["unit_name"]) == ("MMR001005", world.BURMESE)
    assert (east["unit_code"], east["unit_name"]) == ("CHN533301", world.CHINESE)
    assert (west["change_class"], east["change_class"]) == ("stable", "new")
    assert (east["tanks_change_pct"], east["footprint_change_pct"], east["shift_m"]) == (None, None, None)
    assert (east["abandoned_end"], east["active_end"], west["active_end"]) == (5, 0, 5)
    assert west["first_seen"] == "2015-03-01" and west["last_seen"] is None
    # The tanks' mean moved from (0+15+30+45+75)/5 = 33 m to (0+15+30+45+60)/5 = 30 m, to the west.
    assert west["shift_m"] == pytest.approx(3.0, abs=0.01) and west["shift_bearing_deg"] == pytest.approx(270, abs=0.1)
    assert sum(row["area_ha"] for row in rows(results["GROWTH"])) == pytest.approx(
        results["FOOTPRINT_GAIN_HA"], rel=1e-4
    )
    assert sum(row["area_ha"] for row in rows(results["LOSS"])) == pytest.approx(results["FOOTPRINT_LOSS_HA"], rel=1e-4)


def test_township_summary():
    results = run("townshipsummary", TANKS=world.tank_layer(), UNITS=world.unit_layer(), START_YEAR=2020, END_YEAR=2024)
    whole = {name: value for name, value in results.items() if isinstance(value, int)}
    assert whole == {
        "TANK_COUNT": 13,
        "COUNTED_COUNT": 11,
        "OUTSIDE_COUNT": 1,
        "OUTSIDE_ALL_COUNT": 1,
        "OUTSIDE_NEAR_COUNT": 0,
        "UNDATED_COUNT": 1,
        "LEFT_OUT_COUNT": 0,
        "IN_SEVERAL_COUNT": 0,
        "UNIT_COUNT": 3,
        "UNITS_WITH_TANKS": 2,
        "SITE_COUNT": 2,
        "UNGROUPED_COUNT": 1,
    }
    east, west, empty, outside = rows(results["UNITS_OUT"])
    assert [row["unit_name"] for row in (east, west, empty, outside)] == [
        world.CHINESE, world.BURMESE, "Tsawlaw", "outside all units",
    ]  # fmt: skip
    assert [row["tanks"] for row in (east, west, empty, outside)] == [5, 5, 0, 1]
    assert [row["tanks_before_cut"] for row in (east, west, empty, outside)] == [0, 4, 0, 1]
    assert [row["tanks_after_cut"] for row in (east, west, empty, outside)] == [5, 1, 0, 0]
    assert west["cut_date"] == "2021-02-01" and west["tanks_undated"] == 1
    assert (west["active"], east["abandoned"], west["active_share_pct"], east["active_share_pct"]) == (5, 5, 100, 0)
    assert (outside["status_known"], outside["active_share_pct"], outside["area_km2"]) == (0, None, None)
    assert west["area_km2"] == pytest.approx(1.0, rel=1e-3)
    assert west["tanks_per_100km2"] == pytest.approx(500, rel=1e-3)

    yearly = rows(results["YEARLY"])
    assert len(yearly) == 4 * 5
    assert [row["tanks"] for row in yearly if row["unit_code"] == "MMR001005"] == [5, 5, 5, 5, 5]
    assert [row["tanks_new"] for row in yearly if row["unit_code"] == "MMR001005"] == [0, 0, 1, 0, 0]
    assert [row["tanks_gone"] for row in yearly if row["unit_code"] == "MMR001005"] == [0, 0, 1, 0, 0]
    assert [row["tanks_cumulative"] for row in yearly if row["unit_code"] == "MMR001005"] == [5, 5, 6, 6, 6]
    assert [row["sites_new"] for row in yearly if row["unit_code"] == "CHN533301"] == [0, 0, 1, 0, 0]
    assert [row["abandoned"] for row in yearly if row["unit_code"] == "CHN533301"] == [0, 0, 0, 5, 5]
    assert [row["tanks"] for row in yearly if row["unit_name"] == "outside all units"] == [1] * 5
