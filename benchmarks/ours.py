"""Our algorithms, timed by their steps."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import running

START, END = 2020, 2024
FIRST, LAST = 2010, 2025

# What each step calls, as module, class ("" for none) and name. Time is counted in the innermost step that is running.
_STEPS = {
    "read": [
        ("processing.reading.tank_reader", "", "read_tanks"),
        ("processing.reading.unit_reader", "", "read_units"),
    ],
    "place": [("processing.reading.unit_reader", "", "place_tanks")],
    "link": [("analysis.sites.formation", "", "link")],
    "draw": [
        ("analysis.sites.drawing", "SiteFootprints", "of"),
        ("analysis.sites.drawing", "SiteFootprints", "on_earth"),
    ],
    "write": [("processing.writing.sinks", "SinkWriter", name) for name in ("polygons", "table")],
}


class Stopwatch:
    """Seconds by step; what no step accounts for is counted as tables."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys([*_STEPS, "tables"], 0.0)
        self._running = ["tables"]
        self._since = time.perf_counter()

    def timed(self, step: str, function: Callable) -> Callable:
        """Return the function, its time counted to the step."""

        def run(*arguments: Any, **named: Any) -> Any:
            self._turn(step)
            try:
                return function(*arguments, **named)
            finally:
                self._turn(None)

        return run

    def _turn(self, step: str | None) -> None:
        now = time.perf_counter()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now
        if step is None:
            self._running.pop()
        else:
            self._running.append(step)

    def watch(self) -> None:
        """Count the time of every step from now on."""
        for step, places in _STEPS.items():
            for module, owner, name in places:
                place = importlib.import_module(f"leachwatch.{module}")
                place = getattr(place, owner) if owner else place
                setattr(place, name, self.timed(step, getattr(place, name)))
        self.seconds = dict.fromkeys(self.seconds, 0.0)
        self._since = time.perf_counter()

    def stop(self) -> dict[str, float]:
        """Return the seconds of the steps that took any."""
        self._turn(None)
        return {step: seconds for step, seconds in self.seconds.items() if seconds}


def parameters(algorithm: str, tanks: str, units: str, folder: str) -> dict[str, Any]:
    """Return what an algorithm is run with: every layer and table of the job, no report."""
    if algorithm == "siteexpansion":
        outputs = {name: f"{folder}/{name.lower()}.gpkg" for name in ("SITES", "GROWTH", "LOSS", "SUMMARY")}
        return {"TANKS": tanks, "START_YEAR": START, "END_YEAR": END, **outputs}
    outputs = {name: f"{folder}/{name.lower()}.gpkg" for name in ("UNITS_OUT", "YEARLY")}
    return {"TANKS": tanks, "UNITS": units, "START_YEAR": FIRST, "END_YEAR": LAST, **outputs}


def run(algorithm: str, tanks: str, units: str, small_tanks: str, folder: str) -> None:
    """Run an algorithm on a few tanks, which brings in what it imports, and then on all, timed."""
    import processing

    for source in (small_tanks, tanks):
        Path(folder).mkdir(exist_ok=True)
        chosen = parameters(algorithm, source, units, folder)
        watch = Stopwatch()
        if source == tanks:
            watch.watch()
        timer = running.Timer()
        processing.run(f"leachwatch:{algorithm}", chosen)
    timer.report(watch.stop())
