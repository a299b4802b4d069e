"""Which column of a source plays which role: found by aliases, overridden by FIELD_MAP."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ...analysis.fields import SOURCE_PREFIX, Field
from ..errors import SourceError
from .aliases import GEOMETRY_TEXT

# Shapefiles, and tables that once were shapefiles, cut names after 10 characters.
_CUT = 10
_YEAR_IN_NAME = re.compile(r"(?P<prefix>[a-z]{0,6}_?)(?P<year>(?:19|20)\d{2})", re.IGNORECASE)
# What people add in brackets to a name, and what changes nothing: metres, degrees, WGS 84, the form of a date.
_IN_BRACKETS = re.compile(
    r"[\s_]*[(\[]\s*(?:m|met(?:re|er)s?|°?\s?[nesw]?|dd|(?:decimal\s)?deg(?:rees?)?|wgs[\s_-]?84|[dmy][dmy/.\-\s]+)\s*[)\]]\s*",
    re.IGNORECASE,
)
YEARS = "years"


def field_map_text(mapping: Mapping[str, str]) -> str:
    """Return a mapping as role=column pairs parted by ``;``, which FIELD_MAP takes back."""
    return ";".join(f"{role}={column}" for role, column in mapping.items())


def parse_field_map(text: str, roles: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """Return role → column of a FIELD_MAP, column "" for a role left unmapped.

    ``years`` takes a comma list of columns. Raises SourceError for an unknown role or column, naming the possible ones.
    """
    mapping: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(";"))):
        role, equals, column = (part.strip() for part in pair.partition("="))
        if not equals:
            raise SourceError(f"FIELD_MAP: “{pair}” is no role=column pair. Write pairs such as status=Condition.")
        role = role.casefold()
        if role not in roles:
            raise SourceError(f"FIELD_MAP: there is no role “{role}”. Possible roles: {', '.join(roles)}.")
        if role in mapping:
            raise SourceError(f"FIELD_MAP: the role “{role}” is given twice. Keep one of the two.")
        parts = column.split(",") if role == YEARS else [column]
        mapping[role] = ",".join(_column(part.strip(), columns) for part in parts)
    return mapping


def _column(name: str, columns: Sequence[str]) -> str:
    if not name or name in columns:
        return name
    alike = [column for column in columns if plain(column) == plain(name)]
    if len(alike) != 1:
        what = "fits several columns" if alike else "is no column of the source"
        raise SourceError(f"FIELD_MAP: “{name}” {what}. Columns: {', '.join(columns) or 'none'}.")
    return alike[0]


def plain(name: str) -> str:
    """Return a name without case, spaces, underscores, hyphens and points."""
    return re.sub(r"[\s_.\-]", "", name).casefold()


def own_roles(columns: Sequence[str], own: Sequence[Field]) -> dict[str, str]:
    """Return role → column for the exact names of our own table, whole or cut to 10 characters as in a shapefile.

    ``source`` is a common word elsewhere: it counts only where the table has our ``date_precision`` or
    ``boundary_source`` as well.
    """
    names = {name: column for name in (field.name for field in own) for column in columns if column == name}
    cut = Counter(field.name[:_CUT] for field in own)
    for name in (field.name for field in own):
        if len(name) > _CUT and name not in names and name[:_CUT] in columns and cut[name[:_CUT]] == 1:
            names[name] = name[:_CUT]
    if not names.keys() & {"date_precision", "boundary_source"}:
        names.pop("source", None)
    return names


def find_roles(
    columns: Sequence[str], own: Sequence[Field], aliases: Mapping[str, Sequence[str]], overrides: Mapping[str, str]
) -> dict[str, str]:
    """Return role → column: overrides, then our own field names, then aliases. A column plays one role by itself."""
    mapping = dict(overrides)
    taken = {part for column in overrides.values() for part in column.split(",")} | set(overrides.values())
    for role, column in own_roles(columns, own).items():
        if role not in mapping and column not in taken:
            mapping[role] = column
            taken.add(column)
    for role, names in aliases.items():
        if role not in mapping:
            column = match(columns, names, taken)
            if column:
                mapping[role] = column
                taken.add(column)
    return mapping


def match(columns: Iterable[str], names: Sequence[str], taken: Iterable[str] = ()) -> str:
    """Return the column that bears the best of some names, else one with a unit behind it or cut to 10 characters."""
    free = [column for column in columns if column not in taken and not column.startswith(SOURCE_PREFIX)]
    for name in names:
        for column in free:
            if plain(column) == plain(name):
                return column
    for name in names:
        for column in free:
            if plain(_IN_BRACKETS.sub("", column)) == plain(name):
                return column
    for name in names:
        for column in free:
            if len(column) == _CUT and len(plain(name)) >= _CUT and plain(name).startswith(plain(column)):
                return column
    return ""


def geometry_column(columns: Iterable[str]) -> str:
    """Return the column that by its name holds geometry as text (WKT), or ""."""
    return next((column for column in columns if plain(column) in map(plain, GEOMETRY_TEXT)), "")


def year_columns(columns: Iterable[str], taken: Iterable[str] = ()) -> dict[str, int]:
    """Return column → year of wide year columns (2010, Y2010, F2010 …): two or more that differ by the year alone."""
    found: dict[str, dict[str, int]] = {}
    for column in columns:
        parts = _YEAR_IN_NAME.fullmatch(column.strip())
        if parts and column not in taken:
            found.setdefault(parts["prefix"].casefold(), {})[column] = int(parts["year"])
    best = max(found.values(), key=len, default={})
    return best if len(set(best.values())) == len(best) >= 2 else {}


def years_of(names: Iterable[str]) -> dict[str, int]:
    """Return column → year of columns the user named; the year stands in each name."""
    result = {}
    for name in names:
        year = re.search(r"(?:19|20)\d{2}", name)
        if not year:
            raise SourceError(f"FIELD_MAP: the column “{name}” of the role years bears no year in its name.")
        result[name] = int(year[0])
    return result
