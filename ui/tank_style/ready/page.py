"""The page of the dock for layers of sites and of units: styles that fit the layer."""

from __future__ import annotations

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal

from ...widgets.wheel import only_with_focus
from ..tank_form import load_form
from .styles import ReadyStyle, ready_styles


class ReadyPage(QObject):
    """``page``: a list of the styles that fit, and what the chosen one shows."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = load_form("ready_page")
        self._styles: list[ReadyStyle] = []
        self.page.ready.currentIndexChanged.connect(self._on_changed)
        only_with_focus(self.page.ready)

    @property
    def chosen(self) -> ReadyStyle | None:
        """The style that is chosen; None where none fits."""
        at = self.page.ready.currentIndex()
        return self._styles[at] if 0 <= at < len(self._styles) else None

    def offer(self, layer: QgsVectorLayer | None, prefix: str) -> None:
        """Offer the styles that fit this layer; the one in use is chosen."""
        self._styles = ready_styles(layer) if layer is not None else []
        box = self.page.ready
        box.blockSignals(True)
        box.clear()
        for style in self._styles:
            box.addItem(style.name.removeprefix(prefix))
            box.setItemData(box.count() - 1, style.explanation, Qt.ItemDataRole.ToolTipRole)
        current = layer.styleManager().currentStyle() if layer is not None else ""
        at = next((at for at, style in enumerate(self._styles) if style.name == current), 0)
        box.setCurrentIndex(at if self._styles else -1)
        box.blockSignals(False)
        self._on_changed()

    def _on_changed(self, *_: object) -> None:
        self.page.explanation.setText(self.chosen.explanation if self.chosen else "")
        self.changed.emit()
