"""The numbers of tanks that a layer of sites or units gives of a feature, so that they can be counted again."""

from __future__ import annotations

from typing import NamedTuple

from ...analysis.definition import ALL_COUNTED
from .subject import Subject

# Field of the layer, the field that says in which year, and what of the tanks it counts.
_NUMBERS = (
    ("tanks_start", "start_year", "tanks"),
    ("active_start", "start_year", "active"),
    ("abandoned_start", "start_year", "abandoned"),
    ("unknown_start", "start_year", "unknown"),
    ("tanks_end", "end_year", "tanks"),
    ("active_end", "end_year", "active"),
    ("abandoned_end", "end_year", "abandoned"),
    ("unknown_end", "end_year", "unknown"),
    ("tanks", "", "tanks"),
    ("active", "", "active"),
    ("abandoned", "", "abandoned"),
    ("status_unknown", "", "unknown"),
    ("tanks_undated", None, "undated"),
)


class Counted(NamedTuple):
    """Tanks of one year by status in it; None where nothing can be counted. ``undated``: where no year is asked."""

    tanks: int | None
    active: int | None
    abandoned: int | None
    unknown: int | None
    undated: int | None


NOBODY = Counted(None, None, None, None, None)


class Number(NamedTuple):
    """One number of the layer: its field, its value, in which year, by which rule, and what of the tanks it counts."""

    field: str
    value: int
    year: int | None
    counting: str
    part: str
    of_all_years: bool


class Compared(NamedTuple):
    """A number of the layer, and what is counted now by its rule."""

    number: Number
    counted: Counted

    @property
    def now(self) -> int | None:
        """What is counted now; None where the year is not known."""
        return getattr(self.counted, self.number.part)

    @property
    def differs(self) -> bool:
        """Whether the layer says another number."""
        return self.now is not None and self.now != self.number.value


def numbers_of(subject: Subject) -> list[Number]:
    """Return the numbers of tanks that the subject's layer gives of it."""
    counting = subject.text("counting")
    found = []
    for name, year_field, part in _NUMBERS:
        value = _whole(subject, name)
        if value is not None:
            year = None if year_field is None else _year(subject, year_field)
            every = year_field is None or (year is None and counting == ALL_COUNTED)
            found.append(Number(name, value, year, counting, part, every))
    return found


def _year(subject: Subject, name: str) -> int | None:
    """Return the year of a field; without a name, that of the layer's only year, or of its last."""
    names = (name,) if name else ("year", "end_year")
    return next((year for year in (_whole(subject, one) for one in names) if year is not None), None)


def _whole(subject: Subject, name: str) -> int | None:
    value = subject.fields.get(name)
    return int(value) if isinstance(value, (int, float)) else None
