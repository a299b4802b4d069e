"""How long work tells where it stands, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable

# Called with a fraction between 0 and 1. It may raise Cancelled, which ends the work.
Progress = Callable[[float], None]


class Cancelled(Exception):
    """The user stopped the work."""


def never() -> bool:
    """Answer that nobody stopped the work."""
    return False


def silent(fraction: float) -> None:
    """Report nothing."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """Return a progress of its own for the stretch of the whole from start to end."""
    return lambda fraction: progress(start + (end - start) * fraction)
