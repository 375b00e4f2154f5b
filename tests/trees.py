"""Hypothesis strategies for valid text trees, shared by the tests of every door of the tree.

`trees()` covers every construct of `desktop.richtext.tree`: nested lists with several blocks per
item, every number format, tables with merged cells and lists inside, figures, captions, footnotes,
links, line breaks, and text with emoji, no-break spaces, combining marks and double spaces.
"""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

from desktop.richtext.clean import clean_text
from desktop.richtext.grid import mend_grid
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Table,
    Tree,
)
from desktop.richtext.validate import canonical

_FRAGMENTS = [
    "Rådet", "drøftet saken", "e-helse", "sak 28/23", "kl. 10.00–16.00", "–", " ", "  ", " ",
    "Ærlig øl på ås", "14.\N{NO-BREAK SPACE}desember", "«sitat»", "& <b> \"x\" 'y' &amp;",
    "\\ * _ #", "§ 6", "1.", "a)", "{{x}}", "%20;", ",", ".", "日本", "שלום",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{STAFF OF AESCULAPIUS}\N{VARIATION SELECTOR-16}", "🇳🇴",
    "é", "x\N{COMBINING CARON}", "\N{COMBINING ACUTE ACCENT}",
]  # fmt: skip
_LINKS = [
    "https://www.ehelse.no/rad?a=1&copy=2",
    "http://eksempel.no/æ'ø",
    "mailto:post@eksempel.no",
    "#sak-28",
]
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def texts() -> st.SearchStrategy[str]:
    """Clean text without line breaks, at least one character."""
    return _TEXTS


@st.composite
def _drawn(draw: st.DrawFn, kind: str) -> Any:
    """Draw from the strategy of that kind; a name of its own keeps reprs short."""
    return draw(_STRATEGIES[kind])


_TEXTS = _drawn("text")
_FLAG = st.booleans()
_NUMBER_FORMATS = st.sampled_from(["1.", "1)", "a.", "a)"])
_STARTS = st.sampled_from([1, 1, 0, 2, 7, 30])
_LINK = st.one_of(st.none(), st.none(), st.sampled_from(_LINKS))
_RUNS = st.one_of(
    st.builds(Run, _TEXTS),
    st.builds(Run, _TEXTS, bold=_FLAG, italic=_FLAG, superscript=_FLAG, link=_LINK),
)
_BREAKS = st.just(LineBreak())
_NOTES = st.lists(st.one_of(_RUNS, _BREAKS), max_size=2).map(
    lambda content: Footnote("", tuple(content))
)
_INLINES = _drawn("inlines")

# Ids are left empty here: `trees` gives them.
_PLAIN = st.builds(Paragraph, _INLINES, id=st.just(""))
_CAPTIONS = st.builds(Paragraph, _INLINES, st.just("caption"), id=st.just(""))
_HEADINGS = st.builds(Heading, _INLINES, st.sampled_from([1, 2, 3]), id=st.just(""))
_FIGURES = st.builds(
    Figure,
    st.integers(0, 2**256 - 1).map("{:064x}".format),
    st.one_of(st.just(""), _TEXTS),
    st.one_of(st.none(), st.integers(1, 500)),
    id=st.just(""),
)


def _lists(depth: int) -> st.SearchStrategy[ListBlock]:
    block = st.one_of(_PLAIN, _CAPTIONS, _lists(depth - 1)) if depth > 1 else _PLAIN
    item = st.builds(
        lambda first, rest: ListItem((first, *rest)), _PLAIN, st.lists(block, max_size=2)
    )
    items = st.lists(item, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(ListBlock, items, id=st.just("")),
        st.builds(ListBlock, items, st.just("number"), _NUMBER_FORMATS, _STARTS, st.just("")),
    )


_LISTS = _drawn("list")
_CELL_BLOCKS = st.lists(
    st.one_of(_PLAIN, _PLAIN, _PLAIN, _HEADINGS, _LISTS, _FIGURES), min_size=1, max_size=2
).map(tuple)


def grids(
    blocks: st.SearchStrategy[tuple[Block, ...]] | None = None,
) -> st.SearchStrategy[list[list[Cell]]]:
    """Rows of cells whose spans need not fit."""
    span = st.sampled_from([1, 1, 1, 2, 3])
    content = st.just((Paragraph(id=""),)) if blocks is None else blocks
    cell = st.builds(Cell, content, span, span)
    return st.lists(st.lists(cell, max_size=3), min_size=1, max_size=3)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    rows = mend_grid(draw(_GRIDS)).rows
    columns = sum(cell.column_span for cell in rows[0].cells)
    weights = draw(st.lists(st.integers(1, 99), min_size=4, max_size=4))
    widths = tuple((weights * 8)[:columns]) if draw(_FLAG) else ()
    return Table(rows, draw(st.integers(0, len(rows))), widths, "")


_GRIDS = grids(_drawn("cell blocks")).filter(any)
_READABLE = st.lists(st.sampled_from(_FRAGMENTS), min_size=1, max_size=4).map("".join)
_STRATEGIES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.one_of(_READABLE, _READABLE, st.text(max_size=8)).map(clean_text).filter(bool),
    "inlines": st.lists(st.one_of(_RUNS, _RUNS, _RUNS, _BREAKS, _NOTES), max_size=4).map(tuple),
    "list": _lists(3),
    "cell blocks": _CELL_BLOCKS,
}
_BLOCKS = st.one_of(_PLAIN, _CAPTIONS, _HEADINGS, _LISTS, _tables(), _FIGURES)


@st.composite
def trees(draw: st.DrawFn, *, max_blocks: int = 4) -> Tree:
    """Valid canonical trees with up to `max_blocks` top blocks."""
    blocks = tuple(draw(st.lists(_BLOCKS, max_size=max_blocks)))
    source = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - ids for tests
    return canonical(Tree(blocks), new_id=lambda: "".join(source.choices(_ALPHABET, k=10)))
