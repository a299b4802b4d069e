"""The menu of filters that are kept by name: use, keep, rename, remove, and files of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsProject, QgsSettings
from qgis.gui import QgsNewNameDialog
from qgis.PyQt.QtCore import QStandardPaths, Qt
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QWidget

from ....translation import tr
from ...widgets.tips import plain
from . import keeping as presets
from .keeping import PresetError

if TYPE_CHECKING:
    from ..controller import TankFilterController

_FOLDER = "leachwatch/presets_folder"
_LONGEST = 40  # average letters of a name that a menu shows


class PresetMenu(QMenu):
    """Lists the project's presets anew each time it opens."""

    def __init__(
        self,
        controller: TankFilterController,
        warn: Callable[[str], None],
        tell: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._warn, self._tell = warn, tell
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def use(self, name: str) -> None:
        """Filter by a preset."""
        self._try(lambda: self._controller.apply(presets.get(_project(), name)))

    def save_as(self) -> None:
        """Keep the filter that stands under a name that the user gives; an old one is only replaced when agreed to."""
        name = self._ask_name(tr("Keep the filter as"), "")
        if name:
            self._try(lambda: presets.put(_project(), name, self._controller.wanted))

    def rename(self, name: str) -> None:
        """Give a preset another name."""
        new = self._ask_name(tr("Rename the preset"), name)
        if new and new != name:
            self._try(lambda: presets.rename(_project(), name, new))

    def remove(self, name: str) -> None:
        """Forget a preset."""
        self._try(lambda: presets.remove(_project(), name))
        self._tell(tr("The preset “{name}” was removed.").format(name=name))

    def export(self) -> None:
        """Write all presets of the project to a file."""
        place = str(Path(_folder()) / "tank-filters.json")
        path, _ = QFileDialog.getSaveFileName(self.parentWidget(), tr("Export presets"), place, _kind())
        if path:
            self._remember(path)
            self._try(lambda: presets.write_file(Path(path), _all()))

    def import_(self) -> None:
        """Add the presets of a file; names that are taken get a number."""
        path, _ = QFileDialog.getOpenFileName(self.parentWidget(), tr("Import presets"), _folder(), _kind())
        if path:
            self._remember(path)
            self._try(lambda: self._take(Path(path)))

    def _take(self, path: Path) -> None:
        found = presets.read_file(path)
        for name, wanted in found.items():
            presets.put(_project(), _free(name), wanted)
        self._tell(tr("Presets added: {n}.").format(n=len(found)))

    def _fill(self) -> None:
        self.clear()
        names = presets.names(_project())
        for name in names:
            self._add(self, name, self.use)
        if not names:
            self.addAction(tr("No presets in this project")).setEnabled(False)
        self.addSeparator()
        self.addAction(tr("&Save as…")).triggered.connect(lambda _=False: self.save_as())
        for text, deed in ((tr("&Rename"), self.rename), (tr("Re&move"), self.remove)):
            menu = self.addMenu(text)
            menu.setEnabled(bool(names))
            menu.setToolTipsVisible(True)
            for name in names:
                self._add(menu, name, deed)
        self.addSeparator()
        self.addAction(tr("&Import…")).triggered.connect(lambda _=False: self.import_())
        export = self.addAction(tr("&Export…"))
        export.setEnabled(bool(names))
        export.triggered.connect(lambda _=False: self.export())

    def _add(self, menu: QMenu, name: str, deed: Callable[[str], None]) -> None:
        room = self.fontMetrics().averageCharWidth() * _LONGEST
        short = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        action = menu.addAction(short.replace("&", "&&"))
        action.setData(name)
        action.setToolTip(plain(name))
        action.triggered.connect(lambda _=False: deed(name))

    def _ask_name(self, title: str, old: str) -> str:
        taken = [name for name in presets.names(_project()) if name != old]
        dialog = QgsNewNameDialog("", old, [], taken, Qt.CaseSensitivity.CaseSensitive, self.parentWidget())
        dialog.setWindowTitle(title)
        dialog.setHintString(tr("Name"))
        dialog.setConflictingNameWarning(tr("There is a preset of this name."))
        dialog.setOverwriteEnabled(not old)
        return dialog.name().strip() if dialog.exec() else ""

    def _try(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except PresetError as error:
            self._warn(str(error))

    def _remember(self, path: str) -> None:
        QgsSettings().setValue(_FOLDER, str(Path(path).parent))


def _project() -> QgsProject:
    return QgsProject.instance()


def _all() -> dict:
    return {name: presets.get(_project(), name) for name in presets.names(_project())}


def _free(name: str) -> str:
    taken, number, free = set(presets.names(_project())), 2, name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _folder() -> str:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(QgsSettings().value(_FOLDER, documents, str))


def _kind() -> str:
    return tr("Presets of the tank filter (*.json)")
