"""KML: names, descriptions, data, times as they are written, shapes, folders; and what is no placemark."""

import time
import zipfile

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.files.kml import BEGIN, END, FOLDER, STYLE, WHEN
from leachwatch.sources.files.layers import SeveralLayers
from leachwatch.sources.files.reader import list_layers, read
from leachwatch.sources.points.usgs import load_tanks
from shapely import MultiPoint

POINT = "<Point><coordinates>98.1,25.5,300</coordinates></Point>"


@pytest.fixture()
def kml(tmp_path):
    """Return a reader of KML written for the test: kml("<Placemark>…") → Source."""

    def made(body, head="", encoding="utf-8", **options):
        path = tmp_path / "sites.kml"
        text = f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'
        path.write_bytes(text.encode(encoding))
        return read(str(path), **options)

    return made


def placemark(inner="", shape=POINT):
    return f"<Placemark>{inner}{shape}</Placemark>"


def column(source, name):
    return source.table[name].tolist()


@pytest.mark.parametrize("text", ["2021", "2021-03", "2021-03-14", "2021-03-14T05:30:00Z", "2021-03-14T12:00:00+06:30"])
def test_times_stay_as_they_are_written(kml, text):
    source = kml(
        placemark(f"<TimeStamp><when> {text} </when></TimeStamp>")
        + placemark(f"<TimeSpan><begin>{text}</begin><end>2024</end></TimeSpan>")
        + placemark(f"<gx:TimeStamp><when>{text}</when></gx:TimeStamp>")
        + placemark(f"<TimeSpan><begin>{text}</begin></TimeSpan>")
        + placemark()
    )
    assert column(source, WHEN) == [text, None, text, None, None]
    assert column(source, BEGIN) == [None, text, None, text, None]
    assert column(source, END) == [None, "2024", None, None, None]


def test_data_of_every_kind_are_columns(kml):
    source = kml(
        '<Schema id="S"><SimpleField name="status" type="string"/></Schema>'
        + placemark(
            "<name>ချီဖွေ</name><styleUrl>#brown</styleUrl><ExtendedData>"
            '<Data name="Ponds"><displayName>number</displayName><value>12</value></Data>'
            '<SchemaData schemaUrl="#S"><SimpleData name="status">维西</SimpleData></SchemaData>'
            "<camp:crew>7</camp:crew></ExtendedData>"
        )
        + placemark('<ExtendedData><Data name="Ponds"><value/></Data></ExtendedData>')
    )
    assert column(source, "Name") == ["ချီဖွေ", None]
    assert column(source, "Ponds") == ["12", None]
    assert column(source, "status") == ["维西", None]
    assert column(source, "crew") == ["7", None]
    assert column(source, STYLE) == ["#brown", None]
    assert column(source, FOLDER) == ["sites"] * 2 or column(source, FOLDER) == [None, None]


def test_a_description_keeps_its_table(kml):
    html = "<table><tr><td>Ponds</td><td>12 &amp; 3</td></tr></table>"
    source = kml(
        placemark(f"<description><![CDATA[{html}]]></description>")
        + placemark("<description>plain <b>bold</b> <name>no name</name></description>")
    )
    assert column(source, "description")[0] == html
    assert "bold" in column(source, "description")[1]
    assert "Name" not in source.table


def test_shapes_of_every_kind(kml):
    ring = "<LinearRing><coordinates>{}</coordinates></LinearRing>"
    outer = ring.format("98,25 99,25 99,26 98,26 98,25")
    inner = ring.format("98.4,25.4 98.6,25.4 98.6,25.6 98.4,25.6 98.4,25.4")
    source = kml(
        placemark()
        + placemark(shape="<Point><coordinates>\n 98.1, 25.5 \n</coordinates></Point>")
        + placemark(shape=f"<MultiGeometry>{POINT}<Point><coordinates>98,25</coordinates></Point></MultiGeometry>")
        + placemark(
            shape=f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs><innerBoundaryIs>{inner}</innerBoundaryIs></Polygon>"
        )
        + placemark(shape="<LineString><coordinates>98,25 99,25</coordinates></LineString>")
        + placemark(
            shape="<gx:Track><when>2021</when><gx:coord>98 25 0</gx:coord><when>2022</when><gx:coord>99 25 0</gx:coord>"
            "</gx:Track>"
        )
        + placemark(shape="")
    )
    shapes = [None if shape is None else shape.wkt for shape in source.geometry]
    assert shapes[:2] == ["POINT (98.1 25.5)"] * 2
    assert source.geometry[2] == MultiPoint([(98.1, 25.5), (98, 25)])
    assert source.geometry[3].area == pytest.approx(1 - 0.04)
    assert shapes[4:] == ["LINESTRING (98 25, 99 25)", "LINESTRING (98 25, 99 25)", None]
    assert [layer.geometry for layer in source.layers] == ["unknown"]


def test_coordinates_that_cannot_be_read_are_counted(kml):
    source = kml(
        placemark()
        + "".join(
            placemark(shape=f"<Point><coordinates>{text}</coordinates></Point>")
            for text in ("98.1", "a,b", "NaN,25", "1e999,25", "98.1;25.5")
        )
        + placemark(shape="<LineString><coordinates>98,25</coordinates></LineString>")
        + placemark(shape="<Point><coordinates/></Point>")
    )
    assert [shape is None for shape in source.geometry] == [False] + [True] * 7
    assert "7 geometries cannot be read and count as missing." in source.notes


