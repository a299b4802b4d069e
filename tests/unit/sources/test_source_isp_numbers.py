import pandas as pd
import pytest
from leachwatch.sources.points.isp_numbers import parse_number, parse_numbers

NUMBERS = [
    ("371", 371, 371, None),
    ("371.0", 371, 371, None),
    ("2,700", 2700, 2700, None),
    ("2 700", 2700, 2700, None),
    ("1,234,567", 1234567, 1234567, None),
    ("၃၇၁", 371, 371, None),
    ("260-300", 260, 300, None),
    ("260 – 300 sites", 260, 300, None),
    ("between 260 and 300", 260, 300, None),
    ("about 260 to 300", 260, 300, "about"),
    (">2,700", 2700, None, ">"),
    ("over 2,700", 2700, None, ">"),
    ("More than 2,700 pools", 2700, None, ">"),
    ("≥549", 549, None, "at least"),
    (">= 549", 549, None, "at least"),
    ("at least 26", 26, None, "at least"),
    ("40+", 40, None, "at least"),
    ("40 or more", 40, None, "at least"),
    ("almost 300", None, 300, "almost"),
    ("nearly 300", None, 300, "almost"),
    ("up to 12", None, 12, "at most"),
    ("<5", None, 5, "<"),
    ("fewer than 5", None, 5, "<"),
    ("some 2,700", 2700, 2700, "about"),
    ("~300", 300, 300, "about"),
    ("ca. 300", 300, 300, "about"),
    ("0", 0, 0, None),
]


@pytest.mark.parametrize(("text", "low", "high", "qualifier"), NUMBERS)
def test_numbers_in_words(text, low, high, qualifier):
    assert parse_number(text) == (low, high, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "many",
        "",
        "300-260",
        "-5",
        "2.5",
        "2,70",
        "12 13",
        "over 260-300",
        "over 5+",
        "dozens",
        "3 km",
        "2021-03-14",
        "9" * 5000,
        "9" * 16,
        "1" + ",000" * 5,
    ],
)
def test_what_is_no_number_is_not_read(text):
    assert parse_number(text) is None


def test_a_column_counts_what_it_could_not_read():
    parsed = parse_numbers(pd.Series([12, "many", None, 9999, "many", 3.0], dtype=object))
    assert [None if one is None else one.low for one in parsed.values] == [12, None, None, None, None, 3]
    assert parsed.unread == {"many": 2}
