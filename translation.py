"""Text for people, in their language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Return the text in the user's language; fill ``{placeholders}`` afterwards, with ``format``."""
    return QCoreApplication.translate("Leachwatch", text)
