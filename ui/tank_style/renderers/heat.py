"""Where tanks stand close together: a heat map."""

from __future__ import annotations

from qgis.core import (
    QgsColorRampLegendNodeSettings,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsHeatmapRenderer,
    QgsUnitTypes,
)
from qgis.PyQt.QtGui import QColor

from ....analysis.selection.columns import TankColumns
from ....translation import tr
from ..options import StyleOptions
from ..palettes import heat_of


def renderer(options: StyleOptions, columns: TankColumns) -> QgsHeatmapRenderer:
    """Return the renderer: every tank counts alike; the most on the map at hand has the last colour."""
    made = QgsHeatmapRenderer()
    made.setColorRamp(ramp(options.palette))
    made.setRadius(options.heat_mm)
    made.setRadiusUnit(QgsUnitTypes.RenderUnit.RenderMillimeters)
    made.setRenderQuality(3)
    if hasattr(made, "setLegendSettings"):  # from QGIS 3.38 on
        legend = QgsColorRampLegendNodeSettings()
        for put, text in zip((legend.setMinimumLabel, legend.setMaximumLabel), ends()):
            put(text)
        made.setLegendSettings(legend)
    return made


def ramp(palette: str) -> QgsGradientColorRamp:
    """Return the ramp, from nothing to the most."""
    colours = [QColor(text) for text in heat_of(palette)]
    steps = len(colours) - 1
    stops = [QgsGradientStop(at / steps, colour) for at, colour in enumerate(colours[1:-1], 1)]
    return QgsGradientColorRamp(colours[0], colours[-1], False, stops)


def ends() -> tuple[str, str]:
    """Return what the legend says at the ends of the ramp."""
    return tr("no tank"), tr("most tanks on the map")
