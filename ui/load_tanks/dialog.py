"""The dialog Load tanks: it shows what the controller knows, and runs the algorithm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsCoordinateReferenceSystem
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QLocale, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QDialog, QMessageBox, QPushButton, QVBoxLayout, QWidget

from ...settings import Settings, changes
from ...settings import load as load_settings
from ...translation import tr
from .. import algorithms
from ..messages import push
from . import showing, words
from .controller import ALGORITHM, LoadTanksController
from .drops import dropped_file
from .form import NO_YEAR, LoadTanksForm

if TYPE_CHECKING:
    from qgis.gui import QgsProcessingAlgorithmDialogBase

    from ...sources.cache.store import Entry


class LoadTanksDialog(QDialog):
    """A file, its columns and their roles, and the button that loads it. It stays open beside the map."""

    def __init__(self, iface: QgisInterface, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("LeachwatchLoadTanks")
        self.setWindowTitle(tr("Load tanks"))
        self.setAcceptDrops(True)
        self.iface = iface
        self.run: QgsProcessingAlgorithmDialogBase | None = None
        self._cached: Entry | None = None
        self._missing = ""
        self._writing = False
        # Kept: the widget for the output works on the parameter of this algorithm.
        self._algorithm = algorithms.created(ALGORITHM)
        output = self._algorithm.parameterDefinition("OUTPUT") if self._algorithm else None
        self.form = LoadTanksForm(output, self._open_options, self)
        QVBoxLayout(self).addWidget(self.form)
        self.resize(960, 620)
        self.controller = LoadTanksController(self)
        self._connect_widgets()
        self._show_state()

    def open_file(self, path: str) -> None:
        """Show a file, as if the user had chosen it; the same one is read anew."""
        self._open(path)

    def close_down(self) -> None:
        """Stop and disconnect, for good: the plugin unloads."""
        changes.changed.disconnect(self._show_source)
        self.controller.close_down()
        if self.run is not None and not sip.isdeleted(self.run):
            self.run.reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file, one at a time."""
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the file that was dropped."""
        path = dropped_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.open_file(path)

    def showEvent(self, event: QShowEvent) -> None:
        """Look what there is now: packages, and the cache."""
        super().showEvent(event)
        self._missing = algorithms.why_not(ALGORITHM)
        self._show_source()
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop reading: nobody looks."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.controller.stop()

    def load(self) -> None:
        """Run the algorithm on what is shown."""
        if self.form.remember.isChecked():
            self.controller.remember()
        year = self.form.year.value()
        self._run(self.controller.parameters(None if year == NO_YEAR else year))

    def download(self) -> None:
        """Ask, then have the algorithm fetch the release."""
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        question = words.download_question(load_settings(), self._cached)
        if QMessageBox.question(self, self.windowTitle(), question, yes | no, no) == yes:
            self._run({"INPUT": "", "MODE": "refresh" if self._cached else "cache-first"})

    def _connect_widgets(self) -> None:
        form, controller = self.form, self.controller
        for button in form.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter at the end of a path must not press anything
        controller.changed.connect(self._show_state)
        changes.changed.connect(self._show_source)
        form.file.fileChanged.connect(self._on_file)
        form.layer.activated.connect(self._on_layer)
        form.crs.crsChanged.connect(self._on_crs)
        form.roles.chosen.connect(controller.choose_column)
        form.reset.clicked.connect(controller.start_over)
        form.forget.clicked.connect(controller.forget)
        form.stop.clicked.connect(controller.stop)
        form.download.clicked.connect(self.download)
        form.cached.clicked.connect(self._on_cached)
        form.load.clicked.connect(self.load)
        form.buttons.rejected.connect(self.reject)
        form.buttons.helpRequested.connect(self._open_help)

    def _on_file(self, path: str) -> None:
        if not self._writing and path.strip() != self.controller.choices.path:
            self._open(path)

    def _on_cached(self) -> None:
        if self._cached is not None:
            self._open(str(self._cached.path), is_cached_release=True)

    def _open(self, path: str, is_cached_release: bool = False) -> None:
        self.form.remember.setChecked(False)
        self.form.year.setValue(NO_YEAR)
        self.controller.open(path, is_cached_release)

    def _on_layer(self, index: int) -> None:
        self.controller.choose_layer(self.form.layer.itemData(index) or "")

    def _on_crs(self, crs: QgsCoordinateReferenceSystem) -> None:
        if not self._writing:
            self.controller.choose_crs(_crs_text(crs))

    def _run(self, parameters: dict[str, Any]) -> None:
        parameters["OUTPUT"] = self.form.output.value()
        if self.form.rejected.isChecked():
            parameters["REJECTED"] = "TEMPORARY_OUTPUT"
        run = algorithms.prepared_dialog(self.iface, ALGORITHM, parameters)
        if run is not None:
            self.run = run  # kept: Python would let go of it
            run.algorithmFinished.connect(self._on_finished)
            run.show()
            run.runAlgorithm()

    def _on_finished(self, successful: bool, results: dict[str, Any]) -> None:
        self._show_source()
        if not successful or "TANK_COUNT" not in results:
            return
        text = tr("Tanks loaded: {TANK_COUNT}; without a date: {UNDATED_COUNT}. Rows left out: {REJECTED_COUNT}.")
        names = ("TANK_COUNT", "UNDATED_COUNT", "REJECTED_COUNT")
        numbers = {name: QLocale().toString(int(results[name])) for name in names}
        push(self.iface, text.format(**numbers), Qgis.MessageLevel.Success)
        self.accept()

    def _show_state(self) -> None:
        self._writing = True
        try:
            showing.show_state(self.form, self.controller, self._missing)
        finally:
            self._writing = False

    def _show_source(self) -> None:
        now = load_settings()
        self._cached = _cached_release(now)
        showing.show_source(self.form, now, self._cached)

    def _open_options(self, *_: object) -> None:
        from ..options import PAGE

        self.iface.showOptionsDialog(self, PAGE)

    def _open_help(self) -> None:
        if self._algorithm is not None:
            QDesktopServices.openUrl(QUrl(self._algorithm.helpUrl()))


def _crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a CRS as GDAL reads it; a CRS of the user's own has a number that means nothing to GDAL."""
    if not crs.isValid():
        return ""
    known = crs.authid().startswith(("EPSG:", "ESRI:", "OGC:"))
    return crs.authid() if known else crs.toWkt()


def _cached_release(now: Settings) -> Entry | None:
    try:
        from ..datasets import cached_release
    except ImportError:  # a missing package, of which the dialog speaks anyhow
        return None
    return cached_release(now)
