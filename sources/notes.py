"""Two kinds of notes: warnings are plain text, what merely informs is marked."""

from __future__ import annotations


class Information(str):
    """A note that says what was done as it should be: nothing to look into."""

    __slots__ = ()
