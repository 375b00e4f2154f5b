"""Finding words in the text that an editor shows, and putting others in their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from desktop.richtext.tree import Footnote, LineBreak, Run
from desktop.richtext.validate import canonical_note
from desktop.viewmodels.text.carriers import char_format, line_shape, piece_of
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
from desktop.viewmodels.text.shapes import set_note

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


class InNote(NamedTuple):
    """A place in the text of a footnote: its number from 1, and positions in UTF-16 units."""

    note: Footnote
    number: int
    start: int
    end: int

    def text(self) -> str:
        """Return the text of the footnote on one line; the positions speak of it."""
        return line_text(self.note.content).replace(BREAK, " ")


class Match(NamedTuple):
    """Where something was found: positions in the document, in UTF-16 units.

    What was found in a footnote stands where its mark stands.
    """

    start: int
    end: int
    inside: InNote | None = None


def matches(document: QTextDocument, query: Query) -> list[Match]:
    """Return where a text stands in a document, in reading order.

    What is found stands inside one paragraph or inside one footnote.
    """
    pattern = query.pattern()
    return [] if pattern is None else list(_matches(document, pattern))


def _matches(document: QTextDocument, pattern: re.Pattern[str]) -> Iterator[Match]:
    number = 0
    block = document.begin()
    while block.isValid():
        text, begin = block.text(), block.position()
        found = [Match(begin + start, begin + end) for start, end in _spans(pattern, text)]
        if OBJECT in text:
            for place, note in _notes(block):
                number += 1
                said = line_text(note.content)
                found += [
                    Match(place, place + 1, InNote(note, number, start, end))
                    for start, end in _spans(pattern, said)
                ]
            found.sort(key=lambda one: one.start)
        yield from found
        block = block.next()


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(text):
        yield u16(text[: found.start()]), u16(text[: found.end()])


def _notes(block: QTextBlock) -> Iterator[tuple[int, Footnote]]:
    """Yield the footnotes of a line with the places of their marks."""
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        note = piece_of(fragment.charFormat())
        if isinstance(note, Footnote):
            for offset in range(fragment.length()):
                yield fragment.position() + offset, note
        place += 1


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


def replacing_in_note(found: InNote, text: str) -> Edit:
    """Return the edit that puts a text in place of what was found in a selected footnote."""
    content = _put(found.note.content, found.start, found.end, text)
    return set_note(found.note.id, _content(content))


def replacing_all(query: Query, text: str) -> Edit:
    """Return the edit that puts a text in place of everything found, also in footnotes."""
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
    cursor = QTextCursor(document)
    places = {found.start: found for found in _matches(document, pattern)}
    cursor.beginEditBlock()
    try:
        for start, end, inside in reversed(places.values()):
            cursor.setPosition(start + 1)
            look = cursor.charFormat()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            if inside is None:
                cursor.insertText(text, look)
            else:
                cursor.setCharFormat(char_format(_replaced_note(inside.note, pattern, text)))
    finally:
        cursor.endEditBlock()
    return bool(places)


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
    pieces = _replaced_pieces(line.pieces, pattern, text)
    noted = tuple(
        _replaced_note(piece, pattern, text) if isinstance(piece, Footnote) else piece
        for piece in pieces
    )
    return replace(line, pieces=noted)


def _replaced_note(note: Footnote, pattern: re.Pattern[str], text: str) -> Footnote:
    """Return a footnote with a text in place of what is found in it; emptied it stays."""
    return replace(note, content=_content(_replaced_pieces(note.content, pattern, text)))


def _content(pieces: Iterable[Piece]) -> tuple[Run | LineBreak, ...]:
    return canonical_note(piece for piece in pieces if isinstance(piece, Run | LineBreak))


def _replaced_pieces(
    pieces: tuple[Piece, ...], pattern: re.Pattern[str], text: str
) -> tuple[Piece, ...]:
    for start, end in reversed(list(_spans(pattern, line_text(pieces)))):
        pieces = _put(pieces, start, end, text)
    return pieces


def _put(pieces: tuple[Piece, ...], start: int, end: int, text: str) -> tuple[Piece, ...]:
    """Return pieces with a text in place of a stretch, in the look that the stretch begins with."""
    before, rest = split_pieces(pieces, start)
    gone, after = split_pieces(rest, end - start)
    look = next((piece for piece in gone if isinstance(piece, Run)), Run(""))
    put = (_in_look(look, text),) if text else ()
    carets = tuple(piece for piece in gone if isinstance(piece, Caret))
    return (*before, *put, *carets, *after)


def _in_look(look: Piece, text: str) -> Run:
    return replace(look, text=text) if isinstance(look, Run) else Run(text)
