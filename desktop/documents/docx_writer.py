"""A document as a Word file."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from desktop.documents import ooxml
from desktop.documents import relations as rel
from desktop.documents.body import BodyParts, BodyWriter
from desktop.documents.document import DocHeading, StyledParagraph, Title
from desktop.documents.images import EXTENSIONS
from desktop.documents.inlines import Bookmarks, Footnotes
from desktop.documents.media import Media
from desktop.documents.numbering import Numbering
from desktop.documents.package import CUSTOM_PART, PackageWriter, content_types_part
from desktop.documents.page import Page, foot_part, head_part
from desktop.documents.properties import app_part, core_part, custom_part
from desktop.documents.relations import Relations, relations_name
from desktop.documents.shell import own_shell
from desktop.documents.styles import StyleSheet, UsedStyles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.documents.document import Document
    from desktop.documents.shell import Shell

CORE_PART = "docProps/core.xml"
APP_PART = "docProps/app.xml"


class DocxResult(NamedTuple):
    """A Word file, and the names of the styles it uses that the utvalg's template does not have.

    Those styles were taken from our own template.
    """

    data: bytes
    missing_styles: tuple[str, ...] = ()


def write_docx(document: Document, *, template: bytes | None = None) -> DocxResult:
    """Return the document as a .docx file, in our own template or an utvalg's.

    Equal documents give equal bytes.

    Raises:
        TemplateError: the template cannot be used.
    """
    return _Writing(document, _shell(template, ooxml.LANGUAGES[document.maalform])).run()


def _shell(template: bytes | None, language: str) -> Shell:
    if template is None:
        return own_shell(language)
    # Only an utvalg's template has to be parsed; lxml is a third of a short run.
    from desktop.documents.make_shell import make_shell  # noqa: PLC0415

    return make_shell(template, language)


class _Writing:
    """One document on its way into one package."""

    def __init__(self, document: Document, shell: Shell) -> None:
        self._document = document
        self._shell = shell
        self._sheet = StyleSheet(shell)
        self._styles = UsedStyles(self._sheet)
        self._relations = Relations(shell.relations)
        self._note_relations = Relations()
        self._bookmarks = _announced(document)
        self._footnotes = Footnotes(self._styles, self._note_relations, self._bookmarks)
        self._numbering = Numbering(shell)
        self._media = Media(document.figures, self._relations)
        self._page = Page(shell)
        self._types = dict(shell.types)
        self._package = PackageWriter()

    def run(self) -> DocxResult:
        """Write every part."""
        with self._package:
            return self._written()

    def _written(self) -> DocxResult:
        frame = self._frame()
        self._package.add("[Content_Types].xml", self._content_types())
        self._package.add("_rels/.rels", self._root_relations())
        body = BodyWriter(self._document, self._parts(), self._shell.room)
        self._package.stream(self._shell.main, self._main(body))
        parts = {
            **self._shell.parts,
            **frame,
            self._name("styles.xml"): self._sheet.part(body.fields),
            self._name("settings.xml"): self._settings(),
            self._name("numbering.xml"): self._numbering.part(),
            self._name("footnotes.xml"): self._footnotes.part(),
            relations_name(self._shell.main): self._relations.part(),
            **{self._name(target): data for target, data in self._media.parts.items()},
            CORE_PART: core_part(self._document),
            APP_PART: app_part(),
        }
        if self._note_relations:
            parts[relations_name(self._name("footnotes.xml"))] = self._note_relations.part()
        for name, data in parts.items():
            self._package.add(name, data)
        custom = custom_part(self._shell.custom, self._document.identity)
        return DocxResult(self._package.finish(custom), self._styles.missing())

    def _parts(self) -> BodyParts:
        return BodyParts(
            sheet=self._sheet,
            styles=self._styles,
            numbering=self._numbering,
            relations=self._relations,
            bookmarks=self._bookmarks,
            footnotes=self._footnotes,
            media=self._media,
        )

    def _name(self, target: str) -> str:
        return posixpath.join(posixpath.dirname(self._shell.main), target)

    def _main(self, body: BodyWriter) -> Iterator[str]:
        yield f"{ooxml.XML_HEAD}<w:document {ooxml.NAMESPACES}><w:body>"
        yield from body.write()
        yield f"{self._page.xml()}</w:body></w:document>"

    def _frame(self) -> dict[str, bytes]:
        """Return page head and page foot, where the template does not have its own."""
        for target, kind, content_type in (
            ("styles.xml", rel.STYLES, ooxml.TYPE_STYLES),
            ("settings.xml", rel.SETTINGS, ooxml.TYPE_SETTINGS),
            ("numbering.xml", rel.NUMBERING, ooxml.TYPE_NUMBERING),
            ("footnotes.xml", rel.FOOTNOTES, ooxml.TYPE_FOOTNOTES),
        ):
            self._relate(target, kind, content_type)
        if self._shell.has_head_or_foot:
            return {}
        frame: dict[str, bytes] = {}
        kinds = ["default"]
        if self._document.header_text:
            frame[self._name("header1.xml")] = head_part(self._document, self._styles)
            self._page.add_head(self._relate("header1.xml", rel.HEADER, ooxml.TYPE_HEADER))
            kinds.append("first")
        for number, kind in enumerate(kinds, 1):
            target = f"footer{number}.xml"
            frame[self._name(target)] = foot_part(self._document, self._styles, self._shell.room)
            self._page.add_foot(self._relate(target, rel.FOOTER, ooxml.TYPE_FOOTER), kind)
        return frame

    def _relate(self, target: str, kind: str, content_type: str) -> str:
        self._types[self._name(target)] = content_type
        return self._relations.add(kind, target)

    def _settings(self) -> bytes:
        tracked = self._document.track_changes
        return (self._shell.settings_tracked if tracked else self._shell.settings).encode()

    def _content_types(self) -> bytes:
        types = {
            **self._types,
            self._shell.main: ooxml.TYPE_MAIN,
            CORE_PART: ooxml.TYPE_CORE,
            APP_PART: ooxml.TYPE_APP,
            CUSTOM_PART: ooxml.TYPE_CUSTOM,
        }
        return content_types_part(types, {value: key for key, value in EXTENSIONS.items()})

    def _root_relations(self) -> bytes:
        root = Relations()
        root.add(rel.MAIN, self._shell.main)
        root.add(rel.CORE_PROPERTIES, CORE_PART)
        root.add(rel.EXTENDED_PROPERTIES, APP_PART)
        root.add(rel.CUSTOM_PROPERTIES, CUSTOM_PART)
        return root.part()


def _announced(document: Document) -> Bookmarks:
    bookmarks = Bookmarks()
    for block in document.blocks:
        if isinstance(block, Title | DocHeading | StyledParagraph) and block.anchor:
            bookmarks.announce(block.anchor)
    return bookmarks
