"""The search box in the corner of the menu bar. It imports the search when it is first used."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from desktop.views.parts import icon, row
from desktop.views.words import _

if TYPE_CHECKING:
    from desktop.services.search import Hit
    from desktop.viewmodels.desk import Desk
    from desktop.views.search.popup import SearchPopup

_PAUSE_MS: Final = 30
_MOST_MS: Final = 35.0
_WIDTH, _MARGIN = 300, 12
_KEY = Qt.Key


class SearchBox(QLineEdit):
    """Searches the open archive as one types; Ctrl+K goes to it.

    Signals:
        wanted: the Target of a hit that was chosen.
    """

    wanted = Signal(object)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk: Desk | None = None
        self._came_from: QWidget | None = None
        self.setPlaceholderText(_("Søk i arkivet (Ctrl+K)"))
        self.setAccessibleName(_("Søk i arkivet"))
        self.setToolTip(_("Søk i saker, papirer, vedtak og navn (Ctrl+K)"))
        self.setClearButtonEnabled(True)
        self.addAction(icon("soek"), QLineEdit.ActionPosition.LeadingPosition)
        self.setFixedWidth(_WIDTH)
        self.setStyleSheet("padding: 1px 4px; min-height: 18px;")
        self.setMaxLength(500)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.search_now)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.textChanged.connect(self._cleared)
        self.go_there = QAction(_("&Søk i arkivet"), window)
        self.go_there.setShortcut(QKeySequence("Ctrl+K"))
        self.go_there.triggered.connect(lambda _checked=False: self.begin())
        window.addAction(self.go_there)
        self.follow(None)

    def corner(self) -> QWidget:
        """Return the corner of the menu bar, which keeps its width whatever is open."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self._corner = QWidget(self._window)
        layout = row(self, spacing=0)
        layout.setContentsMargins(0, 0, _MARGIN, 0)
        self._corner.setLayout(layout)
        return self._corner

    @cached_property
    def popup(self) -> SearchPopup:
        """The list below, made when it is first wanted."""
        from desktop.views.search.popup import SearchPopup  # noqa: PLC0415

        made = SearchPopup(self._window)
        made.chosen.connect(self._open)
        made.moved.connect(self.setAccessibleDescription)
        self._window.installEventFilter(self)
        return made

    def follow(self, desk: Desk | None) -> None:
        """Search another archive, or none."""
        self._desk = desk
        self.setVisible(desk is not None)
        self.go_there.setEnabled(desk is not None)
        self.clear()
        if "popup" in vars(self):
            self.popup.hide()
        if desk is not None:
            desk.changed.connect(self._archive_changed)

    def begin(self) -> None:
        """Take the focus, with what was sought last selected, and show the list."""
        focus = QApplication.focusWidget()
        if focus is not self:
            self._came_from = focus
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.search_now()

    def search_now(self) -> None:
        """Show what the text finds, or how to search where there is none."""
        if self._desk is None:
            return
        from desktop.services.search import search  # noqa: PLC0415

        text = self.text()
        if text.strip():
            found = self._desk.read(lambda session: search(session, text, milliseconds=_MOST_MS))
            self.popup.show_result(found, unfinished=text.endswith(":"))
        else:
            self.popup.show_help()
        self.popup.show()
        self.popup.place_below(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move in the list, open a hit, or close the list."""
        key = event.key()
        if key in (_KEY.Key_Return, _KEY.Key_Enter):
            if self._pause.isActive():
                self._pause.stop()
                self.search_now()
            self.popup.choose_current()
        elif key == _KEY.Key_Escape:
            self._leave()
        elif (steps := self._steps(key)) is not None:
            if not self.popup.isVisible():
                self.search_now()
            else:
                self.popup.step(steps)
        else:
            super().keyPressEvent(event)

    def _steps(self, key: int) -> int | None:
        if key in (_KEY.Key_Down, _KEY.Key_Up):
            return 1 if key == _KEY.Key_Down else -1
        if key in (_KEY.Key_PageDown, _KEY.Key_PageUp):
            page = self.popup.rows_of_a_page()
            return page if key == _KEY.Key_PageDown else -page
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the list when the box is clicked or reached by Tab."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason):
            self._pause.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Close the list when the focus goes elsewhere."""
        super().focusOutEvent(event)
        left = event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        )
        if left and "popup" in vars(self):
            self.popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the list below the box when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.popup.isVisible():
            self.popup.place_below(self)
        return super().eventFilter(watched, event)

    def _cleared(self, text: str) -> None:
        if not text and self.hasFocus():
            self._pause.start()

    def _archive_changed(self, _changes: object) -> None:
        if "popup" in vars(self) and self.popup.isVisible():
            self._pause.start()

    def _open(self, hit: Hit) -> None:
        from desktop.viewmodels.search import target_of  # noqa: PLC0415

        target = target_of(hit)
        if target is not None:
            self.popup.hide()
            self.clearFocus()
            self.wanted.emit(target)

    def _leave(self) -> None:
        """Close the list and go back to where one was."""
        self._pause.stop()
        if "popup" in vars(self):
            self.popup.hide()
        came_from, self._came_from = self._came_from, None
        with suppress(RuntimeError):  # its page may have been taken down since
            if came_from is not None and came_from.isVisible():
                came_from.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._window.setFocus()
