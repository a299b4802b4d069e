"""What to be careful about: rules that look at the data, and speak only where these give cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...analysis import fields, time
from ...translation import tr
from .content import DataSource

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ...analysis.definition import SiteDefinition

# From these shares on (percent) a class is large enough to change what the others say.
_MANY_UNKNOWN, _MANY_SEEN_ONCE = 20.0, 50.0
# A number of sites that changes by more than this share (percent) under a neighbouring link distance hangs on it.
_HANGS_ON = 20.0


def always() -> list[str]:
    """Return what holds for every count of tanks."""
    return [tr("Tanks are not tonnes: a number of tanks says nothing of what they yielded.")]


def of_sources(sources: list[DataSource]) -> list[str]:
    """Return whether the data are invented, and of which it is not said who may use them how."""
    said = []
    if names := ", ".join(source.name for source in sources if source.synthetic):
        text = tr("Synthetic data ({names}): every place and number is invented, and none may be cited.")
        said.append(text.format(names=names))
    if names := ", ".join(source.name for source in sources if not (source.citation or source.licence)):
        text = tr("Of {names} neither citation nor licence is stated: find out before anything is published.")
        said.append(text.format(names=names))
    return said


def of_tanks(tanks: pd.DataFrame, counted: np.ndarray, year: int | None) -> list[str]:
    """Return what dates and statuses leave open. ``counted``: a bool a tank; the status is the one in ``year``."""
    said = []
    undated = int(time.undated(tanks).sum())
    if len(tanks) and undated == len(tanks):
        said.append(tr("No tank has a date: nothing is said of when they were built, and no year can be measured."))
    elif undated:
        said.append(
            tr("{n} of {all} tanks ({pct}) have no date, and count in no year.").format(**_share(undated, len(tanks)))
        )
    shown = int(counted.sum())
    unknown = int((counted & (time.status_in(tanks, year) == fields.UNKNOWN)).sum())
    if unknown and 100 * unknown >= _MANY_UNKNOWN * shown:
        text = tr("Of {n} of the {all} tanks counted ({pct}) the status is not known: it is a class of its own.")
        said.append(text.format(**_share(unknown, shown)))
    once = int((counted & _seen_once(tanks)).sum())
    if once and 100 * once >= _MANY_SEEN_ONCE * shown:
        text = tr("{n} of the {all} tanks counted ({pct}) were seen in one image only.")
        said.append(text.format(**_share(once, shown)))
    return said


def of_images(tanks: pd.DataFrame, start: int | None, end: int | None) -> list[str]:
    """Return in which years tanks were first seen because somebody looked, and whether anybody looked at the end."""
    from ...analysis.uncertainty.image_years import image_years

    found = image_years(tanks)
    if start is None or end is None or found.empty:
        return []
    said = []
    within = found[(found["year"] > start) & (found["year"] <= end)]
    for row in within[within["flag"].str.contains(fields.YEAR_OF_IMAGERY, regex=False)].itertuples():
        text = tr(
            "{year} may be a year of imagery rather than of building: {n} tanks were first seen in it, and no image of "
            "the year before or later lacks {open} of them."
        )
        said.append(text.format(year=row.year, n=f"{row.first_seen:,}", open=f"{row.newness_open:,}"))
    last = int(found.loc[found["image_dates"] > 0, "year"].max())
    if last < end:
        text = tr("No image is known of after {last}: what is said of {end} is what was last seen then.")
        said.append(text.format(last=last, end=end))
    return said


def of_sites(definition: SiteDefinition, methods: pd.Series, without_diameter: int) -> list[str]:
    """Return where footprints are drawn otherwise than asked, or cover ground twice. ``methods``: that of each site."""
    said = []
    if definition.footprints_may_overlap:
        text = tr(
            "The padding ({padding} m) is more than half the link distance ({link} m): footprints of neighbouring "
            "sites may overlap, and sums over sites count that ground twice."
        )
        said.append(text.format(padding=f"{definition.padding:g}", link=f"{definition.link_distance:g}"))
    other = int((methods != definition.footprint).sum())
    if other:
        text = tr("{n} of {all} sites ({pct}) could not be drawn as {method} in both years: their rows say how.")
        said.append(text.format(method=definition.footprint, **_share(other, len(methods))))
    if without_diameter:
        text = tr("{n} tanks have no diameter: they were drawn with the padding as radius.")
        said.append(text.format(n=f"{without_diameter:,}"))
    return said


def of_units(units: gpd.GeoDataFrame | None, outside: int) -> list[str]:
    """Return which units no tank can stand in, and how many tanks stand in none."""
    if units is None:
        return []
    said = []
    if empty := int(units.geometry.isna().sum()):
        text = tr("{n} of {all} units ({pct}) have no polygon that can be used: no tank can stand in them.")
        said.append(text.format(**_share(empty, len(units))))
    if outside:
        said.append(tr("{n} tanks counted stand outside all units.").format(n=f"{outside:,}"))
    return said


def of_link_distance(neighbours: pd.DataFrame) -> list[str]:
    """Return whether the number of sites hangs on the link distance that was chosen (fields.NEIGHBOURS, three rows)."""
    below, chosen, above = neighbours["sites_end"].to_numpy()
    if chosen == 0 or 100 * max(abs(below - chosen), abs(above - chosen)) <= _HANGS_ON * chosen:
        return []
    shorter, link, longer = (f"{metres:g}" for metres in neighbours["link_distance_m"])
    text = tr("The number of sites hangs on the link distance: {a} at {shorter} m, {b} at {link} m, {c} at {longer} m.")
    return [text.format(a=below, b=chosen, c=above, shorter=shorter, link=link, longer=longer)]


def of_cut(before: float, after: float, undetermined: float) -> list[str]:
    """Return whether dates are too coarse to tell before from after the cut date."""
    if not undetermined > 0:
        return []
    text = tr("Of {n} of {all} tanks ({pct}) the date is too coarse to tell the side of the cut date.")
    return [text.format(**_share(int(undetermined), int(before + after + undetermined)))]


def of_newness(new: int, least: int) -> list[str]:
    """Return how many of the new tanks may have stood before the start."""
    if new <= least:
        return []
    text = tr("Of {n} of the {all} new tanks ({pct}) no image shows that they did not stand at the start already.")
    return [text.format(**_share(new - least, new))]


def of_merges(merged: pd.Series) -> list[str]:
    """Return how many sites were several at the start (``merged_sites`` of each site)."""
    joined = int((merged > 1).sum())
    if not joined:
        return []
    text = tr("{n} sites are several at the start that have grown together: each is one site in both years.")
    return [text.format(n=f"{joined:,}")]


def _seen_once(tanks: pd.DataFrame) -> np.ndarray:
    from ...analysis.uncertainty.doubts import seen_once

    return seen_once(tanks)


def _share(part: int, whole: int) -> dict[str, str]:
    """Return both numbers and the share as text; of a few it is no use to say percents to the digit."""
    return {"n": f"{part:,}", "all": f"{whole:,}", "pct": f"{100 * part / whole:.0f} %"}
