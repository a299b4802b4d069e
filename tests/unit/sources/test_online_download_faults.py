"""Every fault of a server ends in a clear error, in bounded time, nothing half-written, the older file intact."""

import re
import socket
import time

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online import exchange
from leachwatch.sources.online.download import Blocked, LfsPointer, Remote, download, fetch_json
from leachwatch.sources.online.network import Network
from leachwatch.tests.servers import routes as answer
from leachwatch.tests.servers import serving

ZIP = b"PK\x03\x04" + bytes(range(256)) * 40
PAGE = "https://example.org/item"
ZIP_MD5 = "00" * 16  # of something else
HEAD = b"HTTP/1.1 200 OK\r\n"
QUICK = Network(
    connect_timeout=0.5, read_timeout=0.5, retries=1, backoff=0.01, longest_wait=2, min_rate=1000, rate_window=0.6
)

# fault: (the answer, what the error must say, its kind)
FAULTS = {
    "drop": (answer.wrong_length(ZIP, 20_000), r"broke off.*after 2 attempts", SourceError),
    "drop of chunks": (
        answer.raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nPK\x03\x04\r\n"),
        r"connection to 127.* broke off",
        SourceError,
    ),
    "silence": (answer.stall(), r"127.*sent nothing for 0.5 seconds.*2 attempts", SourceError),
    "silence in the body": (answer.stall(answer.head(20_000) + ZIP), r"sent nothing for 0.5 seconds", SourceError),
    "endless body": (answer.endless(answer.head() + ZIP), r"sends more than 1 MB for a.zip; .* See https", SourceError),
    "endless headers": (answer.endless(HEAD, b"X-A: b\r\n" * 1000), r"connection to 127.* broke off", SourceError),
    "one endless header": (answer.endless(HEAD + b"X-A: "), r"connection to 127.* broke off", SourceError),
    "dripping headers": (answer.drip(HEAD + b"X-A: "), r"sent nothing for 0.5 seconds", SourceError),
    "dripping body": (
        answer.drip(answer.head(20_000) + ZIP[:5]),
        r"sends less than 1000 bytes a second; the transfer was given up",
        SourceError,
    ),
    "no HTTP": (answer.raw(b"SSH-2.0-OpenSSH_9.2\r\n"), r"connection to 127.* broke off", SourceError),
    "hanging up": (answer.hang_up, r"connection to 127.* broke off.*2 attempts", SourceError),
    "empty": (answer.body(b""), r"sent an empty a.zip", SourceError),
    "204": (answer.body(b"", status=204), r"answered 204 instead of a.zip", SourceError),
    "HTML": (answer.html(b"<html><body>Hello</body></html>"), r"a web page instead of a.zip. Open https", Blocked),
    "captcha": (answer.html(), r"a captcha page instead of a.zip. Open https://example.org/item in a brow", Blocked),
    "login": (answer.html(answer.LOGIN), r"a login page instead of a.zip.*save the data.*as INPUT", Blocked),
    "HTML as zip": (answer.body(answer.CAPTCHA, "application/zip"), r"a captcha page", Blocked),
    "HTML with 206": (answer.html(status=206), r"a captcha page instead of a.zip", Blocked),
    "XML error": (answer.body(answer.XML_ERROR, "text/xml"), r"an XML error instead of a.zip", Blocked),
    "LFS pointer": (answer.body(answer.POINTER), r"a pointer of Git LFS", LfsPointer),
    "401": (answer.body(b"no", status=401), r"a refusal \(401\) instead of a.zip. Open https", Blocked),
    "403": (answer.body(b"no", status=403), r"a refusal \(403\) instead of a.zip. Open https", Blocked),
    "404": (answer.body(b"no", status=404), r"has no a.zip, or does not give it to everybody \(404\)", SourceError),
    "418": (answer.body(b"no", status=418), r"answered 418 instead of a.zip", SourceError),
    "429": (answer.body(b"", status=429), r"asks for fewer requests \(429\).*2 attempts", SourceError),
    "429 for an hour": (answer.body(b"", status=429, Retry_After="3600"), r"to wait for 3600 seconds", SourceError),
    "500": (answer.body(b"", status=500), r"is in trouble \(500\).*2 attempts", SourceError),
    "redirect to itself": (answer.redirect("/a.zip"), r"redirects in circles", SourceError),
    "redirect to file:": (answer.redirect("file:///etc/passwd"), r"no plain web address \('file'\)", SourceError),
    "redirect to ftp:": (answer.redirect("ftp://127.0.0.1/a.zip"), r"no plain web address \('ftp'\)", SourceError),
    "redirect to nowhere": (answer.body(b"", status=302), r"no plain web address", SourceError),
    "redirect with a login": (answer.redirect("http://an:geheim@127.0.0.1/"), r"no plain web address", SourceError),
    "gzip bomb": (answer.gzip_bomb(), r"packed a.zip although it was asked not to", SourceError),
    "text as zip": (answer.body(b"hello, world", "text/plain"), r"is no zip file: it begins with b'hello", SourceError),
    "another range": (answer.other_range(ZIP, 5), r"another part of a.zip.*2 attempts", SourceError),
}


