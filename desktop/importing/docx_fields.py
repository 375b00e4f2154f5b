"""The fields of a Word file: their results are text, their codes are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from desktop.importing.docx_xml import Element, w

_HYPERLINK: Final = re.compile(r"\s*HYPERLINK\b(.*)", re.IGNORECASE | re.DOTALL)
_ARGUMENT: Final = re.compile(r'\\([a-zA-Z])|"((?:[^"\\]|\\.)*)"|(\S+)')
_ESCAPED: Final = re.compile(r"\\(.)")
_CONTENTS: Final = re.compile(r"\s*TOC\b", re.IGNORECASE)


def link_of(code: str) -> str | None:
    """Return the address of a HYPERLINK field; None for any other field."""
    found = _HYPERLINK.match(code)
    if found is None:
        return None
    address, place, waiting = "", "", ""
    for switch, quoted, bare in _ARGUMENT.findall(found[1]):
        if switch:
            waiting = switch.lower()
            continue
        text = _ESCAPED.sub(r"\1", quoted) if quoted else bare
        if waiting == "l":
            place = text
        elif waiting not in {"o", "t"} and not address:
            address = text
        waiting = ""
    return f"{address}#{place}" if place else address


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_result: bool = False


class Fields:
    """Which fields are open while the runs of a story are read."""

    def __init__(self, story: Element) -> None:
        """Look through the story: fields that do not fit together hide no text."""
        marks = [mark.get(w("fldCharType")) for mark in story.iter(w("fldChar"))]
        self._sound = _fits(marks)
        self._open: list[_Field] = []

    def mark(self, kind: str | None) -> None:
        """Take in a `w:fldChar`."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            self._open.pop()

    def code(self, text: str) -> None:
        """Take in a piece of a field's code."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].code += text

    @property
    def shows(self) -> bool:
        """Whether text that stands here is seen."""
        return not self._sound or all(field.in_result for field in self._open)

    @property
    def link(self) -> str | None:
        """The address of the innermost link that is open."""
        for field in reversed(self._open):
            address = link_of(field.code) if field.in_result else None
            if address:
                return address
        return None

    @property
    def in_contents(self) -> bool:
        """Whether the result of a table of contents is open."""
        return self._sound and any(
            field.in_result and _CONTENTS.match(field.code) for field in self._open
        )


def _fits(marks: list[str | None]) -> bool:
    depth = 0
    for mark in marks:
        depth += {"begin": 1, "end": -1}.get(mark or "", 0)
        if depth < 0:
            return False
    return depth == 0
