"""Charts as pictures: matplotlib's figures alone, never pyplot, which keeps a state that threads share."""

from __future__ import annotations

import base64
import io
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ...analysis.progress import Cancelled
from ...translation import tr
from .content import Chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# The reader's browser draws the text, and chooses the fonts for scripts that these have not.
_FONTS = [
    "DejaVu Sans", "Noto Sans", "Segoe UI", "Arial", "Padauk", "Noto Sans Myanmar", "Myanmar Text",
    "WenQuanYi Micro Hei", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "sans-serif",
]  # fmt: skip
_WIDTH, _HEIGHT = 5.4, 3.5
_STYLE = {
    "font.size": 9,
    "svg.fonttype": "none",
    # The same data give the same bytes.
    "svg.hashsalt": "leachwatch",
    "hatch.linewidth": 0.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": "#e4e4e4",
}

_one_at_a_time = threading.Lock()


def available() -> bool:
    """Return whether matplotlib is there."""
    try:
        return find_spec("matplotlib") is not None
    except (ImportError, ValueError):
        return False


def svg(chart: Chart) -> bytes:
    """Return the chart as SVG, its text as text."""
    stream = io.BytesIO()
    with _style():
        _figure(chart).savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return stream.getvalue()


def png(chart: Chart, dpi: int = 110) -> bytes:
    """Return the chart as PNG."""
    stream = io.BytesIO()
    with _style():
        _figure(chart).savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
    return stream.getvalue()


def pictures(charts: list[Chart], draw: Callable[[Chart], bytes], stopped: Callable[[], bool]) -> list[bytes]:
    """Return each chart as ``svg`` or ``png`` draws it. Raises Cancelled."""
    drawn = []
    for chart in charts:
        if stopped():
            raise Cancelled
        drawn.append(draw(chart))
    return drawn


def data_uri(picture: bytes, kind: str) -> str:
    """Return a picture as the address of itself."""
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode('ascii')}"


@contextmanager
def _style() -> Iterator[None]:
    """Set matplotlib's parameters, which are one set for all threads, for one chart at a time."""
    import matplotlib

    with _one_at_a_time, warnings.catch_warnings(), matplotlib.rc_context({**_STYLE, "font.family": _known_fonts()}):
        # A browser has fonts for the scripts that matplotlib has none for.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def _known_fonts() -> list[str]:
    """Return the fonts that are here: matplotlib warns of every other, and before 3.6 takes the first alone."""
    from matplotlib import font_manager

    known = (
        set(font_manager.fontManager.get_font_names())
        if hasattr(font_manager.fontManager, "get_font_names")
        else {font.name for font in font_manager.fontManager.ttflist}
    )
    return [name for name in _FONTS if name in known] or ["sans-serif"]


def _figure(chart: Chart) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, _HEIGHT), tight_layout=True)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    chart.draw(axes)
    if not axes.has_data():
        axes.text(0.5, 0.5, tr("nothing to show"), ha="center", va="center", transform=axes.transAxes)
    return figure
