"""Long work beside the window, in a thread that Python makes.

Not a QgsTask: QGIS's task threads are Qt's, and pyproj ends QGIS when Python forgets such a thread between two calls.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from typing import Any

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..analysis.progress import Cancelled, Progress
from ..sources.errors import SourceError
from ..translation import tr

IsCancelled = Callable[[], bool]
Work = Callable[[IsCancelled, Progress], Any]
# Each lives until the main thread has heard of its end: a QObject must not be deleted in another thread.
_running: set[Job] = set()


class Job(QObject):
    """One piece of work. Its end is told in the main thread: ``done`` gets the result, or ``failed`` a SourceError.

    ``progressed`` tells whole percents. A job that was cancelled tells nothing: no result of an earlier request can
    overtake a later one.
    """

    progressed = pyqtSignal(int)
    _ended = pyqtSignal(object, object)

    def __init__(self, work: Work, done: Callable[[Any], None], failed: Callable[[SourceError], None]) -> None:
        super().__init__()
        self._work, self._done, self._failed = work, done, failed
        self._cancelled = threading.Event()
        self._percent = -1
        self._thread = threading.Thread(target=self._run, name="leachwatch", daemon=True)
        self._ended.connect(self._tell)

    def start(self) -> None:
        """Begin."""
        _running.add(self)
        self._thread.start()

    def cancel(self) -> None:
        """Stop as soon as the work asks; nothing is told any more."""
        self._cancelled.set()

    def wait(self, seconds: float) -> None:
        """Wait for the thread's end, no longer than some seconds."""
        self._thread.join(seconds)

    def _run(self) -> None:
        result = error = None
        try:
            result = self._work(self._cancelled.is_set, self._progress)
        except Cancelled:
            self._cancelled.set()
        except SourceError as caught:
            error = caught
        except Exception as caught:  # a mistake of ours: the window stays, the log says where it is
            error = _unexpected(caught)
        self._ended.emit(result, error)

    def _progress(self, fraction: float) -> None:
        percent = int(100 * fraction)
        if percent != self._percent and not self._cancelled.is_set():
            self._percent = percent
            self.progressed.emit(percent)

    def _tell(self, result: object, error: SourceError | None) -> None:
        _running.discard(self)
        if self._cancelled.is_set():
            return
        if error is None:
            self._done(result)
        else:
            self._failed(error)


def _unexpected(error: Exception) -> SourceError:
    QgsApplication.messageLog().logMessage(traceback.format_exc(), "Leachwatch", Qgis.MessageLevel.Critical)
    text = tr("This did not work, and Leachwatch does not know why: {error}. Details: View › Panels › Log Messages.")
    return SourceError(text.format(error=f"{type(error).__name__}: {error}"))
