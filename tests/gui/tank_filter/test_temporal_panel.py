"""The panel of QGIS's temporal controller: opened for the years that are handed over, and closed after them."""

from __future__ import annotations

import pytest
from leachwatch.tests.gui.tank_filter.temporal_world import adopt


@pytest.mark.parametrize("was_open", [False, True])
def test_the_panel_is_open_while_it_has_the_years_and_then_as_before(was_open, over, window, tanks):
    window.panel.setChecked(was_open)
    adopt(over, tanks)
    assert over.hand_over() and window.panel.isChecked()
    assert over.take_back() and window.panel.isChecked() == was_open


def test_a_panel_that_the_user_closed_stays_closed(over, window, tanks):
    window.panel.setChecked(True)
    adopt(over, tanks)
    assert over.hand_over()
    window.panel.trigger()
    assert over.take_back() and not window.panel.isChecked()
