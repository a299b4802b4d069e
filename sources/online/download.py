"""Files and JSON from servers: checked, resumed, stopped within a second, and written aside before they count."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from ...analysis.progress import never
from ..errors import SourceError
from .addresses import host_of, safe_url
from .answered import Wanted, answered, content_length, refuse_page_of
from .attempts import TryAgain, retried
from .network import Network, Offline
from .pages import HEAD, Blocked, LfsPointer
from .part_file import PartFile
from .transfer import BytesProgress, Remote, Transfer

__all__ = ["Blocked", "BytesProgress", "Downloaded", "LfsPointer", "Offline", "Remote", "download", "fetch_json"]

MAX_BYTES = 1 << 30
MAX_JSON = 20 << 20


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
    wanted = Wanted(remote.url, remote.file_name, page or safe_url(remote.url), network, is_cancelled)
    with PartFile(folder, remote.file_name) as part:
        transfer = Transfer(remote, wanted, part, progress, max_bytes)
        final_url = retried(transfer.once, network, is_cancelled, lambda: part.size)
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
    wanted = Wanted(full, "the answer of its catalogue", page or safe_url(full), network, is_cancelled)
    body = retried(lambda: _body(wanted, max_bytes), network, is_cancelled)
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise SourceError(
            f"{host_of(url)} sent broken JSON. Try again later, or save the data from {wanted.page}."
        ) from None
    if not isinstance(answer, (dict, list)):
        raise SourceError(f"{host_of(url)} sent JSON that is neither an object nor a list. See {wanted.page}.")
    return answer


def _body(wanted: Wanted, max_bytes: int) -> bytes:
    with answered(wanted, {}) as answer:
        body = bytearray()
        for chunk in answer.chunks:
            body += chunk
            if len(body) > max_bytes:
                raise SourceError(
                    f"{host_of(answer.url)} sends more than {max_bytes / 1e6:.0f} MB for {wanted.name}; it was "
                    f"stopped. See {wanted.page}."
                )
        total = content_length(answer)
        if total is not None and len(body) < total:
            raise TryAgain(f"{host_of(answer.url)} broke off after {len(body)} of {total} bytes.")
        refuse_page_of(answer, wanted, bytes(body[:HEAD]))
        return bytes(body)


def _notes(asked: str, answered_by: str) -> tuple[str, ...]:
    notes = []
    if asked.startswith("http:"):
        notes.append(f"{host_of(asked)} was asked without encryption (http).")
    if host_of(asked) != host_of(answered_by):
        notes.append(f"{host_of(asked)} redirected to {host_of(answered_by)}, which sent the file.")
    return tuple(notes)
