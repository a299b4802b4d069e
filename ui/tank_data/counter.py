"""Counts what a filter shows, beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...analysis.progress import Progress
from ...analysis.selection.wanted import TankFilter
from ..background import IsCancelled, Job

if TYPE_CHECKING:
    from ...analysis.selection.counts import Counts
    from ...analysis.selection.table import TankTable


class Counter(QObject):
    """Answers the newest question alone: ``counted`` tells its Counts, and nothing of those before it."""

    counted = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def is_counting(self) -> bool:
        """Whether a question is not answered yet."""
        return self._job is not None

    def ask(self, table: TankTable, wanted: TankFilter) -> None:
        """Count what is wanted of these tanks; an older question is dropped."""
        self.cancel()
        self._job = Job(lambda is_cancelled, progress: _count(table, wanted, is_cancelled), self._done, self._failed)
        self._job.start()

    def cancel(self) -> None:
        """Drop the question; nothing is told."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _done(self, counts: Counts) -> None:
        self._job = None
        self.counted.emit(counts)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(str(error))


def _count(table: TankTable, wanted: TankFilter, is_cancelled: IsCancelled) -> Counts:
    from ...analysis.selection.counts import count

    return count(table, wanted, _watched(is_cancelled))


def _watched(is_cancelled: IsCancelled) -> Progress:
    from ...analysis.progress import Cancelled

    def look(_fraction: float) -> None:
        if is_cancelled():
            raise Cancelled

    return look
