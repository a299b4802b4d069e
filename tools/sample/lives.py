"""The invented histories: for every tank of a site, the years in which it appears, is abandoned and is gone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator

FIRST_YEAR, START, END, LAST_YEAR = 2010, 2020, 2024, 2025
ACTIVE_SHARE = {"old": 0.62, "new": 0.92}


class Life(NamedTuple):
    """The years of one tank. ``abandoned`` is the year since when; ``worked`` says it was seen in use at the last."""

    first: int | None
    gone: int | None = None
    abandoned: int | None = None
    worked: bool = True


def old_site(rng: Generator, story: str, early: bool) -> list[Life]:
    """Return a site that stands at the end of 2020 and of 2024. ``early``: begun in the first years of the period."""
    if story == "joined":
        return _joined()
    begun = FIRST_YEAR + int(rng.integers(0, 5)) if early else 2012 + int(8.99 * np.sqrt(rng.random()))
    if story == "abandoned":
        firsts = _firsts(rng, begun, START, rng.integers(5, 12))
        since = int(rng.integers(max(firsts[-1], 2019), END + 1))
        return [Life(first, abandoned=since, worked=False) for first in firsts]
    if story == "stable":
        return _mixed(rng, _firsts(rng, begun, START, rng.integers(5, 12)), "old")
    if story == "contracted":
        lives = _mixed(rng, _firsts(rng, begun, START, rng.integers(8, 15)), "old")
        return _with_the_last_gone(rng, lives, int(rng.integers(2, len(lives) - 4)))
    added = sorted(rng.integers(START + 1, END + 1, rng.integers(2, 8)).tolist())
    lives = _mixed(rng, _firsts(rng, begun, START, rng.integers(4, 11)), "old")
    return lives + _mixed(rng, added, "new")


def new_site(rng: Generator) -> list[Life]:
    """Return a site begun in 2021 to 2024, with at least four tanks from the start."""
    begun = int(rng.choice([2021, 2022, 2023, 2024], p=[0.2, 0.28, 0.3, 0.22]))
    return _mixed(rng, _firsts(rng, begun, END, 4 + min(int(rng.geometric(0.38)) - 1, 12)), "new")


def latest_site(rng: Generator) -> list[Life]:
    """Return a site first seen in 2025."""
    return [Life(LAST_YEAR) for _ in range(rng.integers(4, 9))]


def gone_site(rng: Generator) -> list[Life]:
    """Return a site that stood in the years 2011 to 2018 only."""
    firsts = _firsts(rng, int(rng.integers(2011, 2013)), 2014, rng.integers(4, 9))
    gone = int(rng.integers(2016, 2019))
    return [Life(first, gone=gone, worked=False) for first in firsts]


def lone(rng: Generator, count: int) -> list[Life]:
    """Return tanks too few to be a site; one in ten is gone by now."""
    first = int(rng.integers(2012, END + 1))
    gone = int(rng.integers(first + 2, LAST_YEAR)) if first < 2021 and rng.random() < 0.1 else None
    return [Life(first, gone=gone, worked=bool(rng.random() < 0.6)) for _ in range(count)]


def latest_additions(count: int) -> list[Life]:
    """Return tanks first seen in 2025."""
    return [Life(LAST_YEAR)] * count


def undated(count: int) -> list[Life]:
    """Return tanks without any date."""
    return [Life(None)] * count


def _joined() -> list[Life]:
    """Two groups of six begun apart, joined by a bridge of three in 2017."""
    return [Life(2013)] * 6 + [Life(2014)] * 6 + [Life(2017)] * 3


def _firsts(rng: Generator, begun: int, until: int, count: int) -> list[int]:
    """Return the first years of tanks: four at the beginning, the others up to a last year."""
    later = rng.integers(begun, min(begun + 4, until) + 1, max(int(count) - 4, 0))
    return sorted([begun] * 4 + later.tolist())


def _mixed(rng: Generator, firsts: list[int], kind: str) -> list[Life]:
    """Return lives of which some are abandoned, most often a whole run of them from one year on."""
    share = ACTIVE_SHARE[kind]
    since = int(rng.integers(2018, LAST_YEAR + 1))
    lives = []
    for first in firsts:
        abandoned = first < since and rng.random() > share
        lives.append(Life(first, abandoned=since if abandoned else None, worked=not abandoned))
    return lives


def _with_the_last_gone(rng: Generator, lives: list[Life], count: int) -> list[Life]:
    gone = [life._replace(gone=int(rng.integers(START + 1, END + 1))) for life in lives[-count:]]
    return lives[:-count] + gone
