"""A print layout that is filled from top to bottom, page after page. Millimetres, A4 upright."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemManualTable,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsTableCell,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from .pdf_text import Ruler

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 15.0
# Room for the banner above and for the page number below.
TOP, BOTTOM = 20.0, HEIGHT - 18.0
INNER = WIDTH - 2 * MARGIN
_ROW, _CELL_MARGIN, _LINE = 4.4, 0.7, 0.1
_HEAD = QColor("#e8edf0")
_WIDEST = 110.0


class Flow:
    """Puts one thing below the other, and turns the page where there is no room."""

    def __init__(self, layout: QgsPrintLayout) -> None:
        self.layout, self.y = layout, BOTTOM
        self.pages = 0
        self.body, self.small, self.head = Ruler(8.5), Ruler(7), Ruler(12, True)
        self.title, self.cells = Ruler(17, True), Ruler(6.5)

    def turn(self) -> None:
        """Begin a new page."""
        page = QgsLayoutItemPage(self.layout)
        page.setPageSize(QgsLayoutSize(WIDTH, HEIGHT))
        self.layout.pageCollection().addPage(page)
        self.pages += 1
        self.y = TOP

    def need(self, height: float) -> None:
        """Turn the page unless there is this much room on it."""
        if self.y + height > BOTTOM:
            self.turn()

    def gap(self, height: float) -> None:
        """Leave some room."""
        self.y += height

    def place(self, item: QgsLayoutItem, x: float, y: float, width: float, height: float, page: int = -1) -> None:
        """Put an item on the current page, or on another."""
        self.layout.addLayoutItem(item)
        item.attemptResize(QgsLayoutSize(width, height))
        item.attemptMove(QgsLayoutPoint(x, y), True, False, page if page >= 0 else self.pages - 1)

    def heading(self, text: str, below: float = 25.0) -> None:
        """Write a heading, with room for something ``below`` it."""
        self.need(self.head.line + below + 4)
        self.gap(3)
        self.text(text, self.head)
        self.gap(1)

    def text(self, text: str, ruler: Ruler | None = None, indent: float = 0.0) -> None:
        """Write a paragraph, which may run over pages."""
        ruler = ruler or self.body
        lines = ruler.lines(text, INNER - indent)
        while lines:
            self.need(ruler.line)
            fits = max(int((BOTTOM - self.y) / ruler.line), 1)
            self._label("\n".join(lines[:fits]), ruler, MARGIN + indent, len(lines[:fits]))
            lines = lines[fits:]

    def _label(self, text: str, ruler: Ruler, x: float, lines: int) -> None:
        height = lines * ruler.line
        self.place(label(self.layout, text, ruler), x, self.y, WIDTH - MARGIN - x + 2, height + 1)
        self.y += height

    def picture(self, path: Path, width: float, height: float, x: float = MARGIN) -> None:
        """Put a picture at the current height, and stay there."""
        item = QgsLayoutItemPicture(self.layout)
        item.setPicturePath(str(path))
        item.setResizeMode(QgsLayoutItemPicture.ResizeMode.Zoom)
        self.place(item, x, self.y, width, height)

    def table(self, head: list[str], rows: list[list[str]], right: list[bool]) -> None:
        """Draw a table; its head stands on every page again. Text that is too wide is cut."""
        widths = self._widths(head, rows)
        while True:
            self.need(3 * _ROW)
            fits = int((BOTTOM - self.y) / _ROW) - 1
            part, rows = rows[:fits], rows[fits:]
            self._part(head, part, widths, right)
            if not rows:
                return
            self.turn()

    def _widths(self, head: list[str], rows: list[list[str]]) -> list[float]:
        """Return the columns' widths: as wide as their texts, unless all together are too wide."""
        room = 2 * _CELL_MARGIN + 0.8
        columns = zip(head, *rows)
        wanted = [min(max(map(self.cells.width, column)) * 1.06 + room, _WIDEST) for column in columns]
        excess = sum(wanted) - INNER
        if excess <= 0:
            return wanted
        # The widest give way first.
        high = max(wanted)
        while sum(min(width, high) for width in wanted) > INNER:
            high -= 0.5
        return [min(width, high) for width in wanted]

    def _part(self, head: list[str], rows: list[list[str]], widths: list[float], right: list[bool]) -> None:
        table = QgsLayoutItemManualTable.create(self.layout)
        self.layout.addMultiFrame(table)
        plain = QgsTextFormat()
        plain.setFont(self.cells.font)
        plain.setSize(self.cells.font.pointSizeF())
        table.setContentTextFormat(plain)
        table.setCellMargin(_CELL_MARGIN)
        table.setGridStrokeWidth(_LINE)
        table.setGridColor(QColor("#b5b5b5"))
        room = 2 * _CELL_MARGIN
        contents = [
            [self._cell(text, width - room, to_right, number == 0) for text, width, to_right in zip(row, widths, right)]
            for number, row in enumerate([head, *rows])
        ]
        table.setTableContents(contents)
        table.setColumnWidths([width - room for width in widths])
        table.setRowHeights([_ROW - room - _LINE] * len(contents))
        frame = QgsLayoutFrame(self.layout, table)
        height = _ROW * len(contents) + 1
        frame.attemptResize(QgsLayoutSize(sum(widths) + 3, height))
        frame.attemptMove(QgsLayoutPoint(MARGIN, self.y), True, False, self.pages - 1)
        table.addFrame(frame)
        self.y += height

    def _cell(self, text: str, width: float, right: bool, is_head: bool) -> QgsTableCell:
        cell = QgsTableCell(self.cells.cut(text, width))
        cell.setHorizontalAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        if is_head:
            cell.setBackgroundColor(_HEAD)
        return cell


def label(layout: QgsPrintLayout, text: str, ruler: Ruler, colour: str = "#1b1b1b") -> QgsLayoutItemLabel:
    """Return a label. What looks like an expression of QGIS in it, [% … %], stays text."""
    item = QgsLayoutItemLabel(layout)
    item.setText(text.replace("[%", "[\u200b%"))
    item.setMarginX(0)
    item.setMarginY(0)
    if hasattr(item, "setTextFormat"):  # from 3.24 on
        form = QgsTextFormat()
        form.setFont(ruler.font)
        form.setSize(ruler.font.pointSizeF())
        form.setColor(QColor(colour))
        form.setLineHeight(ruler.line / (ruler.font.pointSizeF() * 25.4 / 72) / 1.17)
        item.setTextFormat(form)
    else:
        item.setFont(ruler.font)
        item.setFontColor(QColor(colour))
    return item
