"""Waits in tests for what is done beside the window."""

from __future__ import annotations

import time
from collections.abc import Callable

from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtTest import QTest


def wait_until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Let events happen until a condition holds. Raises AssertionError where it does not within some seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not so within {seconds} s"
        QTest.qWait(5)


def settle(seconds: float = 0.05) -> None:
    """Let everything happen that is due, deletions too."""
    QTest.qWait(int(1_000 * seconds))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
