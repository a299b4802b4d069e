"""Compares the algorithms with QGIS's own toolbox chain, on the same tanks in the same run; prints ratios.

Usage: python benchmarks/bench.py [NUMBER …]. Times are of the algorithms themselves, reading and writing included.
QGIS's chain groups the tanks of one moment (DBSCAN), draws a hull a group and counts statuses a group; ours compares
two years, draws two footprints a site, and counts more.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(Path(__file__).resolve().parent))

import tanks  # noqa: E402


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


def timed(algorithm: str, parameters: dict) -> float:
    """Run an algorithm twice and return the seconds of the faster run: on a busy machine the slower one tells less."""
    import processing

    seconds = []
    for _ in range(2):
        begin = time.perf_counter()
        processing.run(algorithm, parameters)
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def chain(source: str, folder: str) -> dict[str, float]:
    """Return the seconds of QGIS's own steps."""
    clusters = f"{folder}/clusters.gpkg"
    return {
        "native:dbscanclustering": timed(
            "native:dbscanclustering", {"INPUT": source, "MIN_SIZE": 1, "EPS": 150, "OUTPUT": clusters}
        ),
        "qgis:minimumboundinggeometry": timed(
            "qgis:minimumboundinggeometry",
            {"INPUT": clusters, "FIELD": "CLUSTER_ID", "TYPE": 3, "OUTPUT": f"{folder}/hulls.gpkg"},
        ),
        "qgis:statisticsbycategories": timed(
            "qgis:statisticsbycategories",
            {
                "INPUT": clusters,
                "VALUES_FIELD_NAME": "diameter_m",
                "CATEGORIES_FIELD_NAME": ["CLUSTER_ID", "status"],
                "OUTPUT": f"{folder}/statistics.gpkg",
            },
        ),
    }


def ours(source: str, folder: str) -> dict[str, float]:
    """Return the seconds of our algorithms; the first run of each pays for imports and is not shown."""
    years = {"TANKS": source, "START_YEAR": 2020, "END_YEAR": 2024}
    sites = {**years, "SITES": f"{folder}/sites.gpkg", "SUMMARY": f"{folder}/summary.gpkg"}
    everything = {**sites, "GROWTH": f"{folder}/growth.gpkg", "LOSS": f"{folder}/loss.gpkg"}
    return {
        "leachwatch:siteexpansion": timed("leachwatch:siteexpansion", sites),
        "leachwatch:siteexpansion, with growth and loss": timed("leachwatch:siteexpansion", everything),
        "leachwatch:detectsites": timed(
            "leachwatch:detectsites", {"TANKS": source, "SITES": f"{folder}/detected.gpkg"}
        ),
    }


def measure(number: int) -> None:
    """Measure one number of tanks and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        source = f"{folder}/tanks.gpkg"
        tanks.write(source, number)
        theirs = chain(source, folder)
        own = ours(source, folder)
    total = sum(theirs.values())
    print(f"\n{number:,} tanks")
    for name, seconds in [*theirs.items(), ("QGIS's chain", total), *own.items()]:
        ratio = f"{total / seconds:6.1f} × as fast as the chain" if name in own else ""
        print(f"  {name:50}{seconds:8.2f} s  {ratio}")
    print(f"  peak memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def main(numbers: list[int]) -> None:
    """Measure each number of tanks."""
    from qgis.core import Qgis, QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    provider = register()  # noqa: F841
    print(f"QGIS {Qgis.version()}; times are seconds of the algorithm, reading and writing included")
    with tempfile.TemporaryDirectory() as folder:
        tanks.write(f"{folder}/tanks.gpkg", 500)
        ours(f"{folder}/tanks.gpkg", folder)
    for number in numbers:
        measure(number)
    application.exitQgis()


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]] or [10_000, 100_000])
