import pandas as pd
import pytest
from leachwatch.analysis.fields import ISP_SITES
from leachwatch.sources.errors import SourceError
from leachwatch.sources.points.isp import load_isp_sites

NAMES = [field.name for field in ISP_SITES]
KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Sites</name>
<Folder><name>before 2021</name>
  <Placemark><name>ချီဖွေ 1</name><ExtendedData><Data name="Ponds"><value>12</value></Data></ExtendedData>
    <Point><coordinates>98.1,25.5,0</coordinates></Point></Placemark></Folder>
<Folder><name>after 2021</name>
  <NetworkLink><Link><href>http://127.0.0.1:9/never.kml</href></Link></NetworkLink>
  <Placemark><name>M</name><TimeStamp><when>2022</when></TimeStamp>
    <Polygon><outerBoundaryIs><LinearRing><coordinates>98,25 98.1,25 98.1,25.1 98,25.1 98,25</coordinates>
    </LinearRing></outerBoundaryIs></Polygon></Placemark>
  <Placemark><name>road</name><LineString><coordinates>98,25 99,25</coordinates></LineString></Placemark></Folder>
</Document></kml>"""


def days(sites, name):
    return [None if pd.isna(value) else f"{value:%Y-%m-%d}" for value in sites[name]]


def test_the_form_of_the_table_and_periods_in_words(csv):
    loaded = load_isp_sites(
        csv(
            "Site_ID,Name,Township,Period,Ponds,Country,lat,lon",
            "S1,Alpha,Chipwi,before 2021,12,Burma,25.5,98.1",
            "S2,Beta,Momauk,2019-2021,9999,Myanmar,24.5,97.5",
            "S3,Gamma,Chipwi,since the coup,,,25.6,98.2",
            "S4,Delta,Chipwi,long ago,some,,25.7,98.3",
            ",Epsilon,,,2.5,,25.8,98.3",
            "S6,Zeta,Chipwi,2020,3,Burma,,",
        )
    )
    sites = loaded.sites
    assert list(sites.columns[: len(NAMES)]) == NAMES
    assert list(sites.columns[-2:]) == ["lon", "lat"]
    assert sites["site_id"].tolist() == ["S1", "S2", "S3", "S4", "row 5"]
    assert sites["site_name"].tolist() == ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]
    assert days(sites, "first_seen_from") == [None, "2019-01-01", "2021-02-01", None, None]
    assert days(sites, "first_seen_to") == ["2020-12-31", "2021-12-31", None, None, None]
    assert sites["period"].tolist() == ["before 2021", "2019-2021", "since the coup", "long ago", None]
    assert sites["date_precision"].tolist() == ["year", "year", "day", "none", "none"]
    assert sites["pond_count"].dtype == "Int64"
    assert sites["pond_count"].fillna(-1).tolist() == [12, -1, -1, -1, -1]
    assert sites["country"].tolist() == ["MMR", "MMR", None, None, None]
    assert sites["status"].tolist() == ["unknown"] * 5
    # A township and a number of ponds, but no place: a total, no site.
    assert loaded.rejected.empty and loaded.totals_rows == 1
    assert loaded.totals[["row", "unit_name", "counted", "number_low"]].values.tolist() == [[6, "Chipwi", "ponds", 3]]
    assert loaded.rows_read == 6
    notes = " ".join(loaded.notes)
    assert "Period: 1 rows of column Period were not understood and left without dates (the text is kept)" in notes
    assert "“Coup” was read as 1 February 2021." in notes
    assert "“some” (1)" in notes
    assert "Pond count: 1 values are no counts" in notes


def test_the_date_of_an_image_says_by_when_not_since_when(csv):
    loaded = load_isp_sites(
        csv("Name,Year,Status,lat,lon", "A,2022,operating,25.5,98.1", "B,Mar 2020,disused,25.6,98.1")
    )
    assert days(loaded.sites, "first_seen_from") == [None, None]
    assert days(loaded.sites, "first_seen_to") == ["2022-12-31", "2020-03-31"]
    assert loaded.sites["date_precision"].tolist() == ["year", "month"]
    assert loaded.sites["status"].tolist() == ["active", "abandoned"]
    assert "2 rows are dated by Year, an image: first seen then or before." in loaded.notes


def test_a_snapshot_dates_the_undated(csv):
    loaded = load_isp_sites(csv("Name,Period,lat,lon", "A,before 2018,25,98", "B,,25,98.1"), snapshot_year=2023)
    assert days(loaded.sites, "first_seen_to") == ["2017-12-31", "2023-12-31"]


def test_a_hand_made_kml_by_folders(tmp_path):
    (tmp_path / "isp.kml").write_text(KML, encoding="utf-8")
    loaded = load_isp_sites(str(tmp_path / "isp.kml"))
    sites = loaded.sites
    assert sites["site_name"].tolist() == ["ချီဖွေ 1", "M"]
    assert sites["period"].tolist() == ["before 2021", "after 2021"]
    assert days(sites, "first_seen_to") == ["2020-12-31", None]
    assert days(sites, "first_seen_from") == [None, "2022-01-01"]
    assert sites["pond_count"].fillna(-1).tolist() == [12, -1]
    assert loaded.rejected["reason"].tolist() == ["a line, where a point or polygon is needed"]
    assert loaded.rows_read == 3
    notes = " ".join(loaded.notes)
    assert "2 folders of the KML were read together" in notes
    assert "The KML links to 1 other files (NetworkLink); links are not followed." in notes
    assert "src_tessellate" not in sites
    one = load_isp_sites(str(tmp_path / "isp.kml"), layer="before 2021")
    assert one.sites["site_name"].tolist() == ["ချီဖွေ 1"]


def test_a_table_without_places_and_numbers_is_a_clear_error(csv):
    with pytest.raises(SourceError, match="Columns: Township, Remarks.* read as totals where a column counts"):
        load_isp_sites(csv("Township,Remarks", "Chipwi,many"))


def test_ponds_of_one_site_keep_its_id(csv):
    loaded = load_isp_sites(csv("Site_ID,lat,lon", "S1,25,98", "S1,25.0001,98"))
    assert loaded.sites["site_id"].tolist() == ["S1", "S1"]
    assert "2 rows share their site's id with another: all are kept, each a row." in loaded.notes


def test_our_own_form_comes_back(csv, tmp_path):
    loaded = load_isp_sites(
        csv("Site_ID,Name,Period,Ponds,lat,lon", "S1,A,before 2021,12,25.5,98.1", "S2,B,2020,,25,98")
    )
    loaded.sites.to_csv(tmp_path / "again.csv", index=False)
    again = load_isp_sites(str(tmp_path / "again.csv"))
    pd.testing.assert_frame_equal(again.sites[NAMES], loaded.sites[NAMES])


def test_an_empty_table(csv):
    loaded = load_isp_sites(csv("Name,Period,Year,Ponds,lat,lon"))
    assert (len(loaded.sites), loaded.rows_read) == (0, 0)
    assert loaded.sites["first_seen_to"].dtype == "datetime64[ns]"


def test_what_looks_wrong_is_told_with_examples(csv):
    loaded = load_isp_sites(
        csv(
            "Name,Country,first_seen_from,first_seen_to,Status,lat,lon",
            "A,Myanmar,2022-05-01,2021-05-01,active,25.5,98.1",
            "B,Myanmar,2099-01-01,,removed,25.5,98.2",
            "C,China,,,,25.5,98.2",
            "C,China,,,,25.5,98.2",
            "D,Myanmar,,,,24.9,115.1",
            name="amap_sites.csv",
        )
    )
    notes = " ".join(loaded.notes)
    assert len(loaded.sites) == 5
    assert "1 periods end before they start: row 1 (from 2022-05-01 to 2021-05-01)." in notes
    assert "1 sites are first seen in the future: row 2 (2099-01-01)." in notes
    assert "1 rows repeat the name, period and exact place of an earlier row: row 4 (25.5, 98.2)." in notes
    assert "1 rows state MMR but lie outside the box of that country" in notes and "row 5" in notes
    assert "1 rows say that nothing was there (column Status): they were kept, with status unknown." in notes
    assert "Chinese web maps are named (amap_sites)" in notes


def test_coordinates_in_metres_with_their_crs(csv):
    """500,000 m east is the middle of the zone, 99° east; 0 m north is the equator, and 2,765,000 m some 25°."""
    loaded = load_isp_sites(csv("Name,x,y", "A,500000,2765000"), crs="EPSG:32647")
    assert loaded.sites["lon"].tolist() == pytest.approx([99.0], abs=1e-9)
    assert loaded.sites["lat"].tolist() == pytest.approx([25.0], abs=0.01)
    with pytest.raises(SourceError):
        load_isp_sites(csv("Name,x,y", "A,500000,2765000"), crs="nowhere")
