"""Detect sites: groups of tanks, and the ground they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
)

from ...analysis import fields
from ...translation import tr
from ..base import LeachwatchAlgorithm, progress_of
from ..parameters import sites as site
from ..writing.sinks import SinkWriter

if TYPE_CHECKING:
    from ...analysis.sites.detection import Detection
    from ..reading.tank_reader import TankRows

YEAR, SITES, TANKS_OUT = "YEAR", "SITES", "TANKS_OUT"
_NO_TANK = (None, fields.NO_POSITION)


class DetectSites(LeachwatchAlgorithm):
    """Sites of one year, or of all tanks."""

    ID = "detectsites"
    ICON = "sites"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return tr("Detect sites")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters and outputs."""
        site.add_tanks(self)
        self.add(
            site.year(YEAR, tr("Year (empty: all tanks, dated or not)"), optional=True),
            tr("Tanks that count at the end of this year form the sites. Left empty, every tank counts."),
        )
        site.add_counting(self)
        site.add_site_definition(self)
        polygons, points = QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVectorPoint
        self.add_sink(SITES, tr("Sites"), polygons, tr("One polygon a site: its footprint, with its tanks counted."))
        self.add_sink(
            TANKS_OUT,
            tr("Tanks with their site"),
            points,
            tr(
                "Every tank of the input as it was, with the site it is in (site_id) or why it is in none (site_state)."
            ),
            optional=True,
            by_default=False,
        )
        self.add_numbers(
            TANK_COUNT=tr("Tanks read"),
            COUNTED_COUNT=tr("Tanks counted in the year"),
            SITE_COUNT=tr("Sites"),
            IN_SITE_COUNT=tr("Tanks in sites"),
            UNGROUPED_COUNT=tr("Tanks counted, in no site"),
            UNDATED_COUNT=tr("Undated tanks: with a year, counted in none"),
            LEFT_OUT_COUNT=tr("Tanks without a usable position"),
            FOOTPRINT_HA=tr("Footprint of all sites (ha)"),
        )

    def compute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the tanks, form the sites, write both."""
        from ...analysis.sites.detection import detect_sites
        from ..reading.tank_reader import read_tanks

        tanks = read_tanks(self, parameters, context, feedback)
        year = site.optional_year(self, parameters, YEAR, context)
        counting = self.parameterAsEnumString(parameters, site.COUNTING, context)
        definition = site.site_definition(self, parameters, context)
        site.check_dates(tanks.table, year, tanks.name)
        site.warn_of_definition(definition, feedback)
        detection = detect_sites(tanks.table, year, counting, definition, progress_of(feedback, 0.1, 0.8))
        site.warn_of_diameters(detection.without_diameter, definition, feedback)

        sinks = SinkWriter(self, parameters, context, feedback)
        results = sinks.polygons(SITES, detection.sites, fields.DETECTED_SITES)
        results.update(self._write_tanks(parameters, context, feedback, tanks, detection))
        self.style(results, SITES, "detected_sites", context)
        self.style(results, TANKS_OUT, "tanks", context)
        counts = _counts(tanks, detection)
        feedback.pushInfo(
            tr(
                "{TANK_COUNT} tanks read = {IN_SITE_COUNT} in {SITE_COUNT} sites + {UNGROUPED_COUNT} ungrouped "
                "+ {undated} undated + {other} not counted in the year + {LEFT_OUT_COUNT} without a position."
            ).format(
                undated=detection.tanks_in_state(fields.UNDATED),
                other=detection.tanks_in_state(fields.NOT_COUNTED),
                **counts,
            )
        )
        return {**results, **counts}

    def _write_tanks(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        tanks: TankRows,
        detection: Detection,
    ) -> dict[str, str]:
        """Write every tank of the input as it was, with its site and its state."""
        from ..writing.carried_layer import write_carried

        names, values = (site.TANKS, TANKS_OUT), _memberships(tanks, detection)
        return write_carried(self, parameters, context, feedback, names, fields.TANK_MEMBERSHIP, values, _NO_TANK)


def _memberships(tanks: TankRows, detection: Detection) -> dict[int, tuple[Any, str]]:
    """Return site and state by feature; all of them, each once, where the points of a feature differ."""
    pairs = list(zip(detection.site_of_tank.tolist(), detection.state_of_tank.tolist()))
    features = tanks.feature_ids.tolist()
    of_feature = dict(zip(features, pairs))
    if len(of_feature) == len(features):
        return of_feature
    several: dict[int, list[tuple[Any, str]]] = {}
    for feature, pair in zip(features, pairs):
        several.setdefault(feature, []).append(pair)
    return {feature: _joined(found) for feature, found in several.items()}


def _joined(pairs: list[tuple[Any, str]]) -> tuple[Any, str]:
    sites = sorted({site_id for site_id, _ in pairs if site_id is not None})
    return "; ".join(sites) or None, "; ".join(sorted({state for _, state in pairs}))


def _counts(tanks: TankRows, detection: Detection) -> dict[str, Any]:
    from ...analysis.time import undated

    in_site = detection.tanks_in_state(fields.IN_SITE)
    ungrouped = detection.tanks_in_state(fields.UNGROUPED)
    return {
        "TANK_COUNT": len(tanks.table) + tanks.left_out,
        "COUNTED_COUNT": in_site + ungrouped,
        "SITE_COUNT": len(detection.sites),
        "IN_SITE_COUNT": in_site,
        "UNGROUPED_COUNT": ungrouped,
        "UNDATED_COUNT": int(undated(tanks.table).sum()),
        "LEFT_OUT_COUNT": tanks.left_out,
        "FOOTPRINT_HA": detection.footprint_ha,
    }
