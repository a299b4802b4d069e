import numpy as np
import pandas as pd
import pytest
from leachwatch.sources.columns import values


def column(*cells):
    return pd.Series(list(cells), dtype=object)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Assumed Active", "active"),
        ("Inactive", "abandoned"),
        ("blue", "active"),
        ("BROWN", "abandoned"),
        ("Active (blue)", "active"),
        ("abandoned", "abandoned"),
        ("no longer active", "abandoned"),
        ("not built", "absent"),
        ("unknown", None),
        ("<null>", None),
    ],
)
def test_statuses(word, status):
    parsed = values.statuses(column(word))
    assert parsed.values[0] == status
    assert not parsed.unread


def test_a_status_nobody_knows_is_counted():
    parsed = values.statuses(column("under construction", "active", "under construction", None))
    assert list(parsed.values) == [None, "active", None, None]
    assert parsed.unread == {"under construction": 2}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Leachate collection tank", "leachate"),
        ("collection", "leachate"),
        ("Precipitation Tank", "precipitation"),
        ("leachate", "leachate"),
    ],
)
def test_types(word, kind):
    assert values.tank_types(column(word)).values[0] == kind


@pytest.mark.parametrize("word", ["square", "leaching pond", "leachate collection or precipitation"])
def test_a_shape_or_either_of_two_is_no_type(word):
    parsed = values.tank_types(column(word))
    assert parsed.values[0] is None
    assert parsed.unread == {word: 1}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Burma", "MMR"),
        ("Myanmar (Burma)", "MMR"),
        ("MM", "MMR"),
        ("China", "CHN"),
        ("People's Republic of China", "CHN"),
        ("中国", "CHN"),
        ("မြန်မာ", "MMR"),
        ("Lao PDR", "LAO"),
        ("KAZ", "KAZ"),
    ],
)
def test_countries(word, code):
    assert values.countries(column(word)).values[0] == code


def test_an_unknown_country_is_counted_not_guessed():
    assert values.countries(column("Kachin")).unread == {"Kachin": 1}


def test_numbers_with_9999_as_none():
    parsed = values.numbers(column("12.5", "9999", "-9999", "<null>", "8 m", "1,200", "wide", None))
    np.testing.assert_array_equal(parsed.values, [12.5, np.nan, np.nan, np.nan, 8, 1200, np.nan, np.nan])
    assert parsed.unread == {"wide": 1}
    np.testing.assert_array_equal(values.numbers(pd.Series([9999, 3])).values, [np.nan, 3])
    np.testing.assert_array_equal(values.numbers(pd.Series([4, None], dtype="Int64")).values, [4, np.nan])


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["25,67", "3"], [25.67, 3]),
        (["1,200", "12,5"], [1.2, 12.5]),
        (["1,200", "12"], [1200, 12]),
        (["1,200", "1,200,300.5"], [1200, 1200300.5]),
        (["1.200,5", "12"], [1200.5, 12]),
        (["0,250 m", "12"], [0.25, 12]),
    ],
)
def test_a_decimal_comma_is_known_by_the_column(cells, numbers):
    parsed = values.numbers(column(*cells))
    np.testing.assert_allclose(parsed.values, numbers)
    assert not parsed.unread


def test_texts_keep_ids_and_scripts():
    cells = column("9999", 350102.0, 7, "ချီဖွေ", "维西", "", "N/A", None)
    assert list(values.texts(cells)) == ["9999", "350102", "7", "ချီဖွေ", "维西", None, None, None]


def test_a_note_names_the_commonest_and_the_number_of_others():
    parsed = values.statuses(column(*"aabcdefffg"))
    (note,) = values.unread_note("Status", "S", parsed.unread, "unknown")
    assert note.startswith("Status: 10 rows of column S were not understood and left unknown: “f” (3), “a” (2)")
    assert note.endswith("and 3 more.")
    assert values.unread_note("Status", "S", values.statuses(column("active")).unread, "unknown") == []
