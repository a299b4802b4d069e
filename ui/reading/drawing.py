"""Draws the chart beside the window, with matplotlib. It writes numbers alone: words are Qt's, which shapes any script.

Never pyplot, and nothing of matplotlib's global state: a report may be drawn at the same time.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.PyQt.QtGui import QImage

from ...analysis.progress import Cancelled
from ..background import IsCancelled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# By status, in the order of the numbers; as in the lists of the docks unknown is an outline.
_HATCHES, _NO_HATCHES = ("", "////", ""), ("", "", "")
_STRIPES = 80  # on the height of the chart
_POINTS_AN_INCH = 72
_FEWEST_YEARS = 5  # a single bar as wide as the chart looks like no bar
_drawing = Lock()


@dataclass(frozen=True)
class Look:
    """How the widget looks. Sizes are logical pixels, of which ``dpi`` are an inch; ``ratio`` is the screen's."""

    width: int
    height: int
    dpi: float
    ratio: float
    family: str
    points: float
    text: str
    ground: str
    shade: str
    colours: tuple[str, str, str]


@dataclass(frozen=True)
class Bars:
    """The years, and the tanks of each by status; ``span``: the years of the filter."""

    years: tuple[int, ...]
    numbers: tuple[tuple[int, int, int], ...]
    span: tuple[int, int] | None


class Drawn(NamedTuple):
    """The picture; and where in it (fractions of its width and height) the first year's middle and the bars are."""

    image: QImage
    first: float
    step: float
    top: float
    bottom: float


def has_matplotlib() -> bool:
    """Return whether charts can be drawn."""
    try:
        return find_spec("matplotlib") is not None
    except ValueError:
        return False


def finish(seconds: float) -> None:
    """Wait, no longer than some seconds, until nothing is being drawn: a thread that draws must not outlive Python."""
    if _drawing.acquire(timeout=seconds):
        _drawing.release()


def draw(bars: Bars, look: Look, is_cancelled: IsCancelled) -> Drawn:
    """Return the chart as a picture of the widget's size, at the screen's resolution. Raises Cancelled."""
    with _drawing:
        if is_cancelled():
            raise Cancelled
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        figure = _figure(bars, look)
        canvas = FigureCanvasAgg(figure)
        figure.set_dpi(look.dpi * look.ratio)
        canvas.draw()
        width, height = canvas.get_width_height()
        pixels = bytes(canvas.buffer_rgba())
    image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(look.ratio)
    where, (low, high) = figure.axes[0].transData.transform, figure.axes[0].get_ylim()
    (left, top), (right, bottom) = where((bars.years[0], high)), where((bars.years[0] + 1, low))
    return Drawn(image, left / width, (right - left) / width, 1 - top / height, 1 - bottom / height)


def svg(bars: Bars, look: Look, is_cancelled: IsCancelled) -> str:
    """Return the chart as a drawing, with stripes where the picture has a hatch: few programs know patterns."""
    with _drawing:
        if is_cancelled():
            raise Cancelled
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        figure = _figure(bars, look, striped=True)
        file = BytesIO()
        FigureCanvasSVG(figure).print_svg(file, metadata={"Date": None, "Creator": None})
    return file.getvalue().decode("utf-8")


def _figure(bars: Bars, look: Look, striped: bool = False) -> Figure:
    from matplotlib.figure import Figure

    size = (max(look.width, 40) / look.dpi, max(look.height, 40) / look.dpi)
    figure = Figure(figsize=size, dpi=look.dpi, facecolor=look.ground, constrained_layout=True)
    axes = figure.add_subplot(facecolor=look.ground)
    if bars.span:
        axes.axvspan(bars.span[0] - 0.5, bars.span[1] + 0.5, color=look.shade, alpha=0.25, linewidth=0)
    _stack(axes, bars, look, _NO_HATCHES if striped else _HATCHES)
    if striped:
        _stripes(axes, bars, look)
    _scales(axes, bars, look)
    return figure


def _stack(axes: Any, bars: Bars, look: Look, hatches: tuple[str, ...]) -> None:
    for status, (colour, hatch) in enumerate(zip(look.colours, hatches)):
        # A bar of no height would leave its edge.
        stacked = [(year, row[status], sum(row[:status])) for year, row in zip(bars.years, bars.numbers) if row[status]]
        if not stacked:
            continue
        years, numbers, bottoms = zip(*stacked)
        is_outline = status == len(hatches) - 1
        fill, edge, line = (look.ground, colour, 1.0) if is_outline else (colour, look.ground, 0.4)
        axes.bar(years, numbers, 0.8, bottoms, facecolor=fill, edgecolor=edge, hatch=hatch, linewidth=line)


def _stripes(axes: Any, bars: Bars, look: Look) -> None:
    """Draw lines across the bars of the abandoned."""
    step = max(map(sum, bars.numbers)) / _STRIPES
    for year, (active, abandoned, _) in zip(bars.years, bars.numbers):
        heights = [active + step * number for number in range(1, int(abandoned / step) + 1)] if abandoned else []
        axes.hlines(heights, year - 0.4, year + 0.4, color=look.ground, linewidth=0.8)


def _scales(axes: Any, bars: Bars, look: Look) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    first, last = bars.years[0], bars.years[-1]
    room = max((_FEWEST_YEARS - (last - first + 1)) / 2, 0) + 0.6
    axes.set_xlim(first - room, last + room)
    axes.set_ylim(0, max(max(map(sum, bars.numbers)) * 1.05, 1))
    line = look.points * look.dpi / _POINTS_AN_INCH
    many = max(2, int(look.width / line / 4))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=many, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=min(8, max(2, int(look.height / line / 2.5)))))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.tick_params(colors=look.text, labelcolor=look.text, labelsize=look.points)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontfamily(_family(look))
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(look.text)


def _family(look: Look) -> str:
    """Return the widget's font where matplotlib has it: it complains of others."""
    from matplotlib.font_manager import fontManager

    return look.family if any(font.name == look.family for font in fontManager.ttflist) else "DejaVu Sans"
