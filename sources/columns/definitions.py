"""What metadata says of a column in words: its role, and what its coded values stand for."""

from __future__ import annotations

import re

from . import values
from .status_words import STATUS_WORDS

# What a definition starts to speak of, and what it must say besides; the earliest word decides.
_HEADS = {
    "status": (r"\bstatus\b|\bcondition\b|\bcolou?r\b", r"activ|abandon|operat|blue|brown|in use"),
    "diameter_m": (r"\bdiameter\b", r"\bmet(?:er|re)s?\b|\(m\)"),
    "tank_type": (r"\btype\b|\bkind\b", r"tank|pool|pond|leach|precipitat"),
    "date": (r"\bdate\b|\byear\b", r"imag|acqui|observ"),
    "first_seen": (r"\bfirst\b|\bearliest\b", r"\bdate\b|\byear\b|imag"),
    "last_seen": (r"\blast\b|\blatest\b", r"\bdate\b|\byear\b|imag"),
    "tank_id": (r"\bunique\b|\bidentifier\b", r"\btanks?\b|\bpools?\b|\bfeatures?\b"),
    "lat": (r"\blatitude\b", r"degree|wgs"),
    "lon": (r"\blongitude\b", r"degree|wgs"),
    "country": (r"\bcountry\b", r""),
    "unit_name": (r"\btownship\b|\bcounty\b", r"\bname\b"),
    "confidence": (r"\bconfidence\b|\bcertainty\b", r""),
    "image_source": (r"\bsource\b|\bprovider\b|\bsensor\b|\bsatellite\b", r"imag"),
}
# "Year of the first image in which …" speaks of a date, but of the first one.
_SEEN = r"\b(first|earliest|last|latest)\b.*(?:imag|observ|seen|visible)"
_OF_THE_RECORD = r"publi|creat|edit|updat|revis|modif"
_NOT = {
    "tank_id": r"automatic|internal|esri|sequential",
    "first_seen": _OF_THE_RECORD,
    "last_seen": _OF_THE_RECORD,
    "date": r"\bfirst\b|\blast\b|earliest|latest|before|after|publi|creat|edit",
    "diameter_m": r"\bfeet\b|\bfoot\b|\bft\b|centimet|kilomet",
}


def role_of(definition: str) -> str:
    """Return the role that a column's definition names, "" where it names none clearly."""
    text = re.sub(r"^\w+\s*:\s*", "", definition).casefold()
    heads = [(match.start(), role) for role, (head, _) in _HEADS.items() if (match := re.search(head, text))]
    if not heads:
        return ""
    role = min(heads)[1]
    if role == "date" and (seen := re.search(_SEEN, text)):
        role = "first_seen" if seen[1] in ("first", "earliest") else "last_seen"
    banned = role in _NOT and re.search(_NOT[role], text)
    return role if re.search(_HEADS[role][1], text) and not banned else ""


def meanings(role: str, codes: dict[str, str]) -> dict[str, str]:
    """Return the codes of a status or type whose description says clearly what they stand for: code → word."""
    read = {"status": _status, "tank_type": _type}.get(role)
    if read is None:
        return {}
    words = {code: word for code, description in codes.items() if (word := read(description))}
    return {code: word for code, word in words.items() if read(code) != word}


def _status(description: str) -> str:
    phrase = values.phrase(description)
    if phrase in STATUS_WORDS:
        return STATUS_WORDS[phrase]
    if re.search(r"\b(?:not|no|or|unknown|unclear|may|whether|formerly|once)\b", phrase):
        return ""
    found = {STATUS_WORDS[word] for word in phrase.split() if word in STATUS_WORDS}
    return found.pop() if len(found) == 1 else ""


def _type(description: str) -> str:
    word = values.tank_type_word(description)
    return word if isinstance(word, str) else ""
