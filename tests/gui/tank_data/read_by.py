"""Tanks read and waited for, and what they were read as."""

from __future__ import annotations

from leachwatch.tests.gui.waiting import wait_until
from leachwatch.ui.tank_data.tank_data import TankData

_opened = []


def opened(layer, own="", columns=None):
    """Return a layer's tanks, which are being read; ``failures`` are kept, and ``told`` each time they are ready."""
    data = TankData(layer, own, columns)
    _opened.append(data)
    data.failures, data.told = [], []
    data.failed.connect(data.failures.append)
    data.ready.connect(lambda: data.told.append(len(data.table)))
    return data


def close_all():
    while _opened:
        _opened.pop().close()


def read(layer, own="", columns=None):
    """Return a layer's tanks, read."""
    data = opened(layer, own, columns)
    wait_until(lambda: not data.is_reading)
    assert not data.failures, data.failures
    return data


def failure_of(layer, own=""):
    """Return what is said where a layer cannot be read."""
    data = opened(layer, own)
    wait_until(lambda: not data.is_reading)
    assert data.table is None
    return "".join(data.failures)


def words(table, role):
    """Return each tank's word of a role, "" where it has none."""
    codes, its = table.values[role]
    return [its[code] for code in codes]


def ids(table):
    return {int(word) for word in words(table, "tank_id")}
