"""Sites: connected groups of tanks, each with an identity that does not depend on the order of the rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..definition import SiteDefinition
from ..geometry.linking import link
from ..tally import with_none

UNGROUPED = -1


@dataclass(frozen=True)
class Sites:
    """The sites of a tank table: ``of_tank`` is each tank's site as an index into ``ids``, or UNGROUPED."""

    of_tank: np.ndarray
    ids: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    def count(self, chosen: np.ndarray) -> np.ndarray:
        """Return how many of the chosen tanks (a bool array) each site holds."""
        return np.bincount(self.of_tank[chosen & (self.of_tank >= 0)], minlength=len(self))

    def id_of_tank(self) -> np.ndarray:
        """Return the site_id of each tank, None for those in no site."""
        return with_none(self.ids)[self.of_tank]


def form_sites(tanks: pd.DataFrame, chosen: np.ndarray, definition: SiteDefinition) -> Sites:
    """Return the sites that the chosen tanks (a bool array) form: groups of at least ``min_tanks``."""
    where = np.flatnonzero(chosen)
    lon, lat = tanks["lon"].to_numpy()[where], tanks["lat"].to_numpy()[where]
    group = link(lon, lat, definition.link_distance)
    size = np.bincount(group)
    large = size >= definition.min_tanks
    in_site = large[group] if len(group) else np.zeros(0, dtype=bool)

    ids, site = _identify(lon[in_site], lat[in_site], group[in_site])
    of_tank = np.full(len(tanks), UNGROUPED)
    of_tank[where[in_site]] = site
    return Sites(of_tank, ids)


def _identify(lon: np.ndarray, lat: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the sites' ids, from south to north, and each tank's index among them.

    A site is named by the place of its southernmost tank, which stays when rows are sorted otherwise or tanks are
    added elsewhere. Rounding to a centimetre keeps the name the same whichever CRS the tanks came in.
    """
    lon, lat = np.round(lon, 7), np.round(lat, 7)
    order = np.lexsort((lon, lat))
    code, first_seen_groups = pd.factorize(group[order])
    site = np.empty(len(group), dtype=int)
    site[order] = code
    first = order[np.unique(code, return_index=True)[1]]
    names = pd.Series([place_name(x, y) for x, y in zip(lon[first].tolist(), lat[first].tolist())], dtype=object)
    repeated = names.groupby(names).cumcount()
    again = repeated > 0
    names[again] += "-" + (repeated[again] + 1).astype(str)
    return names.to_numpy(dtype=object), site


def first_and_last(tanks: pd.DataFrame, sites: Sites) -> dict[str, np.ndarray]:
    """Return the first ``first_seen`` and the last ``last_seen`` among each site's tanks, NaT where none is known."""
    inside = sites.of_tank >= 0
    rows = tanks.loc[inside, ["first_seen", "last_seen"]].groupby(sites.of_tank[inside])
    every = range(len(sites))
    return {
        "first_seen": rows["first_seen"].min().reindex(every).to_numpy(),
        "last_seen": rows["last_seen"].max().reindex(every).to_numpy(),
    }


def place_name(lon: float, lat: float) -> str:
    """Return a place as a short name with about a metre's precision, such as N25.67044E098.33349."""
    return f"{'N' if lat >= 0 else 'S'}{abs(lat):08.5f}{'E' if lon >= 0 else 'W'}{abs(lon):09.5f}"
