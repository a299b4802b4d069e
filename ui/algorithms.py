"""Leachwatch's algorithms, opened and run in QGIS's own dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsApplication
from qgis.gui import QgisInterface

from ..translation import tr
from .messages import push

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm
    from qgis.gui import QgsProcessingAlgorithmDialogBase


def created(name: str) -> QgsProcessingAlgorithm | None:
    """Return an algorithm of ours, the caller's own; None where QGIS does not have it."""
    return QgsApplication.processingRegistry().createAlgorithmById(f"leachwatch:{name}")


def why_not(name: str) -> str:
    """Return why an algorithm cannot run here, such as a missing Python package; "" where it can."""
    found = QgsApplication.processingRegistry().algorithmById(f"leachwatch:{name}")
    if found is None:
        return tr("Leachwatch's algorithms are not in QGIS's toolbox. Switch the plugin off and on again.")
    can_run, reason = found.canExecute()
    return "" if can_run else reason


def open_dialog(iface: QgisInterface, name: str, parameters: dict[str, Any] | None = None) -> None:
    """Open an algorithm's dialog and wait until the user closes it."""
    processing = _processing(iface)
    if processing is not None:
        processing.execAlgorithmDialog(f"leachwatch:{name}", parameters or {})


def prepared_dialog(
    iface: QgisInterface, name: str, parameters: dict[str, Any]
) -> QgsProcessingAlgorithmDialogBase | None:
    """Return an algorithm's dialog, filled in. Its ``runAlgorithm()`` runs it and writes QGIS's history.

    It deletes itself when it is closed. None where QGIS's Processing plugin is switched off, which the user is told.
    """
    processing = _processing(iface)
    return processing.createAlgorithmDialog(f"leachwatch:{name}", parameters) if processing is not None else None


def _processing(iface: QgisInterface) -> Any:
    # QGIS's own package of that name, not ours: it may be switched off, which is told.
    try:
        import processing
    except ImportError:
        text = tr("QGIS's Processing plugin is switched off. Switch it on (Plugins › Manage and Install Plugins).")
        push(iface, text, Qgis.MessageLevel.Warning)
        return None
    return processing
