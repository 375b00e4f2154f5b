"""Where in a document a block stands."""

from __future__ import annotations

from typing import NamedTuple

from desktop.documents import style_names as names
from desktop.documents.look import LIST_STEP

DEEPEST_LIST_LEVEL = 8


class Place(NamedTuple):
    """The room blocks have (twips), their list level (-1: none), and how they look there.

    `style` is the style of plain paragraphs, `shift` what heading levels are moved by, `mark` the
    field a lone paragraph is the value of.
    """

    room: int
    level: int = -1
    style: str = names.NORMAL
    shift: int = 0
    mark: str | None = None

    @property
    def indent(self) -> int:
        """Where the text of this list level starts."""
        return LIST_STEP * (self.level + 1)

    def deeper(self) -> Place:
        """Return the place of the items of a list that stands here."""
        return self._replace(level=min(self.level + 1, DEEPEST_LIST_LEVEL))

    def within(self, margins: int) -> Place:
        """Return this place with less room."""
        return self._replace(room=max(self.room - margins, LIST_STEP))
