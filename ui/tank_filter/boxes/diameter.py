"""The diameter in the tank filter: from, to, and the tanks whose diameter nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.gui import QgsDoubleSpinBox
from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtWidgets import QCheckBox, QFormLayout, QWidget

from ....translation import tr
from ...widgets.wheel import only_with_focus
from ..words import no_column
from .group import FilterGroup

if TYPE_CHECKING:
    from ....analysis.selection.counts import Counts
    from ..controller import TankFilterController

_WIDEST = 1_000.0  # metres, wider than any tank


class DiameterBox(FilterGroup):
    """Asks for ``diameter`` and ``unmeasured``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        about = tr("How wide the tanks are, in metres. Both ends are included.")
        super().__init__("diameter", tr("Diameter"), about, False, parent)
        self.least = _metres(tr("At least so wide; cleared, there is no lower limit"), tr("Least diameter"))
        self.most = _metres(tr("At most so wide; cleared, there is no upper limit"), tr("Greatest diameter"))
        ends = QFormLayout()
        ends.setSpacing(4)
        ends.addRow(tr("At &least"), self.least)
        ends.addRow(tr("At &most"), self.most)
        self.unmeasured = QCheckBox(self)
        self.unmeasured.setToolTip(tr("Show also the tanks whose diameter is not known"))
        self.rows.addLayout(ends)
        self.rows.addWidget(self.unmeasured)
        self._writing = False
        self.least.valueChanged.connect(lambda _value: self._on_end(self.most))
        self.most.valueChanged.connect(lambda _value: self._on_end(self.least))
        self.unmeasured.clicked.connect(lambda ticked: self.asked.emit({"unmeasured": ticked}))

    def show_state(self, state: TankFilterController, counts: Counts | None) -> None:
        """Show the limits that stand, and how many tanks have no diameter."""
        self._writing = True
        for box, end in zip((self.least, self.most), state.wanted.diameter):
            box.setValue(0 if end is None else end)
        self._writing = False
        self.unmeasured.setChecked(state.wanted.unmeasured)
        number = QLocale().toString(counts.diameter_unknown) if counts else "…"
        self.unmeasured.setText(tr("&Unknown too ({n})").format(n=number))
        self._tell(state)
        least, most = state.wanted.diameter
        self.say(_asked(least, most, state.wanted.unmeasured))

    def _tell(self, state: TankFilterController) -> None:
        if state.layer is not None and "diameter_m" not in state.columns:
            self.lack(no_column("diameter_m"))
            return
        ends = state.table.diameters if state.table else None
        self.lack("")
        if ends is not None:
            self.tell(tr("This layer: {least} to {most} m").format(least=_said(ends[0]), most=_said(ends[1])))

    def _on_end(self, other: QgsDoubleSpinBox) -> None:
        """The ends cannot cross: the one that is changed takes the other along."""
        if self._writing:
            return
        if self.least.value() and self.most.value() and self.least.value() > self.most.value():
            self._writing = True
            other.setValue(self.least.value() if other is self.most else self.most.value())
            self._writing = False
        self.asked.emit({"diameter": (self.least.value() or None, self.most.value() or None)})


def _metres(tip: str, name: str) -> QgsDoubleSpinBox:
    box = QgsDoubleSpinBox()
    box.setRange(0, _WIDEST)
    box.setDecimals(1)
    box.setSingleStep(0.5)
    box.setSuffix(" m")
    box.setClearValueMode(QgsDoubleSpinBox.ClearValueMode.MinimumValue, tr("no limit"))
    box.setKeyboardTracking(False)
    box.setToolTip(tip)
    box.setAccessibleName(name)
    only_with_focus(box)
    return box


def _said(metres: float) -> str:
    return QLocale().toString(float(metres), "f", 1)


def _asked(least: float | None, most: float | None, unmeasured: bool) -> str:
    if least is not None and most is not None:
        return tr("{least} to {most} m").format(least=_said(least), most=_said(most))
    if least is not None:
        return tr("from {least} m").format(least=_said(least))
    if most is not None:
        return tr("up to {most} m").format(most=_said(most))
    return "" if unmeasured else tr("known")
