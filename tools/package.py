"""Builds the zip that QGIS installs: build/leachwatch.zip, one folder named leachwatch, only what runs.

The same commit gives the same bytes.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "leachwatch"
SHIPPED = (
    "__init__.py",
    "plugin.py",
    "expressions.py",
    "settings.py",
    "translation.py",
    "metadata.txt",
    "LICENSE",
    "README.md",
    "CHANGELOG.md",
    "analysis",
    "sources",
    "processing",
    "ui",
    "resources",
)
_EPOCH = (2020, 1, 1, 0, 0, 0)


def shipped_files() -> list[Path]:
    """Return the files of the shipped folders that git does not ignore, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *SHIPPED],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return sorted(Path(name) for name in listed.split("\0") if name)


def build(target: Path) -> Path:
    """Write the zip and return its path."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in shipped_files():
            entry = zipfile.ZipInfo(f"{PACKAGE}/{path.as_posix()}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (ROOT / path).read_bytes())
    return target


if __name__ == "__main__":
    made = build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / f"{PACKAGE}.zip")
    print(f"{made.relative_to(ROOT) if made.is_relative_to(ROOT) else made}: {made.stat().st_size / 1e6:.1f} MB")
