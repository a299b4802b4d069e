"""The user's own filter on every provider: it keeps its meaning beside ours, and comes back as it was."""

from __future__ import annotations

from leachwatch.analysis.selection.wanted import CUMULATIVE, TankFilter
from leachwatch.tests.gui.tank_filter.controlled import ACTIVE, apply, assert_no_trace, take
from leachwatch.tests.gui.tank_world import ids

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
COMMENT = {"a comment that looks like more": ("\"tank_id\" = '2' /* ) OR ( */ OR \"tank_id\" = '6'", {2, 6})}
LAST_COMMENT = {"a comment at the end": ("\"tank_id\" = '1' OR \"tank_id\" = '4' -- mine", {1})}
OWN_FILTERS = {**ANYWHERE, **COMMENT, **LAST_COMMENT}


def maybe_useless(layer):
    """The filters of which some version of QGIS makes nothing on this provider, with us or without."""
    if layer.dataProvider().storageType() in ("ESRI Shapefile", "GeoJSON", "FlatGeobuf", "CSV"):
        return {*COMMENT, *LAST_COMMENT}  # GDAL's own SQL knows comments since 3.10
    # These write more behind the filter, on the same line.
    return {*LAST_COMMENT} if layer.providerType() in ("spatialite", "postgres") else set()


def test_the_users_own_filter_is_kept_on_every_provider(controller, any_layer):
    found, useless = {}, set()
    for case, (own, _) in OWN_FILTERS.items():
        controller.adopt(None)
        if not any_layer.setSubsetString(own) or not ids(any_layer):
            useless.add(case)
            continue
        own, before = any_layer.subsetString(), ids(any_layer)  # PostgreSQL's provider cuts blanks at the ends
        take(controller, any_layer)
        apply(controller, ACTIVE)
        found[case] = ids(any_layer)
        assert (controller.counts.shown, controller.counts.total) == (len(found[case]), len(before)), case
        assert controller.reset()
        assert_no_trace(any_layer, own)
        assert ids(any_layer) == before, case
    assert found == {case: left for case, (_, left) in OWN_FILTERS.items() if case not in useless}
    assert useless <= maybe_useless(any_layer)


def test_undated_tanks_not_shown_are_counted(controller, any_layer):
    take(controller, any_layer)
    assert controller.counts.undated_hidden == 0
    apply(controller, TankFilter(mode=CUMULATIVE, first_year=2015, last_year=2025))
    assert controller.counts.undated_hidden == 2
    leachate = frozenset({"leachate"})
    apply(controller, TankFilter(mode=CUMULATIVE, last_year=2025, undated=True, types=leachate))
    assert controller.counts.undated_hidden == 1  # 11 has no type
