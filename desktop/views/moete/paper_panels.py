"""The lists beside the preview: what was written, what was sent, and the way of the referat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.documents.save import SavedFile
from desktop.i18n.dates import long_date
from desktop.rules.states import ReferatTilstand
from desktop.services.papers_view import Papirtilstand, ReferatWay, SentFile, SentLine
from desktop.viewmodels.papers import (
    SENT_COLUMNS,
    STATE_ROLE,
    WRITTEN_COLUMNS,
    moment,
    sent_name,
)
from desktop.viewmodels.table import RowsModel
from desktop.viewmodels.tasks import Task
from desktop.views.parts import button, column, label, row, table_view
from desktop.views.theme import current_colours
from desktop.views.words import _

Action = Callable[[], object]

_GAP: Final = 10
_STEP_WIDTH: Final = 190
_STATUS_WIDTH: Final = 112
_FILE_ROWS_HEIGHT: Final = 150
_DISABLED_STATES: Final = frozenset({Papirtilstand.FORELOEPIG, Papirtilstand.UTKAST})


class StateDelegate(QStyledItemDelegate):
    """Draws a state in its colour: provisional, changed, done."""

    def initStyleOption(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Give the state its colour."""
        super().initStyleOption(option, index)
        colour = QColor(_state_colour(index.data(STATE_ROLE)))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, colour)


def _state_colour(state: Papirtilstand | None) -> str:
    colours = current_colours()
    if state in _DISABLED_STATES:
        return colours.provisional
    if state == Papirtilstand.ENDRET:
        return colours.warning
    return colours.good if state is not None else colours.text


class WorkRow(QFrame):
    """What runs in the background: what it is, how far it is, and a way to stop it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("kort")
        self._task: Task | None = None
        self.text = label("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(12)
        self.bar.setAccessibleName(_("Framdrift"))
        self.stop = button(_("Avbryt arbeidet"), self._cancel)
        layout = row(self.text, self.bar, self.stop, margin=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._task is not None

    def follow(self, task: Task) -> None:
        """Show how far a task is, until it is over."""
        self._task = task
        self.text.setText(task.label)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()
        task.progressed.connect(self._progressed)
        for ended in (task.finished, task.failed, task.crashed, task.cancelled):
            ended.connect(self._ended)

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.stop.setEnabled(False)
            self.text.setText(_("Avbryter …"))

    def _ended(self) -> None:
        self._task = None
        self.hide()


def open_outside(path: Path) -> bool:
    """Ask the system to open a file or a folder; False if it cannot."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class WrittenPanel(QWidget):
    """The files that were written last.

    Signals:
        told: a sentence about what could not be opened.
    """

    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.model: RowsModel[SavedFile] = RowsModel(WRITTEN_COLUMNS, self)
        self.table = table_view(_("Filer som ble skrevet"), multi=False)
        self.table.setModel(self.model)
        _stretch_first(self.table, _STATUS_WIDTH)
        self.table.activated.connect(lambda _index: self._open_file())
        self.open_file = button(_("Åpne filen"), self._open_file)
        self.open_folder = button(_("Åpne mappen"), self._open_folder)
        self.hint = label(_("Filene du skriver, vises her."), "stille", wrap=True)
        layout = column(
            self.hint, self.table, row(None, self.open_folder, self.open_file), spacing=_GAP
        )
        layout.setContentsMargins(0, _GAP, 0, 0)
        self.setLayout(layout)
        self.show_files(())

    def show_files(self, files: Sequence[SavedFile]) -> None:
        """Show the files, the first selected."""
        self.model.set_rows(files)
        self.hint.setVisible(not files)
        for part in (self.open_file, self.open_folder):
            part.setEnabled(bool(files))
        if files:
            self.table.selectRow(0)

    def _selected(self) -> SavedFile | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.row_at(rows[0].row()) if rows else None

    def _open_file(self) -> None:
        found = self._selected()
        if found is not None:
            self._open(found.path)

    def _open_folder(self) -> None:
        files = self.model.rows()
        if files:
            self._open((self._selected() or files[0]).path.parent)

    def _open(self, path: Path) -> None:
        if not path.exists():
            self.told.emit(_("{sti} finnes ikke lenger.").format(sti=path))
        elif not open_outside(path):
            self.told.emit(
                _("Maskinen har ikke noe program som åpner {navn}.").format(navn=path.name)
            )


def _stretch_first(table: QTableView, others: int) -> None:
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for number in range(1, table.model().columnCount()):
        table.setColumnWidth(number, others)


