"""What the dialog says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qgis.PyQt.QtCore import QLocale

from ...settings import Settings
from ...translation import tr

if TYPE_CHECKING:
    from ...sources.cache.store import Entry
    from ...sources.files.vector import Layer
    from .controller import LoadTanksController


def layer_values(layers: Sequence[Layer]) -> list[str]:
    """Return what LAYER calls each layer: its name, with the file's name where two layers share it."""
    names = [layer.name for layer in layers]
    return [layer.name if names.count(layer.name) == 1 else f"{layer.file.name}/{layer.name}" for layer in layers]


def layer_label(layer: Layer, value: str) -> str:
    """Return a layer's name, geometry and number of rows."""
    kinds = {
        "point": tr("points"),
        "polygon": tr("polygons"),
        "line": tr("lines"),
        "none": tr("a table"),
        "unknown": tr("any geometry"),
    }
    what = {"name": value, "kind": kinds.get(layer.geometry, layer.geometry), "n": QLocale().toString(layer.rows)}
    return tr("{name} — {kind}, {n} rows").format(**what)


def download_question(settings: Settings, cached: Entry | None) -> str:
    """Return the question that is asked before anything is sent."""
    host = urlsplit(settings.sciencebase_url).netloc
    lines = [
        tr(
            "Leachwatch asks {host} for the files of the data release {doi}, downloads them into its cache on this "
            "computer, and loads the tanks. Nothing but the request itself is sent."
        ).format(host=host, doi=settings.usgs_doi)
    ]
    if cached is not None:
        lines.append(tr("A copy of {date} is in the cache.").format(date=cached.provenance.retrieved[:10]))
    return "\n\n".join([*lines, tr("Go online now?")])


def sample_title(state: LoadTanksController) -> str:
    """Return how much of the file the counts are about."""
    preview = state.preview
    if preview is None or not preview.columns:
        return tr("First rows")
    sampled = QLocale().toString(preview.sampled)
    if preview.total is None:
        return tr("The first {n} rows").format(n=sampled)
    if preview.sampled >= preview.total:
        return tr("All {n} rows").format(n=sampled)
    return tr("The first {n} of {total} rows").format(n=sampled, total=QLocale().toString(preview.total))


def status(state: LoadTanksController) -> str:
    """Return what the user can do next, in a few words."""
    if state.is_reading:
        return ""
    if not state.choices.path:
        return tr("Choose a file.")
    if state.problem:
        return tr("The file cannot be loaded like this: see the notes.")
    if state.preview is None:
        return tr("Not read.")
    if state.lacks_places:
        return tr("Where are the tanks? Choose the columns of latitude and longitude.")
    return "" if state.preview.columns else tr("Choose a layer.")
