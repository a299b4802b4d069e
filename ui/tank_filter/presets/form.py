"""Presets as JSON text, and back: what others wrote is looked at closely before it becomes a filter."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from ....analysis.fields import STATUSES, TANK_TYPES
from ....analysis.selection.wanted import MODES, VALUE_ROLES, TankFilter
from ....translation import tr

SCHEMA, VERSION = "leachwatch tank filters", 1
LONGEST_NAME = 120
MOST_PRESETS = 500
_MOST_VALUES, _LONGEST_TEXT, _LAST_YEAR, _GREATEST, _MOST_DIGITS = 10_000, 1_000, 9_999, 1e6, 15


class PresetError(Exception):
    """A preset cannot be read or written. The message says what, where and what to do."""


def checked(name: str, wanted: TankFilter) -> tuple[str, dict[str, Any]]:
    """Return a preset's name and plain values, fit to be read again. Raises PresetError where they are not."""
    name, plain = good_name(name), wanted.as_plain()
    filter_of(name, plain)
    return name, plain


def text_of(presets: Mapping[str, Any]) -> str:
    """Return presets, as plain values by name, as JSON in letters that every file and project can hold."""
    whole = {"schema": SCHEMA, "version": VERSION, "presets": dict(presets)}
    return json.dumps(whole, indent=1, sort_keys=True, allow_nan=False)


def plain_of(text: str) -> dict[str, Any]:
    """Return the presets of a JSON text as plain values by name, each not yet looked at. Raises PresetError."""
    try:
        whole = json.loads(text, parse_constant=_no_number, parse_int=_whole, object_pairs_hook=each_once)
    except RecursionError:
        raise PresetError(tr("It holds brackets within brackets without end.")) from None
    except ValueError as error:
        raise PresetError(tr("It is not JSON, or was cut off: {why}.").format(why=_short(str(error)))) from None
    if not isinstance(whole, dict) or whole.get("schema") != SCHEMA:
        raise PresetError(tr("It holds no tank filters of Leachwatch: “schema” is not “{word}”.").format(word=SCHEMA))
    version: Any = whole.get("version")
    if not _is_whole(version) or version < 1:
        raise PresetError(tr("Its “version” is not a whole number from 1 on."))
    if version > VERSION:
        raise PresetError(
            tr("It is of version {version}, this Leachwatch reads {known}: get a newer Leachwatch.").format(
                version=_short(str(version)), known=VERSION
            )
        )
    presets = whole.get("presets")
    if not isinstance(presets, dict):
        raise PresetError(tr("Its “presets” are not named entries."))
    if len(presets) > MOST_PRESETS:
        raise PresetError(tr("It holds {n} presets; {most} is the most.").format(n=len(presets), most=MOST_PRESETS))
    return presets


def filter_of(name: str, plain: Any) -> TankFilter:
    """Return the filter of one preset's plain values. Raises PresetError saying which entry is wrong."""
    if not isinstance(plain, dict):
        raise _wrong(name, "{…}", tr("this is not a list of entries"))
    known = {field.name for field in fields(TankFilter)}
    for key, value in plain.items():
        if key not in known:
            raise _wrong(name, key, tr("there is no such entry"))
        if not _LOOKS[key](value):
            raise _wrong(name, key, tr("“{value}” cannot stand there").format(value=_short(json.dumps(value))))
    if plain.get("mode", "any") != "any" and plain.get("first_year", 0) > plain.get("last_year", 0):
        raise _wrong(name, "first_year", tr("it is after “last_year”"))
    try:
        return TankFilter.from_plain({**TankFilter().as_plain(), **plain})
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _wrong(name, "{…}", _short(str(error))) from None


def good_name(name: str) -> str:
    """Return a preset's name without blanks around it. Raises PresetError where it can be no name."""
    trimmed = name.strip()
    if not trimmed:
        raise PresetError(tr("A preset needs a name."))
    if len(trimmed) > LONGEST_NAME:
        raise PresetError(
            tr("The name “{name}” is longer than {most} letters.").format(name=_short(trimmed), most=LONGEST_NAME)
        )
    if not trimmed.isprintable():
        raise PresetError(tr("The name “{name}” holds signs that cannot be shown.").format(name=_short(ascii(trimmed))))
    return trimmed


def _wrong(name: str, key: str, why: str) -> PresetError:
    return PresetError(tr("Preset “{name}”, entry “{key}”: {why}.").format(name=_short(name), key=_short(key), why=why))


def _no_number(word: str) -> float:
    raise ValueError(word)


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"{digits[:_MOST_DIGITS]}…")
    return int(digits)


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return pairs as a dictionary. Raises PresetError where a key stands twice."""
    entries = dict(pairs)
    if len(entries) < len(pairs):
        given = [key for key, _ in pairs]
        raise PresetError(
            tr("The name “{key}” stands twice in it.").format(key=next(key for key in entries if given.count(key) > 1))
        )
    return entries


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_year(value: Any) -> bool:
    return _is_whole(value) and 0 <= value <= _LAST_YEAR


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_text(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or "\0" in value:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in value)  # half a letter, which Qt cannot hold


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_VALUES and all(map(_is_text, value))


def _some_of(every: tuple[str, ...]) -> Callable[[Any], bool]:
    return lambda value: _are_texts(value) and set(value) <= set(every)


def _are_values(value: Any) -> bool:
    return isinstance(value, dict) and set(value) <= set(VALUE_ROLES) and all(map(_are_texts, value.values()))


def _is_limit(value: Any) -> bool:
    return value is None or (isinstance(value, (int, float)) and _is_flag(value) is False and 0 <= value <= _GREATEST)


def _are_limits(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_limit, value))


_LOOKS: dict[str, Callable[[Any], bool]] = {
    "mode": lambda value: isinstance(value, str) and value in MODES,
    "first_year": _is_year,
    "last_year": _is_year,
    "undated": _is_flag,
    "only_undated": _is_flag,
    "statuses": _some_of(STATUSES),
    "types": _some_of(TANK_TYPES),
    "values": _are_values,
    "diameter": _are_limits,
    "unmeasured": _is_flag,
    "search": _is_text,
}
