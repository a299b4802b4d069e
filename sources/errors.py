"""The one error that sources raise for a user to read."""

from __future__ import annotations


class SourceError(Exception):
    """A file or source cannot be used. The message says what, where and what to do, and is shown as it is."""


class CrsMissing(SourceError):
    """The file states no CRS and its coordinates are not plainly degrees: the user must say which one it is."""
