"""How many sites there are under each link distance and minimum of tanks: each pair counted anew."""

from __future__ import annotations

from statistics import median

from .definition import Definition
from .ground import HECTARE, Plane, footprint
from .sites import sites
from .tank import Tank, counts


def sensitivity(
    tanks: list[Tank], year: int | None, counting: str, distances: list[float], minimums: list[int], method: str
) -> dict[tuple[int, float], dict]:
    """Return a row by (minimum of tanks, link distance)."""
    which = [n for n, tank in enumerate(tanks) if counts(tank, year, counting)]
    rows, drawn = {}, {}
    for minimum in minimums:
        for distance in distances:
            asked = Definition(distance, minimum, method)
            found = [tuple(members) for members in sites(tanks, which, distance, minimum).values()]
            inside = sum(len(members) for members in found)
            for members in set(found) - set(drawn):
                some = [tanks[n] for n in members]
                drawn[members] = footprint(Plane(some[0].lon, some[0].lat), some, method, asked.padding)
            rows[minimum, distance] = {
                "sites": len(found),
                "tanks_in_sites": inside,
                "ungrouped": len(which) - inside,
                "largest_site_tanks": max((len(members) for members in found), default=0),
                "median_site_tanks": median(len(members) for members in found) if found else None,
                "footprint_ha": sum(drawn[members][0].area for members in found) / HECTARE,
                "sites_fell_back": len([members for members in found if drawn[members][1] != method]),
            }
    return rows
