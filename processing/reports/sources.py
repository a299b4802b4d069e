"""Where the inputs come from, as their layers' metadata say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import QgsLayerMetadata, QgsMapLayer, QgsProcessingAlgorithm, QgsProcessingContext, QgsVectorLayer

from ...translation import tr
from ..parameters.checks import is_empty
from ..parameters.layers import chosen_layer, part_read
from .content import DataSource
from .showing import plain_text

_SYNTHETIC = "synthetic"


def sources_of(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, names: Iterable[str]
) -> list[DataSource]:
    """Return the source of the layer of each of these parameters that was given."""
    return [_source(algorithm, parameters, context, name) for name in names if not is_empty(parameters.get(name))]


def _source(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, name: str
) -> DataSource:
    role = algorithm.parameterDefinition(name).description()
    layer = chosen_layer(algorithm, parameters, name, context)
    if layer is None:
        source = algorithm.parameterAsSource(parameters, name, context)
        return DataSource(role, source.sourceName() if source else tr("not known"))
    metadata = _metadata(layer)
    return DataSource(
        role,
        plain_text(layer.name()),
        plain_text("; ".join(filter(None, metadata.rights()))),
        plain_text("; ".join(filter(None, metadata.licenses()))),
        tuple(plain_text(text) for text in _details(layer, metadata, part_read(parameters[name]))),
        _is_synthetic(layer, metadata),
    )


def _metadata(layer: QgsMapLayer) -> QgsLayerMetadata:
    """Return the layer's metadata; those kept with its file, where the layer was opened without them."""
    metadata = layer.metadata()
    if metadata.rights() or metadata.licenses() or metadata.title() or layer.providerType() != "ogr":
        return metadata
    opened = QgsVectorLayer(layer.source(), layer.name(), "ogr")
    opened.loadDefaultMetadata()
    return opened.metadata()


def _details(layer: QgsMapLayer, metadata: QgsLayerMetadata, part: str) -> list[str]:
    details = [metadata.title(), *metadata.abstract().split("\n\n"), *metadata.history()]
    subset = getattr(layer, "subsetString", str)()
    if subset:
        details.append(tr("Filtered: only rows that fit {filter} were read.").format(filter=subset))
    if part:
        details.append(tr("Only a part of it was read: {part}.").format(part=part))
    return [text for text in details if text]


def _is_synthetic(layer: QgsMapLayer, metadata: QgsLayerMetadata) -> bool:
    """Return whether the layer says that it is invented: in its name or metadata, or in its tanks' source."""
    keywords = [word for words in metadata.keywords().values() for word in words]
    texts = [layer.name(), metadata.title(), metadata.identifier(), *keywords]
    return any(_SYNTHETIC in text.casefold() for text in texts) or _rows_say_so(layer)


def _rows_say_so(layer: QgsMapLayer) -> bool:
    fields = getattr(layer, "fields", None)
    index = fields().indexFromName("source") if fields else -1
    if index < 0:
        return False
    # All of them: one observed tank more would be hidden behind a banner that says there is none.
    values = {str(value).casefold() for value in layer.uniqueValues(index, 20)}
    return bool(values) and all(_SYNTHETIC in value for value in values)
