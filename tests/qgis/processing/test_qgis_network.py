"""Python's requests go the way that QGIS's go: the same proxy, exclusions, login and certificates, in any thread."""

from types import SimpleNamespace

import pytest
from leachwatch.processing.reading.qgis_network import network
from leachwatch.sources.errors import SourceError
from leachwatch.sources.online.download import Remote, download, fetch_json
from leachwatch.sources.online.network import Offline
from leachwatch.tests.servers import proxying, serving
from leachwatch.tests.servers.certificates import authority
from leachwatch.tests.servers.routes import as_json
from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsBlockingNetworkRequest,
    QgsNetworkAccessManager,
    QgsSettings,
)
from qgis.PyQt.QtCore import QThread, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest, QSslCertificate

SETTINGS = SimpleNamespace(offline=False, timeout=3, retries=0)
KEYS = (
    "proxyEnabled proxyType proxyHost proxyPort proxyUser proxyPassword proxyExcludedUrls noProxyUrls authcfg".split()
)


@pytest.fixture
def proxy_settings(qgis_app, monkeypatch):
    """Write QGIS's proxy settings; afterwards they are gone."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    store = QgsSettings()

    def write(**values):
        store.remove("proxy")
        for key, value in values.items():
            store.setValue(f"proxy/{key}", value)
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()

    yield write
    write()


@pytest.fixture
def server():
    with serving({"/a": as_json({"a": 1})}) as serving_now:
        yield serving_now


def http(proxy, **more):
    return {
        "proxyEnabled": True,
        "proxyType": "HttpProxy",
        "proxyHost": proxy.host,
        "proxyPort": str(proxy.port),
        **more,
    }


def asked_by_qgis(url):
    """Return the answer's text as QGIS's own request gets it."""
    request = QgsBlockingNetworkRequest()
    request.get(QNetworkRequest(QUrl(url)), True)
    return bytes(request.reply().content())


def asked_by_us(url):
    return fetch_json(url, network(SETTINGS))


def test_without_settings_no_proxy_is_asked(proxy_settings, server):
    proxy_settings()
    assert asked_by_us(server.url("/a")) == {"a": 1}
    assert network(SETTINGS).proxy_for("https://example.org/") == ""


def test_the_proxy_of_the_options_carries_the_request(proxy_settings, server):
    with proxying() as proxy:
        proxy_settings(**http(proxy))
        assert asked_by_us(server.url("/a")) == {"a": 1}
    assert proxy.asked == [server.url("/a")]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"proxyType": "HttpCachingProxy"},
        {"noProxyUrls": ["http://127.0.0.1"]},
        {"noProxyUrls": ["http://127.0.0.2", " "]},
        {"noProxyUrls": "http://127.0.0.1"},
        {"proxyExcludedUrls": ["http://127.0.0.1"]},
        {"proxyType": ""},
        {"proxyEnabled": False},
    ],
)
def test_it_is_asked_exactly_when_qgis_asks_it(more, proxy_settings, server):
    with proxying() as proxy:
        proxy_settings(**http(proxy, **more))
        assert asked_by_qgis(server.url("/a")) == b'{"a": 1}'
        by_qgis = len(proxy.asked)
        asked_by_us(server.url("/a"))
        assert len(proxy.asked) == 2 * by_qgis
        assert len(server.asked) == 2


def test_excluded_addresses_go_round_the_proxy(proxy_settings, server):
    with proxying() as proxy:
        proxy_settings(**http(proxy, noProxyUrls=[server.base]))
        asked_by_us(server.url("/a"))
        assert proxy.asked == [] and len(server.asked) == 1


def test_the_systems_proxy_is_taken_where_the_options_say_so(proxy_settings, server, monkeypatch):
    with proxying() as proxy:
        monkeypatch.setenv("http_proxy", f"http://{proxy.host}:{proxy.port}")
        proxy_settings(proxyEnabled=True, proxyType="DefaultProxy")
        asked_by_qgis(server.url("/a"))
        asked_by_us(server.url("/a"))
    assert proxy.asked == [server.url("/a")] * 2


def test_a_login_is_sent_to_the_proxy_and_nobody_else(proxy_settings, server):
    with proxying(login="an:p@ss:w%40rd/ x") as proxy:
        proxy_settings(**http(proxy, proxyUser="an", proxyPassword="p@ss:w%40rd/ x"))
        assert asked_by_us(server.url("/a")) == {"a": 1}
    assert proxy.asked == [server.url("/a")] and proxy.refused == 0
    assert "proxy-authorization" not in server.asked[0].headers


def test_a_wrong_login_is_told_without_the_password(proxy_settings, server):
    with proxying(login="an:right") as proxy:
        proxy_settings(**http(proxy, proxyUser="an", proxyPassword="geheim"))
        with pytest.raises(SourceError, match="user and password") as error:
            asked_by_us(server.url("/a"))
    assert "geheim" not in str(error.value) and proxy.refused == 1 and server.asked == []


@pytest.fixture
def authcfg(qgis_app):
    """The id of an authentication configuration in QGIS's own store."""
    manager = QgsApplication.authManager()
    if not manager.masterPasswordIsSet():
        assert manager.setMasterPassword("of the tests", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("proxy")
    config.setConfig("username", "an")
    config.setConfig("password", "open")
    stored = manager.storeAuthenticationConfig(config)
    assert stored[0] if isinstance(stored, tuple) else stored
    yield config.id()
    manager.removeAuthenticationConfig(config.id())


def test_an_authentication_configuration_logs_in(authcfg, proxy_settings, server):
    with proxying(login="an:open") as proxy:
        proxy_settings(**http(proxy, authcfg=authcfg))
        assert asked_by_us(server.url("/a")) == {"a": 1}
    assert proxy.asked == [server.url("/a")] and proxy.refused == 0


def test_a_missing_authentication_configuration_stops_before_any_request(authcfg, proxy_settings, server):
    with proxying() as proxy:
        proxy_settings(**http(proxy, authcfg="gone123"))
        with pytest.raises(SourceError, match="gone123"):
            network(SETTINGS)
    assert server.asked == []


@pytest.mark.parametrize("values", [{"proxyType": "FtpCachingProxy"}, {"proxyHost": " "}])
def test_a_proxy_that_cannot_be_used_is_not_gone_round(values, proxy_settings):
    with proxying() as proxy:
        proxy_settings(**http(proxy, **values))
        with pytest.raises(SourceError, match="Network"):
            network(SETTINGS)


def test_a_dead_proxy_is_named(proxy_settings, server):
    with proxying() as proxy:
        proxy_settings(**http(proxy))
    with pytest.raises(SourceError, match="proxy of QGIS's options"):
        asked_by_us(server.url("/a"))
    assert server.asked == []


def test_a_socks_proxy_is_asked_to_resolve_names(proxy_settings):
    with proxying() as proxy:
        proxy_settings(**http(proxy, proxyType="Socks5Proxy", proxyUser="a", proxyPassword="b"))
        assert network(SETTINGS).proxy_for("https://example.org/") == f"socks5h://a:b@{proxy.host}:{proxy.port}"


class _Run(QThread):
    """A thread that Qt made, as the one in which QGIS runs an algorithm."""

    def __init__(self, work):
        super().__init__()
        self.work, self.result, self.error = work, None, None

    def run(self):
        try:
            self.result = self.work()
        except Exception as error:
            self.error = error


def test_all_of_it_works_in_a_thread_of_qgis(authcfg, proxy_settings, server, tmp_path):
    with proxying(login="an:open") as proxy:
        proxy_settings(**http(proxy, authcfg=authcfg))
        run = _Run(lambda: download(Remote(server.url("/a"), "a.json"), tmp_path, network(SETTINGS)))
        run.start()
        assert run.wait(10_000)
    assert run.error is None
    assert run.result.path.read_bytes() == b'{"a": 1}' and proxy.asked == [server.url("/a")]


def test_the_certificates_that_qgis_trusts_are_handed_on(proxy_settings):
    proxy_settings()
    pem = network(SETTINGS).extra_ca_pem
    assert pem.count("BEGIN CERTIFICATE") == len(QgsApplication.authManager().trustedCaCertsCache())


def test_an_authority_that_the_user_added_to_qgis_is_trusted(authcfg, proxy_settings, tmp_path):
    proxy_settings()
    ours = authority(tmp_path)
    manager, certificate = QgsApplication.authManager(), QSslCertificate(ours.pem.encode())

    def read_again():
        assert manager.rebuildCaCertsCache() and manager.rebuildTrustedCaCertsCache()

    with serving({"/a": as_json([1])}, ours.server()) as server:
        with pytest.raises(SourceError, match="certificate of localhost:.* not trusted"):
            asked_by_us(server.url("/a"))
        assert manager.storeCertAuthority(certificate)
        try:
            read_again()
            assert asked_by_us(server.url("/a")) == [1]
        finally:
            manager.removeCertAuthority(certificate)
            read_again()


def test_offline_reads_no_proxy_and_asks_nobody(proxy_settings, server):
    with proxying() as proxy:
        proxy_settings(**http(proxy, authcfg="gone123"))
        offline = network(SimpleNamespace(offline=True, timeout=3, retries=0))
        with pytest.raises(Offline):
            fetch_json(server.url("/a"), offline)
    assert server.asked == [] and proxy.asked == []


def test_the_settings_reach_the_network(proxy_settings):
    proxy_settings()
    made = network(SimpleNamespace(offline=False, timeout=7, retries=2))
    assert (made.connect_timeout, made.read_timeout, made.retries) == (7, 7, 2)
    made = network(SimpleNamespace(offline=False, timeout=90, retries=2))
    assert (made.connect_timeout, made.read_timeout) == (10, 90)
