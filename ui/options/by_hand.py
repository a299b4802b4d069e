"""Asks which data set a file is that was downloaded by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QWidget

from ...settings import load
from ...translation import tr
from ..datasets import datasets

if TYPE_CHECKING:
    from ...sources.online.located import Dataset


class ByHandDialog(QDialog):
    """A data set, the page where a browser gets it, and the file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Add a file downloaded by hand"))
        self._datasets = datasets(load())
        self.what = QComboBox()
        self.what.addItems([dataset.title for dataset in self._datasets])
        self.page = QLabel()
        self.page.setOpenExternalLinks(True)
        self.file = QgsFileWidget()
        self.file.setDialogTitle(tr("The downloaded file"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        form = QFormLayout(self)
        form.addRow(tr("&Data set"), self.what)
        form.addRow(tr("Its page"), self.page)
        form.addRow(tr("&File"), self.file)
        form.addRow(self.buttons)
        self.resize(560, self.sizeHint().height())
        self.what.currentIndexChanged.connect(self._show)
        self.file.fileChanged.connect(self._show)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._show()

    @property
    def dataset(self) -> Dataset | None:
        """The data set that was chosen."""
        index = self.what.currentIndex()
        return self._datasets[index] if index >= 0 else None

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.file.filePath().strip()

    def _show(self, *_: object) -> None:
        page = self.dataset.page if self.dataset else ""
        self.page.setText(f'<a href="{page}">{page}</a>')
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.path))
