"""What makes two spellings of a unit's or a state's name the same: case, spaces, hyphens, diacritics, "township"."""

from __future__ import annotations

import re
import unicodedata

_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_LEVEL = re.compile(r"[\s,.\-]+(?:township|tsp|county)\s*\.?\s*$|\s*(?:မြို့နယ်)$", re.IGNORECASE)
_STATE_WORDS = {"state", "region", "division", "province", "of"}
_SIDES = {
    **dict.fromkeys(("n", "north", "northern"), "north"),
    **dict.fromkeys(("s", "south", "southern"), "south"),
    **dict.fromkeys(("e", "east", "eastern"), "east"),
    **dict.fromkeys(("w", "west", "western"), "west"),
}


def normal(name: str) -> str:
    """Return a name by which equal names are told: letters and digits alone, in lower case, without "township".

    Signs of Burmese and other scripts are kept, for they are letters there; zero-width characters are not.
    """
    bare = _LEVEL.sub("", "".join(sign for sign in name.strip() if unicodedata.category(sign) != "Cf"))
    folded = unicodedata.normalize("NFKD", bare).casefold()
    composed = unicodedata.normalize("NFC", _LATIN_MARKS.sub("", folded))
    return "".join(sign for sign in composed if unicodedata.category(sign)[0] in "LMN")


def alternatives(name: str) -> list[str]:
    """Return the spellings that a name gives side by side, such as "Pangsang (Pangkham)"; none where it gives one."""
    parts = [part.strip() for part in re.split(r"[()/;]", name)]
    found = [part for part in parts if part]
    return found if len(found) > 1 else []


def state_words(name: str) -> frozenset[str]:
    """Return the words that tell a state, such as {"shan", "north"} for "Northern Shan State"."""
    clean = "".join(sign for sign in name if unicodedata.category(sign) != "Cf").casefold()
    # Burmese signs are no word characters to \w: part at ASCII that is neither letter nor digit.
    words = re.split(r"[\x00-\x2f\x3a-\x60\x7b-\x7f]+", clean)
    return frozenset(_SIDES.get(word, word) for word in words if word and word not in _STATE_WORDS)


def same_state(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two states can be one: "Shan" covers Shan (North), and a state that is not told covers all."""
    return one <= other or other <= one
