"""What happens when something goes wrong that nobody foresaw: it is said, and the program goes on.

The report tells where in the program it happened and nothing of what the archive holds: the text of
an error is left out unless its kind speaks of the program alone.
"""

from __future__ import annotations

import datetime as dt
import platform
import re
import sys
import threading
import traceback
from collections import deque
from types import TracebackType
from typing import Any, Final

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop import __version__
from desktop.views.parts import button, column, label, row
from desktop.views.words import _

_HARMLESS: Final = frozenset(
    {
        "AttributeError",
        "ImportError",
        "ModuleNotFoundError",
        "NameError",
        "RecursionError",
        "TypeError",
        "UnboundLocalError",
    }
)
"""Errors whose text names parts of the program, never what a user typed."""

_FRAME: Final = re.compile(r'  File "(?P<file>[^"]*)", line (?P<line>\d+)(?P<rest>.*)')
_ERROR: Final = re.compile(r"(?P<name>[A-Za-z_][\w.]*)(?P<text>:.*)?")
_BETWEEN: Final = ("Traceback (", "During handling", "The above exception")
_INSIDE: Final = ("desktop/", "site-packages/", "lib/python")
_MESSAGES_KEPT: Final = 20
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "info",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "critical",
    QtMsgType.QtFatalMsg: "fatal",
}


def without_content(trace: str) -> str:
    """Return a traceback with its frames, and its errors without the values they speak of."""
    kept: list[str] = []
    code_follows = False
    for line in trace.splitlines():
        frame = _FRAME.fullmatch(line)
        if frame:
            kept.append(f"  {_place(frame['file'])}:{frame['line']}{frame['rest']}")
        elif (code_follows and line.startswith("    ")) or line.startswith(_BETWEEN):
            kept.append(line)
        elif found := _ERROR.fullmatch(line):
            short = found["name"].rpartition(".")[2]
            kept.append(line if short in _HARMLESS else found["name"])
        code_follows = bool(frame)
    return "\n".join(kept)


def _place(file: str) -> str:
    """Return a file without the folders that may tell who the user is."""
    unified = file.replace("\\", "/")
    for part in _INSIDE:
        if part in unified:
            return part + unified.rpartition(part)[2]
    return unified.rpartition("/")[2]


class Unexpected(QObject):
    """Catches what nobody caught, from `install` on.

    Signals:
        caught: the traceback, from whatever thread.
    """

    caught = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._messages: deque[str] = deque(maxlen=_MESSAGES_KEPT)
        self._dialog: UnexpectedDialog | None = None
        self._saved: dt.datetime | None = None
        self._before: tuple[Any, Any] | None = None
        self._qt_before: Any = None
        self.caught.connect(self.show_report, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over what Python and Qt do with errors nobody caught."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self.on_error
        threading.excepthook = self._on_thread_error
        self._qt_before = qInstallMessageHandler(self.on_message)

    def uninstall(self) -> None:
        """Give Python and Qt back the ways they had."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            qInstallMessageHandler(self._qt_before)
            self._before = None

    def note_saved(self, when: dt.datetime) -> None:
        """Remember when the archive was saved last."""
        self._saved = when

    def on_error(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Report an error of any thread; an interrupt from the keyboard ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:
            sys.stderr.write(text)
        self.caught.emit(text)

    def _on_thread_error(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self.on_error(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def on_message(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        """Keep what Qt says for the report; it is also printed."""
        self._messages.append(f"{_LEVELS.get(kind, '?')}: {text}")
        if sys.stderr is not None and kind is not QtMsgType.QtDebugMsg:
            sys.stderr.write(f"Qt {self._messages[-1]}\n")

    def show_report(self, trace: str) -> None:
        """Show what happened; while a report is open, further errors are added to it."""
        shown = without_content(trace)
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.add(shown)
            return
        self._dialog = UnexpectedDialog(self._window, self._saved, self._report(shown))
        self._dialog.open()

    def _report(self, trace: str) -> str:
        lines = [
            f"Møtebok {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
            f"{dt.datetime.now():%Y-%m-%d %H:%M:%S}",  # noqa: DTZ005  (local)
            "",
            trace,
        ]
        if self._messages:
            lines += ["", "Qt:", *self._messages]
        return "\n".join(lines)


class UnexpectedDialog(QDialog):
    """Says what was kept, and gives the report to copy."""

    def __init__(self, parent: QWidget, saved: dt.datetime | None, report: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Noe uventet gikk galt"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        self.resize(640, 420)
        self.kept = label(_kept(saved), wrap=True)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(_("Feilrapport"))
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.copied = label("", "stille")
        go_on = button(_("Fortsett"), self.accept, main=True)
        go_on.setDefault(True)
        copy = button(_("Kopier rapporten"), self.copy)
        self.setLayout(
            column(
                label(_("Noe uventet gikk galt"), "tittel"),
                self.kept,
                label(_REPORT_HELP, "stille", wrap=True),
                self.report,
                row(self.copied, None, copy, go_on),
                margin=20,
                spacing=12,
            )
        )
        go_on.setFocus()

    def add(self, trace: str) -> None:
        """Put a further error at the end of the report, unless it is there already."""
        if trace not in self.report.toPlainText():
            self.report.appendPlainText(f"\n{trace}")

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copied.setText(_("Rapporten er kopiert."))


_REPORT_HELP = _(
    "Rapporten sier hvor i programmet det skjedde. Den har ingenting av innholdet i arkivet, og "
    "kan sendes til dem som lager Møtebok."
)


def _kept(saved: dt.datetime | None) -> str:
    """Return what was kept: everything that was committed."""
    if saved is None:
        return _(
            "Alt som var lagret, er i behold. Du kan fortsette. Skjer det igjen, så lukk Møtebok "
            "og åpne det på nytt."
        )
    return _(
        "Alt som var lagret kl. {tid}, er i behold. Du kan fortsette. Skjer det igjen, så lukk "
        "Møtebok og åpne det på nytt."
    ).format(tid=f"{saved:%H.%M}")
