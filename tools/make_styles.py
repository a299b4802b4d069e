"""Writes the styles in ``resources/styles`` with QGIS 3.22, the oldest that reads them.

Run it with a Python that has ``qgis``: ``python tools/make_styles.py [FOLDER]``. It needs no display.
The files hold symbols only, and the days of a layer in time. They are the same on every run: attributes are sorted,
which Qt does not do.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCentroidFillSymbolLayer,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsGeometryGeneratorSymbolLayer,
    QgsGraduatedSymbolRenderer,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsProperty,
    QgsRendererCategory,
    QgsRendererRange,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsVectorLayer,
    QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtGui import QColor

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "styles"
DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"

# Tanks stand some 15 m apart, 3 mm on a map at 1:5 000: the marker must stay well below that.
TANK_MM = 1.6
# Below this scale a site is smaller than a pen stroke, and a dot stands for it.
DOT_BELOW = 60000

EVERY_OTHER = ""  # QGIS's category for NULL and for every value that no other category names

IMAGERY = [
    ("active", "active: blue in the imagery", "#1f78d1", "circle"),
    ("abandoned", "abandoned: brown in the imagery", "#8a4b1c", "circle"),
    ("unknown", "status unknown", "#9a9a9a", "circle"),
    (EVERY_OTHER, "no status given", "#9a9a9a", "circle"),
]
# Growth is warm, retreat is cool, in colours of Okabe and Ito's palette that also differ in lightness.
CHANGES = [
    ("new", "new", "#d55e00", "solid"),
    ("expanded", "expanded", "#e69f00", "solid"),
    ("stable", "stable", "#f0e442", "solid"),
    ("contracted", "contracted", "#56b4e9", "solid"),
    ("abandoned", "abandoned", "#0072b2", "solid"),
    ("gone", "gone", "#555555", "no"),
    (EVERY_OTHER, "no class given", "#999999", "b_diagonal"),
]
# Yellow to brown of ColorBrewer, which is safe for the colour-blind and in grey.
TANK_COUNTS = [
    (-1, -1, "not known", None),
    (0, 0, "0", None),
    (1, 10, "1–10", "#fff7bc"),
    (11, 50, "11–50", "#fec44f"),
    (51, 200, "51–200", "#ec7014"),
    (201, 500, "201–500", "#993404"),
    (501, 1e9, "> 500", "#4d1a02"),
]
# Blue to brown, the imagery's colours of active and abandoned, by way of white: they differ for the colour-blind, too.
ACTIVE_SHARES = [
    (-1, -1, "no status known", "#999999"),
    (0, 20, "active 0–20 %", "#8c510a"),
    (20, 40, "20–40 %", "#d8b365"),
    (40, 60, "40–60 %", "#f0e6d2"),
    (60, 80, "60–80 %", "#67a9cf"),
    (80, 100, "80–100 %", "#2166ac"),
]

# Yellow to blue of ColorBrewer, likewise safe: the nearer to water, the darker.
WATER_DISTANCES = [
    (-1, -1, "none within reach", None),
    (0, 50, "0–50 m", "#081d58"),
    (50, 100, "50–100 m", "#225ea8"),
    (100, 250, "100–250 m", "#1d91c0"),
    (250, 500, "250–500 m", "#41b6c4"),
    (500, 1000, "500–1,000 m", "#7fcdbb"),
    (1000, 5000, "1,000–5,000 m", "#c7e9b4"),
    (5000, 1e9, "> 5,000 m", "#ffffd9"),
]

# Of Okabe and Ito's palette, each with a shape of its own.
AGREEMENT = [
    ("agree", "statuses agree", "#009e73", "circle"),
    ("differ", "statuses differ", "#d55e00", "star"),
    ("not known", "a status is not known", "#777777", "circle"),
    (EVERY_OTHER, "not told", "#777777", "cross2"),
]
ONLY = {"only_a": ("#e69f00", "triangle"), "only_b": ("#0072b2", "square")}


def marker(colour: str, shape: str, size: float = TANK_MM) -> QgsMarkerSymbol:
    """Return a small marker with a thin light edge, which parts it from dark imagery and from its neighbours."""
    line_only = shape == "cross2"
    return QgsMarkerSymbol.createSimple(
        {
            "name": shape,
            "color": colour,
            "size": str(size),
            "outline_color": colour if line_only else "#ffffff",
            "outline_width": "0.4" if line_only else "0.12",
        }
    )


def area(colour: str, fill: str = "solid", width: float = 0.4, opacity: int = 110) -> QgsFillSymbol:
    """Return a see-through fill with a firm edge, and a dot in its place where the map is too small for it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    symbol = QgsFillSymbol.createSimple(
        {
            "color": f"{red},{green},{blue},{opacity if fill == 'solid' else 255}",
            "style": fill,
            "outline_color": colour,
            "outline_style": "dash" if fill == "no" else "solid",
            "outline_width": str(width),
        }
    )
    symbol.appendSymbolLayer(dot(colour, hollow=fill == "no"))
    return symbol


