"""The vedlegg of a sak: files and links are added, named, ordered, opened and removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QListWidgetItem,
    QWidget,
)

from desktop.rules.entity_kinds import Vedleggslag
from desktop.services.attach import write_attachment
from desktop.services.explain import explain
from desktop.services.sak_view import SakView, VedleggView
from desktop.services.vedlegg import (
    add_link,
    move_vedlegg,
    remove_vedlegg,
    rename_vedlegg,
)
from desktop.viewmodels.agenda import as_tip
from desktop.viewmodels.attaching import Attaching
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.table import Index
from desktop.viewmodels.tasks import Tasks
from desktop.views.moete.dagsorden_delegates import HeldDelegate
from desktop.views.moete.dagsorden_personer import fit_list, short_list, small_button
from desktop.views.moete.dropping import take_copy
from desktop.views.parts import action, button, column, label, row
from desktop.views.words import _

_ROLE = Qt.ItemDataRole.UserRole


class LinkDialog(QDialog):
    """Asks for the title and the address of a link; a refusal is told under the fields."""

    def __init__(self, parent: QWidget, save: Callable[[str, str], str]) -> None:
        super().__init__(parent)
        self._save = save
        self.setWindowTitle(_("Legg til lenke"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.titled, self.address = QLineEdit(), QLineEdit()
        self.address.setPlaceholderText("https://")
        self.titled.setAccessibleName(_("Tittel"))
        self.address.setAccessibleName(_("Adresse"))
        self.problem = label("", "feil", wrap=True)
        form = QFormLayout()
        form.addRow(_("&Tittel"), self.titled)
        form.addRow(_("&Adresse"), self.address)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(_("Legg til"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(form, self.problem, buttons, margin=14))
        self.setMinimumWidth(420)

    def _accept(self) -> None:
        sentence = self._save(self.titled.text(), self.address.text())
        self.problem.setText(sentence)
        if not sentence:
            self.accept()


class AttachmentField(QWidget):
    """The vedlegg of the sak that is shown.

    Signals:
        documents_wanted: the user opens a vedlegg that Møtebok makes.
    """

    documents_wanted = Signal()

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._attaching = Attaching(desk, tasks)
        self._attaching.refused.connect(self._refused)
        self._sak_id = ""
        self._vedlegg: tuple[VedleggView, ...] = ()
        self._opened: TemporaryDirectory[str] | None = None
        self.rows = short_list(_("Vedlegg"))
        self.rows.setItemDelegate(HeldDelegate(self._rename, self._tell, self.rows))
        self.problem = label("", "feil", wrap=True)
        self.problem.hide()
        self.file_button = button(_("Legg til fil …"), self.choose_files)
        self.link_button = button(_("Legg til lenke …"), self.ask_link)
        self.up = small_button("↑", _("Flytt opp (Alt+pil opp)"), lambda: self._move(-1))
        self.down = small_button("↓", _("Flytt ned (Alt+pil ned)"), lambda: self._move(1))
        self.gone = small_button("×", _("Fjern (Delete)"), self._remove)
        self.name = label(_("Vedlegg"), "stille")
        head = row(self.name, None, self.up, self.down, self.gone, spacing=0)
        steps = row(self.file_button, self.link_button, None)
        self.setLayout(column(head, self.rows, steps, self.problem, spacing=4))
        self.setAcceptDrops(True)
        self._make_keys()

    def _make_keys(self) -> None:
        action(self.rows, _("Åpne"), self.open_current, "Return")
        action(self.rows, _("Gi nytt navn"), self.rename_current, "F2")
        action(self.rows, _("Flytt opp"), lambda: self._move(-1), "Alt+Up")
        action(self.rows, _("Flytt ned"), lambda: self._move(1), "Alt+Down")
        action(self.rows, _("Fjern"), self._remove, "Delete")
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.rows.setEditTriggers(self.rows.EditTrigger.NoEditTriggers)
        self.rows.itemDoubleClicked.connect(lambda _item: self.open_current())
        self.rows.currentRowChanged.connect(lambda _row: self._show_buttons())

    def show_sak(self, sak: SakView) -> None:
        """Show the vedlegg of a sak; the row that was chosen stays chosen."""
        chosen = self.rows.currentRow() if sak.id == self._sak_id else -1
        if sak.id != self._sak_id:
            self._tell("")
        if (sak.id, sak.vedlegg) != (self._sak_id, self._vedlegg):
            self._sak_id, self._vedlegg = sak.id, sak.vedlegg
            focus = QApplication.focusWidget()
            had_focus = focus is not None and (focus is self.rows or self.rows.isAncestorOf(focus))
            self.rows.clear()
            for vedlegg in sak.vedlegg:
                self.rows.addItem(self._item(vedlegg))
            fit_list(self.rows)
            self.rows.setCurrentRow(min(chosen, len(sak.vedlegg) - 1))
            if had_focus:
                self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_buttons()

    @staticmethod
    def _item(vedlegg: VedleggView) -> QListWidgetItem:
        parts = (vedlegg.number, vedlegg.title)
        text = "  ".join(part for part in parts if part)
        item = QListWidgetItem(f"{text} ({_('trukket')})" if vedlegg.trukket else text)
        font = item.font()
        font.setItalic(vedlegg.provisional)
        font.setStrikeOut(vedlegg.trukket)
        item.setFont(font)
        item.setData(_ROLE, vedlegg)
        where = vedlegg.url or vedlegg.filnavn
        hint = _("Foreløpig nummer") if vedlegg.provisional else ""
        told = "\n".join(part for part in (vedlegg.title, where, hint) if part)
        item.setToolTip(as_tip(told) or "")
        if vedlegg.has_own_title:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        return item

    def current(self) -> VedleggView | None:
        """Return the chosen vedlegg."""
        place = self.rows.currentRow()
        return self._vedlegg[place] if 0 <= place < len(self._vedlegg) else None

    def choose_files(self) -> None:
        """Ask which files to attach."""
        dialog = QFileDialog(self, _("Legg til fil"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.add_paths([Path(name) for name in names]))
        dialog.open()

    def add_paths(self, paths: list[Path]) -> None:
        """Attach files: they are read in the background, the large ones are refused unread."""
        self._tell("")
        self._attaching.add(self._sak_id, paths)

    def _refused(self, _sak_id: str, sentence: str) -> None:
        """Tell why a file was not attached, after what was told of the others."""
        before = self.problem.text()
        self._tell(f"{before}\n{sentence}" if before else sentence)

    def ask_link(self) -> None:
        """Ask for a link."""
        LinkDialog(self, self.add_link).open()

    def add_link(self, title: str, address: str) -> str:
        """Attach a link; return the sentence where that is refused."""
        sak_id = self._sak_id
        return self._desk.do(add_link, sak_id=sak_id, tittel=title or address, url=address).error

    def rename_current(self) -> None:
        """Type another title for the chosen file or link."""
        vedlegg = self.current()
        if vedlegg is None:
            return
        if not vedlegg.has_own_title:
            self._tell(_("Tittelen på dette vedlegget følger saken eller møtet."))
            return
        item = self.rows.currentItem()
        item.setText(vedlegg.title)
        self.rows.editItem(item)

    def _rename(self, index: Index, text: str) -> str:
        vedlegg: VedleggView = index.data(_ROLE)
        return self._desk.do(rename_vedlegg, vedlegg_id=vedlegg.id, tittel=text).error

    def _move(self, step: int) -> None:
        vedlegg, place = self.current(), self.rows.currentRow() + step
        if vedlegg is not None and 0 <= place < len(self._vedlegg):
            self._tell(self._desk.do(move_vedlegg, vedlegg_id=vedlegg.id, index=place).error)
            self.rows.setCurrentRow(place)

    def _remove(self) -> None:
        vedlegg = self.current()
        if vedlegg is not None:
            self._tell(self._desk.do(remove_vedlegg, vedlegg_id=vedlegg.id).error)

    def open_current(self) -> None:
        """Open the chosen vedlegg: the link, a copy of the file, or where Møtebok makes it."""
        vedlegg = self.current()
        if vedlegg is None:
            return
        if vedlegg.slag is Vedleggslag.LENKE:
            self._open(QUrl(vedlegg.url))
        elif vedlegg.slag is Vedleggslag.FIL:
            self._open_file(vedlegg)
        else:
            self.documents_wanted.emit()

    def _open_file(self, vedlegg: VedleggView) -> None:
        try:
            self._opened = self._opened or TemporaryDirectory(prefix="motebok-")
        except OSError as error:
            self._tell(explain(error))
            return
        folder = Path(self._opened.name) / vedlegg.id
        archive, key = self._desk.path, vedlegg.id
        task = self._tasks.start(
            _("Henter {fil} …").format(fil=vedlegg.filnavn),
            lambda _report: write_attachment(archive, key, folder),
        )
        task.finished.connect(lambda path: self._open(QUrl.fromLocalFile(str(path))))
        task.failed.connect(self._tell)

    def _open(self, url: QUrl) -> None:
        if QDesktopServices.openUrl(url):
            self._tell("")
        else:
            self._tell(_("Maskinen har ikke noe program som åpner dette."))

    def set_editable(self, editable: bool) -> None:
        """Let vedlegg be changed, or only opened."""
        for step in (self.file_button, self.link_button):
            step.setEnabled(editable)
        for one in self.rows.actions()[1:]:
            one.setEnabled(editable)
        self._editable = editable
        self.setAcceptDrops(editable)
        self._show_buttons()

    _editable = True

    def _show_buttons(self) -> None:
        place, count = self.rows.currentRow(), len(self._vedlegg)
        self.up.setVisible(self._editable and count > 1)
        self.down.setVisible(self._editable and count > 1)
        self.gone.setVisible(self._editable and count > 0)
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < count - 1)
        self.gone.setEnabled(place >= 0)

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files that are dragged from a folder."""
        if event.mimeData().hasUrls() and self._sak_id:
            take_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Take them wherever they are dropped in the field."""
        take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Attach the files that are dropped."""
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        self.add_paths([Path(name) for name in names])
        take_copy(event)
