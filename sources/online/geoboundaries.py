"""geoBoundaries: open boundaries of every country, one level a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ...analysis.progress import never
from ..errors import SourceError
from . import answers, content
from .download import Remote, fetch_json
from .endpoints import HOME, Endpoints, address
from .located import Located, Reading, Tell, Wanted, silent
from .network import Network

LEVEL = "ADM3"
_REFERENCE = (
    "Runfola, D., and others, 2020, geoBoundaries: a global database of political administrative boundaries: "
    "PLoS ONE 15(4), e0231866"
)
# Where GitHub shows a raw file: /owner/repository/raw/commit/path, or without “raw” on the host of raw files.
_RAW = re.compile(r"/([\w.-]+)/([\w.-]+)/raw/(.+)")
_RAW_HOST = re.compile(r"/([\w.-]+)/([\w.-]+)/(.+)")
_SIMPLIFIED = "The full boundaries could not be had: these are the simplified ones, whose lines are coarser."


@dataclass(frozen=True)
class GeoBoundaries:
    """The third level of a country in gbOpen. Raises SourceError where the service does not give it."""

    endpoints: Endpoints
    country: str

    @property
    def key(self) -> str:
        """Return the name in the cache."""
        return f"geoboundaries-{self.country}-{LEVEL}"

    @property
    def title(self) -> str:
        """Return the name for people."""
        return f"geoBoundaries gbOpen {self.country} {LEVEL}"

    @property
    def page(self) -> str:
        """Return the page where a person downloads them."""
        return f"{HOME.geoboundaries}/countryDownloads.html"

    def locate(self, network: Network, is_cancelled: Callable[[], bool] = never, tell: Tell = silent) -> list[Located]:
        """Ask the service for the addresses: the full boundaries first, the simplified ones where those fail."""
        tell(f"Asking {self.endpoints.geoboundaries} for the addresses of {self.title}.")
        url = f"{self.endpoints.geoboundaries}/api/current/gbOpen/{self.country}/{LEVEL}/"
        answer = fetch_json(url, network, page=self.page, is_cancelled=is_cancelled)
        record = answers.mapping(answer, "The answer of geoBoundaries", self.page)
        self._require_same(record)
        ways = (("gjDownloadURL", "", ()), ("simplifiedGeometryGeoJSON", "_simplified", (_SIMPLIFIED,)))
        found = [self._located(record, key, part, notes) for key, part, notes in ways]
        found = [each for each in found if each.file.remotes]
        if not found:
            raise SourceError(
                f"geoBoundaries gives no address for {self.title} that can be asked. Open {self.page} in a browser, "
                "download the data by hand and choose the file as INPUT."
            )
        return found

    def check(self, file: Path, is_cancelled: Callable[[], bool] = never) -> None:
        """See that the file is GeoJSON of polygons, of this country where it says."""
        rows = content.polygons(file, is_cancelled)
        countries = {str(row.get("shapeGroup") or "") for row in rows} - {""}
        if countries and self.country not in countries:
            raise SourceError(f"{file.name} holds units of {', '.join(sorted(countries)[:5])}, not of {self.country}.")

    def reading(self, file: Path) -> Reading:
        """Leave it to the loader, which knows the form and says what it lacks."""
        return Reading()

    def _require_same(self, record: dict[str, Any]) -> None:
        said = answers.text(record, "boundaryISO"), answers.text(record, "boundaryType")
        if said[0] not in ("", self.country) or said[1] not in ("", LEVEL):
            raise SourceError(
                f"geoBoundaries was asked for {self.country} {LEVEL} and answered {' '.join(said)}. "
                "Check its base URL in the options."
            )

    def _located(self, record: dict[str, Any], key: str, part: str, notes: tuple[str, ...]) -> Located:
        url = address(record.get(key), HOME.geoboundaries, self.endpoints.geoboundaries)
        urls = [url, lfs_address(url, self.endpoints.lfs)] if url else []
        name = f"geoBoundaries-{self.country}-{LEVEL}{part}.geojson"
        year = answers.text(record, "boundaryYearRepresented", 60) or answers.text(record, "boundaryYear", 60)
        source, licence = answers.text(record, "boundarySource"), answers.text(record, "boundaryLicense")
        version = [answers.text(record, "boundaryID", 100), year and f"boundaries of {year}"]
        missing = () if licence else ("geoBoundaries states no licence for these data: see its page.",)
        return Located(
            Wanted(tuple(Remote(each, name, kind="json") for each in dict.fromkeys(filter(None, urls)))),
            licence=licence,
            citation=f"{self.title}{f', from {source}' if source else ''}. {_REFERENCE}",
            version=", ".join(filter(None, version)),
            notes=(*notes, *missing),
        )


def lfs_address(url: str, base: str) -> str:
    """Return where Git LFS keeps what GitHub shows at a raw URL, "" for another URL."""
    parts = urlsplit(url)
    if parts.hostname == "raw.githubusercontent.com":
        raw = _RAW_HOST.fullmatch(parts.path)
    else:
        raw = _RAW.fullmatch(parts.path)
    return f"{base}/media/{raw[1]}/{raw[2]}/{raw[3].removeprefix('refs/heads/')}" if raw else ""