def dot(colour: str, hollow: bool) -> QgsCentroidFillSymbolLayer:
    """Return the dot that stands for a site on a small map."""
    layer = QgsCentroidFillSymbolLayer()
    symbol = marker(colour, "circle", 1.8)
    if hollow:
        symbol = QgsMarkerSymbol.createSimple(
            {"name": "circle", "color": "#ffffff", "size": "1.8", "outline_color": colour, "outline_width": "0.3"}
        )
    layer.setSubSymbol(symbol)
    layer.setPointOnSurface(True)
    layer.setDataDefinedProperty(
        QgsSymbolLayer.PropertyLayerEnabled, QgsProperty.fromExpression(f"coalesce(@map_scale, 0) > {DOT_BELOW}")
    )
    return layer


def hatched(colour: str) -> QgsFillSymbol:
    """Return a hatch with a firm edge: it lies over other colours without hiding them."""
    symbol = area(colour, fill="no")
    symbol.symbolLayer(0).setStrokeStyle(1)
    lines = QgsLinePatternFillSymbolLayer()
    lines.setSubSymbol(QgsLineSymbol.createSimple({"color": colour, "width": "0.3"}))
    lines.setDistance(1.4)
    lines.setLineAngle(45)
    symbol.insertSymbolLayer(0, lines)
    return symbol


def township(colour: str | None, known: bool = True) -> QgsFillSymbol:
    """Return a township's fill; hollow without a colour, with a broken edge where the number is not known."""
    properties = {
        "color": colour or "0,0,0,0",
        "style": "solid" if colour else "no",
        "outline_color": "#6e6e6e",
        "outline_style": "solid" if known else "dot",
        "outline_width": "0.26",
    }
    return QgsFillSymbol.createSimple(properties)


def categorised(field: str, rows: list[tuple[str, str, QgsSymbol]]) -> QgsCategorizedSymbolRenderer:
    """Return a renderer with a category for each value, label and symbol."""
    return QgsCategorizedSymbolRenderer(
        field, [QgsRendererCategory(value, symbol, label) for value, label, symbol in rows]
    )


def tank_counts() -> QgsGraduatedSymbolRenderer:
    """Return the renderer of townships by tanks, with classes that do not change with the data."""
    ranges = [
        QgsRendererRange(lower, upper, township(colour, known=lower >= 0), label)
        for lower, upper, label, colour in TANK_COUNTS
    ]
    return QgsGraduatedSymbolRenderer('coalesce("tanks", -1)', ranges)


def active_shares() -> QgsGraduatedSymbolRenderer:
    """Return the renderer of sites by the share of their tanks that is active, of those of known status."""
    ranges = [
        QgsRendererRange(lower, upper, area(colour, opacity=200), label)
        for lower, upper, label, colour in ACTIVE_SHARES
    ]
    return QgsGraduatedSymbolRenderer('coalesce("active_share_pct", -1)', ranges)


def water_distances(of_tanks: bool) -> QgsGraduatedSymbolRenderer:
    """Return the renderer of tanks or sites by their distance to water, with classes that do not change."""
    ranges = []
    for lower, upper, label, colour in WATER_DISTANCES:
        symbol = water_marker(colour) if of_tanks else water_area(colour)
        ranges.append(QgsRendererRange(lower, upper, symbol, label))
    return QgsGraduatedSymbolRenderer('coalesce("nearest_distance_m", -1)', ranges)


def water_marker(colour: str | None) -> QgsMarkerSymbol:
    """Return a tank's marker, with a dark edge that holds the light colours; a cross without a colour."""
    if colour is None:
        return marker("#999999", "cross2")
    return QgsMarkerSymbol.createSimple(
        {"name": "circle", "color": colour, "size": str(TANK_MM), "outline_color": "#3d4a54", "outline_width": "0.12"}
    )


def water_area(colour: str | None) -> QgsFillSymbol:
    """Return a site's fill, with a dark edge that holds the light colours; hollow without a colour."""
    symbol = area(colour or "#777777", "solid" if colour else "no", opacity=200)
    symbol.symbolLayer(0).setStrokeColor(QColor("#3d4a54"))
    return symbol


