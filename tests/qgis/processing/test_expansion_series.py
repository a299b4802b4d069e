"""Site expansion over a list of years, and the tables that are made where they are asked for."""

import pytest
from leachwatch.analysis import fields
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.running import Log, failing, layer_of, rows, run

YEARS = {"START_YEAR": 2020, "END_YEAR": 2024}
OPTIONAL = ["SERIES", "UNCERTAINTY", "NEIGHBOURS", "IMAGE_YEARS"]


def expansion(log=None, tanks=world.TANKS, **given):
    """Run without a report, which has tests of its own."""
    layer = given.pop("TANKS", None) or world.tank_layer(tanks)
    return run("siteexpansion", log, TANKS=layer, HTML=None, PDF=None, **given)


def test_a_series_by_hand():
    found = expansion(YEARS="2015, 2020-2022, 2024", UNITS=world.unit_layer())
    assert (found["YEAR_COUNT"], found["SITE_COUNT"], found["SITES_BETWEEN_COUNT"]) == (5, 2, 0)
    assert (found["TANKS_START"], found["TANKS_END"]) == (5, 11)
    series = rows(found["SERIES"])
    assert list(series[0]) == [field.name for field in fields.SERIES]
    east, west = series[:5], series[5:]
    assert {row["unit_name"] for row in west} == {world.BURMESE} and {row["unit_name"] for row in east} == {
        world.CHINESE
    }
    assert [row["year"] for row in west] == [2015, 2020, 2021, 2022, 2024]
    assert [row["since_year"] for row in west] == [None, 2015, 2020, 2021, 2022]
    # The one of 75 m, abandoned since 2021, is gone by 2022, in which the one of 60 m comes.
    assert [row["tanks"] for row in west] == [5, 5, 5, 5, 5]
    assert [row["tanks_new"] for row in west] == [None, 0, 0, 1, 0]
    assert [row["tanks_gone"] for row in west] == [None, 0, 0, 1, 0]
    assert [row["abandoned"] for row in west] == [0, 0, 1, 0, 0]
    assert [row["active_share_pct"] for row in west] == [100, 100, 80, 100, 100]
    assert [row["tanks"] for row in east] == [0, 0, 0, 5, 5]
    assert [row["active_share_pct"] for row in east] == [None, None, None, 100, 0]
    before = world.row_ha(4) + world.DISC / 10_000
    assert [row["footprint_ha"] for row in west] == pytest.approx([before] * 3 + [world.row_ha(5)] * 2, rel=1e-3)
    assert (west[0]["begins_on"], west[0]["ends_on"]) == ("2015-01-01", "2015-12-31")
    assert [feature.hasGeometry() for feature in layer_of(found["SERIES"]).getFeatures()] == [False] * 3 + [True] * 7


def test_without_a_list_the_series_is_of_the_pair():
    found = expansion(**YEARS)
    series = rows(found["SERIES"])
    assert [row["year"] for row in series] == [2020, 2024] * 2
    sites = {row["site_id"]: row for row in rows(found["SITES"])}
    for row in series:
        moment = "start" if row["year"] == 2020 else "end"
        assert row["tanks"] == sites[row["site_id"]][f"tanks_{moment}"]
        assert row["footprint_ha"] == pytest.approx(sites[row["site_id"]][f"footprint_{moment}_ha"])


def test_sites_of_years_between_are_told_and_stand_in_the_series():
    passing = {"first_seen": "2017-01-01", "gone_by": "2019-01-01", "status": "active"}
    tanks = [*world.TANKS, *({"east": 15.0 * n, "north": 3000.0, **passing} for n in range(4))]
    log = Log()
    found = expansion(log, tanks, YEARS="2015, 2018, 2024")
    assert (found["SITE_COUNT"], found["SITES_BETWEEN_COUNT"]) == (2, 1)
    assert len(rows(found["SITES"])) == 2 and len({row["site_id"] for row in rows(found["SERIES"])}) == 3
    assert found["NOT_IN_YEARS_COUNT"] == 4
    assert any("neither at the end of 2015 nor at that of 2024: 1." in text and "SERIES" in text for text in log.infos)


