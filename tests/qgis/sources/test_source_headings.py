"""Spreadsheets with a title above the header, as offices write them."""

import datetime

import openpyxl
import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.points.usgs import load_tanks

HEADER = ["Tank no.", "Lat", "Lon", "Status", "Image date", "Diameter (m)"]
TANKS = [
    ["T1", 25.5, 98.2, "Active", datetime.date(2021, 3, 1), 3.5],
    ["T2", 25.6, 98.2, "Abandoned", datetime.date(2021, 3, 2), 4],
]


def sheet(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


@pytest.mark.parametrize(
    "above", [[["Field list, April 2025"]], [["Field list"], ["Source:", "images"]], [["Field list"], []]]
)
def test_a_title_above_the_header(tmp_path, above):
    loaded = load_tanks(sheet(tmp_path / "list.xlsx", *above, HEADER, *TANKS))
    assert loaded.tanks["tank_id"].tolist() == ["T1", "T2"]
    assert loaded.tanks["status"].tolist() == ["active", "abandoned"]
    assert loaded.tanks["diameter_m"].tolist() == [3.5, 4]
    assert [f"{day:%Y-%m-%d}" for day in loaded.tanks["first_seen"]] == ["2021-03-01", "2021-03-02"]
    assert (loaded.rows_read, len(loaded.rejected)) == (2, 0)
    assert any("found below a title (Field list" in note for note in loaded.notes)


def test_without_a_title_nothing_is_taken_for_one(tmp_path):
    loaded = load_tanks(sheet(tmp_path / "list.xlsx", HEADER, *TANKS))
    assert loaded.rows_read == 2 and not any("title" in note for note in loaded.notes)


def test_a_row_of_data_read_as_names_is_told(csv):
    path = csv("T1,25.5,98.2,active", "T2,25.6,98.2,active", "T3,25.6,98.3,abandoned")
    loaded = load_tanks(path, field_map="lat=25.5;lon=98.2")
    assert (
        "The first row was read as the names of the columns, but looks like data: T1, 25.5, 98.2, active. Add a row of "
        "names." in loaded.notes
    )


def test_a_title_in_a_csv_is_told(csv):
    with pytest.raises(SourceError, match="delete what stands above the header"):
        load_tanks(csv("Field list", "", "id,lat,lon", "1,25.5,98.2"))
