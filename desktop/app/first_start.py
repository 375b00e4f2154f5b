"""The welcome page at work: makes, opens and shows archives."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QProcess

from desktop.app.host import Host
from desktop.filer.names import safe_file_name
from desktop.services.explain import EXPECTED, explain
from desktop.services.new_archive import NewArchive, make_archive
from desktop.views.welcome import SUFFIX, WelcomePage, documents_folder
from desktop.views.words import _


class FirstStart(QObject):
    """Shows the welcome page and does what it wants."""

    def __init__(self, opening: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._opening = opening
        self.page: WelcomePage | None = None
        self._process: QProcess | None = None
        self._out: tempfile.TemporaryDirectory[str] | None = None
        self._told = ""

    def show(self, sentence: str = "", damaged: Path | None = None) -> None:
        """Show the welcome page with a sentence; a damaged archive can be restored from it."""
        self.leave()
        page = WelcomePage(self._opening.preferences)
        page.create_wanted.connect(self.create)
        page.open_wanted.connect(self._open)
        page.restore_wanted.connect(self._opening.choose_copy_of)
        page.example_wanted.connect(self.make_example)
        page.example_stopped.connect(self.stop)
        self.page = page
        page.say(sentence, damaged)
        self._opening.window.show_alone(page)
        page.focus_first()

    def leave(self) -> None:
        """Take the welcome page away."""
        if self.page is not None:
            self._opening.window.stack.removeWidget(self.page)
            self.page.deleteLater()
            self.page = None

    def say(self, sentence: str) -> None:
        """Say something on the welcome page."""
        if self.page is not None:
            self.page.say(sentence)

    def begin_new(self) -> None:
        """Close the archive and begin a new one."""
        self.close_and_show()
        if self.page is not None:
            self.page.begin_new()

    def choose(self) -> None:
        """Ask for an archive to open; the one that is open stays until another is chosen."""
        WelcomePage.ask_for_archive(self._opening.window, self._open)

    def close_and_show(self) -> None:
        """Close the archive and show the welcome page."""
        self._opening.close_archive()
        self.show()

    def create(self, wanted: NewArchive) -> None:
        """Make an archive and open it."""
        self._keep_name(wanted.bruker)
        try:
            make_archive(wanted, today=dt.datetime.now().date())  # noqa: DTZ005  (local)
        except EXPECTED as error:
            self.say(explain(error))
            return
        self._opening.open(wanted.sti)

    def _open(self, path: Path) -> None:
        if self.page is not None:
            self._keep_name(self.page.user_name())
        self._opening.open(path)

    def _keep_name(self, name: str) -> None:
        if name:
            self._opening.preferences.set_text("bruker/navn", name)

    def make_example(self) -> None:
        """Make the example archive in a process of its own, or open it where it is made."""
        path = documents_folder() / f"{safe_file_name(_('Eksempelarkiv'))}{SUFFIX}"
        if path.exists():
            self._open(path)
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._out = tempfile.TemporaryDirectory(prefix="motebok-")
        except OSError as error:
            self.say(explain(error))
            return
        process = QProcess(self)
        process.readyReadStandardError.connect(lambda: self._progress(process))
        process.finished.connect(lambda code, _status: self._made(process, code, path))
        process.errorOccurred.connect(lambda error: self._not_started(process, error))
        self._process, self._told = process, ""
        self._show_step(_("Lager eksempelarkivet …"))
        command = ["-P", "-m", "desktop.cli", "eksempel", "--arkiv", str(path)]
        process.start(sys.executable, [*command, "--ut", self._out.name])

    def stop(self) -> None:
        """Stop making the example; nothing is left of it."""
        process = self._process
        if process is not None:
            self._process = None
            process.kill()
            process.waitForFinished(2_000)
            self._over(process)

    def _progress(self, process: QProcess) -> None:
        text = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        self._told += text
        lines = [line.strip() for line in text.splitlines() if line.startswith("  ")]
        if lines:
            self._show_step(_("Lager eksempelarkivet: {del_}").format(del_=lines[-1]))

    def _show_step(self, step: str) -> None:
        if self.page is not None:
            self.page.show_example_step(step)

    def _made(self, process: QProcess, code: int, path: Path) -> None:
        if process is not self._process:
            return
        self._over(process)
        if code == 0 and path.exists():
            self._open(path)
        else:
            reason = self._told.strip().splitlines()[-1:] or [""]
            self.say(_("Eksempelarkivet ble ikke laget. {grunn}").format(grunn=reason[0]))

    def _not_started(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if process is self._process and error is QProcess.ProcessError.FailedToStart:
            self._over(process)
            self.say(_("Eksempelarkivet ble ikke laget: programmet lot seg ikke starte."))

    def _over(self, process: QProcess) -> None:
        self._process = None
        process.deleteLater()
        if self._out is not None:
            self._out.cleanup()
            self._out = None
        self._show_step("")
