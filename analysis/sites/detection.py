"""Sites at one time: which groups of tanks there are, and the ground they cover."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from .. import fields, tally, time
from ..definition import ALL_COUNTED, SiteDefinition
from ..geometry.footprints import Selection, disc_count_without_diameter, method_names
from ..geometry.ground import HECTARE
from ..progress import Progress, part, silent
from .drawing import SiteFootprints
from .formation import Sites, first_and_last, form_sites


@dataclass(frozen=True)
class Detection:
    """Sites of one year (or of all tanks), and the state of every tank of the layer."""

    sites: gpd.GeoDataFrame
    site_of_tank: np.ndarray
    state_of_tank: np.ndarray
    without_diameter: int

    @property
    def footprint_ha(self) -> float:
        """The sum over the sites, in hectares."""
        return float(self.sites["footprint_ha"].sum())

    def tanks_in_state(self, state: str) -> int:
        """Return how many tanks of the layer are in a state."""
        return int((self.state_of_tank == state).sum())


def detect_sites(
    tanks: pd.DataFrame, year: int | None, counting: str, definition: SiteDefinition, progress: Progress = silent
) -> Detection:
    """Return the sites of the tanks that count in the year; without a year, of all tanks, dated or not."""
    counted = time.counted(tanks, year, counting)
    sites = form_sites(tanks, counted, definition)
    progress(0.2)
    drawn = SiteFootprints(tanks, sites, definition)
    (footprint,) = drawn.of(Selection(sites.of_tank >= 0), progress=part(progress, 0.2, 1.0))
    table = _table(tanks, sites, year, counting, definition)
    table["footprint_ha"] = footprint.area / HECTARE
    table["footprint_method"] = method_names(definition.footprint, footprint.fell_back)
    geometry = gpd.GeoSeries(drawn.on_earth(footprint.shapes), crs="EPSG:4326")
    missing = disc_count_without_diameter(definition.footprint, tanks["diameter_m"].to_numpy()[sites.of_tank >= 0])
    frame = gpd.GeoDataFrame(table[[field.name for field in fields.DETECTED_SITES]], geometry=geometry)
    return Detection(frame, sites.id_of_tank(), _states(tanks, counted, sites, year), missing)


def _states(tanks: pd.DataFrame, counted: np.ndarray, sites: Sites, year: int | None) -> np.ndarray:
    state = np.where(sites.of_tank >= 0, fields.IN_SITE, fields.UNGROUPED).astype(object)
    state[~counted] = fields.NOT_COUNTED
    if year is not None:
        state[time.undated(tanks)] = fields.UNDATED
    return state


def _table(
    tanks: pd.DataFrame, sites: Sites, year: int | None, counting: str, definition: SiteDefinition
) -> pd.DataFrame:
    group, number = sites.of_tank, len(sites)
    inside = group >= 0
    status = tally.statuses(group, number, inside, time.status_in(tanks, year))
    columns = {
        "site_id": sites.ids,
        "year": np.full(number, np.nan if year is None else year),
        "tanks": sites.count(inside),
        "active": status[fields.ACTIVE],
        "abandoned": status[fields.ABANDONED],
        "status_unknown": status[fields.UNKNOWN],
        **tally.tank_types(group, number, inside, tanks["tank_type"].to_numpy()),
        **first_and_last(tanks, sites),
        "link_distance_m": definition.link_distance,
        "min_tanks": definition.min_tanks,
        "counting": counting if year is not None else ALL_COUNTED,
    }
    return pd.DataFrame(columns, index=range(number))
