"""Answers for the hostile server: good ones, and one for each fault."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

from .hostile import Handler, Route

HTML = "text/html; charset=utf-8"
CAPTCHA = b"<!DOCTYPE html><html><head><title>Verify</title></head><body>Please solve the captcha</body></html>"
LOGIN = b"<html><head><title>MyUSGS : Login</title></head><body><input type='password'></body></html>"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"
XML_ERROR = b'<?xml version="1.0"?><ows:ExceptionReport><ows:Exception/></ows:ExceptionReport>'


def body(content: bytes, kind: str = "application/octet-stream", status: int = 200, **headers: str) -> Route:
    """Answer with a body, its headers given as ``Retry_After="1"``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.send(status, content, {"Content-Type": kind, **named})


def as_json(value: Any) -> Route:
    return body(json.dumps(value).encode(), "application/json")


def html(content: bytes = CAPTCHA, status: int = 200) -> Route:
    return body(content, HTML, status)


def redirect(target: str, status: int = 302) -> Route:
    return lambda handler: handler.send(status, b"", {"Location": target})


def ranged(content: bytes, drop_at: int | None = None, etag: str = '"one"') -> Route:
    """Serve ranges as a good server does; a whole answer breaks off after ``drop_at`` bytes where that is given."""

    def answer(handler: Handler) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        headers = {"ETag": etag, "Accept-Ranges": "bytes"}
        if wanted and handler.headers.get("If-Range", etag) == etag:
            start = int(wanted[1])
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            handler.send(206, content[start:], headers)
        else:
            handler.send(200, content[:drop_at], headers, len(content))

    return answer


def wrong_length(content: bytes, claimed: int) -> Route:
    """Claim another Content-Length than the body has, then hang up."""
    return lambda handler: handler.send(200, content, length=claimed)


def other_range(content: bytes, start: int, kind: str = "application/octet-stream") -> Route:
    """Answer 206 with a range that nobody asked for."""
    span = f"bytes {start}-{start + len(content) - 1}/{start + len(content)}"
    return body(content, kind, 206, Content_Range=span)


def stall(before: bytes = b"") -> Route:
    """Send these raw bytes (none: not even a status line), then nothing until the server ends."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(before)
        handler.stopped.wait()

    return answer


def head(length: int | None = None, kind: str = "application/octet-stream") -> bytes:
    """Return the raw head of an answer, for ``stall`` and ``drip``."""
    claimed = "" if length is None else f"Content-Length: {length}\r\n"
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{claimed}Connection: close\r\n\r\n".encode()


def drip(start: bytes, byte: bytes = b"x", every: float = 0.05) -> Route:
    """Send these raw bytes, then one more every so many seconds, for ever."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(start)
        while not handler.stopped.wait(every):
            handler.wfile.write(byte)

    return answer


def endless(start: bytes = head(), block: bytes = b"x" * 65536) -> Route:
    """Send without end: a body, or headers where ``start`` and ``block`` say so."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(start)
        while not handler.stopped.is_set():
            handler.wfile.write(block)

    return answer


def gzip_bomb(size: int = 50_000_000) -> Route:
    """Send some kilobytes that unpack to ``size`` bytes."""
    packed = gzip.compress(b"0" * size, 9)
    return body(packed, Content_Encoding="gzip")


def hang_up(handler: Handler) -> None:
    """Close the connection without a word."""


def raw(content: bytes) -> Route:
    """Send these bytes, head and all, and hang up."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(content)

    return answer
