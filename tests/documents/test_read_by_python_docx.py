"""An independent reader, python-docx, finds in our Word files what the documents say."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import docx
import pytest
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from desktop.documents import style_names as names
from desktop.documents.document import (
    DocHeading,
    Document,
    GridTable,
    HeadTable,
    StyledParagraph,
    TableOfContents,
    Title,
)
from desktop.documents.docx_writer import write_docx
from desktop.richtext.tree import Table
from tests.documents import samples, samples_nn
from tests.documents.reading import inner_blocks, lines, words_of
from tests.documents.test_languages import documents

DOCUMENTS = {
    f"{name} {language}": document
    for language, made in (
        ("nb", documents(samples, samples.TOPPNOTAT_31)),
        ("nn", documents(samples_nn, samples_nn.TOPPNOTAT)),
    )
    for name, document in made.items()
}
CREATED = dt.datetime(2023, 12, 1, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(params=sorted(DOCUMENTS))
def composed(request) -> Document:
    return DOCUMENTS[request.param]


@pytest.fixture
def read(composed: Document):
    return docx.Document(io.BytesIO(write_docx(composed).data))


def _tables(read) -> list[DocxTable]:
    return [item for item in read.iter_inner_content() if isinstance(item, DocxTable)]


def _paragraphs(container) -> Iterator[DocxParagraph]:
    for item in container.iter_inner_content():
        if isinstance(item, DocxParagraph):
            yield item
        else:
            for row in item.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell)


def _text(paragraph: DocxParagraph) -> str:
    """Return the text, also of links and of the content controls around marked headings."""
    nodes = paragraph._p.iter("{*}t", "{*}br")
    return "".join("\n" if node.tag.endswith("}br") else node.text or "" for node in nodes)


def test_that_the_core_properties_are_those_of_the_document(composed, read):
    core = read.core_properties
    assert (core.title, core.author) == (composed.title, composed.author)
    assert core.language == {"nb": "nb-NO", "nn": "nn-NO"}[composed.maalform]
    assert (core.subject, core.keywords) == (composed.subject, composed.keywords)


def test_that_the_time_of_writing_is_read_as_it_was_given():
    composed = samples_document(created=CREATED)
    core = docx.Document(io.BytesIO(write_docx(composed).data)).core_properties
    assert core.created == core.modified == CREATED


def samples_document(**fields: object) -> Document:
    return Document("Prøve", "Sekretariatet", "nb", (Title("Prøve"),), **fields)


def test_that_every_line_of_the_document_is_read_in_order(composed, read):
    expected = [" ".join(line.split()) for line in lines(composed) if line.strip()]
    found = " ".join(" ".join(map(_text, _paragraphs(read))).split())
    position = 0
    for line in expected:
        words = line.partition("[")[0].strip() or line
        position = found.find(words, position)
        assert position >= 0, words


def test_that_headings_and_roles_are_paragraphs_of_their_style(composed, read):
    shown = {(_text(paragraph), _style(paragraph)) for paragraph in _paragraphs(read)}
    for block in composed.blocks:
        match block:
            case Title():
                assert (block.text, names.TITLE) in shown
            case DocHeading():
                assert (words_of(block.inlines), names.HEADINGS[block.level - 1]) in shown
            case StyledParagraph():
                assert (words_of(block.inlines), names.ROLES[block.role]) in shown
            case TableOfContents():
                assert (block.title, names.TOC_HEADING) in shown


def _style(paragraph: DocxParagraph) -> str:
    """Return the name of the style; the style of a marked heading stands for its base."""
    style = paragraph.style
    if style.name.startswith(names.FIELD_PREFIX):
        style = style.base_style
    return style.name[:1].lower() + style.name[1:] if "Heading " in style.name else style.name


def test_that_tables_have_their_style_their_header_and_their_rows(composed, read):
    tables = iter(_tables(read))
    for block in composed.blocks:
        for table in _shown_tables(block):
            found = next(tables)
            first = [cell.text for cell in found.rows[0].cells]
            if isinstance(table, GridTable):
                assert found.style.name == names.TABLE
                assert first == list(table.header)
                assert len(found.rows) == len(table.rows) + 1
            elif isinstance(table, HeadTable):
                assert found.style.name == names.HEAD_TABLE
                assert [row.cells[0].text for row in found.rows] == [
                    row.label for row in table.rows
                ]
            else:
                assert len(found.rows) == len(table.rows)
    assert next(tables, None) is None


def _shown_tables(block) -> list[GridTable | HeadTable | Table]:
    if isinstance(block, GridTable | HeadTable):
        return [block]
    return [inner for inner in inner_blocks(block) if isinstance(inner, Table)]


def test_that_the_page_is_a4_and_the_foot_counts_pages(composed, read):
    section = read.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "side 1 av 1" in section.footer.paragraphs[0]._p.xpath("string(.)")
    assert section.footer.paragraphs[0].style.name == "Footer"
