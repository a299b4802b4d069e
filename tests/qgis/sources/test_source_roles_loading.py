"""From columns to places and words, through whole files."""

import math

import numpy as np
import pytest
import shapely
from leachwatch.sources.columns.roles import field_map_text
from leachwatch.sources.errors import SourceError
from leachwatch.sources.points.usgs import load_tanks
from osgeo import ogr

POINT = shapely.Point(98.1, 25.5)
# Web Mercator by its formula; UTM 47N has its meridian, 99°, at 500,000 m, and 2,821,442.48 m is the length of the
# meridian of WGS 84 from the equator to 25.5°.
MERCATOR = math.radians(98.1) * 6378137, math.log(math.tan(math.radians(45 + 12.75))) * 6378137
UTM = 500_000, 0.9996 * 2_821_442.48


def places(loaded):
    return loaded.tanks[["lat", "lon"]].to_numpy().round(6).tolist()


@pytest.mark.parametrize(
    ("lines", "field_map"),
    [
        (["lat\tlon", "25°30'N\t98°06'E"], {"lat": "lat", "lon": "lon"}),
        (["lat;lon", "25,5;98,1"], {"lat": "lat", "lon": "lon"}),
        (["Breite;Länge", "25°30'00\"N;98-06-00E"], {"lat": "Breite", "lon": "Länge"}),
        (["where|n", "25.50N 98.10E|1"], {"lat": "where", "lon": "where"}),
        (["where|n", "98.10, 25.50|1"], {"lat": "where", "lon": "where"}),
        (["where|n", "SRID=4326;POINT (98.1 25.5)|1"], {"lat": "where", "lon": "where"}),
        (["where|n", f"{shapely.to_wkb(POINT, hex=True)}|1"], {"lat": "where", "lon": "where"}),
        (["geom|n", f"{shapely.to_wkb(shapely.set_srid(POINT, 4326), hex=True, include_srid=True)}|1"], {}),
        (["geom|n", f"SRID=3857;POINT ({MERCATOR[0]} {MERCATOR[1]})|1"], {}),
    ],
)
def test_places_in_every_spelling(csv, lines, field_map):
    path = csv(*lines)
    loaded = load_tanks(path)
    assert places(loaded) == [[25.5, 98.1]]
    assert loaded.field_map == field_map
    again = load_tanks(path, field_map=field_map_text(loaded.field_map))
    assert (places(again), again.field_map) == (places(loaded), field_map), "the field map used can be pasted back"


@pytest.mark.parametrize(
    ("lines", "crs", "place"),
    [
        (["y,x", f"{UTM[1]},{UTM[0]}"], "EPSG:32647", [25.5, 99]),
        (["y;x", f"{UTM[1]:.1f};{UTM[0]:,}".replace(".", ",")], "EPSG:32647", [25.5, 99]),
        (["wkt|n", f"POINT ({UTM[0]} {UTM[1]})|1"], "EPSG:32647", [25.5, 99]),
        (["lat,lon", "25.5,99"], "EPSG:4326", [25.5, 99]),
    ],
)
def test_a_crs_that_is_given_counts_for_columns(csv, lines, crs, place):
    loaded = load_tanks(csv(*lines), crs=crs)
    np.testing.assert_allclose(places(loaded)[0], place, atol=2e-6)


def test_a_crs_that_the_numbers_contradict_is_told(csv):
    loaded = load_tanks(csv("lat,lon", "25.5,98.1", "25.6,98.2"), crs="EPSG:32647")
    assert "2 of 2 coordinates look like degrees, but the CRS given is EPSG:32647" in " ".join(loaded.notes)


def test_swapped_letters_are_left_out_with_the_map_that_mends_them(csv):
    path = csv("lat;lon", "98°06'E;25°30'N", "98.2E;25.6N")
    loaded = load_tanks(path)
    assert loaded.rejected["reason"].tolist() == ["latitude or longitude is not a number"] * 2
    assert "By their letters (N, S, E, W) lat holds longitudes and lon latitudes in 2 rows" in " ".join(loaded.notes)
    assert places(load_tanks(path, field_map="lat=lon;lon=lat")) == [[25.5, 98.1], [25.6, 98.2]]


