"""Reads the tanks of one layer: what the filter shows, or one thing that was clicked. No widgets here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...analysis.definition import STANDING
from ...analysis.selection.wanted import TankFilter
from ...sources.errors import SourceError
from ..background import Job
from ..connections import Connections
from ..tank_data.layers import is_alive
from ..tank_data.tank_data import TankData, release, shared
from ..tank_filter.own_filter.hold import own_filter, wanted_of
from .finding import Click, Search
from .question import Question, Reading, answer
from .subject import Subject

if TYPE_CHECKING:
    from ...analysis.selection.table import TankTable

# The filter and what is remembered of it change one after the other.
_SETTLED_MS = 30


class ReadingController(QObject):
    """The layer in hand, the subject, and the newest answer.

    ``changed``: something is other than before: ``reading`` is new, or None while it is counted. ``progressed``: whole
    percents of the tanks' reading. ``found``: what a
    click found (a list of Subject), and whether there was a layer of sites or units to look in. ``failed``: why
    something could not be read. ``forgotten``: what was clicked is gone with its layer.
    """

    changed = pyqtSignal()
    progressed = pyqtSignal(int)
    found = pyqtSignal(list, bool)
    failed = pyqtSignal(str)
    forgotten = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layer: QgsVectorLayer | None = None
        self.subject: Subject | None = None
        self.counting = STANDING
        self.reading: Reading | None = None
        self.problem = ""
        self._data: TankData | None = None
        self._count: Job | None = None
        self._search: Job | None = None
        self._connections = Connections()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED_MS)
        self._settle.timeout.connect(self._on_settled)

    @property
    def table(self) -> TankTable | None:
        """The layer's tanks, None until they are read."""
        return self._data.table if self._data else None

    @property
    def wanted(self) -> TankFilter:
        """What the tank filter asks of the layer."""
        layer = self.layer
        return wanted_of(layer) if layer is not None and is_alive(layer) else TankFilter()

    @property
    def is_counting(self) -> bool:
        """Whether the newest question is not answered yet."""
        return self._count is not None

    @property
    def is_busy(self) -> bool:
        """Whether ``reading`` will come."""
        return self._count is not None or self._settle.isActive() or (self._data is not None and self._data.is_reading)

    def adopt(self, layer: QgsVectorLayer | None) -> None:
        """Let go of the layer in hand and read this one; None: none."""
        if layer is not None and self.layer is layer:
            return
        self._let_go()
        if layer is not None:
            self.layer = layer
            self._data = shared(layer, own_filter(layer))
            self._listen(layer, self._data)
        self.ask()

    def count_by(self, counting: str) -> None:
        """Count by this rule from now on."""
        self.counting = counting
        self.ask()

    def read(self, subject: Subject | None) -> None:
        """Read this from now on; None: all that the filter shows."""
        self.subject = subject
        self.ask()

    def look(self, click: Click, layers: Iterable[QgsMapLayer]) -> None:
        """Find what lies under a click; ``found`` tells it."""
        layer, table = self.layer, self.table
        if layer is None or table is None or not is_alive(layer):
            return
        search, wanted = Search(click, layers, layer), self.wanted
        _cancel(self._search)
        self._search = Job(
            lambda is_cancelled, _progress: search.run(table, wanted, is_cancelled),
            lambda subjects: self._on_found(subjects, not search.nothing_to_find),
            self._on_not_found,
        )
        self._search.start()

    def ask(self) -> None:
        """Count again; what is being counted is stale."""
        _cancel(self._count)
        self._count, self.reading, self.problem = None, None, ""
        table = self.table
        if table is not None:
            question = Question(self.wanted, self.counting, self.subject)
            self._count = Job(lambda is_cancelled, _: answer(table, question, is_cancelled), self._done, self._refused)
            self._count.start()
        self.changed.emit()

    def _listen(self, layer: QgsVectorLayer, data: TankData) -> None:
        connect = self._connections.connect
        connect(data.ready, self.ask)
        connect(data.failed, self._on_unread)
        connect(data.progressed, self.progressed)
        connect(layer.subsetStringChanged, self._settle_soon)
        connect(layer.customPropertyChanged, self._settle_soon)
        connect(layer.willBeDeleted, self._on_deleted)
        connect(QgsProject.instance().layersRemoved, self._on_layers_removed)

    def _settle_soon(self, *_: object) -> None:
        self._settle.start()

    def _on_settled(self) -> None:
        """The filter changed; where the user's own did, its tanks are read again by whoever comes first."""
        layer, data = self.layer, self._data
        if layer is None or data is None or not is_alive(layer):
            return
        own = own_filter(layer)
        if own != data.own:
            data.reread(own)
        elif self.reading is None or self.reading.question.wanted != self.wanted:
            self.ask()

    def _let_go(self) -> None:
        self._settle.stop()
        self._connections.close()
        for job in (self._count, self._search):
            _cancel(job)
        self._count = self._search = None
        data, self._data = self._data, None
        if data is not None:
            release(data)
        self.layer = self.subject = self.reading = None
        self.problem = ""

    def _on_layers_removed(self, ids: list[str]) -> None:
        if self.subject is not None and self.subject.layer_id in ids:
            self.forgotten.emit()
            self.read(None)

    def _on_deleted(self) -> None:
        self._let_go()
        self.changed.emit()

    def _done(self, reading: Reading) -> None:
        self._count, self.reading = None, reading
        self.changed.emit()

    def _refused(self, error: SourceError) -> None:
        self._count, self.problem = None, str(error)
        self.changed.emit()

    def _on_unread(self, text: str) -> None:
        _cancel(self._count)
        self._count, self.reading, self.problem = None, None, text
        self.changed.emit()

    def _on_found(self, subjects: list[Subject], looked: bool) -> None:
        self._search = None
        self.found.emit(subjects, looked)

    def _on_not_found(self, error: SourceError) -> None:
        self._search = None
        self.failed.emit(str(error))


def _cancel(job: Job | None) -> None:
    if job is not None:
        job.cancel()
