"""From HTML to a text tree: plain semantic HTML, as a person writes it or as Møtebok prints it.

Three steps, each of its own: `html_dom` makes elements of any text, the reader here walks them,
and `html_flow` holds what each container may hold. A dialect (such as the list paragraphs that
Word puts on the clipboard) is a rewriting of elements between the first step and the second.
Nothing that the HTML points to is opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from desktop.importing.html_dom import BLOCKS, HEADINGS, Dom, Element, parse_html
from desktop.importing.html_flow import Flow, Leaf, LeafKind, SpaceMode
from desktop.importing.html_table import column_widths, span, table_rows
from desktop.richtext.clean import clean_text
from desktop.richtext.grid import MAX_COLUMNS, mend_grid
from desktop.richtext.links import safe_link
from desktop.richtext.problems import Params, Problem
from desktop.richtext.tree import (
    Block,
    Cell,
    Figure,
    Footnote,
    HeadingLevel,
    LineBreak,
    ListBlock,
    ListItem,
    NumberFormat,
    Run,
    Table,
    Tree,
    new_block_id,
)
from desktop.richtext.validate import (
    MAX_FIGURE_WIDTH_MM,
    MAX_LIST_DEPTH,
    MAX_LIST_START,
    block_id_allowed,
    canonical_note,
    file_allowed,
    note_id_allowed,
)

SENTENCES: Final[Mapping[str, str]] = {
    "cut_depth": "Elementer lenger inne enn 100 nivåer er lest som ren tekst.",
    "deleted_text": "Slettet tekst er utelatt: «{text}».",
    "heading_in_list": "En overskrift i et listepunkt er lest som avsnitt.",
    "image_left_out": "Et bilde er utelatt: «{text}».",
    "inserted_text": "Tekst merket som innsatt er tatt med: «{text}».",
    "lifted_from_list": "En tabell eller figur i et listepunkt er flyttet etter listen.",
    "link_refused": "Lenken «{link}» er ikke tillatt; teksten er beholdt uten lenke.",
    "list_too_deep": "Listen har flere enn {limit} nivåer; de innerste er lest som avsnitt.",
    "table_in_cell": "En tabell inne i en celle er lest som avsnitt.",
    "table_mended": "Cellene i en tabell passet ikke sammen; tabellen er rettet.",
}

FigureSource = Callable[[str], str | None]

_MM_PER_PIXEL: Final = 25.4 / 96
_CLIP: Final = 200
_PLAIN: Final = Run("")
_CAPTION_CLASS: Final = "bildetekst"
_LEVELS: Final[Mapping[str, HeadingLevel]] = {"h1": 1, "h2": 2}
_LOOKS: Final[Mapping[str, Run]] = {
    "b": Run("", bold=True),
    "strong": Run("", bold=True),
    "i": Run("", italic=True),
    "em": Run("", italic=True),
    "sup": Run("", superscript=True),
}
_FORMATS: Final[Mapping[str, NumberFormat]] = {"1.": "1.", "1)": "1)", "a.": "a.", "a)": "a)"}
_DROPPED: Final = frozenset(
    [
        "applet",
        "audio",
        "canvas",
        "embed",
        "iframe",
        "math",
        "noembed",
        "object",
        "script",
        "style",
        "svg",
        "template",
        "title",
        "video",
    ]
)


@dataclass(frozen=True, slots=True)
class HtmlResult:
    """What was read; a problem's path is its line, as `linje 3`."""

    tree: Tree
    problems: tuple[Problem, ...]


def read_html(text: str, *, figure: FigureSource | None = None) -> HtmlResult:
    """Return the tree of any text whatever; what had to be left out or changed is a problem.

    Args:
        text: HTML, a whole document or a fragment.
        figure: Gives for the address of an image the SHA-256 of its bytes in the archive, or None
            to leave the image out. Not asked for images that Møtebok printed (`data-fil`).
    """
    return read_dom(parse_html(text), figure=figure)


def read_dom(dom: Dom, *, figure: FigureSource | None = None) -> HtmlResult:
    """Return the tree of elements, as `read_html` does of text."""
    reader = _Reader(figure)
    if dom.cut_line:
        reader.report("cut_depth", dom.cut_line)
    return HtmlResult(Tree(reader.read(dom.root)), tuple(reader.problems))


