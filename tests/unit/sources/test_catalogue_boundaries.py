"""Boundaries from HDX, geoBoundaries and MIMU, each played by a local server."""

from __future__ import annotations

import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.download import Blocked, Offline
from leachwatch.sources.online.network import Network
from leachwatch.sources.online.obtain import boundaries
from leachwatch.tests.servers import serving
from leachwatch.tests.servers.routes import POINTER, XML_ERROR, as_json, body, html
from leachwatch.tests.unit.sources.catalogue_samples import NETWORK, at, geojson, got, shapefiles, zipped

LOGGED_IN = "me:secret"
HDX_PAGE = "https://data.humdata.org/dataset/cod-ab-mmr"
API = "/api/3/action/package_show"
GB_API = "/api/current/gbOpen/MMR/ADM3/"
TOWNSHIP = {"shapeName": "Chipwi", "shapeID": "1", "shapeGroup": "MMR"}


def resource(name, base="", form="SHP", **more):
    return {"name": name, "format": form, "download_url": f"{base}/dataset/1/download/{name}", **more}


def package(*resources, **more):
    known = {"title": "Myanmar boundaries", "license_title": "CC BY-IGO", "dataset_source": "MIMU", **more}
    return as_json({"success": True, "result": {**known, "resources": list(resources)}})


def names(ways):
    return [way.file.remotes[0].file_name for way in ways]


def cod(server, country="MMR"):
    return boundaries("cod-ab", country, at(server.base))


def test_cod_ab_is_had_with_its_licence_date_and_layer(tmp_path):
    content = shapefiles("mmr_admin0", "mmr_admin1", "mmr_admin2", "mmr_admin3", "mmr_adminlines", "mmr_adminpoints")
    with serving({"/dataset/*": body(content)}) as server:
        listed = [
            resource("mmr_admin_boundaries.xlsx", server.base, "XLSX"),
            resource("mmr_admin_boundaries.gdb.zip", server.base, "Geodatabase"),
            resource("mmr_admin_boundaries.geojson.zip", server.base, "GeoJSON"),
            resource("mmr_admin_boundaries.shp.zip", server.base, last_modified="2025-06-17T08:00:00.1"),
        ]
        server.routes[API] = package(*listed)
        found = got(cod(server), tmp_path)
    assert found.path.name == "mmr_admin_boundaries.shp.zip" and found.layer == "mmr_admin3.shp"
    known = found.provenance
    assert (known.key, known.licence, known.version) == ("cod-ab-MMR-adm3", "CC BY-IGO", "2025-06-17")
    assert known.citation == f"MIMU, Myanmar boundaries, last modified 2025-06-17, on HDX, {HDX_PAGE}"
    assert known.landing_page == HDX_PAGE
    assert [(one.path, one.query) for one in server.asked] == [
        (API, {"id": "cod-ab-mmr"}),
        ("/dataset/1/download/mmr_admin_boundaries.shp.zip", {}),
    ]


def test_the_layer_is_told_again_from_the_cache(tmp_path):
    with serving({"/dataset/*": body(shapefiles("mmr_admin2", "mmr_admin3"))}) as server:
        server.routes[API] = package(resource("mmr_admin_boundaries.shp.zip", server.base))
        got(cod(server), tmp_path)
        again = got(cod(server), tmp_path)
    assert again.from_cache and again.layer == "mmr_admin3.shp" and len(server.asked) == 2


def test_resources_go_by_name_and_what_is_no_boundary_is_left():
    with serving({}) as server:
        listed = [
            "mmr_polbnda_adm2_250k_mimu.shp.zip",
            "mmr_admbnda_adm3_mimu_shp.zip",
            "mmr_admin_boundaries.gdb.zip",
            "mmr_admin_boundaries.geojson.zip",
            "mmr_adminlines.shp.zip",
            "mmr_admgz_mimu.xlsx",
            "readme.pdf",
        ]
        server.routes[API] = package(*(resource(name, server.base, "") for name in listed))
        assert names(cod(server).locate(NETWORK)) == [
            "mmr_admin_boundaries.geojson.zip",
            "mmr_admbnda_adm3_mimu_shp.zip",
            "mmr_admin_boundaries.gdb.zip",
        ]


def test_an_older_bundle_without_the_file_s_name_is_known_by_its_address():
    with serving({}) as server:
        old = resource("Myanmar administrative boundaries", server.base, "SHP")
        old["download_url"] = f"{server.base}/dataset/1/download/mmr_adm_250k_mimu_20240215_ab_shp.zip"
        server.routes[API] = package(old)
        assert names(cod(server).locate(NETWORK)) == ["mmr_adm_250k_mimu_20240215_ab_shp.zip"]