class SentPanel(QWidget):
    """The utsendelser of a meeting, and the files of the one that is selected.

    Signals:
        register: a SentLine that the user wants to register as sent.
        opened: a SentLine and the SentFile in it that the user wants to see.
        exported: a SentLine whose files shall be put into the folder.
    """

    register = Signal(object)
    opened = Signal(object, object)
    exported = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._writable = True
        self.model: RowsModel[SentLine] = RowsModel(SENT_COLUMNS, self)
        self.table = table_view(_("Utsendelser"), multi=False)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number, width in ((1, 92), (2, 92), (3, 44)):
            self.table.setColumnWidth(number, width)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_files())
        self.files = QListWidget()
        self.files.setAccessibleName(_("Filer i utsendelsen"))
        self.files.setMaximumHeight(_FILE_ROWS_HEIGHT)
        self.files.itemActivated.connect(lambda _item: self._open())
        self.files.itemDoubleClicked.connect(lambda _item: self._open())
        self.register_sent = button(_("Registrer som sendt …"), self._register)
        self.export = button(
            _("Legg i mappen"),
            self._export,
            tip=_("Legg filene i mappen, nøyaktig slik de ble laget"),
        )
        self.open_file = button(
            _("Åpne som sendt"), self._open, tip=_("Åpne filen slik den var, skrivebeskyttet")
        )
        self.hint = label(
            _(
                "Når innkallingen er ferdigstilt, eller referatet er sendt til kommentar, ligger "
                "filene her slik de var."
            ),
            "stille",
            wrap=True,
        )
        self.files_name = label(_("Filer"), "stille")
        self.files_name.setBuddy(self.files)
        layout = column(
            self.hint,
            self.table,
            row(None, self.register_sent),
            self.files_name,
            self.files,
            row(None, self.export, self.open_file),
            spacing=_GAP,
        )
        layout.setContentsMargins(0, _GAP, 0, 0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_lines(self, lines: Sequence[SentLine], *, writable: bool) -> None:
        """Show utsendelser; the one that was selected stays so."""
        held = self.selected()
        self._writable = writable
        self.model.set_rows(lines)
        self.hint.setVisible(not lines)
        wanted = held.id if held else None
        places = [place for place, line in enumerate(self.model.rows()) if line.id == wanted]
        if lines:
            self.table.selectRow(places[0] if places else 0)
        self._show_files()

    def selected(self) -> SentLine | None:
        """Return the utsendelse that is selected."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.row_at(rows[0].row()) if rows else None

    def _show_files(self) -> None:
        line = self.selected()
        self.files.clear()
        for file in line.filer if line else ():
            item = QListWidgetItem(file.filnavn)
            item.setData(Qt.ItemDataRole.UserRole, file)
            self.files.addItem(item)
        if self.files.count():
            self.files.setCurrentRow(0)
        self.open_file.setEnabled(bool(line and line.filer))
        self.export.setEnabled(bool(line and line.filer))
        self.register_sent.setEnabled(self._writable and line is not None and line.sendt is None)
        self.register_sent.setToolTip(_why_registered(line))

    def _register(self) -> None:
        line = self.selected()
        if line is not None:
            self.register.emit(line)

    def _export(self) -> None:
        line = self.selected()
        if line is not None:
            self.exported.emit(line)

    def _open(self) -> None:
        line, index = self.selected(), self.files.currentIndex()
        file = index.data(Qt.ItemDataRole.UserRole)
        if line is not None and isinstance(file, SentFile):
            self.opened.emit(line, file)


def _why_registered(line: SentLine | None) -> str:
    if line is None or line.sendt is None:
        return _("Si når og til hvem dette ble sendt")
    return _("{hva} ble sendt {naar}.").format(hva=sent_name(line), naar=moment(line.sendt))


class ReferatPanel(QWidget):
    """The way of a referat to its approval. A step that cannot be taken says why."""

    def __init__(self, step: Callable[[ReferatTilstand], object], publish: Action) -> None:
        super().__init__()
        self.state = label("", "undertittel")
        self.facts = label("", "stille", wrap=True)
        self.buttons = {
            state: button(text, lambda state=state: step(state))  # type: ignore[misc]
            for state, text in (
                (ReferatTilstand.TIL_KOMMENTAR, _("Send til kommentar …")),
                (ReferatTilstand.OPPDATERT, _("Oppdater …")),
                (ReferatTilstand.GODKJENT, _("Godkjenn …")),
            )
        }
        self.publish = button(_("Publisert …"), publish)
        self.why = label("", "stille", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, _GAP, 0, 0)
        layout.setSpacing(_GAP)
        for text in (self.state, self.facts):
            layout.addWidget(text)
        for pressed in (*self.buttons.values(), self.publish):
            pressed.setMinimumWidth(_STEP_WIDTH)
            layout.addWidget(pressed, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.why)
        layout.addStretch(1)

    def show_way(self, way: ReferatWay, *, writable: bool) -> None:
        """Show where the referat is."""
        self.state.setText(_STATES[way.tilstand] if way.held else _("Møtet er ikke avholdt"))
        self.facts.setText(_facts(way))
        self.facts.setVisible(bool(self.facts.text()))
        for step, pressed in self.buttons.items():
            why = way.refused.get(step, "")
            pressed.setEnabled(writable and not why)
            pressed.setToolTip(why)
            pressed.setAccessibleDescription(why)
        self.publish.setEnabled(writable and way.held)
        self.why.setText(_next_hint(way))


_STATES: Final[Mapping[ReferatTilstand, str]] = {
    ReferatTilstand.UTKAST: _("Referatet er et utkast"),
    ReferatTilstand.TIL_KOMMENTAR: _("Referatet er til kommentar"),
    ReferatTilstand.OPPDATERT: _("Referatet er oppdatert etter kommentarene"),
    ReferatTilstand.GODKJENT: _("Referatet er godkjent"),
}


def _facts(way: ReferatWay) -> str:
    told: list[str] = []
    if way.kommentarfrist is not None:
        told.append(_("Frist for kommentarer: {dato}.").format(dato=long_date(way.kommentarfrist)))
    if way.godkjent_i:
        told.append(_("Godkjent i sak {sak}.").format(sak=way.godkjent_i))
    if way.publisert is not None:
        told.append(
            _("Publisert {dato}: {hvor}").format(
                dato=long_date(way.publisert), hvor=way.publisert_hvor
            )
        )
    return "\n".join(told)


def _next_hint(way: ReferatWay) -> str:
    """Return why the approval must wait, where that is what the way waits for."""
    if not way.held:
        return _("Referatet kan sendes når møtet er markert som avholdt.")
    if way.tilstand in {ReferatTilstand.TIL_KOMMENTAR, ReferatTilstand.OPPDATERT}:
        return way.refused.get(ReferatTilstand.GODKJENT, "")
    return ""
