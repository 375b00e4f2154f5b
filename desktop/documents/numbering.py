"""Lists: one abstract list per kind and number format, one list instance per list of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.documents.look import LIST_STEP
from desktop.documents.ooxml import W

if TYPE_CHECKING:
    from desktop.documents.shell import Shell
    from desktop.richtext.tree import ListBlock, NumberFormat

LEVELS = 9

_FORMATS: dict[NumberFormat, tuple[str, str]] = {
    "1.": ("decimal", "%{}."),
    "1)": ("decimal", "%{})"),
    "a.": ("lowerLetter", "%{}."),
    "a)": ("lowerLetter", "%{})"),
}
_BULLET = "bullet"
_BULLETS = ("•", "–", "▪")
# The identities (nsid) by which our lists are known again in a template made from our own.
LIST_IDENTITIES: dict[str, str] = {
    _BULLET: "4D4F4230",
    "1.": "4D4F4231",
    "1)": "4D4F4232",
    "a.": "4D4F4233",
    "a)": "4D4F4234",
}


def abstract_lists(first_id: int) -> str:
    """Return our abstract lists, numbered from `first_id` in the order bullet, 1., 1), a., a)."""
    return "".join(
        f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{first_id + offset}">'
        f'<w:nsid w:val="{identity}"/><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{''.join(_level(key, level) for level in range(LEVELS))}</w:abstractNum>"
        for offset, (key, identity) in enumerate(LIST_IDENTITIES.items())
    )


def _level(key: str, level: int) -> str:
    number_format, text = _BULLET, _BULLETS[level % len(_BULLETS)]
    for name, (word, pattern) in _FORMATS.items():
        if name == key:
            number_format, text = word, pattern.format(level + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{LIST_STEP * (level + 1)}" w:hanging="{LIST_STEP}"/></w:pPr>'
        "</w:lvl>"
    )


class Numbering:
    """Gives every list of one document its own instance and writes the numbering part."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._next = shell.first_list
        self._instances: list[str] = []

    def instance(self, block: ListBlock, level: int) -> int:
        """Return the number id of a list that stands at a level counted from 0.

        A numbered list starts at its own `start`, whatever lists of the same format came before.
        """
        number = self._next
        self._next += 1
        bullet = block.kind == "bullet"
        abstract = self._shell.list_ids[_BULLET if bullet else block.number_format]
        override = (
            ""
            if bullet
            else f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{block.start}"/>'
            "</w:lvlOverride>"
        )
        self._instances.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
        )
        return number

    def part(self) -> bytes:
        """Return the numbering part."""
        head, tail = self._shell.numbering
        return "".join((head, *self._instances, tail)).encode()
