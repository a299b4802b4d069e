"""What can be done with the cache, as work for the background; each returns what the user is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QLocale

from ...analysis.progress import Progress
from ...settings import Settings, cache_path
from ...translation import tr
from ..background import IsCancelled, Work

if TYPE_CHECKING:
    from ...sources.cache.store import Store
    from ...sources.online.located import Dataset


def measuring(settings: Settings) -> Work:
    """Return the work that measures the cache."""

    def work(is_cancelled: IsCancelled, progress: Progress) -> str:
        store = _store(settings)
        count, size = len(store.entries()), QLocale().formattedDataSize(store.size())
        text = tr("{size} (data sets: {n})").format(size=size, n=count) if count else tr("Empty")
        problems = store.problems()
        return "\n".join([text, *problems])

    return work


def clearing(settings: Settings) -> Work:
    """Return the work that deletes what the cache keeps."""

    def work(is_cancelled: IsCancelled, progress: Progress) -> str:
        freed = _store(settings).clear()
        return tr("The cache was cleared; {size} were freed.").format(size=QLocale().formattedDataSize(freed))

    return work


def exporting(settings: Settings, folder: Path) -> Work:
    """Return the work that copies the cache to a folder."""

    def work(is_cancelled: IsCancelled, progress: Progress) -> str:
        from ...sources.cache.exchange import export

        count = export(_store(settings), folder, is_cancelled=is_cancelled, progress=progress)
        if not count:
            return tr("The cache is empty: nothing was exported.")
        return tr("Data sets exported to {folder}: {n}.").format(n=count, folder=folder)

    return work


def importing(settings: Settings, folder: Path) -> Work:
    """Return the work that takes over what a folder carries."""

    def work(is_cancelled: IsCancelled, progress: Progress) -> str:
        from ...sources.cache.exchange import import_

        got = import_(_store(settings), folder, is_cancelled=is_cancelled, progress=progress)
        text = tr("Data sets imported: {n}; in the cache already: {known}; refused: {bad}.")
        lines = [text.format(n=got.count, known=got.known, bad=len(got.rejected)), *got.rejected]
        if got.foreign:
            lines.append(tr("Other files in the folder, left alone: {n}.").format(n=got.foreign))
        return "\n".join(lines)

    return work


def adding(settings: Settings, dataset: Dataset, path: Path) -> Work:
    """Return the work that puts a file into the cache, once it proved to be the data set."""

    def work(is_cancelled: IsCancelled, progress: Progress) -> str:
        from ...sources.cache.exchange import add_file

        dataset.check(path, is_cancelled)
        store = _store(settings)
        add_file(store, path, dataset.key, dataset.title, landing_page=dataset.page, is_cancelled=is_cancelled)
        return tr("{file} is in the cache now as: {title}.").format(file=path.name, title=dataset.title)

    return work


def _store(settings: Settings) -> Store:
    from ...sources.cache.store import Store

    return Store(cache_path(settings))
