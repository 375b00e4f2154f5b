"""The numbering part of a template, with our abstract lists in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.documents.numbering import LIST_IDENTITIES, abstract_lists
from desktop.documents.ooxml import W
from desktop.documents.xml_tree import children, parse, split_at_end, w

if TYPE_CHECKING:
    from lxml import etree


class CompleteNumbering(NamedTuple):
    """A numbering part before and after the place of list instances.

    `ids` maps our lists to the ids of their abstract lists; instances count from `first_free`.
    """

    head: str
    tail: str
    ids: dict[str, int]
    first_free: int


def complete_numbering(part: bytes | None) -> CompleteNumbering:
    """Return the numbering part ready for list instances; our lists are added if it lacks one."""
    root = parse(part or f'<w:numbering xmlns:w="{W}"/>'.encode())
    for cleanup in list(children(root, "numIdMacAtCleanup")):
        root.remove(cleanup)
    ids = _known_lists(root) or _add_lists(root)
    taken = (int(num.get(w("numId"), "0")) for num in children(root, "num"))
    first_free = 1 + max(taken, default=0)
    return CompleteNumbering(*split_at_end(root), ids, first_free)


def _known_lists(root: etree._Element) -> dict[str, int]:
    found = {}
    for abstract in children(root, "abstractNum"):
        identity = abstract.find(w("nsid"))
        if identity is not None:
            found[identity.get(w("val"), "")] = int(abstract.get(w("abstractNumId"), "0"))
    if any(identity not in found for identity in LIST_IDENTITIES.values()):
        return {}
    return {key: found[identity] for key, identity in LIST_IDENTITIES.items()}


def _add_lists(root: etree._Element) -> dict[str, int]:
    present = list(children(root, "abstractNum"))
    first = 1 + max((int(item.get(w("abstractNumId"), "0")) for item in present), default=-1)
    position = len(root) - len(list(children(root, "num")))
    added = parse(f'<w:n xmlns:w="{W}">{abstract_lists(first)}</w:n>'.encode())
    for abstract in reversed(list(added)):
        root.insert(position, abstract)
    return {key: first + offset for offset, key in enumerate(LIST_IDENTITIES)}
