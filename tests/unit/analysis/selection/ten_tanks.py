"""Ten tanks whose every answer was worked out by hand.

0 and 1 stand to this day; 2 and 3 are gone; 4 came and went within 2021; 5 was gone in 2018 and is back in 2022; of 6
only the last image is known; 7 and 9 have no date; 8 was abandoned in 2018 and is active again in 2020.
"""

from __future__ import annotations

from leachwatch.analysis.selection.columns import DATE, NUMBER, TEXT
from leachwatch.tests.unit.analysis.selection.tables import columns_for, table

KINDS = {
    **dict.fromkeys(("tank_id", "status", "tank_type"), TEXT),
    **dict.fromkeys(("first_seen", "last_seen", "gone_by", "abandoned_since", "status_date"), DATE),
    **dict.fromkeys(("unit_code", "unit_name", "country", "source", "confidence"), TEXT),
    "diameter_m": NUMBER,
}
_BACK = ("2018-01-01", "2020-06-01")
_SINCE, _NEVER = ("2017-05-01", None), (None, None)
_OBRIEN = (None, "O'Brien", "MMR")
_CHIPWI, _DINGNAN = ("MM01", "ချီဖွေ", "MMR"), ("CN02", "定南", "CHN")
TANKS = [
    ("T-1", "active", "leachate", "2015-03-01", "2024-12-01", None, *_NEVER, *_CHIPWI, "USGS", "high", 12.5),
    ("T-2", "active", "precipitation", "2016-12-31", "2024-12-01", None, *_NEVER, *_CHIPWI, "USGS", "low", 25),
    ("T-3", "abandoned", "leachate", "2016-01-01", "2018-06-01", "2019-12-31", *_SINCE, *_OBRIEN, "ISP", "high", None),
    ("T-4", "abandoned", "leachate", "2018-05-05", "2019-01-01", "2020-01-01", *_NEVER, *_DINGNAN, "ISP", "low", 8),
    ("T-5", "abandoned", "precipitation", "2021-02-01", "2021-02-01", "2021-11-30", *_NEVER, *_DINGNAN, "ISP", None, 8),
    ("T-6", "", None, "2016-06-01", "2022-03-01", "2018-01-01", *_NEVER, "CN03", "定南", "CHN", "USGS", "high", 40),
    ("T-7", None, "leachate", None, "2019-07-01", None, *_NEVER, None, None, None, "USGS", "", None),
    ("T-8", "Assumed Active", "leachate", None, None, None, *_NEVER, "", "O'Brien", "MMR", None, "high", 3),
    ("T-9", "active", "unknown", "2016-05-05", "2020-06-01", None, *_BACK, *_CHIPWI, "USGS", "high", 12.5),
    ("T-10", None, None, None, None, None, *_NEVER, "", "", "CHN", None, None, None),
]
ROWS = [dict(zip(KINDS, tank)) for tank in TANKS]


def classes(role: str, words: list[str]) -> list[str]:
    """Return what the words mean; one of them is another source's."""
    return ["active" if word == "Assumed Active" else word for word in words]


def ten_tanks():
    """Return the ten tanks as a table."""
    return table(columns_for(KINDS), ROWS, classes)
