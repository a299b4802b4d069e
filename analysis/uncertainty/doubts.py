"""How far the tanks of a group can be relied on: those of which something is not known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import fields, tally, time

# The dates of images that show the tank; ``absent_on`` and ``gone_by`` are of images that lack it.
_SHOWN_ON = ("first_seen", "last_seen", "status_date", "abandoned_since")


def doubts(
    tanks: pd.DataFrame, counted: np.ndarray, of_group: np.ndarray, groups: int, year: int | None = None
) -> pd.DataFrame:
    """Return one row a group (fields.DOUBTS): the counted tanks of which something is not known, and their share.

    ``counted`` is a bool a tank, ``of_group`` each tank's group from 0, −1 for none. ``year``: the status is the one
    in this year, else the one on record. Undated tanks are those of the group, counted or not, and their share is of
    them and the counted together. A share of nothing is NaN.
    """
    tanks_of = tally.count_by(of_group, groups, counted)
    undated = time.undated(tanks)
    columns: dict[str, np.ndarray] = {"tanks": tanks_of}
    doubtful = {
        "unknown_status": counted & (time.status_in(tanks, year) == fields.UNKNOWN),
        "seen_once": counted & seen_once(tanks),
        "coarse_date": counted & coarse_date(tanks),
        "no_absent_image": counted & tanks["absent_on"].isna().to_numpy(),
        "undated": undated,
    }
    for word, chosen in doubtful.items():
        number = tally.count_by(of_group, groups, chosen)
        base = tally.count_by(of_group, groups, counted | undated) if word == "undated" else tanks_of
        columns[f"{word}"] = number
        columns[f"{word}_pct"] = tally.percent(number, base)
    return pd.DataFrame(columns, index=range(groups))[[field.name for field in fields.DOUBTS]]


def seen_once(tanks: pd.DataFrame) -> np.ndarray:
    """Return which tanks exactly one date is known of, on which an image shows them; a bool array."""
    dates = tanks[list(_SHOWN_ON)].to_numpy()
    known = ~np.isnat(dates)
    first = time.seen_from(tanks).to_numpy()
    return ~np.isnat(first) & ~(known & (dates != first[:, None])).any(axis=1)


def coarse_date(tanks: pd.DataFrame) -> np.ndarray:
    """Return which dated tanks have dates that are known to the month or the year only; a bool array."""
    return tanks["date_precision"].isin([fields.MONTH, fields.YEAR]).to_numpy() & ~time.undated(tanks)
