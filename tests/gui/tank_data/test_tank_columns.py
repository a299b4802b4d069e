"""Which columns of a layer play which role: by name, cut to ten letters, as chosen; and in whose SQL."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.columns import DATE, GDAL_SQL, NUMBER, QGIS, SQLITE, TEXT, TEXT_DATE, YEAR
from leachwatch.tests.gui.tank_world import memory_tanks, write
from leachwatch.ui.tank_data.columns import PROPERTY, columns_of, fitting, remember_columns, remembered_columns
from leachwatch.ui.tank_data.layers import forget_columns, is_tank_layer
from qgis.core import QgsVectorLayer


def points(fields, kind="Point"):
    return QgsVectorLayer(f"{kind}?crs=EPSG:4326&" + "&".join(f"field={each}" for each in fields), "points", "memory")


def test_the_names_of_our_own_tables(project):
    columns = columns_of(memory_tanks())
    assert dict(columns.kinds) == {
        **dict.fromkeys(["tank_id", "status", "tank_type", "unit_name"], TEXT),
        **dict.fromkeys(["first_seen", "last_seen", "gone_by"], DATE),
    }
    assert all(role == name for role, name in columns.names.items())


def test_names_in_other_letters_and_cut_by_a_shapefile(project, tmp_path):
    layer = write(
        points(["Status:string", "FIRST_SEEN:date", "abandoned_since:date", "image_source:string"]),
        "shapefile",
        tmp_path,
    )
    assert dict(columns_of(layer).names) == {
        "status": "Status",
        "first_seen": "FIRST_SEEN",
        "abandoned_since": "abandoned_",
        "image_source": "image_sour",
    }


@pytest.mark.parametrize(
    ("field", "role", "kind"),
    [
        ("first_seen:string", "first_seen", TEXT_DATE),
        ("first_seen:int", "first_seen", YEAR),
        ("first_seen:datetime", "first_seen", DATE),
        ("diameter_m:double", "diameter_m", NUMBER),
        ("diameter_m:string", "diameter_m", None),
        ("tank_id:integer", "tank_id", NUMBER),
        ("status:date", "status", None),
        ("confidence:bool", "confidence", None),
    ],
)
def test_how_a_field_holds_its_values(project, field, role, kind):
    assert columns_of(points([field])).kinds.get(role) == kind


@pytest.mark.parametrize(
    ("provider", "dialect"),
    [
        ("memory", QGIS),
        ("csv_text", QGIS),
        ("gpkg", SQLITE),
        ("sqlite", SQLITE),
        ("shapefile", GDAL_SQL),
        ("csv", GDAL_SQL),
    ],
)
def test_whose_sql_a_filter_is_read_by(project, tmp_path, provider, dialect):
    layer = memory_tanks() if provider == "memory" else write(memory_tanks(), provider, tmp_path)
    assert columns_of(layer).dialect == dialect


def test_columns_that_the_user_chose(project):
    layer = points(["cond:string", "yr:int", "status:string", "first_seen:date"])
    remember_columns(layer, {"status": "cond", "first_seen": "yr"})
    assert dict(columns_of(layer).names) == {"status": "cond", "first_seen": "yr"}
    copy = layer.clone()
    assert remembered_columns(copy) == {"status": "cond", "first_seen": "yr"}
    forget_columns(layer)
    assert columns_of(layer).names["status"] == "status"


def test_a_chosen_column_that_is_gone_or_does_not_fit(project):
    layer = points(["cond:string", "when:date"])
    remember_columns(layer, {"status": "nowhere", "diameter_m": "cond", "first_seen": "when"})
    assert dict(columns_of(layer).names) == {"first_seen": "when"}


@pytest.mark.parametrize("text", ["{", "[]", '{"status": 3, "evil": "x"}', "null", '"status"'])
def test_what_others_wrote_into_the_property_does_no_harm(project, text):
    layer = memory_tanks()
    layer.setCustomProperty(PROPERTY, text)
    assert remembered_columns(layer) == {}
    assert is_tank_layer(layer)


def test_which_layers_hold_tanks(project):
    assert is_tank_layer(memory_tanks())
    assert is_tank_layer(points(["status:string", "first_seen:string"]))
    assert not is_tank_layer(points(["status:string"]))
    assert not is_tank_layer(points(["status:string", "first_seen:date"], "Polygon"))
    assert not is_tank_layer(QgsVectorLayer("nowhere.gpkg", "lost", "ogr"))
    assert not is_tank_layer(None)
    chosen = points(["cond:string"])
    assert not is_tank_layer(chosen)
    remember_columns(chosen, {"status": "cond"})
    assert is_tank_layer(chosen)
    remember_columns(chosen, {"status": "gone"})
    assert not is_tank_layer(chosen)


def test_which_fields_fit_a_role(project):
    layer = points(["a:string", "b:date", "c:int", "d:double", "e:bool"])
    assert fitting(layer, "status") == ["a", "c", "d"]
    assert fitting(layer, "first_seen") == ["a", "b", "c", "d"]
    assert fitting(layer, "diameter_m") == ["c", "d"]
