"""Where a data set came from and under which terms: kept beside it in the cache, shown with the layer."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timezone
from typing import Any

from .cache.names import is_key, safe_name
from .errors import SourceError
from .online.addresses import safe_url

FORMAT = 1
MAX_JSON = 1024 * 1024
MAX_TEXT = 4000
MAX_NOTES = 20
MAX_SIZE = 2**50
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|\+00:00)")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Provenance:
    """What is known of one data set. All text; "" where a thing is not known."""

    key: str
    title: str
    source_url: str
    landing_page: str
    retrieved: str  # ISO 8601, UTC, to the second
    licence: str
    citation: str
    version: str
    file_name: str
    size: int
    sha256: str
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the record as it is written beside the data."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Provenance:
        """Read a record that may come from anyone. SourceError says what is wrong with it."""
        try:
            return _read(cls, text)
        except (ValueError, RecursionError) as error:
            why = "too deep" if isinstance(error, RecursionError) else str(error)
            raise SourceError(f"The record of where the data came from is not valid: {why}.") from error

    @property
    def stamp(self) -> str:
        """Return when it was retrieved, as a part of a file name: its order is the order of time."""
        return re.sub(r"[-:]|\+00:00", "", self.retrieved).rstrip("Z") + "Z"

    def cleaned(self) -> Provenance:
        """Return it as it can be kept: one-line texts of bounded length, URLs without secrets, a safe file name."""
        texts: dict[str, Any] = {field.name: _one_line(getattr(self, field.name)) for field in _texts()}
        texts["key"] = self.key
        texts["file_name"] = safe_name(self.file_name)
        texts["retrieved"] = texts["retrieved"].replace("+00:00", "Z") or now()
        for name in ("source_url", "landing_page"):
            texts[name] = safe_url(texts[name]) if texts[name] else ""
        texts["notes"] = tuple(_one_line(note) for note in self.notes[:MAX_NOTES])
        cleaned = replace(self, **texts)
        try:
            _check(cleaned)
        except ValueError as error:
            raise SourceError(f"The data set “{cleaned.key}” cannot be kept in the cache: {error}.") from error
        return cleaned


def now() -> str:
    """Return this moment, as `retrieved` has it."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _texts() -> list[Any]:
    return [field for field in fields(Provenance) if field.name not in ("size", "notes")]


def _one_line(text: str) -> str:
    line = re.sub(r"\s+", " ", _CONTROL.sub(" ", text)).strip()
    return line if len(line) <= MAX_TEXT else line[: MAX_TEXT - 1] + "…"


def _read(cls: type[Provenance], text: str | bytes) -> Provenance:
    if len(text) > MAX_JSON:
        raise ValueError(f"it is longer than {MAX_JSON:,} characters")
    data = json.loads(text)
    if not isinstance(data, dict):
        raise ValueError("it is not a JSON object")
    if data.get("format") != FORMAT:
        raise ValueError(
            f"its format is {str(data.get('format'))[:20]!r}, not {FORMAT}; a newer Leachwatch may read it"
        )
    missing = [field.name for field in fields(cls) if field.name not in data and field.name != "notes"]
    if missing:
        raise ValueError(f"it lacks {', '.join(missing)}")
    notes = data.get("notes", [])
    if not isinstance(notes, list):
        raise ValueError("“notes” is not a list")
    known = {field.name: data[field.name] for field in fields(cls) if field.name != "notes"}
    provenance = cls(**known, notes=tuple(notes))
    _check(provenance)
    if not _SHA256.fullmatch(provenance.sha256):
        raise ValueError("“sha256” is not a SHA-256 checksum")
    return provenance


def _check(provenance: Provenance) -> None:
    for field in _texts():
        _check_text(field.name, getattr(provenance, field.name))
    if len(provenance.notes) > MAX_NOTES:
        raise ValueError(f"it has more than {MAX_NOTES} notes")
    for note in provenance.notes:
        _check_text("notes", note)
    size = provenance.size
    if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size <= MAX_SIZE:
        raise ValueError("“size” is not a number of bytes")
    if not is_key(provenance.key):
        raise ValueError("“key” is not the name of a data set")
    if provenance.file_name != safe_name(provenance.file_name):
        raise ValueError("“file_name” is not a plain file name")
    _check_moment(provenance.retrieved)
    for name in ("source_url", "landing_page"):
        url = getattr(provenance, name)
        if url and not url.startswith(("https://", "http://")):
            raise ValueError(f"“{name}” is not a web address")


def _check_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise ValueError(f"“{name}” is not text")
    if len(value) > MAX_TEXT:
        raise ValueError(f"“{name}” is longer than {MAX_TEXT:,} characters")
    if _CONTROL.search(value):
        raise ValueError(f"“{name}” holds control characters")


def _check_moment(text: str) -> None:
    if not _MOMENT.fullmatch(text):
        raise ValueError("“retrieved” is not a moment such as 2025-11-22T08:30:00Z")
    try:
        datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        raise ValueError("“retrieved” is no date of the calendar") from None
