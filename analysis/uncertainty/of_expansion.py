"""Doubts about an expansion: of all its tanks, of each site and of each unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from .. import fields, tally, time
from ..geometry.ground import geocentric, straight
from ..sites.expansion import Expansion
from ..sites.expansion_tables import definition_columns
from .doubts import doubts


def uncertainty_table(change: Expansion) -> pd.DataFrame:
    """Return one row for all tanks, each site and (with units) each unit (fields.UNCERTAINTY).

    The tanks are those counted at the start or the end, their status that at the end. No undated tank is in a site:
    those told with a site stand within the link distance of one of its tanks, and of no other site's more closely.
    """
    tanks, sites = change.tanks, change.sites
    counted = change.at_start | change.at_end

    def rows(scopes: list[str], of_tank: np.ndarray) -> pd.DataFrame:
        frame = doubts(tanks, counted, of_tank, len(scopes), change.period.end)
        return frame.assign(scope=scopes, site_id=None, unit_code=None, unit_name=None)

    by_site = rows([fields.BY_SITE] * len(sites), with_undated_near(change))
    by_site["site_id"] = sites.ids
    _name_units(by_site, change, change.unit_of_site)
    parts = [rows([fields.ALL_TANKS], np.zeros(len(tanks), dtype=int)), by_site]
    if change.units is not None and change.placement is not None:
        outside = len(change.units)
        of_tank = np.where(change.placement.unit_of_tank < 0, outside, change.placement.unit_of_tank)
        by_unit = rows([fields.BY_UNIT] * outside + [fields.OUTSIDE], of_tank)
        _name_units(by_unit, change, np.append(np.arange(outside), -1))
        parts.append(by_unit)
    frame = pd.concat(parts, ignore_index=True).assign(**definition_columns(change))
    return frame[[field.name for field in fields.UNCERTAINTY]]


def with_undated_near(change: Expansion) -> np.ndarray:
    """Return the site of each tank; undated tanks have that of the nearest tank of a site within the link distance."""
    site = change.sites.of_tank.copy()
    inside, undated = np.flatnonzero(site >= 0), np.flatnonzero(time.undated(change.tanks))
    if len(inside) == 0 or len(undated) == 0:
        return site
    lon, lat = change.tanks["lon"].to_numpy(), change.tanks["lat"].to_numpy()
    tree = cKDTree(geocentric(lon[inside], lat[inside]))
    reach = straight(change.definition.link_distance)
    distance, nearest = tree.query(geocentric(lon[undated], lat[undated]), distance_upper_bound=reach)
    near = np.isfinite(distance)
    site[undated[near]] = site[inside[nearest[near]]]
    return site


def _name_units(frame: pd.DataFrame, change: Expansion, unit: np.ndarray) -> None:
    if change.units is not None:
        for name in ("unit_code", "unit_name"):
            frame[name] = tally.with_none(change.units[name])[unit]
