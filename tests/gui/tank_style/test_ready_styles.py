"""Ready styles of sites and units: breaks worked out by hand, every value drawn, and colours looked at in pixels."""

from __future__ import annotations

import pytest
from leachwatch.ui.tank_style.ready.classes import Amount, amounts, breaks, changes, changes_in_per_cent
from leachwatch.ui.tank_style.ready.styles import MOST_READ, is_site_layer, is_unit_layer, ready_styles
from leachwatch.ui.tank_style.ready.symbols import GAIN_COLOURS
from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

SITES = (
    "Polygon?crs=EPSG:3857&field=site_id:string&field=start_year:integer&field=end_year:integer"
    "&field=tanks_end:integer&field=tanks_new:integer&field=tanks_gone:integer&field=footprint_change_ha:double"
    "&field=footprint_change_pct:double&field=change_class:string&field=counting:string"
)
UNITS = (
    "Polygon?crs=EPSG:3857&field=unit_code:string&field=end_year:integer&field=tanks:integer"
    "&field=tanks_per_100km2:double&field=active_share_pct:double&field=tanks_new:integer&field=tanks_gone:integer"
)
SERIES = "Polygon?field=site_id:string&field=year:integer&field=tanks:integer&field=counting:string"
GROUND = "Polygon?field=site_id:string&field=unit_code:string&field=area_ha:double"
SIDE = 100  # each feature is a square, side by side
WHAT = Amount("tanks", True, "not known", "none")
SHARE = Amount("ha", False, "not known", "no change")


def layer_of(source, rows):
    layer = QgsVectorLayer(source, "squares", "memory")
    features = []
    for number, row in enumerate(rows):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(number * SIDE, 0, (number + 1) * SIDE, SIDE)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def sites(changes_ha, percent=None, tanks=None):
    rows = []
    for number, change in enumerate(changes_ha):
        count = tanks[number] if tanks else 5
        share = percent[number] if percent else None
        rows.append((f"S{number}", 2020, 2024, count, 3, 1, change, share, "expanded", "standing"))
    return layer_of(SITES, rows)


def renderer_of(layer, name):
    return {style.name: style for style in ready_styles(layer)}[f"Leachwatch: {name}"].renderer(layer)


def labels(layer, name):
    return [item.label() for item in renderer_of(layer, name).legendSymbolItems()]


def classes_of(layer, name):
    """Return the legend label under which each feature is drawn; None for one that is not."""
    renderer, context = renderer_of(layer, name), QgsRenderContext()
    context.expressionContext().setFields(layer.fields())
    by_key = {item.ruleKey(): item.label() for item in renderer.legendSymbolItems()}
    renderer.startRender(context, layer.fields())
    found = []
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        found.append(next((by_key[key] for key in renderer.legendKeysForFeature(feature, context)), None))
    renderer.stopRender(context)
    return found


def picture(layer, name, extent=None):
    """Draw the layer; return the colours in the middle of each square."""
    layer.setRenderer(renderer_of(layer, name))
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(extent or layer.extent())
    settings.setOutputSize(QSize(60 * layer.featureCount(), 60))
    settings.setBackgroundColor(QColor("#00ff00"))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    found = []
    for number in range(layer.featureCount()):
        pixels = [image.pixelColor(60 * number + x, y) for x in range(15, 45) for y in range(15, 45)]
        found.append({pixel.name() for pixel in pixels})
    return found


def test_layers_are_known_by_their_fields(qgis_app):
    assert is_site_layer(QgsVectorLayer(SITES, "a", "memory")) and not is_unit_layer(
        QgsVectorLayer(SITES, "a", "memory")
    )
    assert is_site_layer(QgsVectorLayer(SERIES, "a", "memory"))
    assert is_unit_layer(QgsVectorLayer(UNITS, "a", "memory")) and not is_site_layer(
        QgsVectorLayer(UNITS, "a", "memory")
    )
    for other in (
        GROUND,
        UNITS.replace("Polygon", "Point"),
        SITES.replace("Polygon", "Point"),
        "Polygon?field=x:string",
    ):
        layer = QgsVectorLayer(other, "a", "memory")
        assert not is_site_layer(layer) and not is_unit_layer(layer) and not ready_styles(layer)
    assert not is_site_layer(None) and not is_unit_layer(None)


def test_only_styles_whose_fields_are_there_are_offered(qgis_app):
    assert [style.name for style in ready_styles(QgsVectorLayer(SERIES, "a", "memory"))] == ["Leachwatch: tanks"]
    plain = QgsVectorLayer("Polygon?field=unit_name:string", "a", "memory")
    assert [style.name for style in ready_styles(plain)] == ["Leachwatch: outlines"]
    names = [style.name for style in ready_styles(QgsVectorLayer(SITES, "a", "memory"))]
    assert names[0] == "Leachwatch: change class" and len(names) == len(set(names)) == 5
    assert all(style.explanation for style in ready_styles(QgsVectorLayer(UNITS, "a", "memory")))


