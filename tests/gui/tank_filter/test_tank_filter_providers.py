"""The same question gives the same tanks on every provider, and the user's own filter comes back as it was."""

from __future__ import annotations

from leachwatch.analysis.selection.wanted import CUMULATIVE, TankFilter
from leachwatch.tests.gui.tank_filter.controlled import ACTIVE, apply, assert_no_trace, heard, take
from leachwatch.tests.gui.tank_filter.provider_world import CLASSES, TOGETHER, UNDATED, YEARS
from leachwatch.tests.gui.tank_world import ids

CASES = {**YEARS, **UNDATED, **CLASSES, **TOGETHER}
ANYWHERE = {
    "an OR": ("\"unit_name\" = 'ချီဖွေ' OR \"unit_name\" = '定南'", {1, 2, 6}),
    "a quote": ("\"unit_name\" = 'O''Brien' OR \"status\" = 'active'", {1, 2, 6, 9}),
    "a pattern": ("\"unit_name\" LIKE '100 %' OR \"tank_id\" = '9'", {9}),
    "brackets at both ends": ("(\"tank_id\" = '9') OR (\"status\" = 'abandoned')", {9}),
    "brackets in a text": ("\"unit_name\" = ') OR (' OR \"tank_id\" = '6'", {6}),
    "dashes in a text": ("\"unit_name\" IN ('--', 'O''Brien', '定南') OR \"tank_id\" = '1'", {1, 6}),
    "lines and tabs": ("\"tank_id\" = '1'\n\tOR\t\"tank_id\" = '3'\n", {1}),
    "quotes in a text": ("\"unit_name\" = '\"status\" = ''active''' OR \"tank_id\" = '2'", {2}),
}
LAST_COMMENT = {"a comment at the end": ("\"tank_id\" = '1' OR \"tank_id\" = '4' -- mine", {1})}
COMMENT = {"a comment that looks like more": ("\"tank_id\" = '2' /* ) OR ( */ OR \"tank_id\" = '6'", {2, 6})}


def own_filters(layer):
    """The filters that work on a provider, and those of which QGIS itself makes nothing, with us or without."""
    if layer.dataProvider().storageType() in ("ESRI Shapefile", "GeoJSON", "FlatGeobuf", "CSV"):
        return ANYWHERE, {**COMMENT, **LAST_COMMENT}  # GDAL's own SQL knows no comments
    if layer.providerType() in ("spatialite", "postgres"):
        return {**ANYWHERE, **COMMENT}, LAST_COMMENT  # they write more behind the filter, on the same line
    return {**ANYWHERE, **COMMENT, **LAST_COMMENT}, {}


def test_every_provider_shows_the_same_tanks(controller, any_layer):
    take(controller, any_layer)
    assert controller.table.years == (2015, 2025)
    assert (controller.counts.total, controller.counts.undated, controller.problem) == (12, 2, "")
    found, counted = {}, {}
    for case, (wanted, _) in CASES.items():
        apply(controller, wanted)
        found[case], counted[case] = ids(any_layer), controller.counts.shown
    assert found == {case: expected for case, (_, expected) in CASES.items()}
    assert counted == {case: len(expected) for case, (_, expected) in CASES.items()}
    assert heard(controller) == []
    controller.close_down()
    assert_no_trace(any_layer, "")


def test_the_users_own_filter_is_kept_on_every_provider(controller, any_layer):
    found = {}
    working, useless = own_filters(any_layer)
    for case, (own, _) in working.items():
        controller.adopt(None)
        assert any_layer.setSubsetString(own), case
        own, before = any_layer.subsetString(), ids(any_layer)  # PostgreSQL's provider cuts blanks at the ends
        take(controller, any_layer)
        apply(controller, ACTIVE)
        found[case] = ids(any_layer)
        assert (controller.counts.shown, controller.counts.total) == (len(found[case]), len(before)), case
        assert controller.reset()
        assert_no_trace(any_layer, own)
        assert ids(any_layer) == before, case
    assert found == {case: left for case, (_, left) in working.items()}
    controller.close_down()
    for own, _ in useless.values():
        assert not any_layer.setSubsetString(own) or not ids(any_layer), "it works now: ask for it above"


def test_undated_tanks_not_shown_are_counted(controller, any_layer):
    take(controller, any_layer)
    assert controller.counts.undated_hidden == 0
    apply(controller, TankFilter(mode=CUMULATIVE, first_year=2015, last_year=2025))
    assert controller.counts.undated_hidden == 2
    leachate = frozenset({"leachate"})
    apply(controller, TankFilter(mode=CUMULATIVE, last_year=2025, undated=True, types=leachate))
    assert controller.counts.undated_hidden == 1  # 11 has no type
