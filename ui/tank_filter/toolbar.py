"""The tank filter's tool bar: what is done with the filter, and with the tanks that it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QIcon, QKeySequence
from qgis.PyQt.QtWidgets import QAction, QActionGroup, QMenu, QToolBar, QToolButton, QUndoStack, QWidget

from ...translation import tr

if TYPE_CHECKING:
    from .controller import TankFilterController
    from .years.playing import Player
    from .years.temporal import TemporalHandOver

_SPEEDS = (2_000, 1_000, 400)  # ms a step


def icon(name: str) -> QIcon:
    """Return an icon of QGIS's theme."""
    return QgsApplication.getThemeIcon(f"/{name}.svg")


@dataclass(frozen=True)
class Deeds:
    """What the buttons do that is not the tool bar's own; None: there is no map for it."""

    zoom: Callable[[], None] | None
    select: Callable[[], None]
    export: Callable[[], None] | None
    reset: Callable[[], object]


class FilterBar(QToolBar):
    """Buttons that Tab reaches; each says in its tooltip what it does."""

    def __init__(self, deeds: Deeds, stack: QUndoStack, presets: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = QgsApplication.scaleIconSize(16)
        self.setIconSize(QSize(side, side))
        self.setAccessibleName(tr("Tools of the tank filter"))
        self._player: Player | None = None
        self._over: TemporalHandOver | None = None
        self.undo, self.redo = stack.createUndoAction(self, tr("Undo")), stack.createRedoAction(self, tr("Redo"))
        self._add_history()
        self.reset = self._add(
            "console/iconClearConsole", tr("Reset"), tr("Show all tanks that the layer’s own filter shows"), deeds.reset
        )
        self.addSeparator()
        self.zoom = self._add(
            "mActionZoomToLayer", tr("Zoom to tanks"), tr("Zoom the map to the tanks that are shown"), deeds.zoom
        )
        self.select = self._add(
            "mActionSelectAll", tr("Select tanks"), tr("Select the tanks that are shown"), deeds.select
        )
        self.export = self._add(
            "mActionFileSaveAs", tr("Export…"), tr("Save the tanks that are shown to a file"), deeds.export
        )
        self.presets = self._add_menu(
            "mActionShowBookmarks", tr("Presets"), tr("Filters kept by name in the project"), presets
        )
        self.addSeparator()
        self._add_playing()
        self._add_time()
        self._let_tab_in()

    def minimumSizeHint(self) -> QSize:
        """As wide as all buttons: what Qt folds away, Tab does not reach."""
        return self.sizeHint()

    def drive(self, player: Player, over: TemporalHandOver) -> None:
        """Play and hand over with these from now on."""
        self._player, self._over = player, over
        player.changed.connect(self._show_playing)
        over.changed.connect(self._show_over)
        self._show_playing()
        self._show_over()

    def show_state(self, state: TankFilterController) -> None:
        """Enable what can be done now."""
        has_layer, is_free = state.layer is not None, state.layer is not None and not state.is_edited
        for action in (self.zoom, self.select, self.export):
            action.setEnabled(has_layer and action.data() is not False)
        for action in (self.reset, self.play, self.step, self.step_back):
            action.setEnabled(is_free)
        for button in (self.presets, self.time):
            button.setEnabled(is_free)

    def _add(self, name: str, text: str, tip: str, deed: Callable[[], object] | None) -> QAction:
        action = self.addAction(icon(name), text)
        describe(action, text, tip)
        if deed is not None:
            action.triggered.connect(lambda _=False: deed())
        else:
            action.setData(False)
            action.setEnabled(False)
        return action

    def _add_history(self) -> None:
        for action, name, keys in (
            (self.undo, "mActionUndo", QKeySequence("Ctrl+Z")),
            (self.redo, "mActionRedo", QKeySequence("Ctrl+Shift+Z")),
        ):
            action.setIcon(icon(name))
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)

    def _add_menu(self, name: str, text: str, tip: str, menu: QMenu) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        self.addWidget(button)
        return button

    def _add_playing(self) -> None:
        tip = tr("Show the years one after the other, as many at a time as are chosen")
        self.play = self._add("temporal_navigation/forward", tr("Play the years"), tip, self._toggle)
        self.play.setCheckable(True)
        self.step = self._add(
            "temporal_navigation/next", tr("Step"), tr("Move the years on by one"), lambda: self._move(1)
        )

    def _add_time(self) -> None:
        menu = QMenu(self)
        self.step_back = self._entry(menu, tr("Step &back"), lambda: self._move(-1))
        self.loops = menu.addAction(tr("Begin &again at the end"))
        self.loops.setCheckable(True)
        self.loops.toggled.connect(self._set_loops)
        self._add_speeds(menu.addMenu(tr("S&peed")))
        menu.addSeparator()
        self.hand_over = self._entry(
            menu, tr("&Hand over to QGIS’s temporal controller"), lambda: self._over and self._over.hand_over()
        )
        self.take_back = self._entry(menu, tr("Take the years bac&k"), lambda: self._over and self._over.take_back())
        self.take_years = self._entry(
            menu, tr("Take the &years that the map shows"), lambda: self._over and self._over.take_years()
        )
        menu.aboutToShow.connect(self._show_over)
        tip = tr("How the years play; QGIS’s temporal controller: hand the years over, or take them from it")
        self.time = self._add_menu("propertyicons/temporal", tr("Time"), tip, menu)

    def _add_speeds(self, menu: QMenu) -> None:
        self.speeds = QActionGroup(menu)
        for text, milliseconds in zip((tr("&Slow"), tr("&Medium"), tr("&Fast")), _SPEEDS):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(milliseconds == _SPEEDS[1])
            action.setData(milliseconds)
            self.speeds.addAction(action)
        self.speeds.triggered.connect(lambda action: self._set_speed(action.data()))

    def _entry(self, menu: QMenu, text: str, deed: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _=False: deed())
        return action

    def _move(self, by: int) -> None:
        if self._player is not None:
            self._player.step(by)

    def _set_loops(self, loops: bool) -> None:
        if self._player is not None:
            self._player.loops = loops

    def _toggle(self) -> None:
        if self._player is None:
            return
        if self._player.is_playing:
            self._player.stop()
        else:
            self._player.start()
        self._show_playing()

    def _set_speed(self, milliseconds: int) -> None:
        if self._player is not None:
            self._player.interval = milliseconds

    def _show_playing(self) -> None:
        is_playing = self._player is not None and self._player.is_playing
        self.play.setChecked(is_playing)
        self.play.setIcon(icon("temporal_navigation/pause" if is_playing else "temporal_navigation/forward"))

    def _show_over(self) -> None:
        over = self._over
        is_over = over is not None and over.is_handed_over
        self.hand_over.setEnabled(over is not None and not is_over)
        self.take_back.setEnabled(is_over)
        self.take_years.setEnabled(over is not None and not is_over and over.years is not None)

    def _let_tab_in(self) -> None:
        for action in self.actions():
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setAccessibleName(action.text() or button.text())


def describe(action: QAction, text: str, tip: str) -> None:
    """Give an action its name and what it does."""
    action.setText(text)
    action.setToolTip(f"{text}: {tip}" if text.rstrip("…") not in tip else tip)
    action.setWhatsThis(tip)
