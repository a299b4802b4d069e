"""Asks which columns of a point layer say what the tank filter needs to know."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsVectorLayer
from qgis.PyQt import uic
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QWidget

from ...analysis.selection.wanted import READ_ROLES
from ...translation import tr
from ..load_tanks.role_table import ColumnChoice
from ..load_tanks.role_words import role_words
from .mapping import Mapping

_FORM = Path(__file__).with_name("mapping.ui")
_LETTERS, _LINES = 100, 24


class MappingDialog(QDialog):
    """The columns of one layer by role; accepted, they are remembered with the layer."""

    def __init__(self, layer: QgsVectorLayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        uic.loadUi(str(_FORM), self)
        self.setWindowTitle(tr("Columns of “{layer}”").format(layer=layer.name()))
        self.mapping = Mapping(layer, self)
        self.choices: dict[str, QComboBox] = {}
        self._add_choices()
        self._size()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        reset = self.buttons.button(QDialogButtonBox.StandardButton.Reset)
        reset.setToolTip(tr("Forget what was chosen for this layer, and go by the names of its columns"))
        reset.clicked.connect(self.mapping.forget)
        self.mapping.changed.connect(self._show)
        self.mapping.tried.connect(self.found.setPlainText)
        self._show()
        if self.mapping.names:
            self.mapping.attempt()

    def accept(self) -> None:
        """Remember the columns."""
        self.mapping.remember()
        super().accept()

    def done(self, result: int) -> None:
        """End, and stop what goes on beside the window."""
        self.mapping.close()
        super().done(result)

    def _add_choices(self) -> None:
        words = role_words()
        for role in sorted(READ_ROLES, key=list(words).index):
            choice = ColumnChoice(words[role].title)
            choice.addItem(tr("— not used —"), "")
            for column in self.mapping.offers(role):
                choice.addItem(column, column)
            choice.setToolTip(f"{words[role].help} ({role})")
            choice.activated.connect(lambda _, role=role: self._choose(role))
            label = QLabel(words[role].title)
            label.setBuddy(choice)
            self.roles.layout().addRow(label, choice)
            self.choices[role] = choice

    def _choose(self, role: str) -> None:
        self.found.setPlainText(tr("The tanks are being read …"))
        self.mapping.choose(role, self.choices[role].currentData())

    def _show(self) -> None:
        for role, choice in self.choices.items():
            choice.setCurrentIndex(max(choice.findData(self.mapping.names.get(role, ""), Qt.ItemDataRole.UserRole), 0))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.mapping.names))

    def _size(self) -> None:
        metrics = self.fontMetrics()
        self.resize(metrics.averageCharWidth() * _LETTERS, metrics.lineSpacing() * _LINES)