FOLDERS = (
    "<name>all</name><Folder><name>before 2021</name>" + placemark("<name>A</name>") + "</Folder>"
    "<Folder><name>new</name><TimeSpan><begin>2021</begin></TimeSpan>"
    "<Folder><name>before 2021</name>"
    + placemark("<name>B</name>")
    + placemark("<name>C</name><TimeStamp><when>2023</when></TimeStamp>")
    + "</Folder></Folder>"
    + placemark("<name>D</name>")
)


def test_folders_are_layers_read_together(kml):
    source = kml(FOLDERS)
    rows = dict(zip(column(source, "Name"), column(source, FOLDER)))
    assert rows == {"A": "before 2021", "B": "before 2021", "C": "before 2021", "D": "all"}
    times = dict(zip(column(source, "Name"), column(source, BEGIN)))
    assert times == {"A": None, "B": "2021", "C": None, "D": None}
    assert "1 placemarks have no time of their own and took their folder's." in source.notes
    assert "3 folders of the KML were read together, named in the column kml_folder." in source.notes
    assert [layer.name for layer in source.layers] == ["before 2021", "before 2021 (2)", "all"]
    one = kml(FOLDERS, layer="before 2021 (2)")
    assert column(one, "Name") == ["B", "C"]


def test_links_and_overlays_are_left_out_and_said(kml):
    source = kml(
        "<NetworkLink><name>x</name><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>" * 2
        + "<GroundOverlay><name>map</name><Icon><href>http://127.0.0.1:9/x.png</href></Icon></GroundOverlay>"
        + placemark("<name>A</name>")
    )
    assert column(source, "Name") == ["A"]
    assert "The KML links to 2 other files (NetworkLink); links are not followed." in source.notes
    assert any(note.startswith("1 images laid over the map (overlays)") for note in source.notes)


def test_a_kml_of_links_alone_is_empty_and_says_why(kml):
    source = kml("<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>")
    assert len(source.table) == 0
    assert "The KML links to 1 other files (NetworkLink); links are not followed." in source.notes
    assert "The layer is empty: it has no rows." in source.notes


def test_data_that_stand_twice_are_both_kept(kml):
    twice = '<ExtendedData><Data name="a"><value>1</value></Data><Data name="a"><value>2</value></Data></ExtendedData>'
    assert column(kml(placemark(twice)), "a") == ["1; 2"]


def test_long_blanks_and_many_empty_folders_take_no_long_time(kml):
    start = time.monotonic()
    blanks = "<Point><coordinates>98.1,25.5" + " " * 2_000_000 + "</coordinates></Point>"
    source = kml(placemark(shape=blanks) + "<Folder/>" * 200_000 + placemark("<a/>" * 100_000))
    assert [point.wkt for point in source.geometry] == ["POINT (98.1 25.5)"] * 2
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb2312", "utf-8-sig"])
def test_encodings(kml, encoding):
    head = f'<?xml version="1.0" encoding="{encoding.replace("-sig", "")}"?>\n'
    assert column(kml(placemark("<name>维西</name>"), head, encoding), "Name") == ["维西"]


def test_a_placemark_right_below_the_root(tmp_path):
    (tmp_path / "a.kml").write_text(f"<kml>{placemark('<name>A</name>')}</kml>")
    source = read(str(tmp_path / "a.kml"))
    assert column(source, "Name") == ["A"]
    assert [layer.name for layer in list_layers(str(tmp_path / "a.kml"))] == ["a"]


def test_a_kmz_of_two_documents_asks_which(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        for name in ("doc.kml", "more/other.kml"):
            archive.writestr(name, f"<kml><Document><name>sites</name>{placemark()}</Document></kml>")
    with pytest.raises(SeveralLayers, match=r"doc\.kml/sites \(points, 1 rows\); other\.kml/sites"):
        read(str(tmp_path / "a.kmz"))
    assert len(read(str(tmp_path / "a.kmz"), "other.kml/sites").table) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<kml><Document><Placemark>", r"a\.kml cannot be read: no element found"),
        ("<kml><a></b></kml>", r"a\.kml cannot be read: mismatched tag"),
        ('<?xml version="1.0" encoding="klingon"?><kml/>', r"a\.kml cannot be read: unknown encoding: klingon"),
        ('<?xml version="1.0" encoding="bz2"?><kml/>', r"a\.kml cannot be read: unknown encoding: bz2"),
        ("<kml>" + "<Folder>" * 300 + "</Folder>" * 300 + "</kml>", "more than 200 deep"),
        (
            "<kml><Placemark><ExtendedData>"
            + "".join(f'<Data name="a{n}"><value>1</value></Data>' for n in range(2_001))
            + "</ExtendedData></Placemark></kml>",
            "more than 2,000 columns",
        ),
    ],
    ids=lambda text: text[:40],
)
def test_what_is_no_kml_to_read(tmp_path, text, message):
    (tmp_path / "a.kml").write_text(text)
    with pytest.raises(SourceError, match=message):
        read(str(tmp_path / "a.kml"))


def test_a_year_of_a_kml_stays_a_year_through_the_loader(tmp_path):
    (tmp_path / "t.kml").write_text(
        "<kml><Document>"
        + placemark("<TimeStamp><when>2021</when></TimeStamp>")
        + placemark("<TimeStamp><when>2021-03</when></TimeStamp>", POINT.replace("98.1", "98.2"))
        + placemark("<TimeSpan><begin>2019</begin><end>2022</end></TimeSpan>", POINT.replace("98.1", "98.3"))
        + "</Document></kml>"
    )
    tanks = load_tanks(str(tmp_path / "t.kml")).tanks
    assert tanks["date_precision"].tolist() == ["year", "month", "year"]
    assert [day.year for day in tanks["first_seen"]] == [2021, 2021, 2019]
    assert tanks["src_kml_when"].tolist() == ["2021", "2021-03", None]
    assert tanks["last_seen"][2].year == 2022
