"""The least that any way must do: read the bytes, and sort the points."""

from __future__ import annotations

import time
from pathlib import Path

import invented
import numpy as np


def limits(tanks: str, number: int) -> dict[str, float]:
    """Return the seconds of reading the file's bytes, and of sorting the points by place."""
    begin = time.perf_counter()
    Path(tanks).read_bytes()
    read = time.perf_counter() - begin
    east, north = invented.positions(number)
    begin = time.perf_counter()
    np.lexsort((north, east))
    return {"reading the bytes": read, "sorting the points": time.perf_counter() - begin}
