"""Styles and metadata for results, only where they are loaded into a project."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsLayerMetadata,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)
from qgis.PyQt import sip

from ...translation import tr

STYLES = Path(__file__).parents[2] / "resources" / "styles"
TANKS, SERIES = "tanks", "site_series"
_OF_THE_USER = (
    QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Labeling | QgsMapLayer.StyleCategory.Rendering
)
_living: list[ResultPostProcessor] = []


class ResultPostProcessor(QgsProcessingLayerPostProcessorInterface):
    """Gives one loaded layer its symbology (nothing else of the style, but a series' days) and its metadata."""

    def __init__(self, style: str, metadata: QgsLayerMetadata | None) -> None:
        super().__init__()
        self._style, self._metadata = style, metadata

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Called by QGIS once the layer is loaded."""
        if self._metadata is not None:
            layer.setMetadata(self._metadata)
        if self._style and isinstance(layer, QgsVectorLayer):
            problem = _load(layer, self._style)
            if problem:
                feedback.reportError(problem)
            layer.triggerRepaint()


def _load(layer: QgsVectorLayer, style: str) -> str:
    """Load a style; tanks get the user's own choice, where one is kept. Return what did not work, for people."""
    from ...settings import tank_style_path

    own, problem = tank_style_path(), ""
    if style == TANKS and own.exists():
        message, loaded = layer.loadNamedStyle(str(own), _OF_THE_USER)
        if loaded:
            return ""
        problem = tr("Your own style for tanks could not be read ({why}): {file}. The plugin's is used.")
        problem = problem.format(why=message, file=own)
    message, loaded = layer.loadNamedStyle(str(STYLES / f"{style}.qml"), _categories(style))
    return problem if loaded else f"The style {style} could not be applied: {message}"


def _categories(style: str) -> QgsMapLayer.StyleCategory:
    """Return what is taken of a style's file: the symbols, and where features have days of their own, these."""
    symbols = QgsMapLayer.StyleCategory.Symbology
    return symbols | QgsMapLayer.StyleCategory.Temporal if style == SERIES else symbols


def finish_when_loaded(
    destination: str, style: str, context: QgsProcessingContext, metadata: QgsLayerMetadata | None = None
) -> None:
    """Ask QGIS to give the layer its style ("" for none) and its metadata, if and when it loads it."""
    if not context.willLoadLayerOnCompletion(destination):
        return
    processor = ResultPostProcessor(style, metadata)
    context.layerToLoadOnCompletionDetails(destination).setPostProcessor(processor)
    # The context deletes it at its end, and may outlive the algorithm (in a model, say): so it is the context's, and
    # Python holds on to its half until then.
    sip.transferto(processor, None)
    _living[:] = [*(one for one in _living if not sip.isdeleted(one)), processor]
