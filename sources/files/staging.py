"""Links in a folder of our own, so that GDAL sees a file under the name that its driver expects, and no file else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from . import kinds
from .kinds import Kind
from .shapefiles import parts


def staged(file: Path, kind: Kind, folder: Path) -> Path:
    """Return the path to open: the file's own, or a link in the folder where its name would mislead GDAL.

    A shapefile that lacks its index is linked too: GDAL writes a new index beside what it opens, and the user's folder
    is not ours to write in. So is one whose parts differ in case.
    """
    if kind is kinds.SHAPEFILE:
        found = parts(file)
        if ".shx" in found and all(path == file.with_suffix(suffix) for suffix, path in found.items()):
            return file
    elif file.suffix.casefold() in kind.suffixes or kind in (kinds.TEXT, kinds.KML):
        return file
    else:
        found = {kind.suffixes[0]: file}
    target = folder / f"{file.name} as"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{file.name} as {number}"
    target.mkdir(parents=True)
    for suffix, path in found.items():
        _link(path, target / f"{file.stem}{suffix}")
    return target / f"{file.stem}{kind.suffixes[0]}"


def _link(original: Path, target: Path) -> None:
    """Link, or copy where the system or the disk allows no link."""
    try:
        os.symlink(original, target, target_is_directory=original.is_dir())
    except OSError:
        if original.is_dir():
            shutil.copytree(original, target)
            return
        try:
            os.link(original, target)
        except OSError:
            shutil.copyfile(original, target)
