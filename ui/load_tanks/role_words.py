"""The roles of a table of tanks in words, the ones that most files have first."""

from __future__ import annotations

from typing import NamedTuple

from ...translation import tr


class RoleWords(NamedTuple):
    """A role's title in the dialog, and its explanation."""

    title: str
    help: str


def role_words() -> dict[str, RoleWords]:
    """Return role → words, in the order of the dialog."""
    return {
        "lat": RoleWords(tr("Latitude (or northing)"), tr("Of files without geometry; degrees unless a CRS is given")),
        "lon": RoleWords(tr("Longitude (or easting)"), tr("Of files without geometry; degrees unless a CRS is given")),
        "tank_id": RoleWords(tr("Tank id"), tr("Rows with the same id are observations of one tank")),
        "status": RoleWords(tr("Status"), tr("Active or abandoned, in words or as blue and brown")),
        "tank_type": RoleWords(tr("Type"), tr("Leachate collection or precipitation")),
        "date": RoleWords(tr("Date of the image"), tr("The day, month or year in which the row saw the tank")),
        "first_seen": RoleWords(tr("First seen"), tr("The first image that shows the tank")),
        "last_seen": RoleWords(tr("Last seen"), tr("The last image that shows the tank")),
        "years": RoleWords(tr("Year columns"), tr("One column a year, each saying whether the tank was there")),
        "diameter_m": RoleWords(tr("Diameter (m)"), tr("In metres")),
        "country": RoleWords(tr("Country"), tr("A name or a code; it becomes a code of three letters")),
        "unit_name": RoleWords(tr("Township"), tr("The name of the township or county")),
        "unit_code": RoleWords(tr("Township code"), tr("The code of the township or county")),
        "confidence": RoleWords(tr("Confidence"), tr("How sure the source is of the place or the tank")),
        "image_source": RoleWords(tr("Image source"), tr("The imagery in which the tank was seen")),
        "status_date": RoleWords(tr("Date of the status"), tr("When the status was seen")),
        "absent_on": RoleWords(tr("Absent on"), tr("The last image without the tank, before it was first seen")),
        "gone_by": RoleWords(tr("Gone by"), tr("The first later image without the tank")),
        "abandoned_since": RoleWords(tr("Abandoned since"), tr("The first image that shows it abandoned")),
        "date_precision": RoleWords(tr("Date precision"), tr("day, month, year or none; of tables Leachwatch wrote")),
        "source": RoleWords(tr("Source"), tr("Who the row comes from")),
    }


def reason_words(reason: str, is_remembered: bool) -> str:
    """Return in words why a column was chosen for a role."""
    if reason == "given":
        return tr("remembered") if is_remembered else tr("you")
    words = {"name": tr("its name"), "content": tr("its content"), "FGDC": tr("FGDC metadata")}
    return words.get(reason, reason)
