"""ScienceBase, played by a local server: from the DOI to a file in the cache."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.download import Blocked
from leachwatch.sources.online.obtain import usgs_tanks
from leachwatch.tests.servers import serving
from leachwatch.tests.servers.routes import LOGIN, as_json, body, html
from leachwatch.tests.unit.sources.catalogue_samples import (
    CSV,
    DBF,
    FGDC,
    NETWORK,
    SHP,
    at,
    got,
    md5,
    names_in,
    shapefiles,
    zipped,
)

ID = "item-1"
LOGGED_IN = "user:secret"
PAGE = "https://doi.org/10.5066/P1BSFNQ2"
TANKS = zipped(tanks__gdb___a00000001__gdbtable=b"table", tanks__gdb___gdb=b"x")


def entry(name, content=None, base="", **more):
    """Return a file object of an item, its addresses on the played server."""
    stated = {"size": len(content), "checksum": {"type": "MD5", "value": md5(content)}} if content else {}
    return {"name": name, "checksum": None, "downloadUri": f"{base}/down/{name}", **stated, **more}


def item(files, **more):
    return {"id": ID, "title": "Tanks", "files": files, **more}


def routes(item_json, **files):
    """Return what a ScienceBase answers that knows the item by its plain DOI."""
    return {
        "/catalog/items": as_json({"total": 1, "items": [{"id": ID, "title": "Tanks"}]}),
        f"/catalog/item/{ID}": as_json(item_json),
        **files,
    }


def located(server):
    return usgs_tanks(at(server.base)).locate(NETWORK)


def test_the_item_is_found_and_its_data_end_in_the_cache_with_where_they_came_from(tmp_path):
    told, steps = [], []
    with serving({}) as server:
        files = [entry("browse.jpg", b"jpg", server.base), entry("Tanks.gdb.zip", TANKS, server.base)]
        server.routes.update(
            routes(item(files, citation="Padilla, 2025", provenance={"lastUpdated": "2025-11-03T10:00"}))
        )
        server.routes["/catalog/file/get/" + ID] = body(TANKS)
        found = got(usgs_tanks(at(server.base)), tmp_path, tell=told.append, progress=lambda *step: steps.append(step))
    assert found.path.name == "Tanks.gdb.zip" and found.path.read_bytes() == TANKS and not found.from_cache
    known = found.provenance
    assert known.sha256 == hashlib.sha256(TANKS).hexdigest() and known.size == len(TANKS)
    assert known.source_url == f"{server.base}/catalog/file/get/{ID}?name=Tanks.gdb.zip"
    assert known.landing_page == PAGE and known.citation == "Padilla, 2025" and known.key == "usgs-tanks"
    assert known.version == f"item {ID}, last updated 2025-11-03"
    assert known.licence == "" and any("no licence" in note for note in known.notes)
    assert any("browse.jpg" in note for note in found.notes)
    assert steps[-1] == (len(TANKS), len(TANKS))
    asked = [one.path for one in server.asked]
    assert asked == ["/catalog/items", f"/catalog/item/{ID}", f"/catalog/file/get/{ID}"]
    which = {"scheme": "https://www.sciencebase.gov/vocab/category/item/identifier", "type": "DOI"}
    key, _, value = server.asked[0].query["filter"].partition("=")
    assert key == "itemIdentifier" and json.loads(value) == {**which, "key": "10.5066/P1BSFNQ2"}
    assert server.asked[0].query["format"] == server.asked[1].query["format"] == "json"
    assert server.asked[2].query == {"name": "Tanks.gdb.zip"}
    assert len(told) == 3 and all("127.0.0.1" in text for text in told)


def test_a_doi_is_asked_for_in_both_ways_of_writing_it():
    with serving({}) as server:
        server.routes.update(routes(item([entry("tanks.csv", CSV, server.base)])))
        server.routes["/catalog/items"] = [as_json({"items": []}), as_json({"items": [{"id": ID}]})]
        found = located(server)
    keys = [json.loads(one.query["filter"].partition("=")[2])["key"] for one in server.asked[:2]]
    assert keys == ["10.5066/P1BSFNQ2", "doi:10.5066/P1BSFNQ2"]
    assert found[0].file.remotes[0].file_name == "tanks.csv"


def test_a_doi_that_nobody_knows_ends_with_its_landing_page():
    none = serving({"/catalog/items": as_json({"total": 0, "items": []})})
    with none as server, pytest.raises(SourceError, match="no item for the DOI 10.5066/P1BSFNQ2") as error:
        located(server)
    assert PAGE in str(error.value) and len(server.asked) == 2


def test_another_doi_has_a_place_of_its_own_in_the_cache():
    other = usgs_tanks(at("http://127.0.0.1:9"), "10.5066/F7XY/z")
    assert other.key == "usgs-tanks-10.5066-F7XY-z" and other.page == "https://doi.org/10.5066/F7XY/z"


def test_addresses_go_by_preference_and_only_those_that_may_be_asked():
    base = "https://www.sciencebase.gov"
    full = {
        "name": "Tanks.zip",
        "publishedS3Uri": "https://prod.s3.amazonaws.com/x/Tanks.zip",
        "downloadUri": f"{base}/catalog/file/get/{ID}?f=__disk__1",
        "url": f"{base}/catalog/file/get/{ID}?f=__disk__2",
    }
    bad = {
        "name": "B.zip",
        "publishedS3Uri": "s3://bucket/B.zip",
        "downloadUri": "file:///etc/passwd",
        "url": f"https://{LOGGED_IN}@www.sciencebase.gov/B.zip",
    }
    with serving({}) as server:
        server.routes.update(routes(item([full, bad])))
        second, first = located(server)
    assert [one.url for one in first.file.remotes] == [f"{server.base}/catalog/file/get/{ID}?name=B.zip"]
    assert [one.url for one in second.file.remotes] == [
        "https://prod.s3.amazonaws.com/x/Tanks.zip",
        f"{server.base}/catalog/file/get/{ID}?name=Tanks.zip",
        f"{server.base}/catalog/file/get/{ID}?f=__disk__1",
        f"{server.base}/catalog/file/get/{ID}?f=__disk__2",
    ]


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["a.csv", "b_shp.zip", "c.gpkg", "d.gdb.zip", "e.zip"], ["d.gdb.zip", "c.gpkg", "b_shp.zip"]),
        (["z_tanks.csv", "a_sites.csv"], ["z_tanks.csv", "a_sites.csv"]),
        (["photos.zip", "tanks.csv", "metadata.csv"], ["tanks.csv", "photos.zip", "metadata.csv"]),
        (["x.kml", "y.xlsx", "z.csv"], ["z.csv", "x.kml", "y.xlsx"]),
    ],
)
def test_data_files_go_by_form_and_name(names, order):
    with serving({}) as server:
        server.routes.update(routes(item([entry(name, CSV, server.base) for name in [*names, "meta.xml", "map.jpg"]])))
        ways = located(server)
    assert [way.file.remotes[0].file_name for way in ways] == order
    rest = [name for name in names if name != order[0]]
    assert all(any(name in note for note in ways[0].notes) for name in [*rest, "map.jpg"])


def test_metadata_beside_the_data_go_into_the_same_package(tmp_path):
    with serving({}) as server:
        files = [entry("tanks.csv", CSV, server.base), entry("tanks.xml", FGDC, server.base)]
        server.routes.update(routes(item(files), **{"/down/tanks.csv": body(CSV), "/down/tanks.xml": body(FGDC)}))
        found = got(usgs_tanks(at(server.base)), tmp_path)
    assert found.path.name == "tanks.zip" and names_in(found.path) == ["tanks.csv", "tanks.xml"]
    sent = hashlib.sha256(CSV).hexdigest()
    assert any(sent in note and "tanks.xml" in note for note in found.provenance.notes)
    assert found.provenance.sha256 == hashlib.sha256(found.path.read_bytes()).hexdigest()
    assert found.provenance.file_name == "tanks.zip"


def test_metadata_are_added_to_a_zip_of_data(tmp_path):
    with serving({}) as server:
        files = [entry("Tanks.zip", TANKS, server.base), entry("release.xml", FGDC, contentType="application/fgdc+xml")]
        files[1]["downloadUri"] = f"{server.base}/down/release.xml"
        server.routes.update(routes(item(files), **{"/down/Tanks.zip": body(TANKS), "/down/release.xml": body(FGDC)}))
        found = got(usgs_tanks(at(server.base)), tmp_path)
    assert names_in(found.path) == ["release.xml", "tanks.gdb/a00000001.gdbtable", "tanks.gdb/gdb"]
    with zipfile.ZipFile(found.path) as opened:
        assert opened.read("release.xml") == FGDC and opened.testzip() is None


def test_metadata_that_cannot_be_had_are_noted(tmp_path):
    with serving({}) as server:
        files = [entry("tanks.csv", CSV, server.base), entry("tanks.xml", FGDC, server.base)]
        server.routes.update(routes(item(files), **{"/down/tanks.csv": body(CSV), "/down/tanks.xml": html()}))
        found = got(usgs_tanks(at(server.base)), tmp_path)
    assert found.path.read_bytes() == CSV
    assert any("left out" in note and "tanks.xml" in note for note in found.provenance.notes)


def test_metadata_too_large_to_be_metadata_are_left_aside():
    with serving({}) as server:
        files = [entry("tanks.csv", CSV, server.base), entry("tanks.xml", base=server.base, size=6 << 20)]
        server.routes.update(routes(item(files)))
        (way,) = located(server)
    assert way.beside == () and any("tanks.xml" in note for note in way.notes)


def test_a_loose_shapefile_is_fetched_with_its_parts(tmp_path):
    parts = {"Tanks.shp": SHP, "Tanks.dbf": DBF, "Tanks.shx": SHP, "Tanks.prj": b"GEOGCS[]", "Tanks.shp.xml": FGDC}
    with serving({}) as server:
        facet = {"name": "Tanks", "files": [entry(name, content, server.base) for name, content in parts.items()]}
        answer = item(None, facets=[{"name": "Empty"}, facet])
        server.routes.update(routes(answer, **{f"/down/{name}": body(content) for name, content in parts.items()}))
        found = got(usgs_tanks(at(server.base)), tmp_path)
    assert found.path.name == "Tanks.zip" and names_in(found.path) == sorted(parts)
    with zipfile.ZipFile(found.path) as opened:
        assert opened.read("Tanks.dbf") == DBF and opened.read("Tanks.shp.xml") == FGDC
    assert {one.path for one in server.asked if one.path.startswith("/down")} == {f"/down/{name}" for name in parts}


def test_a_shapefile_whose_table_cannot_be_had_is_not_kept(tmp_path):
    parts = {"Tanks.shp": SHP, "Tanks.dbf": DBF, "Tanks.shx": SHP}
    with serving({}) as server:
        facet = {"files": [entry(name, content, server.base) for name, content in parts.items()]}
        server.routes.update(routes(item(None, facets=[facet]), **{"/down/Tanks.sh*": body(SHP)}))
        with pytest.raises(SourceError, match=r"Tanks\.dbf"):
            got(usgs_tanks(at(server.base)), tmp_path)
    assert not list(tmp_path.rglob("*.zip"))


def test_metadata_that_are_in_the_zip_already_are_not_doubled(tmp_path):
    content = zipped(tanks__csv=CSV, tanks__xml=FGDC)
    with serving({}) as server:
        files = [entry("tanks.zip", content, server.base), entry("tanks.xml", FGDC, server.base)]
        server.routes.update(routes(item(files), **{"/down/tanks.zip": body(content), "/down/tanks.xml": body(FGDC)}))
        found = got(usgs_tanks(at(server.base)), tmp_path)
    assert names_in(found.path) == ["tanks.csv", "tanks.xml"] and found.path.read_bytes() == content
    assert found.provenance.sha256 == hashlib.sha256(content).hexdigest()


def test_a_shapefile_without_its_table_is_no_data():
    with serving({}) as server:
        server.routes.update(routes(item([], facets=[{"files": [entry("Tanks.shp", SHP, server.base)]}])))
        with pytest.raises(SourceError, match="no data file") as error:
            located(server)
    assert "Tanks.shp" in str(error.value) and PAGE in str(error.value)


def test_a_release_whose_files_stand_below_it_is_looked_into():
    with serving({}) as server:
        server.routes.update(routes(item([], hasChildren=True)))
        child = {"id": "abc", "files": [entry("tanks.csv", CSV, server.base)]}
        server.routes["/catalog/items"] = [as_json({"items": [{"id": ID}]}), as_json({"items": [child]})]
        ways = located(server)
    assert server.asked[-1].query["parentId"] == ID
    assert ways[0].file.remotes[0].url == f"{server.base}/catalog/file/get/abc?name=tanks.csv"


def test_the_second_address_serves_where_the_first_sends_a_page(tmp_path):
    with serving({}) as server:
        files = [entry("Tanks.gdb.zip", TANKS, server.base, publishedS3Uri=f"{server.base}/s3/Tanks.gdb.zip")]
        server.routes.update(routes(item(files), **{"/s3/Tanks.gdb.zip": html(), "/down/Tanks.gdb.zip": body(TANKS)}))
        server.routes["/catalog/file/get/" + ID] = html(LOGIN)
        found = got(usgs_tanks(at(server.base)), tmp_path)
    assert found.path.read_bytes() == TANKS and found.provenance.source_url == f"{server.base}/down/Tanks.gdb.zip"
    assert server.paths[2:] == ["/s3/Tanks.gdb.zip", f"/catalog/file/get/{ID}", "/down/Tanks.gdb.zip"]
    tried = [note for note in found.provenance.notes if note.startswith("Tried before")]
    assert "captcha" in tried[0] and "login" in tried[1]


def test_a_captcha_at_every_address_names_the_page_to_open(tmp_path):
    with serving({}) as server:
        server.routes.update(routes(item([entry("Tanks.gdb.zip", TANKS, server.base)]), **{"/down/*": html()}))
        server.routes["/catalog/file/*"] = html(status=206)
        with pytest.raises(Blocked, match="captcha page") as error:
            got(usgs_tanks(at(server.base)), tmp_path)
    assert PAGE in str(error.value) and "INPUT" in str(error.value)
    assert not list(tmp_path.rglob("*.zip")) and not list(tmp_path.rglob("*.json"))


@pytest.mark.parametrize("answer", [html(LOGIN), html(), html(status=403)])
def test_a_page_instead_of_the_catalogue_names_the_landing_page(answer, tmp_path):
    with serving({"/catalog/items": answer}) as server, pytest.raises(Blocked) as error:
        got(usgs_tanks(at(server.base)), tmp_path)
    assert PAGE in str(error.value)


def test_a_wrong_checksum_is_never_kept(tmp_path):
    other = TANKS[:-1] + b"?"
    with serving({}) as server:
        server.routes.update(routes(item([entry("Tanks.gdb.zip", TANKS, server.base)]), **{"/down/*": body(other)}))
        with pytest.raises(SourceError, match="checksum"):
            got(usgs_tanks(at(server.base)), tmp_path)
    assert not list(tmp_path.rglob("*.zip"))


def test_a_zip_that_only_begins_like_one_is_never_kept(tmp_path):
    with serving({}) as server:
        server.routes.update(
            routes(item([entry("tanks.zip", None, server.base)]), **{"/down/*": body(b"PK\3\4" + b"x" * 99)})
        )
        with pytest.raises(SourceError, match=r"tanks\.zip"):
            got(usgs_tanks(at(server.base)), tmp_path)
    assert not list(tmp_path.rglob("*.zip"))


def test_a_name_that_climbs_becomes_a_plain_one(tmp_path):
    with serving({}) as server:
        climbing = entry("../../../evil/tanks.csv", CSV, downloadUri=f"{server.base}/down/x")
        server.routes.update(routes(item([climbing]), **{"/down/x": body(CSV)}))
        found = got(usgs_tanks(at(server.base)), tmp_path / "cache")
    assert found.path.name == "tanks.csv" and (tmp_path / "cache") in found.path.parents
    assert [one.name for one in tmp_path.iterdir()] == ["cache"]


@pytest.mark.parametrize("answer", [[], {"items": {"id": ID}}, {"items": None}, {"total": 3}, ["items"]])
def test_a_list_of_items_of_another_shape_is_told(answer):
    with (
        serving({"/catalog/items": as_json(answer)}) as server,
        pytest.raises(SourceError, match="another shape") as error,
    ):
        located(server)
    assert PAGE in str(error.value)


@pytest.mark.parametrize("bad", ["../../admin", "a/b", "", None, 12.5, {"id": 1}])
def test_an_id_that_is_none_is_never_asked_for(bad):
    answer = as_json({"items": [{"id": bad}, 7, None]})
    with serving({"/catalog/items": answer}) as server, pytest.raises(SourceError, match="no item"):
        located(server)
    assert server.paths == ["/catalog/items"] * 2


@pytest.mark.parametrize(
    "broken",
    [
        {"files": {"name": "tanks.csv"}},
        {"files": None, "facets": "none"},
        {"files": [None, 3, "tanks.csv", [], {"name": None}, {"name": ["tanks.csv"]}, {}]},
        {"facets": [{"files": 9}, None, {"files": [{"size": -1}]}]},
        {},
    ],
)
def test_files_of_another_shape_are_no_data(broken):
    with serving({}) as server:
        server.routes.update(routes({"id": ID, **broken}))
        with pytest.raises(SourceError, match="no data file"):
            located(server)


def test_a_file_object_with_wrong_types_counts_for_what_it_still_says():
    odd = {"name": "tanks.csv", "size": "many", "checksum": [1], "downloadUri": 5, "url": None, "contentType": {}}
    with serving({}) as server:
        server.routes.update(routes(item([odd])))
        (way,) = located(server)
    (remote,) = way.file.remotes
    assert (remote.size, remote.md5) == (None, "") and remote.url.endswith("?name=tanks.csv")


def test_a_huge_list_is_bounded_and_told():
    files = [{"name": f"f{number}.txt"} for number in range(5000)]
    with serving({}) as server:
        server.routes.update(routes(item([*files[:10], {"name": "tanks.csv"}, *files, {"name": "last.csv"}])))
        (way,) = located(server)
    assert way.file.remotes[0].file_name == "tanks.csv"
    assert any("5,012 files" in note and "2,000" in note for note in way.notes)


def test_an_item_that_is_gone_is_told():
    answer = as_json({"items": [{"id": ID}]})
    with serving({"/catalog/items": answer}) as server, pytest.raises(SourceError, match="404") as error:
        located(server)
    assert PAGE in str(error.value)


def test_shapefiles_in_a_zip_pass_as_data(tmp_path):
    content = shapefiles("tanks")
    with serving({}) as server:
        server.routes.update(routes(item([entry("tanks_shp.zip", content, server.base)]), **{"/down/*": body(content)}))
        assert got(usgs_tanks(at(server.base)), tmp_path).path.read_bytes() == content
