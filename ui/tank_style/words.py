"""What the dock's choices are called, and what each means."""

from __future__ import annotations

from collections.abc import Callable

from ...translation import tr
from .options import (
    AGE,
    AS_THEY_ARE,
    BY_DIAMETER,
    BY_FIRST_YEAR,
    BY_ID,
    BY_UNIT,
    CLUSTERS,
    COLOUR_BLIND,
    FIXED,
    GROUND,
    HEAT,
    IMAGERY,
    IN_YEAR,
    NO_LABELS,
    POINTS,
    PRINT,
)

Choices = dict[str, tuple[str, str]]


def modes() -> Choices:
    """Return each way to show tanks: its name and what it means."""
    return {
        POINTS: (tr("Status"), tr("Every tank, by the status recorded last")),
        IN_YEAR: (
            tr("Status in a year"),
            tr("Every tank, by what is known of it in one year"),
        ),
        AGE: (tr("Year first seen"), tr("Every tank, by the year of the first image known to show it")),
        CLUSTERS: (
            tr("Clusters with numbers"),
            tr("Tanks close together on the map as one disc with their number"),
        ),
        HEAT: (tr("Heat map"), tr("Where tanks stand close together; single tanks are not told apart")),
    }


def palettes() -> Choices:
    """Return the palettes."""
    return {
        IMAGERY: (tr("As in the imagery"), tr("Filled tanks blue, abandoned ones brown, as they look from above")),
        COLOUR_BLIND: (
            tr("Colour-blind safe"),
            tr("Colours that most people tell apart, and a shape of its own for each status"),
        ),
        PRINT: (tr("Print: black and white"), tr("Black, white and grey, and a shape of its own for each status")),
    }


def sizes() -> Choices:
    """Return what a tank's size can be."""
    return {
        FIXED: (tr("the same for all"), tr("All tanks alike, on every map")),
        GROUND: (
            tr("diameter at scale"),
            tr("As large as the tank at the map's scale; where its diameter is not known, the fixed size"),
        ),
    }


def labels() -> Choices:
    """Return what labels can say."""
    return {
        AS_THEY_ARE: (tr("as they are"), tr("The labels of the style that is in use, if it has any")),
        NO_LABELS: (tr("none"), tr("No labels")),
        BY_ID: (tr("id of the tank"), tr("The tank's id")),
        BY_UNIT: (tr("unit"), tr("The township or county")),
        BY_DIAMETER: (tr("diameter"), tr("The diameter in metres, where it is known")),
        BY_FIRST_YEAR: (tr("year first seen"), tr("The year of the first image known to show the tank")),
    }


CHOICES: dict[str, Callable[[], Choices]] = {"mode": modes, "palette": palettes, "size": sizes, "labels": labels}


def near_tip(mode: str) -> str:
    """Return what the distance of clusters, or of the heat map, means."""
    if mode == CLUSTERS:
        return tr("Tanks nearer to each other than this on the map become one disc")
    return tr("How far on the map the warmth of one tank reaches")


def follow_text(year: int | None) -> str:
    """Return what the box says that follows the filter; ``year``: the filter's."""
    return tr("as in the filt&er") if year is None else tr("filt&er: {year}").format(year=year)


def no_dates() -> str:
    """Return why the layer has no years to show."""
    return tr("The layer has no column with the date on which a tank was first seen")


def no_diameters() -> str:
    """Return why tanks cannot be drawn by their diameter."""
    return tr("The layer has no column with diameters")


def no_column() -> str:
    """Return why a label is not offered."""
    return tr("The layer has no such column")
