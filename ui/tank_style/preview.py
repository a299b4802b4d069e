"""A picture of the style on an invented scene, drawn by QGIS beside the window."""

from __future__ import annotations

from qgis.core import QgsExpressionContext, QgsExpressionContextUtils, QgsMapRendererParallelJob, QgsMapSettings
from qgis.PyQt.QtCore import QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPixmap, QResizeEvent
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QWidget

from ...translation import tr
from .dressing import Dress
from .scene import scene, view

SCALE = 2500
_LINES = 5  # its height, in lines of text
_MM_PER_INCH = 25.4


class StylePreview(QLabel):
    """Shows a style as soon as QGIS has drawn it; a style asked for later replaces the one being drawn."""

    drawn = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dress: Dress | None = None
        self._behind = ""
        self._job: QgsMapRendererParallelJob | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.fontMetrics().height() * _LINES)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(tr("Preview"))
        text = tr("How the style looks at 1:{scale}, on invented tanks")
        self.setToolTip(text.format(scale=f"{SCALE:,}"))

    def show_style(self, dress: Dress, behind: str) -> None:
        """Draw the scene in this style, on a ground of this colour."""
        self._dress, self._behind = dress, behind
        self._soon.start()

    def stop(self) -> None:
        """Draw no more."""
        self._soon.stop()
        job, self._job = self._job, None
        if job is not None:
            job.finished.disconnect(self._take)
            job.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew in the new size."""
        super().resizeEvent(event)
        if self._dress is not None:
            self._soon.start()

    def _draw(self) -> None:
        if self._dress is None or self.width() < 2:
            return
        self.stop()
        layer = scene()
        layer.setLabelsEnabled(False)
        self._dress.put_on(layer)
        self._job = QgsMapRendererParallelJob(self._settings())
        self._job.finished.connect(self._take)
        self._job.start()

    def _settings(self) -> QgsMapSettings:
        layer, settings, ratio = scene(), QgsMapSettings(), self.devicePixelRatioF()
        dots = self.logicalDpiX()
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setOutputSize(QSize(round(self.width() * ratio), round(self.height() * ratio)))
        settings.setOutputDpi(dots * ratio)
        settings.setBackgroundColor(QColor(self._behind))
        settings.setExtent(view(self.width(), self.height(), SCALE, dots / _MM_PER_INCH))
        context = QgsExpressionContext()
        context.appendScope(QgsExpressionContextUtils.globalScope())
        context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
        settings.setExpressionContext(context)
        return settings

    def _take(self) -> None:
        job, self._job = self._job, None
        if job is None:
            return
        image = job.renderedImage()
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.setPixmap(QPixmap.fromImage(image))
        self.drawn.emit()
