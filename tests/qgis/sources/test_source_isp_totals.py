"""Totals without places: townships, periods, numbers of sites or ponds; each number becomes a row, none is lost."""

import openpyxl
import pandas as pd
import pytest
from leachwatch.analysis.fields import ISP_SITES, ISP_TOTALS
from leachwatch.sources.points.isp import load_isp_sites

NAMES = [field.name for field in ISP_TOTALS]
BRIEF = ["row", "unit_name", "period", "counted", "number_low", "number_high"]


def brief(loaded, *more):
    table = loaded.totals[[*BRIEF, *more]].astype(object)
    return table.where(table.notna(), None).values.tolist()


def days(table, name):
    return [None if pd.isna(value) else f"{value:%Y-%m-%d}" for value in table[name]]


def adds_up(loaded):
    return loaded.rows_read == len(loaded.sites) + loaded.totals_rows + len(loaded.rejected)


def workbook(path, *rows, also=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name in also:
        book.create_sheet(name).append(["Remark"])
        book[name].append(["see the report"])
    book.save(path)
    return str(path)


def test_a_row_for_each_township_and_period(csv):
    loaded = load_isp_sites(
        csv(
            "State,Township,Period,Sites,Ponds",
            "Kachin,Chipwi,before the coup,40,260-300",
            'Kachin,Chipwi,after the coup,120,">2,700"',
            "Kachin,Momauk,2019-2021,almost 300,",
            "Kachin,Tsawlaw,before 2021,,",
            "Kachin,Waingmaw,old,several,12",
        )
    )
    assert list(loaded.totals.columns[: len(NAMES)]) == NAMES
    assert brief(loaded, "qualifier", "number_text") == [
        [1, "Chipwi", "before the coup", "sites", 40, 40, None, "40"],
        [1, "Chipwi", "before the coup", "ponds", 260, 300, None, "260-300"],
        [2, "Chipwi", "after the coup", "sites", 120, 120, None, "120"],
        [2, "Chipwi", "after the coup", "ponds", 2700, None, ">", ">2,700"],
        [3, "Momauk", "2019-2021", "sites", None, 300, "almost", "almost 300"],
        [5, "Waingmaw", "old", "sites", None, None, None, "several"],
        [5, "Waingmaw", "old", "ponds", 12, 12, None, "12"],
    ]
    assert days(loaded.totals, "first_seen_from") == [None, None, "2021-02-01", "2021-02-01", "2019-01-01", None, None]
    assert days(loaded.totals, "first_seen_to") == ["2021-01-31", "2021-01-31", None, None, "2021-12-31", None, None]
    assert loaded.totals["date_precision"].tolist() == ["day"] * 4 + ["year", "none", "none"]
    assert set(loaded.totals["parent_name"]) == {"Kachin"} and set(loaded.totals["source"]) == {"tanks"}
    assert set(loaded.totals["reason"]) == {"the file has no places"}
    assert loaded.totals["src_Ponds"].tolist()[:2] == ["260-300", "260-300"]
    assert loaded.rejected[["row", "reason"]].values.tolist() == [[4, "no place and no number of sites or ponds"]]
    assert (len(loaded.sites), loaded.totals_rows, loaded.rows_read) == (0, 4, 5) and adds_up(loaded)
    notes = " ".join(loaded.notes)
    assert (
        "read as totals, their numbers from Sites, Ponds. TOTALS holds 7 numbers of 4 rows; OUTPUT is empty." in notes
    )
    assert "“several” (1)" in notes and "“old” (2)" in notes


def test_columns_for_each_period_in_a_workbook(tmp_path):
    path = workbook(
        tmp_path / "totals.xlsx",
        ["Township", "Sites before 2021", "Sites 2024", "Remarks"],
        ["Chipwi", 40, 120, "x"],
        ["Momauk", 60, 150, None],
        ["Total", 100, 270, None],
        also=["About"],
    )
    loaded = load_isp_sites(path)
    assert brief(loaded)[:2] == [
        [1, "Chipwi", "before 2021", "sites", 40, 40],
        [1, "Chipwi", "2024", "sites", 120, 120],
    ]
    # 120 may be those first seen in 2024, or all that stood then: of both it is true that they were seen by its end.
    assert days(loaded.totals, "first_seen_from")[:2] == [None, None]
    assert days(loaded.totals, "first_seen_to")[:2] == ["2020-12-31", "2024-12-31"]
    assert loaded.totals["number_column"].tolist() == ["Sites before 2021", "Sites 2024"] * 3
    assert (len(loaded.totals), loaded.totals_rows) == (6, 3) and adds_up(loaded)
    notes = " ".join(loaded.notes)
    assert "3 totals bear a bare date: what they count was first seen by then." in notes
    assert "2 totals look like sums of others" in notes
    assert list(loaded.sites.columns[: len(ISP_SITES)]) == [field.name for field in ISP_SITES]


def test_bare_years_and_a_column_that_says_what_is_counted(csv):
    loaded = load_isp_sites(
        csv("Township,What,2020,2024", "Chipwi,Mining sites,5,9", "Chipwi,Leaching pools,50,", "Momauk,huts,1,2")
    )
    assert brief(loaded) == [
        [1, "Chipwi", "2020", "sites", 5, 5],
        [1, "Chipwi", "2024", "sites", 9, 9],
        [2, "Chipwi", "2020", "ponds", 50, 50],
        [3, "Momauk", "2020", "unknown", 1, 1],
        [3, "Momauk", "2024", "unknown", 2, 2],
    ]


@pytest.mark.parametrize(
    ("given", "counted"), [("", "unknown"), ("site_count=Total", "sites"), ("pond_count=Total", "ponds")]
)
def test_field_map_says_what_a_number_counts(csv, given, counted):
    loaded = load_isp_sites(csv("Township,Year,Total", "Chipwi,2024,9"), field_map=given)
    assert brief(loaded) == [[1, "Chipwi", "2024", counted, 9, 9]]
    assert days(loaded.totals, "first_seen_to") == ["2024-12-31"]
    role = given.partition("=")[0] or "number"
    assert loaded.field_map[role] == "Total"
    again = load_isp_sites(csv("Township,Year,Total", "Chipwi,2024,9"), field_map=f"{role}=Total;date=Year")
    assert brief(again) == brief(loaded)


def test_a_snapshot_dates_totals_without_a_period(csv):
    loaded = load_isp_sites(csv("Township,Ponds", "Chipwi,12"), snapshot_year=2023)
    assert days(loaded.totals, "first_seen_to") == ["2023-12-31"]
    assert loaded.totals["date_precision"].tolist() == ["year"]


def test_rows_without_a_place_in_a_file_of_places(csv):
    loaded = load_isp_sites(
        csv(
            "Name,Township,Period,Ponds,lat,lon",
            "A,Chipwi,before 2021,3,25.5,98.1",
            "B,Chipwi,after 2021,7,,",
            "C,Chipwi,after 2021,,,",
            "D,,after 2021,5,,",
            "E,Chipwi,after 2021,4,here,there",
            "F,Chipwi,after 2021,4,0,0",
        )
    )
    assert brief(loaded, "reason") == [[2, "Chipwi", "after 2021", "ponds", 7, 7, "no latitude or longitude"]]
    assert loaded.rejected["row"].tolist() == [3, 4, 5, 6]
    assert loaded.rejected["reason"].tolist()[:2] == ["no latitude or longitude"] * 2
    assert adds_up(loaded) and len(loaded.sites) == 1
    assert "1 rows have a township and a number, but no place: they are in TOTALS, not in OUTPUT." in loaded.notes


def test_features_without_geometry_in_a_layer(layer):
    path = layer(
        "sites.gpkg",
        [
            ("POINT (98 25)", {"Name": "A", "Township": "Chipwi", "Ponds": 3}),
            (None, {"Township": "Momauk", "Ponds": 9}),
        ],
    )
    loaded = load_isp_sites(str(path))
    assert brief(loaded, "reason") == [[2, "Momauk", None, "ponds", 9, 9, "no geometry"]]
    assert loaded.rejected.empty and adds_up(loaded)


def test_townships_as_polygons_with_a_number_of_sites_are_remarked_on(layer):
    square = "POLYGON ((98 25, 98.1 25, 98.1 25.1, 98 25.1, 98 25))"
    loaded = load_isp_sites(str(layer("counts.gpkg", [(square, {"Township": "Chipwi", "Sites": 120})])))
    assert len(loaded.sites) == 1 and loaded.totals.empty
    assert "The column Sites counts sites, and each placed row became one site all the same." in " ".join(loaded.notes)


def test_our_own_table_of_totals_comes_back(csv, tmp_path):
    loaded = load_isp_sites(
        csv("State,Township,Period,Sites,Ponds", "Kachin,Chipwi,before 2021,>40,260-300", "Kachin,Momauk,2020,,5")
    )
    loaded.totals.to_csv(tmp_path / "again.csv", index=False)
    again = load_isp_sites(str(tmp_path / "again.csv"))
    same = [name for name in NAMES if name not in ("row", "number_column", "source")]
    pd.testing.assert_frame_equal(again.totals[same], loaded.totals[same])


def test_a_table_of_ponds(csv):
    loaded = load_isp_sites(
        csv(
            "Pond_ID,Site_Name,Ponds,OBJECTID,lat,lon",
            "P1,Alpha,2,1,25.5,98.1",
            "P2,Alpha,2,2,25.5001,98.1",
            "P3,Beta,1,3,25.6,98.1",
            "P4,,,4,25.7,98.1",
        )
    )
    assert loaded.sites["site_name"].tolist() == ["Alpha", "Alpha", "Beta", None]
    assert len(loaded.sites) == 4 and loaded.distinct_sites == 3 and loaded.ponds == 4
    notes = " ".join(loaded.notes)
    assert "Each row is a pond (column Pond_ID): 4 ponds of 3 sites, one row each." in notes
    assert "Do not divide one organisation's ponds by another's sites" in notes
    assert "kept, and not added up" in notes


def test_a_table_of_sites_is_none_of_ponds(csv):
    loaded = load_isp_sites(csv("Site_ID,Name,Ponds,lat,lon", "S1,A,12,25.5,98.1", "S2,A,3,25,98", ",A,,25,98.5"))
    assert (loaded.distinct_sites, loaded.ponds) == (3, 15)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [("before coup", None, "2021-01-31"), ("after coup", "2021-02-01", None), ("old", None, None)],
)
def test_the_period_classes_of_the_reports(csv, words, start, end):
    loaded = load_isp_sites(csv("Name,Period,lat,lon", f"A,{words},25.5,98.1"))
    assert (days(loaded.sites, "first_seen_from"), days(loaded.sites, "first_seen_to")) == ([start], [end])
    assert loaded.sites["period"].tolist() == [words]


