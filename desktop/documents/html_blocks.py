"""The text tree as HTML: one printer, whose exact form `desktop.importing` reads back.

Every block is one element and nothing stands between elements, no space and no line end:

- `<p data-id="…">`, with `class="bildetekst"` for a caption; `<h1 data-id="…">` to `<h3 …>`;
- `<ul data-id="…">`, `<ol data-id="…" type="1" start="3" data-format="1)">` (type `1` or `a`), and
  in them `<li>` with blocks;
- `<table data-id="…" data-bredder="2 3 1"><thead>…</thead><tbody>…</tbody></table>`: header rows
  have `<th scope="col">`, cells hold blocks, spans are `colspan` and `rowspan`; an empty part is
  left out, as are widths where there are none;
- `<figure data-id="…"><img data-fil="…" alt="…" data-bredde="120"></figure>`;
- in a paragraph `<br>`, `<span class="fotnote" data-id="…">…</span>`, and runs as text inside
  `<strong><em><sup><a href="…">`, in this order, of those that apply.

All text is escaped. A link that a tree may not hold is printed as its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from desktop.richtext.links import link_allowed
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
)


def fragment_html(tree: Tree) -> str:
    """Return a text as HTML elements, in the form that reads back as the same tree."""
    return HtmlBlocks().blocks(tree.blocks)


def attribute(name: str, value: object) -> str:
    """Return ` name="value"`, escaped."""
    return f' {name}="{escape(str(value))}"'


class HtmlBlocks:
    """Prints blocks in the form of this module; subclasses change how some things look."""

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return the blocks one after the other."""
        return "".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        """Return one block."""
        match block:
            case Paragraph():
                look = attribute("class", "bildetekst") if block.style == "caption" else ""
                return f"<p{look}{self.identity(block)}>{self.inlines(block.inlines)}</p>"
            case Heading():
                return self.heading(block)
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return self.figure(block)

    def identity(self, block: Block) -> str:
        """Return the attribute that names the block."""
        return attribute("data-id", block.id)

    def heading(self, heading: Heading) -> str:
        """Return a heading of the text."""
        tag = f"h{heading.level}"
        return f"<{tag}{self.identity(heading)}>{self.inlines(heading.inlines)}</{tag}>"

    def figure(self, figure: Figure) -> str:
        """Return a figure, by the name of its file."""
        width = attribute("data-bredde", figure.width_mm) if figure.width_mm is not None else ""
        image = (
            f"<img{attribute('data-fil', figure.file)}{attribute('alt', figure.alt_text)}{width}>"
        )
        return f"<figure{self.identity(figure)}>{image}</figure>"

    def inlines(self, inlines: Iterable[Inline]) -> str:
        """Return the inside of a paragraph."""
        return "".join(map(self._inline, inlines))

    def footnote(self, note: Footnote) -> str:
        """Return a footnote, whole and in its place."""
        inside = self.inlines(note.content)
        return f'<span class="fotnote"{attribute("data-id", note.id)}>{inside}</span>'

    def link(self, target: str) -> str | None:
        """Return the address that is printed for a link, or None to print the text alone."""
        return target if link_allowed(target) else None

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Run():
                return self._run(inline)
            case LineBreak():
                return "<br>"
            case Footnote():
                return self.footnote(inline)

    def _run(self, run: Run) -> str:
        html = escape(run.text, quote=False)
        target = self.link(run.link) if run.link is not None else None
        if target is not None:
            html = f"<a{attribute('href', target)}>{html}</a>"
        looks = (("sup", run.superscript), ("em", run.italic), ("strong", run.bold))
        for tag, applies in looks:
            if applies:
                html = f"<{tag}>{html}</{tag}>"
        return html

    def _list(self, block: ListBlock) -> str:
        items = "".join(f"<li>{self.blocks(item.blocks)}</li>" for item in block.items)
        if block.kind == "bullet":
            return f"<ul{self.identity(block)}>{items}</ul>"
        form = (
            attribute("type", block.number_format[0])
            + attribute("start", block.start)
            + attribute("data-format", block.number_format)
        )
        return f"<ol{self.identity(block)}{form}>{items}</ol>"

    def _table(self, table: Table) -> str:
        widths = " ".join(map(str, table.column_widths))
        given = attribute("data-bredder", widths) if widths else ""
        head = self._rows(table.rows[: table.header_rows], "thead", "th", ' scope="col"')
        body = self._rows(table.rows[table.header_rows :], "tbody", "td", "")
        return f"<table{self.identity(table)}{given}>{head}{body}</table>"

    def _rows(self, rows: tuple[Row, ...], part: str, tag: str, scope: str) -> str:
        if not rows:
            return ""
        inside = "".join(
            f"<tr>{''.join(self._cell(cell, tag, scope) for cell in row.cells)}</tr>"
            for row in rows
        )
        return f"<{part}>{inside}</{part}>"

    def _cell(self, cell: Cell, tag: str, scope: str) -> str:
        spans = "".join(
            attribute(name, span)
            for name, span in (("colspan", cell.column_span), ("rowspan", cell.row_span))
            if span > 1
        )
        return f"<{tag}{scope}{spans}>{self.blocks(cell.blocks)}</{tag}>"
