"""What is written about one sak, from the introduction to the vedtak, in one column."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QScrollArea, QTextEdit, QWidget

from desktop.richtext.plain import is_empty, plain_text
from desktop.richtext.tree import Tree, paragraph
from desktop.rules.kinds import Maalform
from desktop.services.minutes_actions import LineReader
from desktop.services.minutes_edit import set_innspill
from desktop.services.minutes_view import MinuteSak, SakMinutes, Speaker
from desktop.services.referater import Referatfelt, write_saksreferat
from desktop.viewmodels.desk import Desk, Outcome
from desktop.viewmodels.minutes import facts_text
from desktop.views.editor.field import TextField, language_of
from desktop.views.moete.referat.actions_box import ActionsBox
from desktop.views.moete.referat.innspill_edit import InnspillEdit
from desktop.views.moete.referat.parts import Section, framed
from desktop.views.moete.referat.saving import Saver
from desktop.views.moete.referat.speakers import SpeakerList
from desktop.views.moete.referat.vedtak_box import VedtakBox
from desktop.views.parts import Notice, button, column, label, row
from desktop.views.words import _

_WIDEST: Final = 920
_CLOSE: Final = 40
"""How near the edge the line that is written may be, while the difference is shown below it."""
_LAID_OUT: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Move})
_FOLDED: Final = {
    Referatfelt.HABILITET: (_("Habilitet"), "Ctrl+Shift+H"),
    Referatfelt.PROTOKOLLTILFOERSEL: (_("Protokolltilførsel"), "Ctrl+Shift+P"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """What every sak of the meeting shares."""

    speakers: tuple[Speaker, ...]
    reader: LineReader
    writable: bool


class SakPanel(QScrollArea):
    """Shows and writes the minutes of one sak; keeps what is typed until it is saved.

    Signals:
        touched: something was typed.
    """

    touched = Signal()

    def __init__(self, desk: Desk, sak_id: str) -> None:
        super().__init__()
        self.desk = desk
        self.sak_id = sak_id
        self.said: SakMinutes | None = None
        self.writable = True
        self.saving = False
        self._last: QWidget | None = None
        self.notice = Notice()
        self._make_head()
        self._make_texts()
        self._make_innspill()
        self.actions_box = ActionsBox(desk, sak_id, self.notice.say)
        self.actions_box.passed.connect(self._passed_actions)
        self.vedtak = VedtakBox(desk, sak_id, self.notice.say)
        self._see = QTimer(self, singleShot=True, interval=0)
        self._see.timeout.connect(self._see_difference)
        self.vedtak.field.edit.edited.connect(self._see.start)
        for part in (self.vedtak, self.vedtak.diff):
            part.installEventFilter(self)
        self._lay_out()
        for field in self._fields():
            self._know(field)
        self._follow(self.innspill)

    def set_sak(self, sak_id: str) -> None:
        """Be the panel of a sak, before anything is shown."""
        self.sak_id = self.actions_box.sak_id = self.vedtak.sak_id = sak_id

    # Making

    def _make_head(self) -> None:
        self.title = label("", "undertittel", wrap=True)
        self.facts = label("", "stille", wrap=True)
        self.proposal = label("", wrap=True)
        self.proposal.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.proposal_name = label(_("Forslag til vedtak"), "stille")
        self.proposal_frame = QFrame()
        self.proposal_frame.setObjectName("kort")
        self.proposal_frame.setLayout(
            column(self.proposal_name, self.proposal, margin=10, spacing=2)
        )

    def _make_texts(self) -> None:
        self.innledning = self._text(Referatfelt.INNLEDNING, _("Innledning"))
        self.innledning.edit.edited.connect(self._show_offer)
        self.oppsummering = self._text(Referatfelt.OPPSUMMERING, _("Oppsummering"))
        self.folded: dict[Referatfelt, TextField] = {}
        self.sections: dict[Referatfelt, Section] = {}
        self.offer = label("", "stille", wrap=True)
        self.take = button(
            _("Ta inn"), self.take_introduction, tip=_("Ta inn setningen (F2 en gang til)")
        )
        self.offered = QWidget()
        offer = row(self.offer, self.take)
        offer.setStretch(0, 1)
        self.offered.setLayout(offer)
        self.offered.hide()

    def _text(self, felt: Referatfelt, name: str) -> TextField:
        def save(tree: Tree, block: str | None, typing: bool) -> Outcome[Any]:
            with self._saving():
                return self.desk.do(
                    write_saksreferat,
                    sak_id=self.sak_id,
                    felt=felt,
                    tree=tree,
                    typing=typing,
                    paragraph=block,
                )

        made = TextField(self.desk, save, name)
        made.edit.set_growing(True)
        return made

    def _make_innspill(self) -> None:
        self.innspill = InnspillEdit()
        self.speakers = SpeakerList(self.innspill)
        self.saver = Saver(self._save_innspill, self)
        self.innspill.edited.connect(self.saver.touch)
        self.innspill.edited.connect(self.touched)
        self.innspill.refused.connect(self.notice.say)
        self.innspill.left.connect(self.saver.flush)
        self.saver.told.connect(self.notice.say)
        self.desk.closing.connect(self.flush)

    def _lay_out(self) -> None:
        innledning = Section(_("Innledning"), "F2", self.offered, framed(self.innledning))
        innspill = Section(_("Innspill"), "F4", framed(self.innspill))
        oppsummering = Section(_("Oppsummering"), "F5", framed(self.oppsummering))
        actions = Section(_("Aksjonspunkter"), "F6", self.actions_box)
        self.fold = column(spacing=16)
        self.openers = {}
        for felt, (name, key) in _FOLDED.items():
            opener = button(name, partial(self.open_folded, felt))
            opener.setFlat(True)
            opener.setToolTip(_("{navn} ({tast})").format(navn=name, tast=key))
            self.openers[felt] = opener
        body = column(
            self.notice,
            column(self.title, self.facts, spacing=3),
            self.proposal_frame,
            innledning,
            innspill,
            oppsummering,
            actions,
            self.fold,
            self.vedtak,
            row(*self.openers.values(), None),
            None,
            margin=4,
            spacing=13,
        )
        body.setContentsMargins(18, 8, 18, 24)
        page = QWidget()
        page.setLayout(body)
        page.setMaximumWidth(_WIDEST)
        self._page = page
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    # Reading

    def show_sak(self, sak: MinuteSak, said: SakMinutes, context: Context) -> None:
        """Show a sak as it is stored; what is typed and not saved yet stays."""
        self.said, self.writable = said, context.writable
        self.actions_box.reader = context.reader
        self.title.setText(f"{sak.number} {sak.tittel}".strip())
        self.facts.setText(facts_text(sak, said))
        self.proposal.setText(plain_text(said.forslag))
        self.proposal_frame.setVisible(not is_empty(said.forslag))
        self.speakers.set_speakers(context.speakers)
        for field, tree in self._stored(said):
            if not field.dirty:
                field.load(tree)
            field.edit.setReadOnly(not context.writable)
        if not self.saver.dirty:
            self.innspill.set_lines(said.innspill)
        self.innspill.setReadOnly(not context.writable)
        self._spell(said.maalform)
        self.actions_box.load(said.aksjonspunkter, writable=context.writable)
        if self.actions_box.input.hasFocus():
            box = self.actions_box
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(box, 0, 24))
        self.vedtak.load(said, writable=context.writable)
        self.vedtak.setVisible(said.forventer_vedtak or not is_empty(said.vedtak))
        self._show_folded(said)
        self._show_offer()

    def _spell(self, maalform: Maalform) -> None:
        for field in self._fields():
            field.spell(maalform)
        if self.desk.spellers is not None:
            self.innspill.highlighter.speller = self.desk.spellers.of(language_of(maalform))

    def _stored(self, said: SakMinutes) -> tuple[tuple[TextField, Tree], ...]:
        return (
            (self.innledning, said.innledning),
            (self.oppsummering, said.oppsummering),
            *((field, _folded_text(said, felt)) for felt, field in self.folded.items()),
        )

    def _fields(self) -> tuple[TextField, ...]:
        return (
            self.innledning,
            self.oppsummering,
            *self.folded.values(),
            self.vedtak.field,
        )

    def _show_folded(self, said: SakMinutes) -> None:
        for felt, opener in self.openers.items():
            tree = _folded_text(said, felt)
            if felt not in self.folded and not is_empty(tree):
                self._unfold(felt).load(tree)
                self.folded[felt].edit.setReadOnly(not self.writable)
            opener.setVisible(felt not in self.folded and self.writable)

    def _show_offer(self) -> None:
        sentence = self.said.foreslaatt_innledning if self.said else ""
        empty = is_empty(self.innledning.edit.tree())
        self.offered.setVisible(bool(sentence) and empty and self.writable)
        self.offer.setText(_("F2 tar inn: {setning}").format(setning=sentence))

    # Writing

    def take_introduction(self) -> None:
        """Take in the sentence that says who presented, where nothing is written yet."""
        edit = self.innledning.edit
        if self.said and self.writable and is_empty(edit.tree()) and not self.offered.isHidden():
            edit.insert((paragraph(self.said.foreslaatt_innledning),))
            edit.moveCursor(QTextCursor.MoveOperation.End)
        edit.setFocus()

    def go_to_introduction(self) -> None:
        """Go to the introduction; a second time takes in the proposed sentence."""
        if self.innledning.edit.hasFocus():
            self.take_introduction()
        self.innledning.edit.setFocus()
        self._show_offer()

    def adopt_proposal(self) -> None:
        """Save what is typed, let the vedtak be as it was proposed, and show that it is."""
        if self.vedtak.isVisibleTo(self):
            self.flush()
            self.vedtak.adopt_proposal()
            QTimer.singleShot(0, self, lambda: self.show_part(self.vedtak))

    def go_to_summary(self) -> None:
        """Go to the summing-up."""
        self.go_to(self.oppsummering.edit)

    def go_to_actions(self) -> None:
        """Go to the line that takes one more aksjonspunkt."""
        self.go_to(self.actions_box.input)

    def show_phrases(self) -> None:
        """Open the list of phrases for the vedtak."""
        self.vedtak.show_phrases()

    def go_to_vedtak(self) -> None:
        """Go to the vedtak, where the sak has one."""
        if self.vedtak.isVisibleTo(self):
            self.go_to(self.vedtak.field.edit)
            self.show_part(self.vedtak)

    def go_on(self) -> None:
        """Go to where the writing was, or begins."""
        empty = is_empty(self.innledning.edit.tree())
        begun = bool(self.innspill.lines())
        first: QWidget = self.innledning.edit if empty and not begun else self.innspill
        self.go_to(self._last if self._last and self._last.isVisibleTo(self) else first)

    def leave(self) -> None:
        """Save what is typed, also a line that was not added yet."""
        self.flush()
        self.actions_box.commit()

    def open_folded(self, felt: Referatfelt) -> None:
        """Open habilitet or protokolltilførsel, and go there."""
        if felt not in self.folded:
            if not self.writable:
                return
            self._unfold(felt)
            self.openers[felt].hide()
        self.go_to(self.folded[felt].edit)

    def _unfold(self, felt: Referatfelt) -> TextField:
        """Make the text of habilitet or protokolltilførsel; few saker have one."""
        name, key = _FOLDED[felt]
        field = self.folded[felt] = self._text(felt, name)
        self.sections[felt] = Section(name, key, framed(field))
        self.fold.insertWidget(0 if felt is Referatfelt.HABILITET else -1, self.sections[felt])
        self._know(field)
        if self.said is not None:
            field.spell(self.said.maalform)
        return field

    def _save_innspill(self) -> str:
        lines = self.innspill.lines()
        if self.said is not None and lines == self.said.innspill:
            return ""
        with self._saving():
            refused = self.desk.do(
                set_innspill,
                sak_id=self.sak_id,
                lines=lines,
                typing=True,
                paragraph=self.innspill.line_id() or None,
            ).error
        if self.said is not None and not refused:
            self.said = replace(self.said, innspill=lines)
        return refused

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """Say that what is changed now is what stands here already."""
        self.saving = True
        try:
            yield
        finally:
            self.saving = False

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.saver.dirty or any(field.dirty for field in self._fields())

    def flush(self) -> None:
        """Save what is typed."""
        self.saver.flush()
        for field in self._fields():
            field.flush()

    def _know(self, field: TextField) -> None:
        self._follow(field.edit)
        field.edit.edited.connect(self.touched)

    # Moving about

    def _follow(self, edit: QTextEdit) -> None:
        edit.installEventFilter(self)
        edit.cursorPositionChanged.connect(partial(self._show_cursor, edit))

    def _show_cursor(self, edit: QTextEdit) -> None:
        if edit.hasFocus():
            rect = edit.cursorRect()
            place = edit.viewport().mapTo(self._page, rect.center())
            under_diff = edit is self.vedtak.field.edit
            self.ensureVisible(place.x(), place.y(), 10, _CLOSE if under_diff else 60)

    def show_part(self, part: QWidget) -> None:
        """Scroll so that a part is seen, from its heading."""
        top = part.mapTo(self._page, QPoint(0, 0))
        seen = QRect(top, part.size())
        self.ensureVisible(20, min(seen.bottom(), seen.top() + self.height() // 2), 10, 30)
        self.ensureVisible(20, max(0, seen.top() - 30), 10, 0)

    def _see_difference(self) -> None:
        """Keep the difference from the proposal in sight while the vedtak is typed.

        It is seen to its end where there is room for it; the line with the cursor always is.
        """
        edit, diff = self.vedtak.field.edit, self.vedtak.diff
        if not edit.hasFocus() or not diff.isVisibleTo(self):
            return
        line = edit.viewport().mapTo(self._page, edit.cursorRect().center()).y()
        end = diff.mapTo(self._page, QPoint(0, diff.height())).y() + 12
        bar = self.verticalScrollBar()
        bar.setValue(min(max(bar.value(), end - self.viewport().height()), line - _CLOSE))

    def go_to(self, part: QWidget) -> None:
        """Go to a part, and see it."""
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.show_part(part)

    def _stops(self) -> list[QWidget]:
        stops: list[QWidget] = [
            self.innledning.edit,
            self.innspill,
            self.oppsummering.edit,
            self.actions_box.input,
            *(self.folded[felt].edit for felt in _FOLDED if felt in self.folded),
            self.vedtak.field.edit,
        ]
        return [stop for stop in stops if stop.isVisibleTo(self)]

    def _passed_actions(self, step: int) -> None:
        self._pass(self.actions_box.input, step)

    def _pass(self, start: QWidget, step: int) -> bool:
        stops = self._stops()
        place = stops.index(start) + step
        if not 0 <= place < len(stops):
            return False
        stop = stops[place]
        if isinstance(stop, QTextEdit):
            move = QTextCursor.MoveOperation
            stop.moveCursor(move.Start if step > 0 else move.End)
        self.go_to(stop)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the arrows go on from the last line of a text to the next one."""
        if event.type() in _LAID_OUT and watched in (self.vedtak, self.vedtak.diff):
            self._see.start()
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QTextEdit):
            self._last = watched
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QTextEdit)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}
            and not (watched is self.innspill and self.speakers.is_open)
        ):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            if _at_edge(watched, step):
                return self._pass(watched, step)
        return super().eventFilter(watched, event)


def _at_edge(edit: QTextEdit, step: int) -> bool:
    cursor = edit.textCursor()
    move = QTextCursor.MoveOperation
    return not cursor.movePosition(move.Down if step > 0 else move.Up)


def _folded_text(said: SakMinutes, felt: Referatfelt) -> Tree:
    return said.habilitet if felt is Referatfelt.HABILITET else said.protokolltilfoersel
