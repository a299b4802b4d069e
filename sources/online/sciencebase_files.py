"""The files of ScienceBase items: which are data, in what order, and at which addresses each can be had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from . import answers
from .download import Remote
from .endpoints import HOME, Endpoints, address
from .located import Wanted

_MD5 = re.compile(r"[0-9a-fA-F]{32}")
_NEEDED = (".shp", ".shx", ".dbf")
_PARTS = (*_NEEDED, ".prj", ".cpg", ".qpj")
# Pictures of the data, and text about them.
_ABOUT = re.compile(r"metadata|readme|browse|thumb|photo|imagery|images?[_.-]|preview|legend", re.IGNORECASE)
_MEANT = re.compile(r"tank|leach|point|location|rare|ree", re.IGNORECASE)
# In order of preference: what keeps the full names and the types of columns comes first.
_FORMS = (
    re.compile(r"(gdb|geodatabase)[^.]*(\.gdb)?\.zip$|\.gdb\.zip$", re.IGNORECASE),
    re.compile(r"\.gpkg$|(gpkg|geopackage)[^.]*(\.gpkg)?\.zip$|\.gpkg\.zip$", re.IGNORECASE),
    re.compile(r"(shp|shape)[^.]*(\.shp)?\.zip$|\.shp\.zip$|\.shp$", re.IGNORECASE),
    re.compile(r"\.zip$", re.IGNORECASE),
    re.compile(r"\.(csv|tsv)$", re.IGNORECASE),
    re.compile(r"\.(geojson|kmz|kml|fgb)$", re.IGNORECASE),
    re.compile(r"\.(xlsx|ods)$", re.IGNORECASE),
)
_SMALL = 5 << 20  # metadata larger than this are left aside


@dataclass(frozen=True)
class RemoteFile:
    """A file of an item: its safe name, what the item says of it, and where it can be had, the best address first."""

    name: str
    urls: tuple[str, ...]
    size: int | None
    md5: str
    content_type: str

    @property
    def needed(self) -> bool:
        """Say whether a shapefile cannot be read without this part."""
        return self.name.casefold().endswith(_NEEDED)


Group = list[RemoteFile]  # one data file, and after a .shp its other parts


def listed(items: Sequence[dict[str, Any]], endpoints: Endpoints) -> tuple[list[RemoteFile], list[str]]:
    """Return the files of items, those of their facets too, each name once; and what to note."""
    found: dict[str, RemoteFile] = {}
    twice: set[str] = set()
    notes: list[str] = []
    for item in items:
        for entry in _entries(item, notes):
            file = _file(entry, answers.text(item, "id"), endpoints)
            known = found.setdefault(file.name.casefold(), file)
            if (known.size, known.md5) != (file.size, file.md5):
                twice.add(file.name)
    if twice:
        notes.append(f"Listed twice with different content, the first was taken: {some(sorted(twice))}.")
    return list(found.values()), notes


def _entries(item: dict[str, Any], notes: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the file objects of an item that bear a name; note those that do not, and lists that are too long."""
    nameless = 0
    for each in (item.get("files"), *(facet.get("files") for facet in answers.objects(item.get("facets")))):
        if isinstance(each, list) and len(each) > answers.MOST:
            notes.append(f"ScienceBase lists {len(each):,} files; the first {answers.MOST:,} were looked at.")
        for entry in answers.objects(each):
            nameless += not answers.text(entry, "name")
            if answers.text(entry, "name"):
                yield entry
    if nameless:
        notes.append(f"{nameless:,} files that ScienceBase lists have no name and were left out.")


def by_preference(files: Sequence[RemoteFile]) -> tuple[list[Group], list[RemoteFile]]:
    """Return the data files, the best first, a shapefile as its parts with the .shp first; and the other files.

    The order: geodatabase, GeoPackage, shapefile, another zip, CSV, GeoJSON or KML, spreadsheet; within one form, names
    that speak of tanks or points first, then by name. Whatever its form, what seems to be about the data comes last.
    """
    groups = [group for file in files if (group := _group(file, files))]
    groups.sort(key=lambda group: _rank(group[0].name))
    taken = {file.name for group in groups for file in group}
    return groups, [file for file in files if file.name not in taken]


def metadata_of(data: RemoteFile, files: Sequence[RemoteFile]) -> RemoteFile | None:
    """Return the FGDC metadata that stand beside a data file, which say what its columns mean; None without."""
    small = [file for file in files if file.name.casefold().endswith(".xml") and file.urls and _is_small(file)]
    stem = data.name.casefold().partition(".")[0]
    same = [file for file in small if file.name.casefold().partition(".")[0] == stem]
    fgdc = [file for file in small if "fgdc" in file.content_type]
    fitting = [*same, *fgdc, *(small if len(small) == 1 else [])]
    return fitting[0] if fitting else None


def wanted(file: RemoteFile, required: bool = True) -> Wanted:
    """Return the file with all its addresses, as ``obtain`` takes it."""
    kind = "zip" if file.name.casefold().endswith((".zip", ".kmz", ".xlsx", ".ods")) else "any"
    return Wanted(tuple(Remote(url, file.name, file.size, file.md5, kind) for url in file.urls), required)


def some(names: Sequence[str]) -> str:
    """Return up to ten names for a message, and how many more there are."""
    return ", ".join(names[:10]) + (f" and {len(names) - 10:,} more" if len(names) > 10 else "")


def _is_small(file: RemoteFile) -> bool:
    return file.size is None or file.size <= _SMALL


def _file(entry: dict[str, Any], item_id: str, endpoints: Endpoints) -> RemoteFile:
    name = answers.text(entry, "name")
    by_name = f"{endpoints.sciencebase}/catalog/file/get/{item_id}?name={quote(name, safe='')}"
    told = [address(entry.get(key), HOME.sciencebase, endpoints.sciencebase) for key in _ADDRESSES]
    urls = [told[0], by_name, *told[1:]]
    checksum = entry.get("checksum")
    checksum = checksum if isinstance(checksum, dict) else {}
    md5 = answers.text(checksum, "value") if answers.text(checksum, "type").upper() == "MD5" else ""
    return RemoteFile(
        answers.file_name(name),
        tuple(dict.fromkeys(url for url in urls if url)),
        answers.size(entry),
        md5.lower() if _MD5.fullmatch(md5) else "",
        answers.text(entry, "contentType").casefold(),
    )


_ADDRESSES = ("publishedS3Uri", "downloadUri", "url")


def _group(file: RemoteFile, files: Sequence[RemoteFile]) -> Group:
    if not file.urls or _form(file.name) == len(_FORMS):
        return []
    if not file.name.casefold().endswith(".shp"):
        return [file]
    by_name = {each.name.casefold(): each for each in files}
    stem = file.name.casefold()[: -len(".shp")]
    parts = {suffix: by_name[stem + suffix] for suffix in _PARTS if stem + suffix in by_name}
    whole = all(suffix in parts for suffix in _NEEDED)
    return [file, *(part for suffix, part in parts.items() if suffix != ".shp")] if whole else []


def _rank(name: str) -> tuple[bool, int, bool, str]:
    return bool(_ABOUT.search(name)), _form(name), not _MEANT.search(name), name.casefold()


def _form(name: str) -> int:
    return next((rank for rank, form in enumerate(_FORMS) if form.search(name)), len(_FORMS))
