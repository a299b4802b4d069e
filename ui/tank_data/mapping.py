"""The columns of a point layer that is to be read as tanks: proposed, chosen, tried, remembered. No widgets here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QLocale, QObject, pyqtSignal

from ...analysis.fields import STATUSES, TANK_TYPES
from ...analysis.selection.columns import TankColumns
from ...translation import tr
from ..background import Job
from .columns import columns_of, fitting, kinds_of, remember_columns, remembered_columns
from .layers import forget_columns
from .proposing import proposing
from .tank_data import TankData

if TYPE_CHECKING:
    from ...analysis.selection.table import TankTable

_MOST_WORDS = 40


class Mapping(QObject):
    """``names``: role to column. ``changed``: they are other than before. ``tried``: what the layer holds by them."""

    changed = pyqtSignal()
    tried = pyqtSignal(str)

    def __init__(self, layer: QgsVectorLayer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layer = layer
        self._data: TankData | None = None
        self._job: Job | None = None
        self.names = remembered_columns(layer)
        if not self.names:
            self._job = Job(proposing(layer), self._propose, lambda error: self.tried.emit(str(error)))
            self._job.start()

    @property
    def is_busy(self) -> bool:
        """Whether columns are being proposed or tried."""
        return self._job is not None or (self._data is not None and self._data.is_reading)

    def offers(self, role: str) -> list[str]:
        """Return the columns that can play a role."""
        return fitting(self._layer, role)

    def choose(self, role: str, column: str) -> None:
        """Let a column, or none (""), play a role."""
        if column != self.names.get(role, ""):
            self.names = {**self.names, role: column}
            if not column:
                del self.names[role]
            self.attempt()

    def attempt(self) -> None:
        """Read the tanks by the columns chosen, and tell what there is."""
        self._stop()
        self.changed.emit()
        if not self.names:
            self.tried.emit(tr("No column is chosen yet."))
            return
        kinds = kinds_of(self._layer, self.names)
        columns = TankColumns(self.names, kinds, columns_of(self._layer).dialect)
        self._data = TankData(self._layer, self._layer.subsetString(), columns, self)
        self._data.ready.connect(self._tell)
        self._data.failed.connect(self.tried)

    def remember(self) -> None:
        """Keep the columns with the layer."""
        remember_columns(self._layer, self.names)

    def forget(self) -> None:
        """Go by the names of the fields again."""
        forget_columns(self._layer)
        self.names = dict(columns_of(self._layer).names)
        self.attempt()

    def close(self) -> None:
        """Stop what goes on beside the window."""
        self._stop()

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        data, self._data = self._data, None
        if data is not None:
            data.close()
            data.deleteLater()

    def _propose(self, names: dict[str, str]) -> None:
        self._job = None
        self.names = names
        self.attempt()

    def _tell(self) -> None:
        assert self._data is not None and self._data.table is not None
        self.tried.emit("\n".join([*_sizes(self._data.table), *_words(self._data.table), self._data.problem]).rstrip())


def _sizes(table: TankTable) -> list[str]:
    number = QLocale().toString
    lines = [tr("{n} tanks").format(n=number(len(table)))]
    if table.years:
        lines.append(tr("Years: {first} to {last}").format(first=table.years[0], last=table.years[1]))
    undated = int(table.undated.sum())
    if undated:
        lines.append(tr("Without a date: {n}").format(n=number(undated)))
    return lines


def _words(table: TankTable) -> list[str]:
    """Return what the layer's own words are taken for, those that say nothing last."""
    lines = []
    for role, every in (("status", STATUSES), ("tank_type", TANK_TYPES)):
        its = table.words.get(role, {})
        lines += [f"{word} → {tr(name)}" for name in every for word in its.get(name, ()) if word != name]
    shown = [" ".join(line.split())[:80] for line in lines[:_MOST_WORDS]]
    more = [tr("and {n} more").format(n=len(lines) - _MOST_WORDS)] if len(lines) > _MOST_WORDS else []
    return ["", tr("Words that were found, and what they are taken for:"), *shown, *more] if lines else []
