"""One dataset from the cache or from its service, as the user asked; into the cache with where it came from."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ...analysis.progress import never
from ..cache.faults import CacheDamaged, CacheUnwritable
from ..cache.store import Entry, Store
from ..errors import SourceError
from ..provenance import Provenance
from .addresses import host_of, safe_url
from .cod_ab import CodAb
from .download import Blocked, BytesProgress, Downloaded, Offline, download
from .endpoints import Endpoints
from .geoboundaries import GeoBoundaries
from .located import Dataset, Located, Tell, Wanted, silent
from .mimu import Mimu
from .network import Network
from .package import package
from .sciencebase import DOI, ScienceBase

MODES = ("cache-first", "refresh", "offline")
SOURCES = ("cod-ab", "geoboundaries", "mimu")
COUNTRIES = ("MMR", "CHN")


@dataclass(frozen=True)
class Obtained:
    """A file to load. ``layer``: the one meant, "" where the loader finds it. ``notes``: what the user should know."""

    path: Path
    provenance: Provenance
    from_cache: bool
    notes: list[str]
    layer: str = ""


def usgs_tanks(endpoints: Endpoints, doi: str = DOI) -> Dataset:
    """Return the release of tank points by the USGS, or the one that another DOI names."""
    other = "" if doi.casefold() == DOI.casefold() else re.sub(r"[^A-Za-z0-9.-]+", "-", f"-{doi}")[:80].rstrip("-.")
    return ScienceBase(endpoints, doi, f"usgs-tanks{other}", f"USGS data release {doi}")


def boundaries(source: str, country: str, endpoints: Endpoints, agreed: bool = False) -> Dataset:
    """Return the boundaries of a source for a country. Raises SourceError for what a source does not have.

    ``agreed``: the user has the agreement for which MIMU's terms ask; without it MIMU is taken from the cache alone.
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
            raise _missing(dataset, mode, network, damage)
        got = _Fetch(dataset, store, network, progress, tell or silent, is_cancelled).get()
        return replace(got, notes=[*damage, *got.notes])
    except SourceError as error:
        if entry is None:
            raise
        when = entry.provenance.retrieved
        kept = f"A copy retrieved {when} is in the cache as before: MODE cache-first or offline uses it."
        raise type(error)(f"{error} {kept}") from error


def _cached(dataset: Dataset, store: Store, is_cancelled: Callable[[], bool]) -> tuple[Entry | None, list[str]]:
    try:
        return store.get(dataset.key, is_cancelled), []
    except CacheDamaged as error:
        return None, [str(error)]


def _from_cache(dataset: Dataset, entry: Entry) -> Obtained:
    known = entry.provenance
    reading = dataset.reading(entry.path)
    source = f", from {known.source_url}" if known.source_url else ""
    notes = [f"Taken from the cache: {known.title or known.key}, retrieved {known.retrieved}{source}."]
    return Obtained(entry.path, known, True, [*entry.notes, *notes, *known.notes, *reading.notes], reading.layer)


def _missing(dataset: Dataset, mode: str, network: Network, damage: list[str]) -> SourceError:
    why = "the setting Offline forbids every request" if network.offline else "MODE=offline asks nobody for it"
    what = "was asked for anew" if mode == "refresh" else "is damaged in the cache" if damage else "is not in the cache"
    text = (
        f"{dataset.title} {what}, and {why}. Where there is a network, open {dataset.page} in a browser and download "
        "it. Then either give that file as INPUT, or import a cache folder that holds it (options of Leachwatch)."
    )
    return (Offline if network.offline else SourceError)(" ".join([*damage, text]))


