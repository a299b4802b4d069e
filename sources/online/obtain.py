"""One dataset from the cache or from its service, as the user asked; into the cache with where it came from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ...analysis.progress import never
from ..cache.faults import CacheDamaged
from ..cache.store import Entry, Store
from ..errors import SourceError
from ..notes import Information
from .cod_ab import CodAb
from .download import BytesProgress, Offline
from .endpoints import Endpoints
from .fetch import Fetch, Obtained
from .geoboundaries import GeoBoundaries
from .located import Dataset, Tell, silent
from .mimu import Mimu
from .network import Network
from .sciencebase import DOI, ScienceBase

__all__ = ["Dataset", "Obtained", "boundaries", "obtain", "usgs_tanks"]

MODES = ("cache-first", "refresh", "offline")
SOURCES = ("cod-ab", "geoboundaries", "mimu")
COUNTRIES = ("MMR", "CHN")


def usgs_tanks(endpoints: Endpoints, doi: str = DOI) -> Dataset:
    """Return the release of tank points by the USGS, or the one that another DOI names."""
    other = "" if doi.casefold() == DOI.casefold() else re.sub(r"[^A-Za-z0-9.-]+", "-", f"-{doi}")[:80].rstrip("-.")
    return ScienceBase(endpoints, doi, f"usgs-tanks{other}", f"USGS data release {doi}")


def boundaries(source: str, country: str, endpoints: Endpoints, agreed: bool = False) -> Dataset:
    """Return the boundaries of a source for a country. Raises SourceError for what a source does not have.

    ``agreed``: the user agrees to MIMU's terms; without that its boundaries are taken from the cache alone.
    """
    if source not in SOURCES:
        raise SourceError(f"There is no online source “{source}”. Choose one of: {', '.join(SOURCES)}.")
    country = country.strip().upper()
    if country not in COUNTRIES:
        raise SourceError(
            f"Boundaries of “{country}” are not had online, only those of {' and '.join(COUNTRIES)}. For another "
            "country choose a file as INPUT."
        )
    if source == "mimu":
        if country != "MMR":
            raise SourceError(f"MIMU has Myanmar alone, not {country}. Choose geoboundaries or cod-ab.")
        return Mimu(endpoints, agreed)
    return CodAb(endpoints, country) if source == "cod-ab" else GeoBoundaries(endpoints, country)


def obtain(
    dataset: Dataset,
    mode: str,
    store: Store,
    network: Network,
    *,
    progress: BytesProgress | None = None,
    tell: Tell | None = None,
    is_cancelled: Callable[[], bool] = never,
) -> Obtained:
    """Return a dataset's file in the cache. ``tell`` says before each request who is asked for what.

    cache-first: the cache, else the service. refresh: the service. offline: the cache. Raises Offline, Blocked or
    another SourceError, Cancelled; then the cache holds what it held.
    """
    if mode not in MODES:
        raise SourceError(f"There is no mode “{mode}”. Choose one of: {', '.join(MODES)}.")
    entry, damage = _cached(dataset, store, is_cancelled)
    if entry and mode != "refresh":
        return _from_cache(dataset, entry)
    try:
        if network.offline or mode == "offline":
            raise _missing(dataset, mode, damage)
        tell = tell or silent
        got = Fetch(dataset, store, replace(network, tell=tell), progress, tell, is_cancelled).get()
        return replace(got, notes=[*damage, *got.notes])
    except SourceError as error:
        if entry is None and dataset.page in str(error):
            raise
        raise type(error)(f"{error} {_instead(dataset, entry)}") from error


def _cached(dataset: Dataset, store: Store, is_cancelled: Callable[[], bool]) -> tuple[Entry | None, list[str]]:
    try:
        return store.get(dataset.key, is_cancelled), []
    except CacheDamaged as error:
        return None, [str(error)]


def _from_cache(dataset: Dataset, entry: Entry) -> Obtained:
    known = entry.provenance
    reading = dataset.reading(entry.path)
    source = f", from {known.source_url}" if known.source_url else ""
    notes = [Information(f"Taken from the cache: {known.title or known.key}, retrieved {known.retrieved}{source}.")]
    return Obtained(entry.path, known, True, [*entry.notes, *notes, *known.notes, *reading.notes], reading.layer)


def _missing(dataset: Dataset, mode: str, damage: list[str]) -> SourceError:
    why = "MODE=offline asks nobody for it" if mode == "offline" else "the setting Offline forbids every request"
    what = "was asked for anew" if mode == "refresh" else "is damaged in the cache" if damage else "is not in the cache"
    text = f"{dataset.title} {what}, and {why}. {_by_hand(dataset)}"
    return (SourceError if mode == "offline" else Offline)(" ".join([*damage, text]))


def _instead(dataset: Dataset, entry: Entry | None) -> str:
    if entry is None:
        return f"No copy of {dataset.title} is in the cache. {_by_hand(dataset)}"
    when = entry.provenance.retrieved
    return f"A copy retrieved {when} is in the cache as before: MODE cache-first or offline uses it."


def _by_hand(dataset: Dataset) -> str:
    return (
        f"Where there is a network, open {dataset.page} in a browser and download it. Then either give that file as "
        "INPUT, or import a cache folder that holds it (options of Leachwatch)."
    )
