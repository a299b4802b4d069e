"""The example models that come with the plugin, as algorithms of the provider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProcessingModelAlgorithm
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QIcon

from ..translation import tr
from . import packages
from .base import HELP_URL, RESOURCES

FOLDER = RESOURCES / "models"
# Reading one takes as long as the whole start may: they are read when QGIS has been idle so long (ms), or before a run.
_LATER = 1_000


def example_models() -> list[ExampleModel]:
    """Return the models, not yet read."""
    titles = {
        "tankstotownshipreport": tr("Tanks to township report"),
        "twosourcescompared": tr("Two sources compared"),
        "seriesofyears": tr("Series of years"),
    }
    return [ExampleModel(FOLDER / f"{name}.model3", title) for name, title in titles.items()]


class ExampleModel(QgsProcessingModelAlgorithm):
    """A model from a file of ``resources/models``, under the file's name as its id.

    Its steps are ours, so it can be read only when our provider is in QGIS's registry: QGIS leaves a step that it
    does not find without its outputs.
    """

    def __init__(self, path: Path, title: str) -> None:
        super().__init__()
        self._path, self._title, self._is_read = path, title, False

    def read(self) -> None:
        """Read the file, once."""
        if not self._is_read:
            self._is_read = self.fromFile(str(self._path))

    def createInstance(self) -> ExampleModel:
        """Return a new one that can be run; QGIS calls this for each run."""
        model = ExampleModel(self._path, self._title)
        model.read()
        return model

    def canExecute(self) -> tuple[bool, str]:
        """Return whether the packages that its steps need are there, and if not, how to get them."""
        message = packages.problem()
        return (False, message) if message else super().canExecute()

    def name(self) -> str:
        """Return the id, stable for ever: QGIS would take the title."""
        return self._path.stem

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self._title

    def group(self) -> str:
        """Return the group shown in the toolbox."""
        return tr("Examples")

    def groupId(self) -> str:
        """Return the group's id."""
        return "examples"

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the plugin's icon for the model designer."""
        return str(RESOURCES / "icons" / "leachwatch.svg")

    def helpUrl(self) -> str:
        """Return where the help button leads, when the user presses it."""
        return HELP_URL


def read_in_time(models: list[ExampleModel], owner: Any) -> None:
    """Read the models: one by one when a window has started, else at once. ``owner``: the models live as long."""
    if QgsApplication.platform() != "desktop":
        for model in models:
            model.read()
        return
    for number, model in enumerate(models, start=1):
        later = QTimer(owner)
        later.setSingleShot(True)
        later.timeout.connect(model.read)
        later.start(number * _LATER)
