"""Makes resources/sample from a fixed seed: ``python tools/make_sample.py [folder]``. Every tank in it is invented."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
__import__("conftest")  # registers the package ``leachwatch`` and takes the root off the path again

from leachwatch.tools.sample.build import build  # noqa: E402
from leachwatch.tools.sample.write import write  # noqa: E402


def main(folder: Path) -> None:
    """Write the sample into a folder and say what is in it."""
    sample = build()
    for path in write(sample, folder):
        print(f"{path.stat().st_size / 1e3:8.0f} kB  {path}")
    print(f"{len(sample.rows)} tanks, {len(sample.cells)} units, seen first in:")
    years = Counter(row["first_seen"].year if row["first_seen"] else "undated" for row in sample.rows)
    print("  " + ", ".join(f"{year}: {count}" for year, count in sorted(years.items(), key=str)))
    for name in ("unit_name", "status", "tank_type", "date_precision"):
        counts = Counter(str(row[name]) for row in sample.rows)
        print(f"{name}: " + ", ".join(f"{value} {count}" for value, count in counts.most_common()))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "sample")
