"""Names that every file system takes, Windows among them."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 64  # leaves room for the folder within Windows's 260 characters
_MAX_SUFFIX = 24
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]')
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def safe_name(name: str) -> str:
    """Return the last part of a name, such that it can be written anywhere. The suffix stays: readers go by it."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    safe = _FORBIDDEN.sub("_", last).strip().rstrip(". ")
    if not safe or safe.startswith("."):
        safe = f"file{safe}"
    if _RESERVED.fullmatch(safe.partition(".")[0].rstrip()):
        safe = f"_{safe}"
    return _shortened(safe)


def is_key(text: str) -> bool:
    """Say whether a text can be the key of a data set, which is the name of a folder."""
    return bool(_KEY.fullmatch(text)) and safe_name(text[:MAX_NAME]) == text[:MAX_NAME] and not text.endswith(".")


def _shortened(name: str) -> str:
    if len(name) <= MAX_NAME:
        return name
    stem, suffix = name, ""
    while (parts := stem.rpartition("."))[0] and len(parts[2]) + 1 + len(suffix) <= _MAX_SUFFIX:
        stem, suffix = parts[0], f".{parts[2]}{suffix}"
    return stem[: MAX_NAME - len(suffix)].rstrip(". ") + suffix
