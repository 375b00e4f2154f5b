"""Runs, links, line breaks and footnotes as WordprocessingML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from desktop.documents import style_names as names
from desktop.documents.ooxml import NAMESPACES, XML_HEAD, text_element
from desktop.documents.relations import LINK
from desktop.richtext.tree import Footnote, LineBreak, Run

if TYPE_CHECKING:
    from desktop.documents.relations import Relations
    from desktop.documents.styles import UsedStyles
    from desktop.richtext.tree import Inline

BREAK = "<w:r><w:br/></w:r>"
# The two footnotes that are no notes: the line above the notes, and the one on a following page.
SEPARATOR_ID = -1
CONTINUATION_ID = 0

# Every character of RFC 3986 that may stand in an address unquoted.
_ADDRESS_CHARACTERS = "%:/?#[]@!$&'()*+,;=-._~"
_SCHEMES = frozenset({"http", "https", "mailto"})
_BOOKMARK_JUNK = re.compile(r"[^0-9A-Za-z_]+")
_BOOKMARK_LENGTH = 40


def safe_address(link: str) -> str | None:
    """Return an address as Word accepts it in a relationship, or None where it is none.

    Word calls a whole file damaged for one malformed address.
    """
    address = quote(link.strip(), safe=_ADDRESS_CHARACTERS)
    try:
        parts = urlsplit(address)
        valid_port = parts.port is None or parts.port >= 0
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not valid_port:
        return None
    if parts.scheme.lower() == "mailto":
        return address if "@" in parts.path else None
    brackets = "[" in parts.path + parts.query or "]" in parts.path + parts.query
    return address if parts.hostname and not brackets and address.count("#") < 2 else None


class Bookmarks:
    """Bookmark names of the anchors of a document, and the ids of its bookmarks."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._placed: set[str] = set()
        self._taken: set[str] = set()
        self._count = 0

    def announce(self, anchor: str) -> None:
        """Make an anchor known, so that links may point to it before it is written."""
        if anchor in self._names:
            return
        stem = "_a_" + _BOOKMARK_JUNK.sub("_", anchor)
        name, count = stem[:_BOOKMARK_LENGTH], 1
        while name.casefold() in self._taken:
            count += 1
            suffix = f"_{count}"
            name = stem[: _BOOKMARK_LENGTH - len(suffix)] + suffix
        self._taken.add(name.casefold())
        self._names[anchor] = name

    def name_of(self, anchor: str) -> str | None:
        """Return the bookmark of an anchor, or None where the document has no such anchor."""
        return self._names.get(anchor)

    def around(self, xml: str, name: str) -> str:
        """Return content inside a bookmark of a name that is not in the document yet."""
        self._count += 1
        return (
            f'<w:bookmarkStart w:id="{self._count}" w:name="{name}"/>{xml}'
            f'<w:bookmarkEnd w:id="{self._count}"/>'
        )

    def place(self, xml: str, anchor: str | None) -> str:
        """Return content inside the bookmark of an anchor; only its first place has one."""
        name = self._names.get(anchor) if anchor else None
        if name is None or name in self._placed:
            return xml
        self._placed.add(name)
        return self.around(xml, name)


def _run_properties(reference: str) -> dict[tuple[bool, bool, bool], str]:
    """Return the run properties of every look, in the order of the schema."""
    looks = {}
    for bold in (False, True):
        for italic in (False, True):
            for superscript in (False, True):
                inside = (
                    reference
                    + ("<w:b/><w:bCs/>" if bold else "")
                    + ("<w:i/><w:iCs/>" if italic else "")
                    + ('<w:vertAlign w:val="superscript"/>' if superscript else "")
                )
                looks[bold, italic, superscript] = f"<w:rPr>{inside}</w:rPr>" if inside else ""
    return looks


_PLAIN_LOOKS = _run_properties("")


