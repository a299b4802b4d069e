"""Compares our algorithms with QGIS's own toolbox and with a plain geopandas script, on the same tanks in one run.

Usage: python benchmarks/bench.py [NUMBER …] [--no-chain-above N] [--timeout SECONDS] (default: 10000 100000 1000000).
Each run is a process of its own, so that its memory is its own. Times are of the work, reading and writing included,
imports left out; the faster of two runs up to 100,000 tanks, of one run above.

The jobs: siteexpansion from 2020 to 2024 with the layers of sites, growth and loss and the summary; townshipsummary
from 2010 to 2025 with units and the table by year. QGIS's chain (toolbox.py) makes less of both: no names of sites,
dates, shifts, merged groups, types or notes. "Least" is far less than the job: groups of one moment, hulls, counts.
The last table, of the largest number, says how long the docks keep QGIS's window waiting (docks.py).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import docks
import invented
import limits
from running import Measured, in_own_process

JOBS = ("siteexpansion", "townshipsummary")
_SMALL = 500
_TWICE_UP_TO = 100_000


def main() -> None:
    """Measure each number of tanks and print the tables."""
    asked = _arguments()
    before: dict[str, tuple[int, Measured]] = {}
    for number in asked.numbers:
        with tempfile.TemporaryDirectory() as folder:
            tanks, units, small = (f"{folder}/{name}.gpkg" for name in ("tanks", "units", "small"))
            invented.write_tanks(tanks, number)
            invented.write_tanks(small, _SMALL)
            invented.write_units(units, number)
            print(f"\n{number:,} tanks")
            for job in JOBS:
                found = _measure(job, number, (tanks, units, small, folder), asked)
                _print(job, found)
                _print_growth(job, number, found["ours"], before)
            for name, seconds in limits.limits(tanks, number).items():
                print(f"  {'limit: ' + name:44}{seconds:9.2f} s")
    docks.show(max(asked.numbers))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument(
        "--no-chain-above", type=int, default=1_000_000, metavar="N", help="leave QGIS's chains out above"
    )
    parser.add_argument("--timeout", type=float, default=3_600, metavar="SECONDS", help="of one run; then: not run")
    return parser.parse_args()


def _measure(
    job: str, number: int, files: tuple[str, str, str, str], asked: argparse.Namespace
) -> dict[str, Measured | None]:
    tanks, units, small, folder = files
    options = {"times": 2 if number <= _TWICE_UP_TO else 1, "timeout": asked.timeout}

    def qgis(way: str, what: str) -> Measured | None:
        return in_own_process("in_qgis.py", way, what, tanks, units, small, f"{folder}/{way}", **options)

    found: dict[str, Measured | None] = {"ours": qgis("ours", job)}
    chains = number <= asked.no_chain_above
    found["QGIS's chain"] = qgis("toolbox", job) if chains else None
    found["QGIS's chain, least"] = qgis("toolbox", f"least {job}") if chains else None
    found["geopandas script"] = in_own_process(
        "plain_geopandas.py", job, tanks, units, f"{folder}/geopandas", **options
    )
    return found


def _print(job: str, found: dict[str, Measured | None]) -> None:
    ours = found["ours"]
    for way, measured in found.items():
        name = f"  {job + ', ' + way:44}"
        if measured is None or ours is None:
            print(f"{name}  not run")
            continue
        ratio = "" if way == "ours" else f"{measured.seconds / ours.seconds:8.1f} × ours"
        spent = f"{measured.seconds:9.2f} s{measured.processor:9.2f} s of processors{measured.megabytes:8,.0f} MB"
        print(f"{name}{spent}{ratio}")
        steps = sorted(measured.steps.items(), key=lambda step: -step[1])
        if steps:
            print("      " + ", ".join(f"{step} {seconds:.2f}" for step, seconds in steps), flush=True)


def _print_growth(job: str, number: int, ours: Measured | None, before: dict[str, tuple[int, Measured]]) -> None:
    if ours is None:
        return
    if job in before:
        fewer, then = before[job]
        print(f"  {job + ', ours':44}{ours.seconds / then.seconds:9.1f} × the time of {fewer:,} tanks")
    before[job] = (number, ours)


if __name__ == "__main__":
    main()
