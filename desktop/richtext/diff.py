"""What changed between two texts, block by block and word by word, for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from desktop.richtext.match import match_blocks, signature
from desktop.richtext.plain import block_text, plain_text
from desktop.richtext.tree import Block, ListBlock, Table, Tree, child_blocks
from desktop.richtext.words import Span, SpanKind, diff_words

EntryKind = Literal["equal", "changed", "added", "removed", "moved"]
Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DiffEntry:
    """One block of either text.

    Attributes:
        kind: What became of the block. A moved one may have changed as well.
        old: The block before, None when it was added.
        new: The block after, None when it was removed.
        spans: The words of a paragraph, heading or figure: equal and deleted spans make
            `block_text(old)`, equal and inserted spans make `block_text(new)`. Empty for lists
            and tables.
        children: The entries of the blocks inside a list or table that is in both texts and has
            changed.
        place: Where in its list (item) or table (row, cell of the row) the block stands, counted
            from 1, in the new text where it is there. Empty at the top.
    """

    kind: EntryKind
    old: Block | None
    new: Block | None
    spans: tuple[Span, ...] = ()
    children: tuple[DiffEntry, ...] = ()
    place: Place = ()

    @property
    def only_look(self) -> bool:
        """Whether a changed block has kept its text: its look, level or numbering changed."""
        return (
            self.kind == "changed"
            and all(span.kind == "equal" for span in self.spans)
            and all(child.kind == "equal" or child.only_look for child in self.children)
        )


@dataclass(frozen=True, slots=True)
class TreeDiff:
    """The entries of a whole text, in the order of the new text with removed blocks in between."""

    entries: tuple[DiffEntry, ...]

    def __bool__(self) -> bool:
        return any(entry.kind != "equal" for entry in self.entries)


def diff(old: Tree, new: Tree) -> TreeDiff:
    """Return how the new text differs from the old; a diff without changes is false.

    Blocks belong together when they have the same id, else when they are equal but for their ids,
    else when they stand in the same stretch and share at least half their words.
    """
    return TreeDiff(tuple(_entries(_top(old), _top(new))))


@dataclass(frozen=True, slots=True)
class _Side:
    blocks: Sequence[Block]
    places: Sequence[Place]


def _top(tree: Tree) -> _Side:
    return _Side(tree.blocks, [()] * len(tree.blocks))


def _inside(block: Block) -> _Side:
    return _Side(child_blocks(block), tuple(_places(block)))


def _places(block: Block) -> Iterator[Place]:
    """Yield the place of every child block, in the order of `child_blocks`."""
    if isinstance(block, ListBlock):
        for number, item in enumerate(block.items, 1):
            yield from [(number,)] * len(item.blocks)
    elif isinstance(block, Table):
        for row_number, row in enumerate(block.rows, 1):
            for cell_number, cell in enumerate(row.cells, 1):
                yield from [(row_number, cell_number)] * len(cell.blocks)


def _entries(old: _Side, new: _Side) -> Iterator[DiffEntry]:
    """Yield stretch by stretch what is gone, what is new or has come here, and what stayed."""
    matches = match_blocks(old.blocks, new.blocks)
    old_start = new_start = 0
    for old_end, new_end in [*matches.in_place, (len(old.blocks), len(new.blocks))]:
        for index in range(old_start, old_end):
            if index not in matches.new_of_old:
                yield _single("removed", old.blocks[index], old.places[index])
        for index in range(new_start, new_end):
            origin = matches.old_of_new.get(index)
            if origin is None:
                yield _single("added", new.blocks[index], new.places[index])
            else:
                yield _pair(old.blocks[origin], new.blocks[index], new.places[index], moved=True)
        if new_end < len(new.blocks):
            yield _pair(old.blocks[old_end], new.blocks[new_end], new.places[new_end])
        old_start, new_start = old_end + 1, new_end + 1


def _single(kind: Literal["added", "removed"], block: Block, place: Place) -> DiffEntry:
    span_kind: SpanKind = "insert" if kind == "added" else "delete"
    text = block_text(block)
    spans = (Span(span_kind, text),) if text else ()
    old, new = (None, block) if kind == "added" else (block, None)
    return DiffEntry(kind, old, new, spans, place=place)


def _pair(old: Block, new: Block, place: Place, *, moved: bool = False) -> DiffEntry:
    spans = diff_words(block_text(old), block_text(new))
    if old == new or signature(old) == signature(new):
        return DiffEntry("moved" if moved else "equal", old, new, spans, place=place)
    children = tuple(_entries(_inside(old), _inside(new)))
    return DiffEntry("moved" if moved else "changed", old, new, spans, children, place)


_MARKS: Final[dict[SpanKind, tuple[str, str]]] = {
    "equal": ("", ""),
    "delete": ("[-", "-]"),
    "insert": ("{+", "+}"),
}


_WITHOUT_TEXT: Final[dict[EntryKind, str]] = {
    "added": "lagt til uten tekst",
    "removed": "fjernet uten tekst",
}


def diff_as_text(diff: TreeDiff) -> str:
    """Return the changes as lines for the command line: `[-slettet-]`, `{+satt inn+}`.

    Unchanged blocks are shortened to "…"; a diff without changes is the empty text.
    """
    return "\n".join(_lines(diff.entries)) if diff else ""


def _lines(entries: Iterable[DiffEntry]) -> Iterator[str]:
    skipped = False
    for entry in entries:
        if entry.kind != "equal":
            yield from _entry_lines(entry)
        elif not skipped:
            yield "…"
        skipped = entry.kind == "equal"


def _entry_lines(entry: DiffEntry) -> Iterator[str]:
    block = entry.new or entry.old
    if not isinstance(block, ListBlock | Table):
        yield _label(entry) + "".join(_marked(span.kind, span.text) for span in entry.spans)
        return
    added_or_removed = entry.kind in {"added", "removed"}
    label = _place(entry.place) if added_or_removed else _label(entry)
    yield f"{label}{'Liste' if isinstance(block, ListBlock) else 'Tabell'}:"
    if added_or_removed:
        kind: SpanKind = "insert" if entry.kind == "added" else "delete"
        inner: Iterable[str] = (
            _marked(kind, line) for line in plain_text(Tree((block,))).split("\n")
        )
    else:
        inner = _lines(entry.children)
    yield from (f"  {line}" for line in inner)


def _label(entry: DiffEntry) -> str:
    notes = []
    if entry.kind == "moved":
        notes.append("flyttet")
    if entry.kind in _WITHOUT_TEXT and not entry.spans:
        notes.append(_WITHOUT_TEXT[entry.kind])
    if entry.only_look and all(child.kind == "equal" for child in entry.children):
        notes.append("bare utseendet er endret")
    return _place(entry.place, *notes)


def _place(place: Place, *notes: str) -> str:
    names = ("punkt",) if len(place) == 1 else ("rad", "celle")
    where = [f"{name} {number}" for name, number in zip(names, place, strict=False)]
    return f"({', '.join([*where, *notes])}) " if place or notes else ""


def _marked(kind: SpanKind, text: str) -> str:
    start, end = _MARKS[kind]
    return f"{start}{text}{end}"
