"""The provider: Leachwatch's algorithms in QGIS's toolbox."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithms.compare_sources import CompareSources
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
from .models import example_models, read_in_time

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
    CompareSources,
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

    def load(self) -> bool:
        """Load the algorithms; read the models once their steps can be found: when this is in QGIS's registry."""
        QgsApplication.processingRegistry().providerAdded.connect(self._when_added)
        return super().load()

    def unload(self) -> None:
        """Let go of QGIS's registry."""
        QgsApplication.processingRegistry().providerAdded.disconnect(self._when_added)
        super().unload()

    def loadAlgorithms(self) -> None:
        """Offer every algorithm, and the example models."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        self._models = example_models()
        for model in self._models:
            self.addAlgorithm(model)
        if QgsApplication.processingRegistry().providerById(self.id()) is self:
            read_in_time(self._models, self)

    def _when_added(self, provider_id: str) -> None:
        if provider_id == self.id():
            read_in_time(self._models, self)
