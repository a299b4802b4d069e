"""Work that only Qt's main thread may do, asked for from the thread of a run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsProcessingException, QgsProcessingFeedback
from qgis.PyQt.QtCore import QObject, Qt, QThread, pyqtSignal, pyqtSlot

from ...analysis.progress import Cancelled
from ...translation import tr

# A window that answers nobody for so long waits for this run itself.
_PATIENCE = 120.0
_LOOK = 0.1


class _Errand(QObject):
    """A piece of work that is carried to the main thread and done there once."""

    wanted = pyqtSignal()

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work, self._claim = work, threading.Lock()
        self.done = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None
        self.moveToThread(QgsApplication.instance().thread())
        self.wanted.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def claim(self) -> bool:
        """Return whether the caller is the first to take the work: to do it, or to call it off."""
        return self._claim.acquire(blocking=False)

    @pyqtSlot()
    def _do(self) -> None:
        if not self.claim():
            return
        try:
            self.result = self._work()
        except BaseException as error:
            self.error = error
        finally:
            self.done.set()


def in_main_thread(work: Callable[[], Any], feedback: QgsProcessingFeedback, patience: float = _PATIENCE) -> Any:
    """Return what the work returns, done in the main thread; its errors are raised here.

    Raises Cancelled where the user stopped before it began, QgsProcessingException where the main thread never comes.
    """
    if QThread.currentThread() == QgsApplication.instance().thread():
        return work()
    errand = _Errand(work)
    errand.wanted.emit()
    waited = 0.0
    while not errand.done.wait(_LOOK):
        waited += _LOOK
        if (feedback.isCanceled() or waited > patience) and errand.claim():
            errand.deleteLater()
            if feedback.isCanceled():
                raise Cancelled
            raise QgsProcessingException(
                tr("QGIS is busy, so the PDF could not be laid out. Run again, or leave the PDF out.")
            )
    errand.deleteLater()
    if errand.error is not None:
        raise errand.error
    return errand.result
