"""Runs one job in QGIS, in a process of its own: ours, or the toolbox's.

Usage: python benchmarks/in_qgis.py --run ours|toolbox JOB TANKS UNITS SMALL_TANKS FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import ours
import running
import toolbox


def main() -> None:
    """Start QGIS and run the job, timed."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    provider = running.register()  # noqa: F841
    way, job, *files, folder = sys.argv[2:]
    Path(folder).mkdir(exist_ok=True)
    {"ours": ours, "toolbox": toolbox}[way].run(job, *files, folder)
    application.exitQgis()


if __name__ == "__main__":
    main()
