"""What the layer says of a clicked feature beside what is counted in it now, with the definitions of both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import QDate, QDateTime, QLocale, Qt

from ...analysis.definition import ALL_COUNTED
from ...translation import tr
from ..load_tanks.role_words import role_words
from .comparing import Compared
from .question import Reading
from .subject import SITE, TANK, UNIT, Subject
from .words import name_of, number, rules

Row = tuple[str, str, str]
NOT_KNOWN = "–"


def headings() -> list[str]:
    """Return the headings of the rows."""
    return [tr("What"), tr("Layer says"), tr("Now")]


def rows(subject: Subject, compared: list[Compared]) -> list[Row]:
    """Return what is said and what is counted, line by line."""
    told = {SITE: _site, UNIT: _unit, TANK: _tank}[subject.kind](subject)
    numbers = [_number_row(one) for one in compared]
    said = [(what, text, "") for what, text in told if text]
    return [*said[:3], *numbers, *said[3:]]


def definitions(reading: Reading, tanks_name: str) -> str:
    """Return what the numbers of the two columns mean, and whether they differ."""
    subject = reading.question.subject
    if subject is None or subject.kind == TANK:
        return ""
    return " ".join(
        [_of_the_layer(subject, bool(reading.compared)), _of_now(reading, tanks_name), *_difference(reading)]
    )


def _site(subject: Subject) -> list[tuple[str, str]]:
    known = _known(subject)
    return [
        (tr("Site"), known("site_id")),
        (tr("Change class"), known("change_class")),
        (tr("Unit"), _unit_name(subject)),
        (tr("Footprint"), _footprint(subject)),
        (tr("Footprint gained, lost"), _gained(subject)),
        (tr("Link distance"), known("link_distance_m", " m")),
        (tr("Minimum of tanks"), known("min_tanks")),
        (tr("Counting"), _counting(subject)),
        (tr("First seen"), known("first_seen")),
        (tr("Last seen"), known("last_seen")),
    ]


def _unit(subject: Subject) -> list[tuple[str, str]]:
    known = _known(subject)
    return [
        (tr("Unit"), known("unit_name")),
        (tr("Local name"), known("unit_name_local")),
        (tr("Code"), known("unit_code")),
        (tr("In"), known("parent_name")),
        (tr("Area"), known("area_km2", " km²")),
        (tr("Tanks per 100 km²"), known("tanks_per_100km2")),
        (tr("Active, of known status"), known("active_share_pct", " %")),
        (tr("New, gone"), " / ".join(filter(None, (known("tanks_new"), known("tanks_gone"))))),
        (tr("Sites"), known("sites")),
        (tr("Footprint"), _footprint(subject)),
        (tr("Link distance"), known("link_distance_m", " m")),
        (tr("Minimum of tanks"), known("min_tanks")),
        (tr("Counting"), _counting(subject)),
    ]


def _tank(subject: Subject) -> list[tuple[str, str]]:
    known, titles = _known(subject), role_words()
    return [(titles[role].title if role in titles else role, known(role)) for role in subject.fields]


def _known(subject: Subject) -> Callable[..., str]:
    def text(name: str, ending: str = "") -> str:
        value = plain(subject.fields.get(name))
        return value + ending if value else ""

    return text


def plain(value: Any) -> str:
    """Return a value of a field as text; nothing where it is not known."""
    if value is None or value == "":
        return ""
    if isinstance(value, (QDate, QDateTime)):
        return value.toString(Qt.DateFormat.ISODate)
    if isinstance(value, float):
        return QLocale().toString(round(value, 2), "g", 12)
    return str(value)


def _unit_name(subject: Subject) -> str:
    name, code = subject.text("unit_name"), subject.text("unit_code")
    return f"{name} ({code})" if name and code else name or code


def _footprint(subject: Subject) -> str:
    start, end = (plain(subject.fields.get(f"footprint_{moment}_ha")) for moment in ("start", "end"))
    area = f"{start or NOT_KNOWN} → {end or NOT_KNOWN}" if start or end else plain(subject.fields.get("footprint_ha"))
    if not area:
        return ""
    method = subject.text("footprint_method") or tr("method not known")
    return tr("{area} ha ({method})").format(area=area, method=method)


def _gained(subject: Subject) -> str:
    gain, loss = (plain(subject.fields.get(f"footprint_{what}_ha")) for what in ("gain", "loss"))
    return tr("+{gain} ha, −{loss} ha").format(gain=gain, loss=loss) if gain and loss else ""


def _counting(subject: Subject) -> str:
    rule = subject.text("counting")
    return tr("all tanks, dated or not") if rule == ALL_COUNTED else rules().get(rule, rule)


def _number_row(one: Compared) -> Row:
    names = {
        "tanks": tr("Tanks"),
        "active": tr("Active"),
        "abandoned": tr("Abandoned"),
        "unknown": tr("Unknown"),
        "undated": tr("Undated"),
    }
    what = names[one.number.part]
    if one.number.year is not None:
        what = tr("{what}, {year}").format(what=what, year=one.number.year)
    if one.now is None:
        return what, number(one.number.value), NOT_KNOWN
    now = number(one.now)
    return what, number(one.number.value), tr("{n} – differs").format(n=now) if one.differs else now


def _of_the_layer(subject: Subject, has_numbers: bool) -> str:
    if not has_numbers:
        return tr("The layer “{layer}” gives no numbers of tanks.").format(layer=subject.layer_name)
    if subject.kind == SITE:
        text = tr(
            "The layer “{layer}” counts the tanks that formed the site (link distance {distance} m, at least {n} "
            "tanks) when it was made."
        )
        distance, least = (plain(subject.fields.get(name)) for name in ("link_distance_m", "min_tanks"))
        return text.format(layer=subject.layer_name, distance=distance or NOT_KNOWN, n=least or NOT_KNOWN)
    text = tr(
        "The layer “{layer}” counts the tanks that stood in the unit when it was made; one that stands in several "
        "units counts in one of them."
    )
    return text.format(layer=subject.layer_name)


def _of_now(reading: Reading, tanks_name: str) -> str:
    return tr(
        "Counted now: tanks of “{tanks}” inside the polygon or on its border, by the layer's own rule, that meet the "
        "filter in all but its years."
    ).format(tanks=tanks_name)


def _difference(reading: Reading) -> list[str]:
    """Return why numbers may differ, where they do."""
    if not any(one.differs for one in reading.compared):
        return []
    found = [tr("The numbers of {name} differ.").format(name=name_of(reading.question.subject))]
    if reading.left_out:
        found.append(tr("The filter leaves out {n} tanks inside.").format(n=number(reading.left_out)))
    else:
        found.append(
            tr("The polygon may hold tanks that belong to no site or to another, or the tanks have changed since.")
        )
    return found
