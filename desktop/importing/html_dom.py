"""HTML text as a small tree of elements: tolerant, bounded in depth, and opening nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

MAX_DEPTH: Final = 100
FOOTNOTE_CLASS: Final = "fotnote"

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS: Final = HEADINGS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_VOID: Final = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_CELLS: Final = frozenset({"td", "th", "caption"})
_SECTIONS: Final = frozenset({"thead", "tbody", "tfoot"})
_TABLE: Final = frozenset({"table"})
_LISTS: Final = frozenset({"ul", "ol"})
_SCOPE: Final = _CELLS | _TABLE | _LISTS | {"li"}

# What a start tag closes by itself, and what it does not look beyond.
_IMPLIED: Final = {
    "li": (frozenset({"li"}), _LISTS | _CELLS | _TABLE),
    "dt": (frozenset({"dt", "dd"}), _SCOPE | {"dl"}),
    "dd": (frozenset({"dt", "dd"}), _SCOPE | {"dl"}),
    "td": (_CELLS, _TABLE),
    "th": (_CELLS, _TABLE),
    "caption": (_CELLS, _TABLE),
    "tr": (_CELLS | {"tr"}, _TABLE),
    "thead": (_CELLS | _SECTIONS | {"tr"}, _TABLE),
    "tbody": (_CELLS | _SECTIONS | {"tr"}, _TABLE),
    "tfoot": (_CELLS | _SECTIONS | {"tr"}, _TABLE),
}
# What an end tag does not look beyond; every other one stays within its scope.
_END_SCOPE: Final = {
    "table": frozenset[str](),
    "tr": _TABLE,
    "td": _TABLE,
    "th": _TABLE,
    "caption": _TABLE,
    "thead": _TABLE,
    "tbody": _TABLE,
    "tfoot": _TABLE,
    "ul": _CELLS | _TABLE,
    "ol": _CELLS | _TABLE,
    "li": _CELLS | _TABLE | _LISTS,
}
_ENDLESS_REFERENCE: Final = re.compile("&#[0-9]{9,};?")  # more digits than int() may take


@dataclass(slots=True)
class Element:
    """An element with its attributes; one given without a value has the empty text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 1
    children: list[Element | str] = field(default_factory=list)

    @property
    def is_footnote(self) -> bool:
        """Whether it is a footnote in Møtebok's own HTML."""
        return self.tag == "span" and FOOTNOTE_CLASS in self.classes

    @property
    def classes(self) -> list[str]:
        """The words of its `class`."""
        return self.attributes.get("class", "").split()

    def elements(self) -> Iterator[Element]:
        """Yield the elements directly inside."""
        return (child for child in self.children if isinstance(child, Element))

    def text(self) -> str:
        """Return all text inside, as it was written."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


@dataclass(frozen=True, slots=True)
class Dom:
    """The root of a parsed text. `cut_line` is the first line that nests too deep, if any."""

    root: Element
    cut_line: int | None


def parse_html(text: str) -> Dom:
    """Return the elements of any text whatever; what is no HTML is text."""
    text = _ENDLESS_REFERENCE.sub("\N{REPLACEMENT CHARACTER}", text)
    whole = text.rfind(">") + 1
    builder = _Builder()
    builder.feed(text[:whole])
    # No tag can end here any more, and the parser would search each one's end to the last.
    builder.feed(text[whole:].replace("<", "&lt;"))
    builder.close()
    return Dom(builder.root, builder.cut_line)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body")
        self.cut_line: int | None = None
        self._open = [self.root]
        self._unopened = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_implied(tag)
        element = Element(tag, {}, self.getpos()[0])
        for name, value in attrs:
            element.attributes.setdefault(name, value or "")
        if tag in _VOID:
            self._open[-1].children.append(element)
        elif len(self._open) < MAX_DEPTH:
            self._open[-1].children.append(element)
            self._open.append(element)
        else:
            self._unopened += 1
            self.cut_line = self.cut_line or element.line

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag in {"html", "body"}:
            return
        if self._unopened:
            self._unopened -= 1
            return
        self._close(frozenset({tag}), _END_SCOPE.get(tag, _SCOPE - {tag}), whole=True)

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002
        """Skip `<![if …]>` and its like, on which the base class may raise."""
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def _close_implied(self, tag: str) -> None:
        if self._unopened:
            return
        if tag in _IMPLIED:
            closed, scope = _IMPLIED[tag]
            while self._close(closed, scope):
                pass
        if tag in BLOCKS:
            self._close(frozenset({"p"}), _SCOPE | {"figure", "figcaption"})

    def _close(self, tags: Collection[str], scope: Collection[str], *, whole: bool = False) -> bool:
        """Close the innermost element with one of the tags and what is open inside it.

        A footnote stands in the middle of a paragraph, so only its own end tag (`whole`) leaves it.
        """
        for index in range(len(self._open) - 1, 0, -1):
            element = self._open[index]
            if element.tag in tags:
                del self._open[index:]
                return True
            if element.tag in scope or (element.is_footnote and not whole):
                return False
        return False