def pair(colour: str, shape: str) -> QgsMarkerSymbol:
    """Return a pair's marker at A's place, and a line from there to B's."""
    symbol = marker(colour, shape, 2.0 if shape == "star" else TANK_MM)
    line = QgsGeometryGeneratorSymbolLayer.create(
        {"geometryModifier": 'make_line($geometry, make_point("b_lon", "b_lat"))', "SymbolType": "Line"}
    )
    line.setSubSymbol(QgsLineSymbol.createSimple({"color": colour, "width": "0.3"}))
    symbol.insertSymbolLayer(0, line)
    return symbol


def compared() -> dict[str, tuple[str, QgsFeatureRenderer]]:
    """Return the styles of two sources compared: the pairs, and what each has alone, as points or polygons."""
    pairs = categorised(
        "status_agreement", [(value, label, pair(colour, shape)) for value, label, colour, shape in AGREEMENT]
    )
    styles = {"matched": ("Point?field=status_agreement:string&field=b_lon:double&field=b_lat:double", pairs)}
    for name, (colour, shape) in ONLY.items():
        styles[f"{name}_points"] = ("Point", QgsSingleSymbolRenderer(marker(colour, shape)))
        styles[f"{name}_polygons"] = ("Polygon", QgsSingleSymbolRenderer(area(colour)))
    return styles


def tanks(palette: list[tuple[str, str, str, str]]) -> QgsCategorizedSymbolRenderer:
    """Return the renderer of tanks by status, in these colours and shapes."""
    return categorised("status", [(value, label, marker(colour, shape)) for value, label, colour, shape in palette])


def renderers() -> dict[str, tuple[str, QgsFeatureRenderer]]:
    """Return each style's name, the geometry that it is for, and its renderer."""
    changes = [(value, label, area(colour, fill)) for value, label, colour, fill in CHANGES]
    return {
        "tanks": ("Point?field=status:string", tanks(IMAGERY)),
        "detected_sites": ("Polygon", QgsSingleSymbolRenderer(area("#cc79a7"))),
        "site_expansion": ("Polygon?field=change_class:string", categorised("change_class", changes)),
        "site_series": (
            "Polygon?field=active_share_pct:double&field=begins_on:date&field=ends_on:date",
            active_shares(),
        ),
        "growth": ("Polygon", QgsSingleSymbolRenderer(area("#d55e00", width=0.3))),
        "loss": ("Polygon", QgsSingleSymbolRenderer(hatched("#0072b2"))),
        "water_tanks": ("Point?field=nearest_distance_m:double", water_distances(of_tanks=True)),
        "water_sites": ("Polygon?field=nearest_distance_m:double", water_distances(of_tanks=False)),
        "rivers": (
            "LineString",
            QgsSingleSymbolRenderer(QgsLineSymbol.createSimple({"color": "#4a90c2", "width": "0.4"})),
        ),
        **compared(),
        "units": ("Polygon", QgsSingleSymbolRenderer(township(None))),
        "township_summary": ("Polygon?field=tanks:integer", tank_counts()),
    }


def show_each_in_its_time(temporal: QgsVectorLayerTemporalProperties) -> None:
    """Let the temporal controller show each feature from the day on which it begins to that on which it ends."""
    temporal.setMode(QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromFields)
    temporal.setStartField("begins_on")
    temporal.setEndField("ends_on")
    temporal.setIsActive(True)


def write(name: str, source: str, renderer: QgsFeatureRenderer, folder: Path) -> None:
    """Write one style, its attributes sorted."""
    layer = QgsVectorLayer(source, name, "memory")
    layer.setRenderer(renderer)
    categories = QgsMapLayer.Symbology
    if layer.fields().indexOf("begins_on") >= 0:
        show_each_in_its_time(layer.temporalProperties())
        categories |= QgsMapLayer.Temporal
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "style.qml"
        message, written = layer.saveNamedStyle(str(raw), categories)
        if not written:
            raise SystemExit(f"{name}: {message}")
        text = ElementTree.canonicalize(raw.read_text(encoding="utf-8"))
    (folder / f"{name}.qml").write_text(f"{DOCTYPE}{text}\n", encoding="utf-8")


def main(folder: Path = FOLDER) -> None:
    """Write all styles into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (source, renderer) in renderers().items():
        write(name, source, renderer, folder)
    print(f"{len(renderers())} styles in {folder}, by QGIS {Qgis.version()}")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QgsApplication([], True)
    application.initQgis()
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    application.exitQgis()
