"""Layers on every provider show the tanks that the arrays do, whatever they hold and whatever is asked."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from leachwatch.analysis.selection.columns import DATE, NUMBER, TEXT, TEXT_DATE, YEAR, TankColumns
from leachwatch.analysis.selection.expression import expression
from leachwatch.analysis.selection.mask import shown
from leachwatch.analysis.selection.searching import known
from leachwatch.analysis.selection.sql import one_of, text
from leachwatch.analysis.selection.wanted import NONE_GIVEN, TankFilter
from leachwatch.tests.gui.tank_data.read_by import read
from leachwatch.tests.gui.tank_sources import EVERY_PROVIDER, on_provider
from leachwatch.tests.unit.analysis.selection.questions import CELLS, CLASS_CELLS, HOSTILE, POSSIBLE, questions
from leachwatch.ui.tank_data.columns import columns_of
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, Qt

DATES_AS = {"dates": DATE, "text": TEXT_DATE, "years": YEAR}
_TYPES = {DATE: "date", TEXT_DATE: "string(20)", YEAR: "int", TEXT: "string(2500)", NUMBER: "double"}
# These read conditions as another of the list does.
_ALIKE = ("zipped_shapefile", "postgis_view", "postgis_query")
SOME_PROVIDERS = [each for each in EVERY_PROVIDER if each.values[0] not in _ALIKE]
# Their columns are all text, in which no diameter can be compared.
WITHOUT_NUMBERS = ("csv", "csv_text")


@cache
def drawn() -> list[TankFilter]:
    """Return some questions, the same in every run."""
    some: list[TankFilter] = []

    @settings(max_examples=16, deadline=None, derandomize=True, database=None)
    @given(questions())
    def draw(wanted):
        some.append(wanted)

    draw()
    return some


def memory_layer(dates_as: str) -> QgsVectorLayer:
    """Return forty tanks with every role, drawn from hostile values; the codes of units are numbers."""
    kinds = {role: possible[0] for role, possible in POSSIBLE.items()} | {"unit_code": NUMBER}
    kinds = {role: DATES_AS[dates_as] if kind == DATE else kind for role, kind in kinds.items()}
    fields = "".join(f"&field={role}:{_TYPES[kind]}" for role, kind in kinds.items())
    layer = QgsVectorLayer(f"Point?crs=EPSG:4326&field=row:int{fields}", "tanks", "memory")
    chance, features = Random(5), []
    for row in range(40):
        values = [chance.choice(CLASS_CELLS.get(role, CELLS[kind])) for role, kind in kinds.items()]
        feature = QgsFeature(layer.fields())
        feature.setAttributes([row, *(_as_field(value, kind) for value, kind in zip(values, kinds.values()))])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(row, row)))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


def _as_field(value, kind):
    if kind == DATE and value:
        return QDate.fromString(value, Qt.DateFormat.ISODate)
    return int(value) if kind == YEAR and value is not None else value


@pytest.fixture(params=SOME_PROVIDERS)
def make(request, project, tmp_path):
    """Return what puts the drawn tanks on each provider in turn."""

    def made(dates_as: str) -> QgsVectorLayer:
        server = lambda: request.getfixturevalue("postgis")  # noqa: E731
        layer = on_provider(memory_layer(dates_as), request.param, tmp_path, server)
        assert layer.isValid() and layer.featureCount() == 40
        missing = set(POSSIBLE) - set(columns_of(layer).names)
        assert missing == ({"diameter_m"} if request.param in WITHOUT_NUMBERS else set())
        return layer

    return made


def rows(layer) -> dict[int, int]:
    """Return the row of each feature that the layer shows, by its id."""
    return {feature.id(): int(feature["row"]) for feature in layer.getFeatures()}


@pytest.mark.parametrize("dates_as", DATES_AS)
def test_layer_and_arrays_show_the_same_tanks(make, dates_as):
    layer = make(dates_as)
    tanks, row_of = read(layer).table, rows(layer)
    for wanted in drawn():
        condition = expression(wanted, tanks.columns, known(tanks, wanted))
        assert layer.setSubsetString(condition), condition
        by_mask = sorted(row_of[fid] for fid in tanks.fids[shown(tanks, wanted)].tolist())
        assert sorted(rows(layer).values()) == by_mask, condition


def test_five_thousand_values_are_read(make):
    layer = make("dates")
    tanks, row_of = read(layer).table, rows(layer)
    wanted = TankFilter(values={"source": frozenset([*HOSTILE, *(f"value {number}" for number in range(5000))])})
    assert layer.setSubsetString(expression(wanted, tanks.columns))
    by_mask = sorted(row_of[fid] for fid in tanks.fids[shown(tanks, wanted)].tolist())
    assert sorted(rows(layer).values()) == by_mask and 30 < len(by_mask) < 40


BACKSLASHES = ["\\", "\\\\", "\\\\\\", "a\\", "\\'", "\\\\'", "'\\'", "\\''\\", "--\\--", "|\\|'", "\\\n\\"]


def test_a_text_of_backslashes_is_found_and_no_other(make, monkeypatch):
    monkeypatch.setitem(CELLS, TEXT, BACKSLASHES)
    layer = make("dates")
    held = {int(feature["row"]): feature["source"] for feature in layer.getFeatures()}
    assert {*held.values()} == {*BACKSLASHES}
    for value in BACKSLASHES:
        assert layer.setSubsetString(f'"source" = {text(value, columns_of(layer).dialect)}'), value
        assert sorted(rows(layer).values()) == sorted(row for row, its in held.items() if its == value), value


NAMES = ['a"b', "a'b", "a--b", "SELECT", "定南"]


@pytest.mark.parametrize("provider", SOME_PROVIDERS)
def test_a_column_of_any_name_is_found(request, project, tmp_path, provider):
    fields = "".join(f"&field=column_{number}:string" for number in range(len(NAMES)))
    memory = QgsVectorLayer(f"Point?crs=EPSG:4326&field=row:int{fields}", "tanks", "memory")
    assert memory.dataProvider().renameAttributes({number + 1: name for number, name in enumerate(NAMES)})
    memory.updateFields()
    for row, word in enumerate(("x", "y", None)):
        feature = QgsFeature(memory.fields())
        feature.setAttributes([row, *[word] * len(NAMES)])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(row, row)))
        memory.dataProvider().addFeatures([feature])
    layer = on_provider(memory, provider, tmp_path, lambda: request.getfixturevalue("postgis"))
    # A database may have put columns of its own before them.
    for name in [field.name() for field in layer.fields()][-len(NAMES) :]:
        columns = TankColumns({"source": name}, {"source": TEXT}, columns_of(layer).dialect)
        assert layer.setSubsetString(one_of("source", ["y", NONE_GIVEN], columns)), name
        assert sorted(rows(layer).values()) == [1, 2], name
