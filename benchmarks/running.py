"""What the benchmarks share: QGIS made ready, a task run in a process of its own, and the peak of its memory."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent


class Measured(NamedTuple):
    """Seconds of the work itself (imports left out) by the clock and of all processors together, megabytes at the peak,
    and the seconds of its steps."""

    seconds: float
    processor: float
    megabytes: float
    steps: dict[str, float]


def register() -> object:
    """Make the checkout importable as ``leachwatch``, and QGIS's toolbox ready."""
    spec = importlib.util.spec_from_file_location("conftest", ROOT / "conftest.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    from qgis.core import QgsApplication

    sys.path.append(os.path.join(QgsApplication.pkgDataPath(), "python", "plugins"))
    from processing.core.Processing import Processing

    Processing.initialize()
    from leachwatch.processing.provider import LeachwatchProvider

    provider = LeachwatchProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    return provider  # QGIS does not keep a provider of Python's alive


def peak_megabytes() -> float:
    """Return the peak of this process alone; getrusage would count its parent's memory at the fork too."""
    with open("/proc/self/status", encoding="ascii") as stream:
        return next(int(line.split()[1]) / 1024 for line in stream if line.startswith("VmHWM"))


def in_own_process(script: str, *arguments: str, times: int = 1, timeout: float | None = None) -> Measured | None:
    """Run ``script --run …`` so many times and return the fastest; None where it took longer than ``timeout`` seconds.

    The script prints a line of JSON at its end, by ``Timer.report``.
    """
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name(script)), "--run", *arguments]
    found = []
    for _ in range(times):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
        found.append(Measured(**json.loads(done.stdout.splitlines()[-1])))
    return min(found)


class Timer:
    """The time since it was made."""

    def __init__(self) -> None:
        self._since = time.perf_counter(), time.process_time()

    def report(self, steps: dict[str, float]) -> None:
        """Print what ``in_own_process`` reads."""
        seconds, processor = time.perf_counter() - self._since[0], time.process_time() - self._since[1]
        measured = Measured(seconds, processor, peak_megabytes(), steps)
        print(json.dumps(measured._asdict()), flush=True)
