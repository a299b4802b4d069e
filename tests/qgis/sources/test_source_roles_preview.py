"""What the dialog shows before loading is what the loader does."""

import openpyxl
import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.errors import SourceError
from leachwatch.sources.points.usgs import load_tanks
from leachwatch.sources.preview import RoleCount, preview
from osgeo import ogr

LINES = [
    "UID,lat,lon,hue,seen,Diam,Y",
    "A,25.5,98.1,blue,2019-05-06,12,x",
    "B,25.6,x,brown,?,9999,",
    "C,,,grey,2021,?,",
]


def test_a_preview_of_a_table(csv):
    path = csv(*LINES)
    shown = preview(path, field_map="date=seen;status=hue")
    assert shown.columns == LINES[0].split(",")
    assert shown.rows["UID"].tolist() == ["A", "B", "C"]
    assert (shown.layer, shown.sampled, shown.total, len(shown.layers)) == ("tanks", 3, 3, 1)
    assert shown.mapping == {
        "date": "seen",
        "status": "hue",
        "tank_id": "UID",
        "lat": "lat",
        "lon": "lon",
        "diameter_m": "Diam",
    }
    assert shown.reasons == {**dict.fromkeys(shown.mapping, "name"), "date": "given", "status": "given"}
    assert shown.counts == {
        "date": RoleCount(2, 0, 1, ("?",)),
        "status": RoleCount(2, 0, 1, ("grey",)),
        "tank_id": RoleCount(3, 0, 0, ()),
        "lat": RoleCount(2, 1, 0, ()),
        "lon": RoleCount(1, 1, 1, ("x",)),
        "diameter_m": RoleCount(1, 1, 1, ("?",)),
    }
    assert load_tanks(path, field_map="date=seen;status=hue").field_map == shown.mapping


def test_the_sample_is_as_long_as_asked_and_the_mapping_as_the_loader_makes_it(csv):
    colours = ["blue", "brown"] * 20 + ["grey"] * 100
    path = csv("lat,lon,hue", *(f"25.{n:04},98.1,{colour}" for n, colour in enumerate(colours)))
    shown = preview(path, rows=10)
    assert (len(shown.rows), shown.sampled, shown.total) == (10, 10, 140)
    assert shown.mapping == load_tanks(path).field_map
    assert "status" not in shown.mapping, "ten rows of blue and brown do not speak for the rest"


@pytest.mark.parametrize(
    ("lines", "role", "count"),
    [
        (["where|n", "25.51, 98.12|1", "25.62, 98.23|1"], "lat", RoleCount(2, 0, 0, ())),
        (["where|n", "POINT (98.1 25.5)|1", "|1"], "lon", RoleCount(1, 1, 0, ())),
        (["lat;lon", "25°30'N;98.1", "x;98.1"], "lat", RoleCount(1, 0, 1, ("x",))),
        (["lat,lon,Y2019,Y2020", "25,98,1,", "25,98,blue,?"], "years", RoleCount(2, 1, 1, ("?",))),
    ],
)
def test_what_parses_is_counted_for_every_shape(csv, lines, role, count):
    assert preview(csv(*lines)).counts[role] == count


def test_several_layers_are_listed_and_one_is_read_when_named(tmp_path):
    book = openpyxl.Workbook()
    for name in ("north", "south"):
        sheet = book.create_sheet(name)
        sheet.append(["Lat", "Lon"])
        sheet.append([25.5, 98.1])
    book.save(tmp_path / "t.xlsx")
    shown = preview(str(tmp_path / "t.xlsx"))
    assert {"north", "south"} <= {layer.name for layer in shown.layers}
    assert (shown.layer, shown.columns, len(shown.rows), shown.mapping) == ("", [], 0, {})
    assert "Several layers could be meant. Name one as LAYER: north" in shown.notes[0]
    named = preview(str(tmp_path / "t.xlsx"), layer="south")
    assert (named.layer, named.columns, named.mapping) == ("south", ["Lat", "Lon"], {"lat": "Lat", "lon": "Lon"})


def test_a_layer_with_geometry_needs_no_coordinates(layer):
    path = str(layer("t.gpkg", [("POINT (98.1 25.5)", {"Latitude": 25.5, "Status": "blue"})], geometry=ogr.wkbPoint))
    assert preview(path).mapping == {"status": "Status"}


def test_errors_are_the_loaders(csv, layer, tmp_path):
    with pytest.raises(SourceError, match="There is no file"):
        preview(str(tmp_path / "none.csv"))
    with pytest.raises(SourceError, match="there is no role “state”"):
        preview(csv(*LINES), field_map="state=hue")
    with pytest.raises(SourceError, match="no layer “x”"):
        preview(csv(*LINES), layer="x")
    with pytest.raises(Cancelled):
        preview(csv(*LINES), is_cancelled=lambda: True)


def test_an_empty_table(csv):
    shown = preview(csv("lat,lon"))
    assert (shown.columns, shown.sampled, shown.total) == (["lat", "lon"], 0, 0)
    assert shown.counts["lat"] == RoleCount(0, 0, 0, ())


def test_a_large_table_is_previewed_by_its_start(tmp_path):
    """Half a second is what a dialog may take; a whole scan of the file's text is not needed."""
    path = tmp_path / "large.csv"
    line = b"25.5123,98.1234,blue,a remark that fills the line\n"
    # The last line is cp1252: only a scan of the whole file would see it.
    path.write_bytes(b"lat,lon,hue,note\n" + line * 400_000 + "25.5,98.1,blue,Café\n".encode("cp1252"))
    shown = preview(str(path), rows=5)
    assert (shown.sampled, shown.total) == (5, 400_001)
    assert shown.mapping == {"lat": "lat", "lon": "lon", "status": "hue"}
    assert not [note for note in shown.notes if "cp1252" in note]
