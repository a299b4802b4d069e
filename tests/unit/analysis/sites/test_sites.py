"""Sites: what counts as one, and what its name depends on."""

import numpy as np
import pytest
from leachwatch.analysis.definition import SiteDefinition
from leachwatch.analysis.sites.formation import form_sites, place_name
from leachwatch.tests.unit.analysis.worlds import row_of, tanks


def sites_of(rows, **definition):
    table = tanks(rows)
    return form_sites(table, np.ones(len(table), dtype=bool), SiteDefinition(**definition))


def test_four_tanks_are_a_site_and_three_are_not():
    sites = sites_of([*row_of(4), *row_of(3, north=1000)])
    assert len(sites) == 1
    assert sites.of_tank.tolist() == [0, 0, 0, 0, -1, -1, -1]
    assert sites.id_of_tank()[4] is None


def test_a_chain_is_one_site_however_long():
    assert len(sites_of(row_of(30, spacing=149))) == 1
    assert len(sites_of(row_of(30, spacing=151))) == 0


def test_the_minimum_may_be_one():
    assert len(sites_of([{"north": 0}, {"north": 500}], min_tanks=1)) == 2


def test_tanks_that_are_not_chosen_do_not_link():
    table = tanks([*row_of(4, spacing=100), *row_of(1, east=400), *row_of(4, east=500, spacing=100)])
    chosen = np.ones(9, dtype=bool)
    assert len(form_sites(table, chosen, SiteDefinition())) == 1
    chosen[4] = False
    assert len(form_sites(table, chosen, SiteDefinition())) == 2


def test_site_ids_do_not_depend_on_the_order_of_the_rows():
    rows = [*row_of(5), *row_of(4, north=2000), *row_of(6, east=3000, spacing=20), *row_of(2, north=-900)]
    plain = sites_of(rows).id_of_tank()
    order = np.random.default_rng(4).permutation(len(rows))
    shuffled = sites_of([rows[index] for index in order]).id_of_tank()
    assert shuffled.tolist() == plain[order].tolist()
    assert len(set(plain)) == 4  # three sites, and None


def test_site_ids_survive_the_last_digits_of_a_coordinate():
    # A row due north and south: without rounding, which tank is southernmost-and-westernmost would be chance.
    rows = [{"north": 15.0 * number} for number in range(5)]
    table = tanks(rows)
    noisy = table.copy()
    noisy["lon"] += np.array([1, -1, 1, -1, 1]) * 1e-12
    every = np.ones(5, dtype=bool)
    one, other = (form_sites(t, every, SiteDefinition()).ids.tolist() for t in (table, noisy))
    assert one == other


def test_two_sites_at_nearly_one_place_have_two_names():
    sites = sites_of([{"north": 0.0}, {"north": 0.4}], link_distance=0.2, min_tanks=1)
    assert len(set(sites.ids)) == 2


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (98.33349402, 25.67043613, "N25.67044E098.33349"),
        (-70.5, -33.25, "S33.25000W070.50000"),
    ],
)
def test_a_site_is_named_by_its_place(lon, lat, name):
    assert place_name(lon, lat) == name


def test_no_tanks_form_no_sites():
    assert len(sites_of([])) == 0
