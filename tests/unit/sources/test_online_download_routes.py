"""How requests leave the machine: TLS always verified, the proxy that was told, and nothing from the environment."""

import importlib.util
import socket

import pytest
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.download import Offline, Remote, download, fetch_json
from leachwatch.sources.online.network import Network
from leachwatch.tests.servers import proxying, serving
from leachwatch.tests.servers.certificates import authority
from leachwatch.tests.servers.routes import as_json, redirect

ROUTES = {"/a": as_json([1])}
QUICK = {"connect_timeout": 2, "read_timeout": 2, "retries": 0}


def shown(error):
    """Return what a log shows of an error and of those behind it."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return str(error) + (shown(behind) if behind else "")


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def tls(ours):
    return ours.server()


def test_an_unknown_authority_is_refused(tls):
    with serving(ROUTES, tls) as server, pytest.raises(SourceError, match="certificate of localhost:.* not trusted"):
        fetch_json(server.url("/a"), Network(**QUICK))
    assert server.asked == []


def test_an_authority_that_qgis_trusts_is_trusted(tls, ours):
    with serving(ROUTES, tls) as server:
        assert fetch_json(server.url("/a"), Network(extra_ca_pem=ours.pem, **QUICK)) == [1]


def test_a_certificate_for_another_name_is_refused(ours):
    way = Network(extra_ca_pem=ours.pem, **QUICK)
    with serving(ROUTES, ours.server("elsewhere.example")) as server, pytest.raises(SourceError, match="not trusted"):
        fetch_json(server.url("/a"), way)
    assert server.asked == []


def test_certificates_that_cannot_be_read_are_told(tls):
    with serving(ROUTES, tls) as server, pytest.raises(SourceError, match="cannot be read as PEM"):
        fetch_json(server.url("/a"), Network(extra_ca_pem="-----BEGIN CERTIFICATE-----\nx\n", **QUICK))


def test_a_redirect_from_https_to_http_is_not_followed(tls, ours, tmp_path):
    way = Network(extra_ca_pem=ours.pem, **QUICK)
    with serving(ROUTES) as plain, serving({"/go": redirect(plain.url("/a"))}, tls) as server:  # noqa: SIM117
        with pytest.raises(SourceError, match="from https to http, where anybody could change the data"):
            download(Remote(server.url("/go"), "a"), tmp_path, way)
    assert plain.asked == [] and len(server.asked) == 1


def test_https_goes_through_the_proxy_as_a_tunnel(tls, ours):
    with serving(ROUTES, tls) as server, proxying(login="an:p@ss") as proxy:
        way = Network(proxy_for=lambda url: f"http://an:p%40ss@127.0.0.1:{proxy.port}", extra_ca_pem=ours.pem, **QUICK)
        assert fetch_json(server.url("/a"), way) == [1]
    assert proxy.asked == [f"CONNECT {server.base[8:]}"]
    assert "proxy-authorization" not in server.asked[0].headers


@pytest.mark.parametrize("secure", [True, False])
def test_a_login_that_the_proxy_refuses_is_told_without_the_password(secure, tls, ours):
    with serving(ROUTES, tls if secure else None) as server, proxying(login="an:right") as proxy:
        way = Network(proxy_for=lambda url: f"http://an:geheim@127.0.0.1:{proxy.port}", extra_ca_pem=ours.pem, **QUICK)
        with pytest.raises(SourceError, match="proxy wants a user and password") as error:
            fetch_json(server.url("/a"), way)
    assert "geheim" not in shown(error.value) and server.asked == []


def test_a_proxy_that_is_not_there_is_told_without_the_password(tls):
    with proxying() as proxy:
        way = Network(proxy_for=lambda url: f"http://an:geheim@127.0.0.1:{proxy.port}", **QUICK)
    with serving(ROUTES) as server, pytest.raises(SourceError, match="proxy of QGIS's options") as error:
        fetch_json(server.url("/a"), way)
    assert "geheim" not in shown(error.value) and "geheim" not in repr(way)


def test_each_url_has_a_proxy_of_its_own():
    with serving(ROUTES) as far, serving({"/go": redirect(far.url("/a"))}) as near, proxying() as proxy:
        way = Network(proxy_for=lambda url: f"http://127.0.0.1:{proxy.port}" if url == far.url("/a") else "", **QUICK)
        assert fetch_json(near.url("/go"), way) == [1]
    assert proxy.asked == [far.url("/a")] and near.paths == ["/go"]


def test_the_environment_and_netrc_play_no_part(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login an password geheim\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving(ROUTES) as server, proxying() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        fetch_json(server.url("/a"), Network(**QUICK))
    assert proxy.asked == [] and "authorization" not in server.asked[0].headers


def test_a_socks_proxy_without_its_package_is_told():
    if importlib.util.find_spec("socks"):
        pytest.skip("PySocks is installed")
    with pytest.raises(SourceError, match="PySocks"):
        fetch_json("http://127.0.0.1:9/a", Network(proxy_for=lambda url: "socks5h://127.0.0.1:9", **QUICK))


def test_nothing_says_who_asks():
    with serving(ROUTES) as server:
        fetch_json(server.url("/a"), Network(**QUICK))
    headers = server.asked[0].headers
    assert headers["user-agent"].startswith("Leachwatch/") and headers["user-agent"].endswith(" (QGIS plugin)")
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_no_cookie_is_kept():
    answer = as_json([1])

    def with_cookie(handler):
        handler.send(200, b"[1]", {"Set-Cookie": "track=1", "Content-Type": "application/json"})

    with serving({"/a": [with_cookie, answer]}) as server:
        for _ in range(2):
            fetch_json(server.url("/a"), Network(**QUICK))
    assert "cookie" not in server.asked[1].headers


def test_offline_opens_no_socket_and_looks_up_no_name(tmp_path, monkeypatch):
    def touched(*args, **kwargs):
        raise AssertionError("went online")

    offline = Network(offline=True, proxy_for=touched)
    with monkeypatch.context() as guard:
        guard.setattr(socket, "getaddrinfo", touched)
        guard.setattr(socket, "socket", touched)
        with pytest.raises(Offline, match="www.example.org was not asked.*Switch Offline off"):
            download(Remote("https://www.example.org/a?token=1", "a"), tmp_path, offline)
        with pytest.raises(Offline):
            fetch_json("https://www.example.org/a", offline)
        with pytest.raises(Offline):
            offline.session()
    assert list(tmp_path.iterdir()) == []
