"""Layers of every format that needs no server show the tanks that the arrays do, whatever is asked."""

from __future__ import annotations

from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from leachwatch.analysis.selection.columns import DATE, NUMBER, TEXT, TEXT_DATE, YEAR
from leachwatch.analysis.selection.expression import expression
from leachwatch.analysis.selection.mask import shown
from leachwatch.analysis.selection.searching import known
from leachwatch.analysis.selection.sql import text
from leachwatch.analysis.selection.table import table_of
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.unit.analysis.selection.questions import CELLS, CLASS_CELLS, HOSTILE, POSSIBLE, classes, questions
from leachwatch.ui.tank_data.columns import columns_of
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

FILES = {"GPKG": "gpkg", "SQLite": "sqlite", "ESRI Shapefile": "shp", "GeoJSON": "geojson", "FlatGeobuf": "fgb"}
FILES |= {"CSV": "csv"}
FORMATS = ("memory", *FILES, "delimited text", "virtual")
DATES_AS = {"dates": DATE, "text": TEXT_DATE, "years": YEAR}
_TYPES = {DATE: "date", TEXT_DATE: "string(20)", YEAR: "int", TEXT: "string(2500)", NUMBER: "double"}


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


def layer_of(format_name: str, dates_as: str, folder) -> QgsVectorLayer:
    memory = memory_layer(dates_as)
    if format_name == "memory":
        return memory
    driver = {"delimited text": "CSV", "virtual": "GPKG"}.get(format_name, format_name)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.fileEncoding = driver, "UTF-8"
    options.layerOptions = {"CSV": ["GEOMETRY=AS_WKT"], "ESRI Shapefile": ["ENCODING=UTF-8"]}.get(driver, [])
    path = folder / f"tanks.{FILES[driver]}"
    error = QgsVectorFileWriter.writeAsVectorFormatV3(memory, str(path), QgsCoordinateTransformContext(), options)
    assert error[0] == QgsVectorFileWriter.WriterError.NoError, error
    if format_name == "delimited text":
        uri = f"{path.as_uri()}?type=csv&wktField=WKT&crs=EPSG:4326&detectTypes=yes"
        return QgsVectorLayer(uri, "tanks", "delimitedtext")
    file = QgsVectorLayer(str(path), "tanks", "ogr")
    if format_name != "virtual":
        return file
    QgsProject.instance().addMapLayer(file)
    return QgsVectorLayer(f"?layer_ref={file.id()}", "tanks", "virtual")


def table(layer, columns):
    """Return the layer's tanks as a table, and the number of each tank's row."""
    features = list(layer.getFeatures())
    raw = {role: _array([f[name] for f in features], columns.kinds[role]) for role, name in columns.names.items()}
    numbers = np.array([int(feature["row"]) for feature in features])
    return table_of(columns, raw, numbers, numbers * 1.0, numbers * 1.0, classes), numbers


def _array(values: list, kind: str) -> np.ndarray:
    values = [None if value is None or getattr(value, "isNull", bool)() else value for value in values]
    if kind == DATE:
        days = [value.date() if isinstance(value, QDateTime) else value for value in values]
        return np.array([day and day.toPyDate() for day in days], dtype="datetime64[D]")
    if kind in (YEAR, NUMBER):
        return np.array(values, dtype=float)
    return np.array(values, dtype=object)


@pytest.mark.parametrize("dates_as", DATES_AS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_layer_and_arrays_show_the_same_tanks(qgis_app, tmp_path, format_name, dates_as):
    layer = layer_of(format_name, dates_as, tmp_path)
    assert layer.isValid() and layer.featureCount() == 40
    columns = columns_of(layer)
    # A CSV file without types holds text alone, so no diameter.
    assert set(POSSIBLE) - set(columns.kinds) <= ({"diameter_m"} if format_name == "CSV" else set())
    tanks, rows = table(layer, columns)

    for wanted in drawn():
        condition = expression(wanted, columns, known(tanks, wanted))
        assert layer.setSubsetString(condition), condition
        found = {int(feature["row"]) for feature in layer.getFeatures()}
        assert found == {*rows[shown(tanks, wanted)].tolist()}, condition
    QgsProject.instance().clear()


@pytest.mark.parametrize("format_name", FORMATS)
def test_five_thousand_values_are_read(qgis_app, tmp_path, format_name):
    layer = layer_of(format_name, "dates", tmp_path)
    columns = columns_of(layer)
    tanks, rows = table(layer, columns)
    wanted = TankFilter(values={"source": frozenset([*HOSTILE, *(f"value {number}" for number in range(5000))])})
    assert layer.setSubsetString(expression(wanted, columns))
    found = {int(feature["row"]) for feature in layer.getFeatures()}
    assert found == {*rows[shown(tanks, wanted)].tolist()} and 30 < len(found) < 40
    QgsProject.instance().clear()


BACKSLASHES = ["\\", "\\\\", "\\\\\\", "a\\", "\\'", "\\\\'", "'\\'", "\\''\\", "--\\--", "|\\|'", "\\\n\\"]


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_text_of_backslashes_is_found_and_no_other(qgis_app, tmp_path, format_name, monkeypatch):
    monkeypatch.setitem(CELLS, TEXT, BACKSLASHES)
    layer = layer_of(format_name, "dates", tmp_path)
    columns = columns_of(layer)
    held = {int(feature["row"]): feature["source"] for feature in layer.getFeatures()}
    for value in {*held.values()}:
        assert layer.setSubsetString(f'"source" = {text(value, columns.dialect)}'), value
        found = {int(feature["row"]) for feature in layer.getFeatures()}
        assert found == {row for row, its in held.items() if its == value}, value
    assert {*held.values()} == {*BACKSLASHES}
    QgsProject.instance().clear()
