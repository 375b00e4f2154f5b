"""How one text differs from another, to be read: what came is underlined, what went struck out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.richtext.diff import DiffEntry, diff, diff_as_text
from desktop.richtext.grid import column_count, placed_cells
from desktop.richtext.plain import list_marker
from desktop.richtext.tree import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Table,
    Tree,
)
from desktop.richtext.words import Span, SpanKind
from desktop.views.theme import current_colours
from desktop.views.words import _

if TYPE_CHECKING:
    from desktop.richtext.diff import EntryKind

_WIDEST_MARKER: Final = "00. "
_HEADING_SIZES: Final = {1: 1.25, 2: 1.12, 3: 1.04}
_WHOLE: Final[dict[EntryKind, SpanKind]] = {"added": "insert", "removed": "delete"}


class DiffView(QTextEdit):
    """Shows the difference between two texts. Read-only; what is copied from it is plain text."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setAccessibleName(name)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self._shown: tuple[Tree, Tree] = (Tree(), Tree())

    def show_diff(self, old: Tree, new: Tree) -> None:
        """Show how the new text differs from the old."""
        self._shown = (old, new)
        found = diff(old, new)
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(14)
        _Writer(document).write(found.entries)
        self.setDocument(document)
        said = diff_as_text(found) or _("Tekstene er like.")
        self.setAccessibleDescription(said)

    def show_text(self, tree: Tree) -> None:
        """Show a text in which nothing has changed."""
        self.show_diff(tree, tree)

    def restyle(self) -> None:
        """Draw again in the colours that are in use now."""
        place = self.verticalScrollBar().value()
        self.show_diff(*self._shown)
        self.verticalScrollBar().setValue(place)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Copy plain text: Qt's HTML of a selected table can abort the process."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data


