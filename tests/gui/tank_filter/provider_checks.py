"""What is tried on each provider, through the real controller; each answer is a cell of the table in docs/providers.md.

A check fails where something does not work. Where it cannot work, and this is known and told, it says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.tank_filter import provider_world as world
from leachwatch.tests.gui.tank_filter.controlled import ABANDONED, ACTIVE, apply, assert_no_trace, heard, heeded, take
from leachwatch.tests.gui.tank_world import ids
from leachwatch.ui.tank_data.columns import columns_of
from leachwatch.ui.tank_data.plain_files import plain_file
from leachwatch.ui.tank_data.reading import reading_of
from leachwatch.ui.tank_filter.controller import TankFilterController
from qgis.core import QgsProject, QgsVectorLayer

YES, NOT_SAVED = "yes", "no: QGIS saves no memory layers"
OWN = "\"unit_name\" IN ('ချီဖွေ', '100 % sure', 'O''Brien') OR \"tank_id\" = '9'"
IN_OWN = {1, 2, 3, 4, 8, 9, 11, 12}


@contextmanager
def controlled(layer: QgsVectorLayer) -> Iterator[TankFilterController]:
    """A layer in a controller's hand; afterwards it has its user's own filter, and no trace of ours."""
    own = layer.subsetString()
    controller = heeded(TankFilterController())
    try:
        take(controller, layer)
        yield controller
    finally:
        controller.close_down()
    assert_no_trace(layer, own)


def own_filter(layer: QgsVectorLayer, _folder: Path) -> str:
    assert layer.setSubsetString(OWN)
    with controlled(layer) as controller:
        apply(controller, ACTIVE)
        assert ids(layer) == {1, 2, 9}
        apply(controller, TankFilter(only_undated=True))
        assert ids(layer) == {11}
    assert layer.subsetString() == OWN and ids(layer) == IN_OWN
    assert layer.setSubsetString("")
    return YES


def asked(cases: dict) -> object:
    """Return the check that asks the questions, and compares the tanks with the answers and the counts."""

    def check(layer: QgsVectorLayer, _folder: Path) -> str:
        with controlled(layer) as controller:
            found, counted = {}, {}
            for case, (wanted, _) in cases.items():
                apply(controller, wanted)
                found[case], counted[case] = ids(layer), controller.counts.shown
            assert found == {case: expected for case, (_, expected) in cases.items()}
            assert counted == {case: len(expected) for case, (_, expected) in cases.items()}
            assert {text for kind, text in controller.heard if kind == "refused"} == set()
        return YES

    return check


def diameters(layer: QgsVectorLayer, folder: Path) -> str:
    if "diameter_m" in columns_of(layer):
        return asked(world.DIAMETERS)(layer, folder)
    with controlled(layer) as controller:
        apply(controller, TankFilter(diameter=(8, None), unmeasured=False))
        assert ids(layer) == world.ALL and heard(controller) == ["told"]
    return "no, which is told: all columns are text"


def counts(layer: QgsVectorLayer, _folder: Path) -> str:
    with controlled(layer) as controller:
        apply(controller, world.some("country", "CHN"))
        told = controller.counts
        assert (told.shown, told.total, told.undated) == (4, 12, 2)
        assert controller.table.years == (2015, 2025)
        # Of all tanks, whatever is chosen among the countries; 10, 11 and 12 have none.
        assert told.by_value["country"] == {"CHN": 4, "MMR": 5, "": 3}
        # Among 5, 6, 7 and 9: 6 and 9 active, 5 abandoned, 7 unknown.
        assert told.statuses == {"active": 2, "abandoned": 1, "unknown": 1}
        assert told.by_status == told.statuses
        assert [round(end, 2) for end in told.extent] == [98.05, 25.05, 98.09, 25.09]
    return YES


def saved(layer: QgsVectorLayer, folder: Path) -> str:
    """The file shows the user's own tanks to who has no plugin."""
    path = _save(layer, folder)
    project = QgsProject()
    assert project.read(path)
    (again,) = project.mapLayers().values()
    assert "abandoned" not in again.subsetString()
    if layer.providerType() == "memory":
        assert again.featureCount() == 0
        return NOT_SAVED
    assert again.subsetString() == OWN and ids(again) == IN_OWN
    return YES


def reopened(layer: QgsVectorLayer, folder: Path) -> str:
    """With the plugin the filter is there again. The layer is gone afterwards."""
    path, in_memory = _save(layer, folder), layer.providerType() == "memory"
    project = QgsProject.instance()
    assert project.read(path)
    (again,) = project.mapLayers().values()
    with controlled(again) as controller:
        if in_memory:
            assert controller.counts.total == 0
            return NOT_SAVED
        assert controller.wanted == ABANDONED
        assert ids(again) == {3, 4, 12}
    return YES


def _save(layer: QgsVectorLayer, folder: Path) -> str:
    assert layer.setSubsetString(OWN)
    path = str(folder / "saved.qgz")
    with controlled(layer) as controller:
        apply(controller, ABANDONED)
        assert ids(layer) == {3, 4, 12}
        assert QgsProject.instance().write(path)
    assert layer.setSubsetString("")
    return path


def edit_mode(layer: QgsVectorLayer, _folder: Path) -> str:
    with controlled(layer) as controller:
        apply(controller, ACTIVE)
        if not layer.startEditing():
            return "cannot be edited"
        before = layer.subsetString()
        assert controller.is_edited and not controller.apply(ABANDONED)
        assert layer.subsetString() == before and controller.wanted == ACTIVE
        assert heard(controller) == ["refused"] and "being edited" in controller.heard[0][1]
        assert layer.rollBack()
        apply(controller, ABANDONED)
        assert ids(layer) == {3, 4, 5, 12}
    return YES


def reading(layer: QgsVectorLayer, _folder: Path) -> str:
    """By which way the tanks are read: as GDAL's arrays, or feature by feature."""
    read = reading_of(layer, columns_of(layer), "")(lambda: False, lambda _: None)
    assert read is not None and len(read.table) == 12
    return "features" if plain_file(layer, "") is None else "arrays"


# The columns of the table. The last one leaves no layer behind.
CHECKS = {
    "own filter kept": own_filter,
    "years": asked(world.YEARS),
    "undated": asked(world.UNDATED),
    "classes": asked(world.CLASSES),
    "values": asked(world.VALUES),
    "diameter": diameters,
    "search": asked(world.SEARCH),
    "counts": counts,
    "saved plainly": saved,
    "edit mode told": edit_mode,
    "read as": reading,
    "reopened": reopened,
}
