"""Whether the user's own filter is a condition, to which another can be added, or more than that."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_BRACKETS = re.compile(r"\([^()]*\)")
# SQLite and GeoPackage take these after a condition; within brackets they are an error that QGIS tells only when it
# draws nothing.
_MORE = re.compile(r"^\s*select\s|\b(order\s+by|group\s+by|limit\s+[\d-])", re.IGNORECASE)


def is_condition(own: str) -> bool:
    """Return False for a whole SELECT statement, and for a condition with an order, a group or a limit after it."""
    plain, before = _QUOTED.sub(" ", own), ""
    while plain != before:
        plain, before = _BRACKETS.sub("()", plain).replace("()", " "), plain
    return _MORE.search(plain) is None
