"""Our styles stand beside the user's own; what was changed by hand is kept; the year follows the filter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from leachwatch.analysis.definition import CUMULATIVE, STANDING
from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.tank_world import memory_tanks
from leachwatch.ui.tank_data.layers import columns_of, remember_columns
from leachwatch.ui.tank_filter.own_filter.hold import FilterHold
from leachwatch.ui.tank_style.dressing import follow_year, options_of, style_tanks
from leachwatch.ui.tank_style.marks import PROPERTY, is_untouched, mark_of
from leachwatch.ui.tank_style.named_styles import STYLE_NAMES, go_to, is_ours, own_style
from leachwatch.ui.tank_style.options import CLUSTERS, HEAT, IN_YEAR, MODES, POINTS, PRINT, StyleOptions
from qgis.core import QgsMarkerSymbol, QgsProject, QgsSingleSymbolRenderer

GREEN = "#00ff00"
STATUS, YEAR = STYLE_NAMES[POINTS], STYLE_NAMES[IN_YEAR]


@pytest.fixture
def painted(tanks):
    """The tanks in a style of the user's own: purple stars."""
    tanks.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({"name": "star", "color": "#800080"})))
    return tanks


def is_own(layer) -> bool:
    renderer = layer.renderer()
    return renderer.type() == "singleSymbol" and renderer.symbol().color().name() == "#800080"


def paint_green(layer):
    layer.renderer().updateCategorySymbol(0, QgsMarkerSymbol.createSimple({"color": GREEN}))


def first_colour(layer) -> str:
    category = layer.renderer().categories()[0]  # which owns the symbol
    return category.symbol().color().name()


def test_a_style_stands_beside_the_users_own(painted):
    for mode in MODES:
        assert style_tanks(painted, StyleOptions(mode=mode)) == ""
        assert painted.styleManager().currentStyle() == STYLE_NAMES[mode]
        assert options_of(painted) == StyleOptions(mode=mode)
        assert own_style(painted) == "default"
    assert set(painted.styleManager().styles()) == {"default", *STYLE_NAMES.values()}
    go_to(painted, own_style(painted))
    assert is_own(painted) and options_of(painted) is None
    assert not is_ours("default") and mark_of(painted) is None


def test_a_style_of_ours_is_made_anew_in_its_place(painted):
    style_tanks(painted, StyleOptions())
    before = first_colour(painted)
    style_tanks(painted, StyleOptions(palette=PRINT))
    assert first_colour(painted) == "#000000" != before
    go_to(painted, "default")
    style_tanks(painted, StyleOptions())
    assert first_colour(painted) == before
    assert set(painted.styleManager().styles()) == {"default", STATUS}


@pytest.mark.parametrize("in_use", [True, False])
def test_what_was_changed_by_hand_is_kept_under_another_name(painted, in_use):
    style_tanks(painted, StyleOptions())
    paint_green(painted)
    if not in_use:
        go_to(painted, "default")
    aside = style_tanks(painted, StyleOptions())
    assert aside == f"{STATUS}, changed by hand"
    assert first_colour(painted) != GREEN
    # Back to what was in use before.
    assert own_style(painted) == (aside if in_use else "default")
    go_to(painted, aside)
    assert first_colour(painted) == GREEN
    assert not is_ours(aside) and options_of(painted) is None
    go_to(painted, STATUS)
    paint_green(painted)
    assert style_tanks(painted, StyleOptions()) == f"{aside} (2)"
    assert set(painted.styleManager().styles()) == {"default", STATUS, aside, f"{aside} (2)"}


@pytest.mark.parametrize("change", ["opacity", "labels", "symbol levels", "category switched off", "blend mode"])
def test_every_change_by_hand_is_noticed(painted, change):
    style_tanks(painted, StyleOptions())
    assert is_untouched(painted.styleManager(), STATUS)
    if change == "opacity":
        painted.setOpacity(0.5)
    elif change == "labels":
        painted.setLabelsEnabled(True)
    elif change == "symbol levels":
        painted.renderer().setUsingSymbolLevels(False)
    elif change == "category switched off":
        painted.renderer().updateCategoryRenderState(0, False)
    else:
        painted.setBlendMode(13)
    assert not is_untouched(painted.styleManager(), STATUS)
    go_to(painted, "default")
    assert not is_untouched(painted.styleManager(), STATUS)


