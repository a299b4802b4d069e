"""The years of a series, as a list in words; instead of a start and an end year."""

from __future__ import annotations

import re
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterString

from ...translation import tr
from ..base import LeachwatchAlgorithm
from .checks import is_empty
from .sites import END_YEAR, FIRST_YEAR, LAST_YEAR, START_YEAR, optional_year, order_of_years, year

YEARS = "YEARS"
MOST_YEARS = 100
EXAMPLE = "2012, 2016-2020, 2024"


def add_two_years_or_a_list(algorithm: LeachwatchAlgorithm) -> None:
    """Add the start and the end year, and the list that may stand for them."""
    either = tr("Needed where no list of years (YEARS) is given.")
    algorithm.add(
        year(START_YEAR, tr("Start year"), optional=True, proposed=2020),
        tr("The earlier of the two years that are compared (its end).") + " " + either,
    )
    algorithm.add(
        year(END_YEAR, tr("End year"), optional=True, proposed=2024),
        tr("The later of the two years that are compared (its end).") + " " + either,
    )
    algorithm.add(
        QgsProcessingParameterString(YEARS, tr("Years, for a series instead of a pair"), None, False, True),
        tr(
            "Years and ranges of years parted by commas, such as {example}. Sites are formed once, over all tanks that "
            "count in any of these years; the first is compared with the last, and Sites by year (SERIES) has them "
            "all. The start and the end year are left aside then."
        ).format(example=EXAMPLE),
    )


def chosen_years(
    algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> list[int]:
    """Return the years of the list, rising, or else the start and the end year. They have been found to be usable."""
    if not is_empty(parameters.get(YEARS)):
        return years_in(algorithm.parameterAsString(parameters, YEARS, context))
    return [algorithm.parameterAsInt(parameters, name, context) for name in (START_YEAR, END_YEAR)]


def wrong_years(algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return what is wrong with the years, or nothing."""
    if not is_empty(parameters.get(YEARS)):
        try:
            years_in(algorithm.parameterAsString(parameters, YEARS, context))
        except ValueError as error:
            return str(error)
        return ""
    missing = [name for name in (START_YEAR, END_YEAR) if is_empty(parameters.get(name))]
    if missing:
        return tr(
            "Not given: {missing}. Give START_YEAR and END_YEAR, or a list of years (YEARS) such as {example}."
        ).format(missing=", ".join(missing), example=EXAMPLE)
    return order_of_years(algorithm, parameters, context, equal=False)


def years_left_aside(algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return what to say where a start or an end year was given that the list of years does not begin or end with."""
    if is_empty(parameters.get(YEARS)):
        return ""
    years = chosen_years(algorithm, parameters, context)
    given = {name: optional_year(algorithm, parameters, name, context) for name in (START_YEAR, END_YEAR)}
    if given[START_YEAR] in (None, years[0]) and given[END_YEAR] in (None, years[-1]):
        return ""
    return tr("START_YEAR and END_YEAR are left aside: the list of years (YEARS) compares {first} with {last}.").format(
        first=years[0], last=years[-1]
    )


def aside(parameters: dict[str, Any]) -> dict[str, str]:
    """Return the start and the end year, where they were given beside a list of years, with the reason."""
    if is_empty(parameters.get(YEARS)):
        return {}
    why = tr("the list of years (YEARS) was given")
    return {name: why for name in (START_YEAR, END_YEAR) if not is_empty(parameters.get(name))}


def years_in(text: str) -> list[int]:
    """Return the years of a list such as ``2012, 2016-2020, 2024``: each once, rising.

    Raises ValueError, with words for the user, for what is no list of two to MOST_YEARS years.
    """
    words = re.split(r"[\s,;，；、]+", re.sub(r"\s*[-–—−]\s*", "-", text))
    years = {one for word in words if word for one in _range(word)}
    if len(years) < 2:
        raise ValueError(
            tr("YEARS ({text}) holds fewer than two years. A series needs two or more, such as {example}.").format(
                text=text.strip(), example=EXAMPLE
            )
        )
    if len(years) > MOST_YEARS:
        raise ValueError(
            tr("YEARS holds {n} years, more than {most}. Give fewer, every fifth year perhaps.").format(
                n=len(years), most=MOST_YEARS
            )
        )
    return sorted(years)


def _range(word: str) -> range:
    found = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", word, re.ASCII)
    if not found:
        raise ValueError(
            tr("YEARS: “{word}” is no year and no range of years. Part them by commas, such as {example}.").format(
                word=word, example=EXAMPLE
            )
        )
    first, last = int(found[1]), int(found[2] or found[1])
    for one in (first, last):
        if not FIRST_YEAR <= one <= LAST_YEAR:
            raise ValueError(
                tr("YEARS: {year} is outside {low} to {high}. Change it.").format(
                    year=one, low=FIRST_YEAR, high=LAST_YEAR
                )
            )
    if first > last:
        raise ValueError(
            tr("YEARS: {word} runs backwards. Write {last}-{first}.").format(word=word, first=first, last=last)
        )
    return range(first, last + 1)
