"""Text on paper: fonts, and lines no wider than there is room."""

from __future__ import annotations

from qgis.PyQt.QtGui import QFont, QFontDatabase, QFontMetricsF

_FAMILIES = ("DejaVu Sans", "Noto Sans", "Segoe UI", "Arial", "Helvetica")
_MM = 25.4 / 72
# Metrics are taken of a large font, since Qt rounds those of a small one to whole pixels.
_SCALE = 20.0
# QGIS sets a line a little wider than these metrics, and would break it again.
_SLACK = 0.96


def font(points: float, bold: bool = False) -> QFont:
    """Return a font that is on this machine; Qt finds others for scripts that it has not."""
    known = set(QFontDatabase().families())
    result = QFont(next((name for name in _FAMILIES if name in known), QFont().family()))
    result.setPointSizeF(points)
    result.setBold(bold)
    # Spacing, however little, parts ligatures: "ff" is found, and copied from the command, as two letters.
    result.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.02)
    return result


class Ruler:
    """Measures and breaks text of one font, in millimetres."""

    def __init__(self, points: float, bold: bool = False) -> None:
        self.font = font(points, bold)
        large = QFont(self.font)
        large.setPixelSize(round(points * _SCALE))
        self._metrics = QFontMetricsF(large)
        self._advances: dict[str, float] = {}
        # More than the font's own: lines in other scripts are higher.
        self.line = points * _MM * 1.35

    def width(self, text: str) -> float:
        """Return the width of a line of text, letter by letter: a table has thousands of texts of few letters."""
        known = self._advances
        for letter in set(text).difference(known):
            known[letter] = self._metrics.horizontalAdvance(letter) / _SCALE * _MM
        return sum(map(known.__getitem__, text))

    def lines(self, text: str, width: float) -> list[str]:
        """Return the text in lines no wider than ``width``; a word too long for one is broken."""
        width *= _SLACK
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if self.width(longer) <= width:
                lines[-1] = longer
                continue
            if lines[-1]:
                lines.append("")
            lines[-1:] = self._broken(word, width)
        return lines

    def _broken(self, word: str, width: float) -> list[str]:
        """Return a word in parts no wider than ``width``."""
        parts = []
        while self.width(word) > width and len(word) > 1:
            fits = self._fitting(word, width)
            parts.append(word[:fits])
            word = word[fits:]
        return [*parts, word]

    def cut(self, text: str, width: float) -> str:
        """Return the text, its end left out where it is wider than ``width``."""
        if self.width(text) <= width:
            return text
        return text[: self._fitting(text, width - self.width("…"))] + "…"

    def _fitting(self, text: str, width: float) -> int:
        """Return how many letters fit, at least one."""
        low, high = 1, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.width(text[:middle]) <= width else (low, middle - 1)
        return low
