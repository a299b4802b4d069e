"""The charts of the reports. Each is made from a table; what draws it knows matplotlib's axes and nothing else.

Colours of Okabe and Ito's palette, with hatches or markers, so that they hold without any colour, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...translation import tr
from .content import Chart
from .showing import plain_text, shown

if TYPE_CHECKING:
    import pandas as pd

BLUE, VERMILION, GREY, ORANGE, LIGHT = "#0072b2", "#d55e00", "#999999", "#e69f00", "#c9d6de"
_MARKERS = "os^Dv*Ph"
_LINES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")
_MOST_UNITS = 20
_LONGEST_NAME = 36


def tanks_by_year(frame: pd.DataFrame) -> Chart:
    """Return tanks by year, stacked by status (columns year, active, abandoned, status_unknown)."""
    classes = (
        ("active", tr("active"), BLUE, ""),
        ("abandoned", tr("abandoned"), VERMILION, "////"),
        ("status_unknown", tr("status unknown"), GREY, "\\\\"),
    )
    total = frame[[name for name, *_ in classes]].sum(axis=1)

    def draw(axes: Any) -> None:
        bottom = total * 0
        for name, label, colour, hatch in classes:
            values = frame[name].fillna(0)
            axes.bar(frame["year"], values, bottom=bottom, color=colour, hatch=hatch, label=label, **_EDGE)
            bottom = bottom + values
        _whole_years(axes)
        axes.set_ylabel(tr("tanks"))
        axes.legend(frameon=False, loc="upper left")

    caption = tr("Tanks counted in each year, by status. {ends}").format(ends=_ends(frame["year"], total, tr("tanks")))
    return Chart("tanks_by_year", tr("Tanks by year and status"), caption, draw)


def sites_by_year(frame: pd.DataFrame) -> Chart:
    """Return sites by year (columns year, sites)."""

    def draw(axes: Any) -> None:
        bars = axes.bar(frame["year"], frame["sites"].fillna(0), color=BLUE, **_EDGE)
        if len(frame) <= _MOST_UNITS:
            axes.bar_label(bars, labels=[shown(value) for value in frame["sites"]], fontsize=8)
        _whole_years(axes)
        axes.set_ylabel(tr("sites"))

    caption = tr("Sites with at least one tank counted in the year. {ends}").format(
        ends=_ends(frame["year"], frame["sites"], tr("sites"))
    )
    return Chart("sites_by_year", tr("Sites by year"), caption, draw)


def growth_by_unit(frame: pd.DataFrame) -> Chart:
    """Return tanks at the start and the end in each unit, the largest first (unit_name, tanks_start, tanks_end)."""
    largest = frame.assign(_most=frame[["tanks_start", "tanks_end"]].max(axis=1))
    largest = largest[largest["_most"] > 0].sort_values("_most", ascending=False, kind="stable").head(_MOST_UNITS)
    names = [label(name) for name in largest["unit_name"]]

    def draw(axes: Any) -> None:
        rows = list(range(len(largest)))
        axes.barh([r - 0.2 for r in rows], largest["tanks_start"], 0.4, color=LIGHT, label=tr("start"), **_EDGE)
        end = axes.barh([r + 0.2 for r in rows], largest["tanks_end"], 0.4, color=BLUE, label=tr("end"), **_EDGE)
        axes.bar_label(end, labels=[shown(value) for value in largest["tanks_end"]], padding=3, fontsize=8)
        axes.set_yticks(rows)
        axes.set_yticklabels(names)
        axes.invert_yaxis()
        axes.margins(x=0.12)
        axes.set_xlabel(tr("tanks"))
        axes.legend(frameon=False, loc="lower right")

    with_tanks = int((frame[["tanks_start", "tanks_end"]].max(axis=1) > 0).sum())
    caption = tr("Tanks at the start and at the end in {n} of the {all} units with tanks, the largest first.").format(
        n=len(largest), all=with_tanks
    )
    return Chart("growth_by_unit", tr("Growth by unit"), caption, draw)


def sensitivity(frame: pd.DataFrame) -> Chart:
    """Return sites by link distance, a line for each minimum of tanks (link_distance_m, min_tanks, sites)."""

    def draw(axes: Any) -> None:
        for number, (least, rows) in enumerate(frame.sort_values("link_distance_m").groupby("min_tanks")):
            axes.plot(
                rows["link_distance_m"],
                rows["sites"],
                color=_LINES[number % len(_LINES)],
                marker=_MARKERS[number % len(_MARKERS)],
                label=tr("min. {n} tanks").format(n=shown(least)),
            )
        _distances(axes, sorted(frame["link_distance_m"].unique()))
        axes.set_xlabel(tr("link distance (ground metres)"))
        axes.set_ylabel(tr("sites"))
        axes.set_ylim(bottom=0)
        if len(frame):
            axes.legend(frameon=False)

    caption = tr(
        "How many sites there are under each link distance, a line for each minimum of tanks. Where a line is level, "
        "the number of sites hardly depends on the distance that was chosen."
    )
    return Chart("sensitivity", tr("Sites by link distance"), caption, draw)


def first_seen_by_year(frame: pd.DataFrame) -> Chart:
    """Return tanks by the year of their first image, flagged years marked (columns year, first_seen, flagged)."""
    flagged = frame[frame["flagged"].fillna(False).astype(bool)]

    def draw(axes: Any) -> None:
        plain = frame.drop(flagged.index)
        axes.bar(plain["year"], plain["first_seen"], color=BLUE, label=tr("first seen"), **_EDGE)
        if len(flagged):
            axes.bar(
                flagged["year"], flagged["first_seen"], color=ORANGE, hatch="xxxx", label=tr("flagged year"), **_EDGE
            )
        _whole_years(axes)
        axes.set_ylabel(tr("tanks first seen"))
        axes.legend(frameon=False, loc="upper left")

    caption = tr("Tanks by the year of the first image that shows them: that is not the year in which they were built.")
    if len(flagged):
        years = ", ".join(shown(year, "") for year in flagged["year"])
        caption += " " + tr("Flagged, because it may be a year of images rather than of building: {years}.").format(
            years=years
        )
    return Chart("first_seen_by_year", tr("Tanks first seen by year"), caption, draw)


_EDGE = {"edgecolor": "white", "linewidth": 0.6}


def label(text: Any) -> str:
    """Return a name as matplotlib may draw it: no formula, of a length that leaves room for the chart."""
    name = plain_text(shown(text))
    name = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
    return name.replace("$", r"\$")


def _ends(years: pd.Series, values: pd.Series, unit: str) -> str:
    """Return the first and the last value in words."""
    if len(years) == 0 or years.isna().all():
        return ""
    first, last = (shown(years.iloc[row], "") for row in (0, -1))
    a, b = (shown(values.iloc[row]) for row in (0, -1))
    return tr("{first}: {a} {unit}; {last}: {b} {unit}.").format(first=first, a=a, last=last, b=b, unit=unit)


def _whole_years(axes: Any) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    axes.xaxis.set_major_formatter(_formatter(FuncFormatter, lambda value: f"{value:.0f}"))
    axes.yaxis.set_major_formatter(_formatter(FuncFormatter, lambda value: f"{value:,.0f}"))


def _distances(axes: Any, distances: list[float]) -> None:
    """Set a tick at each distance that has room for its label, on a scale where a doubling is as far everywhere."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    if distances:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(FixedLocator(_apart(distances)))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(_formatter(FuncFormatter, lambda value: f"{value:,.6g}"))


def _apart(distances: list[float]) -> list[float]:
    """Return those of the distances, in order, that lie some way from the one before."""
    room = (distances[-1] / distances[0]) ** 0.075
    kept: list[float] = []
    for distance in distances:
        if not kept or distance >= kept[-1] * room:
            kept.append(distance)
    return kept


def _formatter(kind: Any, text: Callable[[float], str]) -> Any:
    return kind(lambda value, position: text(value))
