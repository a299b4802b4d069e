"""Styles to files and back: .qml and .sld; files of strangers give their looks and nothing else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from leachwatch import settings
from leachwatch.tests.gui.tank_style.style_world import colour_at, drawn, is_like, tanks
from leachwatch.ui.tank_data.layers import remember_columns
from leachwatch.ui.tank_style import marks
from leachwatch.ui.tank_style.dressing import options_of, style_ready, style_tanks
from leachwatch.ui.tank_style.files import default
from leachwatch.ui.tank_style.files.loading import load_style
from leachwatch.ui.tank_style.files.saving import StyleFileError, save_style
from leachwatch.ui.tank_style.named_styles import STYLE_NAMES, go_to, is_ours
from leachwatch.ui.tank_style.options import AGE, BY_ID, CLUSTERS, GROUND, HEAT, IN_YEAR, MODES, POINTS, StyleOptions
from leachwatch.ui.tank_style.ready.styles import ready_styles
from qgis.core import QgsAction, QgsReadWriteContext, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument

ROWS = [
    {"east": -15, "status": "active", "first_seen": "2016-05-01"},
    {"east": -5, "status": "Assumed Abandoned", "first_seen": "2012-05-01"},
    {"east": 5, "status": "half-built", "first_seen": "2024-05-01"},
    {"east": 15, "status": None, "first_seen": None},
]
LARGE = StyleOptions(size_mm=4.0)


@pytest.fixture
def layer(project):
    made = tanks(ROWS)
    project.addMapLayer(made)
    return made


def pixels(layer):
    image = drawn(layer)
    return [colour_at(image, row["east"], 0) for row in ROWS]


@pytest.mark.parametrize("mode", MODES)
def test_a_qml_comes_back_as_it_was(layer, tmp_path, mode):
    options = replace(LARGE, mode=mode, labels=BY_ID, opacity=80, by_type=True, size=GROUND)
    style_tanks(layer, options)
    before, labels = drawn(layer, labels=False), layer.labeling().settings()
    path = tmp_path / "ချီဖွေ & 定南.qml"
    assert save_style(layer, path) == ""
    go_to(layer, "default")
    assert load_style(layer, path) == path.stem
    assert layer.styleManager().currentStyle() == path.stem and not is_ours(path.stem)
    assert drawn(layer, labels=False) == before  # where QGIS puts the labels is not always the same
    again = layer.labeling().settings()
    assert (again.fieldName, again.scaleVisibility, again.minimumScale) == (
        labels.fieldName,
        labels.scaleVisibility,
        labels.minimumScale,
    )
    assert layer.opacity() == 0.8 and layer.labelsEnabled()
    assert options_of(layer) is None, "from here on it is the user's own"
    assert load_style(layer, path) == f"{path.stem} (2)"
    assert set(layer.styleManager().styles()) == {"default", STYLE_NAMES[mode], path.stem, f"{path.stem} (2)"}


@pytest.mark.parametrize("mode", [POINTS, AGE])
def test_an_sld_draws_every_tank_as_before(layer, tmp_path, mode):
    style_tanks(layer, replace(LARGE, mode=mode))
    before, path = pixels(layer), tmp_path / "tanks.sld"
    assert save_style(layer, path) == ""
    text = path.read_text(encoding="utf-8")
    assert "PointSymbolizer" in text and "CASE" not in text and "legend:" not in text
    go_to(layer, "default")
    assert load_style(layer, path) == "tanks"
    after = pixels(layer)
    assert all(is_like(one, two, 32) for one, two in zip(before, after)), (before, after)
    assert layer.renderer().type() == "RuleRenderer"


def test_an_sld_of_mapped_columns(project, tmp_path):
    source = "Point?crs=EPSG:32647&field=Zustand:string&field=gesehen:string"
    layer = QgsVectorLayer(source, "tanks", "memory")
    remember_columns(layer, {"status": "Zustand", "first_seen": "gesehen"})
    style_tanks(layer, replace(LARGE, mode=AGE))
    path = tmp_path / "age.sld"
    save_style(layer, path)
    assert "<ogc:PropertyName>gesehen</ogc:PropertyName>" in path.read_text(encoding="utf-8")


def test_an_sld_says_what_it_leaves_out(layer, tmp_path):
    style_tanks(layer, replace(LARGE, by_type=True, size=GROUND))
    left_out = save_style(layer, tmp_path / "x.sld")
    assert left_out == "SLD cannot hold: shapes by type, sizes by diameter."


@pytest.mark.parametrize("mode", [CLUSTERS, HEAT, IN_YEAR])
def test_what_sld_cannot_say_is_refused_and_no_file_is_left(layer, tmp_path, mode):
    style_tanks(layer, replace(LARGE, mode=mode))
    with pytest.raises(StyleFileError, match=r"(?s)x\.sld.*SLD.*\.qml"):
        save_style(layer, tmp_path / "x.sld")
    assert os.listdir(tmp_path) == []


def test_a_file_is_replaced_whole_or_not_at_all(layer, tmp_path):
    path = tmp_path / "mine.qml"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(StyleFileError, match=r"\.qml or \.sld"):
        save_style(layer, tmp_path / "mine.txt")
    assert path.read_text(encoding="utf-8") == "precious"
    save_style(layer, path)
    assert "renderer-v2" in path.read_text(encoding="utf-8") and os.listdir(tmp_path) == ["mine.qml"]
    (tmp_path / "folder.qml").mkdir()
    with pytest.raises(StyleFileError, match=r"folder\.qml could not be written"):
        save_style(layer, tmp_path / "folder.qml")
    assert sorted(os.listdir(tmp_path)) == ["folder.qml", "mine.qml"]


def hostile_qml(path: Path) -> str:
    """A whole style of a stranger: orange points; and an action, a form, a script, variables, a filter, a dataset."""
    layer = tanks(ROWS)
    layer.renderer().symbol().setColor(layer.renderer().symbol().color().fromRgb(255, 136, 0))
    layer.renderer().symbol().setSize(4)
    layer.actions().addAction(QgsAction(QgsAction.ActionType.GenericPython, "evil", "import os", True))
    form = layer.editFormConfig()
    form.setInitCode("def evil(*_): raise SystemExit")
    form.setInitFunction("evil")
    form.setInitCodeSource(form.CodeSourceDialog)
    form.setUiForm("evil.ui")
    layer.setEditFormConfig(form)
    layer.setMapTipTemplate("<img src='x'>")
    layer.setDisplayExpression("'evil'")
    layer.setCustomProperty("evil", "yes")
    layer.setCustomProperty(marks.PROPERTY, '{"options": "{}"}')
    layer.setFieldAlias(0, "evil")
    document = QDomDocument("qgis")
    layer.exportNamedStyle(document, QgsReadWriteContext())
    text = document.toString()
    path.write_text(text, encoding="utf-8")
    return text


def test_of_a_strangers_qml_only_the_looks_are_taken(layer, tmp_path):
    path = tmp_path / "stranger.qml"
    text = hostile_qml(path)
    assert "import os" in text and "raise SystemExit" in text
    layer.setFieldAlias(0, "mine")
    before = layer.mapTipTemplate(), layer.displayExpression(), layer.editFormConfig().initFunction()
    load_style(layer, path)
    assert is_like(pixels(layer)[0], "#ff8800")
    assert layer.actions().actions() == [] and layer.editFormConfig().initCode() == ""
    assert (layer.mapTipTemplate(), layer.displayExpression(), layer.editFormConfig().initFunction()) == before
    assert layer.customProperty("evil") is None and layer.customProperty(marks.PROPERTY) is None
    assert layer.attributeAlias(0) == "mine"


SYMBOL = '<symbol type="{kind}" name="0"><layer class="{layer}"><prop k="name" v="{name}"/></layer></symbol>'
QML = '<qgis><renderer-v2 type="{type}"><symbols>{symbol}</symbols></renderer-v2></qgis>'
SLD = '<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:xlink="http://www.w3.org/1999/xlink">{}</StyledLayerDescriptor>'


def qml(kind="marker", layer="SimpleMarker", name="circle", renderer="singleSymbol"):
    return QML.format(type=renderer, symbol=SYMBOL.format(kind=kind, layer=layer, name=name))


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.qml", "", "no XML"),
        ("a.qml", "no XML at all", "no XML"),
        ("a.qml", "<qgis>", "no XML"),
        ("a.qml", "<html/>", "no symbols of QGIS"),
        ("a.qml", "<qgis/>", "no symbols of QGIS"),
        ("a.qml", b"\xff\xfe\x00<qgis>", "not UTF-8"),
        ("a.qml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><qgis>&a;</qgis>', "entities"),
        ("a.qml", '<!DOCTYPE x [<!entity a SYSTEM "file:///etc/passwd">]><qgis>&a;</qgis>', "entities"),
        ("a.qml", qml(kind="fill"), "another kind of geometry"),
        ("a.qml", qml(renderer="of tomorrow"), "QGIS cannot read"),
        ("a.qml", qml(layer="SvgMarker", name="https://evil.example/beacon.svg"), "evil.example"),
        ("a.qml", qml(layer="SvgMarker", name="https://evil.example/www.w3.org/x.svg"), "evil.example"),
        ("a.qml", qml(layer="RasterMarker", name="/vsicurl/evil"), "vsicurl"),
        ("a.qml", qml(layer="SvgMarker", name="\\\\evil\\share\\x.svg"), "evil"),
        ("a.qml", qml(layer="SvgMarker", name="//evil/share/x.svg"), "evil"),
        ("a.qml", qml(layer="SvgMarker", name="/\\evil/share/x.svg"), "evil"),
        ("a.sld", "<qgis/>", "no SLD"),
        ("a.sld", SLD.format(""), "another kind of geometry"),
        ("a.sld", SLD.format("<PolygonSymbolizer/>"), "another kind of geometry"),
        ("a.sld", SLD.format('<PointSymbolizer xlink:href="http://evil.example/x.png"/>'), "evil.example"),
        ("a.sld", SLD.format("<PointSymbolizer/>"), "NamedLayer"),
    ],
)
def test_a_bad_file_is_told_with_its_reason_and_changes_nothing(layer, tmp_path, name, text, why):
    style_tanks(layer, LARGE)
    before, path = pixels(layer), tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(StyleFileError, match=rf"(?s)a\.(qml|sld): .*{why}"):
        load_style(layer, path)
    assert pixels(layer) == before
    assert set(layer.styleManager().styles()) == {"default", STYLE_NAMES[POINTS]}
    assert options_of(layer) == LARGE, "still ours"


def test_a_missing_file_is_told(layer, tmp_path):
    with pytest.raises(StyleFileError, match=r"none\.qml: the file cannot be read: No such file"):
        load_style(layer, tmp_path / "none.qml")


def test_a_file_named_as_ours_becomes_no_style_of_ours(layer, tmp_path):
    style_tanks(layer, LARGE)
    path = tmp_path / f"{STYLE_NAMES[POINTS]}.qml"
    save_style(layer, path)
    name = load_style(layer, path)
    assert not is_ours(name) and name != STYLE_NAMES[POINTS]


@pytest.mark.parametrize("ending", ["qml", "sld"])
def test_sites_are_saved_and_loaded_too(project, tmp_path, ending):
    fields = "&field=site_id:string&field=tanks_end:integer&field=change_class:string"
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:4326{fields}", "sites", "memory")
    style_ready(layer, next(one for one in ready_styles(layer) if "change" in one.name))
    path = tmp_path / f"sites.{ending}"
    assert save_style(layer, path) == ""
    labels = {item.label() for item in layer.renderer().legendSymbolItems()}
    go_to(layer, "default")
    assert load_style(layer, path) == "sites"
    assert {item.label() for item in layer.renderer().legendSymbolItems()} >= labels
    if ending == "qml":
        with pytest.raises(StyleFileError, match="another kind of geometry"):
            load_style(tanks(ROWS), path)


@pytest.fixture
def profile(monkeypatch, tmp_path):
    """A profile's folder of the test's own."""
    monkeypatch.setattr(settings.QgsApplication, "qgisSettingsDirPath", lambda: str(tmp_path / "profile"))
    return tmp_path / "profile"


def test_the_default_is_kept_and_forgotten(qgis_app, profile):
    assert default.recall() is None and not default.is_kept()
    default.remember(replace(LARGE, mode=AGE, labels=BY_ID))
    assert default.is_kept() and default.recall() == replace(LARGE, mode=AGE, labels=BY_ID)
    assert [path.name for path in (profile / "leachwatch").iterdir()] == ["tank_style.qml"]
    default.forget()
    default.forget()
    assert default.recall() is None and not default.is_kept()
