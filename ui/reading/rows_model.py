"""A table of texts and numbers that does not change in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, Qt

from ..widgets.tips import plain

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RowsModel(QAbstractTableModel):
    """Headings and rows. Whole numbers are written as the user's language does, but in the first column: years."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings: list[str] = []
        self.rows: Sequence[Sequence[Any]] = []

    def show_rows(self, headings: list[str], rows: Sequence[Sequence[Any]]) -> None:
        """Show these in place of what was shown."""
        self.beginResetModel()
        self.headings, self.rows = headings, rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        value = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            is_count = isinstance(value, int) and index.column() > 0
            return QLocale().toString(value) if is_count else str(value)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(str(value)) if value != "" else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_NUMBER if isinstance(value, int) else _TEXT)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        return None
