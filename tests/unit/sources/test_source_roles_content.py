"""Columns whose names say nothing, known by what they hold, and those that are left alone."""

import pandas as pd
import pytest
import shapely
from leachwatch.analysis.fields import TANKS
from leachwatch.sources.columns import content
from leachwatch.sources.columns.aliases import TANK
from leachwatch.sources.columns.choosing import choose

PLACES = {"A": ["25.5712", "25.5813", "25.5914"], "B": ["98.1234", "98.1335", "98.1436"]}


def found(columns, wanted=TANK, taken=()):
    table = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    return content.find(table, taken, wanted)


@pytest.mark.parametrize(
    ("cells", "role"),
    [
        (["blue", "brown", "Blue"], "status"),
        (["Assumed Active", "Inactive", None], "status"),
        (["2019-05-06", "Mar 2021", "5/1/2022"], "date"),
        (["2019", "2021", "9999"], "date"),
        ([2019.0, 2021.0, None], "date"),
        (["Burma", "China", "<null>"], "country"),
        (["CHN", "MMR", "CHN"], "country"),
        (["缅甸", "中国", "中国"], "country"),
        (["leaching collection tank", "Precipitation tank", ""], "tank_type"),
    ],
)
def test_a_column_that_holds_a_role(cells, role):
    assert found({"x": cells}) == ({role: "x"}, [])


@pytest.mark.parametrize(
    "cells",
    [
        ["1", "3", "5"],
        ["12.5", "8", "10"],
        ["20210314", "20200101", "20190605"],
        ["44269", "44270", "44271"],
        ["2021", "2021", "2021"],
        ["1850", "2021", "9000"],
        ["IN", "LA", "TH"],
        ["blue", "green", "red"],
        ["square", "circular", "square"],
        ["active", "1", "2"],
        ["25.5", "25.6", "25.7"],
        ["Chipwi", "Momauk", "Pangwa"],
        [None, "", "<null>"],
        ["Collection of remarks made by the analyst about the tank", "leachate", "x"],
    ],
)
def test_what_could_be_anything_is_left_alone(cells):
    assert found({"x": cells}) == ({}, [])


def test_prose_of_many_words_is_no_status():
    words = [f"{word} {'' if n == 0 else n}" for n in range(60) for word in ("active",)]
    assert found({"x": words}) == ({}, [])


def test_nine_in_ten_must_fit():
    assert found({"x": [f"2021-03-{day:02}" for day in range(1, 19)] + ["?"]})[0] == {"date": "x"}
    assert found({"x": [f"2021-03-{day:02}" for day in range(10, 19)] + ["?"]})[0] == {"date": "x"}
    assert found({"x": [f"2021-03-{day:02}" for day in range(1, 9)] + ["?"]})[0] == {}


def test_coordinates_come_as_a_pair():
    assert found(PLACES)[0] == {"lat": "A", "lon": "B"}
    assert found({"A": PLACES["A"]}) == ({}, [])
    assert found({**PLACES, "C": ["30.1234", "31.5678", "32.1357"]})[0] == {}
    assert found({"A": ["25", "26", "27"], "B": ["98", "99", "100"]})[0] == {}, "whole numbers may be anything"
    assert found({"A": ["25°34'12\"N", "26 10 5 N"], "B": ["98-20-30E", "E98 10"]})[0] == {"lat": "A", "lon": "B"}


@pytest.mark.parametrize(
    "cells",
    [
        ["25.5712, 98.1234", "25.58, 98.13"],
        ["25°34'N 98°10'E", "26N 97E"],
        ["POINT (98.1 25.5)", "SRID=4326;POINT Z (98 25 1)"],
        [shapely.to_wkb(shapely.Point(98, 25), hex=True), shapely.to_wkb(shapely.Point(97.5, 26), hex=True)],
    ],
)
def test_one_column_with_both(cells):
    assert found({"x": cells})[0] == {"lat": "x", "lon": "x"}


@pytest.mark.parametrize("cells", [["1, 2", "3, 4"], ["2019 2021", "2020 2022"], ["10-12", "14-15"], ["3 4", "5 6"]])
def test_two_numbers_are_no_place(cells):
    assert "lat" not in found({"x": cells})[0]


def test_of_two_that_fit_neither_is_taken_and_both_are_named():
    roles, notes = found({"first": ["2019-05-06", "2020-01-02"], "second": ["2021-05-06", "2022-01-02"]})
    assert roles == {}
    assert notes == [
        "By what they hold, the columns first, second could each play the role date: none was taken. Name one in "
        "FIELD_MAP, such as date=first."
    ]


def test_dates_of_the_record_are_no_images_dates():
    days = pd.to_datetime(["2021-01-02", "2021-03-04"])
    table = pd.DataFrame({"created_at": days, "EditDate": days})
    assert content.find(table, (), TANK) == ({}, [])
    assert content.find(table.assign(flown=days), (), TANK)[0] == {"date": "flown"}


def chosen(columns, **overrides):
    table = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    return choose(table, TANKS, TANK, overrides, has_years=True)


def test_given_goes_before_name_and_name_before_content():
    columns = {"Status": ["x", "y"], "hue": ["blue", "brown"], "z": ["2019", "2021"], "Diam": ["5", "6"]}
    result = chosen(columns, diameter_m="", tank_id="Diam")
    assert result.columns == {"diameter_m": "", "tank_id": "Diam", "status": "Status", "date": "z"}
    assert result.reasons == {"diameter_m": "given", "tank_id": "given", "status": "name", "date": "content"}
    assert "Columns taken by what they hold, not by name: z as date." in result.notes[0]


def test_a_role_left_out_on_purpose_stays_out():
    assert "status" not in {
        role for role, column in chosen({"hue": ["blue", "brown"]}, status="").columns.items() if column
    }


@pytest.mark.parametrize("name", ["FirstSeen", "LastSeen", "Y2019"])
def test_where_time_is_known_no_column_is_guessed_for_it(name):
    columns = {name: ["2019", "2020"], "Y2020": ["1", "0"], "visit": ["2021-01-02", "2022-01-02"]}
    assert "date" not in chosen(columns).columns


def test_our_own_table_is_not_guessed_at():
    table = pd.DataFrame({**{field.name: [None] for field in TANKS}, "hue": ["blue"]})
    assert "hue" not in choose(table, TANKS, TANK, {}).columns.values()


def test_columns_carried_from_a_source_are_not_guessed_at():
    assert found({"src_hue": ["blue", "brown"]}) == ({}, [])


def test_a_million_rows_cost_no_more_than_the_sample():
    cells = ["blue", "brown"] * 500 + ["x"] * 2000
    assert found({"hue": cells})[0] == {"status": "hue"}, "the first thousand rows decide, as in the preview"


def test_very_many_columns_are_left_to_their_names():
    columns = {f"c{number}": ["blue", "brown"] for number in range(501)}
    assert found(columns) == (
        {},
        ["501 columns are too many to be known by what they hold: only names were looked at."],
    )
    _, (note,) = found({name: columns[name] for name in list(columns)[:20]})
    assert "the columns c0, c1, c2, c3, c4, c5 and 14 more could each play the role status" in note


def test_how_a_mark_is_drawn_is_no_status():
    assert found({"kml_style": ["blue", "brown"]}) == ({}, [])
