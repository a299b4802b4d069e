"""What passes is tried again: with the waits that were asked for, and from where the transfer broke off."""

import hashlib
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.download import Blocked, Remote, download, fetch_json
from leachwatch.sources.online.network import Network
from leachwatch.tests.servers import routes as answer
from leachwatch.tests.servers import serving

CONTENT = b"PK\x03\x04" + bytes(range(256)) * 400  # 102,404 bytes
NETWORK = Network(connect_timeout=2, read_timeout=2, retries=2, backoff=0.01)


def fetched(routes, folder, network=NETWORK, **stated):
    """Download from the routes of one path; return the bytes and what the server was asked."""
    with serving({"/a": routes}) as server:
        got = download(Remote(server.url("/a"), "a.zip", **stated), folder, network)
    return got.path.read_bytes(), [one.headers for one in server.asked]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_trouble_and_then_fine(status, tmp_path):
    content, asked = fetched([answer.body(b"", status=status), answer.body(CONTENT)], tmp_path)
    assert content == CONTENT and len(asked) == 2


def test_json_is_asked_for_again_too():
    with serving({"/a": [answer.body(b"", status=503), answer.hang_up, answer.as_json([1])]}) as server:
        assert fetch_json(server.url("/a"), NETWORK) == [1]


def test_the_wait_that_the_server_asks_for_is_kept(tmp_path):
    start = time.monotonic()
    fetched([answer.body(b"", status=429, Retry_After="1"), answer.body(CONTENT)], tmp_path)
    assert 1 <= time.monotonic() - start < 4


def test_a_wait_until_a_moment_is_kept(tmp_path):
    moment = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=2), usegmt=True)
    start = time.monotonic()
    fetched([answer.body(b"", status=503, Retry_After=moment), answer.body(CONTENT)], tmp_path)
    assert 0.9 <= time.monotonic() - start < 5


@pytest.mark.parametrize("text", ["soon", "-5", "", "Fri, 99 Foo 2026", "\xb2"])
def test_a_wait_that_cannot_be_read_is_the_usual_one(text, tmp_path):
    content, _ = fetched(
        [answer.body(b"", status=429, Retry_After=text.encode().decode("latin-1")), answer.body(CONTENT)], tmp_path
    )
    assert content == CONTENT


def test_waits_grow(tmp_path):
    start = time.monotonic()
    network = Network(connect_timeout=2, read_timeout=2, retries=3, backoff=0.1)
    with pytest.raises(SourceError, match="4 attempts"):
        fetched(answer.body(b"", status=500), tmp_path, network)
    assert time.monotonic() - start >= 0.1 + 0.2 + 0.4


def test_trouble_while_resuming_loses_nothing(tmp_path):
    whole = answer.ranged(CONTENT, drop_at=60_000)
    content, asked = fetched([whole, answer.body(b"", status=503), whole], tmp_path)
    assert content == CONTENT
    assert [one.get("range") for one in asked] == [None, "bytes=60000-", "bytes=60000-"]
    assert asked[1]["if-range"] == '"one"'


def test_a_line_that_drops_often_brings_a_big_file(tmp_path):
    content = b"PK\x03\x04" + bytes(3_000_000)

    def dropping(handler):
        start = int(handler.headers.get("Range", "bytes=0-")[6:-1])
        part = content[start : start + 400_000]
        headers = {"ETag": '"e"', "Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
        handler.send(206 if start else 200, part, headers, len(content) - start)

    got, asked = fetched(dropping, tmp_path, size=len(content))
    assert got == content and len(asked) == 8  # more than the three attempts that fail in a row


def test_without_a_validator_it_begins_anew(tmp_path):
    drop = answer.wrong_length(CONTENT[:50_000], len(CONTENT))
    content, asked = fetched([drop, answer.body(CONTENT)], tmp_path)
    assert content == CONTENT and "range" not in asked[1]


def test_a_weak_validator_is_none(tmp_path):
    content, asked = fetched([answer.ranged(CONTENT, 50_000, 'W/"one"'), answer.body(CONTENT)], tmp_path)
    assert content == CONTENT and "range" not in asked[1]


def test_a_server_that_knows_no_ranges_sends_it_anew(tmp_path):
    content, asked = fetched([answer.ranged(CONTENT, 50_000), answer.body(CONTENT)], tmp_path)
    assert content == CONTENT and asked[1]["range"] == "bytes=50000-"


def test_a_file_that_changed_meanwhile_comes_anew(tmp_path):
    changed = b"PK\x05\x06" + CONTENT[::-1]
    content, _ = fetched([answer.ranged(CONTENT, 50_000), answer.ranged(changed, etag='"two"')], tmp_path)
    assert content == changed


@pytest.mark.parametrize("start", [0, 49_999, 50_001])
def test_another_range_than_asked_for_is_not_appended(start, tmp_path):
    wrong = answer.other_range(CONTENT[start:], start)
    content, asked = fetched([answer.ranged(CONTENT, 50_000), wrong, answer.body(CONTENT)], tmp_path)
    assert content == CONTENT and "range" not in asked[2]


def test_416_begins_anew(tmp_path):
    refused = answer.body(b"", status=416)
    content, asked = fetched([answer.ranged(CONTENT, 50_000), refused, answer.body(CONTENT)], tmp_path)
    assert content == CONTENT and "range" not in asked[2]


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream"])
def test_a_page_in_place_of_the_rest_is_refused(kind, tmp_path):
    span = f"bytes 50000-{50_000 + len(answer.CAPTCHA) - 1}/{50_000 + len(answer.CAPTCHA)}"
    page = answer.body(answer.CAPTCHA, kind, 206, Content_Range=span)
    with pytest.raises(Blocked, match="captcha"):
        fetched([answer.ranged(CONTENT, 50_000), page], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_rest_is_told_by_the_checksum_and_fetched_anew(tmp_path):
    span = f"bytes 50000-{len(CONTENT) - 1}/{len(CONTENT)}"
    wrong = answer.body(bytes(len(CONTENT) - 50_000), status=206, Content_Range=span)
    routes = [answer.ranged(CONTENT, 50_000), wrong, answer.body(CONTENT)]
    md5 = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()
    content, asked = fetched(routes, tmp_path, md5=md5.upper())
    assert content == CONTENT and len(asked) == 3


def test_each_wait_is_told(tmp_path):
    told = []
    network = replace(NETWORK, tell=told.append)
    fetched([answer.body(b"", status=429, Retry_After="1"), answer.hang_up, answer.body(CONTENT)], tmp_path, network)
    assert "asks for fewer requests (429)" in told[0] and told[0].endswith("The next attempt is in 1 seconds.")
    assert "broke off" in told[1] and len(told) == 2
