"""A whole toppnotat typed on the keyboard, and the Word file compared with what was typed."""

import datetime as dt
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.models import Moete
from desktop.richtext.codec import dumps
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import (
    Cell,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    Tree,
    new_block_id,
    paragraph,
)
from desktop.rules.entity_kinds import Seksjonslag
from desktop.services.load import load_moete
from desktop.services.note_view import read_note
from desktop.services.papers import Dokumenttype, gather_papers, write_papers
from desktop.views.editor.dialogs import FigureDialog, LinkDialog, NoteDialog, TableDialog
from desktop.views.editor.insertions import insert_figure_file
from desktop.views.moete.toppnotat.tab import ToppnotaterTab
from tests.documents.check_docx import Parts, check_docx, find
from tests.documents.docx_reading import file_notes, file_paragraphs, tree_notes, tree_paragraphs

CREATED = dt.datetime(2023, 12, 1, 9, 0)  # noqa: DTZ001
CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def tab(qtbot, desk, tasks, preferences):
    made = ToppnotaterTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.show()
    desk.changed.connect(made.refresh)
    found = select(Moete.id).where(Moete.nummer == 4)
    made.show_moete(desk.read(lambda session: session.scalar(found)))
    qtbot.waitExposed(made)
    made.list.choose(2)
    qtbot.mouseClick(made.none.start, Qt.MouseButton.LeftButton)
    return made


class Typist:
    """Types in the section that is being written."""

    def __init__(self, qtbot, tab):
        self.qtbot, self.tab = qtbot, tab
        self.edit = None

    def go(self, slag):
        box = next(one for one in self.tab.page.boxes if one.section.slag is slag)
        self.edit = box.field.edit
        box.focus_text()
        return self

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.edit, key, modifiers)
        return self

    def enter(self, times=1):
        for _time in range(times):
            self.key(Qt.Key.Key_Return)
        return self

    def type(self, words):
        self.qtbot.keyClicks(self.edit, words)
        return self

    def answer(self, kind, fill):
        dialog = self.edit.findChildren(kind)[-1]
        fill(dialog)
        dialog.answer.click()
        self.qtbot.waitUntil(lambda: not dialog.isVisible())
        return self


def type_background(typist, picture):
    typist.go(Seksjonslag.BAKGRUNN).key(Qt.Key.Key_1, CONTROL | ALT).type("Status")
    typist.enter().type("Vi er ").key(Qt.Key.Key_B, CONTROL).type("klare")
    typist.key(Qt.Key.Key_B, CONTROL).type(" til 10 m").key(Qt.Key.Key_Plus, CONTROL | SHIFT)
    typist.type("2").key(Qt.Key.Key_Plus, CONTROL | SHIFT).type(".").enter()
    typist.type("- en").enter().type("to").enter().key(Qt.Key.Key_Tab).type("under to")
    typist.enter(3).type("1. først").enter().type("så").enter(2)
    typist.type("Les ").key(Qt.Key.Key_L, CONTROL)
    typist.answer(LinkDialog, lambda d: (d.text.setText("mer"), d.address.setText("example.no")))
    typist.type(".").key(Qt.Key.Key_F, CONTROL | ALT)
    typist.answer(NoteDialog, lambda d: d.text.setPlainText("Kilde: direktoratet."))
    typist.enter()
    insert_figure_file(typist.edit, picture)
    typist.answer(FigureDialog, lambda d: (d.alt_text.setText("Et kart"), d.width_mm.setValue(60)))
    typist.key(Qt.Key.Key_End, CONTROL)
    typist.edit.commands.insert_table.trigger()
    typist.answer(TableDialog, lambda d: (d.rows.setValue(2), d.columns.setValue(2)))
    for words in ("Tiltak", "Frist", "Kodeverk"):
        typist.type(words).key(Qt.Key.Key_Tab)
    typist.type("mars")


def cell(words):
    return Cell((paragraph(words),))


def item(*blocks):
    return ListItem(tuple(blocks))


def expected_background(file):
    nested = ListBlock((item(paragraph("under to")),))
    return (
        Heading((Run("Status"),), 1),
        Paragraph(
            (
                Run("Vi er "),
                Run("klare", bold=True),
                Run(" til 10 m"),
                Run("2", superscript=True),
                Run("."),
            )
        ),
        ListBlock((item(paragraph("en")), item(paragraph("to"), nested))),
        ListBlock((item(paragraph("først")), item(paragraph("så"))), "number"),
        Paragraph(
            (
                Run("Les "),
                Run("mer", link="https://example.no"),
                Run("."),
                Footnote(new_block_id(), (Run("Kilde: direktoratet."),)),
            )
        ),
        Figure(file, "Et kart", 60),
        Table(
            (
                Row((cell("Tiltak"), cell("Frist"))),
                Row((cell("Kodeverk"), cell("mars"))),
            )
        ),
    )


