"""Fills the dialog's widgets from what the controller and the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem

from ...settings import Settings
from ...translation import tr
from . import words

if TYPE_CHECKING:
    from ...sources.cache.store import Entry
    from .controller import LoadTanksController
    from .form import LoadTanksForm


def show_source(form: LoadTanksForm, settings: Settings, cached: Entry | None) -> None:
    """Show what of the online source can be had."""
    offline = settings.offline
    why_not = tr("Offline is set: nothing is downloaded.") if offline else "\n".join(settings.problems)
    form.download.setEnabled(not why_not)
    form.download.setToolTip(why_not or tr("From ScienceBase into the cache; asks before"))
    form.offline.setVisible(offline)
    form.cached.setVisible(cached is not None)
    if cached is not None:
        form.cached.setToolTip(tr("Downloaded on {date}").format(date=cached.provenance.retrieved[:10]))


def show_state(form: LoadTanksForm, state: LoadTanksController, missing: str) -> None:
    """Show a file, its columns and what is to be said about them. ``missing``: why nothing can be loaded here."""
    if form.file.filePath().strip() != state.choices.path:
        form.file.setFilePath(state.choices.path)
    _show_layers(form, state)
    _show_crs(form, state)
    _show_columns(form, state)
    notes = state.preview.notes if state.preview and not state.problem else []
    form.notes.setPlainText("\n".join(note for note in (missing, state.problem, *notes) if note))
    form.sample_title.setText(words.sample_title(state))
    form.status.setText(words.status(state))
    for widget in (form.busy, form.stop):
        widget.setVisible(state.is_reading)
    form.load.setEnabled(state.is_ready and not missing)


def _show_layers(form: LoadTanksForm, state: LoadTanksController) -> None:
    layers = state.preview.layers if state.preview else []
    form.layer.clear()
    form.layer.addItem(tr("Choose a layer…"), "")
    for layer, value in zip(layers, words.layer_values(layers)):
        form.layer.addItem(words.layer_label(layer, value), value)
    shown = state.choices.layer or (state.preview.layer if state.preview else "")
    form.layer.setCurrentIndex(max(form.layer.findData(shown), 0))
    for widget in (form.layer, form.layer_label):
        widget.setVisible(len(layers) > 1)


def _show_crs(form: LoadTanksForm, state: LoadTanksController) -> None:
    if not state.choices.crs and form.crs.crs().isValid():
        form.crs.setCrs(QgsCoordinateReferenceSystem())
    for widget in (form.crs, form.crs_label):
        widget.setVisible(state.wants_crs)


def _show_columns(form: LoadTanksForm, state: LoadTanksController) -> None:
    form.roles.show_preview(state.preview, state.mapping, state.is_remembered)
    if form.sample_model.preview is not state.preview:
        form.sample_model.show_preview(state.preview)
        form.sample.resizeColumnsToContents()
    has_choice = bool(state.choices.columns)
    form.reset.setEnabled(has_choice and not state.is_reading)
    form.remember.setEnabled(has_choice)
    for widget in (form.remembered, form.forget):
        widget.setVisible(state.is_remembered)
