"""Small sources to compare, laid out in metres; and a slow, obvious way to match them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from leachwatch.analysis import fields
from leachwatch.analysis.comparison.things import Things
from leachwatch.tests.unit.analysis.worlds import CHIPWI, GEOD, place

_DATES = ("status_date", "first_seen_from", "first_seen_to", "last_seen")


def source(rows, kind=fields.TANK_KIND, origin=CHIPWI) -> Things:
    """Rows with east and north (m) and what is known of them; with ``size`` a box of so many metres around them."""
    shapes = [box(row, origin) if "size" in row else point(row, origin) for row in rows]
    names = [field.name for field in fields.COMPARED_COLUMNS]
    table = pd.DataFrame([{name: row.get(name) for name in names} for row in rows], columns=names)
    table["id"] = [row.get("id", str(number)) for number, row in enumerate(rows)]
    table["status"] = table["status"].fillna(fields.UNKNOWN)
    for name in _DATES:
        table[name] = pd.to_datetime(table[name])
    array = np.empty(len(rows), dtype=object)
    array[:] = shapes
    return Things(kind, array, table)


def point(row, origin=CHIPWI):
    lon, lat = place([row.get("east", 0)], [row.get("north", 0)], origin)
    return shapely.Point(lon[0], lat[0])


def box(row, origin=CHIPWI):
    half = row["size"] / 2
    east, north = row.get("east", 0), row.get("north", 0)
    corners = [(east + x * half, north + y * half) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return shapely.Polygon(np.column_stack(place(*zip(*corners), origin)))


def slow_pairs(a: Things, b: Things, reach: float) -> list[tuple[tuple, tuple]]:
    """Look at every pair again and again: the nearest that are both still free are paired, until none is in reach.

    Of equally near pairs (to 0.1 mm) the one whose southern, then western place comes first is taken. Returned as
    places: things at one place are alike.
    """
    near = {}
    for i, (x1, y1) in enumerate(a.place):
        for j, (x2, y2) in enumerate(b.place):
            metres = GEOD.inv(x1, y1, x2, y2)[2]
            if metres <= reach + 1e-6:
                near[i, j] = (round(metres / 1e-4), *sorted([(y1, x1), (y2, x2)]))
    found = []
    while near:
        i, j = min(near, key=near.get)
        found.append((tuple(a.place[i]), tuple(b.place[j])))
        near = {pair: key for pair, key in near.items() if i != pair[0] and j != pair[1]}
    return sorted(found)


def pairs_by_id(match, a: Things, b: Things) -> list[tuple[str, str]]:
    ids_a, ids_b = a.table["id"].to_numpy(), b.table["id"].to_numpy()
    return sorted(zip(ids_a[match.a].tolist(), ids_b[match.b].tolist()))
