"""Whatever stands in a cell: nothing breaks, nothing is matched by likeness, every row has one answer."""

import geopandas as gpd
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from leachwatch.sources.points.isp_numbers import parse_number
from leachwatch.sources.units.matching import match_units
from leachwatch.sources.units.names import normal
from leachwatch.sources.units.spellings import known_spellings

NAMES = ["Hopang", "Hopong", "Mongmao", "Mongmit", "Chipwi", "ချီဖွေ"]
UNITS = gpd.GeoDataFrame(
    {"unit_code": [f"M{n}" for n in range(len(NAMES))], "unit_name": NAMES, "parent_name": "Shan", "country": "MMR"},
    geometry=[shapely.box(90 + n, 20, 91 + n, 21) for n in range(len(NAMES))],
    crs="EPSG:4326",
)
TEXT = st.one_of(st.text(max_size=12), st.sampled_from(NAMES), st.none())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6))
def test_every_row_has_one_answer(rows):
    table = pd.DataFrame(rows, columns=["unit_code", "unit_name", "parent_name"], dtype=object)
    found = match_units(table, UNITS)
    assert len(found.unit) == len(found.how) == len(rows)
    for name, unit, how in zip(table["unit_name"], found.unit, found.how):
        assert (unit >= 0) == (how != "none")
        if how == "name":
            assert normal(name) == normal(NAMES[unit])
        if how == "alias":
            assert known_spellings().townships.get(normal(name)) or "(" in name or "/" in name or ";" in name


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.integers(0, 8), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_one_letter_more_is_another_name(name, at, letter):
    changed = name[:at] + letter + name[at:]
    found = match_units(pd.DataFrame({"unit_name": [changed]}), UNITS)
    known = known_spellings().townships.get(normal(changed), [])
    assert found.how[0] == ("alias" if known else "none")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789,.-–<>≥~+ abouts")), max_size=30))
def test_a_number_is_read_or_not_but_never_breaks(text):
    number = parse_number(text)
    if number and None not in (number.low, number.high):
        assert 0 <= number.low <= number.high
