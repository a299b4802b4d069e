"""A list of values to tick, each with its number of tanks; long ones can be searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QEvent, QLocale, QModelIndex, QPoint, QSize, QSortFilterProxyModel, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...translation import tr
from .check_model import ROW_ROLE, CheckItem, CheckModel

_MOST_ROWS = 7  # that are seen at once
_LONG = 8  # from here on a list has a search and buttons


class CountDelegate(QStyledItemDelegate):
    """Writes the number at the right end; the text is cut before it, never below it. Nothing to count is pale."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint the item as the style does, and the number beside it."""
        item, state, count, is_stale = index.data(ROW_ROLE)
        number = "…" if count is None else QLocale().toString(count)
        metrics = QFontMetrics(option.font)
        margin = metrics.averageCharWidth() // 2
        taken = metrics.horizontalAdvance(number) + 3 * margin
        pale = not count or is_stale
        whole = QStyleOptionViewItem(option)
        self._fill(whole, item, state)
        self._ground(painter, whole)
        whole.rect = option.rect.adjusted(0, 0, -taken, 0)
        whole.state &= ~QStyle.StateFlag.State_Selected
        whole.state &= ~QStyle.StateFlag.State_HasFocus
        if pale and not count:
            grey = option.palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
            whole.palette.setColor(QPalette.ColorRole.Text, grey)
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, option.widget)
        group = QPalette.ColorGroup.Disabled if pale else QPalette.ColorGroup.Active
        painter.save()
        painter.setPen(option.palette.color(group, QPalette.ColorRole.Text))
        box = option.rect.adjusted(0, 0, -margin, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), number)
        painter.restore()

    def _fill(self, option: QStyleOptionViewItem, item: CheckItem, state: Qt.CheckState) -> None:
        """As Qt would, which asks the model in Python seven times for it."""
        feature = QStyleOptionViewItem.ViewItemFeature
        option.text, option.checkState = item.text, state
        option.features = feature.HasDisplay | feature.HasCheckIndicator
        if item.icon is not None:
            option.icon = item.icon
            option.features |= feature.HasDecoration

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """The row in hand has a frame, not a filled ground: ticks are what is chosen."""
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(option.palette.color(QPalette.ColorRole.Highlight))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            painter.restore()


class CheckList(QWidget):
    """Values that can be ticked. ``changed`` tells that the user ticked or unticked, never that it was set."""

    changed = pyqtSignal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CheckModel(self)
        self.model.ticked.connect(self.changed)
        self.found = QSortFilterProxyModel(self)
        self.found.setSourceModel(self.model)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search, self.view, self.nothing = QgsFilterLineEdit(self), QListView(self), QLabel(self)
        self.buttons = QWidget(self)
        self._lay_out()
        self._describe(name)
        self._connect()
        self._fit()

    def set_items(self, items: Iterable[CheckItem]) -> None:
        """Offer these values; ticks and counts stay."""
        self.model.set_items(items)
        self._fit()

    def set_checked(self, keys: frozenset[str] | None) -> None:
        """Tick these; None: all."""
        self.model.set_checked(keys)

    def checked(self) -> frozenset[str] | None:
        """Return the keys that are ticked; None where all are."""
        return None if self.model.is_all_checked() else self.model.checked()

    def set_counts(self, counts: Mapping[str, int], stale: bool = False) -> None:
        """Show numbers; ``stale``: of before, while new ones are counted."""
        self.model.set_counts(counts, stale)

    def add_button(self, text: str, tip: str) -> QToolButton:
        """Return a further button, in a line of its own."""
        button = self._button(text, tip)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.layout().addWidget(button)
        return button

    def listed(self) -> list[str]:
        """Return the keys that the search leaves in the list, in their order."""
        rows = range(self.found.rowCount())
        return [self.model.items[self.found.mapToSource(self.found.index(row, 0)).row()].key for row in rows]

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        """Letters go to the search; Enter shows one value alone."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.search and event.key() == Qt.Key.Key_Down:
                return self._to_list()
            if watched is self.view:
                return self._on_key(event)
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the list to another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "buttons"):
            self._fit()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        across = QHBoxLayout(self.buttons)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(2)
        for widget in (self.search, self.view, self.nothing, self.buttons):
            rows.addWidget(widget)
        self.view.setItemDelegate(CountDelegate(self.view))
        self.view.setModel(self.found)
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.Shape.StyledPanel)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setTabKeyNavigation(False)
        self.nothing.setText(tr("No value has this text"))

    def _describe(self, name: str) -> None:
        self.view.setAccessibleName(name)
        self.search.setAccessibleName(tr("Search: {name}").format(name=name))
        self.search.setPlaceholderText(tr("Search"))
        self.search.setToolTip(tr("Lists only the values that hold this text. What is ticked stays ticked."))
        self.search.setShowClearButton(True)
        for text, tip, wanted in (
            (tr("All"), tr("Tick every value that is listed"), True),
            (tr("None"), tr("Untick every value that is listed"), False),
            (tr("Invert"), tr("Tick what is not ticked, and the other way round, in what is listed"), None),
        ):
            button = self._button(text, tip)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.buttons.layout().addWidget(button)
            button.setAccessibleName(f"{name}: {text}")
            button.clicked.connect(lambda _=False, wanted=wanted: self.model.tick(self.listed(), wanted))

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(self._only)
        self.view.customContextMenuRequested.connect(self._on_menu)

    def _on_search(self, text: str) -> None:
        self.found.setFilterFixedString(text)
        self.nothing.setVisible(bool(text) and not self.found.rowCount())

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._only(self.view.currentIndex())
            return True
        text = event.text()
        if not self.search.isHidden() and text.strip() and text.isprintable() and not event.modifiers() & _COMMANDS:
            self.search.setFocus()
            self.search.insert(text)
            return True
        return False

    def _to_list(self) -> bool:
        self.view.setFocus()
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.found.index(0, 0))
        return True

    def _only(self, index: QModelIndex) -> None:
        if index.isValid():
            self.model.only(self.model.items[self.found.mapToSource(index).row()].key)

    def _on_menu(self, place: QPoint) -> None:
        menu, index = QMenu(self), self.view.indexAt(place)
        only = menu.addAction(tr("Only this one"))
        only.setEnabled(index.isValid())
        only.triggered.connect(lambda: self._only(index))
        menu.addSeparator()
        for text, wanted in ((tr("All"), True), (tr("None"), False), (tr("Invert"), None)):
            menu.addAction(text).triggered.connect(lambda _=False, w=wanted: self.model.tick(self.listed(), w))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _fit(self) -> None:
        """As high as its rows, up to some; a short list has neither search nor buttons."""
        long = len(self.model.items) >= _LONG
        self.search.setVisible(long)
        self.buttons.setVisible(long)
        self.nothing.setVisible(False)
        if not long and self.search.text():
            self.search.clear()
        self._on_search(self.search.text())
        height = max(self.view.sizeHintForRow(0), self.fontMetrics().height())
        rows = max(1, min(_MOST_ROWS, len(self.model.items)))
        self.view.setFixedHeight(rows * height + 2 * self.view.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the buttons let it be."""
        return QSize(self.fontMetrics().averageCharWidth() * 10, super().minimumSizeHint().height())


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
