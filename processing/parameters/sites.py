"""The parameters that say what a site is and when a tank counts; shared by all algorithms that form sites."""

from __future__ import annotations

from typing import Any

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

from ...analysis.definition import COUNTINGS, FOOTPRINTS, SiteDefinition
from ...translation import tr
from ..base import LeachwatchAlgorithm
from .checks import is_empty

TANKS, UNITS, COUNTING = "TANKS", "UNITS", "COUNTING"
LINK_DISTANCE, MIN_TANKS, FOOTPRINT, PADDING = "LINK_DISTANCE", "MIN_TANKS", "FOOTPRINT", "PADDING"
START_YEAR, END_YEAR = "START_YEAR", "END_YEAR"
FIRST_YEAR, LAST_YEAR = 1900, 2200
_DEFAULT = SiteDefinition()
_SMALLEST = 0.01
# A wider margin would leave the plane in which it is drawn.
_WIDEST = 100_000.0


def add_tanks(algorithm: LeachwatchAlgorithm) -> None:
    """Add the layer of tanks."""
    algorithm.add(
        QgsProcessingParameterFeatureSource(TANKS, tr("Tanks"), [QgsProcessing.SourceType.TypeVectorPoint]),
        tr(
            "Points, one a tank, in any CRS. Dates and statuses are taken from the fields that the loaders write "
            "(first_seen, last_seen, gone_by, abandoned_since, status …); a field that is missing is not known."
        ),
    )


def year(name: str, description: str, optional: bool, proposed: int | None = None) -> QgsProcessingParameterNumber:
    """Return a parameter for a calendar year, without a default; the dialog alone may propose one."""
    number = QgsProcessingParameterNumber.Type.Integer
    parameter = QgsProcessingParameterNumber(name, description, number, None, optional, FIRST_YEAR, LAST_YEAR)
    if proposed is not None:
        parameter.setGuiDefaultValueOverride(proposed)
    return parameter


def add_counting(algorithm: LeachwatchAlgorithm) -> None:
    """Add the counting rule."""
    algorithm.add(
        QgsProcessingParameterEnum(
            COUNTING,
            tr("Counting rule"),
            options=list(COUNTINGS),
            defaultValue=COUNTINGS[0],
            usesStaticStrings=True,
        ),
        tr(
            "standing: first seen in or before the year, and not observed gone by then. "
            "cumulative: ever seen in or before the year."
        ),
    )


def add_site_definition(algorithm: LeachwatchAlgorithm) -> None:
    """Add link distance, minimum of tanks, footprint method and padding."""
    real, whole = QgsProcessingParameterNumber.Type.Double, QgsProcessingParameterNumber.Type.Integer
    link = QgsProcessingParameterNumber(
        LINK_DISTANCE, tr("Link distance (ground metres)"), real, _DEFAULT.link_distance, False, _SMALLEST
    )
    algorithm.add(
        in_metres(link),
        tr("Tanks within this distance of each other belong to one group. Metres on the ground, whatever the CRS."),
    )
    algorithm.add(
        QgsProcessingParameterNumber(MIN_TANKS, tr("Minimum of tanks"), whole, _DEFAULT.min_tanks, False, 1),
        tr("A group of at least this many tanks is a site. Tanks of smaller groups are reported as ungrouped."),
    )
    add_footprint(algorithm)


def add_footprint(algorithm: LeachwatchAlgorithm) -> None:
    """Add how the ground of a site is drawn: footprint method and padding."""
    method = QgsProcessingParameterEnum(
        FOOTPRINT,
        tr("Footprint method"),
        options=list(FOOTPRINTS),
        defaultValue=_DEFAULT.footprint,
        usesStaticStrings=True,
    )
    real = QgsProcessingParameterNumber.Type.Double
    padding = QgsProcessingParameterNumber(
        PADDING, tr("Padding (ground metres)"), real, _DEFAULT.padding, False, _SMALLEST, _WIDEST
    )
    for parameter in (method, padding):
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    algorithm.add(
        method,
        tr(
            "buffered: discs of the padding around the tanks, dissolved. discs: each tank's own diameter. "
            "concave, convex: the hull of the site with the padding around it."
        ),
    )
    algorithm.add(in_metres(padding), tr("Radius of the discs, or the margin around the hulls."))


def in_metres(parameter: QgsProcessingParameterNumber) -> QgsProcessingParameterNumber:
    """Return the parameter, its box in dialogs without the six decimals of QGIS."""
    parameter.setMetadata({"widget_wrapper": {"decimals": 2}})
    return parameter


def site_definition(
    algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> SiteDefinition:
    """Return what the user chose."""
    return SiteDefinition(
        algorithm.parameterAsDouble(parameters, LINK_DISTANCE, context),
        algorithm.parameterAsInt(parameters, MIN_TANKS, context),
        algorithm.parameterAsEnumString(parameters, FOOTPRINT, context),
        algorithm.parameterAsDouble(parameters, PADDING, context),
    )


def optional_year(
    algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> int | None:
    """Return the year, or None where it was left empty."""
    if is_empty(parameters.get(name)):
        return None
    return algorithm.parameterAsInt(parameters, name, context)


def meaningless_without(year_name: str, names: tuple[str, ...], parameters: dict[str, Any]) -> dict[str, str]:
    """Return the parameters with these names, with the reason, where no year was given and so no time is measured."""
    if not is_empty(parameters.get(year_name)):
        return {}
    return dict.fromkeys(names, tr("no year was given, and every tank counts, dated or not"))


def check_dates(tanks: Any, chosen_year: int | None, name: str) -> None:
    """Raise QgsProcessingException where a year is asked of tanks of which none has a date."""
    from ...analysis.time import undated

    if chosen_year is not None and len(tanks) and undated(tanks).all():
        raise QgsProcessingException(
            tr(
                "None of the {n} tanks of {name} has a date (first_seen or last_seen), so none counts in any year. "
                "Load the tanks with their dates (Load USGS tanks, FIELD_MAP first_seen=…, or SNAPSHOT_YEAR), or count "
                "every tank by leaving the year empty, in Detect sites, Township summary or Site sensitivity."
            ).format(n=len(tanks), name=name)
        )


def warn_of_definition(definition: SiteDefinition, feedback: QgsProcessingFeedback) -> None:
    """Say where footprints of neighbouring sites may overlap."""
    if definition.footprints_may_overlap:
        feedback.pushWarning(
            tr(
                "The padding ({padding} m) is more than half the link distance ({link} m): footprints of neighbouring "
                "sites may overlap, and sums over sites count that ground twice."
            ).format(padding=definition.padding, link=definition.link_distance)
        )


def warn_of_diameters(without: int, definition: SiteDefinition, feedback: QgsProcessingFeedback) -> None:
    """Say how many tanks were drawn without their own diameter."""
    if without:
        feedback.pushWarning(
            tr("{n} tanks have no diameter: discs drew them with the padding ({padding} m) as radius.").format(
                n=without, padding=definition.padding
            )
        )


def order_of_years(
    algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, equal: bool
) -> str:
    """Return what is wrong with START_YEAR and END_YEAR, or nothing. ``equal``: whether one year is enough."""
    start = optional_year(algorithm, parameters, START_YEAR, context)
    end = optional_year(algorithm, parameters, END_YEAR, context)
    if (start is None) != (end is None):
        return tr("Give both years, START_YEAR and END_YEAR, or neither.")
    if start is None or end is None or start < end or (equal and start == end):
        return ""
    return tr("START_YEAR ({start}) must be before END_YEAR ({end}). Change one of them.").format(start=start, end=end)
