"""What the loaders write of a tank's images, read by the rules of time, is what the images showed; or it is told."""

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st
from leachwatch.analysis import fields
from leachwatch.analysis.tanks import tank_table
from leachwatch.analysis.time import counted, status_in
from leachwatch.sources.points.folding import fold
from leachwatch.sources.points.wide_years import read_years

FIRST = 2012
STEADY = settings(max_examples=40, deadline=None, derandomize=True, database=None)
WITH, WITHOUT, NO_IMAGE = "1", "0", None
IMAGES = st.lists(st.sampled_from([WITH, WITHOUT, NO_IMAGE]), min_size=1, max_size=9).filter(
    lambda cells: WITH in cells
)
STATUSES = st.lists(st.sampled_from(["active", "abandoned", NO_IMAGE]), max_size=8)


def wide(cells):
    """One row with a column a year, as the reader of such tables gives it."""
    names = {f"Y{FIRST + number}": FIRST + number for number in range(len(cells))}
    table = pd.DataFrame([dict(zip(names, cells))], dtype=object)
    times, notes = read_years(table, names)
    times.pop("never_seen")
    return tank_table(times, [98.0], [25.0]), notes[1:]


def observed(cells):
    """One row an image, folded."""
    records = []
    for number, cell in enumerate(cells):
        day = pd.Timestamp(FIRST + number, 1, 1)
        if cell == WITHOUT:
            records.append({"absent_on": day, "gone_by": day})
        elif cell is not NO_IMAGE:
            status = {} if cell == WITH else {"status": cell, "status_date": day}
            records.append({"first_seen": day, "last_seen": day, **status})
    rows = pd.DataFrame(records, columns=["status", *fields.TANK_DATES])
    for name in fields.TANK_DATES:
        rows[name] = pd.to_datetime(rows[name])
    rows = rows.assign(status=rows["status"].fillna("unknown"), tank_type="unknown", key="A", tank_id="A")
    rows = rows.assign(lon=98.0, lat=25.0, rank=1, row=range(1, len(rows) + 1), carried=range(len(rows)))
    folded = fold(rows)
    table = folded.tanks
    return tank_table({name: table[name] for name in ("status", *fields.TANK_DATES)}, [98.0], [25.0]), folded.notes


def shown_last(cells, year, words):
    """What the last image up to the year showed, of those that show one of the words; None before the first."""
    said = [cell for number, cell in enumerate(cells) if FIRST + number <= year and cell in words]
    return said[-1] if said else None


@STEADY
@given(IMAGES)
@example([WITH, WITHOUT, WITH])
@example([WITH, WITHOUT, WITH, WITH])
@example([WITH, WITHOUT, WITH, WITHOUT])
@example([WITHOUT, WITH, NO_IMAGE, WITHOUT, NO_IMAGE, WITH])
def test_a_tank_stands_where_its_last_image_shows_it(cells):
    seen = [FIRST + number for number, cell in enumerate(cells) if cell == WITH]
    for table, notes in (wide(cells), observed(cells)):
        for year in range(FIRST - 1, FIRST + len(cells) + 3):
            stands, truth = bool(counted(table, year)[0]), shown_last(cells, year, (WITH, WITHOUT)) == WITH
            told = any("missing from an image between others" in note for note in notes)
            # What cannot be told by one gap is counted as standing, between the first and the last image, and noted.
            assert stands == truth or (told and stands and seen[0] < year < seen[-1]), (year, notes)


@STEADY
@given(STATUSES)
@example(["abandoned", "active"])
@example(["abandoned", "active", "active"])
@example(["abandoned", "active", "abandoned"])
def test_a_tank_is_what_its_last_image_shows(later):
    """Of a tank that is active in its first image: before that, and of one abandoned from the first, less is known."""
    cells = ["active", *later]
    for table, notes in (wide(cells), observed(cells)):
        for year in range(FIRST, FIRST + len(cells) + 3):
            status, truth = status_in(table, year)[0], shown_last(cells, year, ("active", "abandoned"))
            told = any("abandoned and active again" in note for note in notes)
            assert status == truth or (told and status == "active"), (year, notes)
