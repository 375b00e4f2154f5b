"""Foreign HTML (Word, Outlook, Excel, web pages) rewritten as plain HTML that `html` reads.

What carries meaning only through a style or a convention becomes an element: bold and italic,
headings, captions, list paragraphs, footnotes, header rows. What a reader of the source would not
see goes: hidden text, deleted tracked text, comments, field codes. Everything else that is style
goes as well, except the line ends of preformatted text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from desktop.importing.docx_symbols import UNKNOWN, symbol
from desktop.importing.html_dom import BLOCKS, Dom, Element
from desktop.importing.html_style import Declarations, StyleSheet
from desktop.importing.html_word_leaf import Leaf, LeafBuilder, Look, list_place
from desktop.importing.html_word_lists import Marker, Piece, Place, grouped, read_marker
from desktop.importing.html_word_notes import Notes
from desktop.importing.html_word_tables import TableRewriter, is_layout
from desktop.richtext.problems import Problem
from desktop.richtext.validate import MAX_LIST_DEPTH

_PLAIN: Final = Look()
_BOLD: Final = frozenset({"b", "strong"})
_ITALIC: Final = frozenset({"i", "em"})
_DROPPED: Final = frozenset(
    [
        "applet",
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "frameset",
        "iframe",
        "input",
        "link",
        "math",
        "meta",
        "noembed",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
        "w:sdtpr",
        "xml",
    ]
)
_DROPPED_CLASSES: Final = frozenset(
    [
        "msocomanchor",
        "msocommentreference",
        "msocommentsubject",
        "msocommenttext",
        "msocomoff",
        "msocomtxt",
    ]
)
_DROPPED_PARTS: Final = frozenset(
    [
        "comment",
        "comment-list",
        "endnote-continuation-separator",
        "endnote-separator",
        "footer",
        "footnote-continuation-separator",
        "footnote-separator",
        "header",
    ]
)
_INVISIBLE: Final = frozenset({"hidden", "collapse"})
_NOTHING_IN: Final = frozenset({"0", "1"})
_PRESERVED: Final = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces", "preserve"})
_PICTOGRAM: Final = "\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_EMOJI: Final = re.compile(f"[{_PICTOGRAM}][{_PICTOGRAM}\u200d\ufe0f\u20e3]{{0,11}}")
_TOLD_BY_MACHINE: Final = re.compile(
    r"\s*(?:Automatisk generert beskrivelse|Description automatically generated"
    r"|(?:KI|AI)-generert innhold kan være feil\.?|AI-generated content may be incorrect\.?)\s*"
)
_LETTERED: Final = frozenset({"lower-alpha", "upper-alpha", "lower-latin", "upper-latin", "a"})
_NUMBERED: Final = frozenset({"decimal", "lower-roman", "upper-roman", "1", "i"})
_NUMBER: Final = re.compile("[0-9]{1,5}")
_DEEPEST: Final = 12


@dataclass(frozen=True, slots=True)
class _Around:
    """What a node stands in: the look of text, and how many levels of lists are left."""

    look: Look = _PLAIN
    room: int = MAX_LIST_DEPTH
    in_table: bool = False
    in_note: bool = False


def rewrite(dom: Dom) -> tuple[Dom, tuple[Problem, ...]]:
    """Return the same text as plain HTML, and what was left out on the way."""
    rewriter = _Rewriter(dom.root)
    children = rewriter.container(dom.root, _Around())
    return Dom(Element("body", {}, 1, [*children]), dom.cut_line), tuple(rewriter.problems)


class _Rewriter:
    def __init__(self, root: Element) -> None:
        self.problems: list[Problem] = []
        self._sheet = StyleSheet(root)
        self._notes = Notes(root)
        self._fields: list[bool] = []
        handlers: dict[str, Callable[[Element, LeafBuilder, _Around], None]] = {
            **dict.fromkeys(("ul", "ol"), self._list),
            "a": self._link,
            "br": self._break,
            "del": self._deleted,
            "img": self._image,
            "li": self._stray_item,
            "pre": self._preformatted,
            "table": self._table,
        }
        self._handlers: Mapping[str, Callable[[Element, LeafBuilder, _Around], None]] = handlers

    def container(self, element: Element, around: _Around) -> list[Element]:
        """Return the blocks in an element."""
        return grouped(self._pieces(element, around), around.room)

    def _pieces(self, element: Element, around: _Around) -> list[Piece]:
        builder = LeafBuilder()
        self._walk(element, builder, around)
        builder.flush()
        return builder.pieces

    def _walk(self, parent: Element, builder: LeafBuilder, around: _Around) -> None:
        for child in parent.children:
            if not isinstance(child, str):
                self._node(child, builder, around)
            elif not any(self._fields):
                builder.text(child, around.look)

    def _node(self, element: Element, builder: LeafBuilder, around: _Around) -> None:
        style = self._sheet.of(element)
        if self._goes(element, style):
            return
        self._field_part(style.get("mso-element", ""))
        look = _look(element, style, around.look)
        if look is not around.look:
            around = replace(around, look=look)
        handler = self._handlers.get(element.tag)
        if handler:
            handler(element, builder, around)
        elif element.tag in BLOCKS:
            self._block(element, style, builder, around)
        elif _only_space(element, style):
            builder.text(" ", look)
        elif style.get("mso-char-type") == "symbol":
            font = style.get("mso-symbol-font-family", "").strip("'\"")
            builder.text("".join(_sign(font, one) for one in element.text()), look)
        elif not self._is_marker(element, style, builder):
            self._walk(element, builder, around)

    def _field_part(self, part: str) -> None:
        """Keep count of the fields that are open; text before a field's separator is its code."""
        if part == "field-begin":
            self._fields.append(True)
        elif part == "field-separator" and self._fields:
            self._fields[-1] = False
        elif part == "field-end" and self._fields:
            self._fields.pop()

    def _goes(self, element: Element, style: Declarations) -> bool:
        if element.tag in _DROPPED or self._notes.is_body(element):
            return True
        if "hidden" in element.attributes or style.get("display") == "none":
            return True
        if style.get("mso-hide") == "all" or style.get("visibility") in _INVISIBLE:
            return True
        classes = element.attributes.get("class", "").lower().split()
        if "msodel" in classes:
            self._report_deleted(element)
            return True
        comment = style.get("mso-special-character") == "comment"
        return (
            comment
            or style.get("mso-element") in _DROPPED_PARTS
            or not _DROPPED_CLASSES.isdisjoint(classes)
        )

    def _block(
        self, element: Element, style: Declarations, builder: LeafBuilder, around: _Around
    ) -> None:
        builder.flush()
        self._fields.clear()
        outer = builder.leaf
        builder.leaf = Leaf.of(element, style, outer, self._sheet)
        self._walk(element, builder, around)
        builder.flush()
        builder.leaf = outer

    def _is_marker(self, element: Element, style: Declarations, builder: LeafBuilder) -> bool:
        """Take the marker that Word writes before a list item as text."""
        special = style.get("mso-special-format", "")
        if style.get("mso-list") == "ignore" or special.startswith(("bullet", "numbullet")):
            builder.mark(element.text())
            return True
        # Filtered HTML has lost the list, but not the narrow gap after the marker.
        gap = style.get("font", "").startswith("7.0pt") and not element.text().strip()
        return gap and builder.mark_before()

    def _break(self, element: Element, builder: LeafBuilder, _around: _Around) -> None:
        style = self._sheet.of(element)
        if style.get("page-break-before") != "always":
            builder.add(Element("br", {}, element.line))

    def _deleted(self, element: Element, _builder: LeafBuilder, _around: _Around) -> None:
        self._report_deleted(element)

    def _report_deleted(self, element: Element) -> None:
        text = " ".join(element.text().split())
        if text:
            params = {"text": text[:200]}
            self.problems.append(Problem(f"linje {element.line}", "deleted_text", params))

    def _link(self, element: Element, builder: LeafBuilder, around: _Around) -> None:
        address = element.attributes.get("href", "").strip()
        if self._notes.leads_back(element) or address.startswith("#_msocom"):
            return
        body = self._notes.body(element)
        if body is not None:
            # What stands in a note looks like the note, not like its mark.
            content = self.container(body, _Around(room=0, in_table=True, in_note=True))
            builder.add(Element("span", {"class": "fotnote"}, element.line, [*content]))
            return
        link = address if address and not address.startswith("#") else around.look.link
        self._walk(element, builder, replace(around, look=replace(around.look, link=link)))

    def _image(self, element: Element, builder: LeafBuilder, around: _Around) -> None:
        attributes = element.attributes
        alt = _TOLD_BY_MACHINE.sub("", attributes.get("alt", ""))
        if _EMOJI.fullmatch(alt):
            builder.text(alt, around.look)
        elif not _NOTHING_IN & {attributes.get("width", "").strip(), attributes.get("height", "")}:
            builder.add(Element("img", {**attributes, "alt": alt}, element.line))

    def _preformatted(self, element: Element, builder: LeafBuilder, around: _Around) -> None:
        builder.flush()
        outer = builder.leaf
        builder.leaf = Leaf("pre")
        self._walk(element, builder, replace(around, look=replace(around.look, preserves=False)))
        builder.flush()
        builder.leaf = outer

    def _table(self, element: Element, builder: LeafBuilder, around: _Around) -> None:
        """Read a table; one that only places its content, or stands in another, is its content."""
        only_places = is_layout(element)
        if only_places or around.in_table:
            if not (only_places or around.in_note):
                self.problems.append(Problem(f"linje {element.line}", "table_in_cell"))
            self._apart(element, builder, around)
            return
        builder.flush()
        inside = replace(around, look=replace(around.look, link=None), in_table=True)
        tables = TableRewriter(self._sheet, lambda part: self._table_part(part, inside))
        for block in tables.rewrite(element):
            builder.pieces.append(Piece(block))

    def _apart(self, element: Element, builder: LeafBuilder, around: _Around) -> None:
        builder.flush()
        self._walk(element, builder, around)
        builder.flush()

    def _table_part(self, part: Element, around: _Around) -> list[Element]:
        style = self._sheet.of(part)
        if self._goes(part, style):
            return []
        return self.container(part, replace(around, look=_look(part, style, around.look)))

    def _stray_item(self, element: Element, builder: LeafBuilder, around: _Around) -> None:
        if around.room > 0:
            self._add_item(element, builder, around, Place(1), Marker())
        else:
            self._apart(element, builder, around)

    def _list(self, element: Element, builder: LeafBuilder, around: _Around) -> None:
        if around.room <= 0:
            if not around.in_note:
                limit = {"limit": MAX_LIST_DEPTH}
                self.problems.append(Problem(f"linje {element.line}", "list_too_deep", limit))
            self._apart(element, builder, around)
            return
        builder.flush()
        if any(_level(item) for item in element.elements() if item.tag == "li"):
            self._levelled(element, builder, around, 1)
            return
        items = self._items(element, replace(around, room=around.room - 1))
        if items:
            attributes = self._list_attributes(element)
            builder.pieces.append(Piece(Element(element.tag, attributes, element.line, [*items])))

    def _items(self, element: Element, around: _Around) -> list[Element]:
        """Return the items of a list; what stands between items belongs to the one before."""
        items: list[Element] = []
        for child in element.children:
            if isinstance(child, str):
                child = Element("div", {}, element.line, [child])  # noqa: PLW2901
            is_item = child.tag == "li"
            style = self._sheet.of(child)
            if self._goes(child, style):
                continue
            inside = replace(around, look=_look(child, style, around.look))
            part = child if is_item else Element("div", {}, child.line, [child])
            content = self.container(part, inside)
            if is_item and (content or element.tag == "ol"):
                items.append(Element("li", {}, child.line, [*content]))
            elif content and items:
                items[-1].children.extend(content)
            elif content:
                items.append(Element("li", {}, child.line, [*content]))
        return items if any(item.children for item in items) else []

    def _levelled(
        self, element: Element, builder: LeafBuilder, around: _Around, level: int
    ) -> None:
        """Read a list whose items say their level themselves, however the lists are nested."""
        attributes = self._list_attributes(element)
        number = int(attributes.get("start", "1"))
        read = read_marker(attributes.get("data-format", ""), None)
        for child in element.elements():
            if child.tag == "li":
                level = min(_level(child) or level, _DEEPEST)
                marker = Marker()
                if element.tag == "ol":
                    marker = Marker("number", read.number_format, number)
                    number += 1
                self._add_item(child, builder, around, Place(level), marker)
            elif child.tag in {"ul", "ol"}:
                self._levelled(child, builder, around, min(level + 1, _DEEPEST))

    def _add_item(
        self,
        element: Element,
        builder: LeafBuilder,
        around: _Around,
        place: Place,
        marker: Marker,
    ) -> None:
        style = self._sheet.of(element)
        if self._goes(element, style):
            return
        builder.flush()
        look = _look(element, style, around.look)
        pieces = self._pieces(element, replace(around, look=look))
        if pieces and pieces[0].place is None:
            pieces[0].place, pieces[0].marker = place, marker
        for piece in pieces[1:]:
            if piece.place is None:
                piece.follows = "yes"
                piece.margin = 1e6
        builder.pieces.extend(pieces)

    def _list_attributes(self, element: Element) -> dict[str, str]:
        if element.tag == "ul":
            return {}
        first = next((item for item in element.elements() if item.tag == "li"), element)
        place = list_place(self._sheet.of(first))
        declared = self._sheet.list_level(place.name, place.level) if place else None
        after = ")" if declared and ")" in declared.get("mso-level-text", "") else "."
        given = element.attributes.get("data-format", "")
        styles = [self._sheet.of(one).get("list-style-type", "") for one in (first, element)]
        kind = next(
            (
                kind
                for kind in (*styles, element.attributes.get("type", "").lower())
                if kind in _LETTERED | _NUMBERED
            ),
            "1",
        )
        form = given if len(given) == 2 else f"{'a' if kind in _LETTERED else '1'}{after}"
        start = element.attributes.get("start") or first.attributes.get("value") or "1"
        return {"data-format": form, "start": start if _NUMBER.fullmatch(start) else "1"}


