"""Files and JSON from a good server: whole, checked, resumed, and asked for as little as needed."""

import hashlib
import io
import zipfile

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.download import Remote, download, fetch_json
from leachwatch.sources.online.network import Network, Offline
from leachwatch.tests.servers import serving
from leachwatch.tests.servers.routes import as_json, body, html, ranged, redirect

NETWORK = Network(connect_timeout=2, read_timeout=2, retries=2, backoff=0.01)


def zipped(size=200_000):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "x" * size)
    return packed.getvalue()


def test_a_file_arrives_whole(tmp_path):
    content = zipped()
    steps = []
    with serving({"/a.zip": body(content)}) as server:
        remote = Remote(
            server.url("/a.zip"), "a.zip", len(content), hashlib.md5(content, usedforsecurity=False).hexdigest(), "zip"
        )
        got = download(remote, tmp_path, NETWORK, progress=lambda done, total: steps.append((done, total)))
    assert got.path == tmp_path / "a.zip" and got.path.read_bytes() == content
    assert got.sha256 == hashlib.sha256(content).hexdigest() and got.size == len(content)
    assert got.final_url == server.url("/a.zip")
    assert steps[-1] == (len(content), len(content)) and len(steps) > 5
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip"]


def test_json_arrives_with_its_parameters():
    with serving({"/items": as_json({"items": [1]})}) as server:
        got = fetch_json(server.url("/items"), NETWORK, params={"format": "json", "filter": 'a={"b":"10.5/x"}'})
    assert got == {"items": [1]}
    assert server.asked[0].query == {"format": "json", "filter": 'a={"b":"10.5/x"}'}
    assert server.asked[0].headers["user-agent"].startswith("Leachwatch/")


def test_a_drop_is_resumed_where_it_broke_off(tmp_path):
    content = zipped()
    with serving({"/a.zip": ranged(content, drop_at=100_000)}) as server:
        got = download(Remote(server.url("/a.zip"), "a.zip"), tmp_path, NETWORK)
    assert got.path.read_bytes() == content
    assert server.asked[1].headers["range"] == "bytes=100000-" and len(server.asked) == 2


def test_offline_asks_nobody(tmp_path):
    with serving({"/a.zip": body(zipped())}) as server:
        with pytest.raises(Offline, match="Offline"):
            download(Remote(server.url("/a.zip"), "a.zip"), tmp_path, Network(offline=True))
        with pytest.raises(Offline):
            fetch_json(server.url("/a"), Network(offline=True))
        with pytest.raises(Offline):
            Network(offline=True).session()
    assert server.asked == []


def test_a_redirect_is_followed_and_told(tmp_path):
    content = zipped()
    with serving({"/a.zip": body(content)}) as there, serving({"/go": redirect(there.url("/a.zip"))}) as here:
        got = download(Remote(here.url("/go"), "a.zip"), tmp_path, NETWORK)
    assert got.final_url == there.url("/a.zip")
    assert any("redirected to" in note for note in got.notes)


def test_a_page_is_no_data(tmp_path):
    with serving({"/a.zip": html()}) as server, pytest.raises(SourceError, match="captcha"):
        download(Remote(server.url("/a.zip"), "a.zip"), tmp_path, NETWORK)
    assert list(tmp_path.iterdir()) == []
