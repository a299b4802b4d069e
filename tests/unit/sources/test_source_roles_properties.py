"""What is written in any usual form is read as it was meant; what is written in none is never an error."""

import calendar
from datetime import date

import numpy as np
import pandas as pd
import pytest
from leachwatch.analysis.fields import TANKS
from leachwatch.sources.columns import content, fgdc, values
from leachwatch.sources.columns.aliases import TANK
from leachwatch.sources.columns.choosing import choose
from leachwatch.sources.columns.dates import RANK, parse_dates, parse_when
from leachwatch.sources.columns.definitions import meanings, role_of
from leachwatch.sources.columns.degrees import degrees, parse_degrees
from leachwatch.sources.columns.pairs import read_pairs
from leachwatch.sources.columns.parsing import count_roles
from leachwatch.sources.columns.periods import parse_period
from leachwatch.sources.errors import SourceError
from leachwatch.sources.files.tables import read_table

hypothesis = pytest.importorskip("hypothesis")
mutations = pytest.importorskip("leachwatch.tests.mutations")
given, st = hypothesis.given, hypothesis.strategies

DAYS = st.dates(date(1951, 1, 1), date(2099, 12, 31))
WRITTEN = {
    "iso": lambda day: f"{day:%Y-%m-%d}",
    "slashes": lambda day: f"{day:%Y/%m/%d}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "moment": lambda day: f"{day:%Y-%m-%d}T23:59:59Z",
    "month first": lambda day: f"{day.month}/{day.day}/{day.year}",
    "named": lambda day: f"{day.day} {calendar.month_name[day.month]} {day.year}",
    "short": lambda day: f"{calendar.month_abbr[day.month]} {day.day}, {day.year}",
    "serial": lambda day: str((day - date(1899, 12, 30)).days),
}


@mutations.thorough(300)
@given(DAYS, st.sampled_from(sorted(WRITTEN)))
def test_a_day_in_any_form_is_that_day(day, form):
    when = parse_when(WRITTEN[form](day))
    if form == "serial" and not 30_000 <= int(WRITTEN[form](day)) <= 69_999:
        return
    assert (when.start, when.end, when.rank) == (day, day, RANK["day"])


@mutations.thorough(100)
@given(DAYS)
def test_a_day_first_is_read_so_when_the_column_shows_it(day):
    assert parse_when(f"{day.day}/{day.month}/{day.year}", day_first=True).start == day


@mutations.thorough(100)
@given(st.integers(1950, 2100), st.integers(1, 12))
def test_a_month_and_a_year_stay_as_coarse_as_they_are(year, month):
    for text in (f"{year}-{month:02}", f"{year}{month:02}", f"{month}/{year}", f"{calendar.month_abbr[month]} {year}"):
        when = parse_when(text)
        assert (when.start, when.end.month, when.rank) == (date(year, month, 1), month, RANK["month"]), text
    for text in (str(year), f"{year}.0"):
        when = parse_when(text)
        assert (when.start, when.end, when.rank) == (date(year, 1, 1), date(year, 12, 31), RANK["year"]), text


ANGLES = [
    "{d}°{m}'{s}\"{h}",
    "{d}° {m}′ {s}″ {h}",
    "{d} {m} {s} {h}",
    "{h}{d}°{m}'{s}\"",
    "{h} {d} {m} {s}",
    "{d}-{m}-{s}{h}",
    "{d}:{m}:{s} {h}",
    "{d}d{m}m{s}s{h}",
]


@mutations.thorough(400)
@given(
    st.integers(0, 89),
    st.integers(0, 59),
    st.integers(0, 59_999),
    st.sampled_from(["N", "S", "E", "W"]),
    st.sampled_from(ANGLES),
    st.booleans(),
)
def test_degrees_in_any_form_are_those_degrees(whole, minutes, thousandths, letter, form, comma):
    seconds = f"{thousandths / 1000:.3f}"
    text = form.format(d=whole, m=minutes, s=seconds.replace(".", ",") if comma else seconds, h=letter)
    axis, other = ("lat", "lon") if letter in "NS" else ("lon", "lat")
    size = whole + minutes / 60 + thousandths / 3_600_000
    assert parse_degrees(text, axis) == pytest.approx(-size if letter in "SW" else size, abs=1e-9), text
    assert parse_degrees(text, other) is None, text


