"""Series of years: one identity a site in all years, and the numbers of the pair where the same sites result."""

import numpy as np
import pandas as pd
import pytest
from leachwatch.analysis import fields
from leachwatch.analysis.definition import FOOTPRINTS, SiteDefinition
from leachwatch.analysis.sites import expansion_tables as tables
from leachwatch.analysis.sites.expansion import Expansion, Period
from leachwatch.analysis.sites.series import Series, series_table
from leachwatch.analysis.units.placement import place, prepare
from leachwatch.tests.unit.analysis.worlds import GEOD, boxes, random_rows, row_of, tanks

OLD, NEW = {"first_seen": "2018-01-01"}, {"first_seen": "2022-01-01"}


def series(rows, years, counting="standing", units=None, **definition):
    table = tanks(rows)
    placement = None
    if units is not None:
        units, _ = prepare(units)
        placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    return series_table(Series(table, years, counting, SiteDefinition(**definition), units, placement))


def test_a_site_that_came_grew_and_went_year_by_year():
    went = {"first_seen": "2019-01-01", "gone_by": "2023-02-01"}
    found = series([*row_of(4, **went), *row_of(1, east=60, first_seen="2021-05-01", gone_by="2023-02-01")],
                   [2018, 2019, 2021, 2023])  # fmt: skip
    assert found["year"].tolist() == [2018, 2019, 2021, 2023]
    assert found["since_year"].fillna(0).tolist() == [0, 2018, 2019, 2021]
    assert found["tanks"].tolist() == [0, 4, 5, 0]
    assert found["tanks_new"].fillna(-1).tolist() == [-1, 4, 1, 0]
    assert found["tanks_gone"].fillna(-1).tolist() == [-1, 0, 0, 5]
    assert found.geometry.isna().tolist() == [True, False, False, True]
    assert (found["footprint_ha"] > 0).tolist() == [False, True, True, False]
    assert found["begins_on"].tolist() == [pd.Timestamp(f"{year}-01-01") for year in found["year"]]
    assert found["ends_on"].tolist() == [pd.Timestamp(f"{year}-12-31") for year in found["year"]]
    assert found["site_id"].nunique() == 1
    assert list(found)[:-1] == [field.name for field in fields.SERIES]


def test_a_year_with_none_has_rows_of_zeros():
    found = series(row_of(4, **OLD), [2010, 2020])
    assert found[["tanks", "footprint_ha", "active"]].iloc[0].tolist() == [0, 0, 0]
    assert np.isnan(found["active_share_pct"].iloc[0])


def test_the_share_is_over_known_statuses():
    # 2020: 1 active, 1 abandoned since 2019, 2 unknown; in 2018 all of known status were active.
    rows = [
        *row_of(1, **OLD, status="active"),
        *row_of(1, east=15, **OLD, status="abandoned", abandoned_since="2019-06-01"),
        *row_of(2, east=30, **OLD),
    ]
    found = series(rows, [2018, 2020])
    assert found[["active", "abandoned", "status_unknown"]].to_numpy().tolist() == [[2, 0, 2], [1, 1, 2]]
    assert found["active_share_pct"].tolist() == [100.0, 50.0]


def test_groups_that_only_a_year_between_joined_are_one_site_in_all_years():
    # The two in the middle stood in 2020 alone: the pair 2018–2024 sees two sites, the series one.
    middle = row_of(2, east=250, first_seen="2019-06-01", gone_by="2021-06-01")
    rows = [*row_of(4, spacing=50, first_seen="2015-01-01"), *middle,
            *row_of(4, east=400, spacing=50, first_seen="2015-01-01")]  # fmt: skip
    assert len(tables.site_table(pair(rows, 2018, 2024))) == 2
    found = series(rows, [2018, 2020, 2024])
    assert found["site_id"].nunique() == 1
    assert found["tanks"].tolist() == [8, 10, 8]


