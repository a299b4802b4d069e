"""One file's way from a server into a part file: resumed, bounded, compared with what the catalogue states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..errors import SourceError
from .addresses import host_of
from .answered import RangeRefused, Wanted, answered, content_length, content_range, content_type, refuse_page_of
from .attempts import TryAgain
from .exchange import Answer
from .pages import HEAD, refuse_other_kind
from .part_file import PartFile

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


@dataclass
class Transfer:
    """The attempts to fetch one file; what arrived stays in the part file from one to the next."""

    remote: Remote
    wanted: Wanted
    part: PartFile
    progress: BytesProgress | None
    max_bytes: int

    def once(self) -> str:
        """Make one attempt, from where the last one broke off if the server can; return the URL that answered."""
        resume = {}
        if self.part.size and self.part.validator:
            resume = {"Range": f"bytes={self.part.size}-", "If-Range": self.part.validator}
        try:
            with answered(self.wanted, resume) as answer:
                resumed = self._begin(answer, resume)
                total = self._total(answer)
                self._receive(answer, total, resumed)
        except RangeRefused:
            self.part.restart()
            raise
        self._verify(answer, total, resumed)
        return answer.url

    def _begin(self, answer: Answer, resume: Mapping[str, str]) -> bool:
        """Tell whether the answer goes on where the part file ends; begin anew where it does not."""
        if answer.status == 206:
            start, _ = content_range(answer)
            if resume and start == self.part.size and not content_type(answer).startswith("text/html"):
                return True
            refuse_page_of(answer, self.wanted)
            self.part.restart()
            raise TryAgain(f"{host_of(answer.url)} sent another part of {self.remote.file_name} than was asked for.")
        self.part.restart()
        etag = answer.headers.get("ETag", "")
        self.part.validator = answer.headers.get("Last-Modified", "") if etag[:2] in ("", "W/") else etag
        return False

    def _total(self, answer: Answer) -> int | None:
        """Return how many bytes the whole has, None where nobody says; raise SourceError where that cannot be right."""
        total = content_range(answer)[1] if answer.status == 206 else content_length(answer)
        if total is not None and self.remote.size is not None and total != self.remote.size:
            refuse_page_of(answer, self.wanted)
            raise SourceError(self._other_size(total))
        if total is not None and total > self.max_bytes:
            raise SourceError(self._too_big())
        self.part.needed = total or self.remote.size
        return total

    def _receive(self, answer: Answer, total: int | None, resumed: bool) -> None:
        limit = self.max_bytes if self.remote.size is None else self.remote.size
        looked = False
        for chunk in answer.chunks:
            if resumed:  # a page may come in place of the rest, too
                refuse_page_of(answer, self.wanted, chunk)
                resumed = False
            self.part.write(chunk)
            if not looked and len(self.part.head) == HEAD:
                self._look(answer)
                looked = True
            if self.part.size > limit:
                self._look(answer)
                raise SourceError(self._too_big() if self.remote.size is None else self._other_size(self.part.size))
            if self.progress:
                self.progress(self.part.size, total or self.remote.size)

    def _look(self, answer: Answer) -> None:
        """Refuse a page, and a file whose first bytes are not those of its kind."""
        refuse_page_of(answer, self.wanted, self.part.head)
        refuse_other_kind(self.part.head, self.remote.kind, answer.url, self.remote.file_name, self.wanted.page)

    def _verify(self, answer: Answer, total: int | None, resumed: bool) -> None:
        size, remote = self.part.size, self.remote
        if total is not None and size < total:
            raise TryAgain(f"{host_of(answer.url)} broke off after {size} of {total} bytes of {remote.file_name}.")
        if size == 0:
            raise SourceError(f"{host_of(answer.url)} sent an empty {remote.file_name}. See {self.wanted.page}.")
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
            f"the transfer was stopped. See {self.wanted.page}, save the file from there, and give it as INPUT."
        )

    def _other_size(self, size: int) -> str:
        return (
            f"{self.remote.file_name} from {host_of(self.remote.url)} has {size} bytes or more, where the catalogue "
            f"says {self.remote.size}; it was not kept. See {self.wanted.page}."
        )

    def _other_checksum(self) -> str:
        return (
            f"{self.remote.file_name} from {host_of(self.remote.url)} has another checksum (MD5) than the catalogue "
            f"says; it was not kept. Try again, or save the file from {self.wanted.page} and give it as INPUT."
        )
