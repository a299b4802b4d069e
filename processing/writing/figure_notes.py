"""Why a source's number stands beside a published figure, or does not, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...translation import tr

if TYPE_CHECKING:
    import pandas as pd

    from ...sources.published_places import FigurePlace


def notes(table: pd.DataFrame, side: str, fitting: list[FigurePlace], with_units: bool) -> list[str]:
    """Return a sentence for each row of ``figures_table``, for the source A or B (``side`` is "a" or "b")."""
    kind = {"kind": table[f"{side}_kind"].iloc[0], "source": side.upper()} if len(table) else {}
    return [_note(why, place, with_units, kind) for why, place in zip(table[f"{side}_reason"].tolist(), fitting)]


def _note(why: str, place: FigurePlace, with_units: bool, kind: dict[str, str]) -> str:
    from ...analysis.comparison import figures

    told: dict[str, Any] = {**kind, "counted": place.figure["unit_of_count"], "place": place.figure["place"]}
    if why == figures.NO_PLACE:
        return _no_place(place, with_units).format(**told)
    sentences = {
        figures.CHANGE: tr("Not comparable: the figure is a change or a sum over a time, {source} what there is."),
        figures.OTHER_UNIT: tr("Not comparable: the figure is in {counted}, and {source} holds {kind}."),
        figures.OTHER_KIND: tr("Not comparable: the figure counts {counted}, and {source} holds {kind}."),
        figures.A_PART: tr("Not comparable: the figure counts only a part of the {counted}, {source} all its {kind}."),
        figures.SAME: tr(
            "The same kind of thing, each drawn by rules of its own. Counted in the {n} units of {place} that UNITS "
            "holds: all {kind} of {source} in them, and those surely seen by the end of the figure's period. Where "
            "UNITS holds only some units of {place}, the number is too low."
        ),
    }
    return sentences[why].format(n=int(place.units.sum()), **told)


def _no_place(place: FigurePlace, with_units: bool) -> str:
    from ...sources.published_places import TOWN

    if not with_units:
        return tr("Not counted: choose UNITS to have the {kind} of {source} counted by place.")
    if place.how == TOWN:
        return tr("Not counted: {place} is a town within a unit, not a unit of UNITS.")
    if not place.figure["place"]:
        return tr("Not counted: the figure names no place.")
    return tr("Not counted: {place} is no unit or state of UNITS.")
