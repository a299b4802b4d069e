"""Names of townships are matched by rule, never by likeness; every row is accounted for."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from leachwatch.sources.units.matching import match_units
from leachwatch.sources.units.names import normal, same_state, state_words
from leachwatch.sources.units.spellings import FILE, known_spellings

# Code, name, local name, state; each a square of one degree, side by side from 90° east.
TOWNSHIPS = [
    ("MMR001005", "Chipwi", "ချီဖွေ", "Kachin"),
    ("MMR001006", "Tsawlaw", "ဆော့လော်", "Kachin"),
    ("MMR001012", "Momauk", "မိုး\u200bမောက်", "Kachin"),
    ("MMR016006", "Monghsat", None, "Shan (East)"),
    ("MMR016011", "Mongyawng", None, "Shan (East)"),
    ("MMR015021", "Hopang", None, "Shan (North)"),
    ("MMR014003", "Hopong", None, "Shan (South)"),
    ("MMR015008", "Mongmao", None, "Shan (North)"),
    ("MMR015017", "Mongmit", None, "Shan (North)"),
    ("MMR007005", "Htantabin", None, "Bago (East)"),
    ("MMR013001", "Htantabin", None, "Yangon"),
    ("MMR008001", "Minhla", None, "Bago (West)"),
    ("MMR009001", "Minhla", None, "Magway"),
]
COLUMNS = ["unit_code", "unit_name", "unit_name_local", "parent_name"]


def units(townships=TOWNSHIPS, **changes):
    table = pd.DataFrame(townships, columns=COLUMNS, dtype=object).assign(country="MMR", **changes)
    squares = [shapely.box(90 + number, 20, 91 + number, 21) for number in range(len(table))]
    return gpd.GeoDataFrame(table, geometry=squares, crs="EPSG:4326")


def matched(*rows, table=None):
    """Return [(unit_code, how)] of rows given as dicts, and the notes as one text."""
    table = units() if table is None else table
    found = match_units(pd.DataFrame(list(rows)), table)
    codes = [table["unit_code"].iloc[one] if one >= 0 else None for one in found.unit]
    return list(zip(codes, found.how)), " ".join(found.notes), found


def named(name, state=None, **more):
    return matched({"unit_name": name, "parent_name": state, **more})[0][0]


@pytest.mark.parametrize(
    ("name", "state", "code", "how"),
    [
        ("Chipwi", "Kachin", "MMR001005", "name"),
        ("CHIPWI township", None, "MMR001005", "name"),
        ("chip-wi Tsp.", "Kachin State", "MMR001005", "name"),
        ("Chípwì", None, "MMR001005", "name"),
        ("Chip\u200bwi", None, "MMR001005", "name"),
        ("ချီဖွေမြို့နယ်", None, "MMR001005", "name"),
        ("မိုးမောက်", "ကချင်ပြည်နယ်", "MMR001012", "name"),
        ("Chibwe", "Kachin", "MMR001005", "alias"),
        ("Chipwe", None, "MMR001005", "alias"),
        ("Sawlaw", None, "MMR001006", "alias"),
        ("Moe Mauk", None, "MMR001012", "alias"),
        ("Mong Hsat", "Shan", "MMR016006", "name"),
        ("Minesat", "Shan", "MMR016006", "alias"),
        ("Minesat", "Eastern Shan State", "MMR016006", "alias"),
        ("Mong Yawng", "Shan State (East)", "MMR016011", "name"),
        ("Hopang", "Shan", "MMR015021", "name"),
        ("Hopong", "Shan", "MMR014003", "name"),
        ("Mongmao", None, "MMR015008", "name"),
        ("Mong Mit", None, "MMR015017", "name"),
        ("Momeik", "Shan (North)", "MMR015017", "alias"),
        ("Htantabin", "Yangon Region", "MMR013001", "name"),
        ("Htantabin", "Rangoon", "MMR013001", "name"),
        ("Htantabin", "Bago", "MMR007005", "name"),
        ("Minhla", "Magwe", "MMR009001", "name"),
        ("Chipwi", "Kachin Special Region 1", "MMR001005", "name"),
        ("Monghsat (Minesat)", "Shan", "MMR016006", "alias"),
        # Not the state that the name lies in; names of several; near names; names that do not exist.
        ("Chipwi", "Shan", None, "none"),
        ("Minesat", "Shan (North)", None, "none"),
        ("Htantabin", None, None, "none"),
        ("Htantabin", "Nowhere State", None, "none"),
        ("Hopan g", None, "MMR015021", "name"),
        ("Hopung", None, None, "none"),
        ("Hop", None, None, "none"),
        ("Mongma", None, None, "none"),
        ("Mongmi", None, None, "none"),
        ("Chipwi/Momauk", "Kachin", None, "none"),
        ("Dagon (East)", None, None, "none"),
        ("", None, None, "none"),
        (None, None, None, "none"),
    ],
)
def test_names(name, state, code, how):
    assert named(name, state) == (code, how)


def test_near_names_are_never_taken_for_each_other():
    """Hopang and Hopong, Mongmao and Mongmit are different townships: each without its own is not matched."""
    for one, other in (("Hopang", "Hopong"), ("Mongmao", "Mongmit")):
        table = units([township for township in TOWNSHIPS if township[1] != one])
        assert matched({"unit_name": one}, table=table)[0] == [(None, "none")]
        assert matched({"unit_name": other}, table=table)[0][0][1] == "name"


def test_the_order_is_code_alias_name_place():
    found, notes, _ = matched(
        {"unit_code": "mmr001005 ", "unit_name": "Momauk", "lon": 93.5, "lat": 20.5},
        {"unit_code": "MMR999999", "unit_name": "Minesat", "lon": 93.5, "lat": 20.5},
        {"unit_code": None, "unit_name": "Tsawlaw", "lon": 91.5, "lat": 20.5},
        {"unit_code": None, "unit_name": "Htantabin", "lon": 99.5, "lat": 20.5},
        {"unit_code": None, "unit_name": None, "lon": 94.5, "lat": 20.5},
        {"unit_code": None, "unit_name": "Elsewhere", "lon": 10.0, "lat": 20.5},
    )
    assert found == [
        ("MMR001005", "code"),
        ("MMR016006", "alias"),
        ("MMR001006", "name"),
        ("MMR007005", "place"),
        ("MMR016011", "place"),
        (None, "none"),
    ]
    assert "Units: of 6 rows, 1 by code, 1 by alias, 1 by name, 2 by place, 1 not matched." in notes
    assert "1 rows have a code that no unit has" in notes and "MMR999999 (1)" in notes
    assert "code and a name of different units: the code counts: mmr001005  is Chipwi, not Momauk (1)" in notes
    assert "1 rows have a name that several units bear, so that it decides nothing: Htantabin (1)" in notes
    assert "Not matched: “Elsewhere” (1)." in notes


def test_a_name_and_a_place_that_disagree_are_counted_and_shown():
    rows = [{"unit_name": "Chipwi", "lon": 91.5, "lat": 20.5}] * 3 + [{"unit_name": "Chipwi", "lon": 90.5, "lat": 20.5}]
    found, notes, matches = matched(*rows)
    assert found == [("MMR001005", "name")] * 4
    assert matches.disagreeing == 3
    assert "3 rows name one unit and stand in another: Chipwi named, Tsawlaw by place (3)." in notes


def test_a_town_is_matched_to_its_township_and_the_note_says_so():
    found, notes, _ = matched(*[{"unit_name": name, "parent_name": "Kachin"} for name in ("Pangwa", "Pang War")])
    assert found == [("MMR001005", "alias")] * 2
    assert "2 rows name a town, no township, and were matched to the township around it: Pangwa in Chipwi (1)" in notes


def test_a_state_that_no_unit_lies_in_is_told():
    found, notes, _ = matched({"unit_name": "Hopang", "parent_name": "Wa Self-Administered Division"})
    assert found == [("MMR015021", "name")]
    assert "1 rows name a state that no unit lies in, which was left aside: Wa Self-Administered Division (1)" in notes


def test_units_in_other_spellings_without_codes_or_states():
    """As of geoBoundaries: names alone, some of them spelled in another way."""
    names = [(None, name, None, None) for name in ("Mong Hsat", "Hsawlaw", "Minhla", "Minhla")]
    table = units(names)
    found = match_units(pd.DataFrame({"unit_name": ["Monghsat", "Minesat", "Tsawlaw", "Hsawlaw", "Minhla"]}), table)
    assert found.unit.tolist()[:4] == [0, 0, 1, 1]
    assert found.how.tolist() == ["name", "alias", "alias", "name", "none"]
    assert "Minhla (1)" in " ".join(found.notes)


def test_a_unit_in_two_rows_is_one_unit():
    table = units([TOWNSHIPS[0], TOWNSHIPS[1], TOWNSHIPS[0]])
    found = match_units(pd.DataFrame({"unit_name": ["Chipwi"], "lon": [92.5], "lat": [20.5]}), table)
    assert (found.unit.tolist(), found.how.tolist(), found.disagreeing) == ([0], ["name"], 0)


def test_the_country_is_heeded():
    assert named("Chipwi", country="CHN") == (None, "none")
    assert named("Minesat", country="CHN") == (None, "none")
    assert named("Minesat", country="MMR") == ("MMR016006", "alias")


def test_no_rows_and_no_units():
    assert match_units(pd.DataFrame({"unit_name": []}), units()).unit.tolist() == []
    found = match_units(pd.DataFrame({"unit_name": ["Chipwi"], "lon": [90.5], "lat": [20.5]}), units([]))
    assert found.how.tolist() == ["none"]


def test_marks_are_letters_in_burmese():
    assert normal("မိုးမောက်") != normal("မးမက")
    assert normal("N'Jangyang") == "njangyang" and normal("Puta-O") == "putao"


def test_states():
    north = state_words("Northern Shan State")
    assert north == {"shan", "north"}
    assert same_state(state_words("Shan"), north) and not same_state(state_words("Shan (East)"), north)
    assert not same_state(state_words("Mon"), state_words("Kachin"))


def test_the_spellings_that_ship_are_sound():
    """No spelling stands for two townships, nor repeats the name that it is a spelling of."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "kind,name,state,spellings" and len(lines) > 50
    for key, townships in known_spellings().townships.items():
        assert len(townships) == 1, key
    for line in lines[1:]:
        kind, name, _, spellings = line.split(",")
        if kind == "township":
            keys = [normal(name), *map(normal, spellings.split("|"))]
            assert len(keys) == len(set(keys)), line