@mutations.thorough(200)
@given(st.floats(9, 54), st.floats(73, 136), st.sampled_from([", ", " ", ";", " / "]), st.booleans())
def test_a_pair_is_read_whatever_its_order(lat, lon, mark, lat_first):
    one, other = (lat, lon) if lat_first else (lon, lat)
    pairs = read_pairs(pd.Series([f"{one:.6f}{mark}{other:.6f}"], dtype=object))
    assert (pairs.lat[0], pairs.lon[0]) == pytest.approx((lat, lon), abs=1e-6)


@mutations.thorough(200)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=5))
def test_thousands_are_read(numbers):
    parsed = values.numbers(pd.Series([f"{number:,}" for number in numbers], dtype=object))
    expected = [np.nan if abs(number) == 9999 else number for number in numbers]
    np.testing.assert_array_equal(parsed.values, expected)
    assert not parsed.unread


LETTERS = st.text(alphabet=st.characters(codec="utf-8"), max_size=30)
TEXTS = st.one_of(LETTERS, st.text("0123456789-/.,:;°'\"NSEW dmstoprecu≥–", max_size=25))


@mutations.thorough(1000)
@given(TEXTS)
def test_no_text_is_an_error(text):
    for axis in ("lat", "lon"):
        value = parse_degrees(text, axis)
        assert value is None or np.isfinite(value)
    for day_first in (False, True, None):
        when = parse_when(text, day_first)
        assert when is None or when.start <= when.last <= when.end
    period = parse_period(text)
    assert period is None or period.start or period.end
    assert role_of(text) in {"", *TANK}
    assert set(meanings("status", {"1": text}).values()) <= {"active", "abandoned", "absent"}


@mutations.thorough(150)
@given(st.lists(st.one_of(st.none(), TEXTS), min_size=1, max_size=6))
def test_no_column_is_an_error_and_every_cell_is_read_empty_or_told(cells):
    column = pd.Series(cells, dtype=object, name="x")
    table = pd.DataFrame({"x": column, "y": column})
    for parse in (values.statuses, values.tank_types, values.countries, values.numbers, degrees_of_lat, parse_dates):
        parsed = parse(column)
        assert len(parsed.values) == len(cells)
        assert set(parsed.unread) <= {values.as_text(cell) for cell in cells}
    content.find(table, (), TANK)
    for counted in count_roles(choose(table, TANKS, TANK, {"status": "x", "lat": "y", "lon": "y"}), table).values():
        assert counted.read + counted.empty + counted.not_read == len(cells)


def degrees_of_lat(column):
    return degrees(column, "lat")


TABLE = "\n".join(
    ["UID;where;hue;seen;Y2019;Y2020;Diam"]
    + [
        f"T{n};25°{n}'30\"N 98-{n}-00E;{'blue' if n % 2 else 'brown'};2021-03-{n:02};1;absent;{n},5"
        for n in range(1, 9)
    ]
).encode()


def test_damaged_tables_are_refused_or_chosen_from(tmp_path):
    path = tmp_path / "t.csv"

    @mutations.thorough(400)
    @given(mutations.STEPS)
    def run(steps):
        path.write_bytes(mutations.damage(TABLE, steps))
        try:
            table, _ = read_table(path)
        except SourceError as error:
            assert "t.csv" in str(error)
            return
        chosen = choose(table, TANKS, TANK, {}, has_years=True)
        for column in chosen.columns.values():
            assert set(column.split(",")) <= set(table.columns) or column in table.columns
        for counted in count_roles(chosen, table).values():
            assert min(counted.read, counted.empty, counted.not_read) >= 0

    run()


XML = (
    b'<?xml version="1.0" encoding="UTF-8"?><metadata><eainfo><detailed><attr><attrlabl>A</attrlabl><attrdef>Status of '
    b"the tank: active or abandoned</attrdef><attrdomv><edom><edomv>1</edomv><edomvd>Active</edomvd></edom></attrdomv>"
    b"</attr><attr><attrlabl>B</attrlabl><attrdef>Diameter of tank, in meters</attrdef></attr></detailed></eainfo>"
    b"</metadata>"
)


@mutations.thorough(600)
@given(mutations.STEPS)
def test_damaged_metadata_is_read_or_left_aside_with_a_note(steps):
    text = mutations.damage(XML, steps).decode("utf-8", "replace")
    found, notes = fgdc.describe(text, ["A", "B"])
    assert set(found) <= {"A", "B"}
    assert not (found and notes)
