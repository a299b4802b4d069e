"""Years of images: in which many tanks were first seen because somebody looked, and in which nobody did."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import fields, tally, time

# Many: more than twice as many first-seen tanks as in the years beside it, and a share of all dated tanks worth a word;
# or half of them all.
MANY_TIMES, MANY_LEAST_PCT, MANY_PCT = 2.0, 5.0, 50.0
# Mostly open: no image of the year before, or later, lacks more than this share of a year's first-seen tanks.
OPEN_PCT = 50.0


def image_years(tanks: pd.DataFrame) -> pd.DataFrame:
    """Return one row a year (fields.IMAGE_YEARS), from the first to the last of which a date of an image is known.

    ``image_dates``: distinct dates in any column of dates. ``newness_open``: the tanks first seen in the year that no
    image of the year before or later lacks. Flags: *no image*: no date in the year. *no image in the year before*:
    tanks are first seen, and may be as old as the images before. *year of imagery*: many are first seen, against the
    average of the year before and the year after, and most of them are open in newness (MANY_…, OPEN_PCT).
    """
    dates = pd.Series(tanks[fields.TANK_DATES].to_numpy().ravel()).dropna().drop_duplicates()
    if dates.empty:
        return pd.DataFrame(columns=[field.name for field in fields.IMAGE_YEARS])
    span = np.arange(dates.dt.year.min(), dates.dt.year.max() + 1)
    seen = time.years(time.seen_from(tanks))
    of_year = np.where(np.isfinite(seen), seen - span[0], -1).astype(int)
    dated = of_year >= 0
    first_seen = tally.count_by(of_year, len(span), dated)
    left_open = dated & ~(time.years(tanks["absent_on"]) >= seen - 1)
    frame = pd.DataFrame(
        {
            "year": span,
            "image_dates": np.bincount(dates.dt.year - span[0], minlength=len(span)),
            "first_seen": first_seen,
            "first_seen_pct": tally.percent(first_seen, np.full(len(span), dated.sum())),
            "newness_open": tally.count_by(of_year, len(span), left_open),
        }
    )
    frame["newness_open_pct"] = tally.percent(frame["newness_open"].to_numpy(), first_seen)
    frame["flag"] = _flags(frame)
    return frame[[field.name for field in fields.IMAGE_YEARS]]


def _flags(frame: pd.DataFrame) -> list[str]:
    first_seen = frame["first_seen"].to_numpy()
    no_image = frame["image_dates"].to_numpy() == 0
    share = frame["first_seen_pct"].to_numpy()
    spike = (first_seen > MANY_TIMES * _beside(first_seen)) & (share >= MANY_LEAST_PCT)
    many = spike | (share >= MANY_PCT)
    flags = {
        fields.NO_IMAGE: no_image,
        fields.NO_IMAGE_BEFORE: (first_seen > 0) & np.append(True, no_image[:-1]),
        fields.YEAR_OF_IMAGERY: (first_seen > 0) & many & (frame["newness_open_pct"] > OPEN_PCT),
    }
    return ["; ".join(word for word, here in flags.items() if here[row]) for row in range(len(frame))]


def _beside(numbers: np.ndarray) -> np.ndarray:
    """Return the average of the numbers before and after each, as far as there are any; 0 for one by itself."""
    sums = np.append(0, numbers[:-1]) + np.append(numbers[1:], 0)
    beside = np.full(len(numbers), 2)
    beside[0] -= 1
    beside[-1] -= 1
    return sums / np.maximum(beside, 1)
