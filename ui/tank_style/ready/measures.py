"""The numbers of sites and units that have a ready style: in which words, classes and colours they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ....analysis.definition import CUMULATIVE, STANDING
from ....translation import tr
from .classes import Amount, NumberClass, amounts, changes, changes_in_per_cent, shares
from .symbols import AMOUNT_COLOURS, GAIN_COLOURS, SHARE_COLOURS

_PERIOD = ("start_year", "end_year")


class Measure(NamedTuple):
    """A number that is drawn: the first of the fields, less the others; over the years of which fields.

    ``amount`` makes the legend's words from the years and the counting rule ("" where not known, or several).
    """

    name: str
    explanation: str
    fields: tuple[str, ...]
    years: tuple[str, ...]
    amount: Callable[[str, str], Amount]
    classes: Callable[[list[float], Amount], list[NumberClass]]
    colours: tuple[str, ...]

    @property
    def expression(self) -> str:
        """The number in QGIS's words."""
        return " - ".join(f'"{name}"' for name in self.fields)


def measures(names: set[str]) -> list[Measure]:
    """Return every number that has a style; the names of a layer's fields say in which column its tanks are."""
    year = ("end_year",) if "end_year" in names else ("year",)
    return [
        _tanks("tanks_end" if "tanks_end" in names else "tanks", year),
        _per_area(year),
        _active_share(year),
        *_changes(),
    ]


def _tanks(field: str, year: tuple[str, ...]) -> Measure:
    def amount(years: str, counting: str) -> Amount:
        return _number(_counted(years, counting))

    explanation = tr("How many tanks count.")
    return Measure("Leachwatch: tanks", explanation, (field,), year, amount, amounts, AMOUNT_COLOURS)


def _per_area(year: tuple[str, ...]) -> Measure:
    def amount(years: str, counting: str) -> Amount:
        return _number(tr("{tanks} per 100 km²").format(tanks=_counted(years, counting)), whole=False)

    name, explanation = "Leachwatch: tanks per 100 km²", tr("How many tanks count on 100 km² of the unit's ground.")
    return Measure(name, explanation, ("tanks_per_100km2",), year, amount, amounts, AMOUNT_COLOURS)


def _active_share(year: tuple[str, ...]) -> Measure:
    def amount(years: str, _counting: str) -> Amount:
        return Amount(_in(tr("active, of known status"), years), False, tr("no status known"), "")

    name, explanation = "Leachwatch: active share", tr("Which share of the tanks of known status is active.")
    return Measure(name, explanation, ("active_share_pct",), year, amount, lambda _, what: shares(what), SHARE_COLOURS)


def _changes() -> list[Measure]:
    return [
        _change("tanks change", tr("Tanks that are new, less those that are gone."), ("tanks_new", "tanks_gone"), True),
        _change("tanks change in %", tr("In per cent of the tanks at the start."), ("tanks_change_pct",)),
        _change(
            "footprint change in ha", tr("Footprint at the end, less that at the start."), ("footprint_change_ha",)
        ),
        _change("footprint change in %", tr("In per cent of the footprint at the start."), ("footprint_change_pct",)),
    ]


def _change(name: str, explanation: str, fields: tuple[str, ...], whole: bool = False) -> Measure:
    words = {
        "tanks_new": tr("tanks new less gone"),
        "tanks_change_pct": tr("% change of tanks"),
        "footprint_change_ha": tr("ha change of footprint"),
        "footprint_change_pct": tr("% change of footprint"),
    }[fields[0]]
    in_per_cent = fields[0].endswith("_pct")
    unknown = tr("not known (nothing at the start)") if in_per_cent else tr("not known")

    def amount(years: str, _counting: str) -> Amount:
        return Amount(_in(words, years), whole, unknown, tr("no change"))

    classes = changes_in_per_cent if in_per_cent else changes
    return Measure(f"Leachwatch: {name}", explanation, fields, _PERIOD, amount, classes, GAIN_COLOURS)


def _number(words: str, whole: bool = True) -> Amount:
    return Amount(words, whole, tr("not known"), tr("none"))


def _counted(years: str, counting: str) -> str:
    """Return what is counted, in which years, by which rule."""
    if not years:
        return tr("tanks")
    words = {STANDING: tr("tanks standing in {year}"), CUMULATIVE: tr("tanks ever seen by {year}")}
    return words.get(counting, tr("tanks counted in {year}")).format(year=years)


def _in(words: str, years: str) -> str:
    return f"{words}, {years}" if years else words
