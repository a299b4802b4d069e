"""The example models in words: inputs, steps, outputs, help. ``tools/make_models.py`` makes files of them."""

from __future__ import annotations

from typing import Any, NamedTuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

_WHOLE, _REAL = QgsProcessingParameterNumber.Type.Integer, QgsProcessingParameterNumber.Type.Double
_SITE = {"LINK_DISTANCE": "@LINK_DISTANCE", "MIN_TANKS": "@MIN_TANKS"}


class Step(NamedTuple):
    """A step: its values are texts with @ for the model's inputs, (step, output), or values themselves.

    ``outputs``: by the name that the user sees, the step's output and what to say of it.
    """

    id: str
    algorithm: str
    title: str
    comment: str
    values: dict[str, Any]
    outputs: dict[str, tuple[str, str]]


class Described(NamedTuple):
    """A model."""

    title: str
    help: str
    inputs: list[QgsProcessingParameterDefinition]
    steps: list[Step]


def helped(parameter: QgsProcessingParameterDefinition, text: str) -> QgsProcessingParameterDefinition:
    """Return the parameter with its help."""
    parameter.setHelp(text)
    return parameter


def tanks_file() -> QgsProcessingParameterDefinition:
    """Return the input of the file of tanks."""
    return helped(
        QgsProcessingParameterFile("TANKS_FILE", "File of tanks", fileFilter="All files (*)"),
        "Any file that Load USGS tanks reads: CSV, XLSX, GeoPackage, shapefile, file geodatabase, KML, also zipped.",
    )


def units(optional: bool) -> QgsProcessingParameterDefinition:
    """Return the input of the units."""
    kinds = [QgsProcessing.SourceType.TypeVectorPolygon]
    return helped(
        QgsProcessingParameterFeatureSource("UNITS", "Units", kinds, None, optional),
        "Townships or counties, as Load townships writes them (unit_code, unit_name).",
    )


def year(name: str, title: str, default: int | None, text: str) -> QgsProcessingParameterDefinition:
    """Return the input of a year."""
    return helped(QgsProcessingParameterNumber(name, title, _WHOLE, default, default is None, 1900, 2200), text)


def site_definition() -> list[QgsProcessingParameterDefinition]:
    """Return the inputs that say what a site is."""
    return [
        helped(
            QgsProcessingParameterNumber("LINK_DISTANCE", "Link distance (ground metres)", _REAL, 150.0, False, 0.01),
            "Tanks within this distance of each other belong to one group.",
        ),
        helped(
            QgsProcessingParameterNumber("MIN_TANKS", "Minimum of tanks", _WHOLE, 4, False, 1),
            "A group of at least this many tanks is a site; tanks of smaller groups are ungrouped.",
        ),
    ]


def load_tanks() -> Step:
    """Return the step that loads the tanks."""
    return Step(
        "load",
        "loadusgstanks",
        "Load tanks",
        "One row a tank, whatever form the file has. The log says which column was taken for what.",
        {"INPUT": "@TANKS_FILE"},
        {"Tanks": ("OUTPUT", "One row a tank."), "Rows left out": ("REJECTED", "With the reason of each.")},
    )


def tanks_to_township_report() -> Described:
    """Return the model from a file of tanks to the reports of expansion and of townships."""
    two_years = {"TANKS": ("load", "OUTPUT"), "UNITS": "@UNITS", "START_YEAR": "@START_YEAR", "END_YEAR": "@END_YEAR"}
    return Described(
        "Tanks to township report",
        "From a file of tanks and a layer of units to two reports: how sites changed between two years, and what each "
        "township held year by year. The same years and the same definition of a site go into both, so that their "
        "numbers fit each other.",
        [
            tanks_file(),
            units(optional=False),
            year("START_YEAR", "Start year", 2020, "The earlier of the two years that are compared (its end)."),
            year("END_YEAR", "End year", 2024, "The later of the two years that are compared (its end)."),
            *site_definition(),
        ],
        [
            load_tanks(),
            Step(
                "change",
                "siteexpansion",
                "Site expansion",
                "Sites at both years, what grew and what was given up. The summary adds up.",
                {**two_years, **_SITE},
                {
                    "Sites": ("SITES", "One row a site, with its change."),
                    "Ground gained": ("GROWTH", "Ground covered at the end, not at the start."),
                    "Summary": ("SUMMARY", "All tanks, in sites, ungrouped, by unit, outside all units."),
                    "Report of sites": ("HTML", "One HTML file."),
                },
            ),
            Step(
                "townships",
                "townshipsummary",
                "Township summary",
                "The same tanks by unit, year by year; before and after the cut date (1 February 2021).",
                {**two_years, **_SITE},
                {
                    "Units with their counts": ("UNITS_OUT", "The units with their counts at the end."),
                    "Units by year": ("YEARLY", "One row a unit a year."),
                    "Report of townships": ("HTML", "One HTML file."),
                },
            ),
        ],
    )


