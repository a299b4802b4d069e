"""FGDC metadata beside the data: definitions lead to roles, coded values to words."""

import sys

import pandas as pd
import pytest
from leachwatch.analysis.fields import TANKS
from leachwatch.sources.columns import fgdc
from leachwatch.sources.columns.aliases import TANK
from leachwatch.sources.columns.choosing import choose
from leachwatch.sources.columns.definitions import meanings, role_of


def attr(label, definition, *codes):
    domains = "".join(
        f"<attrdomv><edom><edomv>{code}</edomv><edomvd>{meaning}</edomvd></edom></attrdomv>" for code, meaning in codes
    )
    return f"<attr><attrlabl>{label}</attrlabl><attrdef>{definition}</attrdef>{domains}</attr>"


def metadata(*layers):
    detailed = "".join(
        f"<detailed><enttyp><enttypl>x</enttypl></enttyp>{''.join(layer)}</detailed>" for layer in layers
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><metadata><eainfo>{detailed}</eainfo></metadata>'


TANKS_XML = metadata(
    [
        attr("DsgAttr01", "Status of the tank (blue = active, brown = abandoned)", ("1", "Active"), ("2", "Abandoned")),
        attr("DsgAttr02", "DsgAttr02: Type of tank", ("L", "Leachate collection tank"), ("P", "Precipitation tank")),
        attr("dsgattr03", "Diameter of tank, in meters"),
        attr("DsgAttr04", "Date of the imagery in which the tank was digitized"),
        attr("Remarks", "Anything else"),
    ]
)
COLUMNS = ["DsgAttr01", "DsgAttr02", "DsgAttr03", "DsgAttr04", "Remarks"]


def chosen(columns, text, **overrides):
    table = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    return choose(table, TANKS, TANK, overrides, text)


def test_definitions_lead_to_roles_and_codes_to_words():
    result = chosen({name: ["1"] for name in COLUMNS}, TANKS_XML)
    assert result.columns == {
        "status": "DsgAttr01",
        "tank_type": "DsgAttr02",
        "diameter_m": "DsgAttr03",
        "date": "DsgAttr04",
    }
    assert set(result.reasons.values()) == {"FGDC"}
    assert result.meanings == {
        "status": {"1": "active", "2": "abandoned"},
        "tank_type": {"L": "leachate", "P": "precipitation"},
    }
    assert (
        "Column DsgAttr03 was taken as diameter_m by its metadata (FGDC): “Diameter of tank, in meters”."
        in result.notes
    )
    assert "Column DsgAttr01: coded values were read by the metadata (FGDC): 1 = active, 2 = abandoned." in result.notes


def test_a_column_known_by_its_name_has_its_codes_read_too():
    text = metadata([attr("Status", "As seen", ("A", "Assumed active"), ("I", "Inactive"), ("U", "Unknown"))])
    result = chosen({"Status": ["A"]}, text)
    assert result.reasons == {"status": "name"}
    assert result.meanings == {"status": {"A": "active", "I": "abandoned"}}


def test_given_and_names_go_before_metadata():
    result = chosen({"DsgAttr01": ["1"], "Status": ["blue"]}, TANKS_XML)
    assert result.columns["status"] == "Status"
    assert chosen({"DsgAttr01": ["1"]}, TANKS_XML, status="").columns == {"status": ""}


@pytest.mark.parametrize(
    ("definition", "role"),
    [
        ("Status of the tank in the latest image, active or abandoned", "status"),
        ("Color of the liquid: blue (active) or brown (abandoned)", "status"),
        ("DsgAttr03: Diameter of tank, in metres", "diameter_m"),
        ("Diameter of the tank (m)", "diameter_m"),
        ("Diameter of the tank in feet", ""),
        ("Diameter of the tank in feet; a foot is 0.3048 meters", ""),
        ("Diameter", ""),
        ("Year of first image in which the tank is visible", "first_seen"),
        ("Date of the latest imagery in which the tank is seen", "last_seen"),
        ("Date of the last edit, from imagery", ""),
        ("Date of the first published image", ""),
        ("First year in which the tank was observed", "first_seen"),
        ("Latest date of imagery that shows the tank", "last_seen"),
        ("Date of image acquisition", "date"),
        ("Date on which the record was created", ""),
        ("Unique identifier for each tank", "tank_id"),
        ("Sequential unique whole numbers that are automatically generated.", ""),
        ("Latitude of the point in decimal degrees, WGS84", "lat"),
        ("Longitude in decimal degrees", "lon"),
        ("Confidence in the location of the feature", "confidence"),
        ("Source of the imagery", "image_source"),
        ("Country in which the tank lies", "country"),
        ("Name of the township", "unit_name"),
        ("Type of commodity", ""),
        ("", ""),
    ],
)
def test_what_a_definition_says(definition, role):
    assert role_of(definition) == role


@pytest.mark.parametrize(
    ("description", "word"),
    [
        ("Tank is active (blue)", "active"),
        ("Brown, abandoned", "abandoned"),
        ("not active", "abandoned"),
        ("Not known to be active", ""),
        ("Active or abandoned", ""),
        ("formerly active", ""),
        ("under construction", ""),
    ],
)
def test_what_a_status_code_stands_for(description, word):
    assert meanings("status", {"7": description}) == ({"7": word} if word else {})


def test_columns_of_one_definition_are_both_left_and_named():
    text = metadata([attr("A1", "Diameter in meters"), attr("A2", "Diameter in meters, north to south")])
    result = chosen({"A1": ["1"], "A2": ["2"]}, text)
    assert result.columns == {}
    assert "the columns A1, A2 could each play the role diameter_m: none was taken" in result.notes[0]


def test_of_several_layers_the_one_that_describes_most_columns_counts():
    mines = [attr("DsgAttr01", "Type of tank")]
    tanks = [attr("DsgAttr01", "Diameter of tank, in meters"), attr("Depth", "How deep")]
    assert chosen({"DsgAttr01": ["1"], "Depth": ["2"]}, metadata(mines, tanks)).columns == {"diameter_m": "DsgAttr01"}
    assert chosen({"DsgAttr01": ["1"]}, metadata(mines, tanks)).columns == {}, "two layers, two meanings"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<metadata><eainfo>", "is no sound XML"),
        ("no xml", "is no sound XML"),
        ('<!DOCTYPE m [<!ENTITY a "aaaa">]><metadata>&a;</metadata>', "holds XML entities"),
        ('<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><metadata>&a;</metadata>', "holds XML entities"),
        ("<m>" + "x" * 5_000_000 + "</m>", "is too long"),
        ("\ud800", "is no sound XML"),
    ],
    ids=["cut", "text", "entity", "external entity", "long", "no text"],
)
def test_what_is_dangerous_or_broken_is_left_aside(text, words):
    found, (note,) = fgdc.describe(text, COLUMNS)
    assert found == {}
    assert words in note


def test_xml_that_is_nested_without_end_does_no_harm():
    assert fgdc.describe("<a>" * 500_000, COLUMNS)[0] == {}
    assert fgdc.describe("<a>" * 300_000 + "</a>" * 300_000, COLUMNS)[0] == {}


def test_another_encoding_named_in_text_that_is_decoded_already():
    text = TANKS_XML.replace("UTF-8", "iso-8859-1").replace("Anything", "Änything")
    assert fgdc.describe(text, COLUMNS)[0]["Remarks"].definition == "Änything else"


def test_without_the_package_the_metadata_is_left_aside(monkeypatch):
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    found, notes = fgdc.describe(TANKS_XML, COLUMNS)
    assert (found, notes) == (
        {},
        ["Metadata (FGDC) beside the data was not read: the Python package defusedxml is missing."],
    )


def test_other_xml_says_nothing():
    assert fgdc.describe("<kml><Document/></kml>", COLUMNS) == ({}, [])
    assert fgdc.describe("", COLUMNS) == ({}, [])
