"""Tanks as hypothesis draws them, small and awkward: on a few heaps, in lines, in one place, with any dates."""

from __future__ import annotations

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from leachwatch.analysis import fields

# The same worlds in every run: what fails here fails for everybody.
STEADY = settings(max_examples=8, deadline=None, derandomize=True, database=None)

YEARS = st.integers(2013, 2025)
DATES = st.one_of(st.none(), st.builds(date, YEARS, st.sampled_from([1, 6, 12]), st.sampled_from([1, 28])))
# Some tens and hundreds of metres: within, at and beyond the link distances.
STEPS = st.sampled_from([0, 0, 5, 15, 40, 90, 149, 150, 151, 300, 1200, 2500])
SIGNS = st.sampled_from([-1, 1])

TANK = st.fixed_dictionaries(
    {
        "east": st.builds(lambda one, other, sign: sign * float(one + other), STEPS, STEPS, SIGNS),
        "north": st.builds(lambda one, other, sign: sign * float(one + other), STEPS, STEPS, SIGNS),
        "status": st.sampled_from(fields.STATUSES),
        "tank_type": st.sampled_from(fields.TANK_TYPES),
        "country": st.sampled_from([None, "MMR", "CHN"]),
        "diameter_m": st.sampled_from([None, 0.0, 8.0, 25.0]),
        "date_precision": st.sampled_from(fields.PRECISIONS),
        **{name: DATES for name in fields.TANK_DATES},
    }
)
WORLDS = st.one_of(st.lists(TANK, max_size=8), st.lists(TANK, min_size=15, max_size=40))
COUNTINGS = st.sampled_from(["standing", "cumulative"])
FOOTPRINTS = st.sampled_from(["buffered", "discs", "concave", "convex"])
