"""The expressions in a style say what ``analysis`` says: for every combination of dates, and the words of sources."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from leachwatch.analysis import time
from leachwatch.analysis.definition import CUMULATIVE, STANDING
from leachwatch.analysis.fields import TANK_TYPES
from leachwatch.analysis.selection.columns import DATE, NUMBER, TEXT, TEXT_DATE, YEAR, TankColumns
from leachwatch.analysis.selection.wanted import READ_ROLES
from leachwatch.sources.columns import values
from leachwatch.ui.tank_style import classes, labels, symbols
from leachwatch.ui.tank_style.options import BY_DIAMETER, BY_FIRST_YEAR, BY_ID, BY_UNIT, GROUND, StyleOptions
from qgis.core import QgsExpression, QgsExpressionContext, QgsFeature, QgsFields, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, Qt

DATES = ("first_seen", "last_seen", "gone_by", "abandoned_since", "status_date")
DAYS = (None, "2019-05-01", "2020-04-01", "2020-11-30")
STATUSES = ("active", "abandoned", "unknown", None)
HOSTILE = 'O\'Brien "100 %" \\ ချီ'


def table(days=DAYS, statuses=STATUSES):
    rows = list(itertools.product(statuses, *[days] * len(DATES)))
    frame = pd.DataFrame(rows, columns=["status", *DATES])
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name])
    frame["status"] = frame["status"].fillna("unknown")
    return rows, frame


def columns(kind, prefix=""):
    names = {role: prefix + role for role in ("status", *DATES)}
    return TankColumns(names, {role: TEXT if role == "status" else kind for role in names})


def evaluate(expression, fields: QgsFields, rows):
    context = QgsExpressionContext()
    context.setFields(fields)
    parsed = QgsExpression(expression)
    assert not parsed.hasParserError(), parsed.parserErrorString()
    assert parsed.prepare(context)
    found = []
    for row in rows:
        feature = QgsFeature(fields)
        feature.setAttributes(list(row))
        context.setFeature(feature)
        found.append(parsed.evaluate(context))
        assert not parsed.hasEvalError(), parsed.evalErrorString()
    return found


def expected(frame, year, counting):
    status = time.status_in(frame, year)
    counted = time.counted(frame, year, counting)
    undated = time.undated(frame)
    return [
        classes.UNDATED if undated[at] else status[at] if counted[at] else classes.NOT_THERE for at in range(len(frame))
    ]


FIELD_TYPES = {DATE: "date", TEXT_DATE: "string", YEAR: "integer"}


def cell(text, kind):
    if text is None or kind == TEXT_DATE:
        return text
    return QDate.fromString(text, Qt.DateFormat.ISODate) if kind == DATE else int(text[:4])


@pytest.mark.parametrize(
    ("kind", "counting", "year"),
    [
        *[(DATE, STANDING, year) for year in (2019, 2020, 2021)],
        *[(DATE, CUMULATIVE, 2020), (TEXT_DATE, STANDING, 2020), (TEXT_DATE, CUMULATIVE, 2019)],
    ],
)
def test_the_status_in_a_year_is_that_of_the_analysis(qgis_app, kind, counting, year):
    rows, frame = table()
    fields = "".join(f"&field={name}:{FIELD_TYPES[kind]}" for name in DATES)
    layer = QgsVectorLayer(f"Point?field=status:string{fields}", "tanks", "memory")
    cells = [(row[0], *(cell(text, kind) for text in row[1:])) for row in rows]
    found = evaluate(classes.status_in(columns(kind), year, counting), layer.fields(), cells)
    assert found == expected(frame, year, counting)
    assert len(set(found)) >= 3


def test_columns_of_whole_years_are_years(qgis_app):
    days = (None, "2019-01-01", "2020-01-01", "2021-01-01")
    rows, frame = table(days)
    fields = "".join(f"&field=x {name}:integer" for name in DATES)
    layer = QgsVectorLayer(f"Point?field=x status:string{fields}", "tanks", "memory")
    cells = [(row[0], *(cell(text, YEAR) for text in row[1:])) for row in rows]
    found = evaluate(classes.status_in(columns(YEAR, "x "), 2020, STANDING), layer.fields(), cells)
    assert found == expected(frame, 2020, STANDING)


def test_with_fewer_columns_less_is_known_and_nothing_fails(qgis_app):
    layer = QgsVectorLayer("Point?field=seen:integer", "tanks", "memory")
    some = TankColumns({"first_seen": "seen"}, {"first_seen": YEAR})
    found = evaluate(classes.status_in(some, 2020, STANDING), layer.fields(), [[2019], [2020], [2021], [None], [9999]])
    assert found == ["unknown", "unknown", classes.NOT_THERE, classes.UNDATED, classes.UNDATED]
    none = TankColumns({}, {})
    assert evaluate(classes.status_in(none, 2020, STANDING), layer.fields(), [[2019]]) == [classes.UNDATED]
    assert evaluate(classes.status(none), layer.fields(), [[2019]]) == [classes.NOT_GIVEN]
    assert evaluate(classes.tank_type(none), layer.fields(), [[2019]]) == ["unknown"]


def test_the_words_of_sources_are_read_as_the_loaders_read_them(qgis_app):
    layer = QgsVectorLayer("Point?field=s:string", "tanks", "memory")
    some = TankColumns({"status": "s"}, {"status": TEXT})
    words = [
        *values.STATUS_WORDS,
        "Assumed Active",
        "ABANDONED!",
        "blue-active",
        "In_Operation",
        "something else",
        HOSTILE,
    ]
    parsed = values.statuses(pd.Series(words)).values
    found = evaluate(classes.status(some), layer.fields(), [[word] for word in words])
    assert found == [word if word in ("active", "abandoned") else "unknown" for word in parsed]
    assert {"active", "abandoned", "unknown"} == set(found)
    assert evaluate(classes.status(some), layer.fields(), [[None], [""], ["  "]]) == [classes.NOT_GIVEN] * 3


def test_types_are_read_as_the_loaders_read_them(qgis_app):
    layer = QgsVectorLayer("Point?field=t:string", "tanks", "memory")
    some = TankColumns({"tank_type": "t"}, {"tank_type": TEXT})
    words = [
        *TANK_TYPES,
        "Leachate collection pool",
        "PRECIPITATION pond",
        "collection or precipitation",
        None,
        "",
        HOSTILE,
    ]
    known = [values.tank_type_word(word or "") for word in words]
    found = evaluate(classes.tank_type(some), layer.fields(), [[word] for word in words])
    assert found == [word if isinstance(word, str) else "unknown" for word in known]


@pytest.mark.parametrize(
    ("text", "year"),
    [("2021-03-14", 2021), ("2021", 2021), (" 2021/03/14", 2021), ("", None), ("n/a", None), (None, None)],
)
def test_the_year_of_a_text(qgis_app, text, year):
    layer = QgsVectorLayer("Point?field=d:string", "tanks", "memory")
    some = TankColumns({"first_seen": "d"}, {"first_seen": TEXT_DATE})
    found = evaluate(classes.first_year(some), layer.fields(), [[text]])[0]
    assert (found or None) == year


def test_a_columns_name_may_hold_anything(qgis_app):
    layer = QgsVectorLayer("Point?field=s:string", "tanks", "memory")
    layer.dataProvider().renameAttributes({0: HOSTILE})
    layer.updateFields()
    some = TankColumns({"status": HOSTILE}, {"status": TEXT})
    assert evaluate(classes.status(some), layer.fields(), [["active"]]) == ["active"]


def test_a_project_works_without_the_plugin(qgis_app):
    """The expressions use QGIS's own functions, which every version from 3.22 on has."""
    options = StyleOptions(by_type=True, size=GROUND)
    every = {role: role for role in READ_ROLES}
    kinds = {role: DATE if role in (*DATES, "gone_by") else TEXT for role in READ_ROLES} | {"diameter_m": NUMBER}
    all_columns = TankColumns(every, kinds)
    said = [
        classes.status(all_columns),
        classes.status_in(all_columns, 2020, STANDING),
        classes.first_year(all_columns),
        symbols.shape_by_type(all_columns),
        symbols.size_by_diameter(options, all_columns),
        *(labels.text_of(name, all_columns) for name in (BY_ID, BY_UNIT, BY_DIAMETER, BY_FIRST_YEAR)),
    ]
    used = {name for text in said for name in QgsExpression(text).referencedFunctions()} - {"var"}
    assert used == {
        *("coalesce", "exp", "if", "left", "lower", "max", "regexp_replace", "round", "strpos"),
        *("to_date", "to_int", "trim", "with_variable", "y"),
    }
