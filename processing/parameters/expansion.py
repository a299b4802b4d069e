"""What site expansion gives back: layers, tables, and numbers that models can branch on."""

from __future__ import annotations

from qgis.core import QgsProcessing

from ...analysis import fields
from ...translation import tr
from ..base import LeachwatchAlgorithm

SITES, GROWTH, LOSS, SUMMARY, SERIES = "SITES", "GROWTH", "LOSS", "SUMMARY", "SERIES"
UNCERTAINTY, NEIGHBOURS, IMAGE_YEARS = "UNCERTAINTY", "NEIGHBOURS", "IMAGE_YEARS"


def add_layers(algorithm: LeachwatchAlgorithm) -> None:
    """Add the layers and the summary."""
    polygons, table = QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVector
    algorithm.add_sink(SITES, tr("Sites"), polygons, tr("One row a site, with its footprint at the end."))
    algorithm.add_sink(GROWTH, tr("Ground gained"), polygons, tr("Ground covered at the end, not at the start."), True)
    algorithm.add_sink(
        LOSS, tr("Ground given up"), polygons, tr("Ground covered at the start, not at the end."), True, False
    )
    algorithm.add_sink(
        SUMMARY,
        tr("Summary"),
        table,
        tr(
            "Sums: all tanks, in sites, ungrouped, not counted, undated, left out, of which new as far as is known, by "
            "unit, outside all units. The column breakdown says which rows add up."
        ),
        True,
    )


def add_more_tables(algorithm: LeachwatchAlgorithm) -> None:
    """Add what is made where it is asked for."""
    polygons, table = QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVector
    asked = {
        SERIES: (
            tr("Sites by year"),
            polygons,
            tr(
                "One row a site a year, with its footprint in the year and the days on which the year begins and ends, "
                "for the temporal controller."
            ),
        ),
        UNCERTAINTY: (
            tr("Uncertainty"),
            table,
            tr("Of all tanks, each site and each unit: how many tanks are undated, of unknown status, seen once …"),
        ),
        NEIGHBOURS: (
            tr("Neighbouring link distances"),
            table,
            tr("The result under two thirds of the link distance, the link distance, and half as much again."),
        ),
        IMAGE_YEARS: (
            tr("Years of images"),
            table,
            tr("Tanks first seen by year, dates of images in it, and a flag for a year of imagery, not of building."),
        ),
    }
    for name, (description, kind, explanation) in asked.items():
        algorithm.add_sink(name, description, kind, explanation, True, False)


def add_counts(algorithm: LeachwatchAlgorithm) -> None:
    """Add the numbers."""
    algorithm.add_numbers(
        SITE_COUNT=tr("Sites at the start or the end"),
        SITES_START=tr("Sites at the start"),
        SITES_END=tr("Sites at the end"),
        **{f"{word.upper()}_COUNT": tr("Sites: {x}").format(x=word) for word in fields.CHANGE_CLASSES},
        TANKS_START=tr("Tanks at the start"),
        TANKS_END=tr("Tanks at the end"),
        TANKS_NEW=tr("Tanks new"),
        TANKS_NEW_AT_LEAST=tr("Tanks new, at least"),
        TANKS_NEW_AT_MOST=tr("Tanks new, at most"),
        TANKS_NEW_UNDETERMINED=tr("Tanks new that may have stood at the start"),
        TANKS_GONE=tr("Tanks gone"),
        TANK_COUNT=tr("Tanks of the layer"),
        UNGROUPED_COUNT=tr("Tanks counted at the start or the end, in no site"),
        NOT_IN_YEARS_COUNT=tr("Dated tanks that count neither at the start nor at the end"),
        UNDATED_COUNT=tr("Undated tanks, counted in no year"),
        LEFT_OUT_COUNT=tr("Tanks without a usable position"),
        YEAR_COUNT=tr("Years compared"),
        SITES_BETWEEN_COUNT=tr("Sites with tanks in years between alone"),
        FLAGGED_YEAR_COUNT=tr("Years of imagery, not of building, after the start and up to the end"),
        FOOTPRINT_START_HA=tr("Footprint at the start (ha)"),
        FOOTPRINT_END_HA=tr("Footprint at the end (ha)"),
        FOOTPRINT_GAIN_HA=tr("Ground gained (ha)"),
        FOOTPRINT_LOSS_HA=tr("Ground given up (ha)"),
    )
