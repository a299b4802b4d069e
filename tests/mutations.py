"""Ways to damage a file: flipped bits, cuts, repeats, swapped blocks, and pieces that trip readers."""

from __future__ import annotations

import base64
import zlib

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

PIECES = [
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x7f\xff\xff\xff", b"\xff" * 8, b"PK\x03\x04",
    b'"', b"'", b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\\", b" " * 50, "ချီဖွေ".encode(), "\u202e".encode(),
    b"{", b"}", b"[", b"[" * 300, b"]", b"<", b"</", b">", b"&x;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"-", b"9" * 400, b"1e400", b"-1e-400", b"nan", b"inf", b"null", b"2021-02-30", b"31/12/9999", b"4326",
    b"POINT (1 2)", b"SRID=0;",
]  # fmt: skip
_POSITION = st.integers(0, 2**24)
_STEP = st.one_of(
    st.tuples(st.just("flip"), _POSITION, st.integers(0, 7)),
    st.tuples(st.just("set"), _POSITION, st.integers(0, 255)),
    st.tuples(st.just("insert"), _POSITION, st.sampled_from(PIECES)),
    st.tuples(st.just("cut"), _POSITION, st.integers(1, 200)),
    st.tuples(st.just("double"), _POSITION, st.integers(1, 200)),
    st.tuples(st.just("swap"), _POSITION, st.integers(1, 60)),
    st.tuples(st.just("end"), _POSITION, st.just(0)),
)
STEPS = st.lists(_STEP, min_size=1, max_size=6)


def damage(data: bytes, steps: list[tuple[str, int, object]]) -> bytes:
    """Return bytes after these steps."""
    for what, position, extra in steps:
        at = position % max(len(data), 1)
        data = _DAMAGE[what](data, at, extra)
    return data


def _swap(data: bytes, at: int, size: int) -> bytes:
    return data[:at] + data[at + size : at + 2 * size] + data[at : at + size] + data[at + 2 * size :]


_DAMAGE = {
    "flip": lambda data, at, bit: data[:at] + bytes(byte ^ (1 << bit) for byte in data[at : at + 1]) + data[at + 1 :],
    "set": lambda data, at, value: data[:at] + bytes([value]) + data[at + 1 :],
    "insert": lambda data, at, piece: data[:at] + piece + data[at:],
    "cut": lambda data, at, size: data[:at] + data[at + size :],
    "double": lambda data, at, size: data[: at + size] + data[at:],
    "swap": _swap,
    "end": lambda data, at, _: data[:at],
}


def thorough(examples: int) -> settings:
    """Return settings for so many examples, the same ones in every run."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def packed(data: bytes) -> str:
    """Return bytes as a text from which they can be had again: zlib.decompress(base64.b64decode(…))."""
    return base64.b64encode(zlib.compress(data, 9)).decode()
