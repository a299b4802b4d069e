"""ScienceBase, the data repository of the USGS: from a DOI to the files of its item."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...analysis.progress import never
from ..errors import SourceError
from . import answers, content
from .download import fetch_json
from .endpoints import Endpoints
from .located import Located, Reading, Tell, silent
from .network import Network
from .sciencebase_files import Group, RemoteFile, by_preference, listed, metadata_of, some, wanted

DOI = "10.5066/P1BSFNQ2"
_SCHEME = "https://www.sciencebase.gov/vocab/category/item/identifier"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WAYS = 3  # data files tried one after another
_NO_LICENCE = "ScienceBase states no licence for these data: see the landing page before passing them on."


@dataclass(frozen=True)
class ScienceBase:
    """The data of a DOI that ScienceBase holds. Raises SourceError where the service does not give them."""

    endpoints: Endpoints
    doi: str
    key: str
    title: str

    @property
    def page(self) -> str:
        """Return the landing page, where a person downloads the data."""
        return f"https://doi.org/{self.doi}"

    def locate(self, network: Network, is_cancelled: Callable[[], bool] = never, tell: Tell = silent) -> list[Located]:
        """Ask for the item of the DOI, choose among its files; return them, the best first."""
        ask = _Asking(self.endpoints.sciencebase, self.page, network, is_cancelled, tell)
        item = ask.item(ask.item_id(self.doi))
        files, notes = listed([item], self.endpoints)
        if not by_preference(files)[0] and item.get("hasChildren") is True:
            files, notes = listed(ask.children(answers.text(item, "id")), self.endpoints)
        chosen, others = by_preference(files)
        if not chosen:
            raise SourceError(_no_data(self, [file.name for file in files]))
        return [self._located(item, group, chosen, others, notes) for group in chosen[:_WAYS]]

    def check(self, file: Path, is_cancelled: Callable[[], bool] = never) -> None:
        """See that the file is whole and holds something to read."""
        content.require_data(file, is_cancelled)

    def reading(self, file: Path) -> Reading:
        """Leave it to the loader: which layers and columns the release has is not known beforehand."""
        return Reading()

    def _located(
        self, item: dict[str, Any], group: Group, chosen: list[Group], others: list[RemoteFile], notes: list[str]
    ) -> Located:
        metadata = metadata_of(group[0], others)
        beside = [wanted(part, part.needed) for part in group[1:]]
        licence = answers.text(item, "rights") or answers.text(item, "license")
        return Located(
            wanted(group[0]),
            (*beside, wanted(metadata, required=False)) if metadata else tuple(beside),
            licence,
            answers.text(item, "citation", 1000),
            _version(item),
            (*notes, *_left_out(group, chosen, others, metadata), *([] if licence else [_NO_LICENCE])),
        )


@dataclass(frozen=True)
class _Asking:
    """The questions put to the service, each told before it is put."""

    base: str
    page: str
    network: Network
    is_cancelled: Callable[[], bool]
    tell: Tell

    def item_id(self, doi: str) -> str:
        """Return the item that bears the DOI, which is written in one of two ways."""
        for key in (doi, f"doi:{doi}"):
            which = {"scheme": _SCHEME, "type": "DOI", "key": key}
            params = {"format": "json", "filter": f"itemIdentifier={json.dumps(which)}"}
            found = self._items(params, f"which item bears the DOI {key}")
            ids = [answers.text(item, "id") for item in found]
            if ids:
                return ids[0]
        raise SourceError(
            f"ScienceBase names no item for the DOI {doi}. Open {self.page} in a browser, download the data by hand "
            "and choose the file as INPUT; or mend the DOI in the options."
        )

    def item(self, item_id: str) -> dict[str, Any]:
        """Return an item."""
        found = self._ask(f"{self.base}/catalog/item/{item_id}", {"format": "json"}, f"what item {item_id} holds")
        return {**found, "id": item_id}

    def children(self, item_id: str) -> list[dict[str, Any]]:
        """Return the items below an item, with their files."""
        params = {"parentId": item_id, "format": "json", "max": "100", "fields": "title,files,facets"}
        return self._items(params, f"what stands below item {item_id}")

    def _items(self, params: dict[str, str], what: str) -> list[dict[str, Any]]:
        found = self._ask(f"{self.base}/catalog/items", params, what).get("items")
        if not isinstance(found, list):
            raise answers.another_shape("The list of items of ScienceBase", found, self.page)
        return [item for item in answers.objects(found) if _ID.fullmatch(answers.text(item, "id"))]

    def _ask(self, url: str, params: dict[str, str], what: str) -> dict[str, Any]:
        self.tell(f"Asking {self.base}, {what}.")
        found = fetch_json(url, self.network, params=params, page=self.page, is_cancelled=self.is_cancelled)
        return answers.mapping(found, "The answer of ScienceBase", self.page)


def _version(item: dict[str, Any]) -> str:
    changed = item.get("provenance")
    day = answers.text(changed, "lastUpdated", 40) if isinstance(changed, dict) else ""
    return f"item {item['id']}" + (f", last updated {day[:10]}" if day else "")


def _no_data(dataset: ScienceBase, names: list[str]) -> str:
    return (
        f"The item of {dataset.doi} on ScienceBase lists no data file that can be fetched, only: "
        f"{some(names) or 'nothing'}. "
        f"Open {dataset.page} in a browser, download the data by hand and choose the file as INPUT."
    )


def _left_out(group: Group, chosen: list[Group], others: list[RemoteFile], metadata: RemoteFile | None) -> list[str]:
    data = [each[0].name for each in chosen if each is not group]
    rest = [file.name for file in others if file is not metadata]
    notes = [f"The item holds other data files too, which were not taken: {some(data)}."] if data else []
    return [*notes, f"Left out, as no data or not to be fetched: {some(rest)}."] if rest else notes
