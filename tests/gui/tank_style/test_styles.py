"""The style files load, every value gets a symbol, and they are what the script writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import leachwatch
import pytest
from leachwatch.analysis.fields import CHANGE_CLASSES, STATUSES
from qgis.core import Qgis, QgsFeature, QgsGeometry, QgsMapLayer, QgsRenderContext, QgsVectorLayer

ROOT = Path(leachwatch.__file__).parent
STYLES = ROOT / "resources" / "styles"
SOURCES = {
    "tanks": "Point?field=status:string",
    "detected_sites": "Polygon?field=site_id:string",
    "site_expansion": "Polygon?field=change_class:string",
    "site_series": "Polygon?field=active_share_pct:double",
    "growth": "Polygon?field=site_id:string",
    "loss": "Polygon?field=site_id:string",
    "township_summary": "Polygon?field=tanks:integer",
    "units": "Polygon?field=unit_code:string",
    "water_tanks": "Point?field=nearest_distance_m:double",
    "water_sites": "Polygon?field=nearest_distance_m:double",
    "rivers": "LineString?field=name:string",
    "matched": "Point?field=status_agreement:string&field=b_lon:double&field=b_lat:double",
    "only_a_points": "Point?field=reason:string",
    "only_b_points": "Point?field=reason:string",
    "only_a_polygons": "Polygon?field=reason:string",
    "only_b_polygons": "Polygon?field=reason:string",
}
NEW_VALUE = "a value of tomorrow"


def styled(name):
    layer = QgsVectorLayer(SOURCES[name], name, "memory")
    message, loaded = layer.loadNamedStyle(str(STYLES / f"{name}.qml"), False, QgsMapLayer.StyleCategory.Symbology)
    assert loaded, message
    return layer


def symbol_of(layer, value):
    """Return the symbol of a feature with this value, None where it would not be drawn."""
    feature = QgsFeature(layer.fields())
    feature.setAttributes([value])
    feature.setGeometry(QgsGeometry.fromWkt("Point (98 25)"))
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    context.expressionContext().setFeature(feature)
    context.expressionContext().setFields(layer.fields())
    renderer.startRender(context, layer.fields())
    symbol = renderer.symbolForFeature(feature, context)
    found = symbol.clone() if symbol else None
    renderer.stopRender(context)
    return found


def test_every_style_is_tested(qgis_app):
    assert {path.stem for path in STYLES.glob("*.qml")} == set(SOURCES)


@pytest.mark.parametrize("status", [*STATUSES, None, "", NEW_VALUE])
def test_every_tank_is_drawn_and_small(qgis_app, status):
    assert 1 <= symbol_of(styled("tanks"), status).size() <= 2


def test_the_imagerys_colours_are_blue_brown_and_grey(qgis_app):
    layer = styled("tanks")
    active, abandoned, unknown, other = (symbol_of(layer, status).color() for status in (*STATUSES, None))
    assert active.blue() > active.green() > active.red()
    assert abandoned.red() > abandoned.green() > abandoned.blue()
    assert unknown.red() == unknown.green() == unknown.blue()
    assert other == unknown


@pytest.mark.parametrize("share", [None, 0.0, 12.5, 20.0, 50.0, 99.9, 100.0])
def test_every_share_of_active_tanks_is_drawn(qgis_app, share):
    symbol = symbol_of(styled("site_series"), share)
    assert symbol is not None
    colour = symbol.symbolLayer(0).strokeColor()
    if share is None:
        assert colour.red() == colour.green() == colour.blue()
    elif share != 50:
        assert (colour.blue() > colour.red()) == (share > 50), "blue is active, brown is abandoned"


@pytest.mark.parametrize("change", [*CHANGE_CLASSES, None, NEW_VALUE])
def test_every_change_is_drawn(qgis_app, change):
    assert symbol_of(styled("site_expansion"), change) is not None


def test_changes_have_a_colour_each(qgis_app):
    layer = styled("site_expansion")
    symbols = [symbol_of(layer, change) for change in CHANGE_CLASSES]
    assert len({symbol.symbolLayer(0).strokeColor().name() for symbol in symbols}) == 6


@pytest.mark.parametrize(
    ("tanks", "label"),
    [
        *[(None, "not known"), (0, "0"), (1, "1–10"), (10, "1–10"), (11, "11–50"), (50, "11–50"), (51, "51–200")],
        *[(200, "51–200"), (201, "201–500"), (500, "201–500"), (501, "> 500"), (250000, "> 500")],
    ],
)
def test_every_number_of_tanks_has_its_class(qgis_app, tanks, label):
    layer = styled("township_summary")
    symbol = symbol_of(layer, tanks)
    of_label = {item.label(): item.symbol().clone() for item in layer.renderer().ranges()}[label]
    assert symbol.dump() == of_label.dump()
    assert (symbol.symbolLayer(0).brushStyle() == 0) == (label in ("0", "not known"))


@pytest.mark.parametrize("name", ["water_tanks", "water_sites"])
def test_every_distance_to_water_has_its_class_the_nearer_the_darker(qgis_app, name):
    layer = styled(name)
    of_label = {item.label(): item.symbol().clone() for item in layer.renderer().ranges()}
    lightness = []
    for metres, label in [(0, "0–50 m"), (50, "0–50 m"), (50.1, "50–100 m"), (100.1, "100–250 m"), (300, "250–500 m"),
                          (1000, "500–1,000 m"), (5000, "1,000–5,000 m"), (5000.1, "> 5,000 m")]:  # fmt: skip
        symbol = symbol_of(layer, metres)
        assert symbol.dump() == of_label[label].dump(), metres
        lightness.append(symbol.symbolLayer(0).color().lightness())
    assert lightness == sorted(lightness) and len(set(lightness)) == 7
    assert symbol_of(layer, None).dump() == of_label["none within reach"].dump()


@pytest.mark.parametrize("name", ["detected_sites", "growth", "loss"])
def test_every_area_is_drawn(qgis_app, name):
    assert symbol_of(styled(name), None) is not None


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_style_holds_symbols_only_and_names_no_place(qgis_app, name):
    text = (STYLES / f"{name}.qml").read_text(encoding="utf-8")
    expected = "Symbology|Temporal" if name == "site_series" else "Symbology"
    assert f'styleCategories="{expected}"' in text
    assert str(ROOT) not in text and "/home/" not in text and "file:" not in text


def test_the_styles_are_what_the_script_writes(qgis_app, tmp_path):
    script = ROOT / "tools" / "make_styles.py"
    if not script.exists() or not Qgis.version().startswith("3.22."):
        pytest.skip("the styles are written by QGIS 3.22, from the repository")
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, capture_output=True, timeout=120)
    written = {path.name: path.read_bytes() for path in tmp_path.glob("*.qml")}
    assert written == {path.name: path.read_bytes() for path in STYLES.glob("*.qml")}
