"""What the styles of a Word file say about its paragraphs and runs, inheritance worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from desktop.importing.docx_xml import Element, child, elements, number, switch, value, w

StyleKind = Literal["normal", "title", "caption", "contents", "separator"]

_DEEPEST_CHAIN: Final = 20
_BODY_LEVEL: Final = 9
# Word stores «heading 1» in every language; files made by other programs, and styles that people
# make themselves, have the name as it is shown.
_HEADING: Final = re.compile(r"(?:heading|overskrift|rubrik)\s*([1-9])(?:\D.*)?")
_CONTENTS: Final = re.compile(r"(?:toc|contents|innhold|innholdsfortegnelse|inh)\s*[1-9]")
_KINDS: Final[Mapping[str, StyleKind]] = {
    "title": "title",
    "tittel": "title",
    "caption": "caption",
    "bildetekst": "caption",
    "figurtekst": "caption",
    "tabelltittel": "caption",
    "toc heading": "contents",
    "contents heading": "contents",
    "overskrift for innholdsfortegnelse": "contents",
    "tabellskille": "separator",
}


class RunLook(NamedTuple):
    """The look of a run as far as it is given; None is what stands around it."""

    bold: bool | None = None
    italic: bool | None = None
    align: str | None = None
    hidden: bool | None = None
    struck: bool | None = None

    def over(self, other: RunLook) -> RunLook:
        """Return this look, with the other's where this one says nothing."""
        return RunLook(
            other.bold if self.bold is None else self.bold,
            other.italic if self.italic is None else self.italic,
            other.align if self.align is None else self.align,
            other.hidden if self.hidden is None else self.hidden,
            other.struck if self.struck is None else self.struck,
        )


class Indent(NamedTuple):
    """Where the lines of a paragraph begin, in twips; None is not given."""

    left: int | None = None
    first: int | None = None

    def over(self, other: Indent) -> Indent:
        """Return this indentation, with the other's where this one says nothing."""
        return Indent(
            self.left if self.left is not None else other.left,
            self.first if self.first is not None else other.first,
        )


class NumberingOf(NamedTuple):
    """The list a paragraph belongs to; `level` is None where the list itself tells by style."""

    list_id: str
    level: int | None


_NO_INDENT: Final = Indent()
_NO_LOOK: Final = RunLook()


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph style gives; `level` is that of a heading, from 1."""

    id: str = ""
    name: str = ""
    kind: StyleKind = "normal"
    level: int | None = None
    numbering: NumberingOf | None = None
    indent: Indent = _NO_INDENT
    run: RunLook = _NO_LOOK


def run_look(properties: Element | None) -> RunLook:
    """Return what `w:rPr` says."""
    if properties is None:
        return RunLook()
    struck = switch(properties, "strike")
    return RunLook(
        switch(properties, "b"),
        switch(properties, "i"),
        value(properties, "vertAlign"),
        switch(properties, "vanish"),
        struck if struck is not None else switch(properties, "dstrike"),
    )


def indent_of(properties: Element | None) -> Indent:
    """Return what `w:pPr` says about indentation."""
    found = child(properties, "ind")
    if found is None:
        return Indent()
    left = number(found.get(w("left")) or found.get(w("start")))
    hanging = number(found.get(w("hanging")))
    first = -hanging if hanging is not None else number(found.get(w("firstLine")))
    return Indent(left, first)


def numbering_of(properties: Element | None) -> NumberingOf | None:
    """Return the list that `w:pPr` puts a paragraph in; list "0" takes it out of any."""
    found = child(properties, "numPr")
    list_id = value(found, "numId")
    if list_id is None:
        return None
    return NumberingOf(list_id.strip(), number(value(found, "ilvl")))


def outline_level(properties: Element | None) -> int | None:
    """Return the outline level from 1; 0 for what is told to be body text; None if not given."""
    level = number(value(properties, "outlineLvl"))
    if level is None:
        return None
    return level + 1 if 0 <= level < _BODY_LEVEL else 0


class Styles:
    """The styles of a file, by id; unknown ids have no look."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._default = ""
        self._paragraphs: dict[str, ParagraphLook] = {}
        self._runs: dict[str, RunLook] = {}
        for style in elements(root, "style"):
            style_id = style.get(w("styleId"), "")
            self._by_id.setdefault(style_id, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true"}:
                self._default = style_id

    def paragraph(self, style_id: str | None) -> ParagraphLook:
        """Return the look of a paragraph style; of the default one for None."""
        key = self._default if style_id is None or style_id not in self._by_id else style_id
        if key not in self._paragraphs:
            self._paragraphs[key] = self._read_paragraph(key)
        return self._paragraphs[key]

    def run(self, style_id: str | None) -> RunLook:
        """Return the look of a character style."""
        if style_id is None or style_id not in self._by_id:
            return RunLook()
        if style_id not in self._runs:
            look = RunLook()
            for style in self._chain(style_id):
                look = look.over(run_look(child(style, "rPr")))
            self._runs[style_id] = look
        return self._runs[style_id]

    def list_of(self, style_id: str) -> str | None:
        """Return the list id that a style (of kind numbering, mostly) stands for."""
        for style in self._chain(style_id):
            found = numbering_of(child(style, "pPr"))
            if found is not None:
                return found.list_id
        return None

    def first_row_is_bold(self, style_id: str | None) -> bool:
        """Return whether a table style sets the first row in bold."""
        for style in self._chain(style_id or ""):
            for special in elements(style, "tblStylePr"):
                if special.get(w("type")) == "firstRow":
                    return bool(run_look(child(special, "rPr")).bold)
        return False

    def _chain(self, style_id: str) -> Iterator[Element]:
        """Yield a style and those it is based on."""
        seen: set[str] = set()
        while style_id in self._by_id and style_id not in seen and len(seen) < _DEEPEST_CHAIN:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            style_id = value(style, "basedOn") or ""

    def _read_paragraph(self, style_id: str) -> ParagraphLook:
        level: int | None = None
        kind: StyleKind = "normal"
        numbering: NumberingOf | None = None
        indent, run = Indent(), RunLook()
        for style in self._chain(style_id):
            properties, name = child(style, "pPr"), _name(style)
            if level is None:
                level = outline_level(properties)
            heading = _HEADING.fullmatch(name)
            if level is None and heading:
                level = int(heading[1])
            if kind == "normal":
                kind = "contents" if _CONTENTS.fullmatch(name) else _KINDS.get(name, "normal")
            numbering = numbering or numbering_of(properties)
            indent = indent.over(indent_of(properties))
            run = run.over(run_look(child(style, "rPr")))
        name = _name(self._by_id[style_id]) if style_id in self._by_id else ""
        return ParagraphLook(style_id, name, kind, level or None, numbering, indent, run)


def _name(style: Element) -> str:
    return " ".join((value(style, "name") or "").casefold().split())