class InlineWriter:
    """Writes the inlines of one part, whose links go into that part's relationships."""

    def __init__(
        self,
        styles: UsedStyles,
        relations: Relations,
        bookmarks: Bookmarks,
        footnotes: Footnotes | None,
    ) -> None:
        self._styles = styles
        self._relations = relations
        self._bookmarks = bookmarks
        self._footnotes = footnotes
        self._link_looks: dict[tuple[bool, bool, bool], str] = {}
        self._openings: dict[str, str | None] = {}

    def write(self, inlines: tuple[Inline, ...]) -> str:
        """Return the runs of a paragraph."""
        parts: list[str] = []
        link: str | None = None
        linked: list[str] = []
        for inline in inlines:
            target = inline.link if isinstance(inline, Run) else None
            if target != link and linked:
                parts.append(self._hyperlink(link, linked))
                linked = []
            link = target
            if isinstance(inline, Run) and target:
                linked.append(self._linked_run(inline))
            else:
                parts.append(self._inline(inline))
        if linked:
            parts.append(self._hyperlink(link, linked))
        return "".join(parts)

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Run):
            look = _PLAIN_LOOKS[inline.bold, inline.italic, inline.superscript]
            return f"<w:r>{look}{text_element(inline.text)}</w:r>"
        if isinstance(inline, LineBreak) or self._footnotes is None:
            return BREAK
        return self._footnotes.reference(inline)

    def _linked_run(self, run: Run) -> str:
        if self._opening(run.link) is None:
            return self._inline(run)
        if not self._link_looks:
            style = self._styles[names.HYPERLINK]
            self._link_looks = _run_properties(f'<w:rStyle w:val="{style}"/>')
        look = self._link_looks[run.bold, run.italic, run.superscript]
        return f"<w:r>{look}{text_element(run.text)}</w:r>"

    def _hyperlink(self, link: str | None, runs: list[str]) -> str:
        text = "".join(runs)
        opening = self._opening(link)
        return text if opening is None else f"{opening}{text}</w:hyperlink>"

    def _opening(self, link: str | None) -> str | None:
        """Return the start tag of a link, or None where it leads nowhere."""
        if link is None:
            return None
        if link not in self._openings:
            self._openings[link] = self._make_opening(link)
        return self._openings[link]

    def _make_opening(self, link: str) -> str | None:
        if link.startswith("#"):
            name = self._bookmarks.name_of(link[1:])
            return f'<w:hyperlink w:anchor="{name}" w:history="1">' if name else None
        address = safe_address(link)
        if address is None:
            return None
        identifier = self._relations.add(LINK, address, external=True)
        return f'<w:hyperlink r:id="{identifier}" w:history="1">'


class Footnotes:
    """Collects the footnotes of a document in the order of their marks."""

    def __init__(self, styles: UsedStyles, relations: Relations, bookmarks: Bookmarks) -> None:
        self._styles = styles
        self._notes: list[str] = []
        self._writer = InlineWriter(styles, relations, bookmarks, None)
        self._mark = ""

    def reference(self, note: Footnote) -> str:
        """Return the mark of a footnote and keep its text for the footnotes part."""
        if not self._mark:
            style = self._styles[names.FOOTNOTE_REFERENCE]
            self._mark = f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>'
        identifier = len(self._notes) + 1
        text = self._writer.write(note.content)
        self._notes.append(
            f'<w:footnote w:id="{identifier}"><w:p><w:pPr>'
            f'<w:pStyle w:val="{self._styles[names.FOOTNOTE_TEXT]}"/></w:pPr>'
            f'{self._mark}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
            f"{text}</w:p></w:footnote>"
        )
        return f'{self._mark}<w:footnoteReference w:id="{identifier}"/></w:r>'

    def part(self) -> bytes:
        """Return the footnotes part; the two separators are always there."""
        return "".join(
            (
                f"{XML_HEAD}<w:footnotes {NAMESPACES}>",
                _separator("separator", SEPARATOR_ID),
                _separator("continuationSeparator", CONTINUATION_ID),
                *self._notes,
                "</w:footnotes>",
            )
        ).encode()


def _separator(kind: str, identifier: int) -> str:
    return (
        f'<w:footnote w:type="{kind}" w:id="{identifier}"><w:p><w:pPr>'
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
    )
