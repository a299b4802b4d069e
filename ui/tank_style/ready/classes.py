"""Classes of numbers for legends: sensible breaks, zero and "not known" apart, and labels that say what is counted."""

from __future__ import annotations

import math
from typing import NamedTuple

from qgis.core import QgsClassificationJenks

from ....translation import tr

# What stands for NULL in a class of its own: below every number that is drawn.
NOT_KNOWN = -1e15
_OUTERMOST = 1e14
_AMOUNTS, _CHANGES = 5, 3
# The time of QGIS's method grows with the square of the values. What is left out in between moves no break by much.
_MOST_VALUES = 500
# Two areas that are drawn apart and are the same differ by less.
_NOTHING = 1e-9
# Per cent.
_ALL = 100.0
_MINUS = "−"
_KINDS = UNKNOWN, LOSS, NOTHING, GAIN = ("not known", "loss", "nothing", "gain")


class NumberClass(NamedTuple):
    """One class: numbers above ``lower`` up to ``upper`` (the first class that fits counts), and its legend text.

    ``strength``: from 0 (the least) to 1, for how dark it is drawn.
    """

    lower: float
    upper: float
    label: str
    kind: str
    strength: float = 0.0


class Amount(NamedTuple):
    """What a number says: its words in the legend, whether it is whole, and what NULL means."""

    words: str
    whole: bool
    unknown: str
    zero: str


def amounts(values: list[float], what: Amount) -> list[NumberClass]:
    """Return classes for numbers from zero up: not known, none, and up to five more, the last without an end."""
    tops = breaks([value for value in values if value > 0], _AMOUNTS, what.whole)
    return [*_of_their_own(what), *_upwards(tops, what, "")]


def changes(values: list[float], what: Amount) -> list[NumberClass]:
    """Return classes for losses and gains, the same on both sides of zero, the outermost without an end."""
    tops = breaks([abs(value) for value in values if abs(value) > _NOTHING], _CHANGES, what.whole)
    gains = _upwards(tops, what, "+")
    losses = [_mirrored(one) for one in _upwards(tops, what, _MINUS)]
    unknown, nothing = _of_their_own(what)
    return [unknown, *losses[::-1], nothing, *gains]


def changes_in_per_cent(values: list[float], what: Amount) -> list[NumberClass]:
    """Return the classes of ``changes`` without losses of more than all there was, which no site or unit has."""
    found = changes(values, what)
    impossible = [one for one in found if one.kind == LOSS and one.upper <= -_ALL]
    kept = [one for one in found if one not in impossible]
    if impossible:
        last = next(number for number, one in enumerate(kept) if one.kind == LOSS)
        kept[last] = _without_end(kept[last], what)
    return kept


def shares(what: Amount) -> list[NumberClass]:
    """Return classes for percentages: fifths of the whole, whatever the values."""
    unknown = NumberClass(NOT_KNOWN, NOT_KNOWN, _label(what, what.unknown), UNKNOWN)
    fifths = [
        NumberClass(20.0 * step, 20.0 * (step + 1), _label(what, f"{20 * step}–{20 * (step + 1)} %"), GAIN, step / 4)
        for step in range(5)
    ]
    return [unknown, *fifths]


def breaks(values: list[float], classes: int, whole: bool) -> list[float]:
    """Return the upper ends of classes of positive numbers, by Jenks' method of QGIS; each its own where few differ."""
    different = sorted(set(values))
    if len(different) > classes:
        some = sorted(values, reverse=True)[:: -(-len(values) // _MOST_VALUES)]
        found = QgsClassificationJenks().classes(some[::-1], classes)
        different = sorted({one.upperBound() for one in found})
    return different if whole else sorted({_round_up(value) for value in different})


def _round_up(value: float) -> float:
    """Return the number with two digits, none of the values that it bounds being above it."""
    unit = 10.0 ** (math.floor(math.log10(value)) - 1)
    return float(f"{math.ceil(value / unit - _NOTHING) * unit:.6g}")


def _of_their_own(what: Amount) -> tuple[NumberClass, NumberClass]:
    unknown = NumberClass(NOT_KNOWN, NOT_KNOWN, _label(what, what.unknown), UNKNOWN)
    return unknown, NumberClass(-_NOTHING, _NOTHING, _label(what, what.zero), NOTHING)


def _upwards(tops: list[float], what: Amount, sign: str) -> list[NumberClass]:
    """Return the classes of positive numbers, each from the end of the one before; the last has none."""
    found, lower = [], 0.0
    for number, top in enumerate(tops):
        is_last = number == len(tops) - 1
        strength = number / max(len(tops) - 1, 1)
        text = _from(lower, what.whole, sign) if is_last else _between(lower, top, what.whole, sign)
        ends = (lower or _NOTHING, _OUTERMOST if is_last else top)
        found.append(NumberClass(*ends, _label(what, text), GAIN, strength))
        lower = top
    return found


def _mirrored(one: NumberClass) -> NumberClass:
    """Return the class below zero. Its ends lie a hair further out, so that it holds what its mirror image holds."""
    ends = [-end * (1 + 1e-12) for end in (one.upper, one.lower)]
    return one._replace(lower=ends[0], upper=ends[1], kind=LOSS)


def _without_end(one: NumberClass, what: Amount) -> NumberClass:
    """Return the class of losses that holds all larger ones, too."""
    least = float(f"{-one.upper:.6g}") if one.upper < -2 * _NOTHING else 0.0
    return one._replace(lower=-_OUTERMOST, label=_label(what, _from(least, what.whole, _MINUS)))


def _between(lower: float, upper: float, whole: bool, sign: str) -> str:
    low, high = _text(lower + whole, whole, sign), _text(upper, whole, sign)
    if low == high:
        return low
    return tr("{low} to {high}").format(low=low, high=high) if sign else f"{low}–{high}"


def _from(lower: float, whole: bool, sign: str) -> str:
    low = _text(lower + whole, whole, sign)
    if sign == _MINUS:
        return (tr("{low} and below") if whole else tr("below {low}")).format(low=low)
    return (tr("{low} and more") if whole else tr("above {low}")).format(low=low)


def _text(value: float, whole: bool, sign: str) -> str:
    if value == 0:
        return "0"
    return sign + (f"{value:,.0f}" if whole else f"{value:,.6g}")


def _label(what: Amount, text: str) -> str:
    return tr("{what}: {range}").format(what=what.words, range=text)