def test_breaks_fall_between_heaps(qgis_app):
    heaps = [1, 2, 11, 12, 101, 102, 1001, 1002, 5001, 5002]
    assert breaks([float(value) for value in heaps], 5, whole=True) == [2, 12, 102, 1002, 5002]
    assert breaks([0.111, 0.112, 3.4567], 5, whole=False) == [0.12, 3.5]
    assert breaks([7.0] * 40, 5, whole=True) == [7]
    assert breaks([], 5, whole=True) == []


def test_many_values_are_classed_alike_each_time_and_soon(qgis_app):
    values = [float(number % 997) + 1 for number in range(20_000)]
    tops = breaks(values, 5, whole=True)
    assert tops == breaks(values[::-1], 5, whole=True)
    assert len(tops) == 5 and tops[-1] == 997
    assert all(150 < high - low < 250 for low, high in zip([0, *tops], tops)), "evenly spread values, even classes"


def test_tanks_have_known_classes(qgis_app):
    tanks = [None, 0, 1, 2, 11, 12, 101, 102, 1001, 1002, 5001, 5002]
    layer = sites([0.0] * len(tanks), tanks=tanks)
    words = "tanks standing in 2024: "
    expected = ["not known", "none", "1–2", "3–12", "13–102", "103–1,002", "1,003 and more"]
    assert labels(layer, "tanks") == [words + text for text in expected]
    assert classes_of(layer, "tanks") == [words + expected[n] for n in (0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6)]


def test_a_change_is_symmetric_about_zero(qgis_app):
    """Of the amounts 1, 1, 2, 20, 21 and 400 the heaps are 1 1 2, 20 21 and 400: their ends are 2, 21 and 400."""
    layer = sites([-20.0, -1.0, None, 0.0, 1.0, 2.0, 400.0, 21.0])
    losses, gains = ["below −21", "−2 to −21", "0 to −2"], ["0 to +2", "+2 to +21", "above +21"]
    expected = ["not known", *losses, "no change", *gains]
    words = "ha change of footprint, 2020–2024: "
    assert labels(layer, "footprint change in ha") == [words + text for text in expected]
    assert classes_of(layer, "footprint change in ha") == [words + expected[n] for n in (2, 3, 0, 4, 5, 5, 7, 6)]


def test_the_ends_of_gains_and_losses_are_the_same():
    found = changes([-4.0, -1.0, 1.0, 2.0, 40.0], SHARE)
    gains = [(one.lower, one.upper) for one in found if one.kind == "gain"]
    losses = [(-one.upper, -one.lower) for one in found if one.kind == "loss"]
    assert losses[::-1] == [pytest.approx(pair, rel=1e-9) for pair in gains]
    assert [one.lower < one.upper for one in found if one.kind in ("gain", "loss")] == [True] * 6


def test_nothing_loses_more_than_all_of_it(qgis_app):
    """The breaks are 40, 300 and 900: of losses in per cent, 40 alone is below 100."""
    values = [-40.0, -40.0, 300.0, 900.0]
    losses, gains = ["below −40", "0 to −40"], ["0 to +40", "+40 to +300", "above +300"]
    found = changes_in_per_cent(values, SHARE)
    assert [one.label for one in found[1:]] == [f"ha: {text}" for text in [*losses, "no change", *gains]]
    assert [one.strength for one in found if one.kind == "loss"] == [0.5, 0.0], "as of the gains"
    assert found[1].lower < -100.0 < found[1].upper < -40.0

    assert [one.label for one in changes_in_per_cent([300.0, 600.0], SHARE)][1] == "ha: below 0"
    assert changes_in_per_cent([-99.0, 12.0], SHARE) == changes([-99.0, 12.0], SHARE)


def test_tanks_come_and_go_in_whole_numbers(qgis_app):
    """New less gone: 3 - 1 in every site; 1 - 6 in the last."""
    layer = sites([0.0, 0.0])
    layer.dataProvider().changeAttributeValues({2: {4: 1, 5: 6}})
    words = "tanks new less gone, 2020–2024: "
    expected = ["not known", "−3 and below", "−1 to −2", "no change", "+1 to +2", "+3 and more"]
    assert labels(layer, "tanks change") == [words + text for text in expected]
    assert classes_of(layer, "tanks change") == [words + "+1 to +2", words + "−3 and below"]


def test_nothing_at_the_start_is_no_zero(qgis_app):
    layer = sites([1.0, 1.0, 1.0], percent=[None, 0.0, 50.0])
    words = "% change of footprint, 2020–2024: "
    expected = [words + text for text in ("not known (nothing at the start)", "no change", "above 0")]
    assert classes_of(layer, "footprint change in %") == expected


