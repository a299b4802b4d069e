"""Words that the parts of the tank filter's dock share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QLocale

from ...analysis.fields import ABANDONED, ACTIVE, UNKNOWN
from ...analysis.selection.wanted import UNIT
from ...translation import tr
from ..load_tanks.role_words import role_words

if TYPE_CHECKING:
    from ...analysis.selection.counts import Counts


def role_name(role: str) -> str:
    """Return what a role is called in titles and notes."""
    return tr("Unit") if role == UNIT else role_words()[role].title


def no_column(role: str) -> str:
    """Return why a role cannot be asked for."""
    texts = {
        "status": tr("This layer has no column for the status."),
        "tank_type": tr("This layer has no column for the type."),
        "diameter_m": tr("This layer has no column for the diameter."),
        UNIT: tr("This layer has no column for the unit."),
        "country": tr("This layer has no column for the country."),
        "source": tr("This layer has no column for the source."),
        "confidence": tr("This layer has no column for the confidence."),
        "search": tr("This layer has no column to search."),
    }
    return texts[role]


def how_counted() -> str:
    """Return what the numbers beside values are."""
    return tr("The numbers count the tanks that meet every other condition.")


def chosen_of(chosen: int, total: int) -> str:
    """Return how many of how many values are ticked."""
    number = QLocale().toString
    return tr("{n} of {total}").format(n=number(chosen), total=number(total))


def shown_of(counts: Counts | None) -> str:
    """Return how many of how many tanks are shown."""
    shown, total = (QLocale().toString(n) for n in (counts.shown, counts.total)) if counts else ("…", "…")
    return tr("{shown} of {total} tanks").format(shown=shown, total=total)


def by_status(counts: Counts | None) -> str:
    """Return the shown tanks by their latest status, in one line."""
    if counts is None:
        return ""
    numbers = [QLocale().toString(counts.statuses.get(name, 0)) for name in (ACTIVE, ABANDONED, UNKNOWN)]
    return tr("active {active} · abandoned {abandoned} · unknown {unknown}").format(
        active=numbers[0], abandoned=numbers[1], unknown=numbers[2]
    )
