"""The dialog Load tanks in a window of its own, and files for it."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path

import pytest
from leachwatch.tests.gui.tank_world import TANKS, memory_tanks
from leachwatch.ui.load_tanks.dialog import LoadTanksDialog
from qgis.core import QgsLayerTreeModel, QgsProject, QgsVectorFileWriter
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

LEFT = Qt.MouseButton.LeftButton
SAMPLE = Path(__file__).parents[2] / "resources" / "sample" / "tanks_synthetic_sample.geojson"
ODD_NAMES = {
    "tank_id": "No_",
    "tank_type": "Kind of basin",
    "status": "Appearance",
    "first_seen": "Seen from",
    "last_seen": "Seen to",
    "diameter_m": "Across",
    "country": "Nation",
}
_COLOURS = {"active": "blue", "abandoned": "brown"}
GREENISH = (3, 50, 120)  # rows whose status nobody understands


def odd_csv(path: Path, rows: int = 150) -> Path:
    """Write the synthetic sample as somebody else would have: names that no alias knows, colours for statuses."""
    features = json.loads(SAMPLE.read_text(encoding="utf-8"))["features"][:rows]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([*ODD_NAMES.values(), "Grid N", "Grid E"])
        for number, feature in enumerate(features):
            values = dict(feature["properties"])
            values["status"] = "greenish" if number in GREENISH else _COLOURS.get(values["status"], "")
            east, north = feature["geometry"]["coordinates"]
            cells = ["" if values[name] is None else values[name] for name in ODD_NAMES]
            writer.writerow([*cells, north, east])
    return path


def drop(dialog: LoadTanksDialog, *paths: Path | str) -> bool:
    """Drop files on the dialog; return whether it took them."""
    data = QMimeData()
    data.setUrls([path if isinstance(path, QUrl) else QUrl.fromLocalFile(str(path)) for path in paths])
    copy, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, LEFT, keys)
    enter.setAccepted(False)
    QApplication.sendEvent(dialog, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(300, 300), copy, data, LEFT, keys)
    QApplication.sendEvent(dialog, event)
    return event.isAccepted()


def pick(combo, text: str) -> None:
    """Choose an item of a drop-down with the keys, as a person does."""
    index = combo.findText(text)
    assert index >= 0, [combo.itemText(row) for row in range(combo.count())]
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(index):
        QTest.keyClick(combo, Qt.Key.Key_Down)


def wait_for(condition, seconds: float = 20) -> None:
    """Let events pass until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        QTest.qWait(5)


def two_layers(path: Path) -> Path:
    """Write a GeoPackage with two layers of tanks, 7 and 5 of the twelve."""
    for name, rows in (("north", TANKS[:7]), ("south", TANKS[7:])):
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName, options.layerName = "GPKG", name
        if path.exists():
            options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
        context = QgsProject.instance().transformContext()
        error = QgsVectorFileWriter.writeAsVectorFormatV3(memory_tanks(name, rows), str(path), context, options)
        assert error[0] == QgsVectorFileWriter.WriterError.NoError, error
    return path


def run_to_end(dialog: LoadTanksDialog) -> tuple[bool, dict]:
    """Press Load and wait for the algorithm; return whether it ended well, and its results."""
    assert dialog.form.load.isEnabled(), dialog.form.status.text()
    ended = []
    QTest.mouseClick(dialog.form.load, LEFT)
    dialog.run.algorithmFinished.connect(lambda successful, results: ended.append((successful, results)))
    wait_for(lambda: ended)
    dialog.run.close()
    return ended[0]


def history() -> list[str]:
    """Return the commands in Processing's history, the oldest first."""
    try:
        from processing.core.ProcessingLog import ProcessingLog  # up to QGIS 3.22
    except ImportError:
        from qgis.gui import QgsGui

        entries = QgsGui.historyProviderRegistry().queryEntries(providerId="processing")
        return [str(entry.entry.get("python_command")) for entry in entries]
    return [entry.text for entry in ProcessingLog.getLogEntries()]


@pytest.fixture
def dialog(qgis_iface, provider, project, own_settings, monkeypatch):
    """The dialog, shown; taken away as the plugin does at its end."""
    # QGIS's own dialog asks the window for them, and pytest-qgis's stand-in has none.
    legend = QgsLayerTreeView()
    legend.setModel(QgsLayerTreeModel(project.layerTreeRoot()))
    for name, answer in (("browserModel", None), ("layerTreeView", legend)):
        monkeypatch.setattr(qgis_iface, name, lambda answer=answer: answer, raising=False)
    for messages in qgis_iface.messageBar().messages.values():
        messages.clear()
    shown = LoadTanksDialog(qgis_iface, qgis_iface.mainWindow())
    shown.show()
    QApplication.processEvents()
    yield shown
    shown.close_down()
    shown.hide()
    shown.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def read(dialog):
    """Wait until the dialog has read; return its form."""

    def wait():
        wait_for(lambda: not dialog.controller.is_reading)
        return dialog.form

    return wait
