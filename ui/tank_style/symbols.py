"""Symbols of tanks: colour by class, shape by type, size fixed or by diameter."""

from __future__ import annotations

from qgis.core import QgsMarkerSymbol, QgsProperty, QgsSymbolLayer

from ...analysis.fields import LEACHATE, PRECIPITATION, UNKNOWN
from ...analysis.selection.columns import TankColumns
from . import classes
from .options import GROUND, StyleOptions
from .palettes import CROSS, SHAPES_OF_TYPES, Look

_EDGE, _NOTHING = "#ffffff", "0,0,0,0"
_RING_MM = 0.3
_KEY_GREY = "#808080"
# On a map in web mercator, metres are stretched by the hyperbolic cosine of the northing in radii of the Earth.
_STRETCH = (
    "if(@map_crs = 'EPSG:3857', "
    "(exp(y(@map_extent_center) / 6378137) + exp(-y(@map_extent_center) / 6378137)) / 2, 1)"
)


def marker(look: Look, options: StyleOptions, columns: TankColumns, on_pass: int = 0) -> QgsMarkerSymbol:
    """Return the symbol of a class of tanks; what is on a later pass is drawn over what is on an earlier one."""
    symbol = plain_marker(look, options.size_mm * look.share, options.outline_mm)
    layer = symbol.symbolLayer(0)
    if options.active_on_top:
        layer.setRenderingPass(on_pass)
    if options.by_type and "tank_type" in columns and look.shape != CROSS:
        layer.setDataDefinedProperty(
            QgsSymbolLayer.Property.PropertyName, QgsProperty.fromExpression(shape_by_type(columns))
        )
    if is_by_diameter(options, columns):
        symbol.setDataDefinedSize(QgsProperty.fromExpression(size_by_diameter(options, columns)))
    return symbol


def plain_marker(look: Look, size: float, outline: float) -> QgsMarkerSymbol:
    """Return a marker of fixed shape and size (mm)."""
    ring = look.is_ring or look.shape == CROSS
    return QgsMarkerSymbol.createSimple(
        {
            "name": look.shape,
            "color": (look.filled or _NOTHING) if look.is_ring else look.colour,
            "size": str(size),
            "outline_color": look.colour if ring else _EDGE,
            "outline_width": str(max(outline, _RING_MM) if ring else outline),
            "outline_style": "solid" if ring or outline else "no",
        }
    )


def key_marker(shape: str, options: StyleOptions) -> QgsMarkerSymbol:
    """Return a grey marker for the legend, where it says what a shape means."""
    return plain_marker(Look(_KEY_GREY, shape), options.size_mm, options.outline_mm)


def is_by_diameter(options: StyleOptions, columns: TankColumns) -> bool:
    """Return whether diameters are asked for, and known."""
    return options.size == GROUND and "diameter_m" in columns


def size_by_diameter(options: StyleOptions, columns: TankColumns) -> str:
    """Return the expression of a tank's size in mm: its diameter at the map's scale, in ground metres."""
    field = classes.column("diameter_m", columns)
    on_map = f"max({options.least_mm}, {field} * 1000 * {_STRETCH} / @map_scale)"
    return f"coalesce(if({field} > 0, {on_map}, {options.size_mm}), {options.size_mm})"


def shape_by_type(columns: TankColumns) -> str:
    """Return the expression of a tank's shape."""
    of_type = classes.tank_type(columns)
    shapes = (LEACHATE, PRECIPITATION)
    cases = "".join(f" WHEN '{name}' THEN '{SHAPES_OF_TYPES[name]}'" for name in shapes)
    return _case(of_type, cases, SHAPES_OF_TYPES[UNKNOWN])


def _case(value: str, cases: str, other: str) -> str:
    # QGIS has no "CASE value WHEN": the value is named once, and compared.
    compared = cases.replace(" WHEN '", " WHEN @t = '")
    return f"with_variable('t', {value}, CASE{compared} ELSE '{other}' END)"
