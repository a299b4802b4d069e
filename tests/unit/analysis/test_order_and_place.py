"""The order of the rows changes no table, and the place on earth no size."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.detection import detect_sites
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.sites.expansion_summary import summary_table
from leachwatch.analysis.sites.expansion_tables import ground_table, site_table
from leachwatch.analysis.sites.sensitivity import Grid, sensitivity
from leachwatch.analysis.sites.series import Series, series_table
from leachwatch.analysis.uncertainty.image_years import image_years
from leachwatch.analysis.uncertainty.neighbours import neighbouring_links
from leachwatch.analysis.uncertainty.of_expansion import uncertainty_table
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.analysis.units.summary import Question, TownshipSummary
from leachwatch.analysis.units.summary_tables import unit_table, yearly_table
from leachwatch.tests.reference.random_worlds import PLACES
from leachwatch.tests.unit.analysis.drawn_worlds import FOOTPRINTS, STEADY, WORLDS
from leachwatch.tests.unit.analysis.worlds import boxes, tanks

UNITS, _ = prepare(boxes(-2000, -100, 40, 1500))
PERIOD = Period(2017, 2021, "standing")


def every_table(table: pd.DataFrame, definition: SiteDefinition) -> dict[str, pd.DataFrame]:
    placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), UNITS)
    change = Expansion(table, PERIOD, definition, UNITS, placement)
    townships = TownshipSummary(table, UNITS, placement, Question(2017, 2021, "standing", None, definition))
    series = Series(table, [2015, 2017, 2022], "cumulative", definition, UNITS, placement)
    series.draw()
    return {
        "sites": site_table(change),
        "gain": ground_table(change, "gain"),
        "loss": ground_table(change, "loss"),
        "summary": summary_table(change),
        "uncertainty": uncertainty_table(change),
        "neighbours": neighbouring_links(table, PERIOD, definition),
        "image years": image_years(table),
        "detected": detect_sites(table, None, "standing", definition).sites,
        "series": series_table(series),
        "units": unit_table(townships),
        "yearly": yearly_table(townships),
        "sensitivity": sensitivity(table, 2021, "standing", Grid([15.0, 150.0], [1, 3], definition.footprint)),
    }


def same(one: pd.DataFrame, other: pd.DataFrame, name: str) -> None:
    if "geometry" in one:
        areas = [frame.geometry.to_crs("ESRI:54034").area.fillna(0).tolist() for frame in (one, other)]
        assert areas[0] == pytest.approx(areas[1], rel=1e-6, abs=0.01), name
        one, other = (pd.DataFrame(frame.drop(columns="geometry")) for frame in (one, other))
    if "shift_m" in one:
        # Where a centre moved by a thousandth of a millimetre, the last digits say which way.
        one, other = (
            f.assign(shift_bearing_deg=f["shift_bearing_deg"].where(f["shift_m"] > 1e-3)) for f in (one, other)
        )
    pd.testing.assert_frame_equal(one, other, check_exact=False, rtol=1e-6, atol=1e-5, check_dtype=False, obj=name)


@settings(STEADY, max_examples=4)
@given(WORLDS, FOOTPRINTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_table(rows, footprint, random):
    definition = SiteDefinition(min_tanks=2, footprint=footprint)
    order = list(range(len(rows)))
    random.shuffle(order)
    tables = every_table(tanks(rows), definition)
    others = every_table(tanks([rows[number] for number in order]), definition)
    for name, table in tables.items():
        same(table, others[name], name)


@STEADY
@given(WORLDS, st.randoms(use_true_random=False))
def test_each_tank_keeps_its_site_and_state(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    one, other = (
        detect_sites(tanks([rows[number] for number in numbers]), 2020, "standing", SiteDefinition(min_tanks=2))
        for numbers in (range(len(rows)), order)
    )
    assert one.site_of_tank[order].tolist() == other.site_of_tank.tolist()
    assert one.state_of_tank[order].tolist() == other.state_of_tank.tolist()


def ring(radius: float, number: int, **values: object) -> list[dict]:
    """Tanks evenly around the origin."""
    angle = np.linspace(0, 2 * np.pi, number, endpoint=False) + 0.1
    return [{"east": radius * np.cos(a), "north": radius * np.sin(a), **values} for a in angle]


@pytest.mark.parametrize("footprint", ["buffered", "discs", "concave", "convex"])
@pytest.mark.parametrize("origin", [*list(PLACES.values())[1:], (-179.9999, 71.0), (12.0, -84.0)])
def test_a_site_is_as_large_at_every_place(origin, footprint):
    """A ring of 24 tanks 100 m wide, inside which 12 more came: drawn anywhere, it has the same sizes."""
    rows = [*ring(100, 24, first_seen="2015-01-01", diameter_m=30.0), *ring(60, 12, first_seen="2020-01-01")]
    definition = SiteDefinition(footprint=footprint)
    (here,), (there,) = (
        site_table(Expansion(tanks(rows, at), PERIOD, definition)).to_dict("records") for at in ((98.13, 25.88), origin)
    )
    for name in ("footprint_start_ha", "footprint_end_ha", "footprint_gain_ha"):
        assert there[name] == pytest.approx(here[name], rel=1e-3, abs=1e-4), name
    assert (there["tanks_start"], there["tanks_end"], there["merged_sites"]) == (24, 36, 1)


def test_of_two_countries_equally_frequent_the_first_by_letter():
    rows = [{"east": 15.0 * n, "first_seen": "2015-01-01", "country": code} for n, code in enumerate(("MMR", "CHN"))]
    definition = SiteDefinition(min_tanks=2)
    for order in (rows, rows[::-1]):
        assert site_table(Expansion(tanks(order), PERIOD, definition))["country"].tolist() == ["CHN"]