def test_china_goes_down_to_prefectures_and_this_is_told(tmp_path):
    content = shapefiles("chn_admbnda_adm0_ocha_2020", "chn_admbnda_adm1_ocha_2020", "chn_admbnda_adm2_ocha")
    with serving({"/dataset/*": body(content)}) as server:
        server.routes[API] = package(resource("chn_adm_ocha_2020_shp.zip", server.base))
        found = got(cod(server, "chn"), tmp_path)
    assert found.layer == "chn_admbnda_adm2_ocha.shp" and found.provenance.key == "cod-ab-CHN"
    assert any("level 2" in note and "not to counties" in note for note in found.notes)
    assert server.asked[0].query == {"id": "cod-ab-chn"}


def test_china_with_counties_takes_them(tmp_path):
    with serving({"/dataset/*": body(shapefiles("chn_admin2", "chn_admin3", "chn_admin4"))}) as server:
        server.routes[API] = package(resource("chn_admin_boundaries.shp.zip", server.base))
        found = got(cod(server, "CHN"), tmp_path)
    assert found.layer == "chn_admin3.shp" and not any("not to counties" in note for note in found.notes)


def test_a_bundle_without_townships_is_passed_over_for_the_next(tmp_path):
    shallow, deep = shapefiles("mmr_admin1", "mmr_admin2"), zipped(mmr_admin3__geojson=geojson(TOWNSHIP))
    with serving({}) as server:
        listed = [resource("mmr_admin_boundaries.shp.zip", server.base), resource("mmr_adm3.geojson.zip", server.base)]
        server.routes[API] = package(*listed)
        server.routes["/dataset/1/download/mmr_admin_boundaries.shp.zip"] = body(shallow)
        server.routes["/dataset/1/download/mmr_adm3.geojson.zip"] = body(deep)
        found = got(cod(server), tmp_path)
    assert found.layer == "mmr_admin3.geojson"
    assert any("Tried before" in note and "level 2" in note for note in found.provenance.notes)


def test_hdx_says_no():
    answer = {"success": False, "error": {"message": "Not found", "__type": "Not Found Error"}}
    with serving({API: as_json(answer)}) as server, pytest.raises(SourceError, match="Not found") as error:
        cod(server).locate(NETWORK)
    assert HDX_PAGE in str(error.value)


@pytest.mark.parametrize(
    "answer",
    [[], {}, {"success": "yes", "result": {}}, {"success": True}, {"success": True, "result": []}],
)
def test_an_answer_of_hdx_of_another_shape_is_told(answer):
    with serving({API: as_json(answer)}) as server, pytest.raises(SourceError) as error:
        cod(server).locate(NETWORK)
    assert HDX_PAGE in str(error.value)


@pytest.mark.parametrize(
    "resources",
    [
        None,
        {"name": "mmr_admin_boundaries.shp.zip"},
        [None, 5, {}, {"name": 7}],
        [{"name": "mmr_admin_boundaries.shp.zip", "url": "file:///mmr_admin_boundaries.shp.zip"}],
        [{"name": "mmr_admin_boundaries.shp.zip", "url": "ftp://data.humdata.org/a.zip", "download_url": ["x"]}],
        [{"name": "mmr_admin_boundaries.shp.zip", "url": "http://elsewhere.example/a.zip"}],
        [{"name": "mmr_admin_boundaries.shp.zip", "url": f"https://{LOGGED_IN}@data.humdata.org/a.zip"}],
    ],
)
def test_resources_that_cannot_be_asked_for_are_told(resources):
    answer = as_json({"success": True, "result": {"resources": resources}})
    with serving({API: answer}) as server, pytest.raises(SourceError, match="no file of boundaries") as error:
        cod(server).locate(NETWORK)
    assert HDX_PAGE in str(error.value) and "secret" not in str(error.value) and server.paths == [API]


def test_an_address_on_hdx_itself_moves_to_the_mirror():
    with serving({}) as server:
        server.routes[API] = package(resource("mmr_admin_boundaries.shp.zip", "https://data.humdata.org"))
        (way,) = cod(server).locate(NETWORK)
    assert way.file.remotes[0].url == f"{server.base}/dataset/1/download/mmr_admin_boundaries.shp.zip"


def geo(server, country="MMR"):
    return boundaries("geoboundaries", country, at(server.base))


def record(base, **more):
    path = f"{base}/wmgeolab/geoBoundaries/raw/9469f09/releaseData/gbOpen/MMR/ADM3"
    return {
        "boundaryID": "MMR-ADM3-1",
        "boundaryISO": "MMR",
        "boundaryType": "ADM3",
        "boundaryYearRepresented": "2020",
        "boundaryLicense": "CC BY 4.0",
        "boundarySource": "MIMU",
        "gjDownloadURL": f"{path}/full.geojson",
        "simplifiedGeometryGeoJSON": f"{path}/simple.geojson",
        **more,
    }


