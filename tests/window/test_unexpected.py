"""What happens when something goes wrong that nobody foresaw."""

import datetime as dt
import threading

import pytest
from PySide6.QtCore import Qt, QTimer, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.views.unexpected import Unexpected, UnexpectedDialog, without_content

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CONTENT = "vedtaket om fastlegene"


@pytest.fixture
def caught(qtbot, capsys):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Unexpected(window)
    made.install()
    yield made
    made.uninstall()


def fail(text=CONTENT):
    raise ValueError(text)


def dialog_of(caught, qtbot):
    qtbot.waitUntil(lambda: caught._dialog is not None and caught._dialog.isVisible())
    return caught._dialog


def test_that_an_error_in_a_slot_shows_a_report_and_the_program_goes_on(caught, qtbot):
    QTimer.singleShot(0, fail)
    dialog = dialog_of(caught, qtbot)
    report = dialog.report.toPlainText()
    assert "ValueError" in report
    assert "in fail" in report
    assert "Python 3." in report
    assert "Qt 6." in report
    assert "Møtebok " in report
    assert CONTENT not in report
    done = []
    QTimer.singleShot(0, lambda: done.append(1))
    qtbot.waitUntil(lambda: done == [1])


def test_that_the_dialog_says_what_was_kept(caught, qtbot):
    caught.note_saved(dt.datetime(2026, 11, 21, 14, 32))  # noqa: DTZ001  (local)
    QTimer.singleShot(0, fail)
    assert "Alt som var lagret kl. 14.32, er i behold." in dialog_of(caught, qtbot).kept.text()


def test_that_nothing_saved_yet_is_not_given_a_time(caught, qtbot):
    QTimer.singleShot(0, fail)
    assert dialog_of(caught, qtbot).kept.text().startswith("Alt som var lagret, er i behold.")


def test_that_an_error_of_a_thread_is_told_too(caught, qtbot):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "ValueError" in dialog_of(caught, qtbot).report.toPlainText()


def test_that_further_errors_are_added_to_the_report_that_is_open(caught, qtbot):
    QTimer.singleShot(0, fail)
    dialog = dialog_of(caught, qtbot)
    QTimer.singleShot(0, fail)
    QTimer.singleShot(0, lambda: {}["navn"])
    qtbot.waitUntil(lambda: "KeyError" in dialog.report.toPlainText())
    assert dialog.report.toPlainText().count("in fail") == 1
    assert caught._dialog is dialog


def test_that_what_qt_said_is_in_the_report(caught, qtbot):
    qWarning("noe om et oppsett")
    QTimer.singleShot(0, fail)
    assert "warning: noe om et oppsett" in dialog_of(caught, qtbot).report.toPlainText()


def test_that_the_report_can_be_copied_and_the_dialog_closed_by_key(caught, qtbot):
    QTimer.singleShot(0, fail)
    dialog = dialog_of(caught, qtbot)
    dialog.copy()
    assert QGuiApplication.clipboard().text() == dialog.report.toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_a_keyboard_interrupt_is_no_error(caught, monkeypatch):
    ended = []
    monkeypatch.setattr(QGuiApplication, "quit", lambda: ended.append(1))
    caught.on_error(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert ended == [1]
    assert caught._dialog is None


def test_that_the_text_of_an_error_is_kept_where_it_speaks_of_the_program_alone():
    trace = (
        "Traceback (most recent call last):\n"
        '  File "/home/kari/motebok/desktop/views/page.py", line 12, in load\n'
        "    self.title.txt\n"
        "    ^^^^^^^^^^^^^^\n"
        "AttributeError: 'QLabel' object has no attribute 'txt'\n"
    )
    report = without_content(trace)
    assert "AttributeError: 'QLabel' object has no attribute 'txt'" in report
    assert "desktop/views/page.py:12, in load" in report
    assert "kari" not in report


@pytest.mark.parametrize(
    "message",
    [CONTENT, f"to linjer\n{CONTENT}", f"  {CONTENT}", f'  File "{CONTENT}"', f"\n    {CONTENT}"],
)
def test_that_no_form_of_message_leaks_content(message):
    trace = (
        "Traceback (most recent call last):\n"
        '  File "/x/desktop/a.py", line 1, in b\n'
        f"    kode()\nsqlalchemy.exc.StatementError: {message}\n"
    )
    report = without_content(trace)
    assert CONTENT not in report
    assert "sqlalchemy.exc.StatementError" in report


def test_that_every_control_of_the_dialog_has_a_name(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = UnexpectedDialog(parent, None, "rapport")
    controls = [one for one in dialog.findChildren(QWidget) if one.focusPolicy() & Qt.TabFocus]
    controls = [one for one in controls if not one.objectName().startswith("qt_")]
    assert len(controls) == 3
    assert all(one.accessibleName() for one in controls)
