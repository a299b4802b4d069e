"""The file that a loader reads: the user's own, else one from the cache or from its service."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from ...settings import Settings, cache_path
from ...settings import load as load_settings
from ...translation import tr
from .. import packages
from ..parameters.loading import INPUT, LAYER, MODE

if TYPE_CHECKING:
    from ...sources.online.located import Dataset
    from ...sources.online.obtain import Obtained
    from ...sources.provenance import Provenance

    Online = Callable[[Settings], Dataset]

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class SourceFile:
    """A file, the layer meant in it ("": the only one of use), where it came from, and what to know of it."""

    path: str
    layer: str
    provenance: Provenance
    notes: list[str] = field(default_factory=list)


def source_file(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    online: Online | None = None,
) -> SourceFile:
    """Return the file of INPUT; without one, the data set's file from the cache or its service, as MODE says.

    Raises QgsProcessingException without INPUT where nothing is ``online``; SourceError, Cancelled.
    """
    given = parameters.get(INPUT)
    # A pathlib.Path reads as no text at all: that would load the data set in place of the file.
    path = os.fspath(given) if isinstance(given, Path) else algorithm.parameterAsString(parameters, INPUT, context)
    layer = algorithm.parameterAsString(parameters, LAYER, context)
    if path:
        path, layer = _parted(path, layer)
        return SourceFile(path, layer, _of_a_file(path, feedback.isCanceled))
    if online is None:
        text = tr("No file was given (INPUT). No service publishes this data as a layer: choose a file of your own.")
        raise QgsProcessingException(text)
    mode = algorithm.parameterAsEnumString(parameters, MODE, context)
    obtained = _obtain(load_settings(), online, mode, feedback)
    return SourceFile(str(obtained.path), layer or obtained.layer, obtained.provenance, obtained.notes)


def _parted(path: str, layer: str) -> tuple[str, str]:
    """Return the file and the layer of a source as QGIS writes it: a.gpkg|layername=tanks."""
    file, mark, more = path.partition("|layername=")
    if not mark or Path(path).exists():
        return path, layer
    return file, layer or more.partition("|")[0]


def _obtain(settings: Settings, online: Online, mode: str, feedback: QgsProcessingFeedback) -> Obtained:
    if message := packages.problem_online():
        raise QgsProcessingException(message)
    from ...sources.cache.store import Store
    from ...sources.online.network import Network
    from ...sources.online.obtain import obtain
    from .qgis_network import network

    if settings.problems:
        # A mistyped address must not be replaced by another host in silence.
        raise QgsProcessingException(" ".join(settings.problems))
    return obtain(
        online(settings),
        mode,
        Store(cache_path(settings)),
        Network(offline=True) if mode == "offline" else network(settings),
        progress=_bytes(feedback),
        tell=feedback.pushInfo,
        is_cancelled=feedback.isCanceled,
    )


def _bytes(feedback: QgsProcessingFeedback) -> Callable[[int, int | None], None]:
    """Return a progress of the download: in megabytes, and as QGIS's bar where the size is known."""

    def report(received: int, size: int | None) -> None:
        megabytes = f"{received / _MEGABYTE:,.1f}"
        if not size:
            feedback.setProgressText(tr("{received} MB received").format(received=megabytes))
            return
        feedback.setProgress(min(100 * received / size, 100))
        text = tr("{received} of {size} MB received")
        feedback.setProgressText(text.format(received=megabytes, size=f"{size / _MEGABYTE:,.1f}"))

    return report


def _of_a_file(path: str, is_cancelled: Callable[[], bool]) -> Provenance:
    """Return what is known of a file of the user's: its name, size and checksum. Its folder is nobody's business."""
    from ...sources.cache.files import Digest, digest
    from ...sources.provenance import Provenance

    file = Path(path).resolve()
    found = digest(file, is_cancelled) if file.is_file() else Digest(0, "")
    name = Path(path).name
    return Provenance("", name, "", "", "", "", "", "", name, found.size, found.sha256)
