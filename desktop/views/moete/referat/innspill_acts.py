"""What the keys do with the lines of innspill. Each act is one step of the field's own undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor

from desktop.richtext.clean import clean_text
from desktop.richtext.tree import LineBreak, Paragraph, Run, Tree
from desktop.rules.entity_kinds import Innspillslag
from desktop.services.minutes_edit import new_line_id
from desktop.services.referater import DEEPEST_LEVEL
from desktop.viewmodels.innspill_text import (
    Flat,
    Pasted,
    Shape,
    automatic,
    block_format,
    blocks_of_lines,
    insert_inlines,
    lines_of_blocks,
    lines_of_text,
    merged,
    read_block,
    shape_of,
)
from desktop.viewmodels.text.typing import text_before
from desktop.views.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTextEdit

KEEP: Final = QTextCursor.MoveMode.KeepAnchor
_PLAIN: Final = QTextCharFormat()
_MOST_PASTED: Final = 2_000
_TOO_MANY: Final = _(
    "Utklippet har {antall} linjer, for mange til innspill. Det ble ikke limt inn; legg det ved "
    "saken som vedlegg i stedet."
)


class LineActs:
    """The acts on the lines of one editor. Each returns whether it did something."""

    def __init__(self, edit: QTextEdit, say: Callable[[str], object]) -> None:
        self._edit = edit
        self._say = say
        self._count = 0

    @contextmanager
    def _one_step(self) -> Iterator[QTextCursor]:
        cursor = self._edit.textCursor()
        cursor.beginEditBlock()
        try:
            yield cursor
        finally:
            cursor.endEditBlock()

    def next_line(self) -> bool:
        """Begin the next line; an empty one goes a level up instead, and stays at the top."""
        cursor = self._edit.textCursor()
        shape = shape_of(cursor.blockFormat())
        if not cursor.hasSelection() and not cursor.block().text():
            return self.shift_level(-1) if shape.nivaa else self._plain_point(shape)
        with self._one_step() as cursor:
            if cursor.hasSelection():
                cursor.removeSelectedText()
            shape = shape_of(cursor.blockFormat())
            if cursor.atBlockStart():
                cursor.insertBlock(block_format(shape), _PLAIN)
                above = QTextCursor(cursor.block().previous())
                above.setBlockFormat(block_format(shape.fresh()))
            else:
                cursor.insertBlock(block_format(shape.fresh()), _PLAIN)
        self._edit.setTextCursor(cursor)
        return True

    def _plain_point(self, shape: Shape) -> bool:
        if shape.slag is not Innspillslag.PUNKT:
            self._reshape(self._edit.textCursor(), replace(shape, slag=Innspillslag.PUNKT))
        return True

    def back(self) -> bool:
        """At the start of a line: a level up, then a paragraph, then on to the line above."""
        cursor = self._edit.textCursor()
        if cursor.hasSelection() or not cursor.atBlockStart():
            return False
        shape, empty = shape_of(cursor.blockFormat()), not cursor.block().text()
        if shape.nivaa and not (empty and shape.slag is not Innspillslag.PUNKT):
            return self.shift_level(-1)
        if shape.slag is Innspillslag.MELLOMTITTEL and not empty:
            return self.turn_into(Innspillslag.MELLOMTITTEL)
        above = cursor.block().previous()
        if not above.isValid():
            if shape.slag is not Innspillslag.PUNKT:
                self._plain_point(shape)
            return True
        kept = shape_of(above.blockFormat())
        if not above.text():
            kept = shape
        with self._one_step() as cursor:
            cursor.deletePreviousChar()
            cursor.setBlockFormat(block_format(kept))
        self._edit.setTextCursor(cursor)
        return True

    def shift_level(self, step: int) -> bool:
        """Move the selected lines a level down (1) or up (-1)."""
        with self._one_step():
            for block in self._selected_blocks():
                shape = shape_of(block.blockFormat())
                if shape.slag is Innspillslag.MELLOMTITTEL:
                    continue
                level = max(0, min(shape.nivaa + step, self._deepest(block)))
                self._reshape(QTextCursor(block), replace(shape, nivaa=level))
        return True

    @staticmethod
    def _deepest(block: QTextBlock) -> int:
        """Return how deep a line can stand: one level below the one above it."""
        above = block.previous()
        if not above.isValid():
            return 0
        shape = shape_of(above.blockFormat())
        return min(DEEPEST_LEVEL, shape.nivaa + 1)

    def turn_into(self, kind: Innspillslag) -> bool:
        """Make the selected lines of a kind; those that are of it become points again."""
        with self._one_step():
            blocks = list(self._selected_blocks())
            same = all(shape_of(block.blockFormat()).slag is kind for block in blocks)
            wanted = Innspillslag.PUNKT if same else kind
            for block in blocks:
                shape = shape_of(block.blockFormat())
                level = 0 if wanted is Innspillslag.MELLOMTITTEL else shape.nivaa
                self._reshape(QTextCursor(block), replace(shape, slag=wanted, nivaa=level))
        return True

    def turn_named(self) -> bool:
        """Let the one who spoke be named in the referat, or not any more."""
        cursor = self._edit.textCursor()
        shape = shape_of(cursor.blockFormat())
        if shape.innsender_id:
            self._reshape(cursor, replace(shape, navngis=not shape.navngis))
            self._edit.viewport().update()
        return True

    @staticmethod
    def _reshape(cursor: QTextCursor, shape: Shape) -> None:
        if shape_of(cursor.blockFormat()) != shape:
            cursor.setBlockFormat(block_format(shape))

    def bold(self) -> bool:
        """Make the selection bold, or not."""
        look = QTextCharFormat()
        is_bold = self._edit.fontWeight() > QFont.Weight.Medium
        look.setFontWeight(QFont.Weight.Normal if is_bold else QFont.Weight.Bold)
        self._edit.mergeCurrentCharFormat(look)
        return True

    def italic(self) -> bool:
        """Make the selection italic, or not."""
        look = QTextCharFormat()
        look.setFontItalic(not self._edit.fontItalic())
        self._edit.mergeCurrentCharFormat(look)
        return True

    def set_quotes(self) -> None:
        """Turn a typed quote or hyphen into the sign that Norwegian has; one undo takes it back."""
        cursor = self._edit.textCursor()
        if cursor.hasSelection():
            return
        found = automatic(text_before(cursor))
        if found is not None:
            cursor.beginEditBlock()
            cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, KEEP, found[0])
            cursor.insertText(found[1])
            cursor.endEditBlock()
            self._edit.setTextCursor(cursor)

    def move(self, step: int) -> bool:
        """Move the selected lines one place up (-1) or down (1)."""
        blocks = list(self._selected_blocks())
        other = blocks[0].previous() if step < 0 else blocks[-1].next()
        if not other.isValid():
            return True
        cursor = self._edit.textCursor()
        first = blocks[0].position()
        held = cursor.anchor() - first, cursor.position() - first
        chosen, passed = [_content(block) for block in blocks], _content(other)
        top = min(first, other.position())
        length = other.length()
        with self._one_step() as cursor:
            cursor.setPosition(top)
            cursor.setPosition(_end(blocks[-1] if step < 0 else other), KEEP)
            lines = [*chosen, passed] if step < 0 else [passed, *chosen]
            self._replace(cursor, lines)
        start = top if step < 0 else top + length
        cursor.setPosition(start + held[0])
        cursor.setPosition(start + held[1], KEEP)
        self._edit.setTextCursor(cursor)
        return True

    @staticmethod
    def _replace(cursor: QTextCursor, lines: Sequence[tuple[Shape, Flat]]) -> None:
        cursor.removeSelectedText()
        for number, (shape, words) in enumerate(lines):
            if number:
                cursor.insertBlock(block_format(shape), _PLAIN)
            else:
                cursor.setBlockFormat(block_format(shape))
            insert_inlines(cursor, words)

    def _selected_blocks(self) -> Iterator[QTextBlock]:
        cursor = self._edit.textCursor()
        document = self._edit.document()
        block = document.findBlock(cursor.selectionStart())
        end = cursor.selectionEnd()
        while block.isValid() and block.position() <= end:
            yield block
            block = block.next()
            if cursor.hasSelection() and block.isValid() and block.position() == end:
                break

    def selected_lines(self) -> list[Pasted]:
        """Return what is selected, as lines."""
        cursor = self._edit.textCursor()
        document = self._edit.document()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        found: list[Pasted] = []
        block = document.findBlock(start)
        while block.isValid() and block.position() <= end:
            shape = shape_of(block.blockFormat())
            words = cut_flat(read_block(block), start - block.position(), end - block.position())
            found.append((shape.slag, shape.nivaa, words))
            block = block.next()
        return found

    def paste(self, source: QMimeData) -> None:
        """Put in what the clipboard has: one line into the line, several as lines of their own."""
        lines = _lines_of(source)
        if len(lines) > _MOST_PASTED:
            self._say(_TOO_MANY.format(antall=len(lines)))
        if not lines or len(lines) > _MOST_PASTED:
            return
        with self._one_step() as cursor:
            if cursor.hasSelection():
                cursor.removeSelectedText()
            shape = shape_of(cursor.blockFormat())
            empty = not cursor.block().text()
            base = shape.nivaa
            for number, (kind, level, words) in enumerate(lines):
                deep = min(base + level, DEEPEST_LEVEL)
                if number:
                    made = Shape(new_line_id(), kind, deep)
                    cursor.insertBlock(block_format(made), _PLAIN)
                elif empty and len(lines) > 1:
                    self._reshape(cursor, replace(shape, slag=kind, nivaa=deep))
                insert_inlines(cursor, words)
        self._edit.setTextCursor(cursor)

    def mend_keys(self) -> None:
        """Give a line a key of its own where two have one, as after a split that no key made."""
        count = self._edit.document().blockCount()
        if count == self._count:
            return
        self._count = count
        seen: set[str] = set()
        block = self._edit.document().begin()
        while block.isValid():
            shape = shape_of(block.blockFormat())
            if not shape.id or shape.id in seen:
                cursor = QTextCursor(block)
                cursor.joinPreviousEditBlock()
                shape = replace(shape, id=new_line_id(), innsender_id=None, navngis=False)
                cursor.setBlockFormat(block_format(shape))
                cursor.endEditBlock()
            seen.add(shape.id)
            block = block.next()


def _content(block: QTextBlock) -> tuple[Shape, Flat]:
    return shape_of(block.blockFormat()), read_block(block)


def _end(block: QTextBlock) -> int:
    return block.position() + block.length() - 1


def cut_flat(words: Flat, start: int, end: int) -> Flat:
    """Return the words between two positions, counted in UTF-16 units."""
    kept: list[Run | LineBreak] = []
    place = 0
    for one in words:
        units = one.text.encode("utf-16-le", "surrogatepass") if isinstance(one, Run) else b"\0\0"
        length = len(units) // 2
        low, high = max(0, start - place), min(length, end - place)
        if low < high:
            text = units[2 * low : 2 * high].decode("utf-16-le", "ignore")
            kept.append(replace(one, text=text) if isinstance(one, Run) else one)
        place += length
    return merged(kept)


def _lines_of(source: QMimeData) -> list[Pasted]:
    from desktop.viewmodels.text.clipboard import MIME_TREE, blocks_of  # noqa: PLC0415

    if source.hasText() and not source.hasHtml() and not source.hasFormat(MIME_TREE):
        lines = lines_of_text(source.text())
        return lines if len(lines) > 1 else _as_typed(source.text())
    return lines_of_blocks(blocks_of(source).blocks)


def _as_typed(text: str) -> list[Pasted]:
    """Return the words of one line with the spaces around them."""
    words = clean_text(text.strip("\r\n"))
    return [(Innspillslag.PUNKT, 0, (Run(words),))] if words.strip() else []


def mime_of_lines(lines: Sequence[Pasted]) -> QMimeData:
    """Return lines for the clipboard, in all its forms."""
    from desktop.viewmodels.text.clipboard import mime_of  # noqa: PLC0415

    if len(lines) == 1:
        return mime_of(Tree((Paragraph(lines[0][2]),)))
    return mime_of(Tree(blocks_of_lines(lines)))
