"""What a test read is let go of at its end: QGIS must not be gone before it."""

from __future__ import annotations

import gc

import pytest
from leachwatch.tests.gui.tank_data.read_by import close_all


@pytest.fixture(autouse=True)
def nothing_read():
    yield
    close_all()


@pytest.fixture(autouse=True, scope="module")
def nothing_left(qgis_app):
    yield
    gc.collect()
