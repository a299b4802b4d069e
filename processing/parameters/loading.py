"""The parameters that the loaders share."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterCrs,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ...translation import tr
from ..base import LeachwatchAlgorithm
from .sites import optional_year, year

INPUT, LAYER, CRS, FIELD_MAP, SNAPSHOT_YEAR, MODE = "INPUT", "LAYER", "CRS", "FIELD_MAP", "SNAPSHOT_YEAR", "MODE"
MODES = ("cache-first", "refresh", "offline")


def add_file(algorithm: LeachwatchAlgorithm, without: str) -> None:
    """Add the file to load; ``without``: what happens where none is given."""
    explanation = tr(
        "CSV, XLSX, ODS, GeoPackage, shapefile, file geodatabase, GeoJSON, TopoJSON, FlatGeobuf, KML, KMZ or GPX, also "
        "zipped. It is read where it is, and nothing goes online."
    )
    algorithm.add(
        # QGIS's own filter, *.*, refuses a name without a dot, and says no more than that the value is incorrect.
        QgsProcessingParameterFile(INPUT, tr("File"), optional=True, fileFilter=tr("All files (*)")),
        f"{explanation} {without}",
    )


def add_layer(algorithm: LeachwatchAlgorithm) -> None:
    """Add the name of the layer in a file of several."""
    algorithm.add(
        QgsProcessingParameterString(LAYER, tr("Layer (of a file with several)"), "", optional=True),
        tr("The name of the layer or sheet. Needed only where the file holds several that could be meant."),
    )


def add_crs(algorithm: LeachwatchAlgorithm) -> None:
    """Add the CRS of a file that does not state its own."""
    algorithm.add(
        QgsProcessingParameterCrs(CRS, tr("CRS (of a file that does not state its own)"), optional=True),
        tr(
            "Only for files without a CRS, such as a shapefile without its .prj, or coordinate columns in metres. "
            "Find out which it is from whoever made the file: a wrong guess moves every point."
        ),
    )


def crs_text(algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return the CRS as text that GDAL takes, "" where none is given."""
    crs = algorithm.parameterAsCrs(parameters, CRS, context)
    if not crs.isValid():
        return ""
    # A CRS of the user's own has a number that only QGIS knows.
    known = crs.authid().partition(":")[0] in ("EPSG", "ESRI", "OGC", "IAU_2015")
    return crs.authid() if known else crs.toWkt()


def add_field_map(algorithm: LeachwatchAlgorithm) -> None:
    """Add the overrides of the columns' roles."""
    algorithm.add(
        QgsProcessingParameterString(FIELD_MAP, tr("Field map (role=column;…)"), "", optional=True),
        tr(
            "Which column plays which role, where the loader should not choose: status=LocOpStat;date=ImgDate. "
            "A role set to nothing (status=) is left out. Paste back FIELD_MAP_USED of an earlier run to repeat it."
        ),
    )


def add_snapshot_year(algorithm: LeachwatchAlgorithm) -> None:
    """Add the year of a file that shows one year."""
    algorithm.add(
        year(SNAPSHOT_YEAR, tr("Year of the snapshot (for files without dates)"), optional=True),
        tr("The year in which the images were taken, for rows that carry no date of their own."),
    )


def add_mode(algorithm: LeachwatchAlgorithm) -> None:
    """Add how the cache and the network are used."""
    algorithm.add(
        QgsProcessingParameterEnum(
            MODE, tr("Cache and network"), options=list(MODES), defaultValue=MODES[0], usesStaticStrings=True
        ),
        tr(
            "Counts only without a file. cache-first: the copy in the cache, else a download. refresh: a new download. "
            "offline: the cache alone; nothing is sent. Leachwatch's setting Offline forbids downloads in any case."
        ),
    )


def add_outputs(algorithm: LeachwatchAlgorithm) -> None:
    """Declare the texts that every loader puts out."""
    algorithm.add_strings(FIELD_MAP_USED=tr("Field map used"), CITATION=tr("Citation"))


def load_options(
    algorithm: LeachwatchAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, Any]:
    """Return the options of a loader of points."""
    return {
        "field_map": algorithm.parameterAsString(parameters, FIELD_MAP, context),
        "snapshot_year": optional_year(algorithm, parameters, SNAPSHOT_YEAR, context),
        "crs": crs_text(algorithm, parameters, context),
    }