@pytest.mark.parametrize(
    "text",
    [
        "2020,2024",
        "2024; 2020",
        " 2020 2024\n",
        "2024, 2020, 2024,",
        "2020–2020, 2024",
        "2020、2024",
        "2020 - 2020,2024",
    ],
)
def test_lists_in_other_clothes(text):
    found = expansion(YEARS=text)
    assert (found["YEAR_COUNT"], found["TANKS_START"], found["TANKS_END"]) == (2, 6, 11)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"YEARS": "2020, soon"}, ["YEARS", "soon", "2012, 2016-2020, 2024"]),
        ({"YEARS": "2020, 20.5"}, ["YEARS", "20.5"]),
        ({"YEARS": "2020, -2024"}, ["YEARS", "2012, 2016-2020, 2024"]),
        ({"YEARS": "2024"}, ["YEARS", "2024", "two or more"]),
        ({"YEARS": "2024, 2024-2024"}, ["YEARS", "two or more"]),
        ({"YEARS": ","}, ["YEARS", "fewer than two"]),
        ({"YEARS": " "}, ["YEARS", "fewer than two"]),
        ({"YEARS": "2020-2016"}, ["YEARS", "2016-2020"]),
        ({"YEARS": "1500-2499"}, ["YEARS", "1500", "1900 to 2200"]),
        ({"YEARS": "1-999999999"}, ["YEARS", "1900 to 2200"]),
        ({"YEARS": "1950-2149"}, ["YEARS", "200 years", "100"]),
        ({"YEARS": "2020, 20204"}, ["YEARS", "20204"]),
        ({}, ["Not given: START_YEAR, END_YEAR", "YEARS"]),
        ({"START_YEAR": 2020}, ["Not given: END_YEAR.", "YEARS"]),
        ({"END_YEAR": 2024, "YEARS": ""}, ["Not given: START_YEAR.", "YEARS"]),
    ],
)
def test_years_that_cannot_be(given, words):
    message = failing("siteexpansion", TANKS=world.tank_layer(), HTML=None, PDF=None, **given)
    assert all(word in message for word in words), message


def test_a_list_comes_before_two_years_and_that_is_told():
    log = Log()
    found = expansion(log, YEARS="2015, 2024", **YEARS)
    assert found["TANKS_START"] == 5
    assert any("START_YEAR and END_YEAR are left aside" in text and "2015" in text for text in log.infos)
    log = Log()
    expansion(log, YEARS="2020-2024", **YEARS)
    assert not any("left aside" in text for text in log.infos)


def test_a_list_of_years_in_which_nothing_is_dated():
    message = failing("siteexpansion", TANKS=world.tank_layer([{"east": 0.0}]), YEARS="2015, 2024", HTML=None, PDF=None)
    assert "has a date" in message


def test_uncertainty_neighbours_and_years_of_images():
    found = expansion(UNITS=world.unit_layer(), **YEARS)
    uncertainty = rows(found["UNCERTAINTY"])
    assert [row["scope"] for row in uncertainty] == ["all tanks", "site", "site", *["unit"] * 3, "outside all units"]
    total, east, west = uncertainty[:3]
    # 12 count at either: the one alone is of unknown status. None has a last image but the one abandoned first.
    assert (total["tanks"], total["unknown_status"], total["undated"]) == (12, 1, 1)
    assert total["undated_pct"] == pytest.approx(100 / 13)
    assert (west["tanks"], west["seen_once"], west["no_absent_image"], west["undated"]) == (6, 5, 5, 1)
    assert (east["tanks"], east["seen_once"], east["undated"]) == (5, 0, 0)
    assert (east["unit_name"], west["unit_name"]) == (world.CHINESE, world.BURMESE)

    neighbours = rows(found["NEIGHBOURS"])
    assert [row["link_distance_m"] for row in neighbours] == [100, 150, 225]
    assert [(row["sites_start"], row["sites_end"], row["ungrouped"]) for row in neighbours] == [(1, 2, 1)] * 3
    assert neighbours[1]["footprint_end_ha"] == pytest.approx(found["FOOTPRINT_END_HA"])

    images = {row["year"]: row for row in rows(found["IMAGE_YEARS"])}
    assert list(images) == list(range(2015, 2024))
    assert [images[year]["first_seen"] for year in (2015, 2016, 2022)] == [5, 1, 6]
    assert images[2022]["flag"] == "year of imagery" and images[2018]["flag"] == "no image"
    assert images[2015]["flag"].startswith("no image in the year before")


