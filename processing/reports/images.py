"""Pictures as bytes, and what a map carries on it: a scale bar and an arrow to the north."""

from __future__ import annotations

from math import floor, log10

import numpy as np
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter, QPolygonF

# The colours of a map's symbols and of their soft edges: more make a file four times as large, and look no better.
_COLOURS, _GREY = 64, 24
_INK, _HALO = QColor("#202020"), QColor(255, 255, 255, 210)


def png_bytes(image: QImage) -> bytes:
    """Return the image as PNG, as small as it gets."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 0)
    buffer.close()
    return bytes(data)


def few_colours(image: QImage) -> QImage:
    """Return the image in its most frequent colours, each other one as the nearest of them."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = plain.constBits()
    pixels.setsize(plain.sizeInBytes())
    colours, counts = np.unique(np.frombuffer(pixels, dtype="<u4"), return_counts=True)
    colours = colours[np.argsort(-counts, kind="stable")]
    channels = np.stack([colours >> shift & 255 for shift in (16, 8, 0)]).astype(int)
    grey = np.ptp(channels, axis=0) < _GREY
    # Text has more pixels than a small site: what is coloured has a share of its own.
    frequent = np.concatenate([colours[grey][:_COLOURS], colours[~grey][:_COLOURS]])
    return plain.convertToFormat(
        QImage.Format.Format_Indexed8, frequent.tolist(), Qt.ImageConversionFlag.ThresholdDither
    )


def round_length(longest: float) -> float:
    """Return the largest of 1, 2 or 5 times a power of ten that is not above ``longest`` metres."""
    power = 10.0 ** floor(log10(longest))
    return max(step * power for step in (1, 2, 5) if step * power <= longest)


def length_text(metres: float) -> str:
    """Return a length as text."""
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"


def with_scale(image: QImage, metres_per_pixel: float) -> QImage:
    """Return the map with a scale bar at its lower left and an arrow to the north at its upper right."""
    drawn = QImage(image)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = max(image.width() / 42, 9.0)
    font = QFont("DejaVu Sans")
    font.setPixelSize(round(size * 0.9))
    painter.setFont(font)
    _bar(painter, image, metres_per_pixel, size)
    _arrow(painter, image, size)
    painter.end()
    return drawn


def _bar(painter: QPainter, image: QImage, metres_per_pixel: float, size: float) -> None:
    metres = round_length(image.width() / 4 * metres_per_pixel)
    width = metres / metres_per_pixel
    left, base = size, image.height() - size
    painter.fillRect(QRectF(left - size / 2, base - 2.3 * size, width + 2 * size, 2.8 * size), _HALO)
    painter.setPen(_INK)
    painter.drawText(QPointF(left, base - 0.9 * size), length_text(metres))
    painter.fillRect(QRectF(left, base - 0.4 * size, width, 0.4 * size), _INK)


def _arrow(painter: QPainter, image: QImage, size: float) -> None:
    x, top = image.width() - 1.8 * size, 1.0 * size
    painter.fillRect(QRectF(x - size, top - size / 2, 2 * size, 4.3 * size), _HALO)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_INK)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(x, top),
                QPointF(x + 0.6 * size, top + 2 * size),
                QPointF(x, top + 1.5 * size),
                QPointF(x - 0.6 * size, top + 2 * size),
            ]
        )
    )
    painter.setPen(_INK)
    painter.drawText(QRectF(x - size, top + 2 * size, 2 * size, 1.6 * size), int(Qt.AlignmentFlag.AlignCenter), "N")
