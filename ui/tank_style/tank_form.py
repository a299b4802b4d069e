"""The widgets that say how tanks are drawn, as options."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ...analysis.selection.columns import TankColumns
from ..widgets.wheel import only_with_focus
from . import words
from .labels import can_label
from .options import AGE, AS_THEY_ARE, CLUSTERS, GROUND, HEAT, IN_YEAR, NO_LABELS, StyleOptions
from .preview import StylePreview
from .scene import standard_columns

_HERE = Path(__file__).parent
# The box of each choice; a widget's own "size" and "palette" are other things.
_COMBOS = {"mode": "mode", "palette": "colours", "size": "sizing", "labels": "text"}
_CHECKS = ("by_type", "active_on_top", "follow")
_NUMBERS = ("size_mm", "least_mm", "outline_mm", "opacity", "year", "label_scale")


def load_form(name: str) -> QWidget:
    """Return the widget of one of the forms of this folder."""
    return uic.loadUi(str(_HERE / f"{name}.ui"))


class TankForm(QObject):
    """``page``: what is always in sight; ``symbols`` and ``labels``: groups that fold; ``columns``: the layer's."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page, self.symbols, self.labels = load_form("tank_page"), load_form("symbols"), load_form("labels")
        self.preview = StylePreview()
        self.page.preview_place.addWidget(self.preview)
        self._near = {CLUSTERS: StyleOptions().cluster_mm, HEAT: StyleOptions().heat_mm}
        self._mode = ""
        self.columns = standard_columns()
        for name, box in _COMBOS.items():
            _fill(self._widget(box), words.CHOICES[name]())
        self._connect()
        self.show(StyleOptions())

    @property
    def options(self) -> StyleOptions:
        """What the widgets say."""
        self._keep_near()
        chosen = {name: self._widget(box).currentData() for name, box in _COMBOS.items()}
        chosen.update({name: self._widget(name).isChecked() for name in _CHECKS})
        chosen.update({name: self._widget(name).value() for name in _NUMBERS})
        return StyleOptions(**chosen, cluster_mm=self._near[CLUSTERS], heat_mm=self._near[HEAT])

    def show(self, options: StyleOptions) -> None:
        """Let the widgets say this."""
        widgets = [self._widget(name) for name in (*_COMBOS.values(), *_CHECKS, *_NUMBERS)]
        blocked = [widget.blockSignals(True) for widget in widgets]
        self._near, self._mode = {CLUSTERS: options.cluster_mm, HEAT: options.heat_mm}, ""
        for name, box in _COMBOS.items():
            self._widget(box).setCurrentIndex(self._widget(box).findData(getattr(options, name)))
        for name in _CHECKS:
            self._widget(name).setChecked(getattr(options, name))
        for name in _NUMBERS:
            self._widget(name).setValue(getattr(options, name))
        for widget, was in zip(widgets, blocked):
            widget.blockSignals(was)
        self._on_changed()

    def offer(self, columns: TankColumns) -> None:
        """Offer what a layer with these columns can show; what it cannot is said, and not chosen."""
        self.columns = columns
        dated = "first_seen" in columns or "last_seen" in columns
        self._can("mode", AGE, dated, words.no_dates())
        self._can("mode", IN_YEAR, dated, words.no_dates())
        self._can("size", GROUND, "diameter_m" in columns, words.no_diameters())
        for at in range(self.labels.text.count()):
            name = self.labels.text.itemData(at)
            self._can("labels", name, can_label(name, columns), words.no_column())
        self.symbols.by_type.setEnabled("tank_type" in columns)

    def show_filter_year(self, year: int | None) -> None:
        """Say which year the tank filter asks for; None where it asks for none, and the box counts."""
        follow = self.page.follow
        follow.setText(words.follow_text(year))
        self.page.year.setEnabled(year is None or not follow.isChecked())

    def _widget(self, name: str) -> QWidget:
        forms = (self.page, self.symbols, self.labels)
        return next(getattr(form, name) for form in forms if hasattr(form, name))

    def _can(self, combo: str, value: str, can: bool, why_not: str) -> None:
        box = self._widget(_COMBOS[combo])
        item = box.model().item(box.findData(value))
        item.setEnabled(can)
        item.setToolTip(words.CHOICES[combo]()[value][1] if can else why_not)
        if not can and box.currentData() == value:
            box.setCurrentIndex(0)

    def _connect(self) -> None:
        boxes = [self._widget(box) for box in _COMBOS.values()]
        numbers = [*(self._widget(name) for name in _NUMBERS), self.page.near]
        for box in boxes:
            box.currentIndexChanged.connect(self._on_changed)
        for number in numbers:
            number.valueChanged.connect(self._on_changed)
        for name in _CHECKS:
            self._widget(name).toggled.connect(self._on_changed)
        for widget in (*boxes, *numbers):
            only_with_focus(widget)

    def _on_changed(self, *_: object) -> None:
        self._show_near()
        mode, by_diameter = self.page.mode.currentData(), self.symbols.sizing.currentData() == GROUND
        self.page.year_row.setVisible(mode == IN_YEAR)
        self.symbols.least_mm.setEnabled(by_diameter)
        self.symbols.active_on_top.setEnabled(mode not in (CLUSTERS, HEAT))
        for name in ("by_type", "sizing", "size_mm", "outline_mm"):
            self._widget(name).setEnabled(mode != HEAT)
        self.labels.label_scale.setEnabled(self.labels.text.currentData() not in (AS_THEY_ARE, NO_LABELS))
        self.changed.emit()

    def _keep_near(self) -> None:
        if self._mode in self._near:
            self._near[self._mode] = self.page.near.value()

    def _show_near(self) -> None:
        """One box serves two modes, each with a distance of its own."""
        mode = self.page.mode.currentData()
        if mode == self._mode:
            return
        self._keep_near()
        self._mode = mode
        self.page.near_row.setVisible(mode in self._near)
        if mode in self._near:
            self.page.near.blockSignals(True)
            self.page.near.setValue(self._near[mode])
            self.page.near.setToolTip(words.near_tip(mode))
            self.page.near.blockSignals(False)


def _fill(box: QComboBox, choices: dict[str, tuple[str, str]]) -> None:
    for value, (text, tip) in choices.items():
        box.addItem(text, value)
        box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
