"""Tanks and questions as hypothesis draws them: any roles, in any column, with values that a filter may fall over."""

from __future__ import annotations

from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from leachwatch.analysis.fields import STATUSES, TANK_TYPES
from leachwatch.analysis.selection.columns import DATE, NUMBER, TEXT, TEXT_DATE, YEAR
from leachwatch.analysis.selection.wanted import MODES, SEARCHED_ROLES, VALUE_ROLES, TankFilter

# The same questions in every run: what fails here fails for everybody.
STEADY = settings(max_examples=100, deadline=None, derandomize=True, database=None)

HOSTILE = ["plain", "Plain", "O'Brien", "'; DROP TABLE tanks; --", "a -- b --- c", "100 % _sure_", "back\\slash\\"]
HOSTILE += ["\\'", 'she said "so"', "ချီဖွေ", "定南", "É", "line\nbreak\tand tab\r", "|layername=other|", " AND "]
HOSTILE += ["long " * 400, "007", "7"]
TEXT_DATES = ["2017", "2018-12-31", "2019/01/01", "20190630", "2020-06", "2021-02-01", "n/a", "?", " 2019", "9999", "0"]
DATES = [None, None, "2017-06-30", "2018-12-31", "2019-01-01", "2019-12-31", "2020-02-29", "2021-01-01"]
YEARS = [None, 0, -1, 9999, 2017, 2018, 2019, 2019.5, 2020, 2021]
NUMBERS = [None, 0, 7, 7.25, -3, 1e20, 12345.678901234567]
CELLS = {DATE: DATES, TEXT_DATE: [None, "", *TEXT_DATES], YEAR: YEARS, TEXT: [None, "", *HOSTILE], NUMBER: NUMBERS}

# What the words of other sources mean.
MEANINGS = {"Assumed Active": "active", "brown": "abandoned", "O'Brien": "abandoned", "7": "active", "pond": "leachate"}
CLASS_CELLS = {
    "status": [None, "", *STATUSES, *MEANINGS, "ACTIVE", "定南"],
    "tank_type": [None, "", *TANK_TYPES, "pond", "Leachate"],
}
POSSIBLE = {
    **dict.fromkeys(("first_seen", "last_seen", "gone_by", "abandoned_since", "status_date"), (DATE, TEXT_DATE, YEAR)),
    **dict.fromkeys((*SEARCHED_ROLES, *CLASS_CELLS), (TEXT, TEXT, NUMBER)),
    "diameter_m": (NUMBER,),
}
_EVERY = sorted(POSSIBLE)
_SOME_ROLES = st.one_of(
    st.sets(st.sampled_from(_EVERY), max_size=4).map(lambda absent: sorted({*_EVERY} - absent)),
    st.sets(st.sampled_from(_EVERY)).map(sorted),
)


def classes(role: str, words: list[str]) -> list[str]:
    """Return what each word means, as ui asks ``sources`` for it."""
    return [MEANINGS.get(word, word) for word in words]


@st.composite
def worlds(draw):
    """Draw the kinds of some roles' columns, and thirty rows."""
    kinds = {role: draw(st.sampled_from(POSSIBLE[role])) for role in draw(_SOME_ROLES)}
    cells = {
        role: CLASS_CELLS[role] if role in CLASS_CELLS and kind == TEXT else CELLS[kind] for role, kind in kinds.items()
    }
    chance = Random(draw(st.integers(0, 10**6)))
    return kinds, [{role: chance.choice(values) for role, values in cells.items()} for _ in range(30)]


_ASKED_WORDS = ["", *HOSTILE, "7.25", "12345.678901234567", "-3", "7.0", "nan", "1 OR 1"]
_SOME_WORDS = st.frozensets(st.sampled_from(_ASKED_WORDS), max_size=3)
_SOME_VALUES = st.one_of(_SOME_WORDS, _SOME_WORDS.map(lambda absent: frozenset(_ASKED_WORDS) - absent))
_LIMITS = st.sampled_from([None, -3.0, 0.0, 7.1, 7.25, 1e21, 12345.678901234567])
_YEARS = st.tuples(st.integers(2017, 2021), st.integers(0, 3)).map(lambda pair: (pair[0], pair[0] + pair[1]))
_TEXTS = st.sampled_from(["  ", "PLAIN", "7", "南", "o'b", "\\", "--", "%", "a", "nothing has this"])
_PARTS = {
    "time": st.builds(
        lambda mode, ends, undated: {"mode": mode, "first_year": ends[0], "last_year": ends[1], "undated": undated},
        st.sampled_from(MODES),
        _YEARS,
        st.booleans(),
    ),
    "undated": st.just({"only_undated": True}),
    "status": st.fixed_dictionaries({"statuses": st.frozensets(st.sampled_from(STATUSES))}),
    "type": st.fixed_dictionaries({"types": st.frozensets(st.sampled_from(TANK_TYPES))}),
    "values": st.fixed_dictionaries(
        {"values": st.dictionaries(st.sampled_from(VALUE_ROLES), _SOME_VALUES, min_size=1, max_size=2)}
    ),
    "diameter": st.fixed_dictionaries({"diameter": st.tuples(_LIMITS, _LIMITS), "unmeasured": st.booleans()}),
    "search": st.fixed_dictionaries({"search": _TEXTS}),
}
_FEW = st.sets(st.sampled_from(sorted(_PARTS)), min_size=1, max_size=2)
_ALL_AT_ONCE = st.just({*_PARTS} - {"undated"})


@st.composite
def questions(draw):
    """Draw what may be wanted: one or two things, or all at once."""
    asked = [draw(_PARTS[name]) for name in sorted(draw(st.one_of(_FEW, _FEW, _ALL_AT_ONCE)))]
    return TankFilter(**{key: value for part in asked for key, value in part.items()})
