"""The parts of a tank filter, each of which one control of the dock sets: which differ, which a layer can answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...analysis.selection.columns import TankColumns
from ...analysis.selection.wanted import ANY_TIME, SEARCHED_ROLES, UNIT, VALUE_ROLES, TankFilter
from ...translation import tr

_NEEDED = {
    "mode": ("first_seen", "last_seen"),
    "years": ("first_seen", "last_seen"),
    "undated": ("first_seen", "last_seen"),
    "status": ("status",),
    "tank_type": ("tank_type",),
    "diameter": ("diameter_m",),
    "search": SEARCHED_ROLES,
    UNIT: ("unit_code", "unit_name"),
}


def changed_parts(before: TankFilter, after: TankFilter) -> frozenset[str]:
    """Return the names of the parts in which two filters differ."""
    one, other = _parts(before), _parts(after)
    return frozenset(name for name, value in one.items() if value != other[name])


def fitted(wanted: TankFilter, columns: TankColumns) -> tuple[TankFilter, frozenset[str]]:
    """Return the filter without the parts for which a layer has no column, and the names of these parts."""
    without = frozenset(
        name
        for name in changed_parts(TankFilter(), wanted)
        if not any(role in columns for role in _NEEDED.get(name, (name,)))
    )
    return (_left_out(wanted, without), without) if without else (wanted, without)


def words(parts: frozenset[str]) -> str:
    """Return the names of parts for people, joined by commas."""
    names = _names()
    return ", ".join(dict.fromkeys(names[part] for part in names if part in parts))


def _parts(wanted: TankFilter) -> dict[str, Any]:
    return {
        "mode": (wanted.mode, wanted.undated),
        "years": (wanted.first_year, wanted.last_year),
        "undated": wanted.only_undated,
        "status": wanted.statuses,
        "tank_type": wanted.types,
        **{role: wanted.values.get(role) for role in VALUE_ROLES},
        "diameter": (wanted.diameter, wanted.unmeasured),
        "search": wanted.search,
    }


def _left_out(wanted: TankFilter, parts: frozenset[str]) -> TankFilter:
    plain = TankFilter()
    fields = {
        "mode": {"mode": ANY_TIME, "undated": plain.undated},
        "years": {"first_year": plain.first_year, "last_year": plain.last_year},
        "undated": {"only_undated": plain.only_undated},
        "status": {"statuses": plain.statuses},
        "tank_type": {"types": plain.types},
        "diameter": {"diameter": plain.diameter, "unmeasured": plain.unmeasured},
        "search": {"search": plain.search},
    }
    changes: dict[str, Any] = {"values": {role: some for role, some in wanted.values.items() if role not in parts}}
    for part in parts & set(fields):
        changes.update(fields[part])
    return replace(wanted, **changes)


def _names() -> dict[str, str]:
    return {
        "mode": tr("years"),
        "years": tr("years"),
        "undated": tr("undated"),
        "status": tr("status"),
        "tank_type": tr("type"),
        UNIT: tr("unit"),
        "country": tr("country"),
        "source": tr("source"),
        "confidence": tr("confidence"),
        "diameter": tr("diameter"),
        "search": tr("search"),
    }
