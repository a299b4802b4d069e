"""Filters kept by name: in the project, and in files that can be handed on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qgis.core import QgsProject

from ...analysis.selection.wanted import TankFilter


class PresetError(Exception):
    """A preset cannot be read or written. The message says what, where and what to do."""


def names(project: QgsProject) -> list[str]:
    """Return the names of the project's presets, in the order of the alphabet."""
    raise NotImplementedError


def get(project: QgsProject, name: str) -> TankFilter:
    """Return one preset. Raises PresetError where there is none, or it cannot be understood."""
    raise NotImplementedError


def put(project: QgsProject, name: str, wanted: TankFilter) -> None:
    """Keep a preset, in the place of one of the same name. Raises PresetError for a name that cannot be used."""
    raise NotImplementedError


def rename(project: QgsProject, old: str, new: str) -> None:
    """Give a preset another name. Raises PresetError where the new one is taken."""
    raise NotImplementedError


def remove(project: QgsProject, name: str) -> None:
    """Forget a preset; nothing happens where there is none."""
    raise NotImplementedError


def write_file(path: Path, presets: Mapping[str, TankFilter]) -> None:
    """Write presets to a JSON file. Raises PresetError where it cannot be written."""
    raise NotImplementedError


def read_file(path: Path) -> dict[str, TankFilter]:
    """Return the presets of a JSON file. Raises PresetError saying what is wrong with it, and where."""
    raise NotImplementedError
