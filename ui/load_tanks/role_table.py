"""The table of roles: for each a drop-down of columns, what parses in it, and why it was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale, QStringListModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QWheelEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ...translation import tr
from .role_words import reason_words, role_words

if TYPE_CHECKING:
    from ...sources.preview import Preview, RoleCount

TITLE, COLUMN, READ, EMPTY, NOT_READ, REASON = range(6)
_YEARS = "years"
_SHOWN_YEARS = 3


class ColumnChoice(QComboBox):
    """A drop-down of columns that the wheel of a mouse, passing by, does not change."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the table instead, unless the user is at this drop-down."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class RoleTable(QTableWidget):
    """One row a role. ``chosen`` tells a role and the column that the user gave it, "" for none."""

    chosen = pyqtSignal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        words = role_words()
        super().__init__(len(words), 6, parent)
        self._roles = list(words)
        self._names = QStringListModel(self)  # one for all drop-downs: a file may have thousands of columns
        self._columns: list[str] = []
        self._year_columns = ""
        self._set_up()
        for row, (role, word) in enumerate(words.items()):
            title = QTableWidgetItem(word.title)
            title.setToolTip(f"{word.help} ({role})")
            self.setItem(row, TITLE, title)
            self._add_choice(row, role, word.title)
            for column in (READ, EMPTY, NOT_READ, REASON):
                self.setItem(row, column, QTableWidgetItem())

    def choice(self, role: str) -> ColumnChoice:
        """Return the drop-down of a role."""
        return self.cellWidget(self._roles.index(role), COLUMN)

    def texts(self, role: str) -> list[str]:
        """Return what is shown for a role after its drop-down: read, empty, not understood, chosen by."""
        row = self._roles.index(role)
        return [self.item(row, column).text() for column in (READ, EMPTY, NOT_READ, REASON)]

    def show_preview(self, preview: Preview | None, mapping: Mapping[str, str], is_remembered: bool) -> None:
        """Show the roles of a preview (None: of no file); ``mapping``: as chosen by now, which it may not know yet."""
        self.setEnabled(preview is not None and bool(preview.columns))
        self._offer(preview.columns if preview else [])
        for row, role in enumerate(self._roles):
            column = mapping.get(role, "")
            if role == _YEARS:
                self._offer_years(column)
            self._select(role, column)
            known = preview is not None and bool(column) and preview.mapping.get(role) == column
            self._show_count(row, preview.counts.get(role) if known and preview else None)
            given = preview.reasons.get(role, "") if known and preview else ""
            self.item(row, REASON).setText(reason_words(given, is_remembered) if given else "")

    def _set_up(self) -> None:
        self.setHorizontalHeaderLabels(
            [tr("Meaning"), tr("Column"), tr("Read"), tr("Empty"), tr("Not\nunderstood"), tr("Chosen\nby")]
        )
        self.setAccessibleName(tr("What the columns mean"))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COLUMN, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(self.fontMetrics().averageCharWidth() * 6)

    def _add_choice(self, row: int, role: str, title: str) -> None:
        choice = ColumnChoice(title)
        if role != _YEARS:
            choice.setModel(self._names)
        choice.activated.connect(lambda index: self.chosen.emit(role, self._column_at(role, index)))
        self.setCellWidget(row, COLUMN, choice)

    def _column_at(self, role: str, index: int) -> str:
        if index <= 0:
            return ""
        return self._year_columns if role == _YEARS else self._columns[index - 1]

    def _offer(self, columns: Sequence[str]) -> None:
        if list(columns) != self._columns or not self._names.rowCount():
            self._columns, self._year_columns = list(columns), ""
            self._names.setStringList([tr("— not used —"), *self._columns])

    def _offer_years(self, columns: str) -> None:
        """Offer the year columns that were found, and keep offering them once they were declined."""
        self._year_columns = columns or self._year_columns
        choice = self.choice(_YEARS)
        choice.clear()
        choice.addItem(tr("— not used —"))
        if self._year_columns:
            names = self._year_columns.split(",")
            short = f"{names[0]} … {names[-1]}" if len(names) > _SHOWN_YEARS else ", ".join(names)
            choice.addItem(tr("{names} ({n} columns)").format(names=short, n=len(names)))

    def _select(self, role: str, column: str) -> None:
        choice = self.choice(role)
        if role == _YEARS:
            index = 1 if column else 0
        else:
            index = self._columns.index(column) + 1 if column in self._columns else 0
        choice.setCurrentIndex(index)
        choice.setToolTip(column)

    def _show_count(self, row: int, count: RoleCount | None) -> None:
        numbers = (count.read, count.empty, count.not_read) if count else ()
        for column, number in zip((READ, EMPTY, NOT_READ), numbers or ("", "", "")):
            item = self.item(row, column)
            item.setText(QLocale().toString(number) if isinstance(number, int) else number)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        odd = self.item(row, NOT_READ)
        is_odd = count is not None and count.not_read > 0
        odd.setIcon(QgsApplication.getThemeIcon("/mIconWarning.svg") if is_odd else QIcon())
        examples = ", ".join(f"“{text}”" for text in count.examples) if is_odd and count else ""
        odd.setToolTip(tr("For example: {examples}").format(examples=examples) if examples else "")
