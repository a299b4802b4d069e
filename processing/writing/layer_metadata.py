"""Where a layer comes from, as QGIS's own layer metadata: in the layer's properties, and beside the file."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsAbstractMetadataBase,
    QgsCoordinateReferenceSystem,
    QgsLayerMetadata,
    QgsProcessingContext,
    QgsProviderRegistry,
)

from ...translation import tr
from ..base import HELP_URL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...sources.provenance import Provenance


def layer_metadata(
    provenance: Provenance, citation: str, counts: str, field_map: str, notes: Sequence[str]
) -> QgsLayerMetadata:
    """Return title, citation, licence, origin, checksum, mapping and counts as a layer's metadata."""
    metadata = QgsLayerMetadata()
    metadata.setType("dataset")
    metadata.setLanguage("ENG")
    metadata.setIdentifier(f"sha256:{provenance.sha256}" if provenance.sha256 else provenance.file_name)
    metadata.setTitle(provenance.title)
    metadata.setAbstract("\n\n".join([counts, tr("Columns used: {map}").format(map=field_map or tr("none")), *notes]))
    metadata.setRights([citation])
    metadata.setLicenses([provenance.licence or tr("not stated")])
    metadata.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    links = [(tr("Source"), provenance.source_url), (tr("Page"), provenance.landing_page), ("Leachwatch", HELP_URL)]
    for name, url in links:
        if url:
            metadata.addLink(QgsAbstractMetadataBase.Link(name, "WWW:LINK", url))
    for event in _history(provenance):
        metadata.addHistoryItem(event)
    return metadata


def _history(provenance: Provenance) -> list[str]:
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    whole = tr("File {name}, {size} bytes, SHA-256 {sum}.").format(
        name=provenance.file_name, size=f"{provenance.size:,}", sum=provenance.sha256 or tr("not computed (a folder)")
    )
    events = [whole]
    if provenance.retrieved:
        text = tr("Retrieved {when} from {url}, version {version}.")
        events.append(
            text.format(
                when=provenance.retrieved,
                url=provenance.source_url or tr("a file brought by hand"),
                version=provenance.version or tr("not stated"),
            )
        )
    return [*events, tr("Loaded by Leachwatch {when}.").format(when=now)]


def save_metadata(destination: str, metadata: QgsLayerMetadata, context: QgsProcessingContext) -> None:
    """Keep the metadata with an output: on a temporary layer, in a GeoPackage, or beside another file.

    A place that keeps none, such as a database without a table for it, is passed over.
    """
    layer = context.temporaryLayerStore().mapLayer(destination)
    if layer is not None:
        layer.setMetadata(metadata)
        return
    registry = QgsProviderRegistry.instance()
    parts = registry.decodeUri("ogr", destination)
    path = Path(parts.get("path") or "")
    if not path.is_file():
        return
    if path.suffix.casefold() == ".gpkg" and not parts.get("layerName"):
        parts["layerName"] = path.stem
    registry.saveLayerMetadata("ogr", registry.encodeUri("ogr", parts), metadata)
