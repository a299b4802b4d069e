"""Makers of text files that do harm; the register of all makers, with what each file must end in."""

LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)) + "]>"
PASSWORDS = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
ENTITIES = "declares XML entities, which data never needs. Do not use it."
GPX = '<?xml version="1.0"?>{}<gpx version="1.1">{}</gpx>'
WAYPOINT = '<wpt lat="25" lon="98"><name>{}</name></wpt>'
KML = '<?xml version="1.0"?>{}<kml><Document><Placemark><name>{}</name></Placemark></Document></kml>'
FEATURE = '{{"type":"Feature","properties":{},"geometry":{}}}'
POINT = '{"type":"Point","coordinates":[98,25]}'
FILES = {}


def hostile(name, expected):
    """Register a maker of a file: it is given the path. ``expected``: a part of the error, or a whole answer."""

    def register(maker):
        FILES[name] = (maker, expected)
        return maker

    return register


def text(name, content, expected):
    FILES[name] = (lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode()), expected)


def collection(*features):
    return '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"


text("laughs.kml", KML.format(LAUGHS, "&a9;"), ENTITIES)
text("passwords.kml", KML.format(PASSWORDS, "&e;"), ENTITIES)
text("laughs.gpx", GPX.format(LAUGHS, WAYPOINT.format("&a9;")), ENTITIES)
text("passwords.gpx", GPX.format(PASSWORDS, WAYPOINT.format("&e;")), ENTITIES)
text("half.gpx", GPX.format("", WAYPOINT.format("A"))[:-12], "half.gpx cannot be read: XML parsing of GPX file failed")
text("deep.kml", "<kml>" + "<a>" * 1_000_000, "elements more than 200 deep")
text("prolog.gpx", GPX.format("<!--" + "x" * 2_000_000 + "-->", ""), "prolog.gpx cannot be read: it is not GPX")
text("open.geojson", "[" * 10_000_000, "open.geojson cannot be read")
text("open in a table.geojson", collection(FEATURE.format('{"a":' + "[" * 10_000_000, "")), "Failed to read GeoJSON")
text(
    "a million levels.geojson",
    collection(FEATURE.format('{"a":' + "[" * 1_000_000 + "]" * 1_000_000 + "}", POINT)),
    "Failed to read GeoJSON data",
)
text(
    "deep coordinates.json",
    collection(FEATURE.format("{}", '{"type":"Polygon","coordinates":' + "[" * 10**6)),
    "cannot",
)
text(
    "deep topology.json",
    '{"type":"Topology","objects":{"a":{"geometries":' + "[" * 5_000_000,
    "Failed to read TopoJSON",
)
text("deep sequence.geojsonl", '{"type":"Feature","properties":{"a":' + "[" * 5_000_000, "cannot be read")
text(
    "many columns.geojson",
    collection(FEATURE.format("{" + ",".join(f'"a{n}":1' for n in range(100_000)) + "}", POINT)),
    "more than 2,000 different names of columns",
)
text(
    "no numbers.geojson",
    collection(
        FEATURE.format('{"a":1}', '{"type":"Point","coordinates":["98","25"]}'),
        FEATURE.format('{"a":2}', '{"type":"Point","coordinates":[null,25]}'),
        FEATURE.format('{"a":3}', '{"type":"Point","coordinates":[98]}'),
        FEATURE.format('{"a":4}', '{"type":"Nonsense"}'),
        FEATURE.format('{"a":5}', POINT),
    ),
    {"rows": 5, "places": 1},
)
text("half.geojson", collection(FEATURE.format("{}", POINT), '{"type":"Fea')[:-2], "half.geojson cannot be read")
text("zeros.csv", bytes(10_000), "zeros.csv cannot be read: it is not delimited text")
text("zeros.gpkg", bytes(10_000), "zeros.gpkg cannot be read: it is not a GeoPackage, or is damaged")
text("zeros.shp", bytes(10_000), "zeros.shp cannot be read")
text("noise.fgb", b"fgb\x03fgb\x00" + b"\xff" * 10_000, "noise.fgb|no layer")
text(
    "seamless.tab",
    '!table\n!version 300\nDefinition Table\n Type NATIVE\n "\\IsSeamless" = "TRUE"\n',
    "is a MapInfo table whose data stand in other files",
)
text(
    "view.tab",
    '!table\n!version 300\nOpen Table "/etc/passwd"\nCreate View x As Select',
    "is a MapInfo table whose data stand in other files",
)
text("virtual.vrt", "<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "XML of a form that is not read")
text("virtual.csv", "<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>", "XML of a form that is not read")
text("of sheets.zip", b"PK\x03\x04" + b"\xff" * 100, "cannot be unpacked")
