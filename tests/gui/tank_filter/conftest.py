"""A controller of the tank filter, and what it says."""

from __future__ import annotations

import pytest
from leachwatch.tests.gui.tank_filter.controlled import heeded
from leachwatch.ui.tank_filter.controller import TankFilterController


@pytest.fixture
def controller(project):
    """A controller whose messages are in ``heard``."""
    made = heeded(TankFilterController())
    yield made
    made.close_down()
