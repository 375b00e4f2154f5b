"""Moving a section with the mouse: the handle that is dragged, and the line where it will stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.views.theme import current_colours
from desktop.views.words import _

_LINE: Final = 3
_EDGE: Final = 40
_SCROLL_MS: Final = 25
_SCROLL_STEP: Final = 14
_DOT: Final = 3
_PITCH: Final = 5
_COLUMNS: Final = 2
_ROWS: Final = 3


class DragHandle(QWidget):
    """Six dots that are dragged with the mouse; the buttons beside it do the same with keys.

    Signals:
        moved: the mouse is at a place of the screen, after the drag has begun.
        let_go: the mouse was let go after a drag.
        given_up: the drag ends with nothing done.
    """

    moved = Signal(QPoint)
    let_go = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pressed: QPoint | None = None
        self.is_dragging = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(_("Dra for å flytte avsnittet (Alt+Shift+↑ og ↓)"))
        self.setFixedSize(QSize(18, 22))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Get ready."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag, once the mouse has gone a little way."""
        here = event.globalPosition().toPoint()
        if self._pressed is None:
            return
        if not self.is_dragging:
            way = (here - self._pressed).manhattanLength()
            if way < QApplication.startDragDistance():
                return
            self._begin()
        self.moved.emit(here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton and self._end():
            self.let_go.emit()

    def _begin(self) -> None:
        self.is_dragging = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._listen(on=True)

    def _end(self) -> bool:
        """Stop dragging; False where nothing was dragged."""
        was, self.is_dragging, self._pressed = self.is_dragging, False, None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._listen(on=False)
        return was

    def _listen(self, *, on: bool) -> None:
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self) if on else app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Give up on Esc, wherever the keyboard is."""
        keys = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}
        if (
            event.type() in keys
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            if event.type() == QEvent.Type.KeyPress and self._end():
                self.given_up.emit()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_colours().quiet))
        left = (self.width() - (_COLUMNS - 1) * _PITCH - _DOT) / 2
        top = (self.height() - (_ROWS - 1) * _PITCH - _DOT) / 2
        for dot in range(_COLUMNS * _ROWS):
            x, y = left + dot % _COLUMNS * _PITCH, top + dot // _COLUMNS * _PITCH
            painter.drawEllipse(round(x), round(y), _DOT, _DOT)


class DropLine(QWidget):
    """The line that shows where what is dragged will stand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw it."""
        QPainter(self).fillRect(self.rect(), QColor(current_colours().accent))


class Mover(QObject):
    """Follows the handles of the parts of a page, and tells where a part is dropped.

    `parts` returns the parts in their order, all of them children of `paper`; `drop` gets the place
    of the part that is moved, and its new place, counted from 0 without it.
    """

    def __init__(
        self,
        area: QScrollArea,
        paper: QWidget,
        parts: Callable[[], Sequence[QWidget]],
        drop: Callable[[int, int], object],
    ) -> None:
        super().__init__(area)
        self._area, self._paper, self._parts, self._drop = area, paper, parts, drop
        self.line = DropLine(paper)
        self._part: QWidget | None = None
        self._gap = 0
        self._mouse = QPoint()
        self._scroller = QTimer(self, interval=_SCROLL_MS)
        self._scroller.timeout.connect(self._scroll)

    def listen(self, handle: DragHandle, part: QWidget) -> None:
        """Let a part be dragged by its handle."""
        handle.moved.connect(lambda place: self._move(part, place))
        handle.let_go.connect(self._let_go)
        handle.given_up.connect(self._stop)

    def _move(self, part: QWidget, mouse: QPoint) -> None:
        self._part, self._mouse = part, mouse
        self._show_line()
        self._scroller.start()

    def _show_line(self) -> None:
        """Show the line in the gap between two parts that the mouse is nearest to."""
        parts = list(self._parts())
        if self._part not in parts:
            self._stop()
            return
        y = self._paper.mapFromGlobal(self._mouse).y()
        self._gap = sum(part.geometry().center().y() < y for part in parts)
        beside = parts[min(self._gap, len(parts) - 1)].geometry()
        edge = beside.top() if self._gap < len(parts) else beside.bottom() + _LINE
        self.line.setGeometry(QRect(beside.left(), edge + _LINE, beside.width(), _LINE))
        self.line.raise_()
        self.line.show()

    def _scroll(self) -> None:
        """Scroll while the mouse is near the upper or lower edge."""
        view = self._area.viewport()
        y, bar = view.mapFromGlobal(self._mouse).y(), self._area.verticalScrollBar()
        step = -_SCROLL_STEP if y < _EDGE else _SCROLL_STEP if y > view.height() - _EDGE else 0
        before = bar.value()
        bar.setValue(before + step)
        if bar.value() != before:
            self._show_line()

    def _let_go(self) -> None:
        part, gap = self._part, self._gap
        self._stop()
        parts = list(self._parts())
        if part is None or part not in parts:
            return
        here = parts.index(part)
        place = gap - (gap > here)
        if place != here:
            self._drop(here, place)

    def _stop(self) -> None:
        self._part = None
        self._scroller.stop()
        self.line.hide()
