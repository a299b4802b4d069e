"""Compares loading a file with QGIS's own copying of it (native:savefeatures); prints ratios and peak memory.

A CSV is copied by QGIS in both of its ways: as points (a delimited text layer), which is what loading gives, and as a
table without places, which needs no spatial index.

Usage: python benchmarks/loading.py [NUMBER …] (default: 100000 1000000). Each run is a process of its own, so that its
memory is its own; times are of the algorithm, reading and writing included, imports left out.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

HEADER = ["FeatureUID", "Country", "ADM1", "FeatureTyp", "LocOpStat", "Latitude", "Longitude", "Diameter", "ImgDate"]
# The first of these sees each tank once, the other four times.
SHAPES = {"tanks": 1, "observations": 4}


def write_csv(path: str, number: int, observations: int) -> None:
    """Write rows as USGS might give them: digitised site by site, once or on several dates."""
    random = np.random.default_rng(7)
    tanks = number // observations
    centres = random.uniform([97.5, 24.5], [98.9, 27.0], (max(tanks // 12, 1), 2))
    site = np.sort(random.integers(len(centres), size=tanks))
    place = centres[site] + random.normal(0, 0.0008, (tanks, 2))
    row = np.tile(np.arange(tanks), observations)
    year = 2010 + np.repeat(np.arange(observations), tanks) * 4 + random.integers(0, 4, number)
    columns = [
        np.char.add("BUR", row.astype(str)),
        np.full(number, "Burma"),
        random.choice(["Kachin", "Shan"], number),
        random.choice(["Leachate collection tank", "Precipitation tank"], number),
        random.choice(["Assumed Active", "Inactive", "<null>"], number),
        np.round(place[row, 1], 6),
        np.round(place[row, 0], 6),
        np.round(random.uniform(3, 20, tanks), 1)[row],
        np.char.add(year.astype(str), random.choice(["-03-14", "-11-02", "-12-30"], number)),
    ]
    with open(path, "w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows(zip(*(column.tolist() for column in columns)))


def run(algorithm: str, source: str, target: str) -> None:
    """Run one algorithm (in a process of its own) and print its seconds and the peak of memory in MB."""
    import running
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    provider = running.register()  # noqa: F841
    import geopandas  # noqa: F401
    import scipy.spatial  # noqa: F401

    import processing

    begin = time.perf_counter()
    processing.run(algorithm, {"INPUT": source, "OUTPUT": target})
    print(time.perf_counter() - begin, running.peak_megabytes())
    application.exitQgis()


def measured(algorithm: str, source: str, folder: str) -> tuple[float, float]:
    """Return seconds and megabytes of one algorithm on one file."""
    target = str(Path(folder) / f"{algorithm.partition(':')[2]}.gpkg")
    command = [sys.executable, __file__, "--run", algorithm, source, target]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    Path(target).unlink()
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def as_geopackage(source: str, target: str) -> None:
    """Write a CSV with coordinates as a GeoPackage of points."""
    from osgeo import gdal

    opened = gdal.OpenEx(source, open_options=["X_POSSIBLE_NAMES=Longitude", "Y_POSSIBLE_NAMES=Latitude"])
    gdal.VectorTranslate(target, opened, format="GPKG", dstSRS="EPSG:4326", srcSRS="EPSG:4326")


def layers(file: str) -> dict[str, str]:
    """Return the ways in which QGIS opens a file."""
    if file.endswith(".gpkg"):
        return {"gpkg": file}
    points = f"delimitedtext://file://{file}?type=csv&xField=Longitude&yField=Latitude&crs=EPSG:4326&detectTypes=no"
    return {"csv, points": points, "csv, table": file}


def main(numbers: list[int]) -> None:
    """Measure each number of rows, in both shapes, as CSV and as GeoPackage."""
    print(f"{'rows':>10} {'shape':14}{'file':14}{'savefeatures':>20}{'loadusgstanks':>20}   ratio")
    for number in numbers:
        for shape, observations in SHAPES.items():
            with tempfile.TemporaryDirectory() as folder:
                files = [f"{folder}/{shape}.csv", f"{folder}/{shape}.gpkg"]
                write_csv(files[0], number, observations)
                as_geopackage(*files)
                for file in files:
                    ours = measured("leachwatch:loadusgstanks", file, folder)
                    for kind, source in layers(file).items():
                        theirs = measured("native:savefeatures", source, folder)
                        print(
                            f"{number:>10,} {shape:14}{kind:14}"
                            f"{theirs[0]:9.1f} s {theirs[1]:6,.0f} MB{ours[0]:9.1f} s {ours[1]:6,.0f} MB"
                            f"{ours[0] / theirs[0]:6.1f} ×",
                            flush=True,
                        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(*sys.argv[2:])
    else:
        main([int(number) for number in sys.argv[1:]] or [100_000, 1_000_000])
