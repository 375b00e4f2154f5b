"""The styles of a document, found by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.documents import style_names as names
from desktop.documents.look import style_id
from desktop.documents.ooxml import attribute

if TYPE_CHECKING:
    from desktop.documents.shell import Shell


class StyleSheet:
    """The styles that documents of one template and one language are written with."""

    def __init__(self, shell: Shell) -> None:
        self.ids = shell.style_ids
        self.borrowed = shell.borrowed
        self._head, self._tail = shell.styles

    def id_of(self, name: str) -> str:
        """Return the id of a style that every completed sheet has."""
        return self.ids[name.casefold()]

    def part(self, fields: dict[str, int]) -> bytes:
        """Return the styles part with a heading style for each marked field and its level."""
        extra = "".join(self._field_style(mark, level) for mark, level in fields.items())
        return f"{self._head}{extra}{self._tail}".encode()

    def field_style_id(self, mark: str) -> str:
        """Return the id of the heading style of a marked field."""
        return style_id(f"{names.FIELD_PREFIX}{mark}")

    def _field_style(self, mark: str, level: int) -> str:
        name = f"{names.FIELD_PREFIX}{mark}"
        if name.casefold() in self.ids:
            return ""
        return (
            '<w:style w:type="paragraph" w:customStyle="1" '
            f'w:styleId="{attribute(style_id(name))}">'
            f'<w:name w:val="{attribute(name)}"/>'
            f'<w:basedOn w:val="{attribute(self.id_of(names.HEADINGS[level - 1]))}"/>'
            f'<w:next w:val="{attribute(self.id_of(names.NORMAL))}"/><w:uiPriority w:val="99"/>'
            f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
        )


class UsedStyles(dict[str, str]):
    """Style ids by name. What was asked for is what the document uses."""

    def __init__(self, sheet: StyleSheet) -> None:
        super().__init__()
        self._sheet = sheet

    def __missing__(self, name: str) -> str:
        found = attribute(self._sheet.id_of(name))
        self[name] = found
        return found

    def missing(self) -> tuple[str, ...]:
        """Return the names of the used styles that the template did not have, sorted.

        The separator of tables is no style that anybody writes in, and is not told of.
        """
        borrowed = self._sheet.borrowed - {names.SEPARATOR.casefold()}
        return tuple(sorted(name for name in self if name.casefold() in borrowed))
