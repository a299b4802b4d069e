"""What to be careful about, each only where the data give cause. Rules that look at the data, and say their numbers."""

from __future__ import annotations

from ...translation import tr


def always() -> list[str]:
    """Return what holds for every count of tanks."""
    return [tr("Tanks are not tonnes: a number of tanks says nothing of what they yielded.")]
