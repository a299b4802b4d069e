"""A file dropped on the dialog."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QMimeData


def dropped_file(data: QMimeData | None) -> str:
    """Return the one local file or folder that is meant, or nothing. A shapefile may come with all its parts."""
    if data is None or not data.hasUrls():
        return ""
    urls = data.urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if not paths or len(paths) < len(urls):
        return ""
    if len(paths) == 1:
        return str(paths[0])
    shapes = [path for path in paths if path.suffix.casefold() == ".shp"]
    one_shapefile = len(shapes) == 1 and all(path.name.startswith(f"{shapes[0].stem}.") for path in paths)
    return str(shapes[0]) if one_shapefile else ""
