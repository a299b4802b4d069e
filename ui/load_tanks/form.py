"""The widgets of the dialog Load tanks, laid out; what they do stands in ``dialog``."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsProcessingParameterDefinition
from qgis.gui import QgsFileWidget, QgsProcessingLayerOutputDestinationWidget, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ...translation import tr
from ..options.notice import offline_notice
from .role_table import RoleTable
from .sample_model import SampleModel

_FIRST_YEAR, _LAST_YEAR = 1900, 2200  # the algorithm's limits
NO_YEAR = _FIRST_YEAR - 1


class LoadTanksForm(QWidget):
    """All widgets of the dialog, each an attribute."""

    def __init__(
        self, output: QgsProcessingParameterDefinition | None, open_options: Callable[..., None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._make_source(open_options)
        self._make_middle()
        self._make_end(output)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._source_rows())
        rows.addWidget(self._middle(), 1)
        rows.addLayout(self._choice_row())
        rows.addLayout(self._output_row())
        rows.addLayout(self._end_row())

    def _make_source(self, open_options: Callable[..., None]) -> None:
        self.file = QgsFileWidget()
        self.file.setDialogTitle(tr("A file of tanks"))
        self.file.lineEdit().setPlaceholderText(tr("Choose a file, or drop one here"))
        self.file.setToolTip(
            tr("CSV, XLSX, GeoPackage, shapefile, file geodatabase, GeoJSON, KML or KMZ and others, also zipped")
        )
        self.download = QPushButton(tr("&Download from USGS…"))
        self.cached = QPushButton(tr("USGS co&py in the cache"))
        self.offline = offline_notice(open_options, tr("Files, and what is in the cache, can be loaded."))
        self.layer = QComboBox()
        self.layer.setToolTip(tr("The file holds several layers: choose the one with the tanks"))
        self.layer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.crs = QgsProjectionSelectionWidget()
        self.crs.setOptionVisible(QgsProjectionSelectionWidget.CrsOption.CrsNotSet, True)
        self.crs.setNotSetText(tr("not set"))
        self.crs.setToolTip(tr("The file does not state its CRS. Coordinate columns without one are read as degrees."))
        self.year = QSpinBox()
        self.year.setRange(NO_YEAR, _LAST_YEAR)
        self.year.setSpecialValueText(tr("not set"))
        self.year.setValue(NO_YEAR)
        self.year.setToolTip(tr("For files without dates: the year in which the images were taken"))
        self.layer_label = self._label(tr("La&yer"), self.layer)
        self.crs_label = self._label(tr("C&RS"), self.crs)
        self.year_label = self._label(tr("&Snapshot year"), self.year)

    def _make_middle(self) -> None:
        self.roles = RoleTable()
        self.sample_model = SampleModel(self)
        self.sample = QTableView()
        self.sample.setModel(self.sample_model)
        self.sample.setAccessibleName(tr("First rows"))
        self.sample.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.sample.setTabKeyNavigation(False)
        self.sample.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sample.horizontalHeader().setResizeContentsPrecision(20)
        self.sample_title = QLabel(tr("First rows"))
        self.notes = QPlainTextEdit()
        self.notes.setReadOnly(True)
        self.notes.setTabChangesFocus(True)
        self.notes.setAccessibleName(tr("Notes and warnings"))
        self.notes.setPlaceholderText(tr("Notes and warnings about the file"))
        self.notes.setMinimumHeight(60)

    def _make_end(self, output: QgsProcessingParameterDefinition | None) -> None:
        self.remember = QCheckBox(tr("Remember &for files like this"))
        self.remember.setToolTip(tr("Keep what you chose for files with the same column names"))
        self.remembered = QLabel(tr("The columns are as you chose them for a file like this."))
        self.forget = QPushButton(tr("For&get"))
        self.forget.setToolTip(tr("Forget what was kept for files with these columns, and choose anew"))
        self.reset = QPushButton(tr("R&eset columns"))
        self.reset.setToolTip(tr("Leave the choice of all columns to Leachwatch"))
        self.output = QgsProcessingLayerOutputDestinationWidget(output, False) if output else QWidget()
        self.output.setToolTip(tr("Where the tanks go: a temporary layer, or a file"))
        self.rejected = QCheckBox(tr("Load the rows left &out as a table"))
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setFormat(tr("Reading…"))
        self.busy.setMaximumWidth(160)
        self.stop = QPushButton(tr("S&top"))
        self.stop.setToolTip(tr("Stop reading the file"))
        self.status = QLabel()
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.Help)
        # Beside the box, not in it: Qt's Tab key passes over the box's other buttons where one has a text of its own.
        self.load = QPushButton(tr("&Load"))

    def _source_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.addWidget(self._label(tr("F&ile"), self.file.lineEdit()), 0, 0)
        grid.addWidget(self.file, 0, 1)
        grid.addWidget(self.cached, 0, 2)
        grid.addWidget(self.download, 0, 3)
        grid.addWidget(self.offline, 1, 1, 1, 3)
        second = QHBoxLayout()
        for label, widget, stretch in (
            (self.layer_label, self.layer, 2),
            (self.crs_label, self.crs, 2),
            (self.year_label, self.year, 0),
        ):
            second.addWidget(label)
            second.addWidget(widget, stretch)
        second.addStretch(1)
        grid.addLayout(second, 2, 0, 1, 4)
        grid.setColumnStretch(1, 1)
        return grid

    def _middle(self) -> QSplitter:
        right = QSplitter(Qt.Orientation.Vertical)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sample_title)
        column.addWidget(self.sample)
        right.addWidget(top)
        right.addWidget(self.notes)
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.roles)
        splitter.addWidget(right)
        splitter.setSizes([600, 360])
        splitter.setChildrenCollapsible(False)
        return splitter

    def _choice_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for widget in (self.remember, self.remembered, self.forget):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.reset)
        return row

    def _output_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._label(tr("T&anks"), self.output.findChild(QLineEdit) or self.output))
        row.addWidget(self.output, 1)
        row.addWidget(self.rejected)
        return row

    def _end_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for widget in (self.busy, self.stop):
            row.addWidget(widget)
        row.addWidget(self.status, 1)
        row.addWidget(self.load)
        row.addWidget(self.buttons)
        return row

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(buddy)
        return label