def test_a_style_is_untouched_in_a_project_that_was_saved_and_opened(painted, project, tmp_path):
    for mode in MODES:
        style_tanks(painted, StyleOptions(mode=mode, labels="id", by_type=True, size="ground"))
    path = str(tmp_path / "project.qgz")
    assert project.write(path) and not project.isDirty()
    project.clear()
    assert project.read(path)
    layer = next(iter(project.mapLayers().values()))
    for mode in MODES:
        assert is_untouched(layer.styleManager(), STYLE_NAMES[mode]), mode
    assert style_tanks(layer, StyleOptions()) == ""
    assert own_style(layer) == "default"
    assert project.isDirty()
    go_to(layer, "default")
    assert is_own(layer)


def test_styles_of_an_earlier_version_are_ours_and_stay(painted):
    painted.styleManager().addStyleFromLayer("Leachwatch: imagery colours")
    painted.styleManager().setCurrentStyle("Leachwatch: imagery colours")
    assert own_style(painted) == "default" and options_of(painted) is None
    style_tanks(painted, StyleOptions())
    assert "Leachwatch: imagery colours" in painted.styleManager().styles()


@pytest.mark.parametrize("mark", ["", "x", "[]", "{}", '{"options": 1}', '{"options": "{}", "year": "x"}'])
def test_a_mark_of_others_is_no_mark(painted, mark):
    style_tanks(painted, StyleOptions())
    painted.setCustomProperty(PROPERTY, mark)
    assert options_of(painted) is None and not follow_year(painted)
    assert style_tanks(painted, StyleOptions()).endswith("changed by hand"), "it cannot be known to be ours: kept"


def test_columns_and_filter_of_the_layer_go_along_to_another_style(project):
    layer = memory_tanks()
    project.addMapLayer(layer)
    style_tanks(layer, StyleOptions())
    remember_columns(layer, {"status": "tank_type", "first_seen": "last_seen"})
    hold = FilterHold(layer)
    assert hold.put("\"tank_id\" = '1'", TankFilter(statuses=frozenset(["active"])))
    go_to(layer, "default")
    assert columns_of(layer).names["status"] == "tank_type"
    assert FilterHold(layer).wanted == hold.wanted and FilterHold(layer).own == ""


def filtered(layer, mode, first, last):
    wanted = TankFilter(mode=mode, first_year=first, last_year=last)
    assert FilterHold(layer).put("1 = 1", wanted)


def texts(layer):
    return [item.label() for item in layer.renderer().legendSymbolItems()]


def test_the_year_is_the_filters_last_and_the_chosen_one_without(painted):
    style_tanks(painted, StyleOptions(mode=IN_YEAR, year=2016))
    assert texts(painted)[0] == "active in 2016" and not follow_year(painted)
    filtered(painted, STANDING, 2010, 2019)
    assert follow_year(painted) and not follow_year(painted)
    assert texts(painted)[0] == "active in 2019" and "<= 2019" in painted.renderer().classAttribute()
    assert is_untouched(painted.styleManager(), YEAR)
    filtered(painted, CUMULATIVE, 2010, 2019)
    assert follow_year(painted) and "not seen by 2019" in texts(painted)
    assert FilterHold(painted).restore()
    assert follow_year(painted) and texts(painted)[0] == "active in 2016"


def test_a_year_that_is_not_to_follow_stays(painted):
    style_tanks(painted, StyleOptions(mode=IN_YEAR, year=2016, follow=False))
    filtered(painted, STANDING, 2010, 2019)
    assert not follow_year(painted) and texts(painted)[0] == "active in 2016"
    style_tanks(painted, StyleOptions(mode=CLUSTERS))
    assert not follow_year(painted)


def test_following_keeps_what_was_changed_by_hand(painted):
    style_tanks(painted, StyleOptions(mode=IN_YEAR, year=2016))
    paint_green(painted)
    painted.renderer().updateCategoryLabel(1, "given up")
    filtered(painted, STANDING, 2010, 2019)
    assert follow_year(painted)
    assert first_colour(painted) == GREEN and texts(painted)[:2] == ["active in 2019", "given up"]
    assert not is_untouched(painted.styleManager(), YEAR)
    assert style_tanks(painted, StyleOptions(mode=IN_YEAR)).endswith("changed by hand")


def test_no_tank_is_read(painted, monkeypatch):
    for name in ("uniqueValues", "minimumValue", "maximumValue", "featureCount", "aggregate", "getFeatures", "extent"):
        monkeypatch.setattr(type(painted), name, None)
    for mode in (*MODES, HEAT):
        style_tanks(painted, replace(StyleOptions(), mode=mode))
    go_to(painted, "default")
    assert QgsProject.instance().isDirty()
