"""The page of Leachwatch in QGIS's options dialog."""

from __future__ import annotations

PAGE = "mOptionsPageLeachwatch"  # by this name QGIS's dialog is opened at the page
