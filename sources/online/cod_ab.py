"""COD-AB: the administrative boundaries that OCHA publishes on HDX, the Humanitarian Data Exchange."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ...analysis.progress import never
from ..errors import SourceError
from . import answers, content
from .download import Remote, fetch_json
from .endpoints import HOME, Endpoints, address
from .located import Located, Reading, Tell, Wanted, silent
from .network import Network

DEEPEST = 3  # townships in Myanmar, counties in China
_SHALLOW_BY_NATURE = ("CHN",)  # its COD-AB stops at prefectures
_LEVEL = re.compile(r"adm(?:in)?[_ -]?([0-5])(?!\d)", re.IGNORECASE)
_LAYER = (".shp", ".geojson", ".json")
_NO_UNITS = re.compile(r"line|point|capital|centroid|gazetteer|population|edge", re.IGNORECASE)
_BOUNDS = re.compile(r"adm|bnda|boundar", re.IGNORECASE)
_LEVELS = {0: "country", 1: "provinces", 2: "prefectures or districts"}


@dataclass(frozen=True)
class CodAb:
    """The COD-AB of a country. Raises SourceError where HDX does not give it."""

    endpoints: Endpoints
    country: str

    @property
    def key(self) -> str:
        """Return the name in the cache."""
        return f"cod-ab-{self.country}" + ("" if self.country in _SHALLOW_BY_NATURE else f"-adm{DEEPEST}")

    @property
    def title(self) -> str:
        """Return the name for people."""
        return f"COD-AB administrative boundaries of {self.country} (OCHA, on HDX)"

    @property
    def page(self) -> str:
        """Return the page where a person downloads them."""
        return f"{HOME.hdx}/dataset/{self._name}"

    @property
    def _name(self) -> str:
        return f"cod-ab-{self.country.lower()}"

    def locate(self, network: Network, is_cancelled: Callable[[], bool] = never, tell: Tell = silent) -> list[Located]:
        """Ask HDX for the dataset's resources; return those that hold the boundaries, the best first."""
        tell(f"Asking {self.endpoints.hdx}, which files its dataset {self._name} holds.")
        url = f"{self.endpoints.hdx}/api/3/action/package_show"
        answer = fetch_json(url, network, params={"id": self._name}, page=self.page, is_cancelled=is_cancelled)
        package = self._package(answers.mapping(answer, "The answer of HDX", self.page))
        every = answers.objects(package.get("resources"))
        usable = [resource for resource in every if self._url(resource) and _rank(resource, self.country) < _USELESS]
        if not usable:
            names = ", ".join(filter(None, (answers.text(each, "name", 80) for each in every[:10])))
            raise SourceError(
                f"HDX lists no file of boundaries that can be read in {self._name}, only: {names or 'nothing'}. "
                f"Open {self.page} in a browser, download the data by hand and choose the file as INPUT."
            )
        usable.sort(key=lambda resource: (_rank(resource, self.country), _names(resource)[0].casefold()))
        return [self._located(package, resource) for resource in usable[:3]]

    def check(self, file: Path, is_cancelled: Callable[[], bool] = never) -> None:
        """See that the file can be unpacked, and holds units deep enough where its names tell."""
        content.require_data(file, is_cancelled)
        levels = _levels(file)
        if levels and max(levels) < DEEPEST and self.country not in _SHALLOW_BY_NATURE:
            raise SourceError(
                f"{file.name} holds no units of level {DEEPEST}, only down to level {max(levels)} "
                f"({_LEVELS[max(levels)]})."
            )

    def reading(self, file: Path) -> Reading:
        """Return the deepest layer of use, where the names in the file tell it."""
        levels = _levels(file)
        return Reading(levels[max(levels)], _depth_notes(self.country, max(levels))) if levels else Reading()

    def _package(self, answer: dict[str, Any]) -> dict[str, Any]:
        if answer.get("success") is not True:
            error = answer.get("error")
            said = answers.text(error, "message") if isinstance(error, dict) else ""
            raise SourceError(
                f"HDX does not give its dataset {self._name}{f' (“{said}”)' if said else ''}. Open {self.page} in a "
                "browser, download the data by hand and choose the file as INPUT."
            )
        return answers.mapping(answer.get("result"), f"The dataset {self._name} of HDX", self.page)

    def _url(self, resource: dict[str, Any]) -> str:
        told = (address(resource.get(key), HOME.hdx, self.endpoints.hdx) for key in ("download_url", "url"))
        return next(filter(None, told), "")

    def _located(self, package: dict[str, Any], resource: dict[str, Any]) -> Located:
        url = self._url(resource)
        name = answers.file_name(*sorted(_names(resource), key=lambda each: not PurePosixPath(each).suffix))
        kind = "zip" if name.casefold().endswith(".zip") else "json" if name.casefold().endswith("json") else "any"
        day = answers.text(resource, "last_modified")[:10]
        title = answers.text(package, "title") or self.title
        source = answers.text(package, "dataset_source")
        cited = ", ".join(filter(None, (source, title, day and f"last modified {day}", f"on HDX, {self.page}")))
        return Located(
            Wanted((Remote(url, name, kind=kind),)),
            licence=answers.text(package, "license_title") or answers.text(package, "license_id"),
            citation=cited,
            version=day,
            notes=_notes(package),
        )


