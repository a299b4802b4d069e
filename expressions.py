"""Functions for expressions: how a tank stood in a year. For labels, filters, the field calculator and models."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionFunction, QgsFeature
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDate, QDateTime

from .analysis import fields, life
from .analysis.definition import COUNTINGS, STANDING
from .analysis.fields import find_columns
from .translation import tr

GROUP = "Leachwatch"
_DATES = ("first_seen", "last_seen", "gone_by", "abandoned_since", "status_date")
_COLUMNS = (*_DATES, "status")
# Dates that mean none, and how far dates reach in the tables of the analysis.
_NO_DAYS = (date(1900, 1, 1), date(1899, 12, 30))
_YEARS = range(1678, 2262)
_registered: list[QgsExpressionFunction] = []


class TankFunction(QgsExpressionFunction):
    """A function of a year, and of the feature at hand: a tank, with whichever fields of a tank its layer has."""

    def __init__(self, name: str, explanation: str, answer: Callable[[life.Life, int, str], Any]) -> None:
        year = QgsExpressionFunction.Parameter("year")
        counting = QgsExpressionFunction.Parameter("counting", True, STANDING)
        super().__init__(name, [year, counting], GROUP, explanation)
        self._answer = answer

    def func(self, values: list[Any], context: QgsExpressionContext | None, parent: QgsExpression, node: Any) -> Any:
        """Return the answer for the feature at hand, None (NULL) where it is not known. QGIS calls this."""
        try:
            year, counting = _year(values[0]), _counting(values[1])
            if context is None or not context.hasFeature():
                return None
            tank = _life(context.feature())
            return None if tank.seen != tank.seen else self._answer(tank, year, counting)
        except (ValueError, ImportError) as error:
            parent.setEvalErrorString(f"{self.name()}: {error}")
            return None

    def usesGeometry(self, node: Any) -> bool:
        """Return that no geometry is needed."""
        return False

    def referencedColumns(self, node: Any) -> list[str]:
        """Return the fields to fetch, also under the ten letters that a shapefile keeps of a name."""
        return [*_COLUMNS, *(name[:10] for name in _COLUMNS if len(name) > 10)]


def register() -> None:
    """Offer the functions, in place of those that an earlier start of the plugin may have left."""
    unregister()
    for function in (
        TankFunction("tank_standing", _standing_help(), life.counts),
        TankFunction("tank_status_in", _status_help(), _status),
    ):
        QgsExpression.unregisterFunction(function.name())
        QgsExpression.registerFunction(function)
        # QGIS keeps no hold on it: should this module be dropped without an unload, the function must not go with it.
        sip.transferto(function, None)
        _registered.append(function)


def unregister() -> None:
    """Take the functions away."""
    while _registered:
        function = _registered.pop()
        QgsExpression.unregisterFunction(function.name())
        sip.transferback(function)


def _status(tank: life.Life, year: int, counting: str) -> str | None:
    if not life.counts(tank, year, counting):
        return None
    if life.is_abandoned(tank, year):
        return fields.ABANDONED
    return fields.ACTIVE if life.is_active(tank, year) else fields.UNKNOWN


def _year(value: Any) -> int:
    if isinstance(value, (QDate, QDateTime)):
        return (value if isinstance(value, QDate) else value.date()).year()
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = 0.5
    if not number.is_integer():
        raise ValueError(tr("the year must be a whole number such as 2024, not {value}").format(value=value))
    return int(number)


def _counting(value: Any) -> str:
    if value not in COUNTINGS:
        text = tr("the counting rule must be one of {rules}, not {value}")
        raise ValueError(text.format(rules=", ".join(COUNTINGS), value=value))
    return str(value)


def _life(tank: QgsFeature) -> life.Life:
    """Return the years of a feature. Raises ValueError where its layer has no dates of tanks."""
    where = _indices(tuple(tank.fields().names()))
    first, last, gone, since, recorded = (
        None if where[name] < 0 else _day(tank.attribute(where[name])) for name in _DATES
    )
    status = fields.UNKNOWN if where["status"] < 0 else _word(tank.attribute(where["status"]))
    active = status == fields.ACTIVE
    revived = recorded if active and recorded and since and recorded > since else None
    years = map(_number, (first or last, last or first, gone, since, recorded or last, revived))
    return life.Life(*years, active, status == fields.ABANDONED)


@lru_cache(maxsize=64)
def _indices(names: tuple[str, ...]) -> dict[str, int]:
    found = find_columns(names, _COLUMNS)
    if not {"first_seen", "last_seen"} & set(found):
        raise ValueError(
            tr(
                "the layer has neither a field first_seen nor last_seen (its fields: {fields}). Load the tanks first"
            ).format(fields=", ".join(names) or "–")
        )
    return {name: names.index(found[name]) if name in found else -1 for name in _COLUMNS}


def _number(day: date | None) -> float:
    return float("nan") if day is None else day.year


def _day(value: Any) -> date | None:
    """Return an attribute as a date: it may be one, or text or a number as sources write dates."""
    if isinstance(value, QDateTime):
        value = value.date()
    if isinstance(value, QDate):
        day = value.toPyDate() if value.isValid() and value.year() in _YEARS else None
        return None if day in _NO_DAYS else day
    if _is_null(value):
        return None
    whole = isinstance(value, float) and value.is_integer()
    return _parsed_date(str(int(value) if whole else value).strip())


def _word(value: Any) -> str:
    if _is_null(value):
        return fields.UNKNOWN
    return value if value in fields.STATUSES else _parsed_status(str(value))


def _is_null(value: Any) -> bool:
    return value is None or bool(hasattr(value, "isNull") and value.isNull())


@lru_cache(maxsize=100_000)
def _parsed_date(text: str) -> date | None:
    from .sources.columns.dates import date_of

    return date_of(text)


@lru_cache(maxsize=1_000)
def _parsed_status(text: str) -> str:
    import pandas as pd

    from .sources.columns.values import statuses

    word = statuses(pd.Series([text])).values[0]
    return word if word in fields.STATUSES else fields.UNKNOWN


def _standing_help() -> str:
    return tr(
        "<h3>tank_standing(year [, counting])</h3>"
        "<p>Whether the tank stood at the end of a year, as far as images tell: first seen in or before it, and not "
        "observed gone by then. <b>NULL</b> where it is not known: no image of the tank is dated.</p>"
        "<p><b>year</b> a whole number, or a date of that year<br><b>counting</b> 'standing' (if left out) or "
        "'cumulative': ever seen in or before the year</p>"
        "<p>The fields are those of a layer of tanks (first_seen, last_seen, gone_by), also under a shapefile's ten "
        "letters. First seen is not built, and last seen is not gone.</p>"
        "<p><b>Examples</b><br>tank_standing(2024) → true<br>tank_standing(2024) and not tank_standing(2020) → new "
        "since 2020<br>tank_standing(@map_start_time) → in the year of the temporal controller</p>"
    )


def _status_help() -> str:
    return tr(
        "<h3>tank_status_in(year [, counting])</h3>"
        "<p>The tank's status in a year: 'active', 'abandoned' or 'unknown', as the summaries count it. <b>NULL</b> "
        "where the tank does not count in the year, or no image of it is dated.</p>"
        "<p><b>year</b> a whole number, or a date of that year<br><b>counting</b> 'standing' (if left out): tanks "
        "that stood at the end of the year; 'cumulative': those ever seen by then</p>"
        "<p>Abandoned from the year of abandoned_since, and active before it; known as abandoned but not since when: "
        "from the year of status_date (else last_seen), and unknown before.</p>"
        "<p><b>Examples</b><br>tank_status_in(2024) → 'active'<br>tank_status_in(2024) = 'abandoned'</p>"
    )
