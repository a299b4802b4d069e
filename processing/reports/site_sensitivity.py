"""The report of site sensitivity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...analysis import fields
from ...analysis.sites.sensitivity import Grid, plateaus
from ...translation import tr
from . import caveats, charts
from .content import DataSource, Number, Report, Table

if TYPE_CHECKING:
    import pandas as pd

_BRIEF = ("link_distance_m", "min_tanks", "sites", "tanks_in_sites", "ungrouped", "footprint_ha", "on_plateau")


def build(table: pd.DataFrame, grid: Grid, counts: dict[str, Any], sources: list[DataSource]) -> Report:
    """Return the report. ``table``: one row a pair; ``counts``: the outputs' numbers."""
    return Report(
        tr("How much do the number of sites and their ground depend on how a site is defined?"),
        _numbers(counts),
        [Table("sensitivity", tr("Sites under each definition"), table, _note(grid), _BRIEF)],
        [charts.sensitivity(table)],
        caveats=[*plateau_sentences(table), *_caveats(grid), *caveats.always()],
        sources=sources,
    )


def plateau_sentences(table: pd.DataFrame) -> list[str]:
    """Return, for each minimum of tanks, where its plateau is, or that there is none."""
    found = plateaus(table)
    sentences = []
    for least in sorted(set(table["min_tanks"])):
        if least not in found:
            text = tr("Minimum of {least} tanks: no plateau. The number of sites depends on the link distance.")
            sentences.append(text.format(least=least))
            continue
        first, last = found[least]
        on = table[(table["min_tanks"] == least) & (table["on_plateau"] == fields.YES)]["sites"]
        text = tr("Minimum of {least} tanks: a plateau from {first} to {last} m, with {low} to {high} sites.")
        numbers = {"first": f"{first:.10g}", "last": f"{last:.10g}", "low": on.min(), "high": on.max()}
        sentences.append(text.format(least=least, **numbers))
    return sentences


def _numbers(counts: dict[str, Any]) -> list[Number]:
    of = tr("of a minimum of {n} tanks").format(n=counts["PLATEAU_MIN_TANKS"])
    return [
        Number(tr("Tanks counted"), counts["COUNTED_COUNT"]),
        Number(tr("Definitions compared"), counts["PAIR_COUNT"], meaning=tr("pairs of link distance and minimum")),
        Number(tr("Plateau from"), counts["PLATEAU_FROM"], "m", meaning=of),
        Number(tr("Plateau to"), counts["PLATEAU_TO"], "m", meaning=of),
        Number(tr("Fewest sites on it"), counts["PLATEAU_SITES_FEWEST"], meaning=of),
        Number(tr("Most sites on it"), counts["PLATEAU_SITES_MOST"], meaning=of),
        Number(tr("Undated tanks"), counts["UNDATED_COUNT"], meaning=tr("with a year, counted in none")),
        Number(tr("Tanks left out"), counts["LEFT_OUT_COUNT"], meaning=tr("without a usable position")),
    ]


def _note(grid: Grid) -> str:
    text = tr(
        "On a plateau neither the sites nor the tanks in them are more than {change} % below their highest number, "
        "over at least three neighbouring link distances of which the last is at least 1.5 times the first."
    )
    return text.format(change=f"{grid.change_pct:g}")


def _caveats(grid: Grid) -> list[str]:
    if not grid.overlapping:
        return []
    text = tr(
        "At link distances up to {distance} m the padding of {padding} m lets footprints of neighbouring sites "
        "overlap: the sum counts that ground twice."
    )
    return [text.format(distance=f"{max(grid.overlapping):g}", padding=f"{grid.padding:g}")]
