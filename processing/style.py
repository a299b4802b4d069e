"""Styles for results, only where they are loaded into a project."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)
from qgis.PyQt import sip

STYLES = Path(__file__).parent.parent / "resources" / "styles"
_living: list[StylePostProcessor] = []


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


def style_when_loaded(destination: str, style: str, context: QgsProcessingContext) -> None:
    """Ask QGIS to style the layer, if and when it loads it."""
    if not context.willLoadLayerOnCompletion(destination):
        return
    processor = StylePostProcessor(style)
    context.layerToLoadOnCompletionDetails(destination).setPostProcessor(processor)
    # The context deletes it at its end, and may outlive the algorithm (in a model, say): so it is the context's, and
    # Python holds on to its half until then.
    sip.transferto(processor, None)
    _living[:] = [*(one for one in _living if not sip.isdeleted(one)), processor]
