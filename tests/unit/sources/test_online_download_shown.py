"""Addresses as they are shown, pages as they are recognised."""

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.addresses import host_of, redirected, safe_url
from leachwatch.sources.online.download import Remote, download
from leachwatch.sources.online.network import Network
from leachwatch.sources.online.pages import Blocked, refuse_page
from leachwatch.tests.servers import routes as answer
from leachwatch.tests.servers import serving


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a/b.zip", "https://example.org/a/b.zip"),
        ("https://an:geheim@example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a?X-Amz-Signature=geheim&id=5", "https://example.org/a?X-Amz-Signature=…&id=5"),
        ("https://example.org/get/1?name=a%20b.zip&token=geheim", "https://example.org/get/1?name=a%20b.zip&token=…"),
        ("https://example.org/a#access_token=geheim", "https://example.org/a"),
        ("https://example.org/?geheim", "https://example.org/?geheim=…"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
        ("http://[/geheim", "(an address that cannot be read)"),
        ("http://host:geheim/a", "(an address that cannot be read)"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(url, shown):
    assert safe_url(url) == shown


def test_the_host_of_an_address():
    assert host_of("https://an:geheim@Example.org:8443/a") == "example.org:8443"
    assert host_of("nothing") == host_of("http://[/") == ""


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "https://one.example/b"),
        ("c?x=1", "https://one.example/a/c?x=1"),
        ("//two.example/b", "https://two.example/b"),
        ("https://two.example:444/b", "https://two.example:444/b"),
    ],
)
def test_where_a_redirect_leads(location, target):
    assert redirected("https://one.example/a/b", location) == target


@pytest.mark.parametrize(
    "location", ["", "file:///etc/passwd", "javascript:alert(1)", "data:,x", "http://[/", "https://a:b@two.example/"]
)
def test_a_redirect_that_is_not_followed(location):
    with pytest.raises(SourceError, match="not followed"):
        redirected("https://one.example/a", location)


def test_no_error_shows_a_token(tmp_path):
    with serving({"/a": answer.body(b"", status=403)}) as server, pytest.raises(Blocked) as error:
        download(Remote(server.url("/a?token=geheim"), "a.zip"), tmp_path, Network())
    assert "token=…" in str(error.value) and "geheim" not in str(error.value)


def test_what_is_kept_of_a_signed_address_has_no_signature(tmp_path):
    with serving({"/a": answer.redirect("/b?X-Amz-Signature=geheim"), "/b": answer.body(b"PK")}) as server:
        got = download(Remote(server.url("/a"), "a.zip"), tmp_path, Network())
    assert got.final_url == server.url("/b?X-Amz-Signature=…") and "geheim" not in repr(got)


def refused(head, content_type=""):
    try:
        refuse_page(head, content_type, "https://host.example/a", "a.kml", "https://page.example")
    except Blocked as error:
        return str(error).split(" instead of ")[0]
    return ""


@pytest.mark.parametrize(
    ("head", "content_type", "said"),
    [
        (b"<!DOCTYPE html>\n<title>x</title>", "", "a web page"),
        (b"\xef\xbb\xbf \r\n<!-- hi --><HTML lang='en'>", "", "a web page"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' ''><html>", "", "a web page"),
        (b"Your session has ended", "text/html; charset=utf-8", "a web page"),
        (b"<html><div class='g-recaptcha'>", "", "a captcha page"),
        (b"<html><title>Just a moment...</title>", "", "a captcha page"),
        (b"<html><title>MyUSGS : Login</title>", "", "a login page"),
        (b"<?xml version='1.0'?><ServiceExceptionReport version='1.2.0'>", "text/xml", "an XML error"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<ows:ExceptionReport xmlns:ows='o'>", "", "an XML error"),
        (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "", "an XML error"),
    ],
)
def test_pages_are_recognised(head, content_type, said):
    assert refused(head, content_type) == f"host.example sent {said}"


@pytest.mark.parametrize(
    ("head", "content_type"),
    [
        (b"PK\x03\x04\0\0<html>", "text/html"),
        (b'{"a": "<html> captcha </html>"}', "text/html"),
        (b"<?xml version='1.0'?><kml><description><![CDATA[<html><body>log in</body></html>]]>", "application/xml"),
        (b"<?xml version='1.0'?><metadata><Error >", "text/xml"),
        (b"<gpx>", "text/xml"),
        (b"id,name\n1,<html>\n", "text/csv"),
        (b"", ""),
    ],
)
def test_data_is_no_page(head, content_type):
    assert refused(head, content_type) == ""


def test_a_hostile_prologue_costs_no_time():
    assert refused(b"<?a?>" * 800 + b"<x") == ""
    assert refused(b" " * 4096) == refused(b"<!" * 2048) == ""
