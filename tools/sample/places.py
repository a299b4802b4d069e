"""The units of the sample: real names and codes, published centre points, and how many invented sites each gets."""

from __future__ import annotations

from typing import NamedTuple

WIKIPEDIA = "Wikipedia, article on the town"
KACHIN_LIST = "public web map of the towns of Kachin State"
AIRPORT = "published position of Mong Hsat airport"
APPROXIMATE = "approximate: no published position was at hand when the table was made"
GANZHOU = "centre of the county in a public web map of Ganzhou's waters"
EXTENT = "middle of the extent that the county publishes (24°30′40″–25°12′10″ N, 115°21′22″–115°54′25″ E)"


class Place(NamedTuple):
    """One unit: its names, its centre (degrees and minutes), and its numbers of sites by their kind."""

    code: str
    name: str
    local_name: str
    parent: str
    country: str
    north: tuple[int, int]
    east: tuple[int, int]
    centre_source: str
    old_sites: int
    new_sites: int
    gone_sites: int
    latest_sites: int

    @property
    def longitude(self) -> float:
        """Degrees east."""
        return self.east[0] + self.east[1] / 60

    @property
    def latitude(self) -> float:
        """Degrees north."""
        return self.north[0] + self.north[1] / 60


# old: standing at the end of 2020 and of 2024; new: at the end of 2024 only; gone: before 2020; latest: first in 2025.
REGIONS: dict[str, list[Place]] = {
    "Kachin": [
        Place("MMR001005", "Chipwi", "ချီဖွေ", "Kachin", "MMR", (25, 53), (98, 8), WIKIPEDIA, 41, 98, 2, 3),
        Place("MMR001006", "Tsawlaw", "ဆော့လော်", "Kachin", "MMR", (26, 9), (98, 13), KACHIN_LIST, 16, 42, 0, 1),
        Place("MMR001012", "Momauk", "မိုးမောက်", "Kachin", "MMR", (24, 15), (97, 21), WIKIPEDIA, 22, 58, 1, 2),
        Place("MMR001002", "Waingmaw", "ဝိုင်းမော်", "Kachin", "MMR", (25, 21), (97, 26), KACHIN_LIST, 8, 17, 0, 1),
    ],
    "Shan": [
        Place("MMR016006", "Monghsat", "မိုင်းဆတ်", "Shan", "MMR", (20, 31), (99, 15), AIRPORT, 4, 13, 0, 1),
        Place("MMR016011", "Mongyawng", "မိုင်းယောင်း", "Shan", "MMR", (21, 11), (100, 22), APPROXIMATE, 5, 12, 0, 1),
    ],
    "Jiangxi": [
        Place("360783", "Longnan", "龙南市", "Jiangxi", "CHN", (24, 44), (114, 41), GANZHOU, 10, 1, 1, 0),
        Place("360728", "Dingnan", "定南县", "Jiangxi", "CHN", (24, 50), (115, 2), GANZHOU, 7, 1, 1, 0),
        Place("360734", "Xunwu", "寻乌县", "Jiangxi", "CHN", (24, 52), (115, 38), EXTENT, 9, 2, 1, 0),
        Place("360726", "Anyuan", "安远县", "Jiangxi", "CHN", (25, 16), (115, 23), GANZHOU, 4, 1, 0, 0),
    ],
}
