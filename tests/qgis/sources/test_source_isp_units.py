"""The units of sites and totals: the layer's code and name, how they were found, the source's own beside them."""

import geopandas as gpd
import pytest
import shapely
from leachwatch.analysis.units.placement import prepare
from leachwatch.sources.errors import SourceError
from leachwatch.sources.points.isp import load_isp_sites
from leachwatch.sources.units.boundaries import load_units

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Sites</name><Folder><name>before the coup</name>
<Placemark><name>A</name><ExtendedData><Data name="Township"><value>Pangwa</value></Data>
<Data name="State"><value>Kachin</value></Data></ExtendedData><Point><coordinates>98.5,25.5</coordinates></Point>
</Placemark></Folder></Document></kml>"""


@pytest.fixture()
def units():
    names = [("MMR001005", "Chipwi", "Kachin"), ("MMR001012", "Momauk", "Kachin"), (None, "Mengla", "Yunnan")]
    table = gpd.GeoDataFrame(
        [dict(zip(("unit_code", "unit_name", "parent_name"), name)) for name in names],
        geometry=[shapely.box(98 + number, 25, 99 + number, 26) for number in range(3)],
        crs="EPSG:4326",
    )
    return prepare(table.assign(unit_name_local=None, country=["MMR", "MMR", "CHN"]))[0]


def test_a_kml_with_a_town(tmp_path, units):
    (tmp_path / "isp.kml").write_text(KML, encoding="utf-8")
    loaded = load_isp_sites(str(tmp_path / "isp.kml"), units=units)
    (site,) = loaded.sites.to_dict("records")
    assert (site["unit_code"], site["unit_name"], site["unit_match"]) == ("MMR001005", "Chipwi", "alias")
    assert (site["src_Township"], site["period"]) == ("Pangwa", "before the coup")
    assert "Pangwa in Chipwi (1)" in " ".join(loaded.notes)


def test_rates_and_disagreements(csv, units):
    lines = ["A,Chipwi,Myanmar,25.5,98.5", "B,Chipwi,Myanmar,25.5,99.5", "C,,China,25.5,100.5", "D,Hopang,,25.5,120.5"]
    loaded = load_isp_sites(csv("Name,Township,Country,lat,lon", *lines), units=units)
    assert loaded.sites["unit_match"].tolist() == ["name", "name", "place", "none"]
    assert loaded.sites["unit_name"].tolist() == ["Chipwi", "Chipwi", "Mengla", "Hopang"]
    assert loaded.sites["unit_code"].tolist() == ["MMR001005", "MMR001005", None, None]
    assert loaded.disagreeing == 1
    notes = " ".join(loaded.notes)
    assert "Units: of 4 sites, 2 by name, 1 by place, 1 not matched." in notes
    assert "Chipwi named, Momauk by place (1)" in notes and "Not matched: “Hopang” (1)." in notes


def test_matches_of_an_earlier_run_are_kept_without_units_and_made_anew_with_them(csv, tmp_path, units):
    first = load_isp_sites(csv("Name,Township,lat,lon", "A,Chibwe,25.5,98.5"), units=units)
    first.sites.to_csv(tmp_path / "again.csv", index=False)
    kept = load_isp_sites(str(tmp_path / "again.csv")).sites
    anew = load_isp_sites(str(tmp_path / "again.csv"), units=units).sites
    assert kept["unit_match"].tolist() == ["alias"]
    assert anew["unit_match"].tolist() == ["code"]


def test_without_units_nothing_is_said_of_matches(csv):
    loaded = load_isp_sites(csv("Name,Township,lat,lon", "A,Chipwi,25.5,98.5"))
    assert loaded.sites["unit_match"].tolist() == [None]
    assert not [note for note in loaded.notes if note.startswith("Units:")]


def test_units_of_a_file_without_a_crs(layer):
    square = "POLYGON ((500000 2765000, 501000 2765000, 501000 2766000, 500000 2766000, 500000 2765000))"
    path = str(layer("u.gpkg", [(square, {"unit_code": "A", "unit_name": "Chipwi"})], epsg=0))
    with pytest.raises(SourceError, match="CRS"):
        load_units(path)
    west, south, _, _ = load_units(path, crs="EPSG:32647").units.total_bounds
    assert (west, south) == pytest.approx((99.0, 25.0), abs=0.01)
