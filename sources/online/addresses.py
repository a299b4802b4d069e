"""URLs: which may be asked, and how they are shown without what is secret in them."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urljoin, urlsplit

from ..errors import SourceError

# Values of every other key are left out when a URL is shown: they may be tokens or signatures.
_SHOWN = frozenset(
    "id name format filter service request version typename typenames outputformat srsname count q".split()
)


def safe_url(url: str) -> str:
    """Return the URL as it may be shown, logged and kept: without user, password, tokens and fragment."""
    try:
        parts = urlsplit(url)
        host = _host(url)
    except ValueError:
        return "(an address that cannot be read)"
    query = "&".join(
        f"{quote(key)}={quote(value, safe=':/,{}') if key.lower() in _SHOWN else '…'}"
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
    )
    return f"{parts.scheme}://{host}{parts.path}" + (f"?{query}" if query else "")


def host_of(url: str) -> str:
    """Return the host, with its port where one is given; "" where there is none."""
    try:
        return _host(url)
    except ValueError:
        return ""


def check(url: str) -> str:
    """Return the URL where it may be asked; raise SourceError for anything but http and https with a host."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        fine = False
    if not fine:
        raise SourceError(f"{safe_url(url)} is no web address (https://host/…). Check the addresses in the options.")
    return url


def redirected(url: str, location: str) -> str:
    """Return where a redirect leads. Raise SourceError where it must not be followed.

    Only http and https are followed, never from https to http, and a user and password in the new address are refused.
    """
    try:
        target = urljoin(url, location)
        parts = urlsplit(target)
        fine = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        fine = False
    if not location or not fine:
        shown = location.partition(":")[0][:20] if ":" in location else location[:40]
        raise SourceError(
            f"{host_of(url)} redirected to an address that is no plain web address ({shown!r}); it was not followed."
        )
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        raise SourceError(
            f"{host_of(url)} redirected from https to http, where anybody could change the data ({safe_url(target)}); "
            "it was not followed."
        )
    return target


def _host(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{parts.port}" if parts.port else host
