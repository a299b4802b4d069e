"""The page of Leachwatch in QGIS's options dialog."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import Qgis
from qgis.gui import QgisInterface, QgsOptionsPageWidget
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...settings import URLS, Settings, load, preset, read, save
from ...translation import tr
from ..messages import push
from . import PAGE
from .form import OptionsForm


class OptionsPage(QgsOptionsPageWidget):
    """Shows the settings; QGIS calls ``apply`` when the user presses OK."""

    def __init__(self, iface: QgisInterface | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(PAGE)
        self._iface = iface
        self.form = OptionsForm(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        self._fill(load())
        self._lock()
        self.form.reset.clicked.connect(self._on_reset)
        for name in (*URLS, "usgs_doi"):
            self.form.inputs[name].widget.textChanged.connect(self._show_problems)
        self.form.cache.folder.fileChanged.connect(self._show_problems)
        self._show_problems()

    def apply(self) -> None:
        """Save what can be used; what cannot stays as it was, and the user is told."""
        values, problems = self._read()
        save(replace(load(), **values))
        if problems:
            text = tr("Not saved: {problems}").format(problems=" ".join(problems.values()))
            push(self._iface, text, Qgis.MessageLevel.Warning)

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the cache, now that somebody looks."""
        super().showEvent(event)
        self.form.cache.measure()

    def hideEvent(self, event: QHideEvent) -> None:
        """Go on with what is under way if another page is shown; stop it when the dialog closes."""
        super().hideEvent(event)
        if not self.window().isVisible():
            self.form.cache.close_down()

    def _fill(self, settings: Settings) -> None:
        for name, one in self.form.inputs.items():
            one.write(getattr(settings, name))

    def _lock(self) -> None:
        """Leave what the environment sets to the environment."""
        for name, variable in preset().items():
            widget = self.form.inputs[name].widget
            widget.setEnabled(False)
            widget.setToolTip(tr("Set on this computer by the environment variable {name}.").format(name=variable))

    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the values of the inputs that can be used, and what is wrong with the others."""
        values, problems, locked = {}, {}, preset()
        for name, one in self.form.inputs.items():
            if name in locked:
                continue
            text = one.text().strip()
            try:
                values[name] = read(name, text) if text else getattr(Settings(), name)
            except ValueError as error:
                problems[name] = tr("“{text}”: {expected}.").format(text=text, expected=error)
        return values, problems

    def _show_problems(self, *_: object) -> None:
        lines = [*load().problems, *self._read()[1].values()]
        self.form.problems.setText("\n".join(lines))
        self.form.problems.setVisible(bool(lines))

    def _on_reset(self) -> None:
        public = Settings()
        for name in (*URLS, "usgs_doi"):
            if self.form.inputs[name].widget.isEnabled():
                self.form.inputs[name].write(getattr(public, name))
