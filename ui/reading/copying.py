"""The chart and the table for elsewhere: with a heading that says what was counted, of what, how, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any, NamedTuple

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPalette

from ...analysis.fields import STATUSES
from ...analysis.selection.wanted import TankFilter
from ...analysis.spreadsheet import harmless
from ...translation import tr
from ..tank_filter.parts import changed_parts, words
from ..widgets.status_look import paint_status
from .drawing import Drawn, Look
from .question import Reading
from .words import name_of, notes, rules, statuses, title

# Every other letter may stand in XML.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class Heading(NamedTuple):
    """What stands over a picture, and under it."""

    lines: list[str]
    notes: list[str]


def heading_of(reading: Reading, layer_name: str) -> Heading:
    """Return the lines that make a picture or a table understood without the map."""
    question = reading.question
    lines = [title(question.counting), name_of(question.subject), tr("Layer: {name}").format(name=layer_name)]
    if question.subject is not None:
        lines[1] += f" · {question.subject.layer_name}"
    lines.append(tr("Filter: {filter}").format(filter=filter_words(question.wanted)))
    return Heading(lines, [*notes(reading), tr("Made on {date}").format(date=date.today().isoformat())])


def filter_words(wanted: TankFilter) -> str:
    """Return what of a filter the numbers meet, in words: all but its years."""
    parts = changed_parts(TankFilter(), wanted) - {"mode", "years", "undated"}
    texts = []
    for part in sorted(parts):
        values = {"status": wanted.statuses, "tank_type": wanted.types}.get(part, wanted.values.get(part))
        texts.append(f"{words(frozenset({part}))}: {_told(part, values, wanted)}")
    return "; ".join(texts) or tr("none")


def _told(part: str, values: frozenset[str] | None, wanted: TankFilter) -> str:
    if part == "search":
        return wanted.search
    if part == "diameter":
        low, high = ("" if end is None else f"{end:g}" for end in wanted.diameter)
        text = tr("{low} to {high} m").format(low=low or "…", high=high or "…")
        return tr("{range}, and unknown").format(range=text) if wanted.unmeasured else text
    return ", ".join(sorted(value or tr("none given") for value in values or ())) or tr("none of them")


def as_text(reading: Reading, layer_name: str, columns: list[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return a table whose cells are parted by tabs, under lines that say what it is. Safe in a spreadsheet."""
    heading = heading_of(reading, layer_name)
    rule = tr("Counted: {rule}").format(rule=rules()[reading.question.counting])
    top = [[line] for line in (*heading.lines, rule, *heading.notes)]
    return "\n".join("\t".join(_cell(value) for value in row) for row in (*top, [], columns, *rows)) + "\n"


def _cell(value: Any) -> str:
    return str(harmless(" ".join(value.split()))) if isinstance(value, str) else str(value)


def as_image(drawn: Drawn, heading: Heading, font: QFont, palette: QPalette) -> QImage:
    """Return the picture with its heading, the key to its colours, and its notes: text by Qt, in any script."""
    ratio, chart = drawn.image.devicePixelRatio(), drawn.image
    width, height = chart.width() / ratio, chart.height() / ratio
    metrics = QFontMetricsF(font)
    pad, line = metrics.height() / 2, metrics.height()
    room = QRectF(0, 0, width - 2 * pad, 10_000)
    over, under = "\n".join(heading.lines), "\n".join(heading.notes)
    tall = [metrics.boundingRect(room, _TEXT, text).height() for text in (over, under)]
    whole = QImage(
        chart.width(), round((sum(tall) + line * 1.5 + height + 3 * pad) * ratio), QImage.Format.Format_RGB32
    )
    whole.setDevicePixelRatio(ratio)
    whole.fill(palette.color(QPalette.ColorRole.Base))
    painter = QPainter(whole)
    painter.setFont(font)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(QRectF(pad, pad, room.width(), tall[0]), _TEXT, over)
    _paint_key(painter, pad, pad + tall[0] + line * 0.25, palette)
    top = pad + tall[0] + line * 1.5
    painter.drawImage(QRectF(0, top, width, height), chart)
    painter.drawText(QRectF(pad, top + height + pad, room.width(), tall[1] + pad), _TEXT, under)
    painter.end()
    return whole


def _paint_key(painter: QPainter, x: float, y: float, palette: QPalette) -> None:
    metrics = QFontMetricsF(painter.font())
    side = metrics.ascent()
    for status, name in zip(STATUSES, statuses()):
        paint_status(painter, QRectF(x, y, side, side), status, palette)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(QRectF(x + side * 1.4, y, 10_000, metrics.height()), _TEXT, name)
        x += side * 2.4 + metrics.horizontalAdvance(name)


def as_svg(chart: str, heading: Heading, look: Look) -> str:
    """Return the drawing with its heading, key and notes as text, which the reader's program shapes."""
    line = look.points * look.dpi / 72 * 1.5
    over, under = len(heading.lines) * line, (len(heading.notes) + 1) * line
    height = over + 1.5 * line + look.height + under
    parts = [_svg_text(text, line / 2, (row + 1) * line, look) for row, text in enumerate(heading.lines)]
    parts += _svg_key(over + line, line, look)
    parts.append(_part(chart, over + 1.5 * line, look))
    below = height - under + line
    parts += [_svg_text(text, line / 2, below + row * line, look) for row, text in enumerate(heading.notes)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{look.width}" height="{height:.0f}" '
        f'viewBox="0 0 {look.width} {height:.0f}"><rect width="100%" height="100%" fill="{look.ground}"/>'
        f"{''.join(parts)}</svg>"
    )


def _part(drawing: str, y: float, look: Look) -> str:
    """Return a drawing as a part of another; QGIS's layouts know no drawing within a drawing."""
    root, inside = re.split(r"(?<=>)", drawing[drawing.index("<svg ") :], maxsplit=1)
    points = float(re.search(r'viewBox="0 0 ([\d.]+)', root)[1])  # type: ignore[index]
    scale = look.width / points
    return f'<g transform="translate(0 {y:.1f}) scale({scale:.5f})">{inside[: inside.rindex("</svg>")]}</g>'


def _svg_key(y: float, line: float, look: Look) -> list[str]:
    found, x, side = [], line / 2, line * 0.6
    for number, (name, colour) in enumerate(zip(statuses(), look.colours)):
        box = f'<rect x="{x:.1f}" y="{y - side:.1f}" width="{side:.1f}" height="{side:.1f}"'
        is_outline = number == len(STATUSES) - 1
        found.append(f'{box} fill="{"none" if is_outline else colour}" stroke="{colour}"/>')
        if number == STATUSES.index("abandoned"):
            found += [_svg_stripe(x, y - side * part, side, look) for part in (0.25, 0.5, 0.75)]
        found.append(_svg_text(name, x + side * 1.4, y, look))
        x += side * 2.4 + line * 0.45 * len(name)
    return found


def _svg_stripe(x: float, y: float, width: float, look: Look) -> str:
    return f'<path d="M {x:.1f} {y:.1f} h {width:.1f}" stroke="{look.ground}" stroke-width="1"/>'


def _svg_text(text: str, x: float, y: float, look: Look) -> str:
    size = look.points * look.dpi / 72
    clean = escape(_NOT_IN_XML.sub(" ", text))
    family = escape(look.family)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{family}" font-size="{size:.1f}" '
        f'fill="{QColor(look.text).name()}">{clean}</text>'
    )
