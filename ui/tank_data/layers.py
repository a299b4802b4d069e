"""Which layers hold tanks, and what a filter or a legend must know of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from qgis.core import (
    QgsAggregateCalculator,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType

from ...analysis.selection.columns import DATE, GDAL_SQL, NUMBER, POSTGRES, QGIS, SQLITE, TEXT, TEXT_DATE, TankColumns
from ...analysis.selection.expression import NO_ODD_YEARS, OddYears, undated
from ...analysis.selection.wanted import DATE_ROLES, SEARCHED_ROLES
from ...translation import tr

_TEXT = QMetaType.Type.QString
_DATED = (_TEXT, QMetaType.Type.QDate, QMetaType.Type.QDateTime)
_NUMBERS = (
    QMetaType.Type.Int,
    QMetaType.Type.UInt,
    QMetaType.Type.LongLong,
    QMetaType.Type.ULongLong,
    QMetaType.Type.Double,
)
_DIALECTS = {
    "memory": QGIS,
    "delimitedtext": QGIS,
    "postgres": POSTGRES,
    "spatialite": SQLITE,
    "virtual": SQLITE,
}


class TankFacts(NamedTuple):
    """What a layer holds under the user's own filter: tanks, undated ones, and the years (None: no usable date)."""

    total: int
    undated: int
    years: tuple[int, int] | None
    problem: str = ""
    odd_years: OddYears = NO_ODD_YEARS


def is_alive(layer: QgsMapLayer | None) -> bool:
    """Return whether there is a layer, and QGIS has not deleted it."""
    return layer is not None and not sip.isdeleted(layer)


def is_tank_layer(layer: QgsMapLayer | None) -> bool:
    """Return whether this is a point layer with ``status``, and ``first_seen`` as a date or text."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return False
    if layer.geometryType() != QgsWkbTypes.GeometryType.PointGeometry:
        return False
    kinds = _kinds(layer)
    return "status" in kinds and kinds.get("first_seen") in _DATED


def tank_layers(project: QgsProject) -> list[QgsVectorLayer]:
    """Return the project's tank layers."""
    return [layer for layer in project.mapLayers().values() if is_tank_layer(layer)]


def other_layers(project: QgsProject) -> list[QgsMapLayer]:
    """Return the project's layers that hold no tanks."""
    return [layer for layer in project.mapLayers().values() if not is_tank_layer(layer)]


def columns_of(layer: QgsVectorLayer) -> TankColumns:
    """Return the layer's own fields (joined and virtual ones cannot stand in a filter)."""
    found = _kinds(layer)
    kinds: dict[str, str] = {}
    for role in ("status", "tank_type", *SEARCHED_ROLES):
        if found.get(role) == _TEXT:
            kinds[role] = TEXT
        elif found.get(role) in _NUMBERS:
            kinds[role] = NUMBER
    for role in DATE_ROLES:
        if found.get(role) in _DATED:
            kinds[role] = TEXT_DATE if found[role] == _TEXT else DATE
    if found.get("diameter_m") in _NUMBERS:
        kinds["diameter_m"] = NUMBER
    return TankColumns({role: role for role in kinds}, kinds, _DIALECTS.get(layer.providerType(), GDAL_SQL))


def facts_of(layer: QgsVectorLayer, columns: TankColumns) -> TankFacts:
    """Count the layer's tanks and find its years, under the filter that it has now."""
    years: list[int] = []
    for name in DATE_ROLES:
        if name in columns:
            found = _years_of(layer, name, columns)
            if found is None:
                return TankFacts(layer.featureCount(), undated_in(layer, columns), None, _unreadable(name))
            years += found
    problem = "" if years else tr("No tank of this layer has a date.")
    limits = (min(years), max(years)) if years else None
    odd = _odd_years(layer, columns) if limits else NO_ODD_YEARS
    return TankFacts(layer.featureCount(), undated_in(layer, columns), limits, problem, odd)


def undated_in(layer: QgsVectorLayer, columns: TankColumns) -> int:
    """Return how many of the tanks that the layer shows now have no date."""
    parameters = QgsAggregateCalculator.AggregateParameters()
    parameters.filter = undated(columns)
    count = layer.aggregate(QgsAggregateCalculator.Aggregate.Count, '"first_seen"', parameters)[0]
    return int(count or 0)


def how_to_get_tanks() -> str:
    """Return what to do where no layer holds tanks."""
    return tr("Load tanks with Leachwatch, or add a point layer with the fields status and first_seen.")


def _kinds(layer: QgsVectorLayer) -> dict[str, QMetaType.Type]:
    return {field.name(): field.type() for field in layer.dataProvider().fields()}


def _odd_years(layer: QgsVectorLayer, columns: TankColumns) -> OddYears:
    if "gone_by" not in columns:
        return NO_ODD_YEARS
    dates = [_year_expression(name, columns) for name in ("first_seen", "last_seen") if name in columns]
    first, last, gone = _first_known(dates), _first_known(dates[::-1]), _year_expression("gone_by", columns)
    return OddYears(_years_where(layer, first, f"{first} >= {gone}"), _years_where(layer, gone, f"{last} > {gone}"))


def _first_known(values: list[str]) -> str:
    return f"coalesce({', '.join(values)})"


def _years_where(layer: QgsVectorLayer, year: str, condition: str) -> frozenset[int]:
    """Return which years (an expression) the tanks that are gone and meet a condition have."""
    parameters = QgsAggregateCalculator.AggregateParameters()
    parameters.filter = '"gone_by" IS NOT NULL'
    parameters.delimiter = ","
    found = layer.aggregate(
        QgsAggregateCalculator.Aggregate.StringConcatenateUnique, f"if({condition}, to_string({year}), '')", parameters
    )[0]
    return frozenset(int(each) for each in str(found or "").split(",") if each)


def _year_expression(name: str, columns: TankColumns) -> str:
    return f"to_int(nullif(left(\"{name}\", 4), ''))" if columns.kinds[name] == TEXT_DATE else f'year("{name}")'


def _years_of(layer: QgsVectorLayer, name: str, columns: TankColumns) -> list[int] | None:
    """Return the first and last year of a date field, [] without any, None where a text is no date."""
    index = layer.fields().lookupField(name)
    if columns.kinds[name] == TEXT_DATE:
        texts = [str(value) for value in layer.uniqueValues(index) if value]
        if not all(re.match(r"\d{4}(\D|$)", text) for text in texts):
            return None
        years = [int(text[:4]) for text in texts]
        return [min(years), max(years)] if years else []
    ends = (layer.minimumValue(index), layer.maximumValue(index))
    return [_year(end) for end in ends if end]


def _year(value: QDate | QDateTime) -> int:
    day = value.date() if isinstance(value, QDateTime) else value
    return day.year()


def _unreadable(name: str) -> str:
    return tr(
        "The column “{name}” holds dates that do not begin with the year (as 2021-03-14 does), so years cannot be "
        "chosen. Load the table with the algorithm “Load USGS tanks”, which reads such dates."
    ).format(name=name)
