"""Threads that Qt made, in which QGIS runs algorithms in the background.

Python forgets such a thread after every call from it, with all that was kept for that thread. pyproj 3.7.0 to 3.7.2
frees its PROJ context then, and uses it again at the next call from the same thread, which ends QGIS
(https://github.com/pyproj4/pyproj/issues/1509). So Python is told to remember the thread.
"""

from __future__ import annotations

import ctypes
import threading

_kept = threading.local()


def remember_this_thread() -> None:
    """Keep Python's state of the current thread until the thread ends, where Python did not make the thread itself."""
    if threading.current_thread() is threading.main_thread() or getattr(_kept, "here", False):
        return
    # Never released: the state then outlives the call that QGIS has made.
    ctypes.pythonapi.PyGILState_Ensure()
    _kept.here = True
