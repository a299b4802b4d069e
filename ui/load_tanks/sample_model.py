"""The first rows of a file, for a table view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

if TYPE_CHECKING:
    from ...sources.preview import Preview

_LONGEST = 200


class SampleModel(QAbstractTableModel):
    """The sample of a preview; above each column, its name and the role it plays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self._roles: dict[str, str] = {}

    def show_preview(self, preview: Preview | None) -> None:
        """Show the rows of a preview; None: of no file."""
        self.beginResetModel()
        self.preview = preview
        mapping = preview.mapping if preview else {}
        self._roles = {part: role for role, column in mapping.items() for part in (column, *column.split(",")) if part}
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of rows."""
        return 0 if self.preview is None or (parent and parent.isValid()) else len(self.preview.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of columns."""
        return 0 if self.preview is None or (parent and parent.isValid()) else len(self.preview.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text; a missing value has none."""
        if self.preview is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        from pandas import isna

        value = self.preview.rows.iat[index.row(), index.column()]
        if isna(value):
            return None
        text = str(value)
        return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's name and role, or a row's number."""
        if self.preview is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        column = self.preview.columns[section]
        return f"{column}\n{self._roles.get(column, '')}"
