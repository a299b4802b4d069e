"""FGDC metadata beside the data: what its columns and their coded values stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

_MOST_CHARACTERS = 5_000_000
_NO_PARSER = "Metadata (FGDC) beside the data was not read: the Python package defusedxml is missing."


@dataclass(frozen=True)
class Attribute:
    """A column as metadata describes it: what it means, and what its coded values stand for."""

    definition: str
    codes: dict[str, str]


def describe(text: str, columns: Collection[str]) -> tuple[dict[str, Attribute], list[str]]:
    """Return column → attribute of FGDC metadata, for the layer that has most of the ``columns``, and notes.

    What cannot be read, or is dangerous to read, is left aside with a note: the data is good without it.
    """
    if not text.strip():
        return {}, []
    if len(text) > _MOST_CHARACTERS:
        return {}, ["Metadata (FGDC) beside the data is too long to be metadata, and was not read."]
    try:
        from defusedxml import ElementTree
        from defusedxml.common import DefusedXmlException
    except ImportError:
        return {}, [_NO_PARSER]
    try:
        root = ElementTree.fromstring(text.strip())
    except DefusedXmlException:
        return {}, ["Metadata (FGDC) beside the data holds XML entities, as no real metadata does, and was not read."]
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        return {}, [f"Metadata (FGDC) beside the data is no sound XML ({error}), and was not read."]
    return _fitting(list(_layers(root)), columns), []


def _layers(root: Any) -> Iterator[dict[str, Attribute]]:
    for detailed in root.iter("detailed"):
        attributes = {}
        for attr in detailed.iter("attr"):
            label = _text(attr, "attrlabl")
            if label:
                attributes[label] = Attribute(_text(attr, "attrdef"), _codes(attr))
        yield attributes


def _codes(attr: Any) -> dict[str, str]:
    pairs = ((_text(edom, "edomv"), _text(edom, "edomvd")) for edom in attr.iter("edom"))
    return {code: meaning for code, meaning in pairs if code and meaning}


def _text(element: Any, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def _fitting(layers: list[dict[str, Attribute]], columns: Collection[str]) -> dict[str, Attribute]:
    """Return the attributes of the layer that describes most columns; where several do, those they agree on."""
    by_case = {column.casefold(): column for column in columns}
    fitted = [
        {by_case[label.casefold()]: attribute for label, attribute in layer.items() if label.casefold() in by_case}
        for layer in layers
    ]
    most = max(map(len, fitted), default=0)
    best = [layer for layer in fitted if len(layer) == most]
    if not most:
        return {}
    return {
        name: attribute for name, attribute in best[0].items() if all(layer.get(name) == attribute for layer in best)
    }
