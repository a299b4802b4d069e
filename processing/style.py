"""Styles for results, only where they are loaded into a project."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

STYLES = Path(__file__).parent.parent / "resources" / "styles"


class StylePostProcessor(QgsProcessingLayerPostProcessorInterface):
    """Gives one loaded layer its symbology (nothing else of the style)."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._style = style

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Called by QGIS once the layer is loaded."""
        if isinstance(layer, QgsVectorLayer):
            path = str(STYLES / f"{self._style}.qml")
            message, loaded = layer.loadNamedStyle(path, QgsMapLayer.StyleCategory.Symbology)
            if not loaded:
                feedback.reportError(f"The style {self._style} could not be applied: {message}")
            layer.triggerRepaint()


@lru_cache
def _processor(style: str) -> StylePostProcessor:
    """Return the one processor of a style. It holds no state, and lives on: QGIS calls it when the algorithm is gone,
    after a model or a background task, and does not keep it alive itself."""
    return StylePostProcessor(style)


def style_when_loaded(destination: str, style: str, context: QgsProcessingContext) -> None:
    """Ask QGIS to style the layer, if and when it loads it."""
    if context.willLoadLayerOnCompletion(destination):
        context.layerToLoadOnCompletionDetails(destination).setPostProcessor(_processor(style))
