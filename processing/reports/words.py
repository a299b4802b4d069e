"""The fixed words of a report: what its numbers mean, and its headings."""

from __future__ import annotations

from ...translation import tr


def definitions() -> list[tuple[str, str]]:
    """Return each term with what it means here."""
    return [
        (tr("Tank"), tr("one leachate-collection or precipitation tank. Tanks are not tonnes.")),
        (
            tr("Site"),
            tr(
                "a group of tanks in which each has a neighbour within the link distance, and which holds at least the "
                "minimum of tanks. Tanks of smaller groups are ungrouped: counted, but in no site."
            ),
        ),
        (tr("First seen"), tr("the first image that shows a tank, not the day it was built. Last seen is not gone.")),
        (tr("Standing"), tr("first seen in or before the year, and not observed gone by its end.")),
        (tr("Cumulative"), tr("ever seen in or before the year.")),
        (tr("Undated"), tr("without a date, and so counted in no year.")),
        (
            tr("At least, at most"),
            tr(
                "new tanks that an image of the start year or later does not show yet; and those that may stand by the "
                "end, although seen later only."
            ),
        ),
        (tr("Footprint"), tr("the ground that a site covers, by the method named. Metres and hectares of ground.")),
        ("–", tr("not known.")),
    ]


def headings() -> dict[str, str]:
    """Return the headings and labels of the page."""
    return {
        "banner": tr("Synthetic sample: no real place or count"),
        "definitions": tr("What the words mean"),
        "parameters": tr("How it was measured"),
        "headline": tr("What came out"),
        "charts": tr("Charts"),
        "map": tr("Map"),
        "legend": tr("Legend"),
        "tables": tr("Tables"),
        "uncertainty": tr("How sure is it?"),
        "sources": tr("Where the data come from"),
        "caveats": tr("What to be careful about"),
        "again": tr("To run it again"),
        "citation": tr("Citation"),
        "licence": tr("Licence"),
        "not_stated": tr("not stated"),
        "contents": tr("Contents"),
        "parameter": tr("Parameter"),
        "meaning": tr("Meaning"),
        "value": tr("Value"),
        "number": tr("What"),
        "at_least_at_most": tr("At least, at most"),
        "page": tr("Leachwatch · {title} · page {n} of {all}"),
        "command": tr("On the command line"),
        "json": tr("As JSON, for qgis_process on QGIS 3.24 or later (--json, or a dash for its input)"),
        "paths": tr(
            "Paths are reduced to file names, because a path may tell who and where the analyst is: put your own "
            "before them."
        ),
    }


def row_count(shown: int, there: int) -> str:
    """Return how many rows a table has, and how many of them are shown."""
    if shown == there:
        return tr("{n} rows.").format(n=f"{there:,}")
    text = tr("{n} rows, of which the first {m} are shown; the output layer or table holds them all.")
    return text.format(n=f"{there:,}", m=f"{shown:,}")


def in_every_row(same: dict[str, str]) -> str:
    """Return the columns that are left out because they say the same in every row."""
    if not same:
        return ""
    return tr("In every row: {columns}.").format(columns=", ".join(f"{name} {value}" for name, value in same.items()))


def columns_left_out(count: int) -> str:
    """Return how many columns the PDF has no room for."""
    if count <= 0:
        return ""
    return tr("{n} more columns are in the HTML report, the CSV and the XLSX.").format(n=count)


def no_charts() -> str:
    """Return why there are no charts."""
    return tr(
        "There are no charts: they need the Python package matplotlib, and this QGIS does not have it. Install it for "
        "the Python that QGIS uses (python -m pip install --user matplotlib) and run again."
    )
