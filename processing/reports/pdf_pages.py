"""What stands on the pages of the PDF. Runs in the main thread, so it is given finished pictures."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateTransformContext,
    QgsLayoutExporter,
    QgsLayoutRenderContext,
    QgsPrintLayout,
    QgsProject,
    QgsProjectMetadata,
)
from qgis.PyQt import sip

from . import words
from .content import Report, Table
from .html import Page
from .pdf_flow import BOTTOM, INNER, MARGIN, WIDTH, Flow, label
from .pdf_map import add_legend, add_map
from .pdf_text import Ruler
from .showing import amount, interval, one_value_columns, rows

# What is worth printing; the CSV and the XLSX hold every row and column.
MOST_ROWS = 50
_MOST_COLUMNS = 9
_DPI = 150


def lay_out(path: Path, page: Page, charts: list[Path], maps: list[Path]) -> bool:
    """Write the PDF; return whether QGIS says that it did."""
    project = QgsProject()
    project.setTransformContext(QgsCoordinateTransformContext())
    metadata = QgsProjectMetadata()
    metadata.setTitle(f"Leachwatch: {page.title}")
    metadata.setAuthor("Leachwatch")
    project.setMetadata(metadata)
    if page.map is not None and page.map.panels:
        project.setCrs(page.map.panels[0].crs)
    layout = QgsPrintLayout(project)
    flow = Flow(layout)
    flow.turn()
    says = words.headings()
    _first_page(flow, page, says)
    _charts(flow, page, charts, says)
    _maps(flow, project, page, maps, says)
    _tables(flow, page.report, says)
    _rest(flow, page, says)
    _edges(flow, page, says)
    made = _export(layout, path)
    # In this order: a layout asks its project for this and that until its end.
    sip.delete(layout)
    project.clear()
    return made


def _first_page(flow: Flow, page: Page, says: dict[str, str]) -> None:
    flow.text(page.title, flow.title)
    flow.gap(1)
    flow.text(page.report.question)
    flow.heading(says["parameters"])
    flow.table([says["parameter"], says["meaning"], says["value"]], [list(row) for row in page.parameters], [False] * 3)
    flow.heading(says["definitions"])
    for term, meaning in words.definitions():
        flow.text(f"{term}: {meaning}", flow.small)
    flow.heading(says["headline"])
    numbers = [[one.label, amount(one), interval(one), one.meaning] for one in page.report.numbers]
    flow.table(
        [says["number"], says["value"], says["at_least_at_most"], says["meaning"]], numbers, [False, True, False, False]
    )
    for note in page.notes:
        flow.gap(2)
        flow.text(note)


def _charts(flow: Flow, page: Page, pictures: list[Path], says: dict[str, str]) -> None:
    """Two charts beside each other."""
    if not pictures:
        return
    wide = (INNER - 6) / 2
    high = wide * 3.5 / 5.4
    flow.heading(says["charts"], high + 20)
    for first in range(0, len(pictures), 2):
        captions = [flow.small.lines(chart.caption, wide) for chart in page.charts[first : first + 2]]
        below = max(map(len, captions)) * flow.small.line
        flow.need(high + below + 10)
        for place, lines in enumerate(captions):
            x = MARGIN + place * (wide + 6)
            title = label(flow.layout, page.charts[first + place].title, Ruler(8.5, True))
            flow.place(title, x, flow.y, wide, 5)
            item = label(flow.layout, "\n".join(lines), flow.small)
            flow.place(item, x, flow.y + 5 + high, wide + 2, below + 1)
            flow.gap(5)
            flow.picture(pictures[first + place], wide, high, x)
            flow.gap(-5)
        flow.gap(high + below + 9)


def _maps(flow: Flow, project: QgsProject, page: Page, pictures: list[Path], says: dict[str, str]) -> None:
    """Two maps beside each other; one alone is larger. The legend below them."""
    if page.map is None:
        return
    columns = 1 if len(pictures) == 1 else 2
    wide = (INNER - 6 * (columns - 1)) / columns
    high = wide * 0.75
    flow.heading(says["map"], high + 10)
    for first in range(0, len(pictures), columns):
        flow.need(high + 10)
        for place, panel in enumerate(page.map.panels[first : first + columns]):
            x = MARGIN + place * (wide + 6)
            add_map(flow, panel, pictures[first + place], (x, flow.y, wide, high))
            for line, text in enumerate(flow.small.lines(f"{panel.title}. {panel.caption}", wide)):
                item = label(flow.layout, text, flow.small)
                flow.place(item, x, flow.y + high + 1 + line * flow.small.line, wide + 2, flow.small.line + 1)
        flow.gap(high + 9)
    add_legend(flow, project, page)
    if page.map.note:
        flow.text(page.map.note, flow.small)


def _tables(flow: Flow, report: Report, says: dict[str, str]) -> None:
    for title, tables in ((says["tables"], report.tables), (says["uncertainty"], report.uncertainty)):
        if tables:
            flow.heading(title, 30)
        for table in tables:
            _table(flow, table)


def _table(flow: Flow, table: Table) -> None:
    brief = [name for name in table.brief if name in table.frame.columns]
    same = one_value_columns(table.frame)
    names = brief or [name for name in table.frame.columns if name not in same][:_MOST_COLUMNS]
    frame = table.frame[names]
    shown = rows(frame, MOST_ROWS)
    flow.need(25)
    flow.gap(2)
    flow.text(table.title, Ruler(9, True))
    left_out = words.columns_left_out(table.frame.shape[1] - len(names) - len([n for n in same if n not in names]))
    note = [table.note, words.row_count(len(shown), len(table.frame)), words.in_every_row(same), left_out]
    flow.text(" ".join(part for part in note if part), flow.small)
    flow.gap(1)
    if len(names):
        flow.table([str(name) for name in names], shown, [kind.kind in "iuf" for kind in frame.dtypes])


def _rest(flow: Flow, page: Page, says: dict[str, str]) -> None:
    flow.heading(says["sources"])
    for source in page.report.sources:
        flow.need(15)
        flow.text(f"{source.role}: {source.name}", Ruler(8.5, True))
        flow.text(f"{says['citation']}: {source.citation or says['not_stated']}")
        flow.text(f"{says['licence']}: {source.licence or says['not_stated']}")
        for detail in source.details:
            flow.text(detail, flow.small, 4)
        flow.gap(2)
    flow.heading(says["caveats"])
    for caveat in page.caveats:
        flow.text(f"• {caveat}")
        flow.gap(0.6)
    flow.heading(says["again"])
    flow.text(says["paths"])
    flow.gap(1)
    for line in page.command.splitlines():
        flow.text(line, flow.small, 4)


def _edges(flow: Flow, page: Page, says: dict[str, str]) -> None:
    """Write the page's number on every page, and that the data are invented where they are."""
    for number in range(flow.pages):
        text = says["page"].format(title=page.title, n=number + 1, all=flow.pages)
        flow.place(label(flow.layout, text, flow.small, "#555555"), MARGIN, BOTTOM + 5, INNER, 5, number)
        if page.synthetic:
            banner = Ruler(10, True)
            item = label(flow.layout, says["banner"], banner, "#8a1c00")
            flow.place(item, (WIDTH - banner.width(says["banner"])) / 2, 8, INNER, 7, number)


def _export(layout: QgsPrintLayout, path: Path) -> bool:
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = _DPI
    settings.rasterizeWholeImage = False
    settings.appendGeoreference = False
    settings.exportMetadata = True
    # Flat colours: smaller without loss than as photographs, and sharp.
    settings.flags = settings.flags | QgsLayoutRenderContext.FlagLosslessImageRendering
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    return QgsLayoutExporter(layout).exportToPdf(str(path), settings) == QgsLayoutExporter.ExportResult.Success
