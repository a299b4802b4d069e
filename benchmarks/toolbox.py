"""QGIS's own toolbox for the same jobs, by the fastest of the ways tried, step by step.

Tried for a footprint a site, on 100,000 tanks: to collect a cluster's points and buffer them at once is the fastest
(native:collect, native:buffer). To buffer every tank and dissolve by cluster takes longer; so does ST_Buffer of
ST_Collect by query (qgis:executesql); and a query that joins the footprints of two years for ST_Difference does not end
within minutes, as it has no index: native:difference is faster. Dates are compared as text: year(…) takes four times as
long. What lies between the first step and the last is in memory.
"""

from __future__ import annotations

import time
from typing import Any

import ours
import running

LINK, MIN_TANKS, PADDING = 150, 4, 15


class Chain:
    """Runs algorithms one after another, and keeps the seconds of each."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def __call__(
        self, algorithm: str, source: Any, output: str | None = "TEMPORARY_OUTPUT", wanted: str = "OUTPUT", **named: Any
    ) -> Any:
        """Run an algorithm on a source, and return the output that is ``wanted``."""
        import processing

        begin = time.perf_counter()
        result = processing.run(algorithm, {"INPUT": source, "OUTPUT": output, **named})[wanted]
        name = algorithm.partition(":")[2]
        self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - begin
        return result


def standing(year: int) -> str:
    """Return the expression for tanks that stand at the end of a year."""
    last = f"{year}-12-31"
    return f"""("first_seen" <= '{last}' AND ("gone_by" IS NULL OR "gone_by" > '{last}'))"""


def _clusters(chain: Chain, tanks: Any) -> Any:
    return chain("native:dbscanclustering", tanks, MIN_SIZE=1, EPS=LINK)


def _in_sites(chain: Chain, clusters: Any, year: int) -> Any:
    expression = f'"CLUSTER_SIZE" >= {MIN_TANKS} AND {standing(year)}'
    return chain("native:extractbyexpression", clusters, EXPRESSION=expression)


def _footprints(chain: Chain, tanks: Any, name: str) -> Any:
    collected = chain("native:collect", tanks, FIELD=["CLUSTER_ID"])
    drawn = chain("native:buffer", collected, DISTANCE=PADDING, SEGMENTS=4, DISSOLVE=False)
    return _with_area(chain, drawn, name)


def _with_area(chain: Chain, polygons: Any, name: str, output: str = "TEMPORARY_OUTPUT") -> Any:
    formula = "area($geometry) / 10000"
    return chain("native:fieldcalculator", polygons, output, FIELD_NAME=name, FIELD_TYPE=0, FORMULA=formula)


def _counts(chain: Chain, source: Any, value: str, by: list[str], output: str = "TEMPORARY_OUTPUT") -> Any:
    return chain("qgis:statisticsbycategories", source, output, VALUES_FIELD_NAME=value, CATEGORIES_FIELD_NAME=by)


def _joined(chain: Chain, one: Any, other: Any, column: str, prefix: str = "") -> Any:
    return chain(
        "native:joinattributestable",
        one,
        FIELD="CLUSTER_ID",
        INPUT_2=other,
        FIELD_2="CLUSTER_ID",
        FIELDS_TO_COPY=[column],
        METHOD=1,
        DISCARD_NONMATCHING=False,
        PREFIX=prefix,
    )


def siteexpansion(tanks: str, units: str, folder: str) -> dict[str, float]:
    """Sites with their tanks and ground in both years, gained and given up, their class; tanks by status in both."""
    chain = Chain()
    either = f"{standing(ours.START)} OR {standing(ours.END)}"
    clusters = _clusters(chain, chain("native:extractbyexpression", tanks, EXPRESSION=either))
    drawn, counted = {}, {}
    for year in (ours.START, ours.END):
        members = _in_sites(chain, clusters, year)
        _counts(chain, members, "diameter_m", ["CLUSTER_ID", "status"], f"{folder}/statuses_{year}.gpkg")
        counted[year] = _counts(chain, members, "diameter_m", ["CLUSTER_ID"])
        drawn[year] = _footprints(chain, members, f"ha_{year}")
    # Every site once: those that stand at the end, and those that are gone by then.
    gone = chain(
        "native:joinattributestable",
        drawn[ours.START],
        FIELD="CLUSTER_ID",
        INPUT_2=drawn[ours.END],
        FIELD_2="CLUSTER_ID",
        METHOD=1,
        NON_MATCHING="TEMPORARY_OUTPUT",
        output=None,
        wanted="NON_MATCHING",
    )
    sites = chain("native:mergevectorlayers", None, LAYERS=[drawn[ours.END], gone])
    sites = _joined(chain, sites, drawn[ours.START], f"ha_{ours.START}", "start_")
    for year in (ours.START, ours.END):
        sites = _joined(chain, sites, counted[year], "count", f"tanks_{year}_")
    for name, (one, other) in {"gain": (ours.END, ours.START), "loss": (ours.START, ours.END)}.items():
        ground = chain("native:difference", drawn[one], OVERLAY=drawn[other])
        ground = _with_area(chain, ground, f"ha_{name}", f"{folder}/{name}.gpkg")
        sites = _joined(chain, sites, ground, f"ha_{name}")
    start, end = (f'coalesce("tanks_{year}_count", 0)' for year in (ours.START, ours.END))
    word = f"CASE WHEN {start} = 0 THEN 'new' WHEN {end} = 0 THEN 'gone' WHEN {end} > {start} THEN 'expanded' "
    word += f"WHEN {end} < {start} THEN 'contracted' ELSE 'stable' END"
    chain("native:fieldcalculator", sites, f"{folder}/sites.gpkg", FIELD_NAME="class", FIELD_TYPE=2, FORMULA=word)
    return chain.seconds


def townshipsummary(tanks: str, units: str, folder: str) -> dict[str, float]:
    """Year by year: tanks of each unit by status, its sites, and the ground that they cover."""
    chain = Chain()
    placed = chain("native:joinattributesbylocation", tanks, PREDICATE=[0], JOIN=units, JOIN_FIELDS=[], METHOD=1)
    clusters = _clusters(chain, placed)
    for year in range(ours.FIRST, ours.LAST + 1):
        there = chain("native:extractbyexpression", clusters, EXPRESSION=standing(year))
        _counts(chain, there, "diameter_m", ["unit_code", "status"], f"{folder}/statuses_{year}.gpkg")
        members = chain("native:extractbyexpression", there, EXPRESSION=f'"CLUSTER_SIZE" >= {MIN_TANKS}')
        # Collecting keeps the unit of each cluster's first tank: its footprint is counted there.
        sites = _footprints(chain, members, "ha")
        _counts(chain, sites, "ha", ["unit_code"], f"{folder}/sites_{year}.gpkg")
    return chain.seconds


def least_siteexpansion(tanks: str, units: str, folder: str) -> dict[str, float]:
    """Much less than the job: groups of all tanks at one moment, a hull each, counts by status."""
    chain = Chain()
    clusters = _clusters(chain, tanks)
    hulls = f"{folder}/hulls.gpkg"
    chain("qgis:minimumboundinggeometry", clusters, hulls, FIELD="CLUSTER_ID", TYPE=3)
    _counts(chain, clusters, "diameter_m", ["CLUSTER_ID", "status"], f"{folder}/statuses.gpkg")
    return chain.seconds


def least_townshipsummary(tanks: str, units: str, folder: str) -> dict[str, float]:
    """Much less than the job: tanks by unit, date of first image and status; no standing, no sites, no ground."""
    chain = Chain()
    placed = chain("native:joinattributesbylocation", tanks, PREDICATE=[0], JOIN=units, JOIN_FIELDS=[], METHOD=1)
    _counts(chain, placed, "diameter_m", ["unit_code", "first_seen", "status"], f"{folder}/statuses.gpkg")
    return chain.seconds


def run(job: str, tanks: str, units: str, small_tanks: str, folder: str) -> None:
    """Run a chain on a few tanks, and then on all, timed."""
    work = {
        "siteexpansion": siteexpansion,
        "townshipsummary": townshipsummary,
        "least siteexpansion": least_siteexpansion,
        "least townshipsummary": least_townshipsummary,
    }[job]
    work(small_tanks, units, folder)
    timer = running.Timer()
    timer.report(work(tanks, units, folder))
