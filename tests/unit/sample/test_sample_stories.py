"""What the sites go through between 2020 and 2024, and that no row contradicts itself."""

import pytest
from leachwatch.tests.unit.sample.counting import site_of, standing


@pytest.fixture(scope="module")
def sites(tanks):
    """The 126 sites of 2020: tanks at the start and the end, new, gone, and abandoned by the end."""
    both = tanks[standing(tanks, 2020) | standing(tanks, 2024)].copy()
    both["site"] = site_of(both)
    both["start"], both["end"] = standing(both, 2020), standing(both, 2024)
    both["left"] = both["end"] & (both["status"] == "abandoned") & (both["abandoned_since_year"] <= 2024)
    table = both[both["site"] >= 0].groupby("site")[["start", "end", "left"]].sum()
    return table[table["start"] > 0]


def test_old_sites_grew_stayed_shrank_or_were_abandoned(sites):
    abandoned = sites["left"] == sites["end"]
    change = sites["end"] - sites["start"]
    assert len(sites) == 126
    assert abandoned.sum() >= 10
    assert (change > 0).sum() >= 40
    assert ((change == 0) & ~abandoned).sum() >= 15
    assert (change < 0).sum() >= 10


def test_sites_that_stood_only_before_2020(tanks):
    gone = tanks[(tanks["gone_by_year"] < 2020) & (site_of(tanks) >= 0)]
    assert gone["first_seen_year"].between(2011, 2014).all()
    assert len(gone) >= 24
    assert gone["last_seen"].max() < "2019"


def test_rows_do_not_contradict_themselves(tanks):
    def before(earlier, later, or_equal=False):
        both = tanks[tanks[earlier].notna() & tanks[later].notna()]
        assert len(both) > 0
        return (both[earlier] <= both[later]).all() if or_equal else (both[earlier] < both[later]).all()

    assert before("absent_on", "first_seen")
    assert before("first_seen", "last_seen", or_equal=True)
    assert before("last_seen", "gone_by")
    assert before("first_seen", "abandoned_since", or_equal=True)
    assert before("abandoned_since", "last_seen", or_equal=True)
    assert before("abandoned_since", "status_date", or_equal=True)
    assert (tanks.loc[tanks["abandoned_since"].notna(), "status"] == "abandoned").all()


def test_dates_stay_within_the_period(tanks):
    dates = tanks[["first_seen", "last_seen", "absent_on", "gone_by", "abandoned_since", "status_date"]].stack()
    assert dates.min() >= "2010-01-01"
    assert dates.max() < "2025-11-01"
    years = set(tanks["first_seen_year"].dropna().astype(int))
    assert years == set(range(2010, 2026))


def test_coarse_dates_stand_for_the_whole_month_or_year(tanks):
    dates = ["first_seen", "last_seen", "absent_on", "gone_by", "abandoned_since", "status_date"]
    for precision, ending in (("month", "-01"), ("year", "-01-01")):
        coarse = tanks.loc[tanks["date_precision"] == precision, dates].stack()
        assert len(coarse) > 0
        assert coarse.str.endswith(ending).all()
    assert ((tanks["date_precision"] == "year") & (tanks["first_seen_year"] == 2021)).sum() == 40


def test_undated_tanks_have_no_date_at_all(tanks):
    undated = tanks[tanks["first_seen"].isna()]
    dates = ["last_seen", "absent_on", "gone_by", "abandoned_since", "status_date"]
    assert len(undated) == 90
    assert undated[dates].isna().all(axis=None)
    assert (undated["date_precision"] == "none").all()
    in_sites = site_of(tanks)[tanks["first_seen"].isna().to_numpy()] >= 0
    assert 0 < in_sites.sum() < 90


def test_what_is_not_known_is_there_too(tanks):
    assert 0.10 <= (tanks["status"] == "unknown").mean() <= 0.14
    assert set(tanks["tank_type"]) == {"leachate", "precipitation", "unknown"}
    assert set(tanks["confidence"].dropna()) == {"high", "medium", "low"}
    assert tanks["confidence"].isna().any()
    assert tanks["diameter_m"].isna().any()
    assert tanks["diameter_m"].min() >= 4
    assert tanks["diameter_m"].max() <= 20
    abandoned = tanks[tanks["status"] == "abandoned"]
    assert 0.8 < abandoned["abandoned_since"].notna().mean() < 1
    assert 130 <= (tanks["first_seen_year"] == 2025).sum() <= 170