RAW = "/wmgeolab/geoBoundaries/raw/9469f09/releaseData/gbOpen/MMR/ADM3"
LFS = "/lfs/media/wmgeolab/geoBoundaries/9469f09/releaseData/gbOpen/MMR/ADM3"


def test_geoboundaries_gives_the_full_boundaries(tmp_path):
    with serving({f"{RAW}/full.geojson": body(geojson(TOWNSHIP))}) as server:
        server.routes[GB_API] = as_json(record(server.base))
        found = got(geo(server), tmp_path)
    known = found.provenance
    assert known.key == "geoboundaries-MMR-ADM3" and found.path.name == "geoBoundaries-MMR-ADM3.geojson"
    assert (known.licence, known.version) == ("CC BY 4.0", "MMR-ADM3-1, boundaries of 2020")
    assert known.citation.startswith("geoBoundaries gbOpen MMR ADM3, from MIMU. Runfola")
    assert server.paths == [GB_API, f"{RAW}/full.geojson"]


def test_a_pointer_of_git_lfs_leads_to_where_the_file_is_kept(tmp_path):
    with serving({f"{RAW}/*": body(POINTER), f"{LFS}/full.geojson": body(geojson(TOWNSHIP))}) as server:
        server.routes[GB_API] = as_json(record(server.base))
        found = got(geo(server), tmp_path)
    assert found.provenance.source_url == f"{server.base}{LFS}/full.geojson"
    assert server.paths[1:] == [f"{RAW}/full.geojson", f"{LFS}/full.geojson"]


def test_the_simplified_boundaries_stand_in_and_this_is_told(tmp_path):
    with serving({f"{RAW}/simple.geojson": body(geojson(TOWNSHIP, kind="MultiPolygon"))}) as server:
        server.routes[GB_API] = as_json(record(server.base))
        found = got(geo(server), tmp_path)
    assert found.path.name == "geoBoundaries-MMR-ADM3_simplified.geojson"
    assert any("simplified ones" in note for note in found.provenance.notes)
    assert server.paths[1:] == [f"{RAW}/full.geojson", f"{LFS}/full.geojson", f"{RAW}/simple.geojson"]


@pytest.mark.parametrize(
    ("url", "lfs"),
    [
        ("https://github.com/a/b/raw/abc/d/e.geojson", "/lfs/media/a/b/abc/d/e.geojson"),
        ("https://raw.githubusercontent.com/a/b/abc/d/e.geojson", "/lfs/media/a/b/abc/d/e.geojson"),
        ("https://github.com/a/b/raw/refs/heads/main/e.geojson", "/lfs/media/a/b/main/e.geojson"),
        ("https://elsewhere.example/e.geojson", None),
    ],
)
def test_where_git_lfs_keeps_a_file(url, lfs):
    with serving({GB_API: as_json({"gjDownloadURL": url})}) as server:
        (way,) = geo(server).locate(NETWORK)
    assert [one.url for one in way.file.remotes] == [url, *([server.base + lfs] if lfs else [])]
    assert any("no licence" in note for note in way.notes)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([], "another shape"),
        ({}, "no address"),
        ({"gjDownloadURL": None, "simplifiedGeometryGeoJSON": 5}, "no address"),
        ({"gjDownloadURL": "file:///etc/passwd"}, "no address"),
        ({"gjDownloadURL": "http://elsewhere.example/a"}, "no address"),
        ({"boundaryISO": "THA", "boundaryType": "ADM3"}, "answered THA ADM3"),
        ({"boundaryISO": "MMR", "boundaryType": "ADM1"}, "answered MMR ADM1"),
    ],
)
def test_an_answer_of_geoboundaries_that_is_of_no_use_is_told(answer, words):
    with serving({GB_API: as_json(answer)}) as server, pytest.raises(SourceError, match=words):
        geo(server).locate(NETWORK)
    assert server.paths == [GB_API]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"type": "Topology", "objects": {}}', "no GeoJSON FeatureCollection"),
        (b'[{"type": "Feature"}]', "no GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": {}}', "no GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "no feature"),
        (b'{"type": "FeatureCollection", "features": [null, 3, {"geometry": null}]}', "no feature"),
        (geojson(TOWNSHIP, kind="Point"), "no polygon"),
        (geojson({"shapeGroup": "THA"}), "units of THA"),
        (geojson(TOWNSHIP)[:-5], "no JSON that can be read"),
        (b'{"type": "FeatureCollection", "features": ' + b"[" * 100_000, "no JSON that can be read"),
        (b'{"type": "FeatureCollection", "features": [{"geometry": {"a": ' + b"1" * 10_000_000, "without a list"),
        (geojson(TOWNSHIP).replace(b"98.1", b"98,,1").replace(b'"Chipwi"', b'"Chip'), "no JSON that can be read"),
    ],
)
def test_what_is_no_boundary_inside_is_never_kept(tmp_path, content, words):
    with serving({f"{RAW}/full.geojson": body(content)}) as server:
        server.routes[GB_API] = as_json(record(server.base, simplifiedGeometryGeoJSON=None))
        with pytest.raises(SourceError, match=words) as error:
            got(geo(server), tmp_path)
    assert "https://www.geoboundaries.org" in str(error.value)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_boundaries_of_many_positions_with_any_properties_pass(tmp_path):
    """Longer than what is read at a time, so that lists of numbers lie across the seams."""
    ring = ", ".join(f"[ {98 + number / 1e6:.6f},\n25.5E0, -1 ]" for number in range(40_000))
    shape = f'{{"type": "Polygon", "coordinates": [[{ring}]]}}'
    features = [
        f'{{"type": "Feature", "properties": {row}, "geometry": {shape}}}' for row in ('{"a": [1, "]"]}', "[1]")
    ]
    content = f'{{"bbox": [1, 2, 3, 4], "type": "FeatureCollection", "features": [{", ".join(features)}]}}'.encode()
    assert len(content) > 2_000_000
    with serving({f"{RAW}/full.geojson": body(content)}) as server:
        server.routes[GB_API] = as_json(record(server.base))
        assert got(geo(server), tmp_path).path.read_bytes() == content


