"""What is seen of a style: layers drawn to an image, and the colours of pixels at known places."""

from __future__ import annotations

import pytest
from leachwatch.analysis.selection.columns import DATE, TEXT, TankColumns
from leachwatch.tests.gui.tank_style.style_world import (
    ABANDONED,
    ACTIVE,
    DPI,
    UNKNOWN,
    colour_at,
    drawn,
    is_blank,
    is_like,
    tanks,
    width_of,
)
from leachwatch.ui.tank_style.dressing import dress
from leachwatch.ui.tank_style.options import (
    AGE,
    BY_DIAMETER,
    BY_FIRST_YEAR,
    BY_ID,
    BY_UNIT,
    CLUSTERS,
    COLOUR_BLIND,
    GROUND,
    HEAT,
    IN_YEAR,
    MODES,
    PALETTES,
    PRINT,
    StyleOptions,
)
from leachwatch.ui.tank_style.palettes import AGES
from leachwatch.ui.tank_style.renderers import Year
from leachwatch.ui.tank_style.scene import standard_columns
from qgis.core import QgsFeatureRequest, QgsRenderContext
from qgis.PyQt.QtGui import QColor

FOUR = [
    {"east": -15, "status": "active", "first_seen": "2016-05-01"},
    {"east": -5, "status": "abandoned", "first_seen": "2012-05-01", "abandoned_since": "2020-05-01"},
    {"east": 5, "status": "unknown", "first_seen": "2024-05-01"},
    {"east": 15, "status": None, "first_seen": None},
]
LARGE = {"size_mm": 4.0}


def styled(rows, columns=None, year=None, crs="EPSG:32647", **chosen):
    layer = tanks(rows, crs)
    dress(StyleOptions(**chosen), columns or standard_columns(), year).put_on(layer)
    return layer


def colours(layer, places=(-15, -5, 5, 15)):
    image = drawn(layer)
    return [colour_at(image, east, 0) for east in places]


def test_each_status_has_the_colour_of_the_imagery_and_none_is_undrawn(qgis_app):
    active, abandoned, unknown, none = colours(styled(FOUR, **LARGE))
    assert is_like(active, ACTIVE) and is_like(abandoned, ABANDONED) and is_like(unknown, UNKNOWN)
    assert none != "#ffffff"


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "row",
    [
        {"status": None},
        {"status": 'O\'Brien "100 %" \\ ချီ; DROP TABLE tanks'},
        {"status": ""},
        {"status": "Assumed Active", "first_seen": "1999-01-01", "diameter_m": -3},
        {"status": "abandoned", "gone_by": "2001-01-01", "tank_type": "<b>precipitation</b>"},
    ],
)
def test_no_tank_is_undrawn(qgis_app, mode, palette, row):
    for more in ({}, {"by_type": True, "size": GROUND}):
        assert not is_blank(drawn(styled([row], mode=mode, palette=palette, **more), side=40))


def test_active_tanks_lie_on_top_whatever_their_order_in_the_file(qgis_app):
    both = [{"status": "active"}, {"status": "abandoned"}]
    for rows in (both, both[::-1]):
        assert is_like(colours(styled(rows, **LARGE), [0])[0], ACTIVE)
    assert is_like(colours(styled(both, active_on_top=False, **LARGE), [0])[0], ABANDONED)
    as_abandoned = [{"status": "abandoned"}, {"status": "unknown"}, {"status": None}]
    assert is_like(colours(styled(as_abandoned, **LARGE), [0])[0], ABANDONED)


@pytest.mark.parametrize("layer_crs", ["EPSG:32647", "EPSG:4326"])
@pytest.mark.parametrize(("map_crs", "stretch"), [("EPSG:32647", 1.0), ("EPSG:3857", 1.1037)])
def test_a_diameter_is_drawn_in_ground_metres(qgis_app, layer_crs, map_crs, stretch):
    """20 m at 1:1000 is 20 mm; web mercator draws it larger by 1 / cos(25.04°)."""
    layer = styled([{"status": "active", "diameter_m": 20.0}], crs=layer_crs, size=GROUND, outline_mm=0.0)
    width = width_of(drawn(layer, 1000, 200, map_crs), ACTIVE)
    assert width == pytest.approx(20 * stretch * DPI / 25.4, abs=2)


