"""A controller whose messages are kept, and steps that wait until it has answered."""

from __future__ import annotations

from leachwatch.analysis.selection.wanted import TankFilter
from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.tank_filter.controller import TankFilterController
from leachwatch.ui.tank_filter.own_filter.hold import PROPERTY
from qgis.core import QgsVectorLayer

OWN = "\"unit_name\" = 'ချီဖွေ' OR \"unit_name\" LIKE '100 %'"
ABANDONED = TankFilter(statuses=frozenset({"abandoned"}))
ACTIVE = TankFilter(statuses=frozenset({"active"}))


def heeded(controller: TankFilterController) -> TankFilterController:
    """Keep what the controller says in ``controller.heard``."""
    controller.heard = []
    controller.refused.connect(lambda text: controller.heard.append(("refused", text)))
    controller.told.connect(lambda text: controller.heard.append(("told", text)))
    return controller


def take(controller: TankFilterController, layer: QgsVectorLayer) -> None:
    """Adopt a layer, and wait until its tanks are read and counted."""
    controller.adopt(layer)
    wait_until(lambda: controller.counts)


def apply(controller: TankFilterController, wanted: TankFilter) -> None:
    """Apply a filter, and wait until what it shows is counted."""
    assert controller.apply(wanted)
    wait_until(lambda: controller.counts)


def heard(controller: TankFilterController) -> list[str]:
    """Return the kinds of the messages, in their order."""
    return [kind for kind, _ in controller.heard]


def assert_no_trace(layer: QgsVectorLayer, own: str) -> None:
    """See that a layer has its user's own filter, and nothing of ours."""
    assert layer.subsetString() == own
    assert PROPERTY not in layer.customPropertyKeys()