@pytest.fixture(autouse=True)
def short_slack(monkeypatch):
    monkeypatch.setattr(exchange, "SLACK", 0.3)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_download(fault, tmp_path):
    route, words, kind = FAULTS[fault]
    (tmp_path / "a.zip").write_bytes(b"older")
    start = time.monotonic()
    with serving({"/a.zip": route}) as server, pytest.raises(kind) as error:
        download(Remote(server.url("/a.zip"), "a.zip", kind="zip"), tmp_path, QUICK, page=PAGE, max_bytes=1_000_000)
    assert time.monotonic() - start < 5
    assert re.search(words, str(error.value)), error.value
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]
    assert (tmp_path / "a.zip").read_bytes() == b"older"


IN_JSON = ["drop", "silence", "endless body", "dripping body", "HTML", "HTML with 206", "captcha", "LFS pointer", "403"]
IN_JSON += ["404", "429 for an hour", "500", "redirect to itself", "redirect to file:", "gzip bomb", "XML error"]


@pytest.mark.parametrize("fault", IN_JSON)
def test_json(fault):
    route, words, kind = FAULTS[fault]
    words = words.replace("a.zip", "the answer of its catalogue")
    start = time.monotonic()
    with serving({"/a.zip": route}) as server, pytest.raises(kind) as error:
        fetch_json(server.url("/a.zip"), QUICK, page=PAGE, max_bytes=1_000_000)
    assert time.monotonic() - start < 5
    assert re.search(words, str(error.value)), error.value


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"a": [1, 2', "broken JSON"),
        (b"", "broken JSON"),
        (b"hello", "broken JSON"),
        (b"\xff\xfe\x00", "broken JSON"),
        (b"[" * 1_000_00, "broken JSON"),
        (b"1" * 10_000, "broken JSON|neither an object nor a list"),
        (b'"text"', "neither an object nor a list"),
        (b"null", "neither an object nor a list"),
    ],
)
def test_json_that_is_none(content, words):
    with serving({"/a": answer.body(content, "application/json")}) as server, pytest.raises(SourceError, match=words):
        fetch_json(server.url("/a"), QUICK)


def test_json_that_is_too_big_is_not_read_to_its_end():
    with serving({"/a": answer.body(b"[" + b" " * 100_000 + b"]")}) as server:
        with pytest.raises(SourceError, match="more than 0 MB"):
            fetch_json(server.url("/a"), QUICK, max_bytes=50_000)
        assert fetch_json(server.url("/a"), QUICK, max_bytes=100_002) == []


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ({"size": 999}, r"has 10244 bytes or more, where the catalogue says 999; it was not kept"),
        ({"size": 99_999}, r"has 10244 bytes or more, where the catalogue says 99999"),
        ({"md5": ZIP_MD5}, r"another checksum \(MD5\)"),
        ({"kind": "json"}, r"is no json file: it begins with b'PK"),
    ],
)
@pytest.mark.parametrize("route", [answer.body(ZIP), answer.raw(answer.head() + ZIP)], ids=["length", "no length"])
def test_another_file_than_the_catalogue_says(stated, words, route, tmp_path):
    with serving({"/a.zip": route}) as server, pytest.raises(SourceError, match=words):
        download(Remote(server.url("/a.zip"), "a.zip", **stated), tmp_path, QUICK)
    assert list(tmp_path.iterdir()) == [] and len(server.asked) == 1


def test_a_page_is_named_as_such_even_where_its_size_is_wrong_too(tmp_path):
    with serving({"/a.zip": answer.html()}) as server, pytest.raises(Blocked, match="captcha"):
        download(Remote(server.url("/a.zip"), "a.zip", size=10), tmp_path, QUICK)


def test_an_endless_redirect_ends_after_five(tmp_path):
    def further(handler):
        answer.redirect(handler.path + "x")(handler)

    with serving({"/a*": further}) as server, pytest.raises(SourceError, match="more than 5 times"):
        download(Remote(server.url("/a"), "a.zip"), tmp_path, QUICK)
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/a", "127.0.0.1/a", "http:///a", "http://[/", ""]
)
def test_an_address_that_is_none(url, tmp_path):
    with pytest.raises(SourceError, match="no web address"):
        download(Remote(url, "a.zip"), tmp_path, QUICK)


def test_nobody_listens(tmp_path):
    with serving({}) as server:
        url = server.url("/a.zip")
    with pytest.raises(SourceError, match=r"127\.0\.0\.1:\d+ refuses the connection.*2 attempts"):
        download(Remote(url, "a.zip"), tmp_path, QUICK)


def test_a_host_that_does_not_exist(tmp_path, monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(SourceError, match="nowhere.invalid is not found. Is there a network"):
        download(Remote("https://nowhere.invalid/a.zip", "a.zip"), tmp_path, QUICK)