def test_a_diameter_has_a_smallest_size_and_one_that_is_not_known_a_fixed_one(qgis_app):
    chosen = {"size": GROUND, "size_mm": 5.0, "least_mm": 2.0, "outline_mm": 0.0}
    small = styled([{"status": "active", "diameter_m": 10.0}], **chosen)
    assert width_of(drawn(small, 100_000, 100), ACTIVE) == pytest.approx(2 * DPI / 25.4, abs=2)
    for unknown in (None, 0.0, -9999.0):
        layer = styled([{"status": "active", "diameter_m": unknown}], **chosen)
        assert width_of(drawn(layer, 100_000, 100), ACTIVE) == pytest.approx(5 * DPI / 25.4, abs=2)


def corner(layer):
    """The colour near the corner of a large symbol: a square has its own there, a circle and a diamond none."""
    return colour_at(drawn(layer), 3.2, 3.2)


def test_shape_by_type(qgis_app):
    large = {"size_mm": 8.0, "outline_mm": 0.0, "by_type": True}
    kinds = {"leachate": False, "precipitation": True, "Precipitation pond": True, None: False, "x": False}
    for kind, filled in kinds.items():
        layer = styled([{"status": "active", "tank_type": kind}], **large)
        assert is_like(corner(layer), ACTIVE) is filled, kind
        assert is_like(colours(layer, [0])[0], ACTIVE)
    labels = [item.label() for item in layer.renderer().legendSymbolItems()]
    assert labels[-3:] == ["leachate", "precipitation", "type unknown"]


