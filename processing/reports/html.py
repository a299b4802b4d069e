"""The report as one HTML file, which needs no network and no script."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..base import RESOURCES
from . import words
from .content import Report, Table
from .showing import amount, interval, rows

_TEMPLATE = "report.html.j2"
# More would make a page that no browser shows.
MOST_ROWS = 500


@dataclass(frozen=True)
class Picture:
    """A picture with its title, and the caption that says in words what it shows."""

    title: str
    caption: str
    uri: str


@dataclass(frozen=True)
class Map:
    """The maps of a report, and the legend: (symbol, label) of each class."""

    pictures: list[Picture]
    legend: list[tuple[str, str]]
    note: str = ""


@dataclass(frozen=True)
class Page:
    """All that the page shows."""

    title: str
    report: Report
    parameters: list[tuple[str, str, str]]
    command: str
    json: str
    charts: list[Picture] = field(default_factory=list)
    map: Map | None = None
    notes: list[str] = field(default_factory=list)


def as_html(page: Page) -> str:
    """Return the page. Every text is escaped: names come from data that anybody may have written."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(str(RESOURCES / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    report = page.report
    return environment.get_template(_TEMPLATE).render(
        page=page,
        report=report,
        words=words.headings(),
        definitions=words.definitions(),
        numbers=[(one, amount(one), interval(one)) for one in report.numbers],
        tables=[_shown(table) for table in report.tables],
        doubts=[_shown(table) for table in report.uncertainty],
        synthetic=any(source.synthetic for source in report.sources),
    )


def _shown(table: Table) -> dict[str, Any]:
    shown = rows(table.frame, MOST_ROWS)
    return {
        "key": table.key,
        "title": table.title,
        "note": table.note,
        "columns": [str(name) for name in table.frame.columns],
        "numeric": [kind.kind in "iuf" for kind in table.frame.dtypes],
        "rows": shown,
        "count": words.row_count(len(shown), len(table.frame)),
    }
