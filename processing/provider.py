"""The provider: Leachwatch's algorithms in QGIS's toolbox."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithms.detect_sites import DetectSites
from .algorithms.load_isp_sites import LoadIspSites
from .algorithms.load_published_figures import LoadPublishedFigures
from .algorithms.load_townships import LoadTownships
from .algorithms.load_usgs_tanks import LoadUsgsTanks
from .algorithms.site_expansion import SiteExpansion
from .algorithms.site_sensitivity import SiteSensitivity
from .algorithms.township_summary import TownshipSummaryAlgorithm
from .algorithms.water_proximity import WaterProximity
from .base import RESOURCES

ALGORITHMS = (
    LoadUsgsTanks,
    LoadIspSites,
    LoadPublishedFigures,
    LoadTownships,
    DetectSites,
    SiteExpansion,
    TownshipSummaryAlgorithm,
    SiteSensitivity,
    WaterProximity,
)


class LeachwatchProvider(QgsProcessingProvider):
    """Algorithms that load tanks, sites and townships, and measure how mining changed."""

    def id(self) -> str:
        """Return the prefix of every algorithm's id."""
        return "leachwatch"

    def name(self) -> str:
        """Return the name shown in the toolbox."""
        return "Leachwatch"

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(RESOURCES / "icons" / "leachwatch.svg"))

    def loadAlgorithms(self) -> None:
        """Offer every algorithm."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
