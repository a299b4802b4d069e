"""Sites: every tank is compared with every other, and groups are walked from neighbour to neighbour."""

from __future__ import annotations

from collections import Counter

from .ground import metres
from .tank import Tank


def groups(tanks: list[Tank], which: list[int], distance: float) -> list[list[int]]:
    """Return the groups of the tanks of these numbers: chains of neighbours within the distance."""
    left, found = set(which), []
    while left:
        waiting, group = [left.pop()], []
        while waiting:
            here = waiting.pop()
            group.append(here)
            near = [other for other in left if metres(tanks[here], tanks[other]) <= distance + 1e-6]
            left.difference_update(near)
            waiting += near
        found.append(sorted(group))
    return found


def sites(tanks: list[Tank], which: list[int], distance: float, minimum: int) -> dict[str, list[int]]:
    """Return the sites by id, from south to north: which tanks form each."""
    large = [group for group in groups(tanks, which, distance) if len(group) >= minimum]
    large.sort(key=lambda group: _southernmost(tanks, group))
    found: dict[str, list[int]] = {}
    seen: Counter[str] = Counter()
    for group in large:
        lat, lon = _southernmost(tanks, group)
        name = f"{'N' if lat >= 0 else 'S'}{abs(lat):08.5f}{'E' if lon >= 0 else 'W'}{abs(lon):09.5f}"
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name}-{seen[name]}"] = group
    return found


def _southernmost(tanks: list[Tank], group: list[int]) -> tuple[float, float]:
    return min((round(tanks[number].lat, 7), round(tanks[number].lon, 7)) for number in group)
