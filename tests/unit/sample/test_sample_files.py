"""The files that ship: made again byte for byte, with the fields of the contract, saying that they are synthetic."""

import xml.etree.ElementTree as ElementTree
from itertools import combinations

import numpy as np
import pytest
import shapely
from leachwatch.analysis import fields
from leachwatch.tests.unit.sample.counting import SHIPPED
from leachwatch.tools.sample.build import SEED, build
from leachwatch.tools.sample.write import write
from pyproj import Geod
from shapely.geometry import shape


def test_made_again_byte_for_byte(tmp_path):
    for path in write(build(), tmp_path):
        assert path.read_bytes() == (SHIPPED / path.name).read_bytes(), f"Run tools/make_sample.py: {path.name}"


def test_another_seed_makes_another_sample():
    assert build(SEED + 1).rows[0]["lon"] != build(SEED).rows[0]["lon"]


def test_tank_fields_are_those_of_the_contract_in_order(tank_features):
    expected = [field.name for field in fields.TANKS]
    assert all(list(feature["properties"]) == expected for feature in tank_features)


def test_unit_fields_are_those_of_the_contract_in_order(unit_features):
    expected = [field.name for field in fields.UNITS]
    assert all(list(feature["properties"]) == expected for feature in unit_features)


def test_every_tank_says_that_it_is_synthetic(tanks):
    assert set(tanks["source"]) == {"synthetic-sample"}
    assert tanks["tank_id"].is_unique


def test_positions_have_seven_decimals(tanks):
    positions = tanks[["lon", "lat"]].to_numpy()
    assert np.array_equal(positions, np.round(positions, 7))


def test_words_are_those_of_the_contract(tanks):
    assert set(tanks["status"]) == set(fields.STATUSES)
    assert set(tanks["date_precision"]) == set(fields.PRECISIONS)
    assert set(tanks["country"]) == {"MMR", "CHN"}


def test_units_do_not_overlap(unit_features):
    cells = [shape(feature["geometry"]) for feature in unit_features]
    assert all(cell.is_valid for cell in cells)
    assert max(one.intersection(other).area for one, other in combinations(cells, 2)) == pytest.approx(0, abs=1e-12)


def test_unit_names_codes_and_areas(unit_features):
    units = {feature["properties"]["unit_code"]: feature["properties"] for feature in unit_features}
    names = {code: values["unit_name"] for code, values in units.items() if code.startswith("MMR")}
    assert names == {
        "MMR001005": "Chipwi",
        "MMR001006": "Tsawlaw",
        "MMR001012": "Momauk",
        "MMR001002": "Waingmaw",
        "MMR016006": "Monghsat",
        "MMR016011": "Mongyawng",
    }
    assert units["360783"]["unit_name_local"] == "龙南市"
    for feature in unit_features:
        area, _ = Geod(ellps="WGS84").geometry_area_perimeter(shape(feature["geometry"]))
        assert feature["properties"]["area_km2"] == pytest.approx(abs(area) / 1e6, abs=0.06)
        assert "not a boundary" in feature["properties"]["boundary_source"]


def test_unit_codes_are_those_of_the_place(tanks, unit_features):
    points = shapely.points(tanks["lon"], tanks["lat"])
    found = np.full(len(tanks), None, dtype=object)
    for feature in unit_features:
        found[shapely.contains(shape(feature["geometry"]), points)] = feature["properties"]["unit_code"]
    assert found.tolist() == tanks["unit_code"].tolist()
    assert 15 <= sum(code is None for code in found) <= 25


def test_most_tanks_are_in_chipwi_momauk_and_tsawlaw(tanks):
    assert tanks["unit_name"].isin(["Chipwi", "Momauk", "Tsawlaw"]).mean() > 0.6
    assert tanks["unit_name"].nunique() == 10


@pytest.mark.parametrize("name", ["tanks_synthetic_sample", "townships_synthetic_sample"])
def test_metadata_says_what_it_is(name):
    metadata = ElementTree.parse(SHIPPED / f"{name}.qmd").getroot()
    assert metadata.findtext("identifier") == f"leachwatch:{name}"
    assert metadata.findtext("title").endswith("(synthetic sample)")
    assert metadata.findtext("type") == "dataset"
    assert metadata.findtext("license")
    assert metadata.findtext("crs/spatialrefsys/authid") == "EPSG:4326"
    assert "invented" in metadata.findtext("abstract")


def test_tank_metadata_names_whose_totals_it_imitates():
    abstract = ElementTree.parse(SHIPPED / "tanks_synthetic_sample.qmd").getroot().findtext("abstract")
    assert "Every tank in this layer is invented" in abstract
    assert "ISP-Myanmar" in abstract
    assert "371" in abstract
