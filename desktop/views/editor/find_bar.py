"""Find and replace over several text editors that make one text, such as the sections of a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCheckBox, QLineEdit, QTextEdit, QWidget

from desktop.richtext.clean import clean_text
from desktop.viewmodels.text.find import (
    Match,
    Query,
    matches,
    replacing_in_note,
    replacing_selection,
)
from desktop.viewmodels.text.lines import u16
from desktop.views.editor.text_edit import TextEdit
from desktop.views.parts import action, button, column, label, row
from desktop.views.theme import current_colours
from desktop.views.words import _

_PAUSE_MS = 120
_MOST_MARKED = 500


class Hit(NamedTuple):
    """Something that was found, and in which editor."""

    edit: TextEdit
    match: Match


class FindBar(QWidget):
    """Looks for words in the editors that are given, in their order.

    `edits` returns the editors; `reveal` scrolls so that the selection in one of them is seen.
    What stands in a footnote is found too: its mark is selected, and its text shown here.
    """

    def __init__(
        self, edits: Callable[[], Sequence[TextEdit]], reveal: Callable[[TextEdit], object]
    ) -> None:
        super().__init__()
        self._edits = edits
        self._reveal = reveal
        self._hits: list[Hit] = []
        self._begun: TextEdit | None = None
        self._noted: tuple[TextEdit, str, int] | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.refresh)
        self._make()
        self.hide()

    def _make(self) -> None:
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Søk etter"))
        self.line.setPlaceholderText(_("Søk etter"))
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(lambda _text: self._soon.start())
        self.count = label("", "stille")
        self.count.setMinimumWidth(self.fontMetrics().horizontalAdvance("0000 av 0000"))
        self.back = button("↑", lambda: self.step(-1), tip=_("Forrige treff (Shift+F3)"))
        self.back.setAccessibleName(_("Forrige treff"))
        self.on = button("↓", lambda: self.step(1), tip=_("Neste treff (F3)"))
        self.on.setAccessibleName(_("Neste treff"))
        self.case = QCheckBox(_("Store og små"))
        self.case.setToolTip(_("Skill mellom store og små bokstaver"))
        self.words = QCheckBox(_("Hele ord"))
        for box in (self.case, self.words):
            box.toggled.connect(lambda _on: self.refresh())
        self.close_button = button(_("Lukk"), self.end, tip=_("Lukk søket (Esc)"))
        self.replacement = QLineEdit()
        self.replacement.setAccessibleName(_("Erstatt med"))
        self.replacement.setPlaceholderText(_("Erstatt med"))
        self.one = button(_("Erstatt"), self.replace_one)
        self.every = button(_("Erstatt alle"), self.replace_all)
        self.replacing = QWidget()
        second = row(self.replacement, self.one, self.every, spacing=6)
        second.setStretch(0, 1)
        self.replacing.setLayout(second)
        first = row(
            self.line,
            self.count,
            self.back,
            self.on,
            self.case,
            self.words,
            self.close_button,
            spacing=6,
        )
        first.setStretch(0, 1)
        self.setLayout(column(first, self._make_noted(), self.replacing, spacing=4))
        action(self, _("Lukk søket"), self.end, "Esc")

    def _make_noted(self) -> QWidget:
        """Return the line that shows the text of a footnote in which something was found."""
        self.where = label("", "stille")
        self.note_text = QLineEdit()
        self.note_text.setReadOnly(True)
        self.note_text.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.where.setBuddy(self.note_text)
        self.noted = QWidget()
        line = row(self.where, self.note_text, spacing=6)
        line.setStretch(1, 1)
        self.noted.setLayout(line)
        self.noted.hide()
        return self.noted

    def open(self, *, replace: bool) -> None:
        """Begin to look, for what is selected if something is."""
        self.replacing.setVisible(replace)
        self._begun = next((e for e in self._edits() if e.hasFocus()), self._begun)
        selected = next((e.textCursor().selectedText() for e in self._edits() if e.hasFocus()), "")
        if selected and "\u2029" not in selected and "\ufffc" not in selected:
            self.line.setText(selected)
        self.show()
        self.refresh()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end(self) -> None:
        """Stop looking; the keyboard goes to where something was found last, else back."""
        current = self._current()
        self.hide()
        self._unmark()
        if current is not None:
            self._hits[current].edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            edits = list(self._edits())
            begun = [self._begun] if self._begun in edits else edits[:1]
            for edit in begun:
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._hits, self._begun, self._noted = [], None, None
        self.noted.hide()

    def query(self) -> Query:
        """Return what is looked for."""
        return Query(self.line.text(), case=self.case.isChecked(), words=self.words.isChecked())

    def hits(self) -> tuple[Hit, ...]:
        """Return what was found."""
        return tuple(self._hits)

    def refresh(self) -> None:
        """Look again: the texts or what is looked for are others."""
        self._soon.stop()
        if self.isHidden():
            return
        query = self.query()
        self._hits = [
            Hit(edit, found) for edit in self._edits() for found in matches(edit.document(), query)
        ]
        self._show()

    def _show(self) -> None:
        self._mark()
        total, current = len(self._hits), self._current()
        if not self.line.text():
            text = ""
        elif not total:
            text = _("Ingen treff")
        elif current is None:
            text = _.plural("{antall} treff", "{antall} treff", total).format(antall=total)
        else:
            text = _("{nummer} av {antall}").format(nummer=current + 1, antall=total)
        self.count.setText(text)
        for one in (self.back, self.on):
            one.setEnabled(bool(total))
        writable = any(not hit.edit.isReadOnly() for hit in self._hits)
        for one in (self.one, self.every):
            one.setEnabled(writable)
        self._show_note(current)

    def _show_note(self, current: int | None) -> None:
        """Show the footnote in which the selected hit stands, with the hit marked."""
        inside = self._hits[current].match.inside if current is not None else None
        self.noted.setVisible(inside is not None)
        if inside is None:
            return
        where = _("I fotnote {nummer}:").format(nummer=inside.number)
        self.where.setText(where)
        self.note_text.setAccessibleName(where.rstrip(":"))
        self.note_text.setText(inside.text())
        self.note_text.setSelection(inside.start, inside.end - inside.start)

    def _current(self) -> int | None:
        """Return the place of the hit that is selected."""
        for place, (edit, match) in enumerate(self._hits):
            cursor = edit.textCursor()
            if (
                (cursor.selectionStart(), cursor.selectionEnd()) == match[:2]
                and (edit.property("funnet") or edit.hasFocus())
                and (match.inside is None or self._noted == _in_note(edit, match))
            ):
                return place
        return None

    def _mark(self) -> None:
        colours = current_colours()
        for edit in self._edits():
            found = [hit.match for hit in self._hits if hit.edit is edit][:_MOST_MARKED]
            edit.setExtraSelections(
                [self._marked(edit, one, colours.warning_surface) for one in found]
            )

    def _unmark(self) -> None:
        for edit in self._edits():
            edit.setExtraSelections([])
            edit.setProperty("funnet", None)

    @staticmethod
    def _marked(edit: TextEdit, match: Match, colour: str) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = _cursor(edit, match)
        made.format.setBackground(QColor(colour))
        return made

    def step(self, way: int) -> None:
        """Go to the next (1) or the previous (-1) hit, round the end."""
        if self.isHidden():
            self.open(replace=False)
            return
        if self._soon.isActive():
            self.refresh()
        if not self._hits:
            return
        current = self._current()
        place = (current + way) % len(self._hits) if current is not None else self._next_place(way)
        self._select(place)

    def _next_place(self, way: int) -> int:
        """Return the hit after, or before, where the cursor was last."""
        edits = list(self._edits())
        last = next((e for e in edits if e.hasFocus() or e.property("funnet")), None)
        if last is None:
            return 0 if way > 0 else len(self._hits) - 1
        here = (edits.index(last), last.textCursor().selectionStart(), self._note_place(last))
        places = [
            (edits.index(edit), match.start, match.inside.start if match.inside else 0)
            for edit, match in self._hits
        ]
        after = [at for at, place in enumerate(places) if place >= here]
        if way > 0:
            return after[0] if after else 0
        return (after[0] if after else 0) - 1

    def _note_place(self, edit: TextEdit) -> int:
        """Return how far the search has come in the footnote that is selected."""
        note = edit.note_here() if edit.textCursor().hasSelection() else None
        if self._noted is None or note is None or self._noted[:2] != (edit, note.id):
            return 0
        return self._noted[2]

    def _select(self, place: int) -> None:
        hit = self._hits[place]
        self._noted = _in_note(*hit)
        for edit in self._edits():
            edit.setProperty("funnet", edit is hit.edit or None)
            if edit is not hit.edit and edit.textCursor().hasSelection():
                end = edit.textCursor().selectionEnd()
                edit.setTextCursor(_cursor(edit, Match(end, end)))
        hit.edit.setTextCursor(_cursor(hit.edit, hit.match))
        self._reveal(hit.edit)
        self._show()

    def replace_one(self) -> None:
        """Replace the hit that is selected, and go on to the next; without one, go to the first."""
        current = self._current()
        if current is None:
            self.step(1)
            return
        hit = self._hits[current]
        hit.edit.setTextCursor(_cursor(hit.edit, hit.match))
        text, inside = self._replacement(), hit.match.inside
        if inside is None:
            hit.edit.change(replacing_selection(hit.edit.textCursor(), text))
        else:
            hit.edit.change(replacing_in_note(inside, text))
            self._noted = (hit.edit, inside.note.id, inside.start + u16(text))
        self.refresh()
        if self._hits:
            self._select(self._next_place(1))

    def replace_all(self) -> None:
        """Replace every hit; in each text as one step of undo."""
        self.refresh()
        total = 0
        for edit in self._edits():
            found = sum(hit.edit is edit for hit in self._hits)
            if found and edit.replace_all(self.query(), self._replacement()):
                total += found
        self.refresh()
        done = _.plural("{antall} erstattet", "{antall} erstattet", total)
        self.count.setText(done.format(antall=total))

    def _replacement(self) -> str:
        return clean_text(self.replacement.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes to the next hit, with Shift to the previous one."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif self.replacement.hasFocus():
            self.replace_one()
        else:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)


def _in_note(edit: TextEdit, match: Match) -> tuple[TextEdit, str, int] | None:
    """Return the editor, the footnote and the place in it; None for what stands in the text."""
    inside = match.inside
    return (edit, inside.note.id, inside.start) if inside else None


def _cursor(edit: TextEdit, match: Match) -> QTextCursor:
    cursor = QTextCursor(edit.document())
    cursor.setPosition(match.start)
    cursor.setPosition(match.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor
