"""Tooltips that show what a layer says as it stands: Qt takes text with tags in it for HTML."""

from __future__ import annotations

from html import escape


def plain(text: str) -> str:
    """Return a tooltip that shows this text letter by letter, with its line breaks."""
    return "<qt>{}</qt>".format(escape(text).replace("\n", "<br>"))
