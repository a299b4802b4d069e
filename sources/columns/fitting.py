"""When a column's content fits a role, and what is said where several do."""

from __future__ import annotations

from collections.abc import Callable

SHARE = 0.9
_NAMED = 6

Found = tuple[dict[str, str], list[str]]


def several(what: str, columns: list[str], example: str) -> str:
    """Return a note on columns that could each play a part; ``example``: of a FIELD_MAP that names one."""
    more = f" and {len(columns) - _NAMED:,} more" if len(columns) > _NAMED else ""
    return (
        f"By what they hold, the columns {', '.join(columns[:_NAMED])}{more} could each play {what}: none was taken. "
        f"Name one in FIELD_MAP, such as {example}."
    )


def nearly_all(texts: list[str], fits: Callable[[str], bool]) -> bool:
    """Return whether nine in ten texts fit; a column of something else is told by its first few."""
    left = len(texts) // 10
    for text in texts:
        left -= not fits(text)
        if left < 0:
            return False
    return bool(texts)
