"""The part of the options page about the cache: its folder and size, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QWidget,
)

from ...settings import Settings, cache_path, read
from ...sources.errors import SourceError
from ...translation import tr
from ..background import Job, Work
from . import cache_work


class CacheBox(QGroupBox):
    """Works on the folder that it shows, in the background; one thing at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Cache of downloaded data"), parent)
        self._job: Job | None = None
        self._make_widgets()
        self._lay_out()
        self.clear.clicked.connect(self._on_clear)
        self.export.clicked.connect(self._on_export)
        self.import_.clicked.connect(self._on_import)
        self.add.clicked.connect(self._on_add)
        self.stop.clicked.connect(self._on_stop)
        self.folder.fileChanged.connect(self.measure)
        self._show_busy(False)
        self._say("")

    def measure(self, *_: object) -> None:
        """Show the size of what the folder holds."""
        where = self._settings()
        if where is None:
            self.size.setText(tr("This is no full path of a folder."))
        elif self._job is None:
            self._start(cache_work.measuring(where), self.size.setText)

    def close_down(self) -> None:
        """Stop what is under way: the page closes."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _make_widgets(self) -> None:
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(tr("The folder of the cache"))
        self.folder.lineEdit().setPlaceholderText(str(cache_path(Settings())))
        self.size = QLabel()
        self.clear = QPushButton(tr("&Clear…"))
        self.clear.setToolTip(tr("Delete all that was downloaded; asks before"))
        self.export = QPushButton(tr("&Export to folder…"))
        self.export.setToolTip(tr("Copy the cache to a folder, such as a USB stick, for a computer without a network"))
        self.import_ = QPushButton(tr("Import &from folder…"))
        self.import_.setToolTip(tr("Take over what another computer has exported"))
        self.add = QPushButton(tr("A&dd a file downloaded by hand…"))
        self.add.setToolTip(tr("Put a file that you have downloaded in a browser into the cache"))
        self.busy = QProgressBar()
        self.stop = QPushButton(tr("&Stop"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        label = QLabel(tr("Fo&lder"))
        label.setBuddy(self.folder.lineEdit())
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.folder, 0, 1)
        grid.addWidget(QLabel(tr("Size")), 1, 0)
        grid.addWidget(self.size, 1, 1)
        for row, widgets in ((2, (self.add, self.import_, self.export, self.clear)), (3, (self.busy, self.stop))):
            line = QHBoxLayout()
            for widget in widgets:
                line.addWidget(widget)
            line.addStretch(1)
            grid.addLayout(line, row, 0, 1, 2)
        grid.addWidget(self.told, 4, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _settings(self) -> Settings | None:
        """Return settings with the folder that is shown, None where it is no folder's path."""
        try:
            return Settings(cache_folder=read("cache_folder", self.folder.filePath()))
        except ValueError:
            return None

    def _on_clear(self) -> None:
        where = self._settings()
        if where is None:
            return
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        question = tr("Delete all data sets in the cache ({size})?\n\n{folder}\n\nOther files in that folder stay.")
        question = question.format(size=self.size.text(), folder=cache_path(where))
        if QMessageBox.question(self, tr("Clear the cache"), question, yes | no, no) == yes:
            self._do(cache_work.clearing(where))

    def _on_export(self) -> None:
        where, folder = self._settings(), self._ask_folder(tr("Export the cache to a folder"))
        if where is not None and folder:
            self._do(cache_work.exporting(where, Path(folder)))

    def _on_import(self) -> None:
        where, folder = self._settings(), self._ask_folder(tr("Import from a folder"))
        if where is not None and folder:
            self._do(cache_work.importing(where, Path(folder)))

    def _on_add(self) -> None:
        try:
            from .by_hand import ByHandDialog
        except ImportError as error:
            self._say(tr("A Python package is missing: {error}.").format(error=error))
            return
        where, dialog = self._settings(), ByHandDialog(self)
        if where is not None and dialog.exec() and dialog.dataset is not None:
            self._do(cache_work.adding(where, dialog.dataset, Path(dialog.path)))
        dialog.deleteLater()

    def _ask_folder(self, title: str) -> str:
        return QFileDialog.getExistingDirectory(self, title)

    def _do(self, work: Work) -> None:
        """Do something to the cache, tell what came of it, and measure anew."""
        self._say("")
        self._start(work, self._tell)

    def _tell(self, text: str) -> None:
        self._say(text)
        self.measure()

    def _start(self, work: Work, done: Callable[[Any], None]) -> None:
        self.close_down()

        def finish(result: Any) -> None:
            self._job = None
            self._show_busy(False)
            done(result)

        def fail(error: SourceError) -> None:
            self._job = None
            self._show_busy(False)
            self._say(str(error))

        self._job = Job(work, finish, fail)
        self._job.progressed.connect(self._show_percent)
        self._show_busy(True)
        self._job.start()

    def _on_stop(self) -> None:
        self.close_down()
        self._show_busy(False)
        self._say(tr("Stopped. What was finished before stays."))
        self.measure()

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _show_busy(self, is_busy: bool) -> None:
        self.busy.setRange(0, 0)
        for widget in (self.busy, self.stop):
            widget.setVisible(is_busy)
        for widget in (self.clear, self.export, self.import_, self.add):
            widget.setEnabled(not is_busy)

    def _show_percent(self, percent: int) -> None:
        self.busy.setRange(0, 100)
        self.busy.setValue(percent)
