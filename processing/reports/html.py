"""The report as one HTML file, which needs no network and no script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...analysis.progress import never
from ..base import RESOURCES
from . import figures, words
from .caveats import of_sources
from .content import Chart, Report, Table
from .figures import data_uri
from .images import few_colours, png_bytes, with_scale
from .maps import DrawnMap, DrawnPanel
from .showing import amount, interval, one_value_columns, rows

_TEMPLATE = "report.html.j2"
# More would make a page that no browser shows.
MOST_ROWS = 500


@dataclass(frozen=True)
class Page:
    """All that the page shows."""

    title: str
    report: Report
    parameters: list[tuple[str, str, str]]
    command: str
    json: str
    charts: list[Chart] = field(default_factory=list)
    map: DrawnMap | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def caveats(self) -> list[str]:
        """What to be careful about, where the data come from first."""
        return [*of_sources(self.report.sources), *self.report.caveats]

    @property
    def synthetic(self) -> bool:
        """Whether any of the data are invented."""
        return any(source.synthetic for source in self.report.sources)


def as_html(page: Page, stopped: Callable[[], bool] = never) -> str:
    """Return the page; raises Cancelled. Every text is escaped: names come from data that anybody may have written."""
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
        charts=_charts(page.charts, stopped),
        maps=[_map(panel) for panel in page.map.panels] if page.map else [],
        legend=_legend(page.map) if page.map else [],
        tables=[_shown(table) for table in report.tables],
        doubts=[_shown(table) for table in report.uncertainty],
    )


def _charts(charts: list[Chart], stopped: Callable[[], bool]) -> list[dict[str, str]]:
    return [
        {"title": chart.title, "caption": chart.caption, "uri": data_uri(picture, "svg+xml")}
        for chart, picture in zip(charts, figures.pictures(charts, figures.svg, stopped))
    ]


def _map(panel: DrawnPanel) -> dict[str, str]:
    picture = png_bytes(few_colours(with_scale(panel.image, panel.metres_per_pixel)))
    return {"title": panel.title, "caption": panel.caption, "uri": data_uri(picture, "png")}


def _legend(drawn: DrawnMap) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (group.title, [(data_uri(symbol, "png"), label) for _, symbol, label in group.classes])
        for group in drawn.legend
    ]


def _shown(table: Table) -> dict[str, Any]:
    same = one_value_columns(table.frame)
    frame = table.frame.drop(columns=list(same))
    shown = rows(frame, MOST_ROWS)
    return {
        "key": table.key,
        "title": table.title,
        "note": table.note,
        "same": words.in_every_row(same),
        "columns": [str(name) for name in frame.columns],
        "words": [kind.kind not in "iuf" for kind in frame.dtypes],
        "rows": shown,
        "count": words.row_count(len(shown), len(table.frame)),
    }
