"""The list that offers who spoke, while «@» is typed. It never takes the focus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from desktop.services.minutes_view import Speaker
from desktop.views.moete.referat.innspill_edit import InnspillEdit
from desktop.views.words import _

_MENTION: Final = re.compile(r"(?:^|(?<=\s))@([\w.\-]*(?: [\w.\-]*)?)$")
_SHOWN: Final = 8
_WIDTH: Final = 320
_KEEP: Final = QTextCursor.MoveMode.KeepAnchor
_TAKES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class SpeakerList(QObject):
    """Offers those who take part, by any part of name or organisation."""

    def __init__(self, edit: InnspillEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._speakers: tuple[Speaker, ...] = ()
        self._given_up: int | None = None
        self.list = QListWidget(edit.viewport())
        self.list.setObjectName("deltakervalg")
        self.list.setAccessibleName(_("Hvem sa det?"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.StyledPanel)
        self.list.hide()
        self.list.itemClicked.connect(lambda _item: self._take())
        edit.listens = self.listen
        edit.typed.connect(self.look)
        edit.left.connect(self.hide)
        edit.speaker_wanted.connect(self.ask)
        edit.cursorPositionChanged.connect(self._moved)

    def set_speakers(self, speakers: Sequence[Speaker]) -> None:
        """Know who takes part."""
        self._speakers = tuple(speakers)
        self._edit.names = {one.person_id: one.navn for one in speakers}
        self._edit.viewport().update()

    @property
    def is_open(self) -> bool:
        """Whether somebody is being offered."""
        return not self.list.isHidden()

    def ask(self) -> None:
        """Begin to name somebody in the line, as when «@» is typed."""
        cursor = self._edit.textCursor()
        cursor.clearSelection()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        text = cursor.block().text()
        cursor.insertText("@" if not text or text[-1].isspace() else " @")
        self._edit.setTextCursor(cursor)
        self._given_up = None
        self.look()

    def look(self) -> None:
        """Offer those whom the text before the cursor may mean."""
        found = self._mention()
        if found is None or self._given_up == found[0]:
            self._given_up = None if found is None else self._given_up
            self.hide()
            return
        start, typed = found
        matches = [one for one in self._speakers if _fits(one, typed)][:_SHOWN]
        has_one = self._edit.shape().innsender_id is not None
        self.list.clear()
        for one in matches:
            self._add(_named(one), one.person_id, quiet=not one.til_stede)
        if has_one and not typed:
            self._add(_("Ta bort navnet"), None, quiet=True)
        if not self.list.count():
            self.hide()
            return
        self.list.setCurrentRow(0)
        self._show_at(start)

    def _add(self, text: str, key: str | None, *, quiet: bool) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, key)
        if quiet:
            item.setForeground(self.list.palette().placeholderText())
        self.list.addItem(item)

    def _mention(self) -> tuple[int, str] | None:
        """Return where the «@» before the cursor stands, and what is typed after it."""
        cursor = self._edit.textCursor()
        if cursor.hasSelection():
            return None
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, _KEEP)
        text = cursor.selectedText()
        match = _MENTION.search(text)
        if match is None:
            return None
        before = len(text[: match.start()].encode("utf-16-le", "surrogatepass")) // 2
        return cursor.block().position() + before, match.group(1)

    def _show_at(self, position: int) -> None:
        window = self._edit.window()
        if self.list.parentWidget() is not window:
            self.list.setParent(window)
        cursor = self._edit.textCursor()
        cursor.setPosition(position)
        rect = self._edit.cursorRect(cursor)
        height = self.list.sizeHintForRow(0) * self.list.count() + 2 * self.list.frameWidth() + 4
        self.list.resize(_WIDTH, height)
        place = self._edit.viewport().mapTo(window, rect.bottomLeft() + QPoint(0, 4))
        if place.y() + height > window.height():
            place = self._edit.viewport().mapTo(window, rect.topLeft() - QPoint(0, height + 4))
        place.setX(max(0, min(place.x(), window.width() - _WIDTH)))
        self.list.move(place)
        self.list.show()
        self.list.raise_()

    def hide(self) -> None:
        """Offer nobody."""
        self.list.hide()

    def _moved(self) -> None:
        if self.is_open and self._mention() is None:
            self.hide()

    def listen(self, event: QKeyEvent) -> bool:
        """Use the keys that choose, while somebody is offered."""
        if not self.is_open or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, row = event.key(), self.list.currentRow()
        if key in _TAKES:
            self._take()
        elif key == Qt.Key.Key_Escape:
            found = self._mention()
            self._given_up = found[0] if found else None
            self.hide()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((row + step) % self.list.count())
        else:
            return False
        return True

    def _take(self) -> None:
        """Let the one who is chosen be who spoke; what was typed for it goes."""
        item, found = self.list.currentItem(), self._mention()
        self.hide()
        if found is None:
            return
        cursor = self._edit.textCursor()
        cursor.beginEditBlock()
        end = cursor.position()
        cursor.setPosition(found[0])
        cursor.setPosition(end, _KEEP)
        cursor.removeSelectedText()
        self._edit.set_speaker(item.data(Qt.ItemDataRole.UserRole), cursor)
        cursor.endEditBlock()
        self._edit.setTextCursor(cursor)


def _named(one: Speaker) -> str:
    return f"{one.navn} · {one.organisasjon}" if one.organisasjon else one.navn


def _fits(one: Speaker, typed: str) -> bool:
    """Tell whether every word that is typed begins a word of the name or the organisation."""
    words = f"{one.navn} {one.organisasjon}".casefold().replace("-", " ").split()
    wanted = typed.casefold().replace("-", " ").split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
