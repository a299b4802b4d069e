"""What every answer must be before its body is read, and what its head says of the body."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import SourceError
from .addresses import host_of
from .attempts import TryAgain, asked_to_wait
from .exchange import Answer, get
from .network import Network
from .pages import HEAD, refuse_page, refuse_status


@dataclass(frozen=True)
class Wanted:
    """What is asked for. ``name`` and ``page`` stand in the errors: what it is, and where a browser finds it."""

    url: str
    name: str
    page: str
    network: Network
    is_cancelled: Callable[[], bool]


class RangeRefused(TryAgain):
    """The server cannot go on where the transfer broke off."""


@contextlib.contextmanager
def answered(wanted: Wanted, headers: Mapping[str, str]) -> Iterator[Answer]:
    """Give an answer of 200 or 206 whose body is not packed; raise TryAgain for 429 and 5xx, else SourceError."""
    with get(wanted.url, wanted.network, headers, wanted.is_cancelled) as answer:
        host = host_of(answer.url)
        if answer.status == 429 or answer.status >= 500:
            what = "asks for fewer requests" if answer.status == 429 else "is in trouble"
            raise TryAgain(f"{host} {what} ({answer.status}). Try again later.", asked_to_wait(answer.headers))
        if answer.status == 416:
            raise RangeRefused(f"{host} cannot go on where the transfer of {wanted.name} broke off.")
        if answer.status not in (200, 206):
            refuse_status(answer.status, answer.url, wanted.name, wanted.page)
        if answer.headers.get("Content-Encoding", "").strip().lower() not in ("", "identity"):
            raise SourceError(
                f"{host} packed {wanted.name} although it was asked not to, so its size cannot be bounded; it was not "
                f"taken. Save it from {wanted.page} in a browser and give that file as INPUT."
            )
        yield answer


def refuse_page_of(answer: Answer, wanted: Wanted, head: bytes | None = None) -> None:
    """Raise Blocked where an answer is a page; without its head, the first bytes of the body are read for it."""
    head = first_bytes(answer) if head is None else head[:HEAD]
    refuse_page(head, content_type(answer), answer.url, wanted.name, wanted.page)


def content_type(answer: Answer) -> str:
    """Return the content type in lower case, "" where none is stated."""
    return answer.headers.get("Content-Type", "").strip().lower()


def content_length(answer: Answer) -> int | None:
    """Return the stated length of the body, in bytes."""
    if "Transfer-Encoding" in answer.headers:
        return None  # then the length counts for nothing
    return _number(answer.headers.get("Content-Length", ""))


def content_range(answer: Answer) -> tuple[int | None, int | None]:
    """Return the first byte and the length of the whole, as far as Content-Range says them."""
    found = re.fullmatch(r"bytes ([0-9]+)-[0-9]+/([0-9]+|\*)", answer.headers.get("Content-Range", "").strip())
    return (_number(found[1]), _number(found[2])) if found else (None, None)


def first_bytes(answer: Answer) -> bytes:
    """Return the first bytes of a body that is not taken."""
    head = b""
    for chunk in answer.chunks:
        head += chunk
        if len(head) >= HEAD:
            break
    return head[:HEAD]


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text.strip()) else None
