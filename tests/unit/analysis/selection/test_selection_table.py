"""Columns become codes, classes, units and names; searching finds any script."""

from __future__ import annotations

import numpy as np
import pytest
from leachwatch.analysis.selection.columns import DATE, GDAL_SQL, NUMBER, TEXT, TEXT_DATE
from leachwatch.analysis.selection.counts import count
from leachwatch.analysis.selection.expression import expression
from leachwatch.analysis.selection.mask import shown
from leachwatch.analysis.selection.searching import TooMany, hits, known
from leachwatch.analysis.selection.sql import Unsayable
from leachwatch.analysis.selection.table import table_of
from leachwatch.analysis.selection.wanted import NONE_GIVEN, STANDING, UNIT, TankFilter
from leachwatch.tests.unit.analysis.selection.tables import Database, columns_for, table
from leachwatch.tests.unit.analysis.selection.ten_tanks import ten_tanks


def which(tanks, **asked):
    return shown(tanks, TankFilter(**asked)).nonzero()[0].tolist()


def test_columns_read_as_codes_are_the_same_table():
    columns = columns_for({"source": TEXT, "first_seen": TEXT_DATE, "status": TEXT})
    codes = np.array([1, 0, -1, 2])
    raw = {"source": (codes, ["b", "", "a"]), "first_seen": (codes, ["2019", "2020", ""]), "status": (codes, ["x"] * 3)}
    place = np.zeros(4)
    tanks = table_of(columns, raw, np.arange(4), place, place)
    same = table(columns, [{"source": word} for word in ("", "b", None, "a")])
    assert [tanks.values["source"].words[code] for code in tanks.values["source"].codes] == ["", "b", "", "a"]
    assert which(tanks, values={"source": frozenset({""})}) == which(same, values={"source": frozenset({""})}) == [0, 2]
    assert tanks.undated.tolist() == [False, False, True, True] and tanks.years == (2019, 2020)
    assert count(tanks, TankFilter()).by_value["source"] == {"": 2, "b": 1, "a": 1}


def test_numbers_are_words_without_needless_points():
    tanks = table(columns_for({"tank_id": NUMBER}), [{"tank_id": value} for value in (7, 7.25, None, -3, 1e22)])
    assert tanks.values["tank_id"].words == [NONE_GIVEN, "7", "7.25", "-3", "1e+22"]
    assert hits(tanks, "7") == {"tank_id": ("7", "7.25")}
    long = np.array([2**62 + 1, 5], dtype=np.int64)
    tanks = table_of(columns_for({"tank_id": NUMBER}), {"tank_id": long}, long, long * 0.0, long * 0.0)
    assert tanks.values["tank_id"].words == [NONE_GIVEN, "4611686018427387905", "5"]


def test_gdals_own_sql_takes_words_for_the_same_that_differ_in_case_alone():
    kinds = {"source": TEXT, "unit_name": TEXT, "status": TEXT}
    rows = [dict.fromkeys(kinds, word) for word in ("Active", "ACTIVE", "É", "é")]
    sqlite, gdal = table(columns_for(kinds), rows), table(columns_for(kinds, GDAL_SQL), rows)
    assert which(sqlite, values={"source": frozenset({"active"})}) == []
    assert which(gdal, values={"source": frozenset({"active"})}) == [0, 1]
    assert which(gdal, values={"source": frozenset({"É"})}) == [2]
    assert which(gdal, values={UNIT: frozenset({"aCTIVE"})}) == [0, 1]
    assert which(gdal, statuses=frozenset({"active"})) == [0, 1]
    assert which(sqlite, statuses=frozenset({"active"})) == []
    assert count(gdal, TankFilter()).by_value["source"] == {NONE_GIVEN: 0, "Active": 2, "É": 1, "é": 1}


def test_a_unit_is_its_code_or_else_its_name():
    kinds = {"unit_code": NUMBER, "unit_name": TEXT}
    rows = [(12, "A"), (12, None), (None, "B"), (13, "A"), (None, "12"), (14, None), (None, None)]
    tanks = table(columns_for(kinds), [dict(zip(kinds, row)) for row in rows])
    assert [tanks.values[UNIT].words[code] for code in tanks.values[UNIT].codes] == [
        "12",
        "12",
        "B",
        "13",
        "12",
        "14",
        "",
    ]
    assert tanks.unit_names == {"": "", "12": "A (12)", "13": "A (13)", "B": "B", "14": "14"}
    by_name_alone = table(columns_for({"unit_name": TEXT}), [{"unit_name": "A"}, {"unit_name": ""}])
    assert by_name_alone.unit_names == {"": "", "A": "A"}
    assert UNIT not in table(columns_for({"source": TEXT}), [{"source": "A"}]).values


