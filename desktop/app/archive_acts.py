"""What the menu does with the archive's file: copies, exchange, verification."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from desktop.app.host import Host
from desktop.filer.names import safe_file_name
from desktop.i18n.dates import prose_clock
from desktop.importing.exchange import ImportProblems
from desktop.services.apart import (
    check_import_apart,
    export_apart,
    import_apart,
    verify_apart,
)
from desktop.services.backups import (
    backup_folder,
    is_due,
    make_copy,
    prepare_restore,
    swap_in,
)
from desktop.services.explain import EXPECTED, explain
from desktop.services.importer import ImportReport
from desktop.storage.errors import CannotWriteError
from desktop.viewmodels.tasks import Job, Task
from desktop.views.findings import FindingsDialog
from desktop.views.restore import RestoreDialog
from desktop.views.waiting import WaitingDialog
from desktop.views.words import _

if TYPE_CHECKING:
    from desktop.storage.verify import VerifyReport

BACKUP_FOLDER_KEY = "mapper/sikkerhetskopier"
_JSON = _("Utvekslingsfil (*.json)")


class ArchiveActs(QObject):
    """The acts of the archive menu. The archive itself is the one that is open."""

    def __init__(self, opening: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._opening = opening
        self._dropped: list[str] = []
        self._is_taking_in = False
        opening.tasks.dropped.connect(self._note_dropped)

    def _note_dropped(self, sentence: str) -> None:
        """Tell what was dropped, once the window shows something to tell it on."""
        self._dropped.append(sentence)
        QTimer.singleShot(0, self, self._say_dropped)

    def _say_dropped(self) -> None:
        if self._dropped and not self._is_taking_in and self._opening.window.isVisible():
            self._say("")

    def _say(self, sentence: str) -> None:
        """Say something, and what was dropped meanwhile: the one would take the other's place."""
        told, self._dropped = [sentence, *self._dropped], []
        self._opening.say(" ".join(part for part in told if part))

    def _folder(self, archive: Path) -> Path:
        chosen = self._opening.preferences.text(BACKUP_FOLDER_KEY)
        return backup_folder(archive, Path(chosen) if chosen else None)

    def back_up_daily(self) -> None:
        """Make the copy of the day, quietly, unless there is one."""
        desk = self._opening.desk
        if desk is not None and is_due(desk.path, self._folder(desk.path), _now().date()):
            self._back_up(desk.path)

    def back_up_now(self) -> None:
        """Seal what was typed and make a copy."""
        desk = self._opening.desk
        if desk is None:
            return
        if not desk.read_only:
            desk.archive.seal()
            desk.undo_changed.emit()
        self._back_up(desk.path)

    def _back_up(self, path: Path) -> Task:
        folder, now = self._folder(path), _now()
        task = self._start(
            _("Sikkerhetskopierer …"),
            lambda report: make_copy(path, folder, now=now, progress=report),
        )
        task.finished.connect(lambda made: self._backed_up(made, now))
        task.cancelled.connect(lambda: self._backed_up(task.result, now))
        return task

    def _backed_up(self, made: Path | None, now: dt.datetime) -> None:
        if made is not None:
            text = _("Sikkerhetskopiert kl. {tid}").format(tid=prose_clock(now.time()))
            self._opening.window.tell(text)

    def choose_copy(self) -> None:
        """Ask which copy the open archive shall be restored from."""
        if self._opening.desk is not None:
            self.choose_copy_of(self._opening.desk.path)

    def choose_copy_of(self, archive: Path) -> None:
        """Ask which copy an archive shall be restored from."""
        opening = self._opening
        dialog = RestoreDialog(opening.window, opening.tasks, archive, self._folder(archive))
        dialog.chosen.connect(partial(self.restore, archive))
        dialog.open()

    def restore(self, archive: Path, copy: Path) -> None:
        """Put a copy in the place of an archive, which is kept under another name."""
        task = self._start(
            _("Gjenoppretter fra sikkerhetskopi …"),
            lambda report: prepare_restore(copy, archive, report),
        )
        task.finished.connect(lambda prepared: self._swap(archive, prepared))
        task.cancelled.connect(lambda: _remove(task.result))

    def _swap(self, archive: Path, prepared: Path | None) -> None:
        opening = self._opening
        if prepared is None:
            return
        opening.close_archive()
        try:
            kept = swap_in(archive, prepared, bruker=opening.user_name(), now=_now())
        except EXPECTED as error:
            _remove(prepared)
            sentence = explain(error)
            if opening.open(archive):
                self._say(sentence)
            return
        if opening.open(archive):
            self._say(_restored(kept))

    def export(self) -> None:
        """Ask where the exchange file shall be, and write it in the background."""
        desk = self._opening.desk
        if desk is None:
            return
        start = self._opening.preferences.documents_folder()
        name = f"{safe_file_name(desk.path.stem)} {_now():%Y-%m-%d}.json"
        place = (start if start.is_dir() else desk.path.parent) / name
        dialog = QFileDialog(self._opening.window, _("Eksporter utvekslingsfil"), str(place), _JSON)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.open()

    def export_to(self, target: Path) -> None:
        """Write the exchange file of the archive."""
        desk = self._opening.desk
        if desk is None:
            return
        source = desk.path
        task = self._start(
            _("Eksporterer …"),
            lambda report: export_apart(source, target, report),
        )
        task.finished.connect(lambda size: self._exported(target, size))
        task.cancelled.connect(lambda: self._exported(target, task.result))

    def _exported(self, target: Path, size: int | None) -> None:
        if size:
            self._opening.say(_("Utvekslingsfilen er skrevet til {sti}.").format(sti=target))

    def choose_import(self) -> None:
        """Ask for an exchange file to take in."""
        start = self._opening.preferences.documents_folder()
        dialog = QFileDialog(self._opening.window, _("Importer utvekslingsfil"), str(start), _JSON)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.check_import(Path(chosen)))
        dialog.open()

    def check_import(self, file: Path) -> None:
        """Find out in the background what a file would change, and ask whether it shall."""
        desk = self._opening.desk
        if desk is None:
            return
        source = desk.path
        task = self._start(
            _("Leser utvekslingsfilen …"),
            lambda report: check_import_apart(source, file, report),
        )
        task.finished.connect(lambda found: self._import_checked(file, found))

    def _import_checked(self, file: Path, found: ImportReport | ImportProblems | None) -> None:
        if isinstance(found, ImportProblems):
            self._show_problems(found)
        elif found is not None and not found:
            self._opening.say(_("Filen har ingenting som ikke står i arkivet fra før."))
        elif found is not None:
            self._show(
                _("Importer utvekslingsfil"),
                _counts(found),
                go_on=(_("Importer"), lambda: self.take_in(file)),
            )

    def take_in(self, file: Path) -> None:
        """Take in an exchange file; it can be undone as one operation.

        The archive is closed meanwhile, so that nothing can be written in it that would be lost.
        """
        opening, desk = self._opening, self._opening.desk
        if desk is None:
            return
        if desk.read_only:
            opening.say(explain(CannotWriteError("skrivebeskyttet", sti=str(desk.path))))
            return
        path, user, since = desk.path, opening.user_name(), dt.datetime.now(dt.UTC).isoformat()
        self._is_taking_in = True
        opening.close_archive()
        task = opening.tasks.start(
            _("Leser inn utvekslingsfilen …"),
            lambda report: import_apart(path, file, bruker=user, since=since, progress=report),
        )
        waiting = WaitingDialog(opening.window, task)
        waiting.open()

        def over(told: Callable[[], object]) -> None:
            waiting.end()
            self._is_taking_in = False
            if opening.window.isVisible() and opening.open(path):
                told()
            self._say_dropped()

        task.finished.connect(lambda found: over(lambda: self._taken_in(found)))
        task.failed.connect(lambda sentence: over(lambda: self._say(sentence)))
        task.crashed.connect(lambda _text: over(lambda: None))
        task.cancelled.connect(lambda: over(lambda: self._taken_in(task.result)))

    def _taken_in(self, found: ImportReport | ImportProblems | None) -> None:
        if isinstance(found, ImportProblems):
            self._show_problems(found)
        elif found is None:
            self._say(_("Innlesingen ble avbrutt. Arkivet er som før."))
        else:
            self._say(_("Filen er lest inn. Angre (Ctrl+Z) tar alt ut igjen."))

    def _show_problems(self, problems: ImportProblems) -> None:
        lines = [f"{problem.place}: {problem.message}" for problem in problems.problems]
        self._show(
            _("Importer utvekslingsfil"),
            _("Filen ble ikke lest inn, og arkivet er urørt. Dette må rettes i filen:"),
            lines,
        )

    def verify(self) -> None:
        """Check a copy of the archive in the background, and tell what was found."""
        desk = self._opening.desk
        if desk is None:
            return
        source = desk.path
        task = self._start(
            _("Verifiserer arkivet …"),
            lambda report: verify_apart(source, report),
        )
        task.finished.connect(self._verified)

    def _verified(self, report: VerifyReport | None) -> None:
        if report is None:
            return
        if report.ok:
            text = _(
                "Arkivet er helt: {antall} handlinger i loggen, og alt stemmer med den. Loggens "
                "siste kjedeverdi er {hode}."
            ).format(antall=report.operations, hode=report.head_hash)
            self._show(_("Arkivet er verifisert"), text)
            return
        text = _(
            "Arkivet har feil. Ikke skriv mer i det: gjenopprett det fra en sikkerhetskopi, og ta "
            "vare på filen slik den er."
        )
        self._show(_("Arkivet har feil"), text, [str(problem) for problem in report.problems])

    def _start(self, label: str, job: Job) -> Task:
        task = self._opening.tasks.start(label, job)
        task.failed.connect(self._opening.say)
        return task

    def _show(
        self,
        title: str,
        sentence: str,
        lines: Sequence[str] = (),
        go_on: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        FindingsDialog(self._opening.window, title, sentence, lines, go_on).open()


def _remove(prepared: Path | None) -> None:
    """Remove a copy that will not be restored after all; what stays, the next opening removes."""
    if prepared is not None:
        with contextlib.suppress(OSError):
            prepared.unlink(missing_ok=True)


def _now() -> dt.datetime:
    return dt.datetime.now()  # noqa: DTZ005  (local)


def _counts(report: ImportReport) -> str:
    new, changed = sum(report.new.values()), sum(report.changed.values())
    parts = [
        _.plural("{antall} ny rad", "{antall} nye rader", new).format(antall=new),
        _.plural("{antall} endret rad", "{antall} endrede rader", changed).format(antall=changed),
    ]
    told = _("Filen gir {nye} og {endrede}. Ingenting slettes, og alt kan angres etterpå.")
    return told.format(nye=parts[0], endrede=parts[1])


def _restored(kept: Path | None) -> str:
    if kept is None:
        return _("Arkivet er gjenopprettet fra sikkerhetskopien.")
    return _(
        "Arkivet er gjenopprettet fra sikkerhetskopien. Slik det var før, ligger det i {sti}."
    ).format(sti=kept)
