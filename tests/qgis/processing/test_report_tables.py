"""The tables beside a report: whole, in any script, and no formula for a spreadsheet to run."""

import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.processing.reports import beside
from leachwatch.processing.reports.content import Table
from leachwatch.tests.qgis.processing import world
from leachwatch.tests.qgis.processing.reports_reader import read_csv
from leachwatch.tests.qgis.processing.running import Log, run

pd = pytest.importorskip("pandas")
HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1", "plain", "a=b", "'x", world.BURMESE]
SAFE = ["'" + text for text in HOSTILE[:7]] + HOSTILE[7:]


def table():
    return Table(
        "units_by_year",
        "Units",
        pd.DataFrame(
            {
                "unit_name": [*HOSTILE, None],
                "=evil": range(12),
                "tanks": [-5.0, None, *range(10)],
                "share": [-0.5, None, *[1.25] * 10],
                "first_seen": pd.to_datetime(["2021-02-01", None, *["2020-12-31"] * 10]),
            }
        ),
    )


def test_text_is_no_formula_and_numbers_stay_numbers(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(beside.csv_bytes(table()))
    found = read_csv(path)
    assert [row["unit_name"] for row in found] == [*SAFE, ""]
    assert found[0] == {
        "unit_name": SAFE[0], "'=evil": "0", "tanks": "-5", "share": "-0.5", "first_seen": "2021-02-01",
    }  # fmt: skip
    assert (found[1]["tanks"], found[1]["share"], found[1]["first_seen"]) == ("", "", "")


def test_the_workbook_holds_the_same(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "t.xlsx"
    path.write_bytes(beside.xlsx_bytes([table(), Table("sites", "Sites", pd.DataFrame({"a": [1]}))], lambda: False))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["units_by_year", "sites"]
    rows = list(book["units_by_year"].iter_rows())
    assert [cell.value for cell in rows[0]] == ["unit_name", "'=evil", "tanks", "share", "first_seen"]
    # XML turns a carriage return into a line's end; the apostrophe stands before it all the same.
    assert [row[0].value.replace("\n", "\r") for row in rows[1:-1]] == [text.replace("\n", "\r") for text in SAFE]
    assert not [cell for row in rows for cell in row if cell.data_type == "f"]
    assert [cell.value for cell in rows[1][1:4]] == [0, -5, -0.5]
    assert rows[1][4].value.date().isoformat() == "2021-02-01"
    assert [cell.value for cell in rows[2][2:]] == [None, None, None]


def test_a_table_too_long_for_a_workbook_is_left_to_its_csv(monkeypatch):
    monkeypatch.setattr(beside, "MOST_SHEET_ROWS", 3)
    long = Table("long", "Long", pd.DataFrame({"a": range(4)}))
    assert beside.xlsx_bytes([long, Table("short", "Short", pd.DataFrame({"a": [1]}))], lambda: False)
    assert beside.csv_bytes(long).count(b"\r\n") == 5


def test_a_workbook_can_be_stopped():
    with pytest.raises(Cancelled):
        beside.xlsx_bytes([table()], lambda: True)


def test_beside_the_report(tmp_path):
    units = [{**unit, "unit_name": name} for unit, name in zip(world.UNITS, ("=1+1", "../../evil", world.CHINESE))]
    log = Log()
    run("townshipsummary", log, TANKS=world.tank_layer(), UNITS=world.unit_layer(units), HTML=str(tmp_path / "r.html"))
    made = {path.name for path in tmp_path.iterdir()}
    assert {"r.html", "r.xlsx", "r_units.csv", "r_units_by_year.csv"} <= made
    # No name of a unit, however it is written, has a part in a file's name.
    assert all(name.startswith("r") and "evil" not in name for name in made)
    assert {row["unit_name"] for row in read_csv(tmp_path / "r_units.csv")} >= {"'=1+1", "../../evil"}
    assert any("r.xlsx" in text for text in log.infos)
    (tmp_path / "r.xlsx").unlink()
    given = {"TANKS": world.tank_layer(), "HTML": str(tmp_path / "only.html"), "REPORT_TABLES": False}
    run("townshipsummary", UNITS=world.unit_layer(), **given)
    assert {path.name for path in tmp_path.iterdir()} - made == {"only.html"}
