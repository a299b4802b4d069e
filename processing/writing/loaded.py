"""What a loader says of what it loaded: in the log, in its outputs, and as the layer's metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from qgis.core import QgsLayerMetadata, QgsProcessingContext, QgsProcessingFeedback

from ...translation import tr
from ..reading.source_file import SourceFile
from .layer_metadata import layer_metadata, save_metadata
from .style import finish_when_loaded


class Loaded(Protocol):
    """What every loader of ``sources`` returns beside its tables."""

    @property
    def field_map(self) -> dict[str, str]:
        """Role → column, "" for a role left unmapped on purpose."""

    @property
    def notes(self) -> list[str]:
        """What the user should know."""

    @property
    def citation(self) -> str:
        """What to cite."""


@dataclass(frozen=True)
class About:
    """Where a layer comes from: for its metadata, and as outputs of the algorithm."""

    metadata: QgsLayerMetadata
    outputs: dict[str, str]


def tell(feedback: QgsProcessingFeedback, source: SourceFile, loaded: Loaded, counts: str) -> About:
    """Put the mapping, the counts and all that the user should know into the log."""
    from ...sources.columns.roles import field_map_text
    from ...sources.notes import Information

    used = field_map_text(loaded.field_map)
    notes = [*source.notes, *loaded.notes]
    feedback.pushInfo(tr("Columns used: {map}").format(map=used or tr("none")))
    for note in notes:
        (feedback.pushInfo if isinstance(note, Information) else feedback.pushWarning)(note)
    feedback.pushInfo(counts)
    citation = source.provenance.citation or loaded.citation
    metadata = layer_metadata(source.provenance, citation, counts, used, notes)
    return About(metadata, {"FIELD_MAP_USED": used, "CITATION": citation})


def finish(results: dict[str, Any], name: str, about: About, style: str, context: QgsProcessingContext) -> None:
    """Give an output its metadata, and its style ("" for none) where it will be loaded into a project."""
    if name in results:
        save_metadata(results[name], about.metadata, context)
        finish_when_loaded(results[name], style, context, about.metadata)
