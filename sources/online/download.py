"""Files and JSON from servers: checked, resumed, stopped within a second, and written aside before they count."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from ...analysis.progress import never
from ..errors import SourceError
from .addresses import host_of, safe_url
from .attempts import TryAgain, asked_to_wait, retried
from .exchange import Answer, get
from .network import Network, Offline
from .pages import HEAD, Blocked, LfsPointer, refuse_other_kind, refuse_page, refuse_status
from .part_file import PartFile

__all__ = ["Blocked", "Downloaded", "LfsPointer", "Offline", "Remote", "download", "fetch_json"]

MAX_BYTES = 1 << 30
MAX_JSON = 20 << 20
# Called with the bytes received so far and, where it is known, how many there will be.
BytesProgress = Callable[[int, "int | None"], None]


@dataclass(frozen=True)
class Remote:
    """A file on a server. ``size`` (bytes) and ``md5`` are what the catalogue states, where it does."""

    url: str
    file_name: str
    size: int | None = None
    md5: str = ""
    kind: str = "any"  # zip | json | any: what the first bytes must be


@dataclass(frozen=True)
class Downloaded:
    """A file that arrived whole. ``final_url`` is the one that sent it, without tokens; ``retrieved`` is UTC."""

    path: Path
    final_url: str
    size: int
    sha256: str
    retrieved: str
    notes: tuple[str, ...] = ()


def download(
    remote: Remote,
    folder: Path,
    network: Network,
    *,
    page: str = "",
    progress: BytesProgress | None = None,
    is_cancelled: Callable[[], bool] = never,
    max_bytes: int = MAX_BYTES,
) -> Downloaded:
    """Fetch a file into a folder. ``page`` is what a person opens in a browser where the server sends a page instead.

    Raise Offline, Blocked or SourceError, and Cancelled within a second; then nothing is left in the folder, and an
    older file of the same name is as it was.
    """
    network.require(remote.url)
    with PartFile(folder, remote.file_name) as part:
        job = _Job(remote, part, network, page or safe_url(remote.url), progress, is_cancelled, max_bytes)
        final_url = retried(job.once, network, is_cancelled, lambda: part.size)
        retrieved = datetime.now(timezone.utc).isoformat(timespec="seconds")
        path = part.finish()
        return Downloaded(path, safe_url(final_url), part.size, part.sha256, retrieved, _notes(remote.url, final_url))


def fetch_json(
    url: str,
    network: Network,
    *,
    params: Mapping[str, str] | None = None,
    max_bytes: int = MAX_JSON,
    page: str = "",
    is_cancelled: Callable[[], bool] = never,
) -> Any:
    """Return the dict or list that a URL answers with. Raise SourceError for a page, broken JSON or anything else."""
    network.require(url)
    full = url
    if params:
        full += ("&" if "?" in url else "?") + urlencode(params, quote_via=quote)
    page = page or safe_url(full)
    body = retried(lambda: _body(full, network, page, max_bytes, is_cancelled), network, is_cancelled)
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise SourceError(f"{host_of(url)} sent broken JSON. Try again later, or save the data from {page}.") from None
    if not isinstance(answer, (dict, list)):
        raise SourceError(f"{host_of(url)} sent JSON that is neither an object nor a list. See {page}.")
    return answer


@dataclass
class _Job:
    remote: Remote
    part: PartFile
    network: Network
    page: str
    progress: BytesProgress | None
    is_cancelled: Callable[[], bool]
    max_bytes: int

    def once(self) -> str:
        """Make one attempt, from where the last one broke off if the server can; return the URL that answered."""
        resume = {}
        if self.part.size and self.part.validator:
            resume = {"Range": f"bytes={self.part.size}-", "If-Range": self.part.validator}
        with _answer(
            self.remote.url, resume, self.network, self.remote.file_name, self.page, self.is_cancelled
        ) as answer:
            resumed = self._begin(answer, resume)
            total = self._total(answer)
            self._receive(answer, total, resumed)
        self._verify(answer, total, resumed)
        return answer.url

    def _begin(self, answer: Answer, resume: Mapping[str, str]) -> bool:
        """Tell whether the answer goes on where the part file ends; begin anew where it does not."""
        if answer.status == 206:
            start, _ = _content_range(answer)
            if resume and start == self.part.size and not _type(answer).startswith("text/html"):
                return True
            refuse_page(_head(answer), _type(answer), answer.url, self.remote.file_name, self.page)
            self.part.restart()
            raise TryAgain(f"{host_of(answer.url)} sent another part of {self.remote.file_name} than was asked for.")
        self.part.restart()
        etag = answer.headers.get("ETag", "")
        self.part.validator = answer.headers.get("Last-Modified", "") if etag[:2] in ("", "W/") else etag
        return False

    def _total(self, answer: Answer) -> int | None:
        if answer.status == 206:
            _, total = _content_range(answer)
        else:
            total = _length(answer)
        if total is not None:
            self._require_size(total, answer)
        self.part.needed = total or self.remote.size
        return total

    def _require_size(self, total: int, answer: Answer) -> None:
        """Refuse a length that is not the stated one, unless it is a page that comes instead."""
        if self.remote.size is not None and total != self.remote.size:
            refuse_page(_head(answer), _type(answer), answer.url, self.remote.file_name, self.page)
            raise SourceError(self._other_size(total))
        if total > self.max_bytes:
            raise SourceError(self._too_big())

    def _receive(self, answer: Answer, total: int | None, resumed: bool) -> None:
        limit = self.max_bytes if self.remote.size is None else self.remote.size
        expected = total or self.remote.size
        looked = False
        for chunk in answer.chunks:
            if resumed:  # a page may come in place of the rest, too
                refuse_page(chunk[:HEAD], "", answer.url, self.remote.file_name, self.page)
                resumed = False
            self.part.write(chunk)
            if not looked and len(self.part.head) == HEAD:
                self._look(answer)
                looked = True
            if self.part.size > limit:
                self._look(answer)
                raise SourceError(self._too_big() if self.remote.size is None else self._other_size(self.part.size))
            if self.progress:
                self.progress(self.part.size, expected)

    def _look(self, answer: Answer) -> None:
        """Refuse a page, and a file whose first bytes are not those of its kind."""
        head, name = self.part.head, self.remote.file_name
        refuse_page(head, _type(answer), answer.url, name, self.page)
        refuse_other_kind(head, self.remote.kind, answer.url, name, self.page)

    def _verify(self, answer: Answer, total: int | None, resumed: bool) -> None:
        size, remote = self.part.size, self.remote
        if total is not None and size < total:
            raise TryAgain(f"{host_of(answer.url)} broke off after {size} of {total} bytes of {remote.file_name}.")
        if size == 0:
            raise SourceError(f"{host_of(answer.url)} sent an empty {remote.file_name}. See {self.page}.")
        self._look(answer)
        if remote.size is not None and size != remote.size:
            raise SourceError(self._other_size(size))
        if remote.md5 and self.part.md5 != remote.md5.strip().lower():
            if resumed:
                self.part.restart()
                raise TryAgain(self._other_checksum())
            raise SourceError(self._other_checksum())

    def _too_big(self) -> str:
        return (
            f"{host_of(self.remote.url)} sends more than {self.max_bytes / 1e6:.0f} MB for {self.remote.file_name}; "
            f"the transfer was stopped. See {self.page}, save the file from there, and give it as INPUT."
        )

    def _other_size(self, size: int) -> str:
        return (
            f"{self.remote.file_name} from {host_of(self.remote.url)} has {size} bytes or more, where the catalogue "
            f"says {self.remote.size}; it was not kept. See {self.page}."
        )

    def _other_checksum(self) -> str:
        return (
            f"{self.remote.file_name} from {host_of(self.remote.url)} has another checksum (MD5) than the catalogue "
            f"says; it was not kept. Try again, or save the file from {self.page} and give it as INPUT."
        )


@contextlib.contextmanager
def _answer(
    url: str,
    headers: Mapping[str, str],
    network: Network,
    wanted: str,
    page: str,
    is_cancelled: Callable[[], bool],
) -> Iterator[Answer]:
    """Give an answer of 200 or 206 whose body is as it is; raise TryAgain for 429 and 5xx, else SourceError."""
    with get(url, network, headers, is_cancelled) as answer:
        host = host_of(answer.url)
        if answer.status == 429 or answer.status >= 500:
            what = "asks for fewer requests" if answer.status == 429 else "is in trouble"
            raise TryAgain(f"{host} {what} ({answer.status}). Try again later.", asked_to_wait(answer.headers))
        if answer.status == 416:
            raise TryAgain(f"{host} cannot go on where the transfer of {wanted} broke off.")
        if answer.status not in (200, 206):
            refuse_status(answer.status, answer.url, wanted, page)
        if answer.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
            raise SourceError(
                f"{host} packed {wanted} although it was asked not to, so its size cannot be bounded; it was not "
                f"taken. Save it from {page} in a browser and give that file as INPUT."
            )
        yield answer


def _body(url: str, network: Network, page: str, max_bytes: int, is_cancelled: Callable[[], bool]) -> bytes:
    wanted = "the answer of its catalogue"
    with _answer(url, {}, network, wanted, page, is_cancelled) as answer:
        body = bytearray()
        for chunk in answer.chunks:
            body += chunk
            if len(body) > max_bytes:
                raise SourceError(
                    f"{host_of(answer.url)} sends more than {max_bytes / 1e6:.0f} MB for {wanted}; it was stopped. "
                    f"See {page}."
                )
        total = _length(answer)
        if total is not None and len(body) < total:
            raise TryAgain(f"{host_of(answer.url)} broke off after {len(body)} of {total} bytes.")
        refuse_page(bytes(body[:HEAD]), _type(answer), answer.url, wanted, page)
        return bytes(body)


def _length(answer: Answer) -> int | None:
    return _number(answer.headers.get("Content-Length", ""))


def _type(answer: Answer) -> str:
    return answer.headers.get("Content-Type", "").strip().lower()


def _head(answer: Answer) -> bytes:
    """Return the first bytes of a body that is not taken."""
    head = b""
    for chunk in answer.chunks:
        head += chunk
        if len(head) >= HEAD:
            break
    return head[:HEAD]


def _content_range(answer: Answer) -> tuple[int | None, int | None]:
    """Return the first byte and the length of the whole, as far as Content-Range says them."""
    found = re.fullmatch(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15}|\*)", answer.headers.get("Content-Range", "").strip())
    return (int(found[1]), _number(found[2])) if found else (None, None)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text.strip()) else None


def _notes(asked: str, answered: str) -> tuple[str, ...]:
    notes = []
    if asked.startswith("http:"):
        notes.append(f"{host_of(asked)} was asked without encryption (http).")
    if host_of(asked) != host_of(answered):
        notes.append(f"{host_of(asked)} redirected to {host_of(answered)}, which sent the file.")
    return tuple(notes)