class _Reader:
    def __init__(self, figure: FigureSource | None) -> None:
        self.problems: list[Problem] = []
        self._figure_source = figure
        self._block_ids: set[str] = set()
        self._note_ids: set[str] = set()
        self._figure_id: str | None = None
        self._line = 1
        self._handlers: Mapping[str, Callable[[Element, Flow, Run, SpaceMode], None]] = {
            **dict.fromkeys(HEADINGS | {"p", "figcaption", "caption"}, self._leaf),
            **dict.fromkeys(_LOOKS, self._look),
            "a": self._link,
            "br": self._break,
            "del": self._deleted,
            "figure": self._figure,
            "img": self._image,
            "ins": self._inserted,
            "ol": self._list,
            "pre": self._preformatted,
            "span": self._span,
            "table": self._table,
            "ul": self._list,
        }

    def read(self, root: Element) -> tuple[Block, ...]:
        flow = Flow("top", self._report_here)
        self._walk(root, flow, _PLAIN, "collapse")
        return flow.finish()

    def report(self, code: str, line: int, **params: str | int) -> None:
        given: Params = params
        self.problems.append(Problem(f"linje {line}", code, given))

    def _report_here(self, code: str) -> None:
        self.report(code, self._line)

    def _walk(self, parent: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        for child in parent.children:
            self._node(child, flow, look, mode)

    def _node(self, node: Element | str, flow: Flow, look: Run, mode: SpaceMode) -> None:
        if isinstance(node, str):
            flow.inlines.text(node, look, mode)
            return
        self._line = node.line
        if node.tag in _DROPPED:
            return
        handler = self._handlers.get(node.tag)
        if handler and not (flow.container == "note" and node.tag in BLOCKS):
            handler(node, flow, look, mode)
        elif node.tag in BLOCKS:
            self._apart(node, flow, look, mode)
        else:
            self._walk(node, flow, look, mode)

    def _apart(self, element: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        """Read an element without meaning of its own that stands on lines of its own."""
        flow.flush()
        self._walk(element, flow, look, mode)
        flow.flush()

    def _leaf(self, element: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        flow.flush()
        outer = flow.leaf
        flow.leaf = Leaf(_leaf_kind(element, outer), self._claim(element))
        if mode == "collapse" and "data-id" in element.attributes:
            mode = "written"
        self._walk(element, flow, look, mode)
        flow.flush()
        flow.leaf = outer

    def _claim(self, element: Element) -> str | None:
        block_id = element.attributes.get("data-id", "")
        if not block_id_allowed(block_id) or block_id in self._block_ids:
            return None
        self._block_ids.add(block_id)
        return block_id

    def _look(self, element: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        more = _LOOKS[element.tag]
        joined = replace(
            look,
            bold=look.bold or more.bold,
            italic=look.italic or more.italic,
            superscript=look.superscript or more.superscript,
        )
        self._walk(element, flow, joined, mode)

    def _link(self, element: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        address = element.attributes.get("href", "")
        link = safe_link(address)
        if address and link is None:
            self.report("link_refused", element.line, link=_clip(address))
        self._walk(element, flow, replace(look, link=link or look.link), mode)

    def _break(self, _element: Element, flow: Flow, _look: Run, _mode: SpaceMode) -> None:
        flow.inlines.add(LineBreak())

    def _preformatted(self, element: Element, flow: Flow, look: Run, _mode: SpaceMode) -> None:
        self._apart(element, flow, look, "pre")

    def _deleted(self, element: Element, _flow: Flow, _look: Run, _mode: SpaceMode) -> None:
        self.report("deleted_text", element.line, text=_clip(element.text()))

    def _inserted(self, element: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        self.report("inserted_text", element.line, text=_clip(element.text()))
        self._walk(element, flow, look, mode)

    def _span(self, element: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        if not element.is_footnote or flow.container == "note":
            self._walk(element, flow, look, mode)
            return
        note_id = self._claim_note(element)
        note = Flow("note", self._report_here)
        self._walk(element, note, _PLAIN, mode)
        content = (i for i in note.inlines.take() if not isinstance(i, Footnote))
        flow.inlines.add(Footnote(note_id, canonical_note(content)))

    def _claim_note(self, element: Element) -> str:
        note_id = element.attributes.get("data-id", "")
        while not note_id_allowed(note_id) or note_id in self._note_ids:
            note_id = new_block_id()
        self._note_ids.add(note_id)
        return note_id

    def _list(self, element: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        if flow.depth == MAX_LIST_DEPTH:
            self.report("list_too_deep", element.line, limit=MAX_LIST_DEPTH)
            self._apart(element, flow, look, mode)
            return
        flow.flush()
        block_id = self._claim(element) or new_block_id()
        items = self._items(element, flow.depth + 1, look)
        if not items:
            return
        blocks = tuple(ListItem(item.finish()) for item in items)
        if element.tag == "ul":
            flow.add(ListBlock(blocks, id=block_id))
        else:
            flow.add(
                ListBlock(blocks, "number", _number_format(element), _start(element), block_id)
            )
        for item in items:
            for block in item.lifted:
                flow.add(block)

    def _items(self, element: Element, depth: int, look: Run) -> list[Flow]:
        """Return a flow per item; what stands between items belongs to the one before."""
        items: list[Flow] = []
        for child in element.children:
            is_item = isinstance(child, Element) and child.tag == "li"
            if is_item or (not items and _has_content(child)):
                items.append(Flow("item", self._report_here, depth))
            if isinstance(child, Element) and is_item:
                self._walk(child, items[-1], look, "collapse")
            elif items:
                self._node(child, items[-1], look, "collapse")
        return items

    def _figure(self, element: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        flow.flush()
        self._figure_id = self._claim(element)
        self._walk(element, flow, look, mode)
        self._figure_id = None
        flow.flush()

    def _image(self, element: Element, flow: Flow, _look: Run, _mode: SpaceMode) -> None:
        file = self._file(element)
        alt_text = clean_text(element.attributes.get("alt", ""))
        if file is None or flow.container == "note":
            name = alt_text or element.attributes.get("src", "")
            self.report("image_left_out", element.line, text=_clip(name))
            return
        flow.flush()
        block_id = self._figure_id or self._claim(element) or new_block_id()
        self._figure_id = None
        flow.add(Figure(file, alt_text, _width_mm(element), block_id))

    def _file(self, element: Element) -> str | None:
        file = element.attributes.get("data-fil")
        source = element.attributes.get("src")
        if file is None and source and self._figure_source:
            file = self._figure_source(source)
        return file if file is not None and file_allowed(file) else None

    def _table(self, element: Element, flow: Flow, look: Run, mode: SpaceMode) -> None:
        flow.flush()
        block_id = self._claim(element) or new_block_id()
        rows = table_rows(element)
        for child in element.elements():
            if child.tag == "caption":
                self._leaf(child, flow, look, mode)
        for stray in rows.stray:
            self._node(stray, flow, look, mode)
            flow.flush()
        mended = mend_grid([[self._cell(cell, look) for cell in row] for row in rows.cells])
        if mended.changed:
            self.report("table_mended", element.line)
        if mended.rows:
            headings = sum(1 for source in mended.sources if source < rows.headings)
            columns = sum(cell.column_span for cell in mended.rows[0].cells)
            widths = column_widths(element, columns)
            flow.add(Table(mended.rows, headings, widths, block_id))

    def _cell(self, element: Element, look: Run) -> Cell:
        flow = Flow("cell", self._report_here)
        self._walk(element, flow, look, "collapse")
        across = span(element, "colspan", MAX_COLUMNS)
        return Cell(flow.finish(), across, span(element, "rowspan", 65534))


def _leaf_kind(element: Element, outer: Leaf) -> LeafKind:
    if element.tag in HEADINGS:
        return _LEVELS.get(element.tag, 3)
    if element.tag != "p" or _CAPTION_CLASS in element.classes:
        return "caption"
    return outer.kind


def _number_format(element: Element) -> NumberFormat:
    given = _FORMATS.get(element.attributes.get("data-format", ""))
    lettered = element.attributes.get("type") in {"a", "A"}
    return given or ("a." if lettered else "1.")


def _start(element: Element) -> int:
    written = element.attributes.get("start", "").strip()
    if re.fullmatch("[0-9]{1,5}", written) and int(written) <= MAX_LIST_START:
        return int(written)
    return 1


def _width_mm(image: Element) -> int | None:
    """Return the width from `data-bredde` (millimetres) or `width` (CSS pixels)."""
    for name, unit in (("data-bredde", 1.0), ("width", _MM_PER_PIXEL)):
        written = image.attributes.get(name, "").strip()
        if re.fullmatch("[0-9]{1,5}", written):
            width = round(int(written) * unit)
            return width if 1 <= width <= MAX_FIGURE_WIDTH_MM else None
    return None


def _has_content(node: Element | str) -> bool:
    return bool(node.strip()) if isinstance(node, str) else node.tag not in _DROPPED


def _clip(text: str) -> str:
    line = " ".join(clean_text(text).split())
    return line if len(line) <= _CLIP else f"{line[: _CLIP - 1]}…"