def test_all_alike_and_all_below_zero(qgis_app):
    assert [one.label for one in amounts([7.0] * 3, WHAT)] == ["tanks: not known", "tanks: none", "tanks: 1 and more"]
    below = [one for one in changes([-5.0, -3.0, -1.0, -1.0], SHARE) if one.kind == "loss"]
    assert [one.label for one in below] == ["ha: below −3", "ha: −1 to −3", "ha: 0 to −1"]


def test_units_by_area_and_by_share(qgis_app):
    rows = [("a", 2024, 5, 0.123, None, 3, 0), ("b", 2024, 6, 12.3, 20.0, 0, 0), ("c", 2024, 0, 0.0, 100.0, 0, 9)]
    layer = layer_of(UNITS, rows)
    words = "tanks counted in 2024 per 100 km²: "
    assert classes_of(layer, "tanks per 100 km²") == [words + text for text in ("0–0.13", "above 0.13", "none")]
    words = "active, of known status, 2024: "
    assert classes_of(layer, "active share") == [words + text for text in ("no status known", "0–20 %", "80–100 %")]
    words = "tanks new less gone: "
    assert classes_of(layer, "tanks change") == [words + text for text in ("+1 to +3", "no change", "−4 and below")]


def test_several_years_and_rules_are_not_told_as_one(qgis_app):
    rows = [("S1", 2020, 3, "standing"), ("S1", 2021, 4, "standing"), ("S2", 2021, 9, "cumulative")]
    assert labels(layer_of(SERIES, rows[:2]), "tanks")[0] == "tanks standing in each year: not known"
    assert labels(layer_of(SERIES, rows[1:]), "tanks")[0] == "tanks counted in 2021: not known"
    assert labels(layer_of(SERIES, rows[2:]), "tanks")[0] == "tanks ever seen by 2021: not known"
    assert labels(layer_of(SERIES, []), "tanks") == ["tanks: not known", "tanks: none"]


@pytest.mark.parametrize("values", [[-5.0], [-5.0, -3.0, -1.0, -0.5], [3.0] * 9, [0.0, 0.0], [None], [], [-1e-12, 2.0]])
def test_every_value_is_drawn_whatever_the_others_are(qgis_app, values):
    layer = sites(values, percent=values)
    for name in ("footprint change in ha", "footprint change in %", "tanks"):
        assert None not in classes_of(layer, name)
        assert len(labels(layer, name)) == len(set(labels(layer, name))) >= 2


def test_what_was_not_read_is_drawn_all_the_same(qgis_app):
    rows = [(f"S{number}", 2020, 1, "standing") for number in range(MOST_READ)] + [("last", 2021, 9999, "standing")]
    layer = QgsVectorLayer(SERIES, "many", "memory")
    features = []
    for row in rows:
        features.append(QgsFeature(layer.fields()))
        features[-1].setAttributes(list(row))
    layer.dataProvider().addFeatures(features)
    assert classes_of(layer, "tanks")[-1] == "tanks standing in 2020: 1 and more"


def test_a_site_is_seen_and_a_loss_is_told_from_a_gain_without_colour(qgis_app):
    unknown, loss, none, gain = picture(sites([None, -9.0, 0.0, 9.0]), "footprint change in ha")
    assert len(gain) == 1 and len(none) == 1 and gain != none
    assert "#ffffff" in loss and len(loss) > 1, "lines across"
    assert "#00ff00" in unknown and len(unknown) > 1, "a hatch, through which the map is seen"


def test_more_tanks_are_darker_and_none_is_hollow(qgis_app):
    none, few, many = picture(sites([0.0] * 3, tanks=[0, 3, 300]), "tanks")
    assert none == {"#00ff00"}
    few, many = (QColor(next(iter(colours))) for colours in (few, many))
    assert few.lightness() > many.lightness() + 60


def test_a_change_of_class_is_drawn_as_the_algorithms_result_is(qgis_app):
    renderer = renderer_of(sites([1.0]), "change class")
    assert renderer.classAttribute() == "change_class"
    assert [item.label() for item in renderer.legendSymbolItems()][:2] == ["new", "expanded"]


def test_fields_of_other_kinds_are_not_known(qgis_app):
    """Text where a number is expected is QGIS's to make a number of; the breaks leave it aside."""
    source = "Polygon?crs=EPSG:3857&field=unit_name:string&field=tanks:string"
    layer = layer_of(source, [("定南 100%'\"\\", "12"), ("ချီဖွေ", "; DROP TABLE"), (None, None)])
    assert labels(layer, "tanks") == ["tanks: not known", "tanks: none"]


def test_on_a_small_map_a_dot_stands_for_a_site(qgis_app):
    """The square of 100 m is a pixel on a map 6 km wide; the dot is nine times as wide."""
    around = QgsRectangle(-2950, -2950, 3050, 3050)
    (colours,) = picture(sites([9.0]), "footprint change in ha", around)
    assert "#00ff00" in colours and GAIN_COLOURS[0] in colours
