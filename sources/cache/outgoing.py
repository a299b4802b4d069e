"""Writing data sets to a folder that carries them: <folder>/leachwatch-data/<key>/<copy>/{<file>, provenance.json}."""

from __future__ import annotations

import contextlib
from pathlib import Path

from ..errors import SourceError
from ..provenance import Provenance
from . import files, incoming
from .faults import CacheDamaged, megabytes, unwritable
from .files import Digest, IsCancelled, Told
from .incoming import README, RECORD, SUMS
from .store import Entry

_ANOTHER = "choose another folder to write to"


def begin(root: Path) -> None:
    """Make the folder. Its list of checksums goes until `finish` makes it anew."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        files.remove(root / SUMS)
    except OSError as error:
        raise unwritable(root.parent, error, 0, _ANOTHER) from error


def write(entry: Entry, root: Path, is_cancelled: IsCancelled, told: Told) -> None:
    """Write one data set, the record last. CacheDamaged where its content changed, CacheUnwritable, Cancelled."""
    known = entry.provenance
    place = root / known.key / f"{known.stamp}-{known.sha256[:8]}"
    unfinished = place / f"{known.file_name}.part"
    if not files.is_within(place, root):
        raise SourceError(f"{place} is behind a link. Remove it, or {_ANOTHER}.")
    with files.opened(entry.path) as source:
        try:
            place.mkdir(parents=True, exist_ok=True)
            found = files.copy(source, unfinished, entry.path, is_cancelled, told)
            if found != Digest(known.size, known.sha256):
                raise CacheDamaged(f"{entry.path} changed while it was copied. Try again.")
            files.commit(unfinished, place / known.file_name)
            _write_whole(place / RECORD, known.to_json())
        except OSError as error:
            raise unwritable(root.parent, error, known.size, _ANOTHER) from error
        finally:
            with contextlib.suppress(OSError):
                files.remove(unfinished)


def finish(root: Path) -> None:
    """Write the list of checksums of all data sets in the folder, and what the folder is."""
    found = [item for item in incoming.offers(root, {}) if isinstance(item, Entry)]
    try:
        _write_whole(root / SUMS, "".join(line for entry in found for line in _sum_lines(entry, root)))
        _write_whole(root / README, _readme([entry.provenance for entry in found]))
    except OSError as error:
        raise unwritable(root.parent, error, 0, _ANOTHER) from error


def _write_whole(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    files.write(unfinished, text.encode())
    files.commit(unfinished, path)


def _sum_lines(entry: Entry, root: Path) -> list[str]:
    place = entry.path.parent.relative_to(root).as_posix()
    record = files.digest(entry.path.parent / RECORD)
    return [
        f"{entry.provenance.sha256}  {place}/{entry.path.name}\n",
        f"{record.sha256}  {place}/{RECORD}\n",
    ]


def _readme(found: list[Provenance]) -> str:
    lines = [_HEAD, *(line for provenance in found for line in _described(provenance))]
    return "\r\n".join(line for text in lines for line in text.splitlines()) + "\r\n"


def _described(known: Provenance) -> list[str]:
    facts = {
        "Retrieved": known.retrieved,
        "From": known.source_url or known.landing_page,
        "Licence": known.licence,
        "Citation": known.citation,
    }
    head = f"\n* {known.title or known.key} ({known.key}): {known.file_name}, {megabytes(known.size)}"
    return [head, *(f"  {name}: {text or 'not known'}" for name, text in facts.items())]


_HEAD = f"""DATA FOR LEACHWATCH

This folder holds data sets for the QGIS plugin Leachwatch, for a computer that has no network.

How to use it
1. Copy the whole folder "{incoming.FOLDER_NAME}" to a USB stick or to the other computer. Change nothing in it.
2. There, open QGIS: Settings, Options, Leachwatch, "Import from folder", and choose the folder.
3. Load tanks or townships as usual, with the input left empty. No network is needed.

Each data set is checked as it is imported. One that was not copied whole is refused and named; the others are imported.
To check the files by hand, where the program is at hand, run in this folder:   sha256sum -c {SUMS}
The licence and the citation of each data set hold for whoever gets it from you.

What is in it"""