def two_sources_compared() -> Described:
    """Return the model that holds sites made of tanks against a source of sites."""
    return Described(
        "Two sources compared",
        "Holds tanks of one source against mining sites of another. Tanks are no sites: so sites are first made of the "
        "tanks, and then sites are compared with sites. Lists what both have, what each has alone, and both beside the "
        "published figures. To compare tanks with tanks, use Compare sources by itself.",
        [
            tanks_file(),
            helped(
                QgsProcessingParameterFile("SITES_FILE", "File of sites", fileFilter="All files (*)"),
                "Any file that Load ISP sites reads: KML, KMZ, CSV, XLSX, GeoPackage, shapefile.",
            ),
            units(optional=True),
            year("YEAR", "Year (empty: all tanks)", None, "Tanks that count at the end of this year form the sites."),
            *site_definition(),
            helped(
                QgsProcessingParameterNumber(
                    "MATCH_DISTANCE", "Match distance (ground metres)", _REAL, 500.0, False, 0.01, 100_000.0
                ),
                "No pair of sites is further apart, edge to edge.",
            ),
        ],
        [
            load_tanks(),
            Step(
                "detect",
                "detectsites",
                "Detect sites",
                "Sites of the tanks: like is compared with like.",
                {"TANKS": ("load", "OUTPUT"), "YEAR": "@YEAR", **_SITE},
                {"Sites of the tanks": ("SITES", "One polygon a site.")},
            ),
            Step(
                "sites",
                "loadispsites",
                "Load sites",
                "One row a site of the other source. Its ponds are not counted against the tanks.",
                {"INPUT": "@SITES_FILE", "UNITS": "@UNITS"},
                {"Sites of the other source": ("OUTPUT", "One row a site.")},
            ),
            _comparison(),
        ],
    )


def _comparison() -> Step:
    return Step(
        "compare",
        "comparesources",
        "Compare sources",
        "A: sites of the tanks. B: sites of the other source. Matched one to one, the nearest first.",
        {
            "A": ("detect", "SITES"),
            "B": ("sites", "OUTPUT"),
            "UNITS": "@UNITS",
            "MATCH_DISTANCE": "@MATCH_DISTANCE",
        },
        {
            "Matched": ("MATCHED", "One row a pair."),
            "Only in the tanks": ("ONLY_A", "Sites of the tanks without a partner."),
            "Only in the other source": ("ONLY_B", "Sites of the other source without a partner."),
            "Agreement by unit": ("BY_UNIT", "Counts by unit, outside all, and in all."),
            "Beside the published figures": ("FIGURES", "A's and B's number only where it is comparable."),
            "Report": ("HTML", "One HTML file."),
        },
    )


def series_of_years() -> Described:
    """Return the model from a file of tanks to sites by year, for charts and animations."""
    return Described(
        "Series of years",
        "From a file of tanks to sites year by year: a layer that QGIS's temporal controller can play, and a report "
        "with charts. Sites are formed once over all the years, so that a site keeps its identity.",
        [
            tanks_file(),
            helped(
                QgsProcessingParameterString("YEARS", "Years", "2010-2025"),
                "A list such as 2012, 2016-2020, 2024.",
            ),
            units(optional=True),
            *site_definition(),
        ],
        [
            load_tanks(),
            Step(
                "series",
                "siteexpansion",
                "Sites by year",
                "Set the layer Sites by year in the temporal controller to a step of one year, and play.",
                {"TANKS": ("load", "OUTPUT"), "YEARS": "@YEARS", "UNITS": "@UNITS", **_SITE},
                {
                    "Sites by year": ("SERIES", "One row a site a year, with its footprint in that year."),
                    "Change of sites": ("SITES", "One row a site, with its change."),
                    "Years of images": ("IMAGE_YEARS", "Tanks first seen by year: building, or years of imagery?"),
                    "Report": ("HTML", "One HTML file."),
                },
            ),
        ],
    )


def models() -> dict[str, Described]:
    """Return each model by the id that it has for ever."""
    return {
        "tankstotownshipreport": tanks_to_township_report(),
        "twosourcescompared": two_sources_compared(),
        "seriesofyears": series_of_years(),
    }
