"""The changes of one layer's tank filter, to be undone and done again."""

from __future__ import annotations

import time
from collections.abc import Callable

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QUndoCommand, QUndoStack

from ...analysis.selection.wanted import TankFilter
from ...translation import tr
from .parts import changed_parts, words

# Changes of the same control that follow each other faster are one step: a handle that is dragged, a text being typed.
MERGE_SECONDS = 1.0
_LIMIT = 200
_Replay = Callable[[TankFilter], None]


class Change(QUndoCommand):
    """One step: the filter before and after it."""

    def __init__(self, before: TankFilter, after: TankFilter, replay: _Replay, merges: bool = True) -> None:
        super().__init__(_title(before, after))
        self.before, self.after = before, after
        self.made = time.monotonic()
        self._replay = replay
        self._merges = merges
        self._is_new = True

    def id(self) -> int:
        """Let the stack try to merge those that may be: all changes are of one kind."""
        return 1 if self._merges else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take up a change of the same control that follows at once."""
        if not isinstance(other, Change) or other.before != self.after or other.made - self.made > MERGE_SECONDS:
            return False
        if changed_parts(self.before, self.after) != changed_parts(other.before, other.after):
            return False
        self.after, self.made = other.after, other.made
        self.setObsolete(self.before == self.after)
        return True

    def undo(self) -> None:
        """Ask for the filter before."""
        self._replay(self.before)

    def redo(self) -> None:
        """Ask for the filter after; not when the stack takes up the step, which is done by then."""
        if self._is_new:
            self._is_new = False
        else:
            self._replay(self.after)


class History(QObject):
    """The stack of changes, which stays in step with the layer where a step is refused.

    ``replay`` asks for a filter and returns whether it was taken.
    """

    def __init__(self, replay: Callable[[TankFilter], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_LIMIT)
        self.stack.indexChanged.connect(self._stay_in_step)
        self._replay = replay
        self._silent = False
        self._back_to: int | None = None

    def add(self, before: TankFilter, after: TankFilter, merges: bool = True) -> None:
        """Add a change that was made; it may be taken up by the step before."""
        self.stack.push(Change(before, after, self._play, merges))

    def take_back(self, standing: TankFilter) -> None:
        """The change added last did not come about after all: this filter stands."""
        last = self.stack.command(self.stack.index() - 1)
        if isinstance(last, Change):
            last.after = standing
            if last.before == standing:
                last.setObsolete(True)
                self.go_to(self.stack.index() - 1)

    def go_to(self, index: int) -> None:
        """Say that the layer stands where the stack had this index, without asking for anything."""
        self._silent = True
        try:
            self.stack.setIndex(index)
        finally:
            self._silent = False

    def _play(self, wanted: TankFilter) -> None:
        if not self._silent and not self._replay(wanted) and self._back_to is None:
            self._back_to = self.stack.index()

    def _stay_in_step(self, _index: int) -> None:
        if self._back_to is not None:
            index, self._back_to = self._back_to, None
            self.go_to(index)


def _title(before: TankFilter, after: TankFilter) -> str:
    if after == TankFilter():
        return tr("filter: all tanks")
    return tr("filter: {parts}").format(parts=words(changed_parts(before, after)))