def pair(rows, start, end, counting="standing", units=None, **definition):
    table = tanks(rows)
    placement = None
    if units is not None:
        units, _ = prepare(units)
        placement = place(table["lon"].to_numpy(), table["lat"].to_numpy(), units)
    return Expansion(table, Period(start, end, counting), SiteDefinition(**definition), units, placement)


@pytest.mark.parametrize("footprint", FOOTPRINTS)
@pytest.mark.parametrize("counting", ["standing", "cumulative"])
def test_a_series_of_two_years_has_the_numbers_of_the_pair(footprint, counting):
    rows, units = random_rows(3), boxes(-500, 1200, 2600, 3800)
    change = pair(rows, 2016, 2022, counting, units, footprint=footprint)
    table = tables.site_table(change).set_index("site_id")
    found = series(rows, [2016, 2022], counting, units, footprint=footprint)
    start, end = (found[found["year"] == year].set_index("site_id") for year in (2016, 2022))
    assert list(start.index) == list(end.index) == list(table.index) and len(table) > 5
    same = {"tanks": "tanks", "active": "active", "abandoned": "abandoned", "status_unknown": "unknown"}
    for moment, one in (("start", start), ("end", end)):
        for ours, theirs in same.items():
            assert (one[ours] == table[f"{theirs}_{moment}"]).all(), (ours, moment)
        assert np.allclose(one["footprint_ha"], table[f"footprint_{moment}_ha"])
    for name in ("tanks_new", "tanks_gone", "unit_code"):
        assert (end[name].fillna("") == table[name].fillna("")).all(), name
    shown = end["tanks"] > 0
    assert all(a.equals_exact(b, 1e-9) for a, b in zip(end.geometry[shown], table.geometry[shown]))


def test_a_year_between_is_what_a_pair_that_ends_in_it_finds():
    """A site drawn anew only where its tanks changed is the site drawn in each year by itself."""
    rows = row_of(6, **OLD) + row_of(3, east=90, **NEW) + row_of(5, north=4000, first_seen="2020-01-01")
    found = series(rows, [2018, 2019, 2021, 2022, 2024])
    for year in (2019, 2021, 2022):
        ours = found[(found["year"] == year) & (found["tanks"] > 0)].set_index("site_id")
        theirs = tables.site_table(pair(rows, 2018, year)).set_index("site_id")
        assert list(ours.index) == list(theirs.index)
        assert np.allclose(ours["footprint_ha"], theirs["footprint_end_ha"])


def test_polygons_have_the_areas_of_the_table():
    found = series(random_rows(5), [2014, 2018, 2022])
    drawn = found[found["tanks"] > 0]
    geodesic = [abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e4 for shape in drawn.geometry]
    assert np.allclose(geodesic, drawn["footprint_ha"], rtol=1e-3) and len(drawn) > 10


def test_the_sum_of_changes_leads_from_the_first_year_to_the_last():
    found = series(random_rows(7), [2012, 2015, 2016, 2020])
    by_site = found.groupby("site_id")
    steps = by_site["tanks_new"].sum() - by_site["tanks_gone"].sum()
    assert (by_site["tanks"].first() + steps == by_site["tanks"].last()).all()


def test_many_sites_are_drawn_in_parts(monkeypatch):
    whole = series(random_rows(6), [2014, 2018, 2022], units=boxes(-500, 1200, 2600))
    monkeypatch.setattr("leachwatch.analysis.sites.series._SITES_AT_A_TIME", 4)
    parts = series(random_rows(6), [2014, 2018, 2022], units=boxes(-500, 1200, 2600))
    assert whole["site_id"].nunique() > 8
    assert whole.drop(columns=["geometry", "footprint_ha"]).equals(parts.drop(columns=["geometry", "footprint_ha"]))
    assert np.allclose(whole["footprint_ha"], parts["footprint_ha"], rtol=1e-9)
    assert (whole.geometry.isna() == parts.geometry.isna()).all()


def test_no_tanks_give_no_rows():
    assert len(series([], [2012, 2015])) == 0
