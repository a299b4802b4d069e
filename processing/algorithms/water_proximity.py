"""Water proximity: how far tanks or sites lie from the nearest river."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
)

from ...analysis import fields
from ...translation import tr
from ..base import LeachwatchAlgorithm, progress_of
from ..parameters.lists import NumberList
from ..parameters.sites import in_metres
from ..writing.sinks import SinkWriter

if TYPE_CHECKING:
    import pandas as pd

    from ...analysis.water.rivers import Rivers
    from ..reading.shape_reader import AboutLayer, Shapes

TANKS, RIVERS, NAME_FIELD, MAX_DISTANCE = "TANKS", "RIVERS", "NAME_FIELD", "MAX_DISTANCE"
OUTPUT, SUMMARY = "OUTPUT", "SUMMARY"
_MAX_DISTANCE = 20_000.0
# Within it a plane around a place bends lengths by less than a thousandth.
_FURTHEST = 500_000.0
_SMALLEST = 0.01


def _bands() -> NumberList:
    default = "50, 100, 250, 500, 1000, 5000"
    return NumberList("BANDS", tr("Bands of distance (ground metres)"), default, _SMALLEST, _FURTHEST, optional=True)


class WaterProximity(LeachwatchAlgorithm):
    """The nearest river to each tank or site."""

    ID = "waterproximity"
    ICON = "water"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Water proximity")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        self._add_inputs()
        points, table = QgsProcessing.SourceType.TypeVectorAnyGeometry, QgsProcessing.SourceType.TypeVector
        self.add_sink(
            OUTPUT,
            tr("Distance to water"),
            points,
            tr("Every tank or site of the input as it was, with the nearest river and the distance to it."),
        )
        self.add_sink(
            SUMMARY, tr("Bands of distance to water"), table, tr("One row a band: how many, and their share."), True
        )
        self.add_report()
        self.add_numbers(
            FEATURE_COUNT=tr("Tanks or sites read"),
            PLACED_COUNT=tr("Tanks or sites with a usable position"),
            NEAR_COUNT=tr("Tanks or sites with a river within the furthest distance"),
            BEYOND_COUNT=tr("Tanks or sites with none"),
            LEFT_OUT_COUNT=tr("Tanks or sites without a usable position"),
            NAMED_COUNT=tr("Tanks or sites whose nearest river has a name"),
            COARSER_COUNT=tr("Distances smaller than the lines are exact"),
            NEAREST_M=tr("Smallest distance (m; NULL: none)"),
            MEDIAN_M=tr("Median distance of those with a river (m; NULL: none)"),
            RIVER_COUNT=tr("Lines that can be measured to"),
            RIVERS_LEFT_OUT_COUNT=tr("Lines without a usable geometry"),
            RIVERS_VERTEX_SPACING_M=tr("Median vertex spacing of the nearest lines (m; NULL: none)"),
        )

    def _add_inputs(self) -> None:
        kinds = [QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon]
        self.add(
            QgsProcessingParameterFeatureSource(TANKS, tr("Tanks or sites"), kinds),
            tr("Points or polygons in any CRS. A polygon is measured from its outline: 0 where a river crosses it."),
        )
        self.add(
            QgsProcessingParameterFeatureSource(RIVERS, tr("Rivers"), [QgsProcessing.SourceType.TypeVectorLine]),
            tr("Lines in any CRS. The result is as exact as they are: how coarse they are is measured and told."),
        )
        self.add(
            QgsProcessingParameterField(
                NAME_FIELD, tr("Field with the rivers' names"), parentLayerParameterName=RIVERS, optional=True
            ),
            tr("Left empty, no river is named. A river without a name stays without one (NULL)."),
        )
        furthest = QgsProcessingParameterNumber(
            MAX_DISTANCE,
            tr("Furthest distance (ground metres)"),
            QgsProcessingParameterNumber.Type.Double,
            _MAX_DISTANCE,
            False,
            _SMALLEST,
            _FURTHEST,
        )
        self.add(
            in_metres(furthest),
            tr("Rivers further away are not looked for: the distance is not known (NULL), and the band says beyond."),
        )
        _bands().add_to(
            self, tr("The upper ends of the bands, parted by commas. The last ends at the furthest distance.")
        )

    def problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the values, or nothing."""
        return super().problem(parameters, context) or _bands().wrong(self, parameters, context)

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read both layers, measure, write."""
        from ...analysis.water.proximity import Bands, band_table, proximity
        from ..reading.shape_reader import about_layer, read_rivers, read_shapes

        shapes = read_shapes(self, parameters, TANKS, context, feedback)
        column = self.parameterAsString(parameters, NAME_FIELD, context)
        rivers = read_rivers(self, parameters, RIVERS, column, context, feedback)
        reach = self.parameterAsDouble(parameters, MAX_DISTANCE, context)
        bands = Bands.up_to(_bands().chosen(self, parameters, context), reach)
        about = about_layer(self, parameters, RIVERS, context)
        error, known = _known(about)
        for text in known:
            feedback.pushWarning(text)
        rows = proximity(shapes.shapes, rivers, bands, error, progress_of(feedback, 0.2, 0.7))
        table = band_table(rows, bands)
        rows["rivers_source"] = table["rivers_source"] = about.name

        results = self._write(parameters, context, feedback, shapes, rows)
        results.update(SinkWriter(self, parameters, context, feedback).table(SUMMARY, table, fields.WATER_BANDS))
        self.style(results, OUTPUT, "water_sites" if shapes.polygons else "water_tanks", context)
        counts = _counts(rows, rivers)
        _tell(counts, column, shapes, feedback)
        results.update(self._report(parameters, context, feedback, (shapes, rivers, rows, table), counts, known))
        return {**results, **counts}

    def _write(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        shapes: Shapes,
        rows: pd.DataFrame,
    ) -> dict[str, Any]:
        from ..writing.carried_layer import write_carried
        from ..writing.qgis_fields import attribute_rows

        values = dict(zip(shapes.feature_ids, attribute_rows(rows, fields.WATER_PROXIMITY)))
        none = [None] * len(fields.WATER_PROXIMITY)
        progress = progress_of(feedback, 0.7, 0.95)
        names = (TANKS, OUTPUT)
        return dict(
            write_carried(self, parameters, context, feedback, names, fields.WATER_PROXIMITY, values, none, progress)
        )

    def _report(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        found: tuple[Shapes, Rivers, pd.DataFrame, pd.DataFrame],
        counts: dict[str, Any],
        known: list[str],
    ) -> dict[str, str]:
        from ..reports.water_proximity import build
        from ..reports.writing import report_if_asked

        layers = [TANKS, RIVERS]
        return report_if_asked(
            self, parameters, context, feedback, layers, lambda sources: build(*found, counts, sources, known)
        )


def _known(about: AboutLayer) -> tuple[float, list[str]]:
    """Return how far the lines are known to be off (m; 0: nothing is known), and what to say of them."""
    from ...analysis.water.rivers import NATURAL_EARTH_ERROR, is_natural_earth

    if not is_natural_earth(about.texts, about.columns):
        return 0.0, []
    return NATURAL_EARTH_ERROR, [_natural_earth(about.name)]


def _natural_earth(name: str) -> str:
    """Return what to say of Natural Earth's rivers."""
    return tr(
        "{name} is, by its name, metadata or columns, from Natural Earth. In Kachin and Shan its rivers lie 0.4 to 1.4 "
        "km from the true ones, and the Taping, the Kok and the Sai are not among them: a distance below 1.4 km is not "
        "to be trusted (coarser_than_distance), and the nearest river may be missing. Use a finer layer where you can."
    ).format(name=name)


