"""The synthetic sample, as layers of the project."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer

from ..translation import tr

_RESOURCES = Path(__file__).parent.parent / "resources"
_SAMPLE = _RESOURCES / "sample"
TANKS = _SAMPLE / "tanks_synthetic_sample.geojson"
UNITS = _SAMPLE / "townships_synthetic_sample.geojson"


class SampleError(Exception):
    """The sample's files are not where they should be: what, where, what to do."""


def add_sample(project: QgsProject) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """Add the sample's tanks, above its units, to a project; return both."""
    units = _layer(UNITS, "units")
    tanks = _layer(TANKS, "tanks")
    project.addMapLayers([tanks, units])
    return tanks, units


def _layer(path: Path, style: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(str(path), path.stem, "ogr")
    if not layer.isValid():
        raise SampleError(tr("The sample is missing at {path}. Install Leachwatch again.").format(path=path))
    layer.loadDefaultMetadata()
    layer.loadNamedStyle(str(_RESOURCES / "styles" / f"{style}.qml"), QgsMapLayer.StyleCategory.Symbology)
    return layer
