"""The models of the tab Toppnotater: the list, the pieces of the preview, and finding words."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import QImage, QPainter, QTextDocument
from sqlalchemy import select

from desktop.documents.content import SeksjonContent, UtvalgContent
from desktop.documents.content import ToppnotatContent as Content
from desktop.documents.document import FigureFile
from desktop.models import Moete
from desktop.richtext.tree import (
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Run,
    Tree,
    paragraph,
    tree_from_text,
)
from desktop.rules.entity_kinds import Seksjonslag
from desktop.rules.kinds import Maalform
from desktop.services.note_view import read_notes
from desktop.viewmodels.note_list import NoteListModel
from desktop.viewmodels.note_preview import PieceMaker, Previewer
from desktop.viewmodels.note_sheet import SheetLook, SheetModel
from desktop.viewmodels.preview_html import PaperColours
from desktop.viewmodels.table import ROW_ROLE
from desktop.viewmodels.text.find import Match, Query, matches

COLOURS = PaperColours("#ffffff", "#111111", "#555555", "#cccccc", "#1f4e8c", "#eeeeee")
LOOK = SheetLook(0.6, 96, 1.0, COLOURS)


def note(*blocks, **more):
    utvalg = UtvalgContent("Nasjonalt e-helseråd", "rådet", "Rådet", Maalform.NB, "Direktoratet")
    sections = (SeksjonContent(Seksjonslag.BAKGRUNN, Tree(blocks)),)
    return Content(utvalg, "4/23", None, "31/23", "Deling", seksjoner=sections, **more)


@pytest.fixture
def lines(desk):
    key = desk.read(lambda session: session.scalar(select(Moete.id).where(Moete.nummer == 4)))
    return desk.read(lambda session: read_notes(session, key))


def test_that_the_list_is_a_sound_model_and_says_state_and_length(qtmodeltester, lines):
    model = NoteListModel()
    model.set_lines(lines)
    qtmodeltester.check(model)
    row = model.first_with_note()
    assert model.line_at(row).nummer == "31/23"
    said = model.index(row).data(11)  # Qt.ItemDataRole.AccessibleTextRole
    assert "31/23" in said
    assert "ord" in said


def test_that_one_line_changes_without_the_others(qtbot, lines):
    model = NoteListModel()
    model.set_lines(lines)
    changed = lines[3]._replace(ord=7)
    with qtbot.waitSignal(model.dataChanged) as told:
        model.set_line(changed)
    assert told.args[0].row() == 3
    assert model.index(3).data(ROW_ROLE) == changed
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_lines(lines)


def test_that_an_edit_makes_one_piece_anew():
    first, second, third = paragraph("En"), paragraph("To"), paragraph("Tre")
    maker = PieceMaker()
    before = maker.make(note(first, second, third))
    after = maker.make(note(first, Paragraph((Run("To til"),), id=second.id), third))
    assert len(before) == len(after)
    new = [piece for piece in after if not any(piece is old for old in before)]
    assert [piece.ids for piece in new] == [{second.id}]


def test_that_a_piece_knows_the_blocks_inside_it():
    inner = paragraph("Punkt")
    listed = ListBlock((ListItem((inner,)),))
    (piece,) = [p for p in PieceMaker().make(note(listed)) if "Punkt" in p.html]
    assert piece.ids == {listed.id, inner.id}


def test_that_the_pieces_say_what_the_document_says():
    footnote = Paragraph((Run("Se"), Footnote("n1", (Run("Kilde"),))))
    text = "".join(piece.html for piece in PieceMaker().make(note(footnote, paragraph("Slutt"))))
    for words in ("Deling", "Bakgrunn", "Kilde", "Slutt", "Til", "31/23"):
        assert words in text


def picture():
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0xFF3366)
    from PySide6.QtCore import QBuffer  # noqa: PLC0415

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return FigureFile(bytes(buffer.data()), "image/png")


def settle(qtbot, sheet):
    qtbot.waitUntil(lambda: sheet.is_settled)


def test_that_a_piece_shows_its_own_picture_and_fetches_nothing(qtbot):
    figure = Figure("a" * 64, "Kart", 40)
    sheet = SheetModel(LOOK)
    sheet.set_pieces(PieceMaker().make(note(figure, figurer={"a" * 64: picture()})))
    settle(qtbot, sheet)
    top, bottom = sheet.span_of(figure.id)
    assert bottom - top > 20
    document = next(row.document for row in sheet._rows if figure.id in row.piece.ids)
    for address in ("file:///etc/hostname", "http://example.no/a.png", "bilde.png"):
        assert document.loadResource(2, QUrl(address)).isNull()


def test_that_blocks_stand_under_each_other_with_room_between(qtbot):
    blocks = [Heading((Run("Overskrift"),)), *(paragraph(f"Avsnitt {n} " * 30) for n in range(9))]
    sheet = SheetModel(LOOK)
    sheet.set_pieces(PieceMaker().make(note(*blocks)))
    settle(qtbot, sheet)
    spans = [sheet.span_of(block.id) for block in blocks]
    for (_top, bottom), (below, _bottom) in itertools.pairwise(spans):
        assert below > bottom
    assert sheet.height > spans[-1][1]
    middle = sum(spans[4]) / 2
    assert sheet.ids_at(middle) == {blocks[4].id}


def test_that_an_edit_lays_out_one_piece_and_a_new_size_all(qtbot):
    blocks = [paragraph(f"Avsnitt {number}") for number in range(20)]
    maker, sheet = PieceMaker(), SheetModel(LOOK)
    sheet.set_pieces(maker.make(note(*blocks)))
    settle(qtbot, sheet)
    before = [row.document for row in sheet._rows]
    blocks[5] = Paragraph((Run("Noe annet"),), id=blocks[5].id)
    sheet.set_pieces(maker.make(note(*blocks)))
    settle(qtbot, sheet)
    after = [row.document for row in sheet._rows]
    assert sum(a is not b for a, b in zip(before, after, strict=True)) == 1
    low = sheet.height
    sheet.set_look(SheetLook(1.0, 96, 1.0, COLOURS))
    settle(qtbot, sheet)
    assert sheet.height > low


def test_that_a_long_note_never_holds_the_window_for_long(qtbot):
    blocks = [paragraph(f"Avsnitt {number} om deling av data. " * 6) for number in range(600)]
    pieces = PieceMaker().make(note(*blocks))
    sheet = SheetModel(LOOK)
    slices = []

    def timed(work):
        start = time.perf_counter()
        work()
        slices.append(time.perf_counter() - start)

    timed(lambda: sheet.set_pieces(pieces))
    while not sheet.is_settled:
        timed(sheet._go_on)
    assert sorted(slices)[len(slices) // 2] < 0.05
    image = QImage(600, 800, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sheet.paint(painter, QRectF(0, sheet.height / 2, 600, 800))
    painter.end()


def test_that_of_several_notes_that_wait_only_the_newest_is_shown(qtbot):
    previewer, shown = Previewer(), []
    previewer.ready.connect(shown.append)
    for words in ("En", "To", "Tre"):
        previewer.request(note(paragraph(words)))
    qtbot.waitUntil(lambda: not previewer.is_busy)
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1
    assert any("Tre" in piece.html for piece in shown[0])


def document(text):
    made = QTextDocument()
    made.setPlainText(text)
    return made


def test_that_case_and_whole_words_narrow_what_is_found():
    text = document("Sak og saker.\nEn SAK til")
    assert len(matches(text, Query("sak"))) == 3
    assert matches(text, Query("sak", words=True)) == [Match(0, 3), Match(17, 20)]
    assert matches(text, Query("SAK", case=True)) == [Match(17, 20)]
    assert matches(text, Query("")) == []


def test_that_a_space_finds_a_no_break_space_and_a_sign_means_itself():
    assert matches(document("kl.\u00a010.00"), Query("kl. 10")) == [Match(0, 6)]
    assert matches(document("10x00"), Query("10.00")) == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30))
def test_that_positions_count_as_qt_does(text):
    made = document(text + "🙂 nål etter")
    (found,) = matches(made, Query("nål")) if "nål" not in text else [None]
    if found is not None:
        raw = made.toRawText().encode("utf-16-le")
        assert raw[2 * found.start : 2 * found.end].decode("utf-16-le").casefold() == "nål"


def test_that_plain_text_of_the_sheet_reads_from_top_to_bottom(qtbot):
    sheet = SheetModel(LOOK)
    blocks = tree_from_text("Først\nSist").blocks
    sheet.set_pieces(PieceMaker().make(note(*blocks)))
    settle(qtbot, sheet)
    assert sheet.text().index("Først") < sheet.text().index("Sist")
