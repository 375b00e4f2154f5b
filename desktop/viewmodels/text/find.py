"""Finding words in the text that an editor shows, and putting others in their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.richtext.tree import Run
from desktop.viewmodels.text.carriers import line_shape, piece_of
from desktop.viewmodels.text.change import Edit
from desktop.viewmodels.text.edits import erase, insert_pieces
from desktop.viewmodels.text.lines import (
    BREAK,
    OBJECT,
    Caret,
    Entry,
    Line,
    Piece,
    line_text,
    split_pieces,
    u16,
)

_SPACES = "[ \u00a0\u202f\u2028]"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. A space stands for a no-break space and a line break as well."""

    text: str
    case: bool = False
    words: bool = False

    def pattern(self) -> re.Pattern[str] | None:
        """Return the pattern; None where nothing is looked for."""
        if not self.text:
            return None
        inside = "".join(_SPACES if one.isspace() else re.escape(one) for one in self.text)
        if self.words:
            inside = rf"(?<!\w){inside}(?!\w)"
        return re.compile(inside, 0 if self.case else re.IGNORECASE)


class Match(NamedTuple):
    """Where something was found: positions in the document, in UTF-16 units."""

    start: int
    end: int


def matches(document: QTextDocument, query: Query) -> list[Match]:
    """Return where a text stands in a document, in reading order; inside paragraphs alone."""
    pattern = query.pattern()
    return [] if pattern is None else list(_matches(document, pattern))


def _matches(document: QTextDocument, pattern: re.Pattern[str]) -> Iterator[Match]:
    block = document.begin()
    while block.isValid():
        text = block.text()
        for found in pattern.finditer(text):
            start, end = u16(text[: found.start()]), u16(text[: found.end()])
            yield Match(block.position() + start, block.position() + end)
        block = block.next()


def place_of(document: QTextDocument, ids: Container[str]) -> int | None:
    """Return where the first of some blocks begins in a document; None where none is there."""
    block = document.begin()
    while block.isValid():
        if line_shape(block.blockFormat())[1] in ids:
            return block.position()
        block = block.next()
    return None


def replacing_selection(cursor: QTextCursor, text: str) -> Edit:
    """Return the edit that puts a text in place of the selection, in the look it begins with."""
    if not text:
        return erase
    first = QTextCursor(cursor)
    first.setPosition(cursor.selectionStart() + 1)
    look = piece_of(first.charFormat())
    return insert_pieces([_in_look(look, text)])


def replacing_all(query: Query, text: str) -> Edit:
    """Return the edit that puts a text in place of everything that is found."""
    pattern = query.pattern()

    def edit(entries: list[Entry]) -> list[Entry] | None:
        if pattern is None:
            return None
        edited = [_replaced(entry, pattern, text) for entry in entries]
        return None if edited == entries else edited

    return edit


def replace_plainly(document: QTextDocument, query: Query, text: str) -> bool:
    """Put a text in place of everything that is found, where that changes nothing else.

    One step of undo, written hit by hit, which costs a fraction of `replacing_all`. False, and
    nothing is done, where a line would have to be mended.
    """
    pattern = query.pattern()
    if pattern is None or not text or OBJECT in text or unicodedata.combining(text[0]):
        return False
    block = document.begin()
    while block.isValid():
        said = block.text()
        if not all(_stands_alone(said, found, text) for found in pattern.finditer(said)):
            return False
        block = block.next()
    cursor, found = QTextCursor(document), matches(document, query)
    cursor.beginEditBlock()
    try:
        for start, end in reversed(found):
            cursor.setPosition(start + 1)
            look = cursor.charFormat()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(text, look)
    finally:
        cursor.endEditBlock()
    return bool(found)


def _stands_alone(said: str, found: re.Match[str], text: str) -> bool:
    """Return whether a hit is plain text whose neighbours do not melt into what takes its place."""
    before, after = said[: found.start()][-1:], said[found.end() :][:1]
    if OBJECT in found[0] or BREAK in found[0] or (after and unicodedata.combining(after)):
        return False
    return unicodedata.is_normalized("NFC", before + text + after)


def _replaced(entry: Entry, pattern: re.Pattern[str], text: str) -> Entry:
    if isinstance(entry, Line):
        return _replaced_line(entry, pattern, text)
    rows = tuple(
        tuple(
            replace(cell, lines=tuple(_replaced_line(line, pattern, text) for line in cell.lines))
            for cell in row
        )
        for row in entry.rows
    )
    return replace(entry, rows=rows)


def _replaced_line(line: Line, pattern: re.Pattern[str], text: str) -> Line:
    said = line_text(line.pieces)
    pieces = line.pieces
    for found in reversed(list(pattern.finditer(said))):
        start, length = u16(said[: found.start()]), u16(found[0])
        before, rest = split_pieces(pieces, start)
        gone, after = split_pieces(rest, length)
        look = next((piece for piece in gone if isinstance(piece, Run)), Run(""))
        put = (_in_look(look, text),) if text else ()
        carets = tuple(piece for piece in gone if isinstance(piece, Caret))
        pieces = (*before, *put, *carets, *after)
    return replace(line, pieces=pieces)


def _in_look(look: Piece, text: str) -> Run:
    return replace(look, text=text) if isinstance(look, Run) else Run(text)
