"""Where the text of one paragraph of foreign HTML gathers, and what the paragraph will be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from desktop.importing.html_dom import HEADINGS, Element
from desktop.importing.html_style import Declarations, StyleSheet, points
from desktop.importing.html_word_lists import (
    Piece,
    Place,
    Strength,
    first_number,
    read_marker,
)
from desktop.richtext.validate import MAX_LIST_DEPTH

_SPACES: Final = re.compile(
    "[ \t\r\n\f\xa0]*(?:[ \t\r\n\f]\xa0|\xa0[ \t\r\n\f\xa0])[ \t\r\n\f\xa0]*"
)
_BLANK: Final = " \t\r\n\f\xa0"
_LINE_END: Final = re.compile(r"\r\n|[\r\n]")
_SOFT_END: Final = re.compile("\xad[ \t]*(?:\r\n|[\r\n])[ \t]*")
_LIST_PLACE: Final = re.compile(r"(l\d{1,9})\s+level(\d{1,3})(?:\s+(lfo\d{1,9}))?")
_LIST_CLASS: Final = re.compile(r"msolist(?:bullet|number|continue)?([2-5])?(?:cxsp\w+)?")
_FOLLOWING: Final = re.compile(r"msolist(?:paragraph|continue)\w*")
_HEADING_CLASS: Final = re.compile(r"(?:mso)?(?:heading|overskrift)-?([1-9])")
_CAPTIONS: Final = frozenset({"msocaption", "caption", "bildetekst"})
_CAPTION_TAGS: Final = frozenset({"caption", "figcaption"})
_BULLETS: Final = "•·▪◦‣●○■□➢✓❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf071\uf06e"
_TYPED: Final = re.compile(f"[{_BLANK}]*([{_BULLETS}])[{_BLANK}]+")
_MARK_BEFORE: Final = re.compile(
    rf"[{_BULLETS}§o–Øvqüà-]|[(\[]?(?:[0-9]{{1,3}}\.)*(?:[0-9]{{1,3}}|[a-z]{{1,4}})[.)\]]",
    re.IGNORECASE,
)
_INDENT: Final = 9.0  # points; what is closer stands at the same level


@dataclass(frozen=True, slots=True)
class Look:
    """The look of text; `preserves` is whether its line ends show."""

    bold: bool = False
    italic: bool = False
    superscript: bool = False
    link: str | None = None
    preserves: bool = False


@dataclass(slots=True)
class Leaf:
    """What a paragraph will be: its tag, whether it is a caption, and its place in a list."""

    tag: str = "p"
    caption: bool = False
    place: Place | None = None
    declared: Declarations | None = None
    marker: str = ""
    margin: float = 0.0
    follows: Strength = "no"

    @classmethod
    def of(cls, element: Element, style: Declarations, outer: Leaf, sheet: StyleSheet) -> Leaf:
        """Return what the paragraphs in a block become; it inherits what it does not say."""
        classes = element.attributes.get("class", "").lower().split()
        tag = _heading(element, style, classes) or outer.tag
        is_caption = element.tag in _CAPTION_TAGS or not _CAPTIONS.isdisjoint(classes)
        margin = outer.margin + (points(style.get("margin-left")) or 0)
        leaf = cls(tag, is_caption or outer.caption, margin=margin)
        if tag != "p":
            return leaf
        leaf.place = list_place(style, classes)
        if leaf.place:
            name, level = leaf.place.name, leaf.place.level
            listed = _LIST_PLACE.match(style.get("mso-list", ""))
            leaf.declared = sheet.list_level(name, int(listed[2]) if listed else level)
            leaf.place = Place(level, _list_name(style), first_number(leaf.declared))
        elif outer.place:
            leaf.place, leaf.declared, leaf.marker = outer.place, outer.declared, outer.marker
            outer.place = None
        elif any(map(_FOLLOWING.fullmatch, classes)):
            leaf.follows = "yes"
        elif margin > 0 and not leaf.caption:
            leaf.follows = "margin"
        return leaf


def _heading(element: Element, style: Declarations, classes: list[str]) -> str | None:
    if element.tag in HEADINGS:
        return element.tag
    if element.attributes.get("role") == "heading":
        written = element.attributes.get("aria-level", "")
        return f"h{written}" if written in {"1", "2", "3"} else "h3" if written else "h2"
    level = style.get("mso-outline-level", "")
    named = next(filter(None, map(_HEADING_CLASS.fullmatch, classes)), None)
    if "msotitle" in classes:
        level = "1"
    elif named:
        level = named[1]
    return f"h{min(int(level), 6)}" if level in set("123456789") else None


def list_place(style: Declarations, classes: Iterable[str] = ()) -> Place | None:
    """Return the list and level that Word gives a paragraph by `mso-list`, if any."""
    found = _LIST_PLACE.match(style.get("mso-list", ""))
    if not found:
        return None
    level = max(1, min(int(found[2]), MAX_LIST_DEPTH))
    named = next(filter(None, map(_LIST_CLASS.fullmatch, classes)), None)
    if level == 1 and named and named[1]:
        level = int(named[1])
    return Place(level, found[1])


def _list_name(style: Declarations) -> str:
    found = _LIST_PLACE.match(style.get("mso-list", ""))
    return f"{found[1]} {found[3] or ''}" if found else ""


@dataclass(slots=True)
class LeafBuilder:
    """The blocks of one container: the finished ones, and the paragraph that gathers."""

    pieces: list[Piece] = field(default_factory=list)
    leaf: Leaf = field(default_factory=Leaf)
    _inlines: list[tuple[Look, str | Element]] = field(default_factory=list)

    def text(self, text: str, look: Look) -> None:
        """Add text."""
        if "\xad" in text:
            text = _SOFT_END.sub("", text)
        if not look.preserves or self.leaf.tag == "pre":
            self._inlines.append((look, text))
            return
        for index, line in enumerate(_LINE_END.split(text)):
            if index:
                self.add(Element("br"))
            self._inlines.append((look, line))

    def add(self, element: Element) -> None:
        """Add a line break, a picture or a footnote."""
        self._inlines.append((_NO_LOOK, element))

    def mark(self, text: str, declared: Declarations | None = None) -> None:
        """Take text as the marker of this list item; a paragraph of no list becomes an item."""
        self.leaf.marker += text
        self.leaf.declared = self.leaf.declared or declared
        if self.leaf.place is None and self.leaf.tag == "p":
            self.leaf.place = self._indented()

    def mark_before(self) -> bool:
        """Take what the paragraph begins with as its marker, if it can be one."""
        if len(self._inlines) > 4 or not all(isinstance(one, str) for _, one in self._inlines):
            return False
        text = "".join(str(one) for _, one in self._inlines).strip(_BLANK)
        if self.leaf.tag != "p" or self.leaf.marker or not _MARK_BEFORE.fullmatch(text):
            return False
        self._inlines.clear()
        self.mark(text)
        return True

    def flush(self) -> None:
        """End the paragraph that gathers; an empty one stays only as a numbered list item."""
        inlines, self._inlines = self._inlines, []
        leaf = self.leaf
        if leaf.tag == "pre":
            if any(map(_shows, inlines)):
                self.pieces.append(Piece(Element("pre", {}, 1, _elements(_merged(inlines)))))
            return
        groups = _paragraphs(inlines) if leaf.tag == "p" else [inlines]
        for group in groups:
            if any(map(_shows, group)):
                self._paragraph(_trimmed(_merged(group)))
        marker = read_marker(leaf.marker, leaf.declared)
        if leaf.place and leaf.marker.strip(_BLANK) and marker.number is not None:
            self._paragraph([])

    def _paragraph(self, inlines: list[tuple[Look, str | Element]]) -> None:
        leaf = self.leaf
        if leaf.tag != "p":
            inlines = _merged((Look(False, *_rest(look)), inline) for look, inline in inlines)
        elif leaf.place is None and leaf.follows != "yes":
            typed = _TYPED.match(_leading_text(inlines))
            if typed:
                leaf.place, leaf.marker = self._indented(), typed[1]
                inlines = _without(inlines, typed.end())
        attributes = {"class": "bildetekst"} if leaf.caption else {}
        piece = Piece(
            Element(leaf.tag, attributes, 1, _elements(inlines)),
            margin=leaf.margin,
            follows=leaf.follows,
        )
        if leaf.place:
            piece.place, piece.marker = leaf.place, read_marker(leaf.marker, leaf.declared)
            leaf.place, leaf.marker, leaf.follows = None, "", "yes"
        self.pieces.append(piece)

    def _indented(self) -> Place:
        return Place(1 + max(0, min(round(self.leaf.margin / _INDENT), MAX_LIST_DEPTH * 4)))


_NO_LOOK: Final = Look()


def _rest(look: Look) -> tuple[bool, bool, str | None]:
    return look.italic, look.superscript, look.link


def _shows(inline: tuple[Look, str | Element]) -> bool:
    piece = inline[1]
    return bool(piece.strip(_BLANK)) if isinstance(piece, str) else piece.tag != "br"


def _paragraphs(
    inlines: list[tuple[Look, str | Element]],
) -> list[list[tuple[Look, str | Element]]]:
    """Divide where two line breaks or more follow each other."""
    groups: list[list[tuple[Look, str | Element]]] = [[]]
    breaks = 0
    for inline in inlines:
        if isinstance(inline[1], Element) and inline[1].tag == "br":
            breaks += 1
            if breaks == 2:
                groups.append([])
        elif _shows(inline):
            breaks = 0
        groups[-1].append(inline)
    return groups


def _merged(inlines: Iterable[tuple[Look, str | Element]]) -> list[tuple[Look, str | Element]]:
    """Join texts of the same look, and make spaces of no-break spaces that only fill."""
    merged: list[tuple[Look, str | Element]] = []
    texts: list[str] = []
    current = _NO_LOOK
    for look, piece in inlines:
        if isinstance(piece, str) and (not texts or look == current):
            texts.append(piece)
            current = look
            continue
        if texts:
            merged.append((current, _SPACES.sub(" ", "".join(texts))))
        texts = [piece] if isinstance(piece, str) else []
        current = look
        if isinstance(piece, Element):
            merged.append((look, piece))
    if texts:
        merged.append((current, _SPACES.sub(" ", "".join(texts))))
    return merged


def _trimmed(inlines: list[tuple[Look, str | Element]]) -> list[tuple[Look, str | Element]]:
    """Take line breaks and space away from both ends."""
    start, end = 0, len(inlines)
    while start < end and not _shows(inlines[start]):
        start += 1
    while end > start and not _shows(inlines[end - 1]):
        end -= 1
    kept = inlines[start:end]
    if kept and isinstance(kept[0][1], str):
        kept[0] = (kept[0][0], kept[0][1].lstrip(_BLANK))
    if kept and isinstance(kept[-1][1], str):
        kept[-1] = (kept[-1][0], kept[-1][1].rstrip(_BLANK))
    return kept


def _leading_text(inlines: list[tuple[Look, str | Element]]) -> str:
    texts: list[str] = []
    for _, piece in inlines[:3]:
        if not isinstance(piece, str):
            break
        texts.append(piece[:40])
    return "".join(texts)


def _without(
    inlines: list[tuple[Look, str | Element]], length: int
) -> list[tuple[Look, str | Element]]:
    kept: list[tuple[Look, str | Element]] = []
    for look, piece in inlines:
        if isinstance(piece, str) and length:
            cut = min(length, len(piece))
            length -= cut
            kept.append((look, piece[cut:]))
        else:
            kept.append((look, piece))
    return kept


def _elements(inlines: Iterable[tuple[Look, str | Element]]) -> list[Element | str]:
    return [_wrapped(look, piece) for look, piece in inlines]


def _wrapped(look: Look, piece: str | Element) -> Element | str:
    if isinstance(piece, Element):
        return piece
    inside: Element | str = piece
    if look.link:
        inside = Element("a", {"href": look.link}, 1, [inside])
    for tag, applies in (
        ("sup", look.superscript),
        ("em", look.italic),
        ("strong", look.bold),
    ):
        if applies:
            inside = Element(tag, {}, 1, [inside])
    return inside
