"""The data sets that Leachwatch knows, and the cache that keeps them, as the settings have them.

Imported when the user opens something that needs it: it brings ``requests`` with it.
"""

from __future__ import annotations

from ..settings import Settings, cache_path, endpoints
from ..sources.cache.store import Entry, Store
from ..sources.online.located import Dataset
from ..sources.online.obtain import boundaries, usgs_tanks

_BOUNDARIES = (
    ("cod-ab", "MMR"),
    ("cod-ab", "CHN"),
    ("geoboundaries", "MMR"),
    ("geoboundaries", "CHN"),
    ("mimu", "MMR"),
)


def store(settings: Settings) -> Store:
    """Return the cache; it is made when something is put in it."""
    return Store(cache_path(settings))


def release(settings: Settings) -> Dataset:
    """Return the USGS release of tank points."""
    return usgs_tanks(endpoints(settings), settings.usgs_doi)


def datasets(settings: Settings) -> list[Dataset]:
    """Return every data set that can be had online or brought by hand."""
    where = endpoints(settings)
    return [release(settings), *(boundaries(source, country, where) for source, country in _BOUNDARIES)]


def cached_release(settings: Settings) -> Entry | None:
    """Return the newest copy of the USGS release in the cache or None; its checksum is not computed."""
    key = release(settings).key
    return next((entry for entry in store(settings).entries() if entry.provenance.key == key), None)