_USELESS = 9


def _rank(resource: dict[str, Any], country: str) -> int:
    """Return the place of a resource in the order of preference, ``_USELESS`` where it holds no units to read."""
    names = " ".join(_names(resource)).casefold()
    form = _form(resource, names)
    level = max((int(found) for found in _LEVEL.findall(names)), default=None)
    if not form or _NO_UNITS.search(names) or not _BOUNDS.search(names):
        return _USELESS
    if level is not None and level != DEEPEST and not (level < DEEPEST and country in _SHALLOW_BY_NATURE):
        return _USELESS
    if f"{country.lower()}_admin_boundaries.{form}.zip" in names:
        return {"shp": 0, "geojson": 1, "gdb": 6}[form]
    whole = {"shp": 2, "geojson": 3, "gdb": 7}[form]
    return whole if level is None or level == DEEPEST else 8


def _form(resource: dict[str, Any], names: str) -> str:
    said = f"{answers.text(resource, 'format', 60).casefold()} {names}"
    for form, pattern in (("geojson", r"geojson"), ("gdb", r"\bgdb\b|geodatabase"), ("shp", r"shp|shapefile")):
        if re.search(pattern, said):
            return form
    return ""


def _names(resource: dict[str, Any]) -> list[str]:
    url = answers.text(resource, "download_url", 4000) or answers.text(resource, "url", 4000)
    return [answers.text(resource, "name"), answers.name_in(url)]


def _levels(file: Path) -> dict[int, str]:
    """Return level → file of a zip's layers, those deeper than is of use left out."""
    if file.suffix.casefold() != ".zip":
        return {}
    names = content.names_in_zip(file)
    found: dict[int, str] = {}
    for name in sorted((PurePosixPath(name).name for name in names), key=lambda each: (len(each), each)):
        level = _LEVEL.search(name)
        if level and name.casefold().endswith(_LAYER) and not _NO_UNITS.search(name) and int(level[1]) <= DEEPEST:
            found.setdefault(int(level[1]), name)
    return found


def _depth_notes(country: str, deepest: int) -> tuple[str, ...]:
    if deepest >= DEEPEST:
        return ()
    return (
        f"The COD-AB of {country} goes down to level {deepest} ({_LEVELS[deepest]}), not to counties. For counties "
        "take geoBoundaries, or a file of your own.",
    )


def _notes(package: dict[str, Any]) -> tuple[str, ...]:
    caveats = answers.text(package, "caveats")
    licence = answers.text(package, "license_title") or answers.text(package, "license_id")
    return (
        *((f"HDX says of these data: {caveats}",) if caveats else ()),
        *(() if licence else ("HDX states no licence for these data: see their page before passing them on.",)),
    )
