"""Compare sources: which tanks or sites two sources share, what each has alone, and what others have counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from ...analysis import fields
from ...analysis.progress import Progress
from ...translation import tr
from ..base import LeachwatchAlgorithm, progress_of
from ..parameters import comparison as given
from ..parameters.sites import UNITS
from ..writing.sinks import SinkWriter

if TYPE_CHECKING:
    import pandas as pd

    from ...analysis.comparison.tables import Comparison
    from ..reading.compared_reader import Compared


class CompareSources(LeachwatchAlgorithm):
    """Two sources matched by place."""

    ID = "comparesources"
    ICON = "compare"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Compare sources")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        given.add_inputs(self)
        given.add_layers(self)
        self.add_report()
        given.add_counts(self)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read both, match, write."""
        from ...analysis.comparison import tables
        from ..reading.compared_reader import read_compared
        from ..reading.unit_reader import read_units

        sources = [
            read_compared(
                self, parameters, name, self.parameterAsEnumString(parameters, kind, context), context, feedback
            )
            for name, kind in ((given.A, given.A_KIND), (given.B, given.B_KIND))
        ]
        units = read_units(self, parameters, context, feedback)
        reach = self.parameterAsDouble(parameters, given.MATCH_DISTANCE, context)
        compared = _compare(sources, units, reach, progress_of(feedback, 0.2, 0.7))
        step = progress_of(feedback, 0.7, 0.8)
        matched = tables.matched_table(compared)
        step(0.5)
        by_unit, figures = tables.unit_table(compared), _figures(compared)
        step(1.0)

        sinks = SinkWriter(self, parameters, context, feedback)
        results = sinks.points(given.MATCHED, matched, fields.MATCHED)
        for name, output, source in ((given.A, given.ONLY_A, sources[0]), (given.B, given.ONLY_B, sources[1])):
            results.update(self._write_only(parameters, context, feedback, (name, output), compared, source))
        results.update(sinks.table(given.BY_UNIT, by_unit, fields.COMPARED_UNITS))
        results.update(sinks.table(given.FIGURES, figures, fields.COMPARED_FIGURES))
        self._style(results, sources, context)
        counts = _counts(compared, sources, matched, by_unit, figures)
        _tell(compared, counts, feedback)
        results.update(self._report(parameters, context, feedback, (compared, matched, by_unit, figures), counts))
        return {**results, **counts}

    def _write_only(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        names: tuple[str, str],
        compared: Comparison,
        source: Compared,
    ) -> dict[str, str]:
        from ...analysis.comparison.tables import only_table
        from ..writing.carried_layer import write_carried
        from ..writing.qgis_fields import attribute_rows

        only = only_table(compared, names[0].lower())
        fids = [source.feature_ids[row] for row in only["row"]]
        values = dict(zip(fids, attribute_rows(only, fields.ONLY)))
        nowhere = [fields.NO_POSITION, None, None, compared.match.reach, compared.matching]
        values.update(dict.fromkeys(source.without_place, nowhere))
        return write_carried(self, parameters, context, feedback, names, fields.ONLY, values, None)

    def _style(self, results: dict[str, Any], sources: list[Compared], context: QgsProcessingContext) -> None:
        self.style(results, given.MATCHED, "matched", context)
        for name, source in ((given.ONLY_A, sources[0]), (given.ONLY_B, sources[1])):
            shape = "points" if source.things.are_points else "polygons"
            self.style(results, name, f"{name.lower()}_{shape}", context)

    def _report(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        found: tuple[Comparison, pd.DataFrame, pd.DataFrame, pd.DataFrame],
        counts: dict[str, Any],
    ) -> dict[str, str]:
        from ..reports.compare_sources import build
        from ..reports.writing import report_if_asked

        layers = [given.A, given.B, UNITS]
        return report_if_asked(
            self, parameters, context, feedback, layers, lambda sources: build(*found, counts, sources)
        )


def _compare(sources: list[Compared], units: Any, reach: float, progress: Progress) -> Comparison:
    """Match the sources and place them in the units. Raises QgsProcessingException where polygons crowd."""
    import numpy as np

    from ...analysis.comparison.apart import TooManyPairs
    from ...analysis.comparison.matching import match
    from ...analysis.comparison.tables import Comparison
    from ...analysis.units.placement import place

    a, b = (source.things for source in sources)
    try:
        found = match(a, b, reach, progress)
    except TooManyPairs as error:
        text = tr(
            "Millions of pairs of {a} and {b} lie within {reach} m of each other: they cannot all be looked at. Give a "
            "smaller MATCH_DISTANCE, or compare a part of the layers at a time."
        )
        names = {"a": sources[0].name, "b": sources[1].name}
        raise QgsProcessingException(text.format(reach=f"{reach:g}", **names)) from error
    if units is None:
        unit_of = [np.full(len(things), -1) for things in (a, b)]
    else:
        unit_of = []
        for things in (a, b):
            progress(1.0)
            unit_of.append(place(*things.place.T, units).unit_of_tank)
    return Comparison(a, b, found, units, *unit_of)


