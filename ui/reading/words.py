"""What the reading dock says in words: what is counted, and what is not in the chart."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale

from ...analysis.definition import CUMULATIVE, STANDING
from ...analysis.fields import STATUSES
from ...analysis.selection.wanted import FIRST_SEEN
from ...translation import tr
from .question import MOST_MARKED, Reading
from .subject import SITE, TANK, Subject


def rules() -> dict[str, str]:
    """Return the counting rules, as they are chosen."""
    return {
        STANDING: tr("standing in the year"),
        CUMULATIVE: tr("ever seen by the year"),
        FIRST_SEEN: tr("first seen in the year"),
    }


def title(counting: str) -> str:
    """Return what a chart counts, and how."""
    titles = {
        STANDING: tr("Tanks standing in each year, by their status in it"),
        CUMULATIVE: tr("Tanks ever seen by the end of each year, by their status in it"),
        FIRST_SEEN: tr("Tanks by the year of the first image that shows them, by their status in it"),
    }
    return titles[counting]


def statuses() -> list[str]:
    """Return the names of the statuses in the order of the numbers."""
    names = {"active": tr("active"), "abandoned": tr("abandoned"), "unknown": tr("unknown")}
    return [names[status] for status in STATUSES]


def name_of(subject: Subject | None) -> str:
    """Return what is read, for people."""
    if subject is None:
        return tr("All that the filter shows")
    if subject.kind == TANK:
        return tr("Tank {id}").format(id=subject.text("tank_id") or subject.fid)
    if subject.kind == SITE:
        year = subject.text("year")
        name = tr("Site {id}").format(id=subject.text("site_id"))
        return tr("{site}, {year}").format(site=name, year=year) if year else name
    code, name = subject.text("unit_code"), subject.text("unit_name")
    return (
        tr("Unit {name} ({code})").format(name=name, code=code)
        if code and name
        else tr("Unit {name}").format(name=name or code)
    )


def numbers_of(reading: Reading, year: int) -> str:
    """Return the numbers of a year in one line."""
    row = reading.by_year[reading.years.index(year)]
    parts = ", ".join(f"{name} {number(n)}" for name, n in zip(statuses(), row))
    return tr("{year}: tanks {n} ({parts})").format(year=year, n=number(sum(row)), parts=parts)


def notes(reading: Reading) -> list[str]:
    """Return what a reader must know to use the numbers."""
    found = []
    if reading.undated:
        found.append(tr("Undated tanks, which are not in the chart: {n}.").format(n=number(reading.undated)))
    if reading.dates and reading.years and reading.dates != (reading.years[0], reading.years[-1]):
        text = tr("Dates reach from {first} to {last}: only the years around most of them are shown.")
        found.append(text.format(first=reading.dates[0], last=reading.dates[1]))
    if reading.span:
        found.append(tr("The filter's years are shaded; tanks of all years are counted."))
    elif reading.question.wanted.only_undated:
        found.append(tr("The filter shows undated tanks alone; the chart counts those with a date."))
    if reading.question.subject is not None and reading.question.subject.kind != TANK:
        found += _notes_of_place(reading)
    return found


def _notes_of_place(reading: Reading) -> list[str]:
    outside = reading.total - reading.tanks - reading.nowhere
    found = [tr("Inside: {n} tanks; not inside: {m}.").format(n=number(reading.tanks), m=number(outside))]
    if reading.nowhere:
        found.append(tr("Tanks without a position, which may be inside or not: {n}.").format(n=number(reading.nowhere)))
    if reading.left_out:
        found.append(tr("Tanks inside that the filter leaves out: {n}.").format(n=number(reading.left_out)))
    if reading.tanks > MOST_MARKED:
        found.append(tr("Too many tanks to mark each on the map: only the outline is marked."))
    return found


def number(value: int) -> str:
    """Return a number as the user's language writes it."""
    return QLocale().toString(value)
