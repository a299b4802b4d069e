"""Whatever a test read is let go of at its end."""

from __future__ import annotations

import gc

import pytest
from leachwatch.tests.gui.tank_data.read_by import close_all


@pytest.fixture(autouse=True)
def nothing_left(qgis_app):
    yield
    close_all()


@pytest.fixture(autouse=True, scope="module")
def no_layer_left(qgis_app):
    """Layers in a circle of references must go before QGIS does."""
    yield
    gc.collect()
