"""Tanks that are loaded get the style that the user keeps for them, where there is one that can be read."""

import pytest
from leachwatch import settings as plugin_settings
from leachwatch.tests.qgis.processing.test_result_styles import load
from leachwatch.ui.tank_style.files import default
from leachwatch.ui.tank_style.options import AGE, BY_ID, StyleOptions


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """A default in a profile of the test's own."""
    monkeypatch.setattr(plugin_settings.QgsApplication, "qgisSettingsDirPath", lambda: str(tmp_path / "profile"))
    default.remember(StyleOptions(mode=AGE, labels=BY_ID, opacity=50))
    return plugin_settings.tank_style_path()


def test_tanks_get_the_default_and_nothing_else_does(project, kept):
    layer = load("detectsites", "TANKS_OUT", {})
    assert layer.renderer().type() == "graduatedSymbol" and layer.labelsEnabled() and layer.opacity() == 0.5
    assert layer.styleManager().styles() == ["default"]
    project.clear()
    assert load("detectsites", "SITES", {}).renderer().type() == "singleSymbol"


def test_without_one_that_can_be_read_tanks_get_the_plugins_own(project, kept):
    kept.write_text("<qgis", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"tank_style\.qml"):
        load("detectsites", "TANKS_OUT", {})
    layer = next(one for one in project.mapLayers().values() if one.name() == "Tanks with their site")
    assert layer.renderer().classAttribute() == "status"
    project.clear()
    default.forget()
    assert load("detectsites", "TANKS_OUT", {}).renderer().classAttribute() == "status"
