"""A toppnotat written in Word: its sections by their headings, its head, and what is left over.

Whatever can not be placed is `unplaced`, never lost. What begins a section is a heading that says
so (in either language, with the usual variants), a heading at the same level (a section with a
heading of its own), or, where no heading styles are used, a paragraph that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.documents.blank import without_blanks
from desktop.i18n.catalogue import words
from desktop.i18n.terms import IKKE_UTFYLT
from desktop.importing.docx import read_docx
from desktop.importing.docx_errors import DocxError
from desktop.importing.docx_flow import Facts, ReadBlock
from desktop.importing.docx_remarks import Remark, clipped
from desktop.importing.toppnotat_head import ReadHead, read_head
from desktop.importing.toppnotat_headings import Known, heading_text, known_heading, recognise
from desktop.importing.toppnotat_parts import ReadVedtak, attachment_lines, earlier_vedtak
from desktop.importing.toppnotat_run_in import run_in
from desktop.richtext.plain import inline_text, plain_text
from desktop.richtext.tree import (
    Block,
    Heading,
    HeadingLevel,
    Inline,
    LineBreak,
    Paragraph,
    Run,
    Tree,
)
from desktop.richtext.validate import canonical, canonical_inlines
from desktop.rules.entity_kinds import Seksjonslag

_LONGEST_HEADING: Final = 90
_LEVELS: Final[Mapping[int, HeadingLevel]] = {1: 1, 2: 2}
_NOT_FILLED: Final = frozenset(words(maalform)(IKKE_UTFYLT) for maalform in ("nb", "nn"))
_ONLY_WORDS: Final = frozenset({"toppnotat", "notat", "saksframlegg", "saksfremlegg", "møtesak"})
_PROVISIONAL_STYLE: Final = "foreløpig"


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section as the file has it; `overskrift` is the heading as it is written there."""

    slag: Seksjonslag
    overskrift: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A toppnotat that was read from a Word file.

    Attributes:
        sections: Those with text of their own, in the order of the file.
        head: What the head says: the lines of til, dato, saksnummer, type, fra, saksbehandler,
            tittel, as far as they are there.
        unplaced: What belongs to none of these.
        images: The bytes of the figures, by SHA-256.
        remarks: What was left out or changed.
        earlier: The rows of the table of earlier vedtak.
        attachments: The lines of the list of vedlegg.
        identity: What the file says it is; see `docx_package.DocxPackage`.
    """

    sections: tuple[ReadSection, ...] = ()
    head: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unplaced: Tree = Tree()  # noqa: RUF009  (immutable)
    images: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    earlier: tuple[ReadVedtak, ...] = ()
    attachments: tuple[str, ...] = ()
    identity: Mapping[str, str] = field(default_factory=dict)


def read_toppnotat(data: bytes) -> ReadNote:
    """Return the toppnotat that a Word file holds.

    Raises:
        DocxError: the file is refused; nothing of it is used.
    """
    document = read_docx(data, is_heading=lambda text: known_heading(text) is not None)
    head = read_head(document.blocks, lambda text: known_heading(text) is not None)
    sorting = _Sorting(head)
    sorting.run(head.rest)
    note = sorting.note(document.images, document.remarks, document.identity)
    if not (note.sections or note.unplaced or note.earlier or note.attachments or note.head):
        raise DocxError("empty")
    return note


@dataclass(slots=True)
class _Section:
    slag: Seksjonslag
    heading: str
    level: int
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    known: Known | None
    rest: tuple[Inline, ...] = ()


class _Sorting:
    """Puts every block where it belongs."""

    def __init__(self, head: ReadHead) -> None:
        self._head = dict(head.facts)
        self._unplaced: list[Block] = []
        self._sections: list[_Section] = []
        self._remarks: list[Remark] = []
        self._current: _Section | None = None
        self._top = 1
        self._styled: set[Seksjonslag] = set()
        self._has_styles = False
        for one in head.sections:
            self._open(one.slag, one.heading, 1)
            self._add(*one.blocks)
            self._current = None

    def run(self, blocks: tuple[ReadBlock, ...]) -> None:
        self._look_through(blocks)
        for index, one in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            self._take(one, following)

    def _look_through(self, blocks: tuple[ReadBlock, ...]) -> None:
        """Find out which levels headings have, and which sections have a real heading."""
        levels, known_levels = [], []
        for one in blocks:
            text = _text_of(one.block)
            known = recognise(one.facts, text) if text else None
            if isinstance(one.block, Heading):
                self._has_styles = True
                levels.append(_level_of(one))
            if known and (isinstance(one.block, Heading) or known.marked):
                self._styled.add(known.slag)
                known_levels.append(_level_of(one))
        self._top = min(known_levels or levels[1:] or levels, default=1)

    def _take(self, one: ReadBlock, following: ReadBlock | None) -> None:
        if one.facts.style == _PROVISIONAL_STYLE:
            return
        heading = self._heading(one)
        if heading is not None:
            self._take_heading(one, heading, following)
        elif one.facts.title and "tittel" not in self._head:
            self._set_title(_text_of(one.block))
        elif not self._take_run_in(one):
            self._add(self._subheading(one) or one.block)

    def _heading(self, one: ReadBlock) -> _Heading | None:
        """Return the heading that a block is, or None."""
        block = one.block
        if not isinstance(block, Heading | Paragraph):
            return None
        first, rest = _split_line(block.inlines)
        text = inline_text(inline for inline in first if isinstance(inline, Run)).strip()
        known = recognise(one.facts, text) if 0 < len(text) <= _LONGEST_HEADING else None
        if known is not None and known.marked:
            return _Heading(_level_of(one, self._top), text, known, rest)
        if isinstance(block, Heading):
            whole = inline_text(block.inlines).replace("\n", " ").strip()
            return _Heading(_level_of(one), whole, recognise(one.facts, whole))
        if known is not None and not rest and self._stands_as_heading(known, one.facts, text):
            return _Heading(self._top, text, known)
        return None

    def _stands_as_heading(self, known: Known, facts: Facts, text: str) -> bool:
        """Return whether a paragraph that says what a heading says is one."""
        if known.slag in self._styled and not (facts.bold and not self._has(known.slag)):
            return False
        return known.strong or facts.bold or text.endswith(":") or not self._has_styles

    def _has(self, slag: Seksjonslag) -> bool:
        return any(section.slag is slag for section in self._sections)

    def _take_heading(self, one: ReadBlock, heading: _Heading, following: ReadBlock | None) -> None:
        current, known = self._current, heading.known
        outer = current is None or heading.level <= current.level
        if known is not None and (known.strong or outer):
            self._open_known(known.slag, heading)
        elif current is not None and not outer:
            self._add(_lowered(one.block, heading.level - current.level))
        elif self._is_title(heading, following):
            self._set_title(heading.text)
        elif current is None and heading.level > self._top:
            self._add(one.block)
        else:
            self._open(Seksjonslag.EGEN, heading_text(heading.text), heading.level)

    def _is_title(self, heading: _Heading, following: ReadBlock | None) -> bool:
        """Return whether a heading before all sections is the title of the note."""
        if self._sections or "tittel" in self._head:
            return False
        deeper = (
            following is not None
            and isinstance(following.block, Heading)
            and _level_of(following) > heading.level
        )
        return heading.level < self._top or deeper

    def _open_known(self, slag: Seksjonslag, heading: _Heading) -> None:
        text = heading_text(heading.text)
        if slag is not Seksjonslag.EGEN and self._has(slag):
            self._remarks.append(Remark("duplicate_section", {"text": clipped(text)}))
            slag = Seksjonslag.EGEN
        self._open(slag, text, heading.level)
        if heading.rest:
            self._add(Paragraph(heading.rest))

    def _open(self, slag: Seksjonslag, text: str, level: int) -> None:
        self._current = _Section(slag, text, level)
        self._sections.append(self._current)

    def _take_run_in(self, one: ReadBlock) -> bool:
        """Take a paragraph that begins with its heading: «Hensikt med saken: Rådet skal …»."""
        found = run_in(one.block) if isinstance(one.block, Paragraph) else None
        if found is None or found.known.slag in self._styled or self._has(found.known.slag):
            return False
        self._open(found.known.slag, heading_text(found.text), self._top)
        self._add(found.block)
        return True

    def _subheading(self, one: ReadBlock) -> Block | None:
        """Return the heading that a short bold paragraph is where no heading styles are used."""
        block = one.block
        if self._has_styles or self._current is None or not isinstance(block, Paragraph):
            return None
        text = inline_text(block.inlines)
        short = 0 < len(text.strip()) <= _LONGEST_HEADING and "\n" not in text
        if not (one.facts.bold and short) or text.rstrip().endswith((".", "!", "?")):
            return None
        if block.style != "normal" or not all(isinstance(part, Run) for part in block.inlines):
            return None
        runs = [replace(part, bold=False) for part in block.inlines if isinstance(part, Run)]
        return Heading(canonical_inlines(runs), 1)

    def _set_title(self, text: str) -> None:
        line = " ".join(text.split())
        if line.casefold() not in _ONLY_WORDS and line:
            self._head["tittel"] = (line,)

    def _add(self, *blocks: Block) -> None:
        where = self._unplaced if self._current is None else self._current.blocks
        where.extend(blocks)

    # The result

    def note(
        self,
        images: Mapping[str, bytes],
        remarks: tuple[Remark, ...],
        identity: Mapping[str, str],
    ) -> ReadNote:
        """Return what was sorted."""
        sections: list[ReadSection] = []
        earlier: list[ReadVedtak] = []
        attachments: list[str] = []
        for one in self._sections:
            slag = one.slag
            if slag is Seksjonslag.TIDLIGERE_VEDTAK:
                rows, left = earlier_vedtak(one.blocks)
                earlier += rows
                one.blocks = list(left)
                slag = Seksjonslag.EGEN
            elif slag is Seksjonslag.VEDLEGG:
                lines = attachment_lines(one.blocks)
                attachments += lines or ()
                one.blocks = [] if lines is not None else one.blocks
                slag = Seksjonslag.EGEN
            tree = _tree(one.blocks)
            if tree and plain_text(tree).strip() not in _NOT_FILLED:
                sections.append(ReadSection(slag, one.heading, tree))
        if attachments:
            text = clipped("; ".join(attachments), 1000)
            self._remarks.append(Remark("attachments", {"text": text}))
        return ReadNote(
            sections=tuple(sections),
            head=self._head,
            unplaced=_tree(self._unplaced),
            images=images,
            remarks=(*remarks, *self._remarks),
            earlier=tuple(earlier),
            attachments=tuple(attachments),
            identity=identity,
        )


def _tree(blocks: list[Block]) -> Tree:
    return canonical(without_blanks(canonical(Tree(tuple(blocks)))))


def _text_of(block: Block) -> str:
    return inline_text(block.inlines) if isinstance(block, Heading | Paragraph) else ""


def _level_of(one: ReadBlock, otherwise: int = 1) -> int:
    if one.facts.level:
        return one.facts.level
    return one.block.level if isinstance(one.block, Heading) else otherwise


def _split_line(inlines: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """Return the first line, and what follows its line break."""
    for index, inline in enumerate(inlines):
        if isinstance(inline, LineBreak):
            return inlines[:index], inlines[index + 1 :]
    return inlines, ()


def _lowered(block: Block, level: int) -> Block:
    if not isinstance(block, Heading):
        return block
    return replace(block, level=_LEVELS.get(max(level, 1), 3))
