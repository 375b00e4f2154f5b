"""What happens while one types: plain insertion, quotes, dashes and lists that set themselves."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.richtext.tree import ListKind, NumberFormat, Run
from desktop.viewmodels.text.edits import Edit, replace_before
from desktop.viewmodels.text.lines import BREAK, OBJECT, Entry
from desktop.viewmodels.text.lists import toggle_list
from desktop.viewmodels.text.read import Reader

_OPENS: Final = "([{«–-/" + BREAK
_BULLET: Final = re.compile(r"[-*•] ")
_NUMBER: Final = re.compile(r"(1|a)([.)]) ")
_FORMATS: Final[dict[str, NumberFormat]] = {"1.": "1.", "1)": "1)", "a.": "a.", "a)": "a)"}


def text_before(cursor: QTextCursor) -> str:
    """Return the text of the line before the cursor."""
    text, place = cursor.block().text(), cursor.positionInBlock()
    if text.isascii():
        return text[:place]
    return text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "replace")


def splits_character(document: QTextDocument, position: int) -> bool:
    """Return whether a position is between the two UTF-16 units of one character."""
    return "\udc00" <= str(document.characterAt(position)) <= "\udfff"


def joins_plainly(cursor: QTextCursor, text: str, reader: Reader) -> bool:
    """Return whether text can be put in at the cursor without any other effect on the line."""
    if cursor.hasSelection() or OBJECT in text:
        return False
    block = cursor.block()
    if reader.shape(block)[0] == "phantom":
        return False
    if block.length() == 2 and reader.line(block).figure is not None:
        return False
    document, position = cursor.document(), cursor.position()
    if splits_character(document, position):
        return False
    before = "" if cursor.atBlockStart() else str(document.characterAt(position - 1))
    after = "" if cursor.atBlockEnd() else str(document.characterAt(position))
    if unicodedata.combining(text[0]) or (after and unicodedata.combining(after)):
        return False
    return unicodedata.is_normalized("NFC", before + text + after)


def leaves_plainly(selected: QTextCursor) -> bool:
    """Return whether a stretch of a line can be deleted without any other effect on the line."""
    block, document = selected.block(), selected.document()
    start, end = selected.selectionStart(), selected.selectionEnd()
    if splits_character(document, start) or splits_character(document, end):
        return False
    before = str(document.characterAt(start - 1)) if start > block.position() else ""
    at_end = end >= block.position() + block.length() - 1
    after = "" if at_end else str(document.characterAt(end))
    if after and unicodedata.combining(after):
        return False
    return unicodedata.is_normalized("NFC", before + after)


def automatic(cursor: QTextCursor, typed: str, reader: Reader, *, lists: bool) -> Edit | None:
    """Return the edit that follows by itself on a typed character."""
    before = text_before(cursor)
    if typed == '"':
        opening = len(before) < 2 or before[-2].isspace() or before[-2] in _OPENS
        return replace_before(1, [Run("«" if opening else "»")])
    if typed != " ":
        return None
    if before.endswith(" - ") and before.strip(" -"):
        return replace_before(2, [Run("– ")])
    kind, _block_id, level = reader.shape(cursor.block())
    if lists and kind == "normal" and not level and cursor.block().textList() is None:
        return _automatic_list(before)
    return None


def _automatic_list(before: str) -> Edit | None:
    if _BULLET.fullmatch(before):
        return _list_instead(len(before), "bullet", "1.")
    number = _NUMBER.fullmatch(before)
    if number:
        return _list_instead(len(before), "number", _FORMATS[number[1] + number[2]])
    return None


def _list_instead(count: int, kind: ListKind, number_format: NumberFormat) -> Edit:
    def edit(entries: list[Entry]) -> list[Entry] | None:
        bare = replace_before(count, [])(entries)
        return None if bare is None else toggle_list(kind, number_format)(bare)

    return edit
