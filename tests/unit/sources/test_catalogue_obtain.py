"""Cache or network, as the mode says; whatever happens, what was in the cache stays."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from leachwatch.analysis.progress import Cancelled
from leachwatch.sources.cache.faults import CacheUnwritable
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.download import Blocked, Offline
from leachwatch.sources.online.endpoints import HOME, Endpoints, address
from leachwatch.sources.online.network import Network
from leachwatch.sources.online.obtain import boundaries, usgs_tanks
from leachwatch.tests.servers import serving
from leachwatch.tests.servers.routes import as_json, body, endless, hang_up, head, html, stall
from leachwatch.tests.unit.sources.catalogue_samples import CSV, FGDC, NETWORK, at, geojson, got, md5

LOGGED_IN = "user:secret"
WFS = "/geoserver/wfs"
OLD, NEW = geojson({"TS": "Chipwi"}), geojson({"TS": "Momauk"})
PAGE = "https://geonode.themimu.info/layers/"


def mimu(server):
    return boundaries("mimu", "MMR", at(server.base), agreed=True)


def content_of(folder):
    """Return what the cache holds, its work folder left out."""
    files = [path for path in folder.rglob("*") if path.is_file() and "work" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_cache_first_asks_once(tmp_path):
    with serving({WFS: [body(OLD), body(NEW)]}) as server:
        first = got(mimu(server), tmp_path)
        again = got(mimu(server), tmp_path)
    assert not first.from_cache and again.from_cache and len(server.asked) == 1
    assert again.path.read_bytes() == OLD and again.provenance == first.provenance
    assert first.provenance.retrieved in again.notes[0] and "Taken from the cache" in again.notes[0]
    assert set(first.provenance.notes) <= set(again.notes)


def test_refresh_asks_again_and_offline_then_has_the_newest(tmp_path):
    with serving({WFS: [body(OLD), body(NEW)]}) as server:
        got(mimu(server), tmp_path)
        time.sleep(1.1)  # moments are kept to the second
        fresh = got(mimu(server), tmp_path, "refresh")
        later = got(mimu(server), tmp_path, "offline")
    assert not fresh.from_cache and fresh.path.read_bytes() == NEW
    assert later.from_cache and later.path.read_bytes() == NEW and len(server.asked) == 2


@pytest.mark.parametrize("fault", [html(), body(b"{", "application/json"), hang_up, html(status=500), body(OLD[:-3])])
def test_a_refresh_that_fails_leaves_the_cache_as_it_was(tmp_path, fault):
    with serving({WFS: [body(OLD), fault]}) as server:
        first = got(mimu(server), tmp_path)
        before = content_of(tmp_path)
        with pytest.raises(SourceError) as error:
            got(mimu(server), tmp_path, "refresh")
        assert got(mimu(server), tmp_path, "offline").path.read_bytes() == OLD
    assert content_of(tmp_path) == before and len(server.asked) == 2
    assert f"A copy retrieved {first.provenance.retrieved}" in str(error.value) and "MODE" in str(error.value)
    assert PAGE in str(error.value)


def test_a_refresh_with_the_setting_offline_asks_nobody_and_names_the_copy(tmp_path):
    with serving({WFS: body(OLD)}) as server:
        got(mimu(server), tmp_path)
        with pytest.raises(Offline, match="A copy retrieved") as error:
            got(mimu(server), tmp_path, "refresh", Network(offline=True))
        assert got(mimu(server), tmp_path, network=Network(offline=True)).from_cache
    assert len(server.asked) == 1 and "setting Offline" in str(error.value)


@pytest.mark.parametrize("network", [NETWORK, Network(offline=True)])
def test_mode_offline_with_an_empty_cache_says_what_is_missing_and_how_to_bring_it(tmp_path, network):
    with serving({}) as server, pytest.raises(SourceError, match="MODE=offline") as error:
        got(mimu(server), tmp_path, "offline", network)
    text = str(error.value)
    assert "MIMU townships of Myanmar is not in the cache" in text and PAGE in text
    assert "INPUT" in text and "import a cache folder" in text
    assert server.asked == [] and list(tmp_path.iterdir()) == [] and not isinstance(error.value, Offline)


def spoil(path):
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def test_a_damaged_copy_is_told_and_asked_for_anew(tmp_path):
    with serving({WFS: [body(OLD), body(NEW)]}) as server:
        spoil(got(mimu(server), tmp_path).path)
        found = got(mimu(server), tmp_path)
    assert not found.from_cache and found.path.read_bytes() == NEW and len(server.asked) == 2
    assert any("damaged" in note for note in found.notes)


def test_a_damaged_copy_offline_is_told_with_how_to_bring_another(tmp_path):
    with serving({WFS: body(OLD)}) as server:
        spoil(got(mimu(server), tmp_path).path)
        with pytest.raises(SourceError, match="is damaged") as error:
            got(mimu(server), tmp_path, "offline")
    assert "import a cache folder" in str(error.value) and len(server.asked) == 1


def test_an_unknown_mode_is_told(tmp_path):
    with serving({}) as server, pytest.raises(SourceError, match="no mode “online”"):
        got(mimu(server), tmp_path, "online")
    assert server.asked == []


def test_each_request_is_told_before_it_is_made(tmp_path):
    told = []
    with serving({}) as server:

        def note(text):
            told.append((text, len(server.asked)))

        gb = boundaries("geoboundaries", "CHN", at(server.base))
        server.routes["/api/current/gbOpen/CHN/ADM3/"] = as_json({"gjDownloadURL": f"{server.base}/full.geojson"})
        server.routes["/full.geojson"] = body(NEW)
        got(gb, tmp_path, tell=note)
    assert [asked for _, asked in told] == [0, 1]
    assert "Asking" in told[0][0] and "Downloading" in told[1][0]
    assert all(server.base.removeprefix("http://") in text for text, _ in told)


@pytest.mark.parametrize("route", [stall(), stall(head(1000) + b"{"), endless(block=b"[" * 65536)])
def test_it_stops_within_a_second_and_keeps_nothing(tmp_path, route):
    with serving({WFS: route}) as server:
        start = time.monotonic()
        with pytest.raises(Cancelled):
            got(mimu(server), tmp_path, is_cancelled=lambda: time.monotonic() - start > 0.3)
        assert time.monotonic() - start < 2
    assert content_of(tmp_path) == {} and not list(tmp_path.rglob("job-*"))


def test_cancelled_while_the_catalogue_says_nothing(tmp_path):
    with serving({"/catalog/items": stall()}) as server, pytest.raises(Cancelled):
        start = time.monotonic()
        got(usgs_tanks(at(server.base)), tmp_path, is_cancelled=lambda: time.monotonic() - start > 0.2)


def test_nothing_is_left_in_the_work_folder(tmp_path):
    with serving({WFS: [body(OLD), html()]}) as server:
        got(mimu(server), tmp_path)
        with pytest.raises(Blocked):
            got(mimu(server), tmp_path, "refresh")
    assert not list(tmp_path.rglob("job-*"))


def test_a_cache_that_cannot_be_written_ends_it_before_anything_is_downloaded(tmp_path):
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file, no folder")
    with serving({WFS: body(OLD)}) as server, pytest.raises(CacheUnwritable):
        got(mimu(server), in_the_way)
    assert server.asked == [] and in_the_way.read_text() == "a file, no folder"


@pytest.mark.parametrize("mode", ["cache-first", "refresh"])
def test_without_a_network_and_a_copy_the_page_and_the_ways_round_are_named(tmp_path, mode):
    with serving({}) as server:
        gone = server.base
    with pytest.raises(SourceError, match="127.0.0.1") as error:
        got(usgs_tanks(at(gone)), tmp_path, mode)
    text = str(error.value)
    assert "No copy of USGS data release 10.5066/P1BSFNQ2 is in the cache. Where there is a network, open " in text
    assert text.count("https://doi.org/10.5066/P1BSFNQ2") == 1 and "give that file as INPUT, or import a cache" in text


def test_every_address_tried_in_vain_is_named(tmp_path):
    with serving({}) as server:
        entry = {"name": "tanks.csv", "publishedS3Uri": f"{server.base}/s3", "downloadUri": f"{server.base}/down"}
        server.routes.update(
            {
                "/catalog/items": as_json({"items": [{"id": "abc"}]}),
                "/catalog/item/abc": as_json({"files": [{**entry, "size": len(CSV)}, {"name": "x.xml"}]}),
                "/catalog/file/get/abc": html(status=403),
                "/s3": html(),
                "/down": body(CSV + b"more"),
            }
        )
        with pytest.raises(Blocked) as error:
            got(usgs_tanks(at(server.base)), tmp_path)
    text = str(error.value)
    assert text.startswith("USGS data release 10.5066/P1BSFNQ2 could not be had. Tried: ")
    assert text.index("captcha") < text.index("403") < text.index(f"where the catalogue says {len(CSV)}")
    assert text.endswith(
        "Open https://doi.org/10.5066/P1BSFNQ2 in a browser, save the file from there, and give it as INPUT."
    )
    assert server.paths[2:] == ["/s3", "/catalog/file/get/abc", "/down"]


def test_metadata_cannot_hide_data_that_are_wrong(tmp_path):
    """Put together with metadata, a file of the right checksum that is no data is still refused."""
    wrong = b"PK\5\6" + bytes(18)  # an empty zip
    with serving({}) as server:
        files = [
            {"name": "tanks.zip", "url": f"{server.base}/a", "checksum": {"type": "MD5", "value": md5(wrong)}},
            {"name": "tanks.xml", "url": f"{server.base}/b"},
        ]
        server.routes.update(
            {
                "/catalog/items": as_json({"items": [{"id": "abc"}]}),
                "/catalog/item/abc": as_json({"files": files}),
                "/a": body(wrong),
                "/b": body(FGDC),
            }
        )
        with pytest.raises(SourceError, match=r"tanks\.zip"):
            got(usgs_tanks(at(server.base)), tmp_path)
    assert content_of(tmp_path) == {}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://host",
        "file:///x",
        f"https://{LOGGED_IN}@host",
        "https://host?a=b",
        "https://host#x",
        "host",
        "https://",
        5,
    ],
)
def test_a_base_url_that_is_none_is_told(url):
    with pytest.raises(SourceError, match="base URL of hdx") as error:
        Endpoints(hdx=url)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://data.humdata.org/a?b=c", "http://mirror.lan:8080/hdx/a?b=c"),
        ("http://data.humdata.org/a", "http://mirror.lan:8080/hdx/a"),
        ("/dataset/a", "http://mirror.lan:8080/hdx/dataset/a"),
        ("http://mirror.lan:8080/else", "http://mirror.lan:8080/else"),
        ("https://s3.example/a b.zip", "https://s3.example/a%20b.zip"),
        ("http://s3.example/a.zip", ""),
        ("//evil.example/a.zip", ""),
        ("https://data.humdata.org@evil.example/a", ""),
        ("https://data.humdata.org.evil.example/a", "https://data.humdata.org.evil.example/a"),
        ("javascript:alert(1)", ""),
        ("https://[::1", ""),
        ("https://host:99999/a", ""),
        ("https://host/a\nHost: b", ""),
        ("https://host/" + "a" * 5000, ""),
        (None, ""),
        (["https://host/a"], ""),
    ],
)
def test_which_addresses_of_an_answer_may_be_asked_and_where(url, asked):
    mirror = Endpoints(hdx="http://mirror.lan:8080/hdx/")
    assert address(url, HOME.hdx, mirror.hdx) == asked


def test_four_at_once_have_the_same_data_and_one_copy_is_kept(tmp_path):
    with serving({WFS: body(OLD)}) as server, ThreadPoolExecutor(4) as pool:
        found = [one.result() for one in [pool.submit(got, mimu(server), tmp_path) for _ in range(4)]]
    assert {one.path for one in found} == {found[0].path} and found[0].path.read_bytes() == OLD
    assert sum(content == OLD for content in content_of(tmp_path).values()) == 1
    assert 1 <= len(server.asked) <= 4 and not list(tmp_path.rglob("job-*"))
