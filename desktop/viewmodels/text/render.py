"""From a text tree to a `QTextDocument`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCursor, QTextDocument

from desktop.richtext.tree import Block, Tree
from desktop.viewmodels.text.carriers import INDENT
from desktop.viewmodels.text.change import Changer
from desktop.viewmodels.text.edits import insert
from desktop.viewmodels.text.lines import Entry, entries_of
from desktop.viewmodels.text.mend import with_phantoms
from desktop.viewmodels.text.write import Writer


def render(tree: Tree, document: QTextDocument) -> list[Entry]:
    """Show a valid tree in a document; what it held, and what could be undone, goes.

    Returns the lines that the document then has.
    """
    entries = with_phantoms(entries_of(tree.blocks))
    document.setUndoRedoEnabled(False)
    document.clear()
    document.setIndentWidth(INDENT)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    Writer(document).append(entries)
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)
    document.setModified(False)
    return entries


def insert_blocks(cursor: QTextCursor, blocks: Sequence[Block]) -> None:
    """Insert blocks at a cursor, in place of its selection, as one step of undo.

    A single paragraph becomes part of the line; every block gets an id of its own.
    """
    Changer(cursor.document()).change(cursor, insert(blocks))
