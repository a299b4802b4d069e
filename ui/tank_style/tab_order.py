"""The way of the Tab key through controls that come from several forms."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


def controls_of(group: QWidget) -> list[QWidget]:
    """Return what Tab reaches in a group; the line within a box for numbers is a part of the box."""
    reached = [one for one in group.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [one for one in reached if not isinstance(one.parentWidget(), (QAbstractSpinBox, QComboBox))]


def set_tab_order(widgets: Sequence[QWidget]) -> None:
    """Let Tab go from one to the next."""
    for before, after in zip(widgets, widgets[1:]):
        QWidget.setTabOrder(before, after)
