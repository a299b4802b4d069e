"""What is counted for the chart, the table and the clicked feature. Runs beside the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...analysis.definition import CUMULATIVE, STANDING
from ...analysis.progress import Cancelled
from ...analysis.selection.wanted import ANY_TIME, TankFilter
from ...sources.errors import SourceError
from ..background import IsCancelled
from .comparing import NOBODY, Compared, Counted, Number, numbers_of
from .inside import inside
from .subject import TANK, Subject

if TYPE_CHECKING:
    import numpy as np

    from ...analysis.selection.table import TankTable

# More points than these on the map tell nothing, and slow it down.
MOST_MARKED = 2_000
# A single date of the year 9999 or 0001 must not make a chart of thousands of bars.
_MOST_YEARS, _OF_WHICH_LATER = 200, 60


@dataclass(frozen=True)
class Question:
    """Which tanks (those that meet the filter in all but its years), of which subject (None: all), by which rule."""

    wanted: TankFilter
    counting: str
    subject: Subject | None = None


@dataclass(frozen=True)
class Reading:
    """The answer. ``by_year``: for each year active, abandoned and unknown in it.

    ``tanks``: all that are read, dated or not; ``undated`` of these; ``total``: what meets the filter in all but its
    years, ``nowhere`` of these has no position. ``left_out``: tanks of the subject that the filter leaves out.
    ``dates``: the first and last year of all dates. ``points``: of the tanks of the subject, none where they are too
    many. ``compared``: what its layer says, with what is counted.
    """

    question: Question
    years: list[int]
    by_year: list[tuple[int, int, int]]
    tanks: int
    undated: int
    total: int
    nowhere: int = 0
    left_out: int = 0
    dates: tuple[int, int] | None = None
    points: list[tuple[float, float]] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int] | None:
        """The years of the filter, None where it has none."""
        wanted = self.question.wanted
        return None if wanted.mode == ANY_TIME or wanted.only_undated else (wanted.first_year, wanted.last_year)


def answer(table: TankTable, question: Question, is_cancelled: IsCancelled) -> Reading:
    """Count. Raises Cancelled, or SourceError where the filter cannot be evaluated."""
    import numpy as np

    from ...analysis.selection.counts import tanks_by_year

    meets = _meets(table, question.wanted)
    there = _there(table, question.subject, is_cancelled)
    chosen = meets & there
    if is_cancelled():
        raise Cancelled
    years, by_year = tanks_by_year(table, question.counting, chosen, years_of(table))
    is_part = question.subject is not None
    return Reading(
        question,
        years,
        [(row[0], row[1], row[2]) for row in by_year.tolist()],
        int(np.count_nonzero(chosen)),
        int(np.count_nonzero(chosen & table.undated)),
        int(np.count_nonzero(meets)),
        int(np.count_nonzero(meets & np.isnan(table.x))) if is_part else 0,
        int(np.count_nonzero(there & ~meets)) if is_part else 0,
        table.years,
        _points(table, chosen) if is_part else [],
        _compared(table, question, chosen),
    )


def years_of(table: TankTable) -> list[int]:
    """Return the years of the table; of very many, those around the years in which most tanks were seen."""
    import numpy as np

    if table.years is None:
        return []
    first, last = table.years
    if last - first >= _MOST_YEARS:
        middle = int(np.nanmedian(table.life.seen)) if not table.undated.all() else last
        last = min(last, middle + _OF_WHICH_LATER)
        first = max(first, last - _MOST_YEARS + 1)
    return list(range(first, last + 1))


def _meets(table: TankTable, wanted: TankFilter) -> np.ndarray:
    from ...analysis.selection.mask import TIME, all_but
    from ...analysis.selection.searching import TooMany

    try:
        return all_but(table, wanted, TIME)
    except TooMany as error:
        raise SourceError(str(error)) from error


def _there(table: TankTable, subject: Subject | None, is_cancelled: IsCancelled) -> np.ndarray:
    import numpy as np

    if subject is None:
        return np.ones(len(table), dtype=bool)
    if subject.kind == TANK:
        return table.fids == subject.fid
    return inside(subject.shape, table.x, table.y, is_cancelled)


def _points(table: TankTable, chosen: np.ndarray) -> list[tuple[float, float]]:
    import numpy as np

    rows = np.flatnonzero(chosen & ~np.isnan(table.x))
    if len(rows) > MOST_MARKED:
        return []
    return list(zip(table.x[rows].tolist(), table.y[rows].tolist()))


def _compared(table: TankTable, question: Question, chosen: np.ndarray) -> list[Compared]:
    """Count again each number that the subject's layer gives, by the rule and in the year that the layer names."""
    if question.subject is None:
        return []
    return [Compared(one, _count(table, question, chosen, one)) for one in numbers_of(question.subject)]


def _count(table: TankTable, question: Question, chosen: np.ndarray, number: Number) -> Counted:
    import numpy as np

    from ...analysis.fields import STATUSES
    from ...analysis.selection.counts import tanks_by_year

    if number.of_all_years:
        statuses = np.bincount(table.status[chosen], minlength=len(STATUSES)).tolist()
        return _counted(statuses, int(np.count_nonzero(chosen & table.undated)))
    if number.year is None:
        return NOBODY
    rule = number.counting if number.counting in (STANDING, CUMULATIVE) else question.counting
    _years, rows = tanks_by_year(table, rule, chosen, [number.year])
    return _counted(rows[0].tolist(), None)


def _counted(statuses: list[int], undated: int | None) -> Counted:
    active, abandoned, unknown = statuses
    return Counted(sum(statuses), active, abandoned, unknown, undated)
