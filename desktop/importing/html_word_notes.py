"""Footnotes in foreign HTML: a link to a note further down that links back to where it came from.

So write Word (`_ftnref1` and `_ftn1`), LibreOffice (`sdfootnote1anc` and `sdfootnote1sym`), Google
Docs (`ftnt_ref1` and `ftnt1`), Wikipedia, and Møtebok's own documents. A note belongs to the first
link that leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.importing.html_dom import Element

_NAME: Final = re.compile(r"ftn|edn|note|fn(?:ref)?[-_:]?[0-9]", re.IGNORECASE)
_NOTE_ID: Final = re.compile(r"_?(?:ftn|edn|sdfootnote|sdendnote|fotnote-|fn)[0-9]+", re.IGNORECASE)
_NOTE_STYLE: Final = re.compile(r"mso-element\s*:\s*(?:footnote|endnote)\s*(?:;|$)", re.IGNORECASE)
_BODIES: Final = frozenset({"li", "p", "div", "dd", "aside"})
_CLIMB: Final = 4


class Notes:
    """The footnotes of one text."""

    def __init__(self, root: Element) -> None:
        self._parents: dict[int, Element] = {}
        self._order: dict[int, int] = {}
        self._named: dict[str, Element] = {}
        self._links: list[tuple[Element, str]] = []
        self._bodies: dict[int, Element] = {}
        self._ways: dict[int, dict[int, list[Element]]] = {}
        self._back: set[int] = set()
        self._claimed: set[int] = set()
        self._index(root)
        if any(_NAME.search(name) for _, name in self._links):
            for link, name in self._links:
                self._pair(link, name)

    def body(self, link: Element) -> Element | None:
        """Return the note that a link marks the place of."""
        return self._bodies.get(id(link))

    def is_body(self, element: Element) -> bool:
        """Return whether an element is a note, and so is read where it is marked."""
        return id(element) in self._claimed

    def leads_back(self, link: Element) -> bool:
        """Return whether a link leads from a note to its mark."""
        return id(link) in self._back

    def _index(self, parent: Element) -> None:
        for child in parent.elements():
            self._parents[id(child)] = parent
            self._order[id(child)] = len(self._order)
            attributes = child.attributes
            if attributes:
                for key in ("id", "name"):
                    if key in attributes:
                        self._named.setdefault(attributes[key], child)
                if child.tag == "a" and "#" in attributes.get("href", ""):
                    name = attributes["href"].partition("#")[2]
                    self._links.append((child, name))
            self._index(child)

    def _pair(self, link: Element, name: str) -> None:
        target = self._named.get(name)
        if target is None or not _NAME.search(name):
            return
        body = self._body_of(target)
        if (
            body is None
            or id(body) in self._claimed
            or self._order[id(body)] < self._order[id(link)]
        ):
            return
        if any(id(one) in self._claimed for one in self._outward(link, len(self._order))):
            return
        ways = self._ways_back(body)
        back = [way for one in self._around(link) for way in ways.get(id(one), ())]
        if back:
            self._bodies[id(link)] = body
            self._claimed.add(id(body))
            self._back.update(map(id, back))

    def _ways_back(self, body: Element) -> dict[int, list[Element]]:
        """Return the links in a note by the element they lead to."""
        known = self._ways.get(id(body))
        if known is None:
            known = self._ways[id(body)] = {}
            for link in _links(body):
                target = self._named.get(link.attributes["href"].partition("#")[2])
                known.setdefault(id(target), []).append(link)
        return known

    def _body_of(self, target: Element) -> Element | None:
        near = list(self._outward(target, _CLIMB))
        for element in near:
            attributes = element.attributes
            marked = _NOTE_STYLE.search(attributes.get("style", ""))
            if element.tag in _BODIES and (marked or _NOTE_ID.fullmatch(attributes.get("id", ""))):
                return element
        return next((element for element in near if element.tag in _BODIES), None)

    def _around(self, link: Element) -> Iterator[Element]:
        """Yield what a way back to a mark may name: the link, what is in it, what it stands in."""
        yield from _within(link)
        for element in self._outward(link, _CLIMB):
            if element.tag in _BODIES:
                break
            yield element

    def _outward(self, element: Element, steps: int) -> Iterator[Element]:
        found: Element | None = element
        while found is not None and steps >= 0:
            yield found
            found = self._parents.get(id(found))
            steps -= 1


def _within(element: Element) -> Iterator[Element]:
    for child in element.elements():
        yield child
        yield from _within(child)


def _links(body: Element) -> Iterator[Element]:
    for element in _within(body):
        if element.tag == "a" and "#" in element.attributes.get("href", ""):
            yield element