def _figures(compared: Comparison) -> pd.DataFrame:
    import pandas as pd

    from ...analysis.comparison.figures import figures_table
    from ...sources.published import published_figures
    from ...sources.published_places import figures_that_fit
    from ..writing.figure_notes import notes

    units = compared.units
    if units is None:
        units = pd.DataFrame(columns=[field.name for field in fields.UNITS])
        known = pd.concat([compared.a.table["country"], compared.b.table["country"]])
    else:
        known = units["country"]
    countries = frozenset(str(one).upper() for one in known.dropna() if str(one))
    fitting = figures_that_fit(published_figures(), units, countries)
    table = figures_table([one.figure for one in fitting], [one.units for one in fitting], compared)
    for side in ("a", "b"):
        table[f"{side}_note"] = notes(table, side, fitting, compared.units is not None)
    return table


def _counts(
    compared: Comparison,
    sources: list[Compared],
    matched: pd.DataFrame,
    by_unit: pd.DataFrame,
    figures: pd.DataFrame,
) -> dict[str, Any]:
    total = by_unit.iloc[-1]
    agreement, spacing = total["agreement_pct"], compared.spacing
    return {
        "A_COUNT": len(sources[0]),
        "B_COUNT": len(sources[1]),
        "MATCHED_COUNT": len(matched),
        "A_MATCHED_COUNT": int(total["a_matched"]),
        "B_MATCHED_COUNT": int(total["b_matched"]),
        "ONLY_A_COUNT": int(total["only_a"]),
        "ONLY_B_COUNT": int(total["only_b"]),
        "A_LEFT_OUT_COUNT": len(sources[0].without_place),
        "B_LEFT_OUT_COUNT": len(sources[1].without_place),
        "A_DOUBLES_COUNT": compared.a.doubles(),
        "B_DOUBLES_COUNT": compared.b.doubles(),
        "STATUS_AGREE_COUNT": int(total["status_agree"]),
        "STATUS_DIFFER_COUNT": int(total["status_differ"]),
        "STATUS_NOT_KNOWN_COUNT": int(total["status_not_known"]),
        "FIRST_SEEN_DIFFER_COUNT": int((matched["first_seen_gap_days"] > 0).sum()),
        "NEIGHBOURS_COUNT": int((matched["may_be_neighbours"] == fields.YES).sum()),
        "SPACING_M": spacing if spacing == spacing else None,
        "MEDIAN_DISTANCE_M": float(matched["distance_m"].median()) if len(matched) else None,
        "AGREEMENT_PCT": float(agreement) if agreement == agreement else None,
        "FIGURE_COUNT": len(figures),
    }


def _tell(compared: Comparison, counts: dict[str, Any], feedback: QgsProcessingFeedback) -> None:
    kinds = {"a_kind": compared.a.kind, "b_kind": compared.b.kind}
    feedback.pushInfo(
        tr(
            "A: {A_COUNT} rows = {A_MATCHED_COUNT} {a_kind} in pairs + {ONLY_A_COUNT} alone + {A_LEFT_OUT_COUNT} "
            "without a position. B: {B_COUNT} rows = {B_MATCHED_COUNT} {b_kind} in pairs + {ONLY_B_COUNT} alone + "
            "{B_LEFT_OUT_COUNT} without a position. {MATCHED_COUNT} pairs, matched {matching}: the statuses of "
            "{STATUS_DIFFER_COUNT} differ, of {STATUS_NOT_KNOWN_COUNT} one is not known."
        ).format(matching=compared.matching, **kinds, **counts)
    )
    if counts["NEIGHBOURS_COUNT"]:
        text = tr(
            "{n} of {all} pairs are further apart than half the {spacing} m that lie between places of one source "
            "(median): they may be two neighbours, each missing in one source (may_be_neighbours). A smaller "
            "MATCH_DISTANCE leaves them alone."
        )
        numbers = {"n": counts["NEIGHBOURS_COUNT"], "all": counts["MATCHED_COUNT"]}
        feedback.pushWarning(text.format(spacing=f"{compared.spacing:.1f}", **numbers))
    if not compared.match.one_to_one:
        feedback.pushWarning(
            tr(
                "One source holds tanks, the other sites: a site is matched with all the tanks that stand nearest to "
                "it. Their counts are of different things, and are not held against each other."
            )
        )
