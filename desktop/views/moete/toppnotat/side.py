"""The page: one note as it is written, from its head to its vedlegg."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSizePolicy, QToolButton, QWidget

from desktop.documents.content import SeksjonContent
from desktop.richtext.tree import Paragraph, Tree, paragraph
from desktop.rules.entity_kinds import Seksjonslag
from desktop.services.explain import EXPECTED
from desktop.services.note_view import NoteSection, NoteView
from desktop.services.pictures import read_picture, store_picture
from desktop.services.saker import write_forslag
from desktop.services.toppnotater import (
    add_section,
    move_section,
    remove_section,
    rename_section,
    write_section,
)
from desktop.viewmodels.desk import Desk, Outcome
from desktop.viewmodels.tasks import Tasks
from desktop.viewmodels.text.find import place_of
from desktop.views.editor.field import TextField
from desktop.views.editor.text_edit import TextEdit
from desktop.views.moete.dagsorden_vedlegg import AttachmentField
from desktop.views.moete.toppnotat.flytting import Mover
from desktop.views.moete.toppnotat.hode import NoteHead
from desktop.views.moete.toppnotat.ledige import SpareFields
from desktop.views.moete.toppnotat.seksjon import SectionBox, fill_phrases, phrase_button
from desktop.views.moete.toppnotat.tidligere import EarlierField, EarlierRow
from desktop.views.parts import column, row
from desktop.views.words import _

_PAGE_WIDTH = 860
_MARGIN = 36
_BREATH = 48
_LARGER = 1.12
_FIELD_MARGIN = 4


class NotePage(QScrollArea):
    """Shows one note and saves what is written in it.

    Signals:
        edited: a text is another than before.
        cursor_moved: the TextEdit in which the cursor is.
        told: a sentence to say above the page.
        documents_wanted: the user opens a vedlegg that Møtebok makes.
    """

    edited = Signal()
    cursor_moved = Signal(object)
    told = Signal(str)
    documents_wanted = Signal()

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk = desk
        self._saving = 0
        self.view: NoteView | None = None
        self.boxes: list[SectionBox] = []
        self._refused: dict[str, Tree] = {}
        self.head = NoteHead(desk)
        self._fields = SpareFields(desk, self)
        self._tasks = tasks
        self._make_page()
        desk.closing.connect(self.flush)

    def _make_page(self) -> None:
        self.setObjectName("notatside")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Toppnotatet"))
        self.add_button = QToolButton()
        self.add_button.setText(_("Legg til avsnitt"))
        self.add_button.setAccessibleName(_("Legg til avsnitt"))
        self.add_button.setToolTip(_("Legg til et avsnitt med egen eller vanlig overskrift"))
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_button.setMenu(QMenu(self.add_button))
        self._sections = column(spacing=0)
        paper = QFrame()
        paper.setObjectName("ark")
        layout = column(self.head, spacing=6)
        layout.addLayout(self._sections)
        layout.addLayout(row(self.add_button, None))
        layout.addStretch(1)
        layout.setContentsMargins(_MARGIN, 28, _MARGIN, 60)
        paper.setLayout(layout)
        paper.setMaximumWidth(_PAGE_WIDTH)
        paper.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inner = QWidget()
        around = row(paper, spacing=0)
        around.setContentsMargins(2, 2, 10, 8)
        inner.setLayout(around)
        self.setWidget(inner)
        self.mover = Mover(self, paper, lambda: self.boxes, self._dropped)

    # Showing

    def show_note(self, view: NoteView, *, read_only: bool) -> None:
        """Show a note; of the same note only what is another, the cursor stays where it is."""
        other = self.view is None or self.view.sak.id != view.sak.id
        if other:
            self.flush()
            self._clear()
            self.verticalScrollBar().setValue(0)
        self.view = view
        editable = not read_only and not view.locked
        self.head.show_note(view, editable=editable)
        self._show_sections(view)
        self._fill_menu(view)
        self.add_button.setVisible(editable)
        self._set_editable(view, editable=editable, read_only=read_only)

    def _show_sections(self, view: NoteView) -> None:
        held = {box.section.id: box for box in self.boxes}
        self.boxes = []
        for place, section in enumerate(view.sections):
            box = held.pop(section.id, None) or self._make_box(section)
            if self._sections.indexOf(box) != place:
                self._sections.insertWidget(place, box)
                box.show()
            self.boxes.append(box)
            self._load(box, section, view)
        for gone in held.values():
            self._throw_away(gone)
        for place, box in enumerate(self.boxes):
            box.set_ends(first=place == 0, last=place == len(self.boxes) - 1)

    def _load(self, box: SectionBox, section: NoteSection, view: NoteView) -> None:
        box.show_section(section)
        if box.field is not None:
            self._enlarge(box.field.edit)
        if box.field is not None and not box.field.dirty:
            is_forslag = section.slag is Seksjonslag.FORSLAG
            box.field.spell(view.sak.maalform)
            box.field.load(view.sak.forslag if is_forslag else section.innhold)
            self._give_back(box, box.field)
        if section.slag is Seksjonslag.FORSLAG:
            fill_phrases(self.phrases, view.sak.phrases)
        elif isinstance(box.body, AttachmentField):
            box.body.show_sak(view.sak)

    def _give_back(self, box: SectionBox, field: TextField) -> None:
        """Put a text that was refused when its note was left into its field again."""
        refused = self._refused.pop(box.section.id, None)
        if refused is not None:
            field.edit.selectAll()
            field.edit.insert(refused.blocks)

    def _throw_away(self, box: SectionBox) -> None:
        if box.field is not None and not box.flush():
            self._refused[box.section.id] = box.field.edit.tree()
        box.hide()
        box.setParent(None)
        box.deleteLater()

    def _set_editable(self, view: NoteView, *, editable: bool, read_only: bool) -> None:
        for box in self.boxes:
            is_forslag = box.section.slag is Seksjonslag.FORSLAG
            text = not read_only and not view.forslag_locked if is_forslag else editable
            box.set_editable(editable, text=text)
            if is_forslag:
                self.phrases.setVisible(text)
            elif isinstance(box.body, EarlierField):
                box.body.show_lines(view.sak.id, view.earlier, editable=editable)
                box.body.spell(view.sak.maalform)
                for one in box.body.rows:
                    self._enlarge(one.formulering.edit)
            elif isinstance(box.body, AttachmentField):
                box.body.set_editable(editable)

    def _make_box(self, section: NoteSection) -> SectionBox:
        box = SectionBox(section, self._make_body(section), self._rename)
        box.move_wanted.connect(partial(self._move, box))
        self.mover.listen(box.handle, box)
        box.remove_wanted.connect(partial(self._remove, box))
        box.left_upwards.connect(partial(self._cross, box, -1))
        box.left_downwards.connect(partial(self._cross, box, 1))
        if box.field is not None:
            self._follow(box.field)
        if section.slag is Seksjonslag.FORSLAG:
            self.phrases = phrase_button(self.insert_phrase)
            box.add_extra(self.phrases)
        return box

    def _make_body(self, section: NoteSection) -> QWidget:
        if section.slag is Seksjonslag.TIDLIGERE_VEDTAK:
            earlier = EarlierField(self._desk)
            earlier.row_made.connect(self._row_made)
            return earlier
        if section.slag is Seksjonslag.VEDLEGG:
            attachments = AttachmentField(self._desk, self._tasks)
            attachments.name.hide()
            attachments.documents_wanted.connect(self.documents_wanted)
            return attachments
        save = self._save_forslag if section.slag is Seksjonslag.FORSLAG else self._save_section
        return self._fields.take(partial(save, section.id), section.heading)

    def _row_made(self, made: EarlierRow) -> None:
        self._follow(made.formulering)
        made.formulering.edit.document().setDocumentMargin(_FIELD_MARGIN)

    def _follow(self, field: TextField) -> None:
        edit = field.edit
        edit.figure = self._read_picture
        edit.picked_image = self._store_picture
        edit.document().setDocumentMargin(1)
        edit.edited.connect(self.edited)
        edit.cursorPositionChanged.connect(partial(self.cursor_moved.emit, edit))

    def _enlarge(self, edit: TextEdit) -> None:
        """Give a text its size; one that is put into the page gets the page's first."""
        font = edit.font()
        font.setPointSizeF(self.font().pointSizeF() * _LARGER)
        edit.setFont(font)

    def _clear(self) -> None:
        for box in self.boxes:
            self._throw_away(box)
        self.boxes = []

    def clear(self) -> None:
        """Show no note; what is typed is saved first."""
        self.flush()
        self._clear()
        self.view = None

    def _read_picture(self, sha256: str) -> bytes | None:
        try:
            return self._desk.read(partial(read_picture, sha256=sha256))
        except EXPECTED:
            return None

    def _store_picture(self, data: bytes) -> str | None:
        with self._own():
            return self._desk.do(store_picture, data=data).value

    # Saving

    @property
    def is_saving(self) -> bool:
        """Whether a change that is told just now comes from a text of this page."""
        return self._saving > 0

    @contextmanager
    def _own(self) -> Iterator[None]:
        self._saving += 1
        try:
            yield
        finally:
            self._saving -= 1

    def _save_section(
        self, key: str, tree: Tree, paragraph_id: str | None, typing: bool
    ) -> Outcome[Any]:
        with self._own():
            return self._desk.do(
                write_section, seksjon_id=key, tree=tree, typing=typing, paragraph=paragraph_id
            )

    def _save_forslag(
        self, _key: str, tree: Tree, paragraph_id: str | None, typing: bool
    ) -> Outcome[Any]:
        assert self.view is not None  # noqa: S101
        with self._own():
            return self._desk.do(
                write_forslag,
                sak_id=self.view.sak.id,
                tree=tree,
                typing=typing,
                paragraph=paragraph_id,
            )

    def flush(self) -> None:
        """Save what is typed."""
        for box in self.boxes:
            box.flush()
            if isinstance(box.body, EarlierField):
                box.body.flush()

    # What is written

    def forslag(self) -> Tree:
        """Return the proposed vedtak as it stands in its field."""
        found = (box.field.edit.tree() for box in self._texts(Seksjonslag.FORSLAG) if box.field)
        return next(found, self.view.sak.forslag if self.view else Tree())

    def contents(self) -> tuple[SeksjonContent, ...]:
        """Return the sections as they stand in their fields."""
        return tuple(self._content(box) for box in self.boxes)

    @staticmethod
    def _content(box: SectionBox) -> SeksjonContent:
        section = box.section
        own = section.heading if section.is_own else None
        if box.field is None or section.is_computed:
            return SeksjonContent(section.slag, Tree(), own)
        return SeksjonContent(section.slag, box.field.edit.tree(), own)

    def _texts(self, slag: Seksjonslag) -> list[SectionBox]:
        return [box for box in self.boxes if box.section.slag is slag]

    def edits(self) -> list[TextEdit]:
        """Return the text editors from top to bottom."""
        found: list[TextEdit] = []
        for box in self.boxes:
            if box.field is not None:
                found.append(box.field.edit)
            elif isinstance(box.body, EarlierField):
                found += [one.formulering.edit for one in box.body.rows]
        return found

    # What the user does

    def insert_phrase(self, phrase: str) -> None:
        """Put a phrase into the proposed vedtak, where the cursor is."""
        for box in self._texts(Seksjonslag.FORSLAG):
            if box.field is not None:
                edit = box.field.edit
                line = (paragraph(phrase),)
                edit.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
                filled = bool(edit.textCursor().block().text().strip())
                edit.insert((Paragraph(), *line) if filled else line)
                edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rename(self, key: str, text: str) -> str:
        return self._desk.do(rename_section, seksjon_id=key, overskrift=text).error

    def _move(self, box: SectionBox, step: int) -> None:
        place = self.boxes.index(box) + step
        if 0 <= place < len(self.boxes):
            self._move_to(box, place)

    def _dropped(self, here: int, place: int) -> None:
        self._move_to(self.boxes[here], place)

    def _move_to(self, box: SectionBox, place: int) -> None:
        box.flush()
        done = self._desk.do(move_section, seksjon_id=box.section.id, index=place)
        box.say(done.error)
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(box.heading, 0, _BREATH))

    def _remove(self, box: SectionBox) -> None:
        box.flush()
        heading = box.section.heading
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        done = self._desk.do(remove_section, seksjon_id=box.section.id)
        self.told.emit(
            done.error or _("«{navn}» er fjernet. Ctrl+Z henter det tilbake.").format(navn=heading)
        )

    def _fill_menu(self, view: NoteView) -> None:
        menu = self.add_button.menu()
        menu.clear()
        own = menu.addAction(_("Egen overskrift"))
        own.triggered.connect(lambda _checked=False: self.add(Seksjonslag.EGEN))
        for slag in view.missing_sections:
            step = menu.addAction(view.headings[slag])
            step.triggered.connect(partial(self._add_usual, slag))

    def _add_usual(self, slag: Seksjonslag, _checked: bool = False) -> None:
        self.add(slag)

    def add(self, slag: Seksjonslag) -> None:
        """Add a section after the one with the cursor, and let its heading or text be typed."""
        assert self.view is not None  # noqa: S101
        self.flush()
        done = self._desk.do(
            add_section,
            sak_id=self.view.sak.id,
            slag=slag,
            overskrift=_("Ny overskrift") if slag is Seksjonslag.EGEN else None,
            index=self._place_of_new(),
        )
        self.told.emit(done.error)
        made = next((b for b in self.boxes if done.value and b.section.id == done.value.id), None)
        if made is None:
            return
        if made.own is not None:
            made.own.setFocus(Qt.FocusReason.OtherFocusReason)
            made.own.selectAll()
        else:
            made.focus_text()
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(made, 0, _BREATH))

    def _place_of_new(self) -> int:
        """Return the place after the section in focus, else before the tables at the end."""
        focused: QWidget | None = self.window().focusWidget()
        for place, box in enumerate(self.boxes):
            if focused is not None and box.isAncestorOf(focused):
                return place + 1
        texts = [place for place, box in enumerate(self.boxes) if box.field is not None]
        return texts[-1] + 1 if texts else 0

    def _cross(self, box: SectionBox, step: int) -> None:
        """Go on to the next text above or below."""
        place = self.boxes.index(box) + step
        while 0 <= place < len(self.boxes):
            field = self.boxes[place].field
            if field is not None:
                cursor = field.edit.textCursor()
                move = QTextCursor.MoveOperation
                cursor.movePosition(move.Start if step > 0 else move.End)
                field.edit.setTextCursor(cursor)
                field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            place += step

    def focus_text(self, slag: Seksjonslag | None = None) -> None:
        """Give the keyboard to a section, else to the first one that can be written."""
        boxes = [box for box in self.boxes if box.field is not None]
        wanted = [box for box in boxes if box.section.slag is slag]
        for box in (wanted or boxes)[:1]:
            box.focus_text()
            self.ensureWidgetVisible(box.heading, 0, _BREATH)

    def focus_block(self, ids: frozenset[str]) -> None:
        """Give the keyboard to the section that holds a block."""
        for edit in self.edits():
            place = place_of(edit.document(), ids)
            if place is not None:
                cursor = edit.textCursor()
                cursor.setPosition(place)
                edit.setTextCursor(cursor)
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
                self.show_cursor(edit)
                return

    def show_cursor(self, edit: TextEdit) -> None:
        """Scroll so that the cursor of an editor is seen."""
        place, inner = edit.cursorRect(), self.widget()
        if inner is None:
            return
        spot = edit.viewport().mapTo(inner, QPoint(place.left(), place.center().y()))
        self.ensureVisible(spot.x(), spot.y(), 0, _BREATH + place.height() // 2)
