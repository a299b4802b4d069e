"""What is given to a comparison of two sources, and what it gives back."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
)

from ...analysis import fields
from ...translation import tr
from ..base import LeachwatchAlgorithm
from .sites import UNITS, in_metres

A, B, MATCH_DISTANCE, A_KIND, B_KIND = "A", "B", "MATCH_DISTANCE", "A_KIND", "B_KIND"
MATCHED, ONLY_A, ONLY_B, BY_UNIT, FIGURES = "MATCHED", "ONLY_A", "ONLY_B", "BY_UNIT", "FIGURES"
KINDS = ("auto", fields.TANK_KIND, fields.SITE_KIND)
_DEFAULT, _SMALLEST, _FURTHEST = 50.0, 0.01, 100_000.0


def add_inputs(algorithm: LeachwatchAlgorithm) -> None:
    """Add the two sources, the match distance, what they hold, and the units."""
    kinds = [QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon]
    for name, description in ((A, tr("Source A")), (B, tr("Source B"))):
        algorithm.add(
            QgsProcessingParameterFeatureSource(name, description, kinds),
            tr(
                "Tanks or sites, points or polygons, in any CRS. What it holds is told by its column tank_id or "
                "site_id, else by its shapes."
            ),
        )
    distance = QgsProcessingParameterNumber(
        MATCH_DISTANCE,
        tr("Match distance (ground metres)"),
        QgsProcessingParameterNumber.Type.Double,
        _DEFAULT,
        False,
        _SMALLEST,
        _FURTHEST,
    )
    algorithm.add(
        in_metres(distance),
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
        algorithm.add(kind, tr("auto: as its columns and shapes tell. Else what you say: tanks or sites."))
    algorithm.add(
        QgsProcessingParameterFeatureSource(UNITS, tr("Units"), [kinds[1]], None, True),
        tr("Townships or counties, as Load townships writes them: both sources are counted in them, by place."),
    )


def add_layers(algorithm: LeachwatchAlgorithm) -> None:
    """Add the layers and tables."""
    points, table = QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVector
    algorithm.add_sink(
        MATCHED,
        tr("Matched"),
        points,
        tr("One row a pair, at A's place: distance, and what A and B say of it side by side."),
    )
    anything = QgsProcessing.SourceType.TypeVectorAnyGeometry
    for name, description in ((ONLY_A, tr("Only in A")), (ONLY_B, tr("Only in B"))):
        algorithm.add_sink(
            name,
            description,
            anything,
            tr("Its rows in no pair, as they were, with the reason and the distance to the nearest of the other."),
            True,
        )
    algorithm.add_sink(BY_UNIT, tr("Agreement by unit"), table, tr("Counts by unit, outside all, and in all."), True)
    algorithm.add_sink(
        FIGURES,
        tr("Beside the published figures"),
        table,
        tr("What others have counted on the same ground, and A's and B's own number only where it is comparable."),
        True,
    )


def add_counts(algorithm: LeachwatchAlgorithm) -> None:
    """Add the numbers."""
    algorithm.add_numbers(
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
