"""How requests leave this machine: proxy, certificates, time limits. Nothing here knows QGIS."""

from __future__ import annotations

import functools
import socket
import ssl
from collections.abc import Callable
from configparser import ConfigParser
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager

from ..errors import SourceError
from .addresses import host_of


class Offline(SourceError):
    """The setting Offline forbids the request."""


def direct(url: str) -> str:
    """Use no proxy."""
    return ""


def quiet(text: str) -> None:
    """Tell nobody."""


@functools.lru_cache(maxsize=1)
def default_user_agent() -> str:
    """Return the name and version of the plugin, and nothing about who uses it."""
    metadata = ConfigParser(interpolation=None)
    metadata.read(Path(__file__).parents[2] / "metadata.txt", encoding="utf-8")
    return f"Leachwatch/{metadata.get('general', 'version', fallback='0')} (QGIS plugin)"


@dataclass(frozen=True)
class Network:
    """What the user's settings say about going online.

    ``proxy_for`` takes a URL and returns that of its proxy (http or socks5h, with the user and password that it wants),
    or "" for none. It is called in whichever thread connects. ``tell`` takes a sentence before each wait, in the thread
    that asks. Times are in seconds, rates in bytes a second.
    """

    offline: bool = False
    proxy_for: Callable[[str], str] = field(default=direct, repr=False)
    tell: Callable[[str], None] = field(default=quiet, repr=False)
    extra_ca_pem: str = field(default="", repr=False)
    connect_timeout: float = 10
    read_timeout: float = 30
    retries: int = 4
    backoff: float = 0.5
    longest_wait: float = 60  # between two attempts, whatever Retry-After says
    min_rate: float = 1000  # a transfer that stays below it for a whole rate_window ends
    rate_window: float = 60
    user_agent: str = field(default_factory=default_user_agent)

    def require(self, url: str) -> None:
        """Raise Offline where the settings forbid requests: before any name is looked up or any socket opened."""
        if self.offline:
            raise Offline(
                f"The setting Offline forbids every request, so {host_of(url) or 'the network'} was not asked. "
                "Switch Offline off in the options of Leachwatch, or bring the data as a file."
            )

    def session(self, opened: Callable[[socket.socket], None] | None = None) -> requests.Session:
        """Return a session with QGIS's proxy and certificates: TLS verified, neither environment proxies nor .netrc.

        Redirects by rule, retries and cancelling are the work of ``download`` and ``fetch_json``. ``opened`` is called
        with each socket as soon as it is connected, in the thread that connects.
        """
        self.require("")
        session = requests.Session()
        session.trust_env = False
        session.max_redirects = 5
        session.headers.update({"User-Agent": self.user_agent, "Accept-Encoding": "identity"})
        session.mount("https://", _Adapter(self, _tls_context(self.extra_ca_pem), opened))
        session.mount("http://", _Adapter(self, None, opened))
        return session


class _Adapter(HTTPAdapter):
    """Choose the proxy for each URL, and trust the certificates that QGIS trusts beside the system's."""

    def __init__(
        self, network: Network, tls: ssl.SSLContext | None, opened: Callable[[socket.socket], None] | None
    ) -> None:
        self._network = network
        self._tls = {"ssl_context": tls} if tls else {}
        self._pools = _pools(opened) if opened else {}
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **self._tls, **kwargs)
        self._hand_over(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **self._tls, **kwargs)
        if not proxy.startswith("socks"):
            self._hand_over(manager)
        return manager

    def _hand_over(self, manager: PoolManager) -> None:
        manager.pool_classes_by_scheme = {**manager.pool_classes_by_scheme, **self._pools}

    def send(self, request: Any, *args: Any, **kwargs: Any) -> requests.Response:
        self._network.require(request.url)
        proxy = self._network.proxy_for(request.url)
        kwargs["proxies"] = {"http": proxy, "https": proxy} if proxy else {}
        return super().send(request, *args, **kwargs)


def _pools(opened: Callable[[socket.socket], None]) -> dict[str, type]:
    """Return urllib3's pools of connections that hand over each new socket."""

    def pool(kind: Any) -> type:
        class Connection(kind.ConnectionCls):
            def _new_conn(self) -> socket.socket:
                plug = super()._new_conn()
                opened(plug)
                return plug

        return type("Pool", (kind,), {"ConnectionCls": Connection})

    return {"http": pool(HTTPConnectionPool), "https": pool(HTTPSConnectionPool)}


@functools.lru_cache(maxsize=2)  # making one reads some hundred certificates
def _tls_context(extra_ca_pem: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if extra_ca_pem.strip():
        try:
            context.load_verify_locations(cadata=extra_ca_pem)
        except (ssl.SSLError, ValueError) as error:
            raise SourceError(
                "The certificates that QGIS trusts cannot be read as PEM. "
                "Check them in QGIS's options, under Authentication, Manage certificates."
            ) from error
    return context
