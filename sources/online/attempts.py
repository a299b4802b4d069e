"""Trying again: what is worth it, how long to wait, and what to say when it was in vain."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import TypeVar

import requests
import urllib3

from ...analysis.progress import Cancelled
from ..errors import SourceError
from .addresses import host_of
from .exchange import TICK, Broken
from .network import Network
from .pages import PROXY_LOGIN

T = TypeVar("T")
GAIN = 1 << 18  # bytes beyond the furthest point so far that make an attempt no failure


class TryAgain(Exception):
    """An attempt failed in a way that may pass. The text is for the user, should it not."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait  # seconds that the server asks for


def retried(
    once: Callable[[], T],
    network: Network,
    is_cancelled: Callable[[], bool],
    reached: Callable[[], int] = lambda: 0,
) -> T:
    """Call ``once`` until it succeeds, with growing waits. ``reached`` counts the bytes that stay for the next attempt.

    Attempts that got further do not count as failures, so that a big file comes through a line that drops often.
    """
    failed = furthest = 0
    while True:
        try:
            return once()
        except TryAgain as again:
            failure = again
        except Broken as broken:
            failure = _explained(broken.error, host_of(broken.url), network)
        if reached() >= furthest + GAIN:
            failed, furthest = 0, reached()
        failed += 1
        pause = min(network.backoff * 2 ** (failed - 1), network.longest_wait) if failure.wait is None else failure.wait
        if pause > network.longest_wait:
            raise SourceError(f"{failure} It asks to wait for {pause:.0f} seconds.") from None
        if failed > network.retries:
            tries = "1 attempt" if failed == 1 else f"{failed} attempts"
            raise SourceError(f"{failure} It was given up after {tries}.") from None
        network.tell(f"{failure} The next attempt is in {pause:.0f} seconds." if pause >= 1 else str(failure))
        _wait(pause, is_cancelled)


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that Retry-After asks for, None where it is missing or unreadable."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal() and text.isascii():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max(0.0, (moment - datetime.now(timezone.utc)).total_seconds())


def _wait(seconds: float, is_cancelled: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while not is_cancelled():
        left = end - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(TICK, left))
    raise Cancelled


def _explained(error: BaseException, host: str, network: Network) -> TryAgain:
    """Return what a failure means. Raise SourceError for one that trying again cannot mend.

    The text of the error itself is never shown: it may hold the password of a proxy or a token.
    """
    text = str(error)
    if "407" in text and "Proxy Authentication" in text:
        raise SourceError(PROXY_LOGIN) from None
    if "CERTIFICATE_VERIFY_FAILED" in text:
        raise SourceError(
            f"The certificate of {host} is not trusted, so nothing was taken from it. Where your organisation inspects "
            "traffic, add its certificate in QGIS's options, under Authentication, Manage certificates."
        ) from None
    if isinstance(error, requests.exceptions.InvalidSchema):
        raise SourceError(
            "QGIS's proxy is a SOCKS proxy, for which Python needs the package PySocks. Install it, or set an HTTP "
            "proxy in QGIS's options, under Network."
        ) from None
    if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidProxyURL, UnicodeError)):
        raise SourceError(f"The address of {host} or of the proxy cannot be used. Check both in the options.") from None
    if isinstance(error, requests.exceptions.ProxyError):
        return TryAgain("The proxy of QGIS's options (Network) cannot be reached or refuses to connect.")
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return TryAgain(f"{host} does not answer within {network.connect_timeout:g} seconds. Is there a network?")
    if isinstance(error, (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError)):
        return TryAgain(f"{host} sent nothing for {network.read_timeout:g} seconds.")
    if _has(error, socket.gaierror):
        return TryAgain(f"{host} is not found. Is there a network? Does QGIS need a proxy (options, Network)?")
    if _has(error, ConnectionRefusedError):
        return TryAgain(f"{host} refuses the connection.")
    return TryAgain(f"The connection to {host} broke off.")


def _has(error: BaseException | None, kind: type[BaseException]) -> bool:
    """Tell whether an error of this kind lies at the ground of an error, however it is wrapped."""
    for _ in range(10):
        if error is None or isinstance(error, kind):
            break
        wrapped = getattr(error, "reason", None) or next(
            (one for one in error.args if isinstance(one, BaseException)), None
        )
        error = wrapped if isinstance(wrapped, BaseException) else error.__cause__ or error.__context__
    return isinstance(error, kind)
