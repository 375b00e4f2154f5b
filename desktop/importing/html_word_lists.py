"""Paragraphs that Word, and programs like it, mark as list items, made into real lists.

A list paragraph has a level, a list it belongs to, and a marker as text ("·", "3.", "b)"). The
marker is what the reader saw, so it decides; the style block speaks where there is no marker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from desktop.importing.html_dom import Element
from desktop.importing.html_style import Declarations
from desktop.richtext.tree import ListKind, NumberFormat
from desktop.richtext.validate import MAX_LIST_DEPTH, MAX_LIST_START

_NEAR: Final = 3.0  # points; what Word rounds away when it writes centimetres as points
_LOOK_AHEAD: Final = 20
_MARKER: Final = re.compile(r"[(\[]?(?:[0-9]{1,5}\.){0,8}([0-9]{1,5}|[a-zæøå]{1,5})([.):\]]*)")
_ROMAN: Final = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_START: Final = re.compile("[0-9]{1,5}")

Strength = Literal["no", "margin", "yes"]


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before a list item. `number` is None where only the style block knows it."""

    kind: ListKind = "bullet"
    number_format: NumberFormat = "1."
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list paragraph belongs: its list ("" for a list without name) and level."""

    level: int
    name: str = ""
    first: int = 1


@dataclass(slots=True)
class Piece:
    """A block on its way into the text.

    Attributes:
        element: The block.
        place: The list and level of a list paragraph.
        marker: Its marker.
        margin: How far in it stands, in points.
        follows: Whether it may continue the item before it: never, when it stands as far in, or
            always.
    """

    element: Element
    place: Place | None = None
    marker: Marker = field(default_factory=Marker)
    margin: float = 0.0
    follows: Strength = "no"


@dataclass(slots=True)
class _Open:
    """A list that can still get items."""

    place: Place
    marker: Marker
    element: Element
    margin: float
    next: int


def read_marker(text: str, declared: Declarations | None) -> Marker:
    """Return what a marker is, from its text and what Word declares for the level."""
    shown = text.replace("\N{NO-BREAK SPACE}", " ").strip().lower()
    form = declared.get("mso-level-number-format", "") if declared is not None else None
    if form in {"bullet", "image", "none"}:
        return Marker()
    match = _MARKER.fullmatch(shown)
    lettered = form is not None and form.startswith(("alpha", "roman"))
    if match and (match[2] or match[1].isdigit() or lettered):
        return _numbered(match[1], match[2], form)
    if declared is None or shown:
        return Marker()
    level_text = declared.get("mso-level-text", "")
    return Marker("number", _format(form or "", ")" if ")" in level_text else "."), None)


def _numbered(sign: str, end: str, form: str | None) -> Marker:
    after = ")" if end.startswith(")") else "."
    if sign.isdigit():
        return Marker("number", _format("", after), _within(int(sign)))
    roman = form.startswith("roman") if form else sign in {"i", "ii", "iii", "v", "x"}
    if roman and _ROMAN.fullmatch(sign):
        return Marker("number", _format("", after), _within(_roman(sign)))
    repeated = sign == sign[0] * len(sign) and "a" <= sign[0] <= "z"
    number = ord(sign[0]) - ord("a") + 1 + 26 * (len(sign) - 1) if repeated else None
    return Marker("number", _format("alpha", after), number)


def _format(form: str, after: str) -> NumberFormat:
    if form.startswith("alpha"):
        return "a)" if after == ")" else "a."
    return "1)" if after == ")" else "1."


def _roman(sign: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in sign]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < after else one for one, after in pairs)


def _within(number: int) -> int | None:
    return number if number <= MAX_LIST_START else None


def first_number(declared: Declarations | None) -> int:
    """Return where Word starts a level of a list."""
    written = declared.get("mso-level-start-at", "") if declared is not None else ""
    return min(int(written), MAX_LIST_START) if _START.fullmatch(written) else 1


def grouped(pieces: Sequence[Piece], room: int = MAX_LIST_DEPTH) -> list[Element]:
    """Return the blocks with every row of list paragraphs made into lists.

    Args:
        pieces: The blocks of one container.
        room: How many levels of lists the container may still hold; deeper items stand at the
            deepest of them.
    """
    grouping = _Grouping(pieces, room)
    for index in range(len(pieces)):
        grouping.add(index)
    return grouping.blocks


class _Grouping:
    def __init__(self, pieces: Sequence[Piece], room: int) -> None:
        self.blocks: list[Element] = []
        self._pieces = pieces
        self._room = room
        self._open: list[_Open] = []
        self._next: dict[tuple[str, int], int] = {}

    def add(self, index: int) -> None:
        piece = self._pieces[index]
        if piece.place and self._room > 0:
            self._add_item(piece, piece.place)
            return
        host = self._host(index)
        if host:
            host.element.children[-1].children.append(piece.element)  # type: ignore[union-attr]
            return
        self._open.clear()
        self.blocks.append(piece.element)

    def _add_item(self, piece: Piece, place: Place) -> None:
        while self._open and self._open[-1].place.level > place.level:
            self._open.pop()
        top = self._open[-1] if self._open else None
        if top is None or not self._goes_on(top, place, piece.marker):
            if top and (top.place.level == place.level or len(self._open) == self._room):
                self._open.pop()
            top = self._begin(piece, place)
        top.element.children.append(Element("li", {}, piece.element.line, [piece.element]))
        top.next += 1
        self._next[place.name, place.level] = top.next
        for level in range(place.level + 1, place.level + 10):
            self._next.pop((place.name, level), None)

    def _goes_on(self, top: _Open, place: Place, marker: Marker) -> bool:
        if top.place.level != place.level or top.marker.kind != marker.kind:
            return False
        if marker.kind == "bullet":
            return True
        if top.marker.number_format != marker.number_format:
            return False
        return place.name == top.place.name if marker.number is None else marker.number == top.next

    def _begin(self, piece: Piece, place: Place) -> _Open:
        marker = piece.marker
        start = marker.number
        if start is None:
            start = self._next.get((place.name, place.level), place.first) if place.name else 1
        attributes = {}
        if marker.kind == "number":
            attributes = {"data-format": marker.number_format, "start": str(start)}
        tag = "ul" if marker.kind == "bullet" else "ol"
        element = Element(tag, attributes, piece.element.line)
        outer = self._open[-1].element.children[-1] if self._open else None
        if isinstance(outer, Element):
            outer.children.append(element)
        else:
            self.blocks.append(element)
        self._open.append(_Open(place, marker, element, piece.margin, start))
        return self._open[-1]

    def _host(self, index: int) -> _Open | None:
        """Return the list whose last item a paragraph continues, and close what is deeper."""
        piece = self._pieces[index]
        if not self._open or piece.follows == "no":
            return None
        if piece.follows == "margin" and not self._fits(index):
            return None
        while len(self._open) > 1 and self._open[-1].margin > piece.margin + _NEAR:
            self._open.pop()
        return self._open[-1]

    def _fits(self, index: int) -> bool:
        """Whether a paragraph stands where an item's text does, or the list goes on after it."""
        margin = self._pieces[index].margin
        if margin <= 0:
            return False
        if any(abs(one.margin - margin) <= _NEAR for one in self._open):
            return True
        return margin > self._open[0].margin - _NEAR and self._goes_on_after(index)

    def _goes_on_after(self, index: int) -> bool:
        for piece in self._pieces[index + 1 : index + _LOOK_AHEAD]:
            if piece.place:
                return any(
                    one.place.level == piece.place.level
                    and one.place.name == piece.place.name
                    and one.marker.kind == piece.marker.kind
                    and piece.marker.number in {None, one.next}
                    for one in self._open
                )
            if piece.follows == "no" or piece.margin <= 0:
                return False
        return False
