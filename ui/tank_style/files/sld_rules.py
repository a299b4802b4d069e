"""A tank style as rules that SLD can hold: conditions without functions, a rule for each class and shape."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsGraduatedSymbolRenderer,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ....analysis.fields import ABANDONED, ACTIVE, UNKNOWN
from ....analysis.selection.columns import QGIS, TankColumns
from ....analysis.selection.expression import expression, undated
from ....analysis.selection.wanted import FIRST_SEEN, TankFilter
from ....translation import tr
from ...tank_data.layers import columns_of
from .. import classes
from ..renderers import age

Rule = tuple[str, str, QgsSymbol]  # condition, label, symbol
# Years that every date lies between, and that sort as text.
_FIRST_YEAR, _LAST_YEAR = 1000, 8998


def as_rules(layer: QgsVectorLayer) -> tuple[QgsVectorLayer | None, str]:
    """Return an empty layer that shows the tank layer's style by rules, and what these leave out, for people.

    None where the style is not one of the plugin's by status or by age: QGIS says it in SLD as it can.
    """
    columns = replace(columns_of(layer), dialect=QGIS)
    rules = _rules(layer, columns)
    if not rules:
        return None, ""
    return _dressed(_empty_like(layer), _renderer(rules), layer), _left_out(rules)


def _renderer(rules: list[Rule]) -> QgsRuleBasedRenderer:
    root = QgsRuleBasedRenderer.Rule(None)
    for condition, label, symbol in rules:
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, label))
    return QgsRuleBasedRenderer(root)


def _empty_like(layer: QgsVectorLayer) -> QgsVectorLayer:
    kind = QgsWkbTypes.displayString(layer.wkbType())
    empty = QgsVectorLayer(f"{kind}?crs={layer.crs().authid()}", layer.name(), "memory")
    empty.dataProvider().addAttributes(layer.fields().toList())
    empty.updateFields()
    return empty


def _dressed(empty: QgsVectorLayer, renderer: QgsRuleBasedRenderer, layer: QgsVectorLayer) -> QgsVectorLayer:
    empty.setRenderer(renderer)
    if layer.labelsEnabled() and layer.labeling() is not None:
        empty.setLabeling(layer.labeling().clone())
        empty.setLabelsEnabled(True)
    return empty


def _rules(layer: QgsVectorLayer, columns: TankColumns) -> list[Rule]:
    renderer = layer.renderer()
    if "status" not in columns and not isinstance(renderer, QgsGraduatedSymbolRenderer):
        return []
    if isinstance(renderer, QgsCategorizedSymbolRenderer) and renderer.classAttribute() == classes.status(columns):
        return _by_status(renderer, columns)
    if isinstance(renderer, QgsGraduatedSymbolRenderer) and renderer.classAttribute() == age.class_attribute(columns):
        return _by_age(renderer, columns)
    return []


def _by_status(renderer: QgsCategorizedSymbolRenderer, columns: TankColumns) -> list[Rule]:
    field, active, abandoned = (
        classes.column("status", columns),
        *(_listed(_spellings(classes.words_for(name))) for name in (ACTIVE, ABANDONED)),
    )
    # QGIS writes no ELSE into SLD: the rest is said in full.
    conditions = {
        ACTIVE: f"{field} IN ({active})",
        ABANDONED: f"{field} IN ({abandoned})",
        UNKNOWN: f"{field} IS NOT NULL AND {field} <> '' AND {field} NOT IN ({active}, {abandoned})",
        classes.NOT_GIVEN: f"{field} IS NULL OR {field} = ''",
    }
    shown = [one for one in renderer.categories() if one.renderState() and one.value() in conditions]
    return [(conditions[one.value()], one.label(), one.symbol().clone()) for one in shown]


def _by_age(renderer: QgsGraduatedSymbolRenderer, columns: TankColumns) -> list[Rule]:
    found = []
    for one in renderer.ranges():
        first, last = max(int(one.lowerValue()), _FIRST_YEAR), min(int(one.upperValue()), _LAST_YEAR)
        if one.upperValue() == classes.UNDATED_YEAR:
            condition = undated(columns)
        else:
            condition = expression(TankFilter(mode=FIRST_SEEN, first_year=first, last_year=last), columns)
        if one.renderState() and one.upperValue() >= classes.UNDATED_YEAR:
            found.append((condition, one.label(), one.symbol().clone()))
    return found


def _left_out(rules: list[Rule]) -> str:
    """Return what SLD cannot hold of the symbols, for people."""
    kinds, missing = QgsSymbolLayer.Property, []
    symbols = [symbol.symbolLayer(0).dataDefinedProperties() for _, _, symbol in rules]
    if any(each.isActive(kinds.PropertyName) for each in symbols):
        missing.append(tr("shapes by type"))
    if any(each.isActive(kinds.PropertySize) for each in symbols):
        missing.append(tr("sizes by diameter"))
    return tr("SLD cannot hold: {what}.").format(what=", ".join(missing)) if missing else ""


def _listed(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _spellings(words: list[str]) -> list[str]:
    """The words as sources write them: SLD compares letter by letter."""
    return list(dict.fromkeys(said for word in words for said in (word, word.capitalize(), word.title(), word.upper())))
