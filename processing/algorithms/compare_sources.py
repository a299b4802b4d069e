"""Compare sources: which tanks or sites two sources share, what each has alone, and what others have counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
)

from ...analysis import fields
from ...analysis.progress import Progress
from ...translation import tr
from ..base import LeachwatchAlgorithm, progress_of
from ..parameters.sites import UNITS
from ..writing.sinks import SinkWriter

if TYPE_CHECKING:
    import pandas as pd

    from ...analysis.comparison.tables import Comparison
    from ..reading.compared_reader import Compared

A, B, MATCH_DISTANCE, A_KIND, B_KIND = "A", "B", "MATCH_DISTANCE", "A_KIND", "B_KIND"
MATCHED, ONLY_A, ONLY_B, BY_UNIT, FIGURES = "MATCHED", "ONLY_A", "ONLY_B", "BY_UNIT", "FIGURES"
KINDS = ("auto", fields.TANK_KIND, fields.SITE_KIND)
_DEFAULT, _SMALLEST, _FURTHEST = 50.0, 0.01, 100_000.0


class CompareSources(LeachwatchAlgorithm):
    """Two sources matched by place."""

    ID = "comparesources"
    ICON = "compare"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Compare sources")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        self._add_inputs()
        self._add_sinks()
        self.add_report()
        self.add_numbers(
            A_COUNT=tr("Tanks or sites of A"),
            B_COUNT=tr("Tanks or sites of B"),
            MATCHED_COUNT=tr("Pairs"),
            A_MATCHED_COUNT=tr("Tanks or sites of A in a pair"),
            B_MATCHED_COUNT=tr("Tanks or sites of B in a pair"),
            ONLY_A_COUNT=tr("Tanks or sites of A alone"),
            ONLY_B_COUNT=tr("Tanks or sites of B alone"),
            A_LEFT_OUT_COUNT=tr("Rows of A without a usable position"),
            B_LEFT_OUT_COUNT=tr("Rows of B without a usable position"),
            A_DOUBLES_COUNT=tr("Tanks or sites of A at the place of another of A"),
            B_DOUBLES_COUNT=tr("Tanks or sites of B at the place of another of B"),
            STATUS_AGREE_COUNT=tr("Pairs whose statuses agree"),
            STATUS_DIFFER_COUNT=tr("Pairs whose statuses differ"),
            STATUS_NOT_KNOWN_COUNT=tr("Pairs of which a status is not known"),
            FIRST_SEEN_DIFFER_COUNT=tr("Pairs first seen on different days"),
            NEIGHBOURS_COUNT=tr("Pairs that may be of neighbours: further apart than half the spacing"),
            SPACING_M=tr("Median distance between places of the denser source (m; NULL: not known)"),
            MEDIAN_DISTANCE_M=tr("Median distance of the pairs (m; NULL: none)"),
            AGREEMENT_PCT=tr("Share of both sources that is in pairs (%; NULL: none, or tanks with sites)"),
            FIGURE_COUNT=tr("Published figures of the same ground"),
        )

    def _add_inputs(self) -> None:
        kinds = [QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon]
        for name, description in ((A, tr("Source A")), (B, tr("Source B"))):
            self.add(
                QgsProcessingParameterFeatureSource(name, description, kinds),
                tr(
                    "Tanks or sites, points or polygons, in any CRS. What it holds is told by its column tank_id or "
                    "site_id, else by its shapes."
                ),
            )
        self.add(
            QgsProcessingParameterNumber(
                MATCH_DISTANCE,
                tr("Match distance (ground metres)"),
                QgsProcessingParameterNumber.Type.Double,
                _DEFAULT,
                False,
                _SMALLEST,
                _FURTHEST,
            ),
            tr(
                "No pair is further apart. Metres on the ground, whatever the CRS. To match only what is in the same "
                "place, give 0.01; 0 is refused."
            ),
        )
        for name, description in ((A_KIND, tr("What A holds")), (B_KIND, tr("What B holds"))):
            kind = QgsProcessingParameterEnum(
                name, description, options=list(KINDS), defaultValue=KINDS[0], usesStaticStrings=True
            )
            kind.setFlags(kind.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
            self.add(kind, tr("auto: as its columns and shapes tell. Else what you say: tanks or sites."))
        self.add(
            QgsProcessingParameterFeatureSource(UNITS, tr("Units"), [kinds[1]], None, True),
            tr("Townships or counties, as Load townships writes them: both sources are counted in them, by place."),
        )

    def _add_sinks(self) -> None:
        points, table = QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVector
        self.add_sink(
            MATCHED,
            tr("Matched"),
            points,
            tr("One row a pair, at A's place: distance, and what A and B say of it side by side."),
        )
        anything = QgsProcessing.SourceType.TypeVectorAnyGeometry
        for name, description in ((ONLY_A, tr("Only in A")), (ONLY_B, tr("Only in B"))):
            self.add_sink(
                name,
                description,
                anything,
                tr("Its rows in no pair, as they were, with the reason and the distance to the nearest of the other."),
                True,
            )
        self.add_sink(BY_UNIT, tr("Agreement by unit"), table, tr("Counts by unit, outside all, and in all."), True)
        self.add_sink(
            FIGURES,
            tr("Beside the published figures"),
            table,
            tr("What others have counted on the same ground, and A's and B's own number only where it is comparable."),
            True,
        )

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
            for name, kind in ((A, A_KIND), (B, B_KIND))
        ]
        units = read_units(self, parameters, context, feedback)
        reach = self.parameterAsDouble(parameters, MATCH_DISTANCE, context)
        compared = _compare(sources, units, reach, progress_of(feedback, 0.2, 0.8))
        matched, by_unit = tables.matched_table(compared), tables.unit_table(compared)
        figures = _figures(compared)

        sinks = SinkWriter(self, parameters, context, feedback)
        results = sinks.points(MATCHED, matched, fields.MATCHED)
        for name, output, source in ((A, ONLY_A, sources[0]), (B, ONLY_B, sources[1])):
            results.update(self._write_only(parameters, context, feedback, (name, output), compared, source))
        results.update(sinks.table(BY_UNIT, by_unit, fields.COMPARED_UNITS))
        results.update(sinks.table(FIGURES, figures, fields.COMPARED_FIGURES))
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
        self.style(results, MATCHED, "matched", context)
        for name, source in ((ONLY_A, sources[0]), (ONLY_B, sources[1])):
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
        from ..reports.sources import sources_of
        from ..reports.writing import wants_report, write_report

        if not wants_report(self, parameters, context):
            return {}
        report = build(*found, counts, sources_of(self, parameters, context, [A, B, UNITS]))
        return write_report(self, parameters, context, feedback, report)


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
        nowhere = [np.full(len(things), -1) for things in (a, b)]
    else:
        nowhere = [place(*things.place.T, units).unit_of_tank for things in (a, b)]
    return Comparison(a, b, found, units, *nowhere)


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
