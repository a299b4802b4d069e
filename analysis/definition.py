"""What a number means: the definition that every result carries with it."""

from __future__ import annotations

from dataclasses import dataclass

STANDING, CUMULATIVE = "standing", "cumulative"
COUNTINGS = (STANDING, CUMULATIVE)
# What the counting column says where no year is chosen.
ALL_COUNTED = "all tanks"

BUFFERED, DISCS, CONCAVE, CONVEX = "buffered", "discs", "concave", "convex"
FOOTPRINTS = (BUFFERED, DISCS, CONCAVE, CONVEX)

# How far below the highest number the lowest may be on a plateau of link distances, in %.
PLATEAU_CHANGE_PCT = 10.0


@dataclass(frozen=True)
class SiteDefinition:
    """How tanks form sites, and how a site's footprint is drawn. Distances are ground metres."""

    link_distance: float = 150.0
    min_tanks: int = 4
    footprint: str = BUFFERED
    padding: float = 15.0

    @property
    def footprints_may_overlap(self) -> bool:
        """Whether discs of two sites can touch, so that the sum over sites counts some ground twice."""
        return 2 * self.padding > self.link_distance
