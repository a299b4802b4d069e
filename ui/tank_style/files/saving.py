"""Saves a layer's symbols and labels: as QGIS's own .qml, or as .sld, which other programs read."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsGraduatedSymbolRenderer,
    QgsMapLayer,
    QgsReadWriteContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument

from ....sources.cache import files
from ....translation import tr
from .sld_rules import as_rules

CATEGORIES = (
    QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Labeling | QgsMapLayer.StyleCategory.Rendering
)
# What SLD has no words for, by the renderer's type.
_NOT_IN_SLD = ("heatmapRenderer", "pointCluster", "pointDisplacement")


class StyleFileError(Exception):
    """A style could not be saved or loaded; the text says which, why, and what to do."""


def save_style(layer: QgsVectorLayer, path: Path) -> str:
    """Save the layer's current style by the file's ending; return what the file cannot hold. Raises StyleFileError."""
    if path.suffix.lower() == ".sld":
        document, left_out = _sld(layer, path)
    elif path.suffix.lower() == ".qml":
        document, left_out = qml(layer), ""
    else:
        raise StyleFileError(tr("{file}: choose a name that ends in .qml or .sld.").format(file=path))
    write_aside(path, document.toString(1))
    return left_out


def qml(layer: QgsVectorLayer) -> QDomDocument:
    """Return symbols, labels and rendering of the layer's current style; nothing else of it. Raises StyleFileError."""
    document = QDomDocument("qgis")
    problem = layer.exportNamedStyle(document, QgsReadWriteContext(), CATEGORIES)
    if problem:
        raise StyleFileError(tr("The style could not be saved: {why}").format(why=problem))
    return document


def write_aside(path: Path, text: str) -> None:
    """Write a file beside its place and rename it: the one that is there stays whole. Raises StyleFileError."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(part, text.encode("utf-8"))
        files.commit(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        text = tr("{file} could not be written: {why}. Choose another folder or name.")
        raise StyleFileError(text.format(file=path, why=error.strerror or error)) from None


def _sld(layer: QgsVectorLayer, path: Path) -> tuple[QDomDocument, str]:
    rules, left_out = as_rules(layer)
    if rules is None and not _in_sld(layer):
        text = tr("{file}: SLD has no words for clusters, heat maps and classes by an expression. Save it as .qml.")
        raise StyleFileError(text.format(file=path))
    document = QDomDocument()
    # PyQGIS gives the message back in no version: an export that failed leaves the document empty.
    (rules or layer).exportSldStyle(document, "")
    if not _draws(document):
        raise StyleFileError(tr("{file}: QGIS cannot say this style in SLD. Save it as .qml.").format(file=path))
    return document, left_out


def _in_sld(layer: QgsVectorLayer) -> bool:
    """Return whether QGIS can say the renderer in SLD; classes by an expression would lose their conditions."""
    renderer = layer.renderer()
    if isinstance(renderer, (QgsCategorizedSymbolRenderer, QgsGraduatedSymbolRenderer)):
        return layer.fields().lookupField(renderer.classAttribute()) >= 0
    return renderer.type() not in _NOT_IN_SLD


def _draws(document: QDomDocument) -> bool:
    names = ("PointSymbolizer", "LineSymbolizer", "PolygonSymbolizer")
    return any(document.elementsByTagName(f"se:{name}").count() for name in names)
