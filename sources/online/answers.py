"""What a service's JSON says, read without trusting its shape."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from ..cache.names import safe_name
from ..errors import SourceError

MOST = 2000  # objects looked at in one list


def mapping(value: Any, what: str, page: str) -> dict[str, Any]:
    """Return a JSON object, or raise SourceError that ``what`` came in another shape."""
    if not isinstance(value, dict):
        raise another_shape(what, value, page)
    return value


def another_shape(what: str, value: Any, page: str) -> SourceError:
    """Return the error that ``what`` came as no form that it is known in."""
    kind = "nothing" if value is None else f"a {type(value).__name__}"
    return SourceError(
        f"{what} came in another shape than it used to ({kind}). Open {page} in a browser, download the data by hand "
        "and choose the file as INPUT."
    )


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the JSON objects of a list, at most ``MOST`` of them; none where it is no list."""
    return [each for each in value[:MOST] if isinstance(each, dict)] if isinstance(value, list) else []


def text(source: dict[str, Any], key: str, most: int = 500) -> str:
    """Return the text under a key on one line, "" where there is none."""
    value = source.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    plain = "".join(letter if letter.isprintable() else " " for letter in value)
    plain = " ".join(plain.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def size(source: dict[str, Any], key: str = "size") -> int | None:
    """Return a size in bytes, None where there is none to go by."""
    value = source.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def file_name(*candidates: str) -> str:
    """Return the first name there is, such that it can be written anywhere: no folders in it, no forbidden letters."""
    return safe_name(next((name for name in candidates if name.strip(" ./\\")), "download"))


def name_in(url: str) -> str:
    """Return the last part of a URL's path."""
    try:
        return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    except ValueError:
        return ""