def test_pairs_that_cannot_be_read_are_left_out_with_their_reason(csv):
    loaded = load_tanks(csv("id;place", "1;25.5, 98.1", "2;", "3;near the river"), field_map="lat=place;lon=place")
    assert list(zip(loaded.rejected["row"], loaded.rejected["reason"])) == [
        (2, "no latitude or longitude"),
        (3, "the coordinates cannot be read"),
    ]


def test_columns_that_could_be_meant_are_named_in_the_error(csv):
    lines = ["a,b,c", "25.51234,26.51234,98.12345", "25.52345,26.52345,98.13456"]
    with pytest.raises(SourceError, match=r"lat=…;lon=….* the columns a, b could each play latitude: none was taken"):
        load_tanks(csv(*lines))
    assert places(load_tanks(csv(*lines), field_map="lat=a")) == [[25.51234, 98.12345], [25.52345, 98.13456]]


def test_columns_beside_a_layers_geometry_are_compared(layer):
    records = [
        ("POINT (98.1 25.5)", {"Latitude": 25.5, "Longitude": 98.1}),
        ("POINT (98.2 25.6)", {"Latitude": 25.61, "Longitude": 98.2}),
        ("POINT (98.3 25.7)", {"Latitude": None, "Longitude": None}),
    ]
    path = str(layer("t.gpkg", records, geometry=ogr.wkbPoint))
    loaded = load_tanks(path)
    assert places(loaded) == [[25.5, 98.1], [25.6, 98.2], [25.7, 98.3]]
    assert (
        "The columns Latitude and Longitude disagree with the layer's geometry in 1 rows: row 2 (1,113 m apart). The "
        "geometry was used; FIELD_MAP can name the columns: lat=Latitude;lon=Longitude."
    ) in loaded.notes
    chosen = load_tanks(path, field_map="lat=Latitude;lon=Longitude")
    assert places(chosen) == [[25.5, 98.1], [25.61, 98.2]]
    assert "The coordinate columns disagree with the layer's geometry in 1 rows" in " ".join(chosen.notes)


def test_metric_columns_beside_degrees_are_no_disagreement(layer):
    path = layer("t.gpkg", [("POINT (98.1 25.5)", {"X": 433111.0, "Y": 2839356.0})], geometry=ogr.wkbPoint)
    assert not [note for note in load_tanks(str(path)).notes if "disagree" in note]


def test_suspicions_reach_the_notes(csv):
    loaded = load_tanks(
        csv(
            "Tank_ID,lat,lon,Country,Diameter,FirstSeen,LastSeen,lat_gcj02",
            "A,25.5,98.1,Burma,12,2021,2019,25.5",
            "B,30.5,98.1,Burma,900,2999-01-01,,30.5",
            "C,25.5,98.1,China,0,,,25.5",
        )
    )
    notes = "\n".join(loaded.notes)
    for words in (
        "1 rows state MMR but lie outside the box of that country",
        "Chinese web maps are named (lat_gcj02)",
        "1 rows say first seen after they were last seen: row 1 (first_seen 2021-01-01, last_seen 2019-01-01)",
        "1 diameters are below 0.5 m or above 200 m: row 2 (900 m)",
        "Diameter: 1 values of 0, less or without end were left empty.",
        "first_seen: 1 rows of column FirstSeen were not understood",
    ):
        assert words in notes


def test_metadata_beside_the_data_leads_to_roles(csv, tmp_path):
    path = csv("DsgAttr01,DsgAttr03,lat,lon", "1,12.5,25.5,98.1", "2,8,25.6,98.2")
    attribute = "<attr><attrlabl>{}</attrlabl><attrdef>{}</attrdef>{}</attr>"
    codes = "".join(
        f"<attrdomv><edom><edomv>{code}</edomv><edomvd>{word}</edomvd></edom></attrdomv>"
        for code, word in (("1", "Active"), ("2", "Abandoned"))
    )
    attributes = attribute.format("DsgAttr01", "Status of the tank: active or abandoned", codes)
    attributes += attribute.format("DsgAttr03", "Diameter of tank, in meters", "")
    (tmp_path / "tanks.csv.xml").write_text(
        f"<metadata><eainfo><detailed>{attributes}</detailed></eainfo></metadata>", encoding="utf-8"
    )
    loaded = load_tanks(path)
    assert loaded.tanks["status"].tolist() == ["active", "abandoned"]
    assert loaded.tanks["diameter_m"].tolist() == [12.5, 8]
    assert loaded.tanks["src_DsgAttr01"].tolist() == ["1", "2"], "the source stays as it was"
