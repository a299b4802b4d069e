"""One dataset from its service into the cache: address after address, until one serves."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..cache.faults import CacheUnwritable
from ..cache.store import Store
from ..errors import SourceError
from ..provenance import Provenance
from .addresses import host_of, safe_url
from .download import Blocked, BytesProgress, Downloaded, Offline, download
from .located import Dataset, Located, Tell, Wanted
from .network import Network
from .package import package


@dataclass(frozen=True)
class Obtained:
    """A file to load. ``layer``: the one meant, "" where the loader finds it. ``notes``: what the user should know."""

    path: Path
    provenance: Provenance
    from_cache: bool
    notes: list[str]
    layer: str = ""


@dataclass
class Fetch:
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
