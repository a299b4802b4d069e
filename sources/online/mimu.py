"""MIMU, the Myanmar Information Management Unit: townships from its map server (WFS)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from ...analysis.progress import never
from ..errors import SourceError
from . import content
from .download import Remote
from .endpoints import HOME, Endpoints
from .located import Located, Reading, Tell, Wanted, silent
from .network import Network

_LAYER = "geonode:mmr_polbnda_adm3_250k_mimu_1"
_TERMS = "MIMU's terms ask for an agreement before its boundaries are used online"


@dataclass(frozen=True)
class Mimu:
    """The townships of Myanmar by MIMU. ``agreed``: the user has read MIMU's terms and agrees to them."""

    endpoints: Endpoints
    agreed: bool
    key: str = "mimu-MMR-adm3"
    title: str = "MIMU townships of Myanmar"
    page: str = f"{HOME.mimu}/layers/{_LAYER}"

    def locate(self, network: Network, is_cancelled: Callable[[], bool] = never, tell: Tell = silent) -> list[Located]:
        """Return the one request of the map server. Raises SourceError where its terms are not agreed to."""
        if not self.agreed:
            raise SourceError(
                f"{_TERMS}. Read them on {self.page}. Then either download the townships there by hand and choose the "
                "file as INPUT, or, where you agree to them, say so in the options of Leachwatch (agree_mimu_terms)."
            )
        query = {
            "service": "WFS",
            "version": "1.0.0",
            "request": "GetFeature",
            "typename": _LAYER,
            "outputFormat": "application/json",
            "srsName": "EPSG:4326",
        }
        url = f"{self.endpoints.mimu}/geoserver/wfs?{urlencode(query)}"
        return [
            Located(
                Wanted((Remote(url, "mmr_polbnda_adm3_250k_mimu_1.geojson", kind="json"),)),
                licence=f"{_TERMS}: see {self.page}",
                citation=f"Myanmar Information Management Unit (MIMU), townships of Myanmar, {_LAYER}",
                notes=(f"{_TERMS}; the options say that you agree to them.",),
            )
        ]

    def check(self, file: Path, is_cancelled: Callable[[], bool] = never) -> None:
        """See that the file is GeoJSON of polygons, all of them."""
        content.polygons(file, is_cancelled)

    def reading(self, file: Path) -> Reading:
        """Leave it to the loader: the file has one layer."""
        return Reading()
