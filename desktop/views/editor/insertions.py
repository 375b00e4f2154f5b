"""What the editor asks about before it puts something in: links, tables, figures, footnotes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog

from desktop.richtext.clean import clean_lines, clean_text
from desktop.richtext.plain import inline_text
from desktop.richtext.tree import Figure, Footnote, LineBreak, Run, new_block_id
from desktop.viewmodels.text import edits, lists, shapes, tables
from desktop.viewmodels.text.carriers import list_look
from desktop.viewmodels.text.lines import fold
from desktop.viewmodels.text.pasted_images import (
    MAX_BYTES,
    OversizedPictureError,
    UnreadablePictureError,
    checked_picture,
)
from desktop.viewmodels.text.read import list_of
from desktop.views.editor.dialogs import (
    FigureDialog,
    LinkDialog,
    NoteDialog,
    StartDialog,
    TableDialog,
)
from desktop.views.editor.gated import NO_PICTURES, GatedEdit
from desktop.views.words import _


def ask_link(edit: GatedEdit) -> LinkDialog:
    """Ask where the selected words lead; without any, the link at the cursor is meant."""
    edit.select_link()
    link = edit.typing_look().link or ""
    text = None if edit.textCursor().hasSelection() else ""

    def done(address: str | None, words: str) -> None:
        if text is None:
            edit.change(shapes.set_link(address))
        elif address is not None:
            edit.change(edits.insert_pieces([Run(clean_text(words), link=address)]))

    dialog = LinkDialog(edit, link, text, done)
    dialog.open()
    return dialog


def ask_table(edit: GatedEdit) -> TableDialog:
    """Ask for the size of a table and put it in."""

    def done(rows: int, columns: int) -> None:
        edit.insert(fold([tables.empty_table(rows, columns)]))
        edit.enter_table_above()

    dialog = TableDialog(edit, done)
    dialog.open()
    return dialog


def ask_start(edit: GatedEdit) -> StartDialog:
    """Ask which number the item at the cursor shall have."""
    text_list = list_of(edit.textCursor().block())
    start = list_look(text_list.format()).start if text_list is not None else 1

    def done(number: int) -> None:
        edit.change(lists.set_start(number))

    dialog = StartDialog(edit, start, done)
    dialog.open()
    return dialog


def ask_note(edit: GatedEdit) -> NoteDialog:
    """Ask for the text of a footnote: that at the cursor, or a new one."""
    note = edit.note_here()

    def done(text: str) -> None:
        content = _note_content(text)
        if note is not None:
            edit.select_note(note.id)
            edit.change(shapes.set_note(note.id, content or None))
            edit.deselect()
        elif content:
            edit.deselect()
            edit.change(edits.insert_pieces([Footnote(new_block_id(), content)]))

    dialog = NoteDialog(edit, inline_text(note.content) if note else "", done)
    dialog.open()
    return dialog


def remove_note(edit: GatedEdit) -> None:
    """Remove the footnote at the cursor."""
    note = edit.note_here()
    if note is not None and edit.select_note(note.id):
        edit.change(edits.erase)


def _note_content(text: str) -> tuple[Run | LineBreak, ...]:
    pieces: list[Run | LineBreak] = []
    for index, line in enumerate(clean_lines(text.strip())):
        if index:
            pieces.append(LineBreak())
        if line:
            pieces.append(Run(line))
    return tuple(pieces)


def choose_figure(edit: GatedEdit) -> None:
    """Let the user choose an image file and put it in."""
    dialog = QFileDialog(edit, _("Sett inn bilde"))
    dialog.setNameFilter(_("Bilder") + " (*.png *.jpg *.jpeg *.gif *.bmp)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: insert_figure_file(edit, Path(path)))
    dialog.open()


def insert_figure_file(edit: GatedEdit, path: Path) -> FigureDialog | None:
    """Put in the image of a file, after asking what it shows."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    except OSError:
        edit.refused.emit(_("Filen kunne ikke leses. Teksten er som den var. Velg en annen fil."))
        return None
    if not data:
        edit.refused.emit(_TOO_LARGE)
        return None
    return insert_image(edit, data)


def insert_image(edit: GatedEdit, data: bytes) -> FigureDialog | None:
    """Put in an image, after asking what it shows; None when it was refused."""
    try:
        picture = checked_picture(data)
    except OversizedPictureError:
        edit.refused.emit(_TOO_LARGE)
        return None
    except UnreadablePictureError:
        edit.refused.emit(_UNREADABLE)
        return None
    file = edit.picked_image(picture.data) if edit.picked_image and not edit.plain else None
    if file is None:
        edit.refused.emit(NO_PICTURES)
        return None
    stored = file

    def done(alt_text: str, width_mm: int | None) -> None:
        edit.insert([Figure(stored, clean_text(alt_text), width_mm)])

    dialog = FigureDialog(edit, "", None, done)
    dialog.open()
    return dialog


def ask_pasted_figure(edit: GatedEdit) -> FigureDialog | None:
    """Ask what a figure shows that was put in right before the cursor."""
    cursor = edit.textCursor()
    if edit.figure_here() is None and cursor.atBlockStart() and cursor.position():
        cursor.setPosition(cursor.position() - 1)
        edit.setTextCursor(cursor)
    return ask_figure(edit)


def ask_figure(edit: GatedEdit) -> FigureDialog | None:
    """Ask for another alternative text and width of the figure at the cursor."""
    figure = edit.figure_here()
    if figure is None:
        return None

    def done(alt_text: str, width_mm: int | None) -> None:
        edit.change(shapes.set_figure(clean_text(alt_text), width_mm))

    dialog = FigureDialog(edit, figure.alt_text, figure.width_mm, done)
    dialog.open()
    return dialog


_TOO_LARGE: Final = _("Bildet er for stort. Teksten er som den var. Bruk et mindre bilde.")
_UNREADABLE: Final = _(
    "Bildet er skadet eller har et format som ikke kan brukes. Teksten er som den var. "
    "Lagre bildet som PNG eller JPEG, og sett inn det."
)
