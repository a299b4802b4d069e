"""Connected signals, kept so that all of them can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Connections:
    """Connections that were made and can be undone together."""

    def __init__(self) -> None:
        self._made: list[tuple[Any, Callable]] = []

    def connect(self, signal: Any, slot: Callable) -> None:
        """Connect a bound signal to a slot."""
        signal.connect(slot)
        self._made.append((signal, slot))

    def close(self) -> None:
        """Disconnect them all; those whose sender is gone went with it."""
        while self._made:
            signal, slot = self._made.pop()
            try:
                signal.disconnect(slot)
            except (RuntimeError, TypeError):
                continue

    def drop(self) -> None:
        """Forget them all: their sender is being deleted, and Qt undoes them itself."""
        self._made.clear()
