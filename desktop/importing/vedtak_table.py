"""Tables of vedtak pasted from Excel, Word or a web page: the columns are found by their headings.

Without headings the cells are taken in the order of the council's own table: sak, tema, vedtak.
Cells that hold several lines, as Excel writes them in quotes, stay whole.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from desktop.richtext.clean import clean_lines, clean_text
from desktop.richtext.plain import block_text
from desktop.richtext.tree import Paragraph, Table, Tree, paragraph, walk

MOST_ROWS: Final = 2_000
FIELDS: Final = ("referanse", "tittel", "tekst", "dato", "organ", "sakstype")
_WITHOUT_HEADINGS: Final = ("referanse", "tittel", "tekst")
_HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("sak", "saksnummer", "saksnr", "sak nr", "saknr", "nr", "nummer", "referanse", "ref",
             "sak nummer"), "referanse"),
        **dict.fromkeys(
            ("tema", "tittel", "sakstittel", "saken", "emne", "overskrift", "navn"), "tittel"),
        **dict.fromkeys(
            ("vedtak", "vedtaksformulering", "formulering", "vedtakstekst", "vedtaket", "tekst",
             "beslutning", "avgjerd", "vedtekne", "konklusjon"), "tekst"),
        **dict.fromkeys(
            ("dato", "møtedato", "vedtaksdato", "vedtatt", "vedteke", "møte dato"), "dato"),
        **dict.fromkeys(("organ", "utvalg", "råd", "behandlet i", "behandla i", "møte i"), "organ"),
        **dict.fromkeys(("type", "sakstype", "sakstype/behandling"), "sakstype"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastedVedtak:
    """One row of a pasted table, as it reads; `linje` counts from 1, headings included."""

    linje: int
    referanse: str = ""
    tittel: str = ""
    tekst: str = ""
    dato: str = ""
    organ: str = ""
    sakstype: str = ""


@dataclass(frozen=True, slots=True)
class PastedTable:
    """A pasted table.

    `mangler` are the fields, of `FIELDS`, that no column holds; `ukjente` are headings that name no
    field. `avkortet` says that there were more rows than are taken.
    """

    rader: tuple[PastedVedtak, ...] = ()
    mangler: tuple[str, ...] = FIELDS
    ukjente: tuple[str, ...] = ()
    avkortet: bool = False


def read_vedtak_table(text: str, tree: Tree | None = None) -> PastedTable:
    """Return the vedtak of a pasted table; takes any text.

    Args:
        text: the table as plain text: cells parted by tabs, or by semicolons.
        tree: the same as it was read from the clipboard's HTML, if there was any. Its tables are
            taken before the text, since Word's text breaks a row where a cell has two paragraphs.
    """
    grid = _from_tree(tree) if tree is not None else []
    return _read(grid or _from_text(text))


def _from_tree(tree: Tree) -> list[list[str]]:
    return [
        ["\n".join(filter(None, map(block_text, cell.blocks))).strip() for cell in row.cells]
        for block in walk(tree.blocks)
        if isinstance(block, Table)
        for row in block.rows
    ]


def _from_text(text: str) -> list[list[str]]:
    source = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    mark = "\t" if "\t" in source else ";"
    if mark not in source:
        return [[line] for line in source.split("\n") if line.strip()]
    try:
        rows = list(csv.reader(io.StringIO(source), delimiter=mark))
    except csv.Error:
        rows = [line.split(mark) for line in source.split("\n")]
    return [row for row in rows if any(cell.strip() for cell in row)]


def _read(grid: Sequence[Sequence[str]]) -> PastedTable:
    if not grid:
        return PastedTable()
    columns = _columns(grid[0])
    first = 1 if columns else 0
    names = columns or _unheaded(grid)
    unknown = tuple(
        " ".join(cell.split())
        for cell, name in zip(grid[0], names, strict=False)
        if columns and name is None and cell.strip()
    )
    rows = [_row(number, cells, names) for number, cells in enumerate(grid, 1) if number > first]
    return PastedTable(
        tuple(rows[:MOST_ROWS]),
        tuple(field for field in FIELDS if field not in names),
        unknown,
        len(rows) > MOST_ROWS,
    )


def _columns(cells: Sequence[str]) -> list[str | None] | None:
    """Return what the columns are, if the first row is headings: two known, or the vedtak."""
    found: list[str | None] = []
    for cell in cells:
        heading = re.sub(r"[\s.:]+", " ", cell).strip().casefold()
        name = _HEADINGS.get(heading)
        found.append(None if name in found else name)
    known = {name for name in found if name}
    return found if len(known) > 1 or known == {"tekst"} else None


def _unheaded(grid: Sequence[Sequence[str]]) -> list[str | None]:
    width = max(len(cells) for cells in grid)
    if width == 1:
        return ["tekst"]
    names = _WITHOUT_HEADINGS if width > 2 else ("referanse", "tekst")
    return [*names, *[None] * (width - len(names))]


def _row(number: int, cells: Sequence[str], names: Sequence[str | None]) -> PastedVedtak:
    values = {
        name: _text(cell) if name == "tekst" else " ".join(clean_text(cell).split())
        for name, cell in zip(names, cells, strict=False)
        if name
    }
    return PastedVedtak(number, **values)


def _text(cell: str) -> str:
    return "\n".join(line.strip() for line in clean_lines(cell) if line.strip())


def tree_of_lines(text: str) -> Tree:
    """Return a tree with a paragraph per line."""
    lines: tuple[Paragraph, ...] = tuple(paragraph(line) for line in text.split("\n") if line)
    return Tree(lines)