@pytest.mark.parametrize("palette", [COLOUR_BLIND, PRINT])
@pytest.mark.parametrize("by_type", [False, True])
def test_each_status_is_told_apart_in_grey(qgis_app, palette, by_type):
    """By its shape, or by its lightness where shapes say the type."""
    pictures = []
    for row in FOUR:
        image = drawn(styled([{**row, "east": 0}], palette=palette, by_type=by_type, size_mm=6.0), side=60)
        pictures.append(tuple(QColor(image.pixel(x, y)).lightness() // 32 for x in range(60) for y in range(60)))
    assert len(set(pictures)) == 4


def test_opacity_and_outline(qgis_app):
    half = colours(styled(FOUR[:1], opacity=50, **LARGE), [-15])[0]
    assert is_like(half, "#8fbbe8", 30)
    rim = {"status": "active"}
    with_rim = drawn(styled([rim], size_mm=10.0, outline_mm=1.5), background="#000000")
    without = drawn(styled([rim], size_mm=10.0, outline_mm=0.0), background="#000000")
    assert width_of(with_rim, "#ffffff") > 4 and width_of(without, "#ffffff") == 0


def white(image):
    return sum(image.pixelColor(x, y).lightness() > 200 for x in range(image.width()) for y in range(image.height()))


def test_clusters_show_their_number(qgis_app):
    near = [{"status": "active", "east": at * 0.5} for at in range(3)]
    mixed = [*near, {"status": "abandoned"}]
    of_one = drawn(styled(near, mode=CLUSTERS), background="#000000")
    of_two = drawn(styled(mixed, mode=CLUSTERS), background="#000000")
    # Beside the number, in the disc: in colour where all have one status, neutral where they differ.
    assert is_like(colour_at(of_one, 0.5 - 1.4, 0), ACTIVE)
    assert is_like(colour_at(of_two, 0.4 - 1.4, 0), "#39444d")
    numbers = {n: drawn(styled([{"status": "active"}] * n, mode=CLUSTERS), background="#000000") for n in (3, 8)}
    inside = [
        tuple(image.pixelColor(x, y).lightness() > 200 for x in range(96, 105) for y in range(95, 106))
        for image in numbers.values()
    ]
    assert inside[0] != inside[1] and all(any(one) for one in inside), "a number is written in the disc"
    alone = drawn(styled([{"status": "active"}], mode=CLUSTERS, size_mm=4.0))
    assert is_like(colour_at(alone, 0, 0), ACTIVE)
    assert white(numbers[3]) > 0


def test_a_heat_map_is_warmest_where_most_tanks_stand(qgis_app):
    rows = [{"east": -15}] * 9 + [{"east": 15}]
    image = drawn(styled(rows, mode=HEAT), background="#000000")
    many, one = (QColor(colour_at(image, east, 0)).lightness() for east in (-15, 15))
    assert many > one > 0
    assert colour_at(image, 0, -20) == "#000000"


def test_the_age_ramp_has_a_class_for_every_year_and_for_none(qgis_app):
    years = [1999, 2012, 2013, 2014, 2015, 2022, 2023, 2031]
    rows = [{"east": -17.5 + 5 * at, "first_seen": f"{year}-07-01"} for at, year in enumerate(years)]
    found = colours(styled(rows, mode=AGE, size_mm=3.0), [row["east"] for row in rows])
    expected = [AGES[at] for at in (0, 0, 1, 1, 2, 5, 6, 6)]
    assert all(is_like(one, two) for one, two in zip(found, expected)), found
    undated = styled([{"status": "active"}], mode=AGE)
    assert not is_blank(drawn(undated, side=40))
    labels = [item.label() for item in undated.renderer().legendSymbolItems()]
    assert labels[0] == "first seen 2012 or before" and labels[-2:] == ["2023 or later", "no date"]


def test_the_status_in_a_year(qgis_app):
    layer = styled(FOUR, mode=IN_YEAR, year=None, follow=True, **LARGE)
    assert is_like(colours(layer)[1], ABANDONED), "2021, by default"
    early = styled(FOUR, mode=IN_YEAR, columns=standard_columns(), **LARGE)
    dress(StyleOptions(mode=IN_YEAR, **LARGE), standard_columns(), Year(2019)).put_on(early)
    found = colours(early)
    assert is_like(found[0], ACTIVE) and is_like(found[1], ACTIVE), "abandoned since 2020"
    assert not is_like(found[2], UNKNOWN), "first seen in 2024"
    texts = [item.label() for item in early.renderer().legendSymbolItems()]
    assert texts[:2] == ["active in 2019", "abandoned in 2019"]
    assert "not standing in 2019: not yet seen, or gone" in texts


@pytest.mark.parametrize(
    ("labels", "text"), [(BY_ID, "0"), (BY_UNIT, "Chipwi"), (BY_DIAMETER, "12.5 m"), (BY_FIRST_YEAR, "2016")]
)
def test_labels_say_what_was_chosen_at_large_scales_only(qgis_app, labels, text):
    row = {"unit_name": "Chipwi", "unit_code": "MMR001", "diameter_m": 12.5, "first_seen": "2016-05-01", "tank_id": "0"}
    layer = styled([row], labels=labels, label_scale=2000)
    settings = layer.labeling().settings()
    context = QgsRenderContext()
    context.expressionContext().setFeature(next(layer.getFeatures(QgsFeatureRequest())))
    context.expressionContext().setFields(layer.fields())
    expression = settings.getLabelExpression()
    assert str(expression.evaluate(context.expressionContext())) == text
    assert settings.scaleVisibility and settings.minimumScale == 2000

    def ink(scale):
        image = drawn(layer, scale)
        return sum(image.pixelColor(x, y).lightness() < 110 for x in range(200) for y in range(200))

    assert ink(1500) > 5 and ink(2500) == 0


def test_a_layer_without_a_column_has_the_rest(qgis_app):
    some = TankColumns({"status": "status", "first_seen": "first_seen"}, {"status": TEXT, "first_seen": DATE})
    layer = styled(FOUR, columns=some, by_type=True, size=GROUND, labels=BY_UNIT, **LARGE)
    assert is_like(colours(layer)[0], ACTIVE)
    assert not layer.labelsEnabled()
    assert len(layer.renderer().legendSymbolItems()) == 4, "no keys for what is not shown"