@pytest.mark.parametrize(
    "header",
    [
        "State,Township,Period,Sites,Ponds",
        "State,Township,Sites,Ponds 2020,Ponds 2024",
        "State,Township,2020,2024,Total",
    ],
)
def test_the_field_map_that_was_used_gives_the_same_again(csv, header):
    path = csv(header, *[",".join(["Kachin", "Chipwi", "7", "8", "9"])] * 2)
    first = load_isp_sites(path)
    used = ";".join(f"{role}={column}" for role, column in first.field_map.items())
    pd.testing.assert_frame_equal(load_isp_sites(path, field_map=used).totals, first.totals)
    assert len(first.totals) >= 4


def test_real_dates_in_cells_of_a_workbook(tmp_path):
    when = pd.Timestamp(2024, 12, 31).to_pydatetime()
    path = workbook(tmp_path / "totals.xlsx", ["Township", "Date", "Sites"], ["Chipwi", when, 371])
    loaded = load_isp_sites(path)
    assert days(loaded.totals, "first_seen_to") == ["2024-12-31"] and days(loaded.totals, "first_seen_from") == [None]
    assert loaded.totals["date_precision"].tolist() == ["day"]


def test_two_columns_of_sites_with_their_periods(csv):
    """As ISP-Myanmar publishes: 126 before the coup, 371 as of December 2024."""
    loaded = load_isp_sites(csv("Township,Sites before the coup,Sites as of December 2024", "Chipwi,80,240"))
    assert brief(loaded) == [
        [1, "Chipwi", "before coup", "sites", 80, 80],
        [1, "Chipwi", "as of December 2024", "sites", 240, 240],
    ]
    assert days(loaded.totals, "first_seen_to") == ["2021-01-31", "2024-12-31"]