def test_looking_through_boundaries_can_be_cancelled(tmp_path):
    looked = []

    def after_the_second_look():
        looked.append(1)
        return len(looked) > 2

    file = tmp_path / "a.geojson"
    file.write_bytes(geojson(TOWNSHIP).ljust(5_000_000))
    with pytest.raises(Cancelled):
        boundaries("geoboundaries", "MMR", at("http://127.0.0.1:9")).check(file, after_the_second_look)
    assert len(looked) == 3


def mimu(server, agreed=True):
    return boundaries("mimu", "MMR", at(server.base), agreed=agreed)


def test_mimu_is_asked_for_all_townships_in_one_request(tmp_path):
    with serving({"/geoserver/wfs": body(geojson({"TS": "Chipwi"}, totalFeatures=1))}) as server:
        found = got(mimu(server), tmp_path)
    (asked,) = server.asked
    assert asked.query == {
        "service": "WFS",
        "version": "1.0.0",
        "request": "GetFeature",
        "typename": "geonode:mmr_polbnda_adm3_250k_mimu_1",
        "outputFormat": "application/json",
        "srsName": "EPSG:4326",
    }
    assert found.provenance.key == "mimu-MMR-adm3" and "agreement" in found.provenance.licence
    assert any("agreement" in note for note in found.notes)


def test_mimu_is_not_asked_without_its_agreement(tmp_path):
    with serving({"/geoserver/wfs": body(geojson({"TS": "Chipwi"}))}) as server:
        with pytest.raises(SourceError, match="agree_mimu_terms") as error:
            got(mimu(server, agreed=False), tmp_path)
        assert server.asked == [] and "https://geonode.themimu.info/layers/" in str(error.value)
        got(mimu(server), tmp_path)
        assert got(mimu(server, agreed=False), tmp_path).from_cache


def test_an_xml_error_of_mimu_names_the_page(tmp_path):
    with serving({"/geoserver/wfs": body(XML_ERROR, "text/xml")}) as server, pytest.raises(Blocked) as error:
        got(mimu(server), tmp_path)
    assert "XML error" in str(error.value) and "https://geonode.themimu.info/layers/" in str(error.value)


@pytest.mark.parametrize("key", ["totalFeatures", "numberMatched"])
def test_townships_that_are_cut_short_are_not_kept(tmp_path, key):
    content = geojson({"TS": "Chipwi"}, {"TS": "Momauk"}, **{key: 330})
    with serving({"/geoserver/wfs": body(content)}) as server, pytest.raises(SourceError, match="has 330 .* sent 2"):
        got(mimu(server), tmp_path)


@pytest.mark.parametrize(
    ("source", "country", "words"),
    [
        ("mimu", "CHN", "Myanmar alone"),
        ("gadm", "MMR", "no online source"),
        ("cod-ab", "LAO", "not had online"),
        ("cod-ab", "../x", "not had online"),
    ],
)
def test_what_a_source_does_not_have_is_told(source, country, words):
    with pytest.raises(SourceError, match=words):
        boundaries(source, country, at("http://127.0.0.1:9"))


@pytest.mark.parametrize("source", ["cod-ab", "geoboundaries", "mimu"])
def test_offline_asks_none_of_them(tmp_path, source):
    with serving({"*": html()}) as server:
        dataset = boundaries(source, "MMR", at(server.base), agreed=True)
        with pytest.raises(Offline) as error:
            got(dataset, tmp_path, network=Network(offline=True))
    assert server.asked == [] and dataset.page in str(error.value) and list(tmp_path.iterdir()) == []
