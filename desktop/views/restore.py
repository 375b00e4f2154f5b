"""Choosing the backup copy that an archive is restored from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.i18n.dates import numeric_date, prose_clock
from desktop.services.backups import BackupCopy, CopyState, check_copy, list_copies
from desktop.viewmodels.table import Column, RowsModel
from desktop.viewmodels.tasks import Progress, Tasks
from desktop.views.parts import EmptyPage, Notice, button, column, label, row, table_view
from desktop.views.words import _

_MEGABYTE = 1_000_000


def moment(when: dt.datetime) -> str:
    """Return "21.11.2026 kl. 09.32"."""
    return _("{dato} kl. {tid}").format(dato=numeric_date(when), tid=prose_clock(when.time()))


def size_text(size: int) -> str:
    """Return a size in bytes as people read it."""
    if size < _MEGABYTE:
        return _("{antall} kB").format(antall=max(1, round(size / 1000)))
    return _("{antall} MB").format(antall=f"{size / _MEGABYTE:.1f}".replace(".", ","))


class RestoreDialog(QDialog):
    """Lists the copies of an archive and checks each in the background.

    Signals:
        chosen: the path of the copy to restore.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, tasks: Tasks, archive: Path, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Gjenopprett fra sikkerhetskopi"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 440)
        self._tasks = tasks
        self._folder = folder
        self._states: Mapping[Path, CopyState] = {}
        self.notice = Notice()
        self.table = table_view(_("Sikkerhetskopier"), multi=False)
        self.model: RowsModel[BackupCopy] = RowsModel(
            [
                Column(_("Laget"), lambda copy: moment(copy.tid), lambda copy: copy.tid),
                Column(
                    _("Størrelse"),
                    lambda copy: size_text(copy.stoerrelse),
                    lambda copy: copy.stoerrelse,
                ),
                Column(_("Kontrollert"), self._state_text),
            ],
            self.table,
        )
        self.table.setModel(self.model)
        self.table.doubleClicked.connect(lambda _index: self._choose())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.table.horizontalHeader().resizeSection(0, 190)
        self.table.horizontalHeader().resizeSection(1, 110)
        self.restore = button(_("Gjenopprett denne"), self._choose, main=True)
        self.restore.setDefault(True)
        self._build(archive)
        self._fill(list_copies(archive, folder))

    def _build(self, archive: Path) -> None:
        text = _(
            "Velg kopien som «{navn}» skal bli som. Arkivet slik det er nå, tas vare på under et "
            "annet navn i samme mappe."
        ).format(navn=archive.stem)
        self.empty = EmptyPage(
            _("Ingen sikkerhetskopier"),
            _("Det ligger ingen kopier av dette arkivet i {mappe}.").format(mappe=self._folder),
        )
        other = button(_("Velg en annen fil …"), self._choose_file)
        cancel = button(_("Avbryt"), self.reject)
        self.setLayout(
            column(
                label(_("Gjenopprett fra sikkerhetskopi"), "tittel"),
                label(text, wrap=True),
                self.notice,
                self.table,
                self.empty,
                row(other, None, cancel, self.restore),
                margin=20,
                spacing=12,
            )
        )

    def _fill(self, copies: list[BackupCopy]) -> None:
        self.model.set_rows(copies)
        self.table.setVisible(bool(copies))
        self.empty.setVisible(not copies)
        self._enable()
        if not copies:
            return
        self.table.selectRow(0)
        self.table.setFocus()
        task = self._tasks.start(
            _("Kontrollerer sikkerhetskopiene …"), lambda report: _check_all(copies, report)
        )
        task.finished.connect(self._checked)

    def _checked(self, states: Mapping[Path, CopyState]) -> None:
        self._states = states
        last = self.model.rowCount() - 1
        self.model.dataChanged.emit(self.model.index(0, 2), self.model.index(last, 2))
        self._enable()

    def _state_text(self, copy: BackupCopy) -> str:
        state = self._states.get(copy.path)
        if state is None:
            return _("kontrolleres …")
        return _("hel") if state.hel else _("skadet, kan ikke brukes")

    def selected(self) -> BackupCopy | None:
        """Return the copy that is marked."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.row_at(rows[0].row()) if rows else None

    def select(self, place: int) -> None:
        """Mark a copy by its place in the list."""
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(
            self.model.index(place, 0), flags.ClearAndSelect | flags.Rows
        )

    def _enable(self) -> None:
        copy = self.selected()
        state = self._states.get(copy.path) if copy else None
        self.restore.setEnabled(copy is not None and (state is None or state.hel))

    def _choose(self) -> None:
        copy = self.selected()
        if copy is not None and self.restore.isEnabled():
            self.chosen.emit(copy.path)
            self.accept()

    def _choose_file(self) -> None:
        name = _("Møtebok-arkiv (*.motebok)")
        dialog = QFileDialog(self, _("Velg en sikkerhetskopi"), str(self._folder), name)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()

    def _file_chosen(self, name: str) -> None:
        state = check_copy(Path(name))
        if not state.hel:
            self.notice.say(state.detalj)
            return
        self.chosen.emit(Path(name))
        self.accept()


def _check_all(copies: list[BackupCopy], report: Progress) -> dict[Path, CopyState]:
    states = {}
    for number, copy in enumerate(copies):
        if not report(number, len(copies)):
            break
        states[copy.path] = check_copy(copy.path)
    return states
