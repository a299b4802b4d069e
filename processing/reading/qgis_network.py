"""QGIS's own proxy, its authentication and its certificates, for requests that Python makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlsplit

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

from ...sources.errors import SourceError
from ...translation import tr

if TYPE_CHECKING:
    from ...sources.online.network import Network

_HTTP = (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy)
_TYPES = {
    "HttpProxy": QNetworkProxy.ProxyType.HttpProxy,
    "HttpCachingProxy": QNetworkProxy.ProxyType.HttpCachingProxy,
    "Socks5Proxy": QNetworkProxy.ProxyType.Socks5Proxy,
}


class OnlineSettings(Protocol):
    """What the plugin's settings say about going online."""

    @property
    def offline(self) -> bool:
        """Whether every request is forbidden."""

    @property
    def timeout(self) -> int:
        """How long a silent server is waited for, in seconds."""

    @property
    def retries(self) -> int:
        """How often a failed request is made again."""


def network(settings: OnlineSettings) -> Network:
    """Return how the plugin goes online: as QGIS does.

    QGIS's settings are read now, in any thread; the result needs QGIS no more, but for Qt's look at the system's proxy.
    Raise SourceError where QGIS's proxy cannot be used: requests never go round it.
    """
    from ...sources.online.network import Network

    if settings.offline:
        return Network(offline=True)
    return Network(
        proxy_for=_proxy_for(),
        extra_ca_pem=bytes(QgsApplication.authManager().trustedCaCertsPemText()).decode("ascii", "ignore"),
        connect_timeout=min(10.0, float(settings.timeout)),
        read_timeout=float(settings.timeout),
        retries=int(settings.retries),
    )


@dataclass(frozen=True)
class _Rules:
    """QGIS's proxy settings. ``proxy`` is "" where the system's is meant."""

    proxy: str
    direct: tuple[str, ...]  # beginnings of URLs that use no proxy
    default: tuple[str, ...]  # beginnings of URLs that use the application's, as older QGIS wrote them

    def __call__(self, url: str) -> str:
        if url.startswith(self.direct):
            return ""
        if url.startswith(self.default):
            return _application_proxy(url)
        return self.proxy or _first(QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(url))))


def _proxy_for() -> Callable[[str], str]:
    store = QgsSettings()
    if not store.value("proxy/proxyEnabled", False, type=bool):
        return _application_proxy
    kind = store.value("proxy/proxyType", "", type=str)
    if not kind:
        return _application_proxy
    proxy = "" if kind == "DefaultProxy" else _configured(store, kind)
    return _Rules(proxy, _beginnings(store, "proxy/noProxyUrls"), _beginnings(store, "proxy/proxyExcludedUrls"))


def _configured(store: QgsSettings, kind: str) -> str:
    """Return the proxy that is written in QGIS's options."""
    host = store.value("proxy/proxyHost", "", type=str).strip()
    if kind not in _TYPES or not host:
        raise SourceError(tr("The proxy of QGIS's options (Network) has no host, or its type carries no HTTP."))
    proxy = QNetworkProxy(
        _TYPES[kind],
        host,
        _port(store.value("proxy/proxyPort", "", type=str)),
        store.value("proxy/proxyUser", "", type=str),
        store.value("proxy/proxyPassword", "", type=str),
    )
    authcfg = store.value("proxy/authcfg", "", type=str)
    if authcfg:
        done, proxy = QgsApplication.authManager().updateNetworkProxy(proxy, authcfg)
        if not done:
            text = tr(
                "The proxy of QGIS's options uses the authentication configuration “{authcfg}”, which cannot be "
                "opened. Enter QGIS's master password, or choose another configuration in the options, under Network."
            )
            raise SourceError(text.format(authcfg=authcfg))
    return _url(proxy)


def _application_proxy(url: str) -> str:
    """Return the proxy that Qt uses where QGIS sets none: on most systems the system's."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    query = QNetworkProxyQuery(parts.hostname or "", port, "", QNetworkProxyQuery.QueryType.TcpSocket)
    return _first(QNetworkProxyFactory.proxyForQuery(query))


def _first(proxies: list[QNetworkProxy]) -> str:
    return next((_url(proxy) for proxy in proxies), "")


def _url(proxy: QNetworkProxy) -> str:
    """Return a proxy as requests takes it; SOCKS resolves names on its own side, as Qt has it."""
    scheme = "http" if proxy.type() in _HTTP else "socks5h" if proxy.type() == _TYPES["Socks5Proxy"] else ""
    if not scheme or not proxy.hostName():
        return ""
    host = f"[{proxy.hostName()}]" if ":" in proxy.hostName() else proxy.hostName()
    login = f"{quote(proxy.user(), safe='')}:{quote(proxy.password(), safe='')}@" if proxy.user() else ""
    return f"{scheme}://{login}{host}" + (f":{proxy.port()}" if proxy.port() else "")


def _beginnings(store: QgsSettings, key: str) -> tuple[str, ...]:
    value = store.value(key, [])
    texts = [value] if isinstance(value, str) else value or []
    return tuple(text for text in texts if text.strip())


def _port(text: str) -> int:
    return int(text) if text.isdecimal() and int(text) < 65536 else 0
