"""Where the services stand. Each base URL can be replaced: by a mirror, by a test, by a managed install."""

from __future__ import annotations

from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from ..errors import SourceError


@dataclass(frozen=True)
class Endpoints:
    """The base URLs of the services. Raises SourceError for one that is no plain web address."""

    sciencebase: str = "https://www.sciencebase.gov"
    hdx: str = "https://data.humdata.org"
    geoboundaries: str = "https://www.geoboundaries.org"
    lfs: str = "https://media.githubusercontent.com"
    mimu: str = "https://geonode.themimu.info"

    def __post_init__(self) -> None:
        for each in fields(self):
            url = getattr(self, each.name)
            if not isinstance(url, str) or not _is_plain(url):
                raise SourceError(
                    f"The base URL of {each.name} is no web address. Write it as https://host/… without user name, "
                    "password, question mark and #."
                )
            object.__setattr__(self, each.name, url.rstrip("/"))


def address(url: object, home: str, base: str) -> str:
    """Return where a URL from a service's answer is asked, "" where it must not be.

    ``home`` is the service's own base URL, ``base`` the one in force: a URL of the former moves to the latter, so that
    a mirror is asked for all of it. A URL of another host stays as it is where it is https; with a user name or another
    scheme it is not asked.
    """
    if not isinstance(url, str) or not url.strip() or len(url) > 4000:
        return ""
    url = url.strip().replace(" ", "%20")
    if url.startswith("/") and not url.startswith("//"):
        return base + url
    if not _is_plain(url, bare=False):
        return ""
    if _host(url) == _host(home):
        moved = urlsplit(url)
        return base + (moved.path or "/") + (f"?{moved.query}" if moved.query else "")
    return url if url.startswith("https://") or _origin(url) == _origin(base) else ""


def _is_plain(url: str, bare: bool = True) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not named or "@" in parts.netloc:
        return False
    if any(letter.isspace() or letter in '\\"<>' or not letter.isprintable() for letter in url):
        return False
    return not (bare and (parts.query or parts.fragment))


def _host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return host[4:] if host.startswith("www.") else host


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


# The services' own addresses, whatever mirror is set.
HOME = Endpoints()
