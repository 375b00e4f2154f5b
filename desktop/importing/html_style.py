"""The part of CSS that says what foreign HTML means: declarations by tag, class and `style`.

Selectors other than `tag`, `.class` and `tag.class` are passed over, and so is every at-rule but
Word's `@list l0:level1 {…}`. Nothing is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from desktop.importing.html_dom import Element

Declarations = Mapping[str, str]

_NOTHING: Final[Declarations] = {}
_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SELECTOR: Final = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?")
_LIST_LEVEL: Final = re.compile(r"@list\s+(l\d{1,9}):level(\d{1,3})")
_LENGTH: Final = re.compile(r"\s*(-?[0-9]{0,6}\.?[0-9]{1,6})\s*(pt|px|cm|mm|in|pc|)\s*")
_POINTS: Final = {"pt": 1.0, "px": 0.75, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "pc": 12.0}


class StyleSheet:
    """What the style blocks of one text declare."""

    def __init__(self, root: Element) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        self._levels: dict[tuple[str, int], Declarations] = {}
        self._known: dict[tuple[str, str, str], Declarations] = {}
        for css in _style_blocks(root):
            self._read(css)

    def of(self, element: Element) -> Declarations:
        """Return what is declared for an element itself, nothing inherited."""
        attributes = element.attributes
        key = (element.tag, attributes.get("class", ""), attributes.get("style", ""))
        declared = self._known.get(key)
        if declared is None:
            declared = self._known[key] = self._gather(*key)
        return declared

    def list_level(self, name: str, level: int) -> Declarations | None:
        """Return what Word declares for a level of the list with this name."""
        return self._levels.get((name, level))

    def _gather(self, tag: str, classes: str, style: str) -> Declarations:
        found = dict(self._rules.get(tag, _NOTHING))
        for name in classes.lower().split():
            found.update(self._rules.get(f".{name}", _NOTHING))
            found.update(self._rules.get(f"{tag}.{name}", _NOTHING))
        found.update(declarations(style))
        return found

    def _read(self, css: str) -> None:
        inside = 0
        for chunk in _COMMENT.sub(" ", css).split("}"):
            head, brace, body = chunk.rpartition("{")
            inside += head.count("{")
            if not brace:
                inside = max(0, inside - 1)
            elif not inside:
                self._rule(head.rpartition(";")[2].strip().lower(), body)

    def _rule(self, head: str, body: str) -> None:
        level = _LIST_LEVEL.match(head)
        if level:
            self._levels[level[1], int(level[2])] = declarations(body)
        elif not head.startswith("@"):
            declared = declarations(body)
            for selector in head.split(","):
                name = selector.strip()
                if name and _SELECTOR.fullmatch(name):
                    self._rules.setdefault(name, {}).update(declared)


def declarations(style: str) -> dict[str, str]:
    """Return the declarations of a `style`, names and values in lower case.

    A `margin` also gives its `margin-left`.
    """
    found: dict[str, str] = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            name, value = name.strip().lower(), " ".join(value.split()).lower()
            found[name] = value.removesuffix("!important").rstrip()
            if name == "margin" and value:
                sides = value.split()
                found["margin-left"] = sides[3 if len(sides) > 3 else min(1, len(sides) - 1)]
    return found


def points(length: str | None) -> float | None:
    """Return a CSS length in points, or None for what is none (`auto`, `2em`)."""
    match = _LENGTH.fullmatch(length or "")
    if not match:
        return None
    unit = match[2] or ("pt" if float(match[1]) == 0 else "")
    return float(match[1]) * _POINTS[unit] if unit else None


def _style_blocks(parent: Element) -> Iterator[str]:
    for child in parent.elements():
        if child.tag == "style":
            yield child.text()
        else:
            yield from _style_blocks(child)
