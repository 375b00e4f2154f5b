"""Relationships between the parts of a package."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from desktop.documents.ooxml import PACKAGE_RELATIONS, XML_HEAD, R, attribute

LINK = f"{R}/hyperlink"
IMAGE = f"{R}/image"
FOOTNOTES = f"{R}/footnotes"
STYLES = f"{R}/styles"
SETTINGS = f"{R}/settings"
NUMBERING = f"{R}/numbering"
FONTS = f"{R}/fontTable"
THEME = f"{R}/theme"
ENDNOTES = f"{R}/endnotes"
CUSTOM_XML = f"{R}/customXml"
HEADER = f"{R}/header"
FOOTER = f"{R}/footer"
MAIN = f"{R}/officeDocument"
EXTENDED_PROPERTIES = f"{R}/extended-properties"
CUSTOM_PROPERTIES = f"{R}/custom-properties"
CORE_PROPERTIES = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)


class Relation(NamedTuple):
    """One relationship; `target` is as written, relative to the source part's folder."""

    id: str
    type: str
    target: str
    external: bool = False


class Relations:
    """The relationships of one part, with ids that do not collide."""

    def __init__(self, kept: tuple[Relation, ...] = ()) -> None:
        self._relations = list(kept)
        self._taken = {relation.id for relation in kept}
        self._by_target: dict[tuple[str, str], str] = {}
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._relations)

    def all(self) -> tuple[Relation, ...]:
        """Return the relationships, kept ones first."""
        return tuple(self._relations)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """Return the id of a relationship to a target; asking again gives the same one."""
        key = (kind, target)
        known = self._by_target.get(key)
        if known is not None:
            return known
        self._count += 1
        while f"rId{self._count}" in self._taken:
            self._count += 1
        made = f"rId{self._count}"
        self._relations.append(Relation(made, kind, target, external))
        self._by_target[key] = made
        return made

    def part(self) -> bytes:
        """Return the relationships part."""
        body = "".join(_relation_xml(relation) for relation in self._relations)
        return (
            f'{XML_HEAD}<Relationships xmlns="{PACKAGE_RELATIONS}">{body}</Relationships>'.encode()
        )


def _relation_xml(relation: Relation) -> str:
    mode = ' TargetMode="External"' if relation.external else ""
    return (
        f'<Relationship Id="{attribute(relation.id)}" Type="{attribute(relation.type)}" '
        f'Target="{attribute(relation.target)}"{mode}/>'
    )


def relations_name(part: str) -> str:
    """Return the name of the part that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(source: str, target: str) -> str:
    """Return the part that a relative target of a source part names."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
