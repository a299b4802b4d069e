import numpy as np
import pandas as pd
import pytest
from leachwatch.sources.points.wide_years import read_years

YEARS = {"Y2012": 2012, "Y2010": 2010, "Y2011": 2011, "Y2013": 2013}
KEYS = ["absent_on", "first_seen", "last_seen", "gone_by", "abandoned_since", "status_date"]


def read(*cells):
    """Cells of 2010, 2011, 2012, 2013 → the years of KEYS and the status."""
    table = pd.DataFrame([dict(zip(("Y2010", "Y2011", "Y2012", "Y2013"), cells))], dtype=object)
    times, notes = read_years(table, YEARS)
    years = [None if np.isnat(times[key][0]) else int(str(times[key][0])[:4]) for key in KEYS]
    return years, times["status"][0], notes


@pytest.mark.parametrize(
    ("cells", "years", "status"),
    [
        (("0", "1", "1", "0"), [2010, 2011, 2012, 2013, None, None], "unknown"),
        ((0, 0, 3, None), [2011, 2012, 2012, None, None, None], "unknown"),
        ((None, "yes", None, "no"), [None, 2011, 2011, 2013, None, None], "unknown"),
        # Gone by 2011, and there again in its last image, of 2012.
        (("1", "0", "1", None), [None, 2010, 2012, 2011, None, None], "unknown"),
        # There again in two years: nothing tells from when.
        (("1", "0", "1", "1"), [None, 2010, 2013, None, None, None], "unknown"),
        (("1", "0", "1", "0"), [None, 2010, 2012, 2013, None, None], "unknown"),
        (("no", "active", "abandoned", "abandoned"), [2010, 2011, 2013, None, 2012, 2013], "abandoned"),
        (("abandoned", "abandoned", None, None), [None, 2010, 2011, None, None, 2011], "abandoned"),
        (("active", "abandoned", "active", "gone"), [None, 2010, 2012, 2013, 2011, 2012], "active"),
        (("active", "abandoned", "active", "active"), [None, 2010, 2013, None, None, 2013], "active"),
        (("brown", "blue", "9999", "<null>"), [None, 2010, 2011, None, None, 2011], "active"),
        (("0", "0", "0", "0"), [None] * 6, "unknown"),
        ((None, None, None, None), [None] * 6, "unknown"),
    ],
)
def test_a_row_of_years(cells, years, status):
    found, word, _ = read(*cells)
    assert (found, word) == (years, status)


def test_what_is_neither_present_nor_absent_is_counted():
    found, _, notes = read("1", "maybe", "-3", "1")
    assert found[1:3] == [2010, 2013]
    assert notes[0] == "Read as one column a year: Y2010 to Y2013 (4 columns)."
    assert "2 rows of column Y2010…Y2013 were not understood" in notes[1]


def test_gaps_that_the_table_cannot_tell_are_told_in_words():
    assert read("1", "0", "1", None)[2] == ["Read as one column a year: Y2010 to Y2013 (4 columns)."]
    (note,) = read("1", "0", "1", "1")[2][1:]
    assert note.startswith("1 tanks are missing from an image between others that show them")
    (note,) = read("active", "abandoned", "active", "active")[2][1:]
    assert note.startswith("1 tanks were abandoned and active again")
