"""Carrying data sets to a computer without a network, and files that were brought by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...analysis.progress import Cancelled, Progress, never, silent
from ..errors import SourceError
from ..provenance import Provenance
from . import incoming, outgoing
from .faults import CacheDamaged, CacheUnwritable
from .files import IsCancelled, Told
from .incoming import FOLDER_NAME
from .store import ROOT_NAME, Entry, Store

BROUGHT = "Brought by hand; the date is that on which it was put in the cache."


@dataclass(frozen=True)
class Imported:
    """What came of an import: data sets put in the cache, those refused and why, those it had, files that are none."""

    count: int
    rejected: list[str] = field(default_factory=list)
    known: int = 0
    foreign: int = 0


def export(
    store: Store,
    folder: Path,
    keys: list[str] | None = None,
    *,
    is_cancelled: IsCancelled = never,
    progress: Progress = silent,
) -> int:
    """Write the newest good copy of each data set, or of `keys`, to `folder`/leachwatch-data; return how many.

    Raises SourceError where one of `keys` is not in the cache, before any is written; CacheUnwritable where the folder
    cannot be written to; CacheDamaged, after the others were written, where a data set has no good copy; Cancelled.
    """
    held = store.keys()
    if unknown := sorted(set(keys or []) - set(held)):
        raise SourceError(f"The cache in {store.folder} does not hold {', '.join(unknown)}. Load it first.")
    found, damaged = _good(store, held if keys is None else sorted(set(keys)), is_cancelled)
    if found:
        root = folder / FOLDER_NAME
        outgoing.begin(root)
        told = _of_total(sum(entry.provenance.size for entry in found), progress)
        for entry in found:
            outgoing.write(entry, root, is_cancelled, told)
        outgoing.finish(root)
    if damaged:
        raise CacheDamaged(f"{len(found)} data sets were written to {folder}, {len(damaged)} not. {' '.join(damaged)}")
    return len(found)


def import_(store: Store, folder: Path, *, is_cancelled: IsCancelled = never, progress: Progress = silent) -> Imported:
    """Put in the cache what `folder` carries: an export, or the folder of another cache. Each content is verified.

    Raises SourceError where the folder is neither, CacheUnwritable where the cache cannot take more, Cancelled; what
    was imported until then stays.
    """
    found, foreign = _found(store, folder, is_cancelled)
    entries = [item for item in found if isinstance(item, Entry)]
    rejected = [item for item in found if isinstance(item, str)]
    count, known = 0, 0
    for number, entry in enumerate(entries):
        progress(number / len(entries))
        try:
            if store.holds(entry.provenance, is_cancelled):
                known += 1
            else:
                store.put(entry.path, entry.provenance, is_cancelled)
                count += 1
        except CacheUnwritable as error:
            raise CacheUnwritable(f"{error} {count} data sets were imported before.") from error
        except SourceError as error:
            rejected.append(str(error))
    progress(1.0)
    return Imported(count, rejected, known, foreign)


def add_file(
    store: Store,
    path: Path,
    key: str,
    title: str,
    *,
    landing_page: str = "",
    licence: str = "",
    citation: str = "",
    version: str = "",
    is_cancelled: IsCancelled = never,
) -> Entry:
    """Put a file that was downloaded by hand in the cache, as the newest copy of a data set; fails as `Store.put`."""
    _refuse_a_part(path)
    provenance = Provenance(
        key=key,
        title=title,
        source_url="",
        landing_page=landing_page,
        retrieved="",
        licence=licence,
        citation=citation,
        version=version,
        file_name=path.name,
        size=0,
        sha256="",
        notes=(BROUGHT,),
    )
    return store.put(path, provenance, is_cancelled)


def _good(store: Store, keys: list[str], is_cancelled: IsCancelled) -> tuple[list[Entry], list[str]]:
    found, damaged = [], []
    for key in keys:
        try:
            entry = store.get(key, is_cancelled)
        except CacheDamaged as error:
            damaged.append(str(error))
        else:
            found += [entry] if entry else []
    return found, damaged


def _of_total(total: int, progress: Progress) -> Told:
    done = [0]

    def told(size: int) -> None:
        done[0] += size
        progress(done[0] / total)

    return told


def _found(store: Store, folder: Path, is_cancelled: IsCancelled) -> tuple[list[Entry | str], int]:
    """Return what a folder offers, and how many files belong to no data set. SourceError where it is far too much."""
    found: list[Entry | str] = []
    foreign = 0

    def look(more: int) -> None:
        nonlocal foreign
        foreign += more
        if is_cancelled():
            raise Cancelled
        if foreign + len(found) > incoming.MAX_NAMES:
            raise SourceError(f"{folder} holds more than {incoming.MAX_NAMES:,} files. Choose the folder of an export.")

    for item in _offers(store, folder, look):
        found.append(item)
        look(0)
    return found, foreign


def _offers(store: Store, folder: Path, stranger: Told) -> Iterator[Entry | str]:
    if (folder / ROOT_NAME).is_dir() or folder.name == ROOT_NAME:
        yield from _of_cache(store, folder if (folder / ROOT_NAME).is_dir() else folder.parent)
        return
    root = folder / FOLDER_NAME if (folder / FOLDER_NAME).is_dir() else folder
    if root.name != FOLDER_NAME and not (root / incoming.SUMS).exists():
        raise SourceError(
            f"{folder} holds no data sets of Leachwatch. Choose the folder that has “{FOLDER_NAME}” in it, as Export "
            f"writes it; a single file is loaded by choosing it as the input."
        )
    if root.is_symlink():
        raise SourceError(f"{root} is a link. Choose the folder itself.")
    stated, wrong = incoming.sums(root)
    yield from wrong
    yield from incoming.offers(root, stated, stranger)
    yield from incoming.missing(root, stated)


def _of_cache(store: Store, folder: Path) -> Iterator[Entry | str]:
    if folder.resolve() == store.folder.resolve():
        raise SourceError(f"{folder} is the folder of this cache. Choose the folder to import from.")
    yield from Store(folder).scan()


def _refuse_a_part(path: Path) -> None:
    if path.is_dir():
        raise SourceError(f"{path} is a folder. Zip it, and choose the zip.")
    if path.suffix.lower() in (".shp", ".dbf", ".shx"):
        raise SourceError(f"{path} is one part of a shapefile. Zip all its parts together, and choose the zip.")
