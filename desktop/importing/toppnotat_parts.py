"""The parts of a toppnotat that are rows elsewhere: earlier vedtak, and the list of vedlegg."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.richtext.grid import column_count, placed_cells
from desktop.richtext.plain import is_empty, plain_text
from desktop.richtext.tree import Block, Cell, Figure, Heading, Table, Tree
from desktop.richtext.validate import canonical

_LONGEST_LINE: Final = 300
_HEADINGS: Final[Mapping[str, str]] = {
    "sak": "sak",
    "saksnummer": "sak",
    "saksnr": "sak",
    "møte": "sak",
    "råd": "sak",
    "utvalg": "sak",
    "tema": "tema",
    "tittel": "tema",
    "sakstittel": "tema",
    "vedtak": "formulering",
    "vedtaksformulering": "formulering",
    "vedtakstekst": "formulering",
    "formulering": "formulering",
}
_BY_PLACE: Final[Mapping[int, tuple[str, ...]]] = {
    2: ("sak", "formulering"),
    3: ("sak", "tema", "formulering"),
}


@dataclass(frozen=True, slots=True)
class ReadVedtak:
    """A row of the table of earlier vedtak."""

    sak: str
    tema: str
    formulering: Tree


def earlier_vedtak(
    blocks: Iterable[Block],
) -> tuple[tuple[ReadVedtak, ...], tuple[Block, ...]]:
    """Return the rows of the tables that are of earlier vedtak, and the other blocks."""
    found: list[ReadVedtak] = []
    left: list[Block] = []
    for block in blocks:
        rows = _rows(block) if isinstance(block, Table) else None
        if rows is None:
            left.append(block)
        else:
            found += rows
    return tuple(found), tuple(left)


def _rows(table: Table) -> list[ReadVedtak] | None:
    columns = column_count(table)
    lines: list[dict[int, Cell]] = [{} for _row in table.rows]
    for row, column, cell in placed_cells(table):
        for below in range(row, row + cell.row_span):
            lines[below].setdefault(column, cell)
    named = _named(lines[0])
    places = named or _placed(columns)
    if places is None:
        return None
    rows = [_row(line, places) for line in lines[1 if named else table.header_rows :]]
    shown = [row for row in rows if row.sak or row.tema or not is_empty(row.formulering)]
    return shown if all(row.sak for row in shown) else None


def _named(line: Mapping[int, Cell]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for column, cell in line.items():
        name = _HEADINGS.get(_text(cell).casefold().rstrip(":"))
        if name:
            found.setdefault(name, column)
    return found if {"sak", "formulering"} <= found.keys() else None


def _placed(columns: int) -> dict[str, int] | None:
    names = _BY_PLACE.get(columns)
    return {name: place for place, name in enumerate(names)} if names else None


def _row(line: Mapping[int, Cell], places: Mapping[str, int]) -> ReadVedtak:
    def text(name: str) -> str:
        cell = line.get(places.get(name, -1))
        return _text(cell) if cell else ""

    cell = line.get(places["formulering"])
    tree = canonical(Tree(cell.blocks)) if cell else Tree()
    return ReadVedtak(text("sak"), text("tema"), Tree() if is_empty(tree) else tree)


def _text(cell: Cell) -> str:
    return " ".join(plain_text(Tree(cell.blocks)).split())


def attachment_lines(blocks: Sequence[Block]) -> tuple[str, ...] | None:
    """Return the lines of a list of vedlegg, or None where it is more than a list."""
    if any(isinstance(block, Table | Figure | Heading) for block in blocks):
        return None
    lines = [line.strip(" •\t") for line in plain_text(Tree(tuple(blocks))).split("\n")]
    shown = [line for line in lines if line]
    return None if any(len(line) > _LONGEST_LINE for line in shown) else tuple(shown)
