"""The lists of a Word file: what a paragraph's number looks like, and which number it has."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from desktop.importing.docx_styles import Indent, NumberingOf, Styles, indent_of
from desktop.importing.docx_xml import Element, child, elements, number, value, w
from desktop.richtext.tree import ListKind, NumberFormat
from desktop.richtext.validate import MAX_LIST_START

LEVELS: Final = 9
_LONGEST_LINK: Final = 5
_PLACE: Final = re.compile("%[1-9]")
_LETTERS: Final = frozenset({"lowerLetter", "upperLetter"})
_SAME: Final = frozenset({"decimal", "lowerLetter", "bullet"})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        family: What shares a count: the abstract list.
        changed: Its numbers look otherwise in Word (roman, capital letters, 1.1).
        restart: After which level it starts anew, counted from 1; 0 is never, None after any.
        own_start: The list has a start of its own, whatever others have counted.
    """

    family: str
    kind: ListKind
    number_format: NumberFormat
    changed: bool
    start: int
    own_start: bool
    restart: int | None
    indent: Indent


@dataclass(slots=True)
class _List:
    abstract: Element | None
    family: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Element] = field(default_factory=dict)


class Numbering:
    """The lists of a file, and the count of each."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {
            item.get(w("abstractNumId"), ""): item for item in elements(root, "abstractNum")
        }
        self._lists = {item.get(w("numId"), ""): item for item in elements(root, "num")}
        self._known: dict[str, _List] = {}
        self._levels: dict[tuple[str, int], Level | None] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[tuple[str, int]] = set()

    def place(self, given: NumberingOf, style_id: str) -> tuple[str, int]:
        """Return list id and level, from 0, of a paragraph in a style."""
        level = given.level
        if level is None:
            level = self._level_of_style(given.list_id, style_id)
        return given.list_id, min(max(level, 0), LEVELS - 1)

    def level(self, list_id: str, level: int) -> Level | None:
        """Return a level of a list; None where paragraphs show no number or bullet."""
        key = (list_id, level)
        if key not in self._levels:
            self._levels[key] = self._read_level(list_id, level)
        return self._levels[key]

    def count(self, list_id: str, level: int) -> int:
        """Return the number that the next paragraph of a list has, and count it."""
        look = self.level(list_id, level)
        if look is None:
            return 1
        counts = self._counts[look.family]
        if look.own_start and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            counts[level] = look.start
        else:
            counts[level] = counts[level] + 1 if level in counts else look.start
        for deeper in [other for other in counts if other > level]:
            if self._restarts(list_id, deeper, level):
                del counts[deeper]
        return min(max(counts[level], 0), MAX_LIST_START)

    def _restarts(self, list_id: str, deeper: int, level: int) -> bool:
        look = self.level(list_id, deeper)
        restart = look.restart if look else None
        return restart is None or level < restart

    def _level_of_style(self, list_id: str, style_id: str) -> int:
        found = self._list(list_id)
        for item in elements(found.abstract if found else None, "lvl"):
            if value(item, "pStyle") == style_id:
                return number(item.get(w("ilvl"))) or 0
        return 0

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._lists:
            return None
        if list_id not in self._known:
            self._known[list_id] = self._read_list(self._lists[list_id])
        return self._known[list_id]

    def _read_list(self, item: Element) -> _List:
        family = value(item, "abstractNumId") or ""
        found = _List(self._followed(family), family)
        for override in elements(item, "lvlOverride"):
            level = number(override.get(w("ilvl"))) or 0
            start, redefined = number(value(override, "startOverride")), child(override, "lvl")
            if start is not None:
                found.starts[level] = start
            if redefined is not None:
                found.levels[level] = redefined
        return found

    def _followed(self, family: str) -> Element | None:
        """Return the abstract list that has the levels: it may name a style that has them."""
        for _step in range(_LONGEST_LINK):
            abstract = self._abstract.get(family)
            link = value(abstract, "numStyleLink")
            target = self._styles.list_of(link) if link else None
            if target is None or target not in self._lists:
                return abstract
            family = value(self._lists[target], "abstractNumId") or ""
        return None

    def _read_level(self, list_id: str, level: int) -> Level | None:
        found = self._list(list_id)
        if found is None:
            return None
        item = found.levels.get(level)
        for candidate in elements(found.abstract if item is None else None, "lvl"):
            if number(candidate.get(w("ilvl"))) == level:
                item = candidate
                break
        if item is None:
            return None
        word_format = value(item, "numFmt") or "decimal"
        text = value(item, "lvlText") or ""
        picture = child(item, "lvlPicBulletId") is not None
        if word_format == "none" or not (text.strip() or picture):
            return None
        look, changed = _look(word_format, text)
        start = found.starts.get(level, number(value(item, "start")))
        return Level(
            family=found.family,
            kind="number" if look else "bullet",
            number_format=look or "1.",
            changed=changed,
            start=1 if start is None else start,
            own_start=level in found.starts,
            restart=number(value(item, "lvlRestart")),
            indent=indent_of(child(item, "pPr")),
        )


def _look(word_format: str, text: str) -> tuple[NumberFormat | None, bool]:
    """Return the nearest number format (None for a bullet), and whether Word's looks otherwise."""
    places = _PLACE.findall(text)
    if word_format == "bullet" or not places:
        return None, False
    lettered = word_format in _LETTERS
    bracket = text.rstrip().endswith(")")
    look: NumberFormat = "1."
    if lettered:
        look = "a)" if bracket else "a."
    elif bracket:
        look = "1)"
    changed = word_format not in _SAME or len(places) > 1
    return look, changed
