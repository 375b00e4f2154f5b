"""The HTML of a document in the form that Qt shows as meant."""

import struct
import zlib

import pytest
from PySide6.QtGui import QTextDocument, QTextFrame, QTextLength, QTextTable

from desktop.documents.document import (
    Document,
    FigureFile,
    GridRow,
    GridTable,
    HeadRow,
    HeadTable,
    StyledParagraph,
    Title,
)
from desktop.richtext.tree import Figure, ListBlock, ListItem, Paragraph, Run, paragraph
from desktop.viewmodels.preview_html import (
    FIGURE_SCHEME,
    TEXT_MM,
    PaperColours,
    figure_width_mm,
    render,
    style_sheet,
)
from desktop.views.moete.preview import pieces

COLOURS = PaperColours("#ffffff", "#111111", "#555555", "#cccccc", "#1f4e8c", "#eeeeee")


def png(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def document(*blocks, figures=None):
    return Document("Prøve", "Sekretariatet", "nb", blocks, figures=figures or {})


def shown(*blocks):
    made = QTextDocument()
    made.setDefaultStyleSheet(style_sheet(COLOURS, zoom=1.0, dpi=96))
    made.setHtml(f"<html><body>{''.join(render(document(*blocks)).parts)}</body></html>")
    return made


def tables(made):
    found, frames = [], [made.rootFrame()]
    while frames:
        frame = frames.pop(0)
        frames += [child for child in frame.childFrames() if isinstance(child, QTextFrame)]
        if isinstance(frame, QTextTable):
            found.append(frame)
    return found


def cell(text):
    return (paragraph(text),)


def test_that_a_running_order_keeps_the_widths_of_its_columns(qapp):
    grid = GridTable(("Sak", "Agenda"), (GridRow((cell("1/24"), cell("Godkjenning"))),), (40, 120))
    made = shown(grid)
    table = tables(made)[0]
    assert table.format().width().rawValue() == 100
    widths = [length.rawValue() for length in table.format().columnWidthConstraints()]
    assert widths == [25, 75]


def test_that_a_head_table_and_a_proposal_are_tables_with_their_text(qapp):
    made = shown(
        HeadTable((HeadRow("Møte", (cell("4/2023"),)),)),
        StyledParagraph((Run("Rådet tar saken til orientering."),), "forslag"),
    )
    assert len(tables(made)) == 2
    assert "4/2023" in made.toPlainText()
    assert "til orientering" in made.toPlainText()


@pytest.mark.parametrize(("form", "suffix"), [("1.", "."), ("1)", ")"), ("a)", ")")])
def test_that_a_list_keeps_its_start_and_its_mark(qapp, form, suffix):
    item = ListItem((paragraph("ett"),))
    made = shown(ListBlock((item,), kind="number", number_format=form, start=3))
    block = made.begin()
    while block.isValid() and block.textList() is None:
        block = block.next()
    assert block.textList().format().numberSuffix() == suffix
    assert block.textList().format().start() == 3


def test_that_a_picture_is_taken_out_and_no_wider_than_the_text(qapp):
    file = FigureFile(png(40, 20), "image/png")
    wide = Figure("a" * 64, "Et kart", width_mm=400)
    made = render(document(wide, figures={"a" * 64: file}))
    (name,) = made.figures
    assert name.startswith(FIGURE_SCHEME)
    assert figure_width_mm(name) == TEXT_MM
    assert "base64" not in "".join(made.parts)
    assert 'alt="Et kart"' in "".join(made.parts)


def test_that_a_picture_that_cannot_be_read_is_its_alternative_text(qapp):
    broken = FigureFile(b"\x89PNG\r\n\x1a\n broken", "image/png")
    made = render(document(Figure("b" * 64, "Et diagram"), figures={"b" * 64: broken}))
    assert made.figures == {}
    assert "Et diagram" in "".join(made.parts)


def test_that_a_text_of_markup_stays_text(qapp):
    made = shown(Paragraph((Run('<table><img src="file:///etc/passwd">'),)))
    assert '<table><img src="file:///etc/passwd">' in made.toPlainText()
    assert tables(made) == []


def test_that_pieces_are_whole_elements_and_lose_nothing():
    parts = tuple(f"<p>{'x' * 7_000}{number}</p>" for number in range(30))
    made = pieces(parts)
    assert len(made) > 1
    assert "".join(made) == "".join(parts)
    assert all(piece.startswith("<p>") and piece.endswith("</p>") for piece in made)
    assert pieces(()) == ()


def test_that_lengths_are_percentages_of_the_page(qapp):
    grid = GridTable(("A",), (GridRow((cell("b"),)),))
    made = shown(grid)
    assert tables(made)[0].format().width().type() is QTextLength.Type.PercentageLength


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.0])
def test_that_a_heading_grows_with_the_sheet(qapp, zoom):
    made = QTextDocument()
    made.setDefaultStyleSheet(style_sheet(COLOURS, zoom=zoom, dpi=96))
    made.setHtml("".join(render(document(Title("Møte i rådet"))).parts))
    assert made.begin().begin().fragment().charFormat().font().pointSizeF() == 19 * zoom