def test_the_flagged_year_is_told_in_the_log():
    log = Log()
    found = expansion(log, **YEARS)
    assert found["FLAGGED_YEAR_COUNT"] == 1
    assert any(
        "2022 may be a year of imagery" in text and "6 tanks" in text and "5 of them" in text for text in log.warnings
    )


def test_the_tables_are_made_where_they_are_asked_for(provider):
    algorithm = provider.algorithm("siteexpansion")
    assert not any(algorithm.parameterDefinition(name).createByDefault() for name in OPTIONAL)
    found = expansion(**YEARS, **dict.fromkeys(OPTIONAL))
    assert not set(OPTIONAL) & set(found)


def test_everything_in_the_log_adds_up():
    log = Log()
    tanks = [*world.TANKS, {"east": 10.0, "first_seen": "2025-01-01"}]
    found = expansion(log, tanks, **YEARS)
    parts = [found[f"{name}_COUNT"] for name in ("NOT_IN_YEARS", "UNDATED", "LEFT_OUT")]
    assert found["TANK_COUNT"] == 14 and parts == [1, 1, 0]
    assert any("All 14 tanks of the layer: 12 counted at the start or the end, 1 dated" in text for text in log.infos)
    assert found["TANKS_NEW"] == found["TANKS_NEW_AT_LEAST"] + found["TANKS_NEW_UNDETERMINED"]


def test_columns_of_ours_in_the_input_change_nothing():
    """A layer that went through the algorithms before has site_id, year, tanks … already."""
    own = {"site_id": "string", "year": "integer", "tanks": "integer", "scope": "string", "footprint_ha": "double"}
    tanks = [{**tank, "site_id": "x", "year": 1999, "tanks": 7, "scope": "mine"} for tank in world.TANKS]
    layer = world.tank_layer(tanks, fields={**world.FIELDS, **own})
    plain, found = expansion(YEARS="2015, 2020, 2024"), expansion(TANKS=layer, YEARS="2015, 2020, 2024")
    for name in ("SITES", "SERIES", "SUMMARY", *OPTIONAL):
        assert rows(found[name]) == rows(plain[name]), name


def test_a_site_of_one_tank_and_one_across_a_township_line():
    tanks = [{"east": 490.0, **world.OLD}, {"east": 505.0, **world.OLD}, {"east": 520.0, **world.OLD},
             {"east": 0.0, "north": 400.0, **world.LATE}]  # fmt: skip
    found = expansion(tanks=tanks, MIN_TANKS=1, UNITS=world.unit_layer(), YEARS="2020-2024")
    across, alone = sorted(rows(found["SITES"]), key=lambda row: -row["tanks_end"])
    assert (across["unit_name"], across["tanks_end"], across["merged_sites"]) == (world.CHINESE, 3, 1)
    assert (alone["unit_name"], alone["tanks_start"], alone["change_class"]) == (world.BURMESE, 0, "new")
    assert alone["footprint_end_ha"] == pytest.approx(world.DISC / 1e4, rel=1e-3)
    by_unit = {row["unit_name"]: row for row in rows(found["SUMMARY"]) if row["scope"] == "unit"}
    # The tank 10 m west of the line counts in the western unit, the site it belongs to in the eastern.
    assert (by_unit[world.BURMESE]["tanks_end"], by_unit[world.BURMESE]["sites_end"]) == (2, 1)
    assert (by_unit[world.CHINESE]["tanks_end"], by_unit[world.CHINESE]["sites_end"]) == (2, 1)
    assert by_unit["Tsawlaw"]["tanks_change_pct"] is None


def test_stopping_a_long_series():
    class Stopping(Log):
        def setProgress(self, progress):
            if progress > 72:
                self.cancel()

    log = Stopping()
    found = run("siteexpansion", log, TANKS=world.tank_layer(), YEARS="1990-2024", HTML=None, PDF=None)
    assert any("Stopped" in text for text in log.infos) and "SERIES" not in found
