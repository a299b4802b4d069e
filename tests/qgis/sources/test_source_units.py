from pathlib import Path

import pytest
from leachwatch.analysis.fields import UNITS
from leachwatch.sources.errors import SourceError
from leachwatch.sources.units.boundaries import load_units
from osgeo import ogr

NAMES = [field.name for field in UNITS]
DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
# On WGS 84, the cell between the parallels of 0° and 1° and two meridians a degree apart has 12,308.464 km²; PROJ gives
# 12,308.778 where its northern edge is the geodesic between the corners, which bulges to the north.
CELL = "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"
CELL_KM2 = 12_308.464
BOW_TIE = "POLYGON ((98 27, 98.1 27.1, 98.1 27, 98 27.1, 98 27))"


def one(layer, record, country="MMR"):
    loaded = load_units(str(layer("u.gpkg", [(CELL, record)], geometry=ogr.wkbPolygon)), country=country)
    row = loaded.units.iloc[0]
    return [row[name] for name in NAMES if name != "area_km2"], loaded


def test_mimu(layer):
    record = {"TS": "Chipwi", "TS_PCODE": "MMR001005", "TS_MMR4": "ချီ\u200bဖွေ", "ST": "Kachin", "PCode_V": "9.3"}
    values, loaded = one(layer, record)
    assert values == ["MMR001005", "Chipwi", "ချီဖွေ", "Kachin", "MMR", "MIMU", "9.3"]
    assert loaded.units["src_TS_MMR4"].tolist() == ["ချီ\u200bဖွေ"], "the source stays as it was"
    assert "1 names held invisible characters (zero-width spaces); they were removed." in loaded.notes
    assert loaded.units.crs == "EPSG:4326"
    assert "MIMU" in loaded.citation


@pytest.mark.parametrize(
    ("record", "values"),
    [
        (
            {
                "adm3_pcode": "MMR001005",
                "adm3_name": "Chipwi",
                "adm3_name1": "ချီဖွေ",
                "adm2_pcode": "MMR001D001",
                "adm1_name": "Kachin",
                "adm0_pcode": "MM",
                "version": "v03",
            },
            ["MMR001005", "Chipwi", "ချီဖွေ", "Kachin", "MMR", "COD-AB", "v03"],
        ),
        (
            {"ADM3_PCODE": "LA0101", "ADM3_EN": "Sikhottabong", "ADM1_EN": "Vientiane", "ADM0_PCODE": "LA"},
            ["LA0101", "Sikhottabong", None, "Vientiane", "LAO", "COD-AB", None],
        ),
        (
            {"shapeName": "Chipwi", "shapeISO": "", "shapeID": "1B", "shapeGroup": "MMR", "shapeType": "ADM3"},
            [None, "Chipwi", None, None, "MMR", "geoBoundaries", None],
        ),
        (
            {"GID_3": "MMR.4.1.1_1", "GID_0": "MMR", "NAME_1": "Kachin", "NAME_3": "Bhamo", "NL_NAME_3": "NA"},
            ["MMR.4.1.1_1", "Bhamo", None, "Kachin", "MMR", "GADM", None],
        ),
        (
            {"adcode": 533422, "name_zh": "德钦县", "name_pinyin": "Deqin", "prov_en": "Yunnan"},
            ["533422", "Deqin", "德钦县", "Yunnan", "CHN", "Chinese counties by adcode", None],
        ),
        (
            {"unit_code": "U1", "unit_name": "One", "country": "CHN", "boundary_source": "sample", "parent_name": "P"},
            ["U1", "One", None, "P", "CHN", "sample", None],
        ),
        ({"unit_code": "U1", "unit_name": "One"}, ["U1", "One", None, None, "THA", "u", None]),
    ],
)
def test_the_other_forms(layer, record, values):
    found, loaded = one(layer, record, country="THA" if "country" not in record else "MMR")
    assert found == values
    assert loaded.units["area_km2"].iloc[0] == pytest.approx(CELL_KM2, rel=1e-5)


def test_holes_and_windings_do_not_change_the_area(layer):
    outer = "(0 0, 2 0, 2 2, 0 2, 0 0)"
    record = {"unit_code": "U", "unit_name": "U"}
    areas = []
    hole = ["0.5 0.5", "1.5 0.5", "1.5 1.5", "0.5 1.5", "0.5 0.5"]
    for number, ring in enumerate((hole, hole[::-1])):
        path = layer(f"u{number}.gpkg", [(f"POLYGON ({outer}, ({', '.join(ring)}))", record)])
        areas.append(load_units(str(path)).units["area_km2"].iloc[0])
    assert areas[0] == pytest.approx(areas[1], rel=1e-12)
    assert areas[0] == pytest.approx(3 * CELL_KM2, rel=2e-3)


def test_rows_that_are_no_units_are_set_apart_and_invalid_ones_kept(layer):
    record = {"unit_code": "U", "unit_name": "U"}
    geometries = [CELL, BOW_TIE, "POINT (98 25)", None, "POLYGON ((200 0, 201 0, 201 1, 200 0))"]
    loaded = load_units(str(layer("u.gpkg", [(wkt, record) for wkt in geometries])))
    assert len(loaded.units) == 2
    assert list(zip(loaded.rejected["row"], loaded.rejected["reason"])) == [
        (3, "no polygon"),
        (4, "no geometry"),
        (5, "outside the world"),
    ]
    assert loaded.rows_read == 5
    assert not loaded.units.geometry.iloc[1].is_valid
    assert loaded.units["area_km2"].iloc[1] > 0
    notes = " ".join(loaded.notes)
    assert "1 polygons are invalid" in notes
    assert "2 units share their code with another." in notes


def test_unknown_forms_and_tables_say_what_is_needed(layer, csv):
    with pytest.raises(SourceError, match=r"not recognised. Columns: a\. Known forms: MIMU"):
        load_units(str(layer("u.gpkg", [(CELL, {"a": 1})])))
    with pytest.raises(SourceError, match="has no geometry. Choose a file of polygons"):
        load_units(csv("TS,TS_PCODE", "Chipwi,MMR001005"))


def test_the_polygons_among_several_layers(layer):
    layer("u.gpkg", [("POINT (98 25)", {"TS": "x", "TS_PCODE": "y"})], layer="towns", geometry=ogr.wkbPoint)
    path = layer("u.gpkg", [(CELL, {"TS": "x", "TS_PCODE": "y"})], layer="townships", geometry=ogr.wkbPolygon)
    assert len(load_units(str(path)).units) == 1


def test_an_empty_layer(layer):
    path = layer("u.gpkg", [(None, {"unit_code": "U", "unit_name": "U"})], geometry=ogr.wkbPolygon)
    loaded = load_units(str(path))
    assert (len(loaded.units), len(loaded.rejected)) == (0, 1)
    assert list(loaded.units.columns[: len(NAMES)]) == NAMES


@pytest.mark.skipif(not DATA.exists(), reason="the real boundaries are not at hand")
def test_the_real_townships_and_counties():
    townships = load_units(str(DATA / "townships_mmr_mimu_v9_3.gpkg")).units
    assert len(townships) == townships["unit_code"].nunique() == 330
    assert townships.set_index("unit_code").loc["MMR001005", "unit_name_local"] == "ချီဖွေ"
    assert set(townships["boundary_version"]) == {"9.3"}
    # Myanmar has some 676,600 km², inland water included; the generalised map leaves out parts of the coast.
    assert 660_000 < townships["area_km2"].sum() < 680_000
    counties = load_units(str(DATA / "counties_china_6prov.gpkg")).units
    assert len(counties) == 670
    assert set(counties["country"]) == {"CHN"}
