"""Work on batches side by side: numpy, shapely and PROJ let other threads run meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from .progress import Progress, silent

Result = TypeVar("Result")
_MOST = 4


def in_threads(work: Callable[[int], Result], batches: int, progress: Progress = silent) -> Iterator[Result]:
    """Yield ``work(0)``, ``work(1)`` … in order. Where progress raises, batches not yet begun are dropped."""
    pool = ThreadPoolExecutor(min(_MOST, os.cpu_count() or 1))
    try:
        for done, result in enumerate(pool.map(work, range(batches)), start=1):
            progress(done / batches)
            yield result
    finally:
        pool.shutdown(cancel_futures=True)
