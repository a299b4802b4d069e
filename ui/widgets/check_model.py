"""Values with a tick and a number each, for a check list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon

from ...translation import tr
from .tips import plain

COUNT_ROLE = int(Qt.ItemDataRole.UserRole)
ROW_ROLE = COUNT_ROLE + 1  # all that is painted, in one answer: item, tick, count, whether it is of before


@dataclass(frozen=True)
class CheckItem:
    """One value: its key, its text for people, what else is to be said of it, and a picture."""

    key: str
    text: str
    note: str = ""
    icon: QIcon | None = None


class CheckModel(QAbstractListModel):
    """The items in their order. ``ticked`` tells that the user ticked or unticked."""

    ticked = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[CheckItem] = []
        self._checked: set[str] = set()
        self._counts: Mapping[str, int] = {}
        self._stale = True

    def set_items(self, items: Iterable[CheckItem]) -> None:
        """Offer these values; the ticks stay with their keys."""
        items = list(items)
        if items != self.items:
            self.beginResetModel()
            self.items = items
            self.endResetModel()

    def set_counts(self, counts: Mapping[str, int], stale: bool = False) -> None:
        """Show the number of each key, 0 where it has none; ``stale``: these are numbers of before."""
        if (counts, stale) != (self._counts, self._stale):
            self._counts, self._stale = counts, stale
            self._touch()

    def checked(self) -> frozenset[str]:
        """Return the keys that are ticked."""
        return frozenset(item.key for item in self.items if item.key in self._checked)

    def is_all_checked(self) -> bool:
        """Return whether every item is ticked."""
        return all(item.key in self._checked for item in self.items)

    def set_checked(self, keys: frozenset[str] | None) -> None:
        """Tick these and no others; None: every item."""
        new = {item.key for item in self.items} if keys is None else set(keys)
        if new != self._checked:
            self._checked = new
            self._touch()

    def tick(self, keys: Iterable[str], wanted: bool | None) -> None:
        """Tick (True), untick (False) or invert (None) these, as the user does."""
        some = set(keys)
        before = set(self._checked)
        if wanted is None:
            self._checked ^= some
        else:
            self._checked = self._checked | some if wanted else self._checked - some
        if self._checked != before:
            self._touch()
            self.ticked.emit()

    def only(self, key: str) -> None:
        """Tick this one alone, as the user does."""
        if self._checked != {key}:
            self._checked = {key}
            self._touch()
            self.ticked.emit()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many values there are."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        """Every value can be ticked, also one without tanks."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view asks for."""
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._tick(item)
        if role == COUNT_ROLE:
            return self._count(item)
        if role == ROW_ROLE:
            return item, self._tick(item), self._count(item), self._stale
        if role == Qt.ItemDataRole.DecorationRole:
            return item.icon
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("{value}, tanks: {n}").format(value=item.text, n=self._number(item))
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick, as the user does."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([self.items[index.row()].key], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _tick(self, item: CheckItem) -> Qt.CheckState:
        return Qt.CheckState.Checked if item.key in self._checked else Qt.CheckState.Unchecked

    def _count(self, item: CheckItem) -> int | None:
        return self._counts.get(item.key, 0) if self._counts or not self._stale else None

    def _number(self, item: CheckItem) -> str:
        count = self._count(item)
        return "…" if count is None else QLocale().toString(count)

    def _tip(self, item: CheckItem) -> str:
        counted = tr("Tanks that meet every other condition: {n}").format(n=self._number(item))
        how = tr("Space or a click on the box ticks; Enter or a double click shows this one alone.")
        return plain("\n".join(filter(None, (item.text, item.note, counted, how))))

    def _touch(self) -> None:
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))