@pytest.mark.parametrize("kinds", [{}, {"source": TEXT}, {"gone_by": DATE}, {"status": NUMBER}])
@pytest.mark.parametrize("rows", [0, 3])
def test_a_layer_with_next_to_nothing_is_a_table_and_counted(kinds, rows):
    tanks = table(columns_for(kinds), [{}] * rows)
    asked = TankFilter(
        STANDING, 2018, 2020, statuses=frozenset({"active"}), values={UNIT: frozenset()}, diameter=(1, 2)
    )
    counts = count(tanks, asked)
    assert (counts.total, counts.shown, counts.undated, counts.undated_hidden) == (rows, 0, rows, rows)
    assert (counts.years, counts.by_year.shape, counts.extent) == ([], (0, 3), None)
    assert tanks.years is None and tanks.diameters is None
    everything = count(tanks, TankFilter())
    assert everything.shown == everything.by_status["unknown"] == everything.by_type["unknown"] == rows


def test_tanks_without_a_position_are_counted_but_lie_nowhere():
    columns, nowhere = columns_for({"source": TEXT}), np.array([np.nan, np.nan])
    raw = {"source": np.array(["a", "b"], dtype=object)}
    counts = count(table_of(columns, raw, np.arange(2), nowhere, nowhere), TankFilter())
    assert (counts.shown, counts.extent) == (2, None)
    counts = count(table_of(columns, raw, np.arange(2), np.array([np.nan, 98.0]), np.array([25.0, 25.5])), TankFilter())
    assert counts.extent == (98.0, 25.0, 98.0, 25.5)


def test_searching_finds_any_script_in_any_case():
    words = ["STRASSE", "Straße", "ချီဖွေမြို့", "定南縣", "１２号", "Cafe\u0301", "50 %", "a\0b", None]
    tanks = table(columns_for({"source": TEXT}), [{"source": word} for word in words])
    found = {
        "strasse": ("STRASSE", "Straße"),
        "ß": ("STRASSE", "Straße"),
        "ဖွေ": ("ချီဖွေမြို့",),
        "南": ("定南縣",),
        "12": ("１２号",),
        "CAFÉ": ("Cafe\u0301",),
        " % ": ("50 %",),
        "a b": ("a\0b",),
        "_": (),
    }
    for text, expected in found.items():
        assert hits(tanks, text) == {"source": expected}, text
    assert hits(tanks, "  ") == {}


def test_a_word_that_holds_the_text_twice_is_found_once_and_the_next_words_too():
    words = ["aa", "b", "aXa", "", "a"]
    tanks = table(columns_for({"source": TEXT}), [{"source": word} for word in words])
    assert hits(tanks, "a") == {"source": ("aa", "aXa", "a")}


def test_a_text_in_too_many_values_is_told_with_the_column():
    columns = columns_for({"tank_id": TEXT}, mark=" of ours")
    tanks = table(columns, [{"tank_id": f"T-{number}"} for number in range(2001)])
    assert len(hits(tanks, "T-1")["tank_id"]) == 1111
    wanted = TankFilter(search="t-")
    for ask in (shown, known, count):
        with pytest.raises(TooMany, match=r"“t-” is in more than 2,000 values of tank_id of ours: type more of it"):
            ask(tanks, wanted)
    assert len(hits(table(columns, [{"tank_id": f"T-{number}"} for number in range(2000)]), "t-")["tank_id"]) == 2000


def test_a_value_that_no_filter_can_name_is_told_before_the_condition_is_made():
    tanks = table(columns_for({"source": TEXT}), [{"source": "a\0b"}])
    for asked in ({"search": "a"}, {"values": {"source": frozenset({"a\0b"})}}):
        with pytest.raises(Unsayable, match="NUL"):
            known(tanks, TankFilter(**asked))


def test_a_class_that_no_tank_is_of_is_asked_for_in_our_own_word():
    tanks = table(columns_for({"status": TEXT}), [{"status": "brown"}], lambda role, words: ["abandoned"])
    asked = {name: TankFilter(statuses=frozenset({name})) for name in ("active", "abandoned")}
    said = {name: expression(wanted, tanks.columns, known(tanks, wanted)) for name, wanted in asked.items()}
    assert said == {"active": "\"status\" IN ('active')", "abandoned": "\"status\" IN ('brown')"}


@pytest.mark.parametrize("limits", [(0.30000000000000004, None), (None, 0.30000000000000004)])
def test_a_limit_of_more_digits_than_sqlite_reads_is_the_same_for_both(limits):
    columns, rows = columns_for({"diameter_m": NUMBER}), [{"diameter_m": value} for value in (0.1 + 0.2, 0.3, 0.2)]
    wanted = TankFilter(diameter=limits)
    expected = [0, 1] if limits[1] is None else [1, 2]
    assert which(table(columns, rows), diameter=limits) == expected
    assert Database(columns, rows).which(expression(wanted, columns)) == expected


def test_what_is_known_goes_into_the_condition():
    tanks = ten_tanks()
    facts = known(tanks, TankFilter(search="o'b"))
    assert facts.odd_years == tanks.odd_years and facts.words is tanks.words
    assert expression(TankFilter(search="o'b"), tanks.columns, facts) == "\"unit_name\" IN ('O''Brien')"
    assert "'Assumed Active', 'active'" in expression(TankFilter(statuses=frozenset({"active"})), tanks.columns, facts)
