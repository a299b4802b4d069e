"""What the layer is known to hold of what a filter asks for: at once, or beside the window where text is searched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...analysis.progress import Progress
from ...analysis.selection.expression import Known
from ...analysis.selection.wanted import TankFilter
from ...sources.errors import SourceError
from ..background import IsCancelled, Job

if TYPE_CHECKING:
    from ...analysis.selection.table import TankTable


@dataclass(frozen=True)
class Asked:
    """A filter that is not on the layer yet; where it stems from the history, the index before it."""

    wanted: TankFilter
    undoable: bool
    index: int | None


class Asking:
    """Finds what ``expression`` must know. A newer question drops the older."""

    def __init__(self) -> None:
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a question is not answered yet."""
        return self._job is not None

    def ask(
        self, table: TankTable, wanted: TankFilter, done: Callable[[Known], None], failed: Callable[[str], None]
    ) -> None:
        """Call ``done`` with what is known, before this returns where no text is searched; or ``failed``, and why."""
        self.cancel()
        if wanted.search.strip():
            self._start(table, wanted, done, failed)
            return
        try:
            known = _known(table, wanted)
        except SourceError as error:
            failed(str(error))
        else:
            done(known)

    def cancel(self) -> None:
        """Drop the question."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _start(
        self, table: TankTable, wanted: TankFilter, done: Callable[[Known], None], failed: Callable[[str], None]
    ) -> None:
        def end(tell: Callable[[], None]) -> None:
            self._job = None
            tell()

        def work(_is_cancelled: IsCancelled, _progress: Progress) -> Known:
            return _known(table, wanted)

        self._job = Job(work, lambda known: end(lambda: done(known)), lambda why: end(lambda: failed(str(why))))
        self._job.start()


def _known(table: TankTable, wanted: TankFilter) -> Known:
    from ...analysis.selection.searching import known
    from ...analysis.selection.sql import Unsayable

    try:
        return known(table, wanted)
    except Unsayable as error:
        raise SourceError(str(error)) from error
