"""The parts of a shapefile: which are there, and whether they are whole."""

from __future__ import annotations

from pathlib import Path

from ..errors import SourceError

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def parts(file: Path) -> dict[str, Path]:
    """Return suffix → path of a shapefile's parts that are there, whatever the case of their endings."""
    found = {".shp": file}
    stem = file.stem.casefold()
    for path in sorted(file.parent.iterdir()):
        suffix = path.suffix.casefold()
        if suffix in PARTS and suffix not in found and path.stem.casefold() == stem and path.is_file():
            found[suffix] = path
    return found


def check(file: Path) -> list[str]:
    """Return notes on parts that are missing. Raises SourceError for a .shp that is shorter than it says."""
    with file.open("rb") as opened:
        header = opened.read(100)
        size = opened.seek(0, 2)
    stated = int.from_bytes(header[24:28], "big") * 2
    if size < max(stated, 100):
        raise SourceError(
            f"{file.name} is cut off: it has {size:,} bytes of the {stated:,} that it should have. Get the file again."
        )
    found, notes = parts(file), []
    if ".shx" not in found:
        notes.append(f"{file.name} has no .shx file beside it; the order of its records was found in the .shp itself.")
    if ".dbf" not in found:
        notes.append(f"{file.name} has no .dbf file beside it: its places were read, but there are no columns.")
    return notes


def encoding_is_a_guess(file: Path) -> bool:
    """Return whether a shapefile does not say its encoding: then its bytes are read as they are, and told by sight."""
    found = parts(file)
    if ".dbf" not in found or ".cpg" in found:
        return False
    with found[".dbf"].open("rb") as opened:
        language = opened.read(30)[29:30]
    return language in (b"\x00", b"\x03", b"\x57")
