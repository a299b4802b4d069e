"""Values and lists as each provider's SQL reads them."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.columns import (
    DATE,
    GDAL_SQL,
    NUMBER,
    POSTGRES,
    QGIS,
    SQLITE,
    TEXT,
    TEXT_DATE,
    YEAR,
    TankColumns,
)
from leachwatch.analysis.selection.expression import Known, combine, expression, undated
from leachwatch.analysis.selection.sql import NOTHING, Unsayable, all_of, any_of, none_of, number, one_of, text
from leachwatch.analysis.selection.timing import OddYears
from leachwatch.analysis.selection.wanted import MODES, NONE_GIVEN, STANDING, TankFilter
from leachwatch.tests.unit.analysis.selection.tables import columns_for

DIALECTS = (GDAL_SQL, SQLITE, POSTGRES, QGIS)
LITERALS = {
    "plain": ["'plain'"] * 4,
    "": ["''"] * 4,
    "O'Brien": ["'O''Brien'"] * 4,
    "a\\b": ["'a\\b'", "'a\\b'", "E'a\\\\b'", "'a\\\\b'"],
    "\\": ["SUBSTR('\\_', 1, 1)", "'\\'", "E'\\\\'", "'\\\\'"],
    "a\\\\": ["CONCAT('a', SUBSTR('\\_', 1, 1), SUBSTR('\\_', 1, 1))", "'a\\\\'", "E'a\\\\\\\\'", "'a\\\\\\\\'"],
    "\\'": ["CONCAT(SUBSTR('\\_', 1, 1), '''')", "'\\'''", "E'\\\\'''", "'\\\\'''"],
    "a--b": ["CONCAT('a-', '-b')", "'a-'||'-b'", "'a--b'", "'a--b'"],
    "---": ["CONCAT('-', '-', '-')", "'-'||'-'||'-'", "'---'", "'---'"],
    "|layername=x": ["CONCAT('|', 'layername=x')", "'|'||'layername=x'", "'|layername=x'", "'|layername=x'"],
    "a\nb": ["'a\nb'", "'a'||char(10)||'b'", "'a\nb'", "'a\nb'"],
    "100 %": ["'100 %'"] * 4,
    "定南 ချီဖွေ": ["'定南 ချီဖွေ'"] * 4,
}


@pytest.mark.parametrize("value", LITERALS)
def test_a_text_is_written_as_each_dialect_reads_it(value):
    assert [text(value, dialect) for dialect in DIALECTS] == LITERALS[value]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_text_that_no_filter_can_name_is_told(dialect):
    with pytest.raises(Unsayable, match="NUL"):
        text("a\0b", dialect)


def test_a_list_is_cut_where_gdal_reads_no_longer_one():
    columns = columns_for({"source": TEXT}, GDAL_SQL)
    values = [f"v{number:04d}" for number in range(2500)]
    condition = one_of("source", values, columns)
    assert [part.count("'v") for part in condition.split(" OR ")] == [1000, 1000, 500]
    assert all(part.startswith('"source" IN (') for part in condition.split(" OR "))
    cut = none_of("source", values, columns)
    assert cut.startswith('"source" IS NULL OR ("source" NOT IN (') and cut.count(" AND ") == 2


def test_a_list_of_numbers_holds_numbers_alone():
    columns = columns_for({"unit_code": NUMBER})
    values = [
        "12",
        "-3",
        "7.25",
        "1e+22",
        "12.0",
        "012",
        " 12",
        "1_2",
        "١٢",
        "nan",
        "inf",
        "",
        "12) OR (1=1",
        "9" * 400,
    ]
    assert one_of("unit_code", values, columns) == '"unit_code" IN (-3, 12, 1e+22, 7.25) OR "unit_code" IS NULL'
    assert one_of("unit_code", ["x"], columns) == NOTHING
    assert none_of("unit_code", ["x"], columns) == ""


@pytest.mark.parametrize(("dialect", "quoted"), [(SQLITE, '"a ""b"" -- c"'), (GDAL_SQL, r'"a \"b\" -- c"')])
def test_a_name_is_quoted(dialect, quoted):
    columns = TankColumns({"source": 'a "b" -- c'}, {"source": TEXT}, dialect)
    assert one_of("source", [NONE_GIVEN], columns) == f"{quoted} IS NULL OR {quoted} = ''"


def test_conditions_are_joined_with_brackets_where_they_need_them():
    assert all_of(["a", "", "b OR c"]) == "a AND (b OR c)"
    assert any_of(["a AND b", "c"]) == "(a AND b) OR c"
    assert all_of([any_of(["a", "b"])]) == "a OR b"
    assert all_of(["x = ' AND '", "y"]) == "(x = ' AND ') AND y"
    assert all_of([]) == ""


@pytest.mark.parametrize(
    ("own", "both"),
    [
        ("", "ours"),
        ("  \n", "ours"),
        ("a OR b", "(a OR b) AND (ours)"),
        ("a = ' AND '", "(a = ' AND ') AND (ours)"),
        ("a = ')'", "(a = ')') AND (ours)"),
        ("a -- mine", "(a -- mine\n) AND (ours)"),
        ("a = '--'", "(a = '--'\n) AND (ours)"),
        ("-- mine\na", "(-- mine\na\n) AND (ours)"),
        ("a /* mine */", "(a /* mine */) AND (ours)"),
    ],
)
def test_the_users_own_condition_keeps_its_meaning(own, both):
    assert combine(own, "ours") == both
    assert combine(own, "") == own


@pytest.mark.parametrize(("value", "said"), [(12.0, "12"), (0.1, "0.1"), (-2.5, "-2.5"), (1e21, "1e+21")])
def test_a_limit_is_written_short(value, said):
    assert number(value) == said


DATES = {
    # kind: in 2019 or before; since 2019; none
    (DATE, SQLITE): ("{} < '2020-01-01'", "{} >= '2019-01-01'", "{} IS NULL"),
    (DATE, GDAL_SQL): (
        "CAST({} AS character(10)) < '2020'",
        "CAST({} AS character(10)) >= '2019'",
        "{} IS NULL",
    ),
    (TEXT_DATE, QGIS): (
        "{0} < '2020' AND {0} >= '1000'",
        "{0} >= '2019' AND {0} < '9000'",
        "{0} IS NULL OR {0} < '1000' OR {0} >= '9000'",
    ),
    (TEXT_DATE, SQLITE): (
        "+{0} < '2020' AND +{0} >= '1000'",
        "+{0} >= '2019' AND +{0} < '9000'",
        "{0} IS NULL OR +{0} < '1000' OR +{0} >= '9000'",
    ),
    (YEAR, POSTGRES): (
        "{0} < 2020 AND {0} > 0",
        "{0} >= 2019 AND {0} < 9000",
        "{0} IS NULL OR {0} <= 0 OR {0} >= 9000",
    ),
}


@pytest.mark.parametrize(("kind", "dialect"), DATES)
def test_dates_are_compared_as_their_column_holds_them(kind, dialect):
    columns = columns_for({"first_seen": kind}, dialect)
    before, since, none = (part.format('"first_seen"') for part in DATES[kind, dialect])
    assert expression(TankFilter("cumulative", 2019, 2019), columns) == before
    assert expression(TankFilter("first-seen", 2019, 2019), columns).replace("(", "").replace(")", "") == (
        f"{since} AND {before}".replace("(", "").replace(")", "")
    )
    assert undated(columns) == none


NO_DATES = columns_for({"source": TEXT, "gone_by": DATE})


@pytest.mark.parametrize("mode", MODES)
def test_where_no_column_tells_when_a_tank_was_seen_every_tank_is_undated(mode):
    known = Known(OddYears(frozenset({2019}), frozenset({2018})))
    shows_none = "" if mode == "any" else NOTHING
    assert expression(TankFilter(mode, 2018, 2020), NO_DATES, known) == shows_none
    assert expression(TankFilter(mode, 2018, 2020, undated=True), NO_DATES, known) == ""
    assert expression(TankFilter(mode, 2018, 2020, only_undated=True), NO_DATES, known) == ""


def test_what_the_layer_has_no_column_for_is_not_asked():
    wanted = TankFilter(
        STANDING,
        2019,
        2020,
        statuses=frozenset({"active"}),
        types=frozenset(),
        values={"unit": frozenset({"x"}), "country": frozenset()},
        diameter=(1, 2),
        unmeasured=False,
    )
    assert expression(wanted, columns_for({"first_seen": DATE})) == "\"first_seen\" < '2021-01-01'"
    assert expression(wanted, columns_for({"last_seen": DATE})) == "\"last_seen\" < '2021-01-01'"
    assert expression(TankFilter(), columns_for({"first_seen": DATE, "status": TEXT})) == ""