def without_ids(blocks):
    def strip(value):
        if isinstance(value, dict):
            named = {name: "" if name == "fotnote" else one for name, one in value.items()}
            return {name: strip(one) for name, one in named.items() if name != "id"}
        return [strip(one) for one in value] if isinstance(value, list) else value

    kept = tuple(one for one in blocks if not (isinstance(one, Paragraph) and not one.inlines))
    return strip(json.loads(dumps(Tree(kept)))["blokker"])


@pytest.fixture
def picture(tmp_path):
    image = QImage(80, 50, QImage.Format.Format_RGB32)
    image.fill(0xFF2266AA)
    path = tmp_path / "kart.png"
    image.save(str(path))
    return path


def written_file(desk, tab):
    def gather(session):
        snapshot = load_moete(session, tab.moete_id)
        sak_id = tab.list.current_sak()
        return gather_papers(session, snapshot, [Dokumenttype.TOPPNOTAT], sak_id=sak_id)

    (paper,) = write_papers(desk.read(gather), created=CREATED)
    return paper.data


def holds(whole, part):
    """Tell whether paragraphs stand in a file one after the other."""
    return any(whole[at : at + len(part)] == part for at in range(len(whole)))


def test_that_the_word_file_says_what_was_typed(qtbot, tab, desk, picture):
    typist = Typist(qtbot, tab)
    tab.page.phrases.menu().actions()[0].trigger()
    typist.go(Seksjonslag.HENSIKT).type('Rådet skal enes om "felles språk" - nå.')
    type_background(typist, picture)
    typist.go(Seksjonslag.DROEFTING).type("1. Hva mangler?").enter().type("Hvem gjør det?")
    tab.page.add(Seksjonslag.EGEN)
    own = tab.page.boxes[-1] if tab.page.boxes[-1].own else None
    own = own or next(one for one in tab.page.boxes if one.own)
    own.own.selectAll()
    qtbot.keyClicks(own.own, "Økonomi")
    qtbot.keyClick(own.own, Qt.Key.Key_Return)
    typist.go(Seksjonslag.EGEN).type("Det koster 2 mill.")
    tab.page.flush()
    QApplication.processEvents()

    sak_id = tab.list.current_sak()
    note = desk.read(lambda session: read_note(session, sak_id))
    text = {section.slag: section.innhold for section in note.sections}
    assert plain_text(text[Seksjonslag.HENSIKT]) == "Rådet skal enes om «felles språk» – nå."
    background = text[Seksjonslag.BAKGRUNN]
    file = next(one.file for one in background.blocks if isinstance(one, Figure))
    expected = Tree(expected_background(file))
    assert without_ids(background.blocks) == without_ids(expected.blocks)

    data = written_file(desk, tab)
    assert check_docx(data) == []
    said = file_paragraphs(data)
    for tree in (note.sak.forslag, *(one.innhold for one in note.sections if one.innhold)):
        kept = Tree(tuple(one for one in tree.blocks if not _is_blank(one)))
        assert holds(said, tree_paragraphs(kept)), plain_text(tree)
    assert file_notes(data) == tree_notes(expected)
    headings = ["".join(piece.text for piece in line) for line in said]
    for heading in ("Forslag til vedtak", "Hensikt med saken", "Drøftingsspørsmål", "Økonomi"):
        assert heading in headings
    body = Parts(data).document
    assert "Et kart" in find(body, "//wp:docPr/@descr")
    assert set(find(body, "//w:numPr/w:ilvl/@w:val")) == {"0", "1"}
    assert len(find(body, "//w:tr/w:trPr/w:tblHeader")) >= 1


def _is_blank(block):
    return isinstance(block, Paragraph) and not block.inlines


def test_that_the_page_shows_where_one_writes_on_after_a_figure_was_put_in(qtbot, tab, tmp_path):
    picture = tmp_path / "stort.png"
    image = QImage(900, 700, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    assert image.save(str(picture))
    typist = Typist(qtbot, tab).go(Seksjonslag.HENSIKT)
    typist.type("Se figuren.").enter()
    insert_figure_file(typist.edit, picture)
    qtbot.waitUntil(lambda: not typist.edit.hasFocus())
    typist.answer(FigureDialog, lambda d: d.alt_text.setText("Et kart"))
    view = tab.page.viewport()

    def is_seen():
        cursor = typist.edit.cursorRect().center()
        return view.rect().contains(typist.edit.viewport().mapTo(view, cursor))

    tab.activateWindow()
    qtbot.waitUntil(is_seen)
