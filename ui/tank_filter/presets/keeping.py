"""Filters kept by name: in the project, and in files that can be handed on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QIODevice, QSaveFile

from ....analysis.selection.wanted import TankFilter
from ....translation import tr
from .form import MOST_PRESETS, PresetError, checked, each_once, filter_of, good_name, plain_of, text_of

__all__ = ["PresetError", "get", "names", "put", "read_file", "remove", "rename", "write_file"]
_SCOPE, _ENTRY = "Leachwatch", "tank_filter_presets"
_MOST_BYTES = 5_000_000


def names(project: QgsProject) -> list[str]:
    """Return the names of the project's presets, in the order of the alphabet."""
    return sorted(_kept(project), key=str.casefold)


def get(project: QgsProject, name: str) -> TankFilter:
    """Return one preset. Raises PresetError where there is none, or it cannot be understood."""
    kept = _kept(project)
    if name not in kept:
        raise PresetError(tr("The project has no preset “{name}” any more.").format(name=name))
    return filter_of(name, kept[name])


def put(project: QgsProject, name: str, wanted: TankFilter) -> None:
    """Keep a preset, in the place of one of the same name. Raises PresetError for a name that cannot be used."""
    kept, (name, plain) = _kept(project), checked(name, wanted)
    if name not in kept and len(kept) >= MOST_PRESETS:
        raise PresetError(tr("The project has {n} presets: remove some first.").format(n=len(kept)))
    _keep(project, {**kept, name: plain})


def rename(project: QgsProject, old: str, new: str) -> None:
    """Give a preset another name. Raises PresetError where the new one is taken, or the old one gone."""
    kept, new = _kept(project), good_name(new)
    if old not in kept:
        raise PresetError(tr("The project has no preset “{name}” any more.").format(name=old))
    if new != old and new in kept:
        raise PresetError(tr("There is a preset “{name}” already: choose another name.").format(name=new))
    _keep(project, {(new if name == old else name): plain for name, plain in kept.items()})


def remove(project: QgsProject, name: str) -> None:
    """Forget a preset; nothing happens where there is none."""
    kept = _kept(project)
    if name in kept:
        del kept[name]
        _keep(project, kept)


def write_file(path: Path, presets: Mapping[str, TankFilter]) -> None:
    """Write presets to a JSON file, aside first. Raises PresetError where it cannot be written."""
    data = text_of(dict(checked(name, wanted) for name, wanted in presets.items())).encode("utf-8")
    file = QSaveFile(str(path))
    if not (file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(data) == len(data) and file.commit()):
        raise PresetError(
            tr("The presets could not be written to {path}: {why}. Choose another place.").format(
                path=path, why=file.errorString()
            )
        )


def read_file(path: Path) -> dict[str, TankFilter]:
    """Return the presets of a JSON file. Raises PresetError saying what is wrong with it, and where."""
    try:
        found = [(good_name(name), filter_of(name, plain)) for name, plain in plain_of(_text(path)).items()]
        return each_once(found)
    except PresetError as error:
        raise PresetError(
            tr("The presets in {path} cannot be used, and none was taken. {why}").format(path=path, why=error)
        ) from None


def _text(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise PresetError(tr("It is longer than {n} bytes, which no presets are.").format(n=_MOST_BYTES))
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PresetError(tr("It is not text in UTF-8.")) from None
    except OSError as error:
        raise PresetError(tr("It cannot be read: {why}.").format(why=error.strerror or error)) from None


def _kept(project: QgsProject) -> dict[str, Any]:
    """Return the project's presets as plain values; none where the entry was damaged by hand as a whole."""
    text, found = project.readEntry(_SCOPE, _ENTRY, "")
    try:
        return plain_of(text) if found and text else {}
    except PresetError:
        return {}


def _keep(project: QgsProject, presets: Mapping[str, Any]) -> None:
    project.writeEntry(_SCOPE, _ENTRY, text_of(presets))