def _counts(rows: pd.DataFrame, rivers: Rivers) -> dict[str, Any]:
    from ...analysis.water.proximity import NOT_PLACED

    left_out = int((rows["band"] == NOT_PLACED).sum())
    near = rows[rows["nearest_distance_m"].notna()]
    distance = near["nearest_distance_m"]
    return {
        "FEATURE_COUNT": len(rows),
        "PLACED_COUNT": len(rows) - left_out,
        "NEAR_COUNT": len(near),
        "BEYOND_COUNT": len(rows) - left_out - len(near),
        "LEFT_OUT_COUNT": left_out,
        "NAMED_COUNT": int(near["nearest_name"].notna().sum()),
        "COARSER_COUNT": int((near["coarser_than_distance"] == fields.YES).sum()),
        "NEAREST_M": float(distance.min()) if len(near) else None,
        "MEDIAN_M": float(distance.median()) if len(near) else None,
        "RIVER_COUNT": len(rivers),
        "RIVERS_LEFT_OUT_COUNT": rivers.left_out,
        "RIVERS_VERTEX_SPACING_M": float(near["rivers_vertex_spacing_m"].median()) if len(near) else None,
    }


def _tell(counts: dict[str, Any], column: str, shapes: Shapes, feedback: QgsProcessingFeedback) -> None:
    feedback.pushInfo(
        tr(
            "{FEATURE_COUNT} read = {NEAR_COUNT} with a river within reach + {BEYOND_COUNT} with none "
            "+ {LEFT_OUT_COUNT} without a usable position. {NAMED_COUNT} of the nearest rivers have a name."
        ).format(**counts)
    )
    if counts["LEFT_OUT_COUNT"]:
        text = tr(
            "{n} of {all} rows of {name} have no usable position (no geometry, not a number, or outside the world): "
            "they have no distance, and their band says so."
        )
        numbers = {"n": counts["LEFT_OUT_COUNT"], "all": counts["FEATURE_COUNT"]}
        feedback.pushWarning(text.format(name=shapes.name, **numbers))
    if not column:
        feedback.pushInfo(tr("No field of names was chosen (NAME_FIELD): nearest_name is not known."))
    if counts["COARSER_COUNT"]:
        text = tr(
            "The nearest lines have a vertex every {spacing} m (median). {COARSER_COUNT} of {NEAR_COUNT} distances are "
            "smaller than their line is exact (coarser_than_distance): do not trust them."
        )
        feedback.pushWarning(text.format(spacing=f"{counts['RIVERS_VERTEX_SPACING_M']:.0f}", **counts))
