"""The group of the dock that saves and loads styles, and keeps the one for new tank layers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog

from ....translation import tr
from ..tank_form import load_form
from . import default
from .loading import load_style
from .saving import StyleFileError, save_style

if TYPE_CHECKING:
    from ..dock import TankStyleDock


class FileGroup(QObject):
    """``group``: the buttons. Files are chosen in a dialog, by ``save`` and ``load`` without one."""

    def __init__(self, dock: TankStyleDock) -> None:
        super().__init__(dock)
        self._dock = dock
        self.group = load_form("files")
        self.group.save.clicked.connect(self._choose_and_save)
        self.group.load.clicked.connect(self._choose_and_load)
        self.group.remember.clicked.connect(self.remember)
        self.group.forget.clicked.connect(self.forget)

    def show_state(self, layer: QgsVectorLayer | None, of_tanks: bool) -> None:
        """Offer what can be done with a layer (None: with none), and whether a default is kept."""
        self.group.save.setEnabled(layer is not None)
        self.group.load.setEnabled(layer is not None)
        self.group.remember.setEnabled(layer is None or of_tanks)
        self.group.forget.setEnabled(default.is_kept())

    def save(self, path: Path) -> None:
        """Save the style in use."""
        layer = self._dock.layer_in_hand()
        if layer is not None:
            self._try(lambda: self._saved(save_style(layer, path), path))

    def load(self, path: Path) -> None:
        """Add a file's style, and use it."""
        layer = self._dock.layer_in_hand()
        if layer is not None:
            text = tr("The style of {file} is in use as “{name}”; the others are kept.")
            self._try(lambda: text.format(file=path.name, name=load_style(layer, path)))

    def remember(self) -> None:
        """Give the choices of the dock to tank layers that are loaded from now on."""
        done = tr("Tanks that are loaded from now on get this style.")
        self._try(lambda: default.remember(self._dock.tanks.options), done)

    def forget(self) -> None:
        """Give new tank layers the plugin's own style again."""
        self._try(default.forget, tr("Tanks that are loaded from now on get the plugin's own style."))

    def _try(self, work: Callable[[], str | None], done: str = "") -> None:
        try:
            self._dock.tell(work() or done)
        except StyleFileError as error:
            self._dock.warn(str(error))
        self._dock.show_state()

    def _saved(self, left_out: str, path: Path) -> str:
        return " ".join([tr("The style is saved in {file}.").format(file=path), left_out]).strip()

    def _choose_and_save(self) -> None:
        kinds = "{} (*.qml);;{} (*.sld)".format(tr("Style of QGIS"), tr("SLD, for other programs"))
        name, kind = QFileDialog.getSaveFileName(self._dock, tr("Save the style"), "", kinds)
        if name:
            ending = ".sld" if "*.sld" in kind else ".qml"
            self.save(Path(name) if Path(name).suffix else Path(name + ending))

    def _choose_and_load(self) -> None:
        kinds = "{} (*.qml *.sld)".format(tr("Styles"))
        name, _ = QFileDialog.getOpenFileName(self._dock, tr("Load a style"), "", kinds)
        if name:
            self.load(Path(name))