def _only_space(element: Element, style: Declarations) -> bool:
    """Whether an element is a tab or filling, which shows as a space."""
    filling = "mso-tab-count" in style or style.get("mso-spacerun") == "yes"
    named = element.attributes.get("class", "") == "Apple-converted-space"
    return (filling or named) and not element.text().strip()


def _sign(font: str, sign: str) -> str:
    found = symbol(font, f"{ord(sign):x}") if 0x20 < ord(sign) < 0x100 else sign
    return sign if found == UNKNOWN else found


def _level(item: Element) -> int:
    """Return the level that an item says it has, or 0."""
    attributes = item.attributes
    written = attributes.get("data-aria-level") or attributes.get("aria-level") or ""
    return int(written) if _NUMBER.fullmatch(written) else 0


def _look(element: Element, style: Declarations, look: Look) -> Look:
    tag = element.tag
    if not style and tag not in _BOLD and tag not in _ITALIC and tag not in {"sup", "sub"}:
        return look
    superscript = look.superscript or tag == "sup"
    raised = style.get("vertical-align", "")
    if tag == "sub" or (raised in {"sub", "baseline"} and tag not in BLOCKS):
        superscript = False
    elif raised == "super":
        superscript = True
    preserves = look.preserves
    if "white-space" in style or "white-space-collapse" in style:
        spaces = style.get("white-space") or style.get("white-space-collapse", "")
        preserves = spaces in _PRESERVED
    return Look(
        _is_bold(style.get("font-weight", ""), look.bold or tag in _BOLD),
        _is_italic(style.get("font-style", ""), look.italic or tag in _ITALIC),
        superscript,
        look.link,
        preserves,
    )


def _is_bold(weight: str, otherwise: bool) -> bool:
    if weight in {"bold", "bolder"}:
        return True
    if weight in {"normal", "lighter"}:
        return False
    return int(weight) >= 600 if _NUMBER.fullmatch(weight) else otherwise


def _is_italic(slant: str, otherwise: bool) -> bool:
    if slant in {"italic", "oblique"}:
        return True
    return False if slant == "normal" else otherwise