@dataclass
class _Fetch:
    """One dataset on its way from its service into the cache."""

    dataset: Dataset
    store: Store
    network: Network
    progress: BytesProgress | None
    tell: Tell
    is_cancelled: Callable[[], bool]

    def get(self) -> Obtained:
        """Try the ways to have it, one after another. Raises SourceError that names each in vain."""
        failures: list[SourceError] = []
        for way in self._ways():
            for remote in way.file.remotes:
                try:
                    return self._through(replace(way, file=Wanted((remote,))), failures)
                except (Offline, CacheUnwritable):
                    raise
                except SourceError as error:
                    failures.append(error)
        raise self._in_vain(failures)

    def _ways(self) -> list[Located]:
        try:
            return self.dataset.locate(self.network, self.is_cancelled, self.tell)
        except Blocked as error:
            raise self._in_vain([error]) from error

    def _through(self, way: Located, failures: list[SourceError]) -> Obtained:
        folder = self.store.workspace()
        try:
            main = self._download(way.file, folder)
            beside, notes = self._beside(way, folder)
            path = package(main.path, beside, self.is_cancelled)
            self.dataset.check(path, self.is_cancelled)
            tried = [f"Tried before: {_short(error)}." for error in failures]
            notes = [*tried, *way.notes, *main.notes, *notes, *_package_notes(main, beside)]
            entry = self.store.put(path, self._provenance(way, main, path, notes), self.is_cancelled)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        reading = self.dataset.reading(entry.path)
        return Obtained(entry.path, entry.provenance, False, [*notes, *reading.notes], reading.layer)

    def _download(self, wanted: Wanted, folder: Path) -> Downloaded:
        failures: list[SourceError] = []
        for remote in wanted.remotes:
            self.tell(f"Downloading {remote.file_name} from {host_of(remote.url)} ({self.dataset.title}).")
            page, progress, is_cancelled = self.dataset.page, self.progress, self.is_cancelled
            try:
                return download(remote, folder, self.network, page=page, progress=progress, is_cancelled=is_cancelled)
            except Offline:
                raise
            except SourceError as error:
                failures.append(error)
        raise failures[0] if failures else SourceError("It has no address that can be asked.")

    def _beside(self, way: Located, folder: Path) -> tuple[list[Path], list[str]]:
        paths, notes = [], []
        for wanted in way.beside:
            try:
                paths.append(self._download(wanted, folder).path)
            except Offline:
                raise
            except SourceError as error:
                if wanted.required:
                    raise
                notes.append(f"Not had, and left out: {_short(error)}.")
        return paths, notes

    def _provenance(self, way: Located, main: Downloaded, path: Path, notes: list[str]) -> Provenance:
        as_sent = path == main.path and path.stat().st_size == main.size
        url = safe_url(way.file.remotes[0].url)
        moved = [] if main.final_url == url else [f"Sent by {main.final_url}."]
        return Provenance(
            key=self.dataset.key,
            title=self.dataset.title,
            source_url=url,
            landing_page=self.dataset.page,
            retrieved=main.retrieved,
            licence=way.licence,
            citation=way.citation,
            version=way.version,
            file_name=path.name,
            size=main.size if as_sent else 0,
            sha256=main.sha256 if as_sent else "",
            notes=(*moved, *notes),
        )

    def _in_vain(self, failures: list[SourceError]) -> SourceError:
        tried = "; ".join(dict.fromkeys(_short(error) for error in failures))
        kind = Blocked if any(isinstance(error, Blocked) for error in failures) else SourceError
        return kind(
            f"{self.dataset.title} could not be had. Tried: {tried}. Open {self.dataset.page} in a browser, save the "
            "file from there, and give it as INPUT."
        )


def _package_notes(main: Downloaded, beside: list[Path]) -> list[str]:
    if not beside:
        return []
    names = ", ".join(path.name for path in beside)
    return [f"{main.path.name} (SHA-256 as sent: {main.sha256}) is kept together with {names}."]


def _short(error: SourceError) -> str:
    """Return the first sentence of an error: what happened, without what to do."""
    return re.split(r"\.\s", str(error), maxsplit=1)[0].rstrip(".")
