"""Load published figures: the counts of others, each with what is counted and its source. Needs no package but QGIS."""

from __future__ import annotations

from datetime import date
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate

from ...analysis.fields import PUBLISHED_FIGURES
from ...translation import tr
from ..base import LeachwatchAlgorithm
from ..writing.qgis_fields import qgis_fields
from ..writing.sinks import add

OUTPUT = "OUTPUT"


class LoadPublishedFigures(LeachwatchAlgorithm):
    """Who counted what, where, when, and which source says so."""

    ID = "loadpublishedfigures"
    ICON = "figures"
    NEEDS_PACKAGES = False

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Load published figures")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the outputs; there is nothing to give."""
        table = QgsProcessing.SourceType.TypeVector
        self.add_sink(
            OUTPUT,
            tr("Published figures"),
            table,
            tr("One row a figure: who, what is counted, where, when, the number or range, the source, a caution."),
        )
        self.add_numbers(FIGURE_COUNT=tr("Figures"))
        self.add_strings(CITATION=tr("Citation"))

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the table that ships with the plugin, and write it."""
        from ...sources.published import CITATION, published_figures

        fields, no_crs = qgis_fields(PUBLISHED_FIGURES), QgsCoordinateReferenceSystem()
        kind = QgsWkbTypes.Type.NoGeometry
        sink, destination = self.parameterAsSink(parameters, OUTPUT, context, fields, kind, no_crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, OUTPUT))
        figures = published_figures()
        add(sink, [_feature([figure[field.name] for field in PUBLISHED_FIGURES]) for figure in figures], OUTPUT)
        feedback.pushInfo(
            tr(
                "{n} figures. They count different things, and may not be added up, nor one organisation's ponds "
                "divided by another's sites."
            ).format(n=len(figures))
        )
        return {OUTPUT: destination, "FIGURE_COUNT": len(figures), "CITATION": CITATION}


def _feature(values: list[Any]) -> QgsFeature:
    feature = QgsFeature()
    feature.setAttributes([QDate(value) if isinstance(value, date) else value for value in values])
    return feature
