"""A page where data should be: captcha, login, error pages, Git LFS pointers."""

from __future__ import annotations

import re

from ..errors import SourceError
from .addresses import host_of

HEAD = 4096  # bytes that are looked at

# At the root only: a KML may hold HTML, and any XML the word Error.
_PROLOGUE = rb"\s*(?:<[?!][^>]*>\s*)*?"
_HTML = re.compile(_PROLOGUE + rb"<(?:!doctype\s+html|(?:html|head|body|title|script|meta)[\s>])", re.IGNORECASE)
_XML_ERROR = re.compile(_PROLOGUE + rb"<(?:\w+:)?(?:ExceptionReport|ServiceException(?:Report)?|Error)[\s>]")
_CAPTCHA = (b"captcha", b"you are human", b"cf-challenge", b"just a moment")
_LOGIN = (b"myusgs : login", b'type="password"', b"type='password'", b"sign in", b"log in")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_POINTER = b"version https://git-lfs"


class Blocked(SourceError):
    """A page came instead of data. The message names the page to open and what to do with the file."""


class LfsPointer(Blocked):
    """A pointer of Git LFS came instead of the file."""


def refuse_page(head: bytes, content_type: str, url: str, file_name: str, page: str) -> None:
    """Raise Blocked where the first bytes of an answer are a page, an XML error or a Git LFS pointer."""
    if head.startswith(_POINTER):
        raise LfsPointer(_message(url, "a pointer of Git LFS, which is no data,", file_name, page))
    found = _page(head, content_type)
    if found:
        raise Blocked(_message(url, found, file_name, page))


def refuse_other_kind(head: bytes, kind: str, url: str, file_name: str, page: str) -> None:
    """Raise SourceError where the first bytes are not those of a zip archive or of JSON, as ``kind`` wants them."""
    fits = {"zip": head.startswith(b"PK"), "json": head.lstrip(_BLANK)[:1] in (b"{", b"[")}.get(kind, True)
    if not fits:
        raise SourceError(
            f"{file_name} from {host_of(url)} is no {kind} file: it begins with {head[:12]!r}. See {page}; a file "
            "saved from there can be given as INPUT."
        )


def refuse_status(status: int, url: str, file_name: str, page: str) -> None:
    """Raise Blocked for 401 and 403, SourceError for every other answer that is no success."""
    host = host_of(url)
    if status in (401, 403):
        raise Blocked(_message(url, f"a refusal ({status})", file_name, page))
    if status in (404, 410):
        raise SourceError(
            f"{host} has no {file_name}, or does not give it to everybody ({status}). Look on {page} whether it has "
            "moved; a file saved from there can be loaded as INPUT."
        )
    if status == 407:
        raise SourceError(PROXY_LOGIN)
    if status == 429:
        raise SourceError(
            f"{host} asks for fewer requests (429). Try again in some minutes, or save the file " f"from {page}."
        )
    raise SourceError(
        f"{host} answered {status} instead of {file_name}. Try again later, or save the file from {page} in a browser "
        "and load it as INPUT."
    )


PROXY_LOGIN = (
    "The proxy wants a user and password (407). Set them in QGIS's options, under Network, or choose an authentication "
    "configuration there. Of the ways to log in to a proxy, only Basic is understood here: where yours wants another, "
    "save the data in a browser and give the saved file as INPUT."
)


def _page(head: bytes, content_type: str) -> str:
    text = head.lstrip(_BLANK)
    if _XML_ERROR.match(text):
        return "an XML error"
    told = content_type.lower().startswith("text/html") and b"\0" not in head and text[:1] not in (b"{", b"[")
    if not told and not _HTML.match(text):
        return ""
    lower = text.lower()
    if any(word in lower for word in _CAPTCHA):
        return "a captcha page"
    return "a login page" if any(word in lower for word in _LOGIN) else "a web page"


def _message(url: str, what: str, file_name: str, page: str) -> str:
    return (
        f"{host_of(url)} sent {what} instead of {file_name}. Open {page} in a browser, save the data from there, and "
        "give the saved file as INPUT."
    )
