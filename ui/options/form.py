"""The widgets of the options page, laid out; what they do stands in ``page``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ...settings import RETRIES, TIMEOUTS
from ...translation import tr
from .cache_box import CacheBox


@dataclass(frozen=True)
class Input:
    """How a setting's widget is read and written."""

    widget: QWidget
    text: Callable[[], str]
    write: Callable[[Any], None]


class OptionsForm(QWidget):
    """All widgets of the page; ``inputs`` has the one of each setting."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inputs: dict[str, Input] = {}
        self.cache = CacheBox()
        folder = self.cache.folder
        self.inputs["cache_folder"] = Input(folder, folder.filePath, folder.setFilePath)
        self.problems = QLabel()
        self.problems.setWordWrap(True)
        self.problems.setTextFormat(Qt.TextFormat.PlainText)
        self.reset = QPushButton(tr("Reset to the &public addresses"))
        rows = QVBoxLayout(self)
        rows.addWidget(self.problems)
        for box in (self._network(), self.cache, self._terms(), self._addresses()):
            rows.addWidget(box)
        rows.addStretch(1)

    def _network(self) -> QGroupBox:
        box = QGroupBox(tr("Network"))
        form = QFormLayout(box)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(self._check("offline", tr("&Offline")))
        form.addRow(_words(tr("Offline, Leachwatch sends no request at all; files and the cache can still be loaded.")))
        seconds = self._number("timeout", TIMEOUTS, tr("How long a server may stay silent"))
        seconds.setSuffix(tr(" s"))
        form.addRow(tr("Ti&meout"), seconds)
        form.addRow(tr("&Retries"), self._number("retries", RETRIES, tr("How often a failed request is repeated")))
        return box

    def _terms(self) -> QGroupBox:
        box = QGroupBox(tr("Terms of use"))
        column = QVBoxLayout(box)
        column.addWidget(self._check("agree_mimu_terms", tr("I &agree to the terms of use of MIMU's boundaries")))
        page = '<a href="https://geonode.themimu.info">geonode.themimu.info</a>'
        text = tr(
            "MIMU ({page}) asks for agreement to its terms before its data are used online. Read them there first."
        )
        column.addWidget(_words(text.format(page=page)))
        return box

    def _addresses(self) -> QgsCollapsibleGroupBox:
        box = QgsCollapsibleGroupBox(tr("Addresses of the services"))
        box.setCollapsed(True)
        form = QFormLayout(box)
        for name, label in (
            ("sciencebase_url", tr("Science&Base (USGS)")),
            ("usgs_doi", tr("DOI of the &tanks")),
            ("hdx_url", tr("&HDX (COD-AB)")),
            ("geoboundaries_url", tr("&geoBoundaries")),
            ("lfs_url", tr("Large files of geoBo&undaries")),
            ("mimu_url", tr("M&IMU")),
        ):
            form.addRow(label, self._line(name))
        form.addRow("", self.reset)
        return box

    def _check(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text)
        self.inputs[name] = Input(box, lambda: "1" if box.isChecked() else "0", box.setChecked)
        return box

    def _number(self, name: str, allowed: range, tip: str) -> QSpinBox:
        box = QSpinBox()
        box.setRange(allowed[0], allowed[-1])
        box.setToolTip(tip)
        self.inputs[name] = Input(box, lambda: str(box.value()), box.setValue)
        return box

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setToolTip(tr("For a mirror, or a test; the public address serves everybody else"))
        self.inputs[name] = Input(line, line.text, line.setText)
        return line


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setOpenExternalLinks(True)
    return label
