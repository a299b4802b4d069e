"""The metadata of a result: what it is, what was done, and the rights of the layers that it was made of."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsCoordinateReferenceSystem, QgsLayerMetadata, QgsMapLayer


def result_metadata(title: str, abstract: str, made_of: Iterable[QgsMapLayer | None]) -> QgsLayerMetadata:
    """Return the metadata of a layer in degrees; citations and licences are those of the layers it was made of."""
    metadata = QgsLayerMetadata()
    metadata.setType("dataset")
    metadata.setLanguage("ENG")
    metadata.setTitle(title)
    metadata.setAbstract(abstract)
    metadata.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    sources = [layer.metadata() for layer in made_of if layer is not None]
    metadata.setRights(list(dict.fromkeys(text for source in sources for text in source.rights())))
    metadata.setLicenses(list(dict.fromkeys(text for source in sources for text in source.licenses())))
    return metadata
