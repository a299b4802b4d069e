"""The tables of a comparison, counted by hand: pairs side by side, what each has alone, units that add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leachwatch.analysis import fields
from leachwatch.analysis.comparison.matching import match
from leachwatch.analysis.comparison.tables import Comparison, matched_table, only_table, unit_table
from leachwatch.analysis.comparison.things import spans
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.tests.unit.analysis.comparison.sources import source
from leachwatch.tests.unit.analysis.worlds import boxes


def compared(a, b, edges=None, reach=50):
    found = match(a, b, reach)
    if edges is None:
        nowhere = [np.full(len(things), -1) for things in (a, b)]
        return Comparison(a, b, found, None, *nowhere)
    units, _ = prepare(boxes(*edges))
    return Comparison(a, b, found, units, *(place(*things.place.T, units).unit_of_tank for things in (a, b)))


def test_a_pair_side_by_side():
    a = source([{"id": "x", "status": "active", "first_seen_from": "2020-05-01", "first_seen_to": "2020-05-01"}])
    b = source(
        [
            {
                "north": 10, "id": "y", "status": "abandoned", "status_date": "2024-01-05", "last_seen": "2024-01-05",
                "first_seen_from": "2020-06-01", "first_seen_to": "2020-06-01",
            }
        ]
    )  # fmt: skip
    (row,) = matched_table(compared(a, b)).to_dict("records")
    assert (row["a_id"], row["b_id"], row["a_status"], row["b_status"]) == ("x", "y", "active", "abandoned")
    assert row["status_agreement"] == fields.DIFFER
    assert row["distance_m"] == pytest.approx(10, abs=1e-3) and row["bearing_deg"] == pytest.approx(0, abs=0.01)
    # From 1 May to 1 June there are 31 days.
    assert row["first_seen_gap_days"] == 31 and row["matching"] == "one to one"
    assert row["b_last_seen"] == pd.Timestamp("2024-01-05") and pd.isna(row["a_last_seen"])
    assert {field.name for field in fields.MATCHED} <= set(row)


@pytest.mark.parametrize(
    "ours, theirs, agreement",
    [("active", "active", "agree"), ("active", "abandoned", "differ"), ("unknown", "unknown", "not known"),
     ("active", "unknown", "not known")],
)  # fmt: skip
def test_statuses_agree_differ_or_are_not_known(ours, theirs, agreement):
    table = matched_table(compared(source([{"status": ours}]), source([{"status": theirs}])))
    assert table["status_agreement"].tolist() == [agreement]


@pytest.mark.parametrize(
    "ours, theirs, days",
    [
        (("2020-01-01", "2020-12-31"), ("2020-05-01", "2020-05-01"), 0),  # the year holds the day
        (("2020-01-01", "2020-12-31"), ("2021-01-01", "2021-12-31"), 1),  # 31 December and 1 January at the nearest
        ((None, "2021-01-31"), ("2021-02-03", "2021-02-03"), 3),  # "before": at least 3 days
        ((None, "2021-01-31"), ("2019-05-01", "2019-05-01"), None),  # "before" may be that day or not
        ((None, None), ("2019-05-01", "2019-05-01"), None),
    ],
)
def test_the_gap_of_dates_is_what_they_surely_differ_by(ours, theirs, days):
    a, b = (source([{"first_seen_from": one[0], "first_seen_to": one[1]}]) for one in (ours, theirs))
    for table in (matched_table(compared(a, b)), matched_table(compared(b, a))):
        (found,) = table["first_seen_gap_days"]
        assert pd.isna(found) if days is None else found == days


def test_coarse_dates_stand_for_the_whole_of_them():
    first, last = spans(
        pd.to_datetime(pd.Series(["2020-02-10"] * 3 + [None])), np.array(["day", "month", "year", "year"])
    )
    assert first.astype(str).tolist() == ["2020-02-10", "2020-02-01", "2020-01-01", "NaT"]
    assert last.astype(str).tolist() == ["2020-02-10", "2020-02-29", "2020-12-31", "NaT"]


def test_why_it_is_alone():
    """B stands at 20. A at 0 and 30: 30 has it. A at 500 has none near."""
    a = source([{"east": at, "id": str(at)} for at in (0, 30, 500)])
    b = source([{"east": 20, "id": "b"}])
    only = only_table(compared(a, b), "a")
    assert only["row"].tolist() == [0, 2] and only["nearest_id"].tolist() == ["b", "b"]
    assert only["reason"].tolist() == [fields.TAKEN, fields.NONE_NEAR]
    assert only["nearest_m"].tolist() == pytest.approx([20, 480], abs=0.01)
    assert len(only_table(compared(a, b), "b")) == 0
    alone = only_table(compared(a, source([])), "a")
    assert alone["reason"].tolist() == [fields.OTHER_EMPTY] * 3 and alone["nearest_m"].isna().all()


def test_units_add_up():
    """West −1000 to 0, east 0 to 1000; a pair across the border at 0 counts in both units.

    A: −500, −10, 300, 2000 (outside). B: −490, 10, 400. Pairs: −500 with −490, −10 with 10.
    """
    a = source([{"east": at, "status": "active"} for at in (-500, -10, 300, 2000)])
    b = source([{"east": at, "status": "active"} for at in (-490, 10, 400)])
    table = unit_table(compared(a, b, (-1000, 0, 1000)))
    columns = ["a", "a_matched", "only_a", "b", "b_matched", "only_b", "pairs", "pairs_across_units", "status_agree"]
    assert table["scope"].tolist() == ["unit", "unit", fields.OUTSIDE, fields.TOTAL]
    assert table[columns].to_numpy().tolist() == [
        [2, 2, 0, 1, 1, 0, 2, 1, 2],
        [1, 0, 1, 2, 1, 1, 0, 0, 0],
        [1, 0, 1, 0, 0, 0, 0, 0, 0],
        [4, 2, 2, 3, 2, 1, 2, 1, 2],
    ]
    # (2 + 1) of (2 + 1); 1 of 3; 0 of 1; 4 of 7.
    assert table["agreement_pct"].tolist() == pytest.approx([100, 100 / 3, 0, 400 / 7])
    assert np.isnan(table["b_matched_pct"].iloc[2]), "none of B is there: a share of nothing is not known"


def test_without_units_there_is_the_total_alone():
    table = unit_table(compared(source([{}]), source([{}])))
    assert table["scope"].tolist() == [fields.TOTAL] and table["agreement_pct"].tolist() == [100]
    assert {field.name for field in fields.COMPARED_UNITS} <= set(table)


def test_tanks_and_sites_have_no_agreement():
    tanks = source([{"east": at} for at in (0, 20, 40)])
    sites = source([{"east": 10}], fields.SITE_KIND)
    found = compared(tanks, sites)
    (row,) = unit_table(found).to_dict("records")
    assert (row["a_kind"], row["b_kind"]) == ("tanks", "sites") and np.isnan(row["agreement_pct"])
    assert (row["a_matched"], row["b_matched"], row["pairs"], row["a_matched_pct"]) == (3, 1, 3, 100)
    pairs = matched_table(found)
    assert pairs["b_pairs"].tolist() == [3, 3, 3] and pairs["a_pairs"].tolist() == [1, 1, 1]
    assert pairs["matching"].unique().tolist() == [fields.ONE_TO_MANY]


ROWS = st.lists(st.tuples(st.integers(-300, 300), st.sampled_from(fields.STATUSES)), max_size=25)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(ROWS, ROWS, st.sampled_from(["tanks", "sites"]), st.sampled_from(["tanks", "sites"]))
def test_everything_adds_up(ones, others, kind, other_kind):
    a, b = (
        source([{"east": 5 * at, "status": status} for at, status in rows], of)
        for rows, of in ((ones, kind), (others, other_kind))
    )
    found = compared(a, b, (-1000, 0, 600))
    table, pairs = unit_table(found), matched_table(found)
    whole, numbers = table.iloc[-1], ["a", "only_a", "b", "only_b", "pairs", "status_agree", "status_differ"]
    assert (table[numbers].iloc[:-1].sum() == whole[numbers]).all()
    for side, things in (("a", a), ("b", b)):
        only = only_table(found, side)
        assert (table[side] == table[f"{side}_matched"] + table[f"only_{side}"]).all()
        assert whole[side] == len(things) and whole[f"only_{side}"] == len(only)
        in_pairs = set(found.match.a if side == "a" else found.match.b)
        assert in_pairs | set(only["row"]) == set(range(len(things))) and not in_pairs & set(only["row"])
    states = ["status_agree", "status_differ", "status_not_known"]
    assert (table[states].sum(axis=1) == table["pairs"]).all() and whole["pairs"] == len(pairs)
    assert (pairs["distance_m"] <= 50 + 1e-3).all()
    if kind == other_kind:
        assert pairs["a_pairs"].eq(1).all() and pairs["b_pairs"].eq(1).all()


def test_two_neighbours_that_each_lack_the_other_are_told():
    """A at 0, 20, 40; B at 1, 60: 0–1 is 1 m apart. 40–60 is 20 m, more than half of the 20 m between those of A."""
    found = compared(source([{"east": at} for at in (0, 20, 40)]), source([{"east": at} for at in (1, 60)]))
    assert found.a.spacing == pytest.approx(20, abs=1e-3) and found.b.spacing == pytest.approx(59, abs=1e-3)
    table = matched_table(found).sort_values("distance_m")
    assert table["distance_m"].tolist() == pytest.approx([1, 20], abs=1e-3)
    assert table["may_be_neighbours"].tolist() == ["no", "yes"]


@pytest.mark.parametrize("rows, kind", [([{}], "tanks"), ([{"size": 50.0}, {"size": 50.0, "east": 90}], "sites")])
def test_of_one_place_or_of_polygons_no_spacing_is_known(rows, kind):
    found = compared(source(rows, kind), source(rows, kind))
    assert np.isnan(found.spacing) and matched_table(found)["may_be_neighbours"].isna().all()