class _Writer:
    """Writes the entries of a diff into a document, block by block."""

    def __init__(self, document: QTextDocument) -> None:
        colours = current_colours()
        self._cursor = QTextCursor(document)
        self._first = True
        self._size = document.defaultFont().pointSizeF()
        self._indent = QFontMetricsF(document.defaultFont()).horizontalAdvance(_WIDEST_MARKER)
        self._quiet = QTextCharFormat()
        self._quiet.setForeground(QColor(colours.quiet))
        self._quiet.setFontItalic(True)
        inserted, deleted = QTextCharFormat(), QTextCharFormat()
        inserted.setForeground(QColor(colours.good))
        inserted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        deleted.setForeground(QColor(colours.error))
        deleted.setFontStrikeOut(True)
        self._looks = {"equal": QTextCharFormat(), "insert": inserted, "delete": deleted}
        self._line = QColor(colours.line)

    def write(self, entries: Iterable[DiffEntry]) -> None:
        self._cursor.beginEditBlock()
        self._entries(entries, 0)
        self._cursor.endEditBlock()

    def _entries(self, entries: Iterable[DiffEntry], depth: int) -> None:
        for entry in entries:
            self._entry(entry, depth, "")

    def _entry(self, entry: DiffEntry, depth: int, marker: str) -> None:
        block = entry.new or entry.old
        kind = _WHOLE.get(entry.kind)
        if isinstance(block, ListBlock):
            self._list(entry, block, depth, kind)
        elif isinstance(block, Table):
            self._table(entry, block, depth, kind)
        elif block is not None:
            self._leaf(entry, block, depth, marker)

    def _leaf(self, entry: DiffEntry, block: Block, depth: int, marker: str) -> None:
        self._start(block, depth, marker)
        look = self._looks[_WHOLE.get(entry.kind, "equal")]
        if marker:
            self._cursor.insertText(f"{marker}\t", self._with(look, block))
        if isinstance(block, Figure):
            self._cursor.insertText(_("[Figur] "), self._with(look, block))
        for span in entry.spans:
            self._span(span, block)
        notes = self._notes(entry)
        if notes:
            self._cursor.insertText(f"  ({notes})", self._quiet)

    def _notes(self, entry: DiffEntry) -> str:
        notes = []
        if entry.kind == "moved":
            notes.append(_("flyttet"))
        if entry.only_look:
            notes.append(_("bare utseendet er endret"))
        return ", ".join(notes)

    def _span(self, span: Span, block: Block) -> None:
        text = span.text.replace("\n", "\u2028")
        self._cursor.insertText(text, self._with(self._looks[span.kind], block))

    def _with(self, look: QTextCharFormat, block: Block) -> QTextCharFormat:
        if not isinstance(block, Heading):
            return look
        made = QTextCharFormat(look)
        made.setFontWeight(QFont.Weight.DemiBold)
        made.setFontPointSize(self._size * _HEADING_SIZES[block.level])
        return made

    def _start(self, block: Block, depth: int, marker: str) -> None:
        """Begin a paragraph; the document and every cell has one to begin with."""
        shape = QTextBlockFormat()
        shape.setBottomMargin(6)
        shape.setTopMargin(10 if isinstance(block, Heading) and not self._first else 0)
        if depth:
            shape.setLeftMargin(self._indent * depth)
            shape.setTextIndent(-self._indent if marker else 0)
            shape.setTabPositions([QTextOption.Tab(self._indent, QTextOption.TabType.LeftTab)])
        if self._first:
            self._first = False
            self._cursor.setBlockFormat(shape)
        else:
            self._cursor.insertBlock(shape, QTextCharFormat())

    # Lists

    def _list(self, entry: DiffEntry, block: ListBlock, depth: int, kind: SpanKind | None) -> None:
        if entry.children:
            self._changed_list(entry, block, depth)
            return
        for index, item in enumerate(block.items):
            self._item(_whole(item.blocks, kind), depth, list_marker(block, index))

    def _changed_list(self, entry: DiffEntry, block: ListBlock, depth: int) -> None:
        place: tuple[int, ...] | None = None
        for child in entry.children:
            begins = child.place != place or child.kind == "removed"
            number = child.place[0] - 1 if child.place else 0
            marker = list_marker(block, number) if begins else ""
            place = None if child.kind == "removed" else child.place
            self._entry(child, depth + 1, marker)

    def _item(self, entries: Sequence[DiffEntry], depth: int, marker: str) -> None:
        for index, entry in enumerate(entries):
            self._entry(entry, depth + 1, marker if index == 0 else "")

    # Tables

    def _table(self, entry: DiffEntry, block: Table, depth: int, kind: SpanKind | None) -> None:
        columns = column_count(block)
        if not columns:
            return
        cells, loose = _cells(entry, block, kind)
        shape = QTextTableFormat()
        shape.setBorder(1)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(self._line)
        shape.setBorderCollapse(True)
        shape.setCellPadding(5)
        shape.setTopMargin(4)
        shape.setBottomMargin(8)
        shape.setLeftMargin(self._indent * depth)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = self._cursor.insertTable(len(block.rows), columns, shape)
        for (row, column), entries in cells.items():
            self._cursor = table.cellAt(row, column).firstCursorPosition()
            self._first = True
            self._entries(entries, 0)
        after = table.lastCursorPosition()
        after.movePosition(QTextCursor.MoveOperation.NextBlock)
        self._cursor = after
        self._first = True
        self._entries(loose, depth)


def _whole(blocks: Iterable[Block], kind: SpanKind | None) -> list[DiffEntry]:
    """Return blocks as entries that are all equal, inserted or deleted."""
    tree = Tree(tuple(blocks))
    if kind == "insert":
        return list(diff(Tree(), tree).entries)
    if kind == "delete":
        return list(diff(tree, Tree()).entries)
    return list(diff(tree, tree).entries)


def _cells(
    entry: DiffEntry, table: Table, kind: SpanKind | None
) -> tuple[dict[tuple[int, int], list[DiffEntry]], list[DiffEntry]]:
    """Return the entries of every cell by row and grid column, and those without a place."""
    places: dict[tuple[int, ...], tuple[int, int]] = {}
    numbers: dict[int, int] = {}
    cells: dict[tuple[int, int], list[DiffEntry]] = {}
    for row, column, cell in placed_cells(table):
        numbers[row] = numbers.get(row, 0) + 1
        places[row + 1, numbers[row]] = (row, column)
        cells[row, column] = [] if entry.children else _whole(cell.blocks, kind)
    loose: list[DiffEntry] = []
    for child in entry.children:
        place = places.get(child.place)
        (loose if place is None else cells[place]).append(child)
    return cells, loose
