"""A controller of the tank filter, and what it says; a map with a temporal controller, to which it hands over."""

from __future__ import annotations

import pytest
from leachwatch.tests.gui.tank_filter.controlled import heeded
from leachwatch.tests.gui.tank_filter.temporal_world import MapWindow
from leachwatch.ui.tank_filter.controller import TankFilterController
from leachwatch.ui.tank_filter.years.temporal import TemporalHandOver


@pytest.fixture
def controller(project):
    """A controller whose messages are in ``heard``."""
    made = heeded(TankFilterController())
    yield made
    made.close_down()


@pytest.fixture
def window(qgis_app, project):
    """A map, and QGIS's action for the panel of its temporal controller."""
    made = MapWindow()
    yield made
    made.deleteLater()


@pytest.fixture
def over(window):
    """A hand-over whose filter is ``filter``, and whose messages are in ``heard``."""
    controller = TankFilterController()
    made = TemporalHandOver(controller, window.canvas)
    made.filter, made.heard = controller, []
    made.told.connect(made.heard.append)
    made.refused.connect(made.heard.append)
    yield made
    made.close_down()
    controller.close_down()
