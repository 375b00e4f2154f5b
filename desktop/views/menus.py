"""The menu bar: the archive's file, undo and redo by name, the pages, and help."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.views.words import _


class Act(StrEnum):
    """What the menus offer."""

    NEW = "nytt"
    OPEN = "aapne"
    BACK_UP = "sikkerhetskopier"
    RESTORE = "gjenopprett"
    EXPORT = "eksporter"
    IMPORT = "importer"
    VERIFY = "verifiser"
    CLOSE = "lukk"
    QUIT = "avslutt"
    SHORTCUTS = "hurtigtaster"
    ABOUT = "om"


_ARCHIVE_MENU: tuple[tuple[Act, str, str] | None, ...] = (
    (Act.NEW, _("&Nytt arkiv …"), "Ctrl+Shift+N"),
    (Act.OPEN, _("&Åpne arkiv …"), "Ctrl+O"),
    None,
    (Act.BACK_UP, _("&Sikkerhetskopier nå"), "Ctrl+Shift+S"),
    (Act.RESTORE, _("&Gjenopprett fra sikkerhetskopi …"), ""),
    (Act.VERIFY, _("&Verifiser arkivet"), ""),
    None,
    (Act.EXPORT, _("&Eksporter utvekslingsfil …"), ""),
    (Act.IMPORT, _("&Importer utvekslingsfil …"), ""),
    None,
    (Act.CLOSE, _("&Lukk arkivet"), "Ctrl+W"),
    (Act.QUIT, _("&Avslutt Møtebok"), "Ctrl+Q"),
)
_HELP_MENU = (
    (Act.SHORTCUTS, _("&Hurtigtaster"), "F1"),
    (Act.ABOUT, _("&Om Møtebok"), ""),
)
_NEEDS_ARCHIVE = frozenset({Act.BACK_UP, Act.RESTORE, Act.EXPORT, Act.VERIFY, Act.CLOSE})
_NEEDS_WRITING = frozenset({Act.RESTORE, Act.IMPORT})

TextField = QLineEdit | QPlainTextEdit | QTextEdit


def focused_field() -> TextField | None:
    """Return the text field that has the focus and can be written in: Ctrl+Z is its own."""
    widget = QApplication.focusWidget()
    if isinstance(widget, QComboBox | QAbstractSpinBox):
        widget = widget.lineEdit()
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and not widget.isReadOnly():
        return widget
    return None


class Menus(QObject):
    """Builds the menus and knows what undo would undo.

    Signals:
        wanted: an Act.
        undo_wanted, redo_wanted: undo or redo in the archive.
    """

    wanted = Signal(object)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_open = False
        self._read_only = False
        self._undo_text = self._redo_text = self._in_the_way = ""
        self._menu_is_used = False
        self._field: TextField | None = None
        self.actions: dict[Act, QAction] = {}
        bar = window.menuBar()
        bar.setAccessibleName(_("Menylinje"))
        self.archive_menu = self._menu(_("&Arkiv"), _ARCHIVE_MENU)
        self.edit_menu = self._edit_menu()
        self.view_menu = window.menuBar().addMenu(_("&Vis"))
        self.help_menu = self._menu(_("&Hjelp"), _HELP_MENU)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
        self.show_archive(is_open=False)

    def _menu(self, name: str, rows: tuple[tuple[Act, str, str] | None, ...]) -> QMenu:
        menu = self._window.menuBar().addMenu(name)
        for line in rows:
            if line is None:
                menu.addSeparator()
                continue
            act, text, shortcut = line
            self.actions[act] = self._action(menu, text, partial(self.wanted.emit, act))
            self.actions[act].setShortcut(QKeySequence(shortcut))
        return menu

    def _edit_menu(self) -> QMenu:
        menu = self._window.menuBar().addMenu(_("&Rediger"))
        self.undo = self._action(menu, _("&Angre"), self._undo)
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo = self._action(menu, _("&Gjenta"), self._redo)
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        menu.aboutToShow.connect(self._menu_opens)
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self._menu_is_over))
        return menu

    @staticmethod
    def _action(menu: QMenu, text: str, triggered: Callable[[], object]) -> QAction:
        made = QAction(text, menu)
        made.triggered.connect(lambda _checked=False: triggered())
        menu.addAction(made)
        return made

    def show_pages(self, steps: list[QAction]) -> None:
        """Offer the pages of the window under «Vis»."""
        self.view_menu.clear()
        self.view_menu.addActions(steps)
        self.view_menu.menuAction().setVisible(bool(steps))

    def show_archive(self, *, is_open: bool, read_only: bool = False) -> None:
        """Offer what can be done with the archive that is open, or with none."""
        self._is_open, self._read_only = is_open, read_only
        for act, step in self.actions.items():
            closed = act in _NEEDS_ARCHIVE | _NEEDS_WRITING and not is_open
            refused = act in _NEEDS_WRITING and read_only
            step.setEnabled(not closed and not refused)
            step.setToolTip(_READ_ONLY if refused else "")
        self.show_undo("", "", "")

    def show_undo(self, undo: str, redo: str, in_the_way: str) -> None:
        """Name what undo and redo would do; `in_the_way` is an act that cannot be undone."""
        self._undo_text, self._redo_text, self._in_the_way = undo, redo, in_the_way
        self._show_undo()

    @Slot("QWidget*", "QWidget*")
    def _focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self._show_undo()

    def _show_undo(self) -> None:
        if self._menu_is_used:
            return
        self._field = focused_field()
        if self._field is not None:
            self._put(self.undo, _("&Angre i feltet"), enabled=True)
            self._put(self.redo, _("&Gjenta i feltet"), enabled=True)
            return
        self._put(self.undo, self._undo_name(), enabled=bool(self._undo_text))
        redo = _("&Gjenta: {handling}").format(handling=self._redo_text)
        nothing = _("Ingenting å gjenta")
        self._put(self.redo, redo if self._redo_text else nothing, enabled=bool(self._redo_text))

    def _undo_name(self) -> str:
        if self._undo_text:
            return _("&Angre: {handling}").format(handling=self._undo_text)
        if self._read_only:
            return _("Ingenting å angre: arkivet er åpnet for lesing")
        if self._in_the_way:
            return _("Kan ikke angres: {handling}").format(handling=self._in_the_way)
        return _("Ingenting å angre")

    @staticmethod
    def _put(step: QAction, text: str, *, enabled: bool) -> None:
        step.setText(text)
        step.setStatusTip("")
        step.setEnabled(enabled)

    def _menu_opens(self) -> None:
        self._menu_is_used = True

    def _menu_is_over(self) -> None:
        self._menu_is_used = False
        self._show_undo()

    def _undo(self) -> None:
        field = self._field if self._menu_is_used else focused_field()
        if field is not None:
            field.undo()
        else:
            self.undo_wanted.emit()

    def _redo(self) -> None:
        field = self._field if self._menu_is_used else focused_field()
        if field is not None:
            field.redo()
        else:
            self.redo_wanted.emit()


_READ_ONLY = _("Arkivet er åpnet for lesing.")
