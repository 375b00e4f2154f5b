"""From tree to plain data; `codec` describes the form."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    Run,
    Table,
)

Data = dict[str, object]


def encode_block(block: Block) -> Data:
    """Return the data of one block; fields that have their default are left out."""
    match block:
        case Paragraph():
            data: Data = {"type": "avsnitt", "id": block.id, "innhold": _inlines(block.inlines)}
            if block.style == "caption":
                data["stil"] = "bildetekst"
        case Heading():
            data = {"type": "overskrift", "id": block.id, "innhold": _inlines(block.inlines)}
            if block.level != 1:
                data["nivaa"] = block.level
        case ListBlock():
            data = _list(block)
        case Table():
            data = _table(block)
        case Figure():
            data = {"type": "figur", "id": block.id, "fil": block.file, "alt": block.alt_text}
            if block.width_mm is not None:
                data["bredde_mm"] = block.width_mm
    return data


def _list(block: ListBlock) -> Data:
    items = [{"blokker": [encode_block(child) for child in item.blocks]} for item in block.items]
    data: Data = {"type": "liste", "id": block.id, "punkter": items}
    if block.kind == "number":
        data["slag"] = "nummer"
    if block.number_format != "1.":
        data["format"] = block.number_format
    if block.start != 1:
        data["start"] = block.start
    return data


def _table(table: Table) -> Data:
    rows = [{"celler": [_cell(cell) for cell in row.cells]} for row in table.rows]
    data: Data = {"type": "tabell", "id": table.id, "rader": rows}
    if table.header_rows != 1:
        data["overskriftsrader"] = table.header_rows
    if table.column_widths:
        data["kolonnebredder"] = list(table.column_widths)
    return data


def _cell(cell: Cell) -> Data:
    data: Data = {"blokker": [encode_block(block) for block in cell.blocks]}
    if cell.column_span != 1:
        data["kolonner"] = cell.column_span
    if cell.row_span != 1:
        data["rader"] = cell.row_span
    return data


def _inlines(inlines: Sequence[Inline]) -> list[Data]:
    return [_inline(inline) for inline in inlines]


def _inline(inline: Inline) -> Data:
    if isinstance(inline, Run):
        return _run(inline)
    if isinstance(inline, LineBreak):
        return {"linjeskift": True}
    return {"fotnote": inline.id, "innhold": _inlines(inline.content)}


def _run(run: Run) -> Data:
    data: Data = {"tekst": run.text}
    if run.bold:
        data["fet"] = True
    if run.italic:
        data["kursiv"] = True
    if run.superscript:
        data["hevet"] = True
    if run.link is not None:
        data["lenke"] = run.link
    return data
