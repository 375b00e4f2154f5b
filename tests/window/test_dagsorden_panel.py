"""The panel beside the running order, acted on as a user does."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QMainWindow

from desktop.richtext.plain import plain_text
from desktop.richtext.tree import LineBreak, Paragraph, Run, Tree, paragraph, tree_from_text
from desktop.rules.entity_kinds import Rolle, Vedleggslag
from desktop.rules.kinds import Sakstype, Toppnotatstatus
from desktop.services.agenda_view import load_agenda_view, load_queue
from desktop.services.numbers import find_moete_id
from desktop.services.sak_view import load_sak_view
from desktop.services.saker import rename_sak, set_sakstype
from desktop.viewmodels.plain_text import is_plain, typed_lines, with_lines
from desktop.views.moete import dagsorden_vedlegg
from desktop.views.moete.dagsorden_panel import SakPanel

ONE_MB = 1024 * 1024


@pytest.fixture
def keys(desk):
    moete_id = desk.read(lambda session: find_moete_id(session, "4/2023"))
    utvalg_id = desk.read(lambda session: load_agenda_view(session, moete_id)).utvalg_id
    return [row.sak_id for row in desk.read(lambda session: load_queue(session, utvalg_id))]


@pytest.fixture
def panel(desk, tasks, keys, qtbot):
    made = SakPanel(desk, tasks)
    window = QMainWindow()
    window.setCentralWidget(made)
    window.setMinimumSize(400, 500)
    qtbot.addWidget(window)
    desk.changed.connect(
        lambda _changes: made.show_sak(made.sak.id if made.sak else None, editable=True)
    )
    made.show_sak(keys[0], editable=True)
    window.show()
    window.activateWindow()
    made.title.editor.setFocus()
    qtbot.waitUntil(made.title.editor.hasFocus)
    made.holder = window
    return made


def stored(desk, key):
    return desk.read(lambda session: load_sak_view(session, key))


def replace_text(qtbot, field, text):
    field.editor.setFocus()
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, text)


def test_that_typed_text_is_saved_when_the_focus_leaves(panel, desk, keys, qtbot):
    replace_text(qtbot, panel.omtale, "Ny omtale")
    assert panel.omtale.is_dirty
    panel.forslag.editor.setFocus()
    assert plain_text(stored(desk, keys[0]).omtale) == "Ny omtale"
    assert not panel.omtale.is_dirty


def test_that_typed_text_is_saved_after_a_pause(panel, desk, keys, qtbot):
    panel.omtale._pause.setInterval(20)
    replace_text(qtbot, panel.omtale, "Etter en pause")
    qtbot.waitUntil(lambda: plain_text(stored(desk, keys[0]).omtale) == "Etter en pause")
    assert panel.omtale.editor.hasFocus()


def test_that_someone_who_never_pauses_is_saved_all_the_same(panel, desk, keys, qtbot):
    panel.omtale._longest.setInterval(20)
    replace_text(qtbot, panel.omtale, "Uten pause")
    qtbot.waitUntil(lambda: plain_text(stored(desk, keys[0]).omtale) == "Uten pause")


def test_that_an_hour_of_typing_in_a_field_is_one_step_to_undo(panel, desk, keys, qtbot):
    before = stored(desk, keys[0]).tittel
    for text in ("Ny tittel", "Enda en tittel"):
        replace_text(qtbot, panel.title, text)
        panel.title.flush()
    assert desk.undo()
    assert stored(desk, keys[0]).tittel == before
    assert panel.title.editor.text() == before


def test_that_what_was_typed_is_saved_for_its_own_sak_when_another_is_shown(
    panel, desk, keys, qtbot
):
    replace_text(qtbot, panel.forslag, "Rådet vedtar dette.")
    panel.show_sak(keys[1], editable=True)
    assert plain_text(stored(desk, keys[0]).forslag) == "Rådet vedtar dette."
    assert plain_text(stored(desk, keys[1]).forslag) != "Rådet vedtar dette."


def test_that_an_empty_title_is_refused_in_place_and_the_old_one_kept(panel, desk, keys, qtbot):
    before = stored(desk, keys[0]).tittel
    panel.title.editor.selectAll()
    qtbot.keyClick(panel.title.editor, Qt.Key.Key_Delete)
    qtbot.keyClick(panel.title.editor, Qt.Key.Key_Return)
    assert "kan ikke være tomt" in panel.title.problem.text()
    assert panel.title.problem.isVisible()
    assert stored(desk, keys[0]).tittel == before
    qtbot.keyClicks(panel.title.editor, "Bedre tittel")
    qtbot.keyClick(panel.title.editor, Qt.Key.Key_Return)
    assert stored(desk, keys[0]).tittel == "Bedre tittel"
    assert not panel.title.problem.isVisible()


def test_that_what_was_refused_is_there_when_the_sak_is_shown_again(panel, desk, keys, qtbot):
    panel.title.editor.selectAll()
    qtbot.keyClicks(panel.title.editor, "   ")
    panel.show_sak(keys[1], editable=True)
    assert panel.title.problem.text() == ""
    panel.show_sak(keys[0], editable=True)
    assert "kan ikke være tomt" in panel.title.problem.text()
    assert panel.title.editor.text() == "   "


def test_that_a_change_elsewhere_does_not_overwrite_what_is_typed(panel, desk, keys, qtbot):
    replace_text(qtbot, panel.omtale, "Halvferdig")
    desk.do(rename_sak, sak_id=keys[0], tittel="Annen tittel")
    assert panel.omtale.editor.text() == "Halvferdig"
    assert panel.title.editor.text() == "Annen tittel"


def test_that_ctrl_z_in_a_text_is_the_texts_own(panel, desk, keys, qtbot):
    replace_text(qtbot, panel.omtale, "abc")
    qtbot.keyClick(panel.omtale.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "abc" not in panel.omtale.editor.text()


def test_that_no_break_spaces_survive_typing(panel, desk, keys, qtbot):
    panel.omtale.editor.setPlainText("§\u00a06 gjelder")
    panel.omtale.flush()
    assert plain_text(stored(desk, keys[0]).omtale) == "§\u00a06 gjelder"


def test_that_a_person_is_picked_by_part_of_the_name(panel, desk, keys, qtbot):
    field = panel.people[Rolle.PRESENTATOER]
    field.line.setText("tveiten")
    field.line.setFocus()
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert [part.navn for part in stored(desk, keys[0]).roller[Rolle.PRESENTATOER]] == [
        "Ragnhild Tveiten"
    ]
    assert field.line.text() == ""
    assert field.rows.count() == 1


def test_that_a_person_twice_is_refused_and_the_name_stays(panel, qtbot):
    field = panel.people[Rolle.PRESENTATOER]
    for _ in range(2):
        field.line.setText("Ragnhild Tveiten")
        field.add_typed()
    assert "to ganger" in field.problem.text()
    assert field.line.text() == "Ragnhild Tveiten"
    assert field.rows.count() == 1


def test_that_a_name_nobody_has_is_answered_in_place(panel, desk, keys, qtbot):
    field = panel.people[Rolle.SAKSEIER]
    before = stored(desk, keys[0]).roller
    field.line.setText("Ingen Slik")
    field.add_typed()
    assert "«Ingen Slik»" in field.problem.text()
    assert field.line.text() == "Ingen Slik"
    assert stored(desk, keys[0]).roller == before


def test_that_presenters_are_ordered_and_removed_with_the_keyboard(panel, desk, keys, qtbot):
    field = panel.people[Rolle.PRESENTATOER]
    for name in ("Ragnhild Tveiten", "Vegard Aune"):
        field.line.setText(name)
        field.add_typed()
    field.rows.setFocus()
    field.rows.setCurrentRow(1)
    qtbot.keyClick(field.rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    order = stored(desk, keys[0]).roller[Rolle.PRESENTATOER]
    assert [part.navn for part in order] == ["Vegard Aune", "Ragnhild Tveiten"]
    assert field.rows.currentRow() == 0
    qtbot.keyClick(field.rows, Qt.Key.Key_Delete)
    order = stored(desk, keys[0]).roller[Rolle.PRESENTATOER]
    assert [part.navn for part in order] == ["Ragnhild Tveiten"]


def test_that_an_organisation_alone_can_be_sakseier(panel, desk, keys):
    field = panel.people[Rolle.SAKSEIER]
    field.line.setText("Norsk helsenett SF")
    field.add_typed()
    last = stored(desk, keys[0]).roller[Rolle.SAKSEIER][-1]
    assert (last.person_id, last.organisasjon) == (None, "Norsk helsenett SF")


def test_that_sakstype_and_toppnotatstatus_are_chosen(panel, desk, keys):
    panel.kind.setCurrentIndex(panel.kind.findData("beslutning"))
    panel.kind.activated.emit(panel.kind.currentIndex())
    panel.status.setCurrentIndex(panel.status.findData("ingen"))
    panel.status.activated.emit(panel.status.currentIndex())
    sak = stored(desk, keys[0])
    assert sak.sakstype is Sakstype.BESLUTNING
    assert sak.toppnotatstatus is Toppnotatstatus.INGEN
    assert not panel.note.isVisible()
    assert [row.slag for row in sak.vedlegg] == []


def test_that_a_phrase_of_the_sakstype_is_put_into_the_forslag(panel, desk, keys):
    desk.do(set_sakstype, sak_id=keys[0], sakstype=Sakstype.ORIENTERING)
    panel.phrases.menu().actions()[0].trigger()
    panel.forslag.flush()
    assert plain_text(stored(desk, keys[0]).forslag).endswith(
        "Nasjonalt e-helseråd tar saken til orientering."
    )


def test_that_a_file_is_attached_renamed_moved_and_removed(panel, desk, keys, qtbot, tmp_path):
    path = tmp_path / "Rapport 2023.pdf"
    path.write_bytes(b"%PDF-1.4")
    field = panel.attachments
    field.add_paths([path])
    qtbot.waitUntil(lambda: field.rows.count() == 2)
    assert stored(desk, keys[0]).vedlegg[1].title == "Rapport 2023"
    field.rows.setFocus()
    field.rows.setCurrentRow(1)
    qtbot.keyClick(field.rows, Qt.Key.Key_F2)
    line = field.rows.findChild(type(panel.people[Rolle.SAKSEIER].line))
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "kan ikke være tomt" in field.problem.text()
    qtbot.keyClicks(line, "Årsrapport")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert stored(desk, keys[0]).vedlegg[1].title == "Årsrapport"
    field.rows.setCurrentRow(1)
    qtbot.keyClick(field.rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert stored(desk, keys[0]).vedlegg[0].title == "Årsrapport"
    qtbot.keyClick(field.rows, Qt.Key.Key_Delete)
    assert [row.slag for row in stored(desk, keys[0]).vedlegg] == [Vedleggslag.TOPPNOTAT]


def test_that_a_file_over_50_mb_is_refused_unread_with_the_reason(panel, qtbot, tmp_path):
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(200 * ONE_MB)
    panel.attachments.add_paths([path])
    qtbot.waitUntil(lambda: panel.attachments.problem.text() != "")
    assert "film.mp4 er på 200 MB" in panel.attachments.problem.text()
    assert panel.attachments.rows.count() == 1


def test_that_a_file_that_is_gone_is_told_in_place(panel, qtbot, tmp_path):
    panel.attachments.add_paths([tmp_path / "borte.pdf"])
    qtbot.waitUntil(lambda: "finnes ikke" in panel.attachments.problem.text())


def test_that_a_link_without_scheme_is_refused_in_the_dialog(panel, desk, keys, qtbot):
    field = panel.attachments
    dialog = dagsorden_vedlegg.LinkDialog(field, field.add_link)
    qtbot.addWidget(dialog)
    dialog.titled.setText("Meldingen")
    dialog.address.setText("regjeringen.no")
    dialog._accept()
    assert "hel adresse" in dialog.problem.text()
    dialog.address.setText("https://www.regjeringen.no/")
    dialog._accept()
    assert stored(desk, keys[0]).vedlegg[-1].url == "https://www.regjeringen.no/"


def test_that_an_attached_file_is_opened_as_a_copy(panel, qtbot, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(
        dagsorden_vedlegg.QDesktopServices, "openUrl", lambda url: opened.append(url) or True
    )
    path = tmp_path / "Notat.txt"
    path.write_bytes(b"hei")
    panel.attachments.add_paths([path])
    qtbot.waitUntil(lambda: panel.attachments.rows.count() == 2)
    panel.attachments.rows.setCurrentRow(1)
    panel.attachments.open_current()
    qtbot.waitUntil(lambda: len(opened) == 1)
    copy = QUrl(opened[0]).toLocalFile()
    assert copy.endswith("Notat.txt")
    assert copy != str(path)
    assert Path(copy).read_bytes() == b"hei"


def test_that_a_vedlegg_motebok_makes_leads_to_the_documents(panel, qtbot):
    panel.attachments.rows.setCurrentRow(0)
    with qtbot.waitSignal(panel.documents_wanted):
        panel.attachments.open_current()


def test_that_only_plain_paragraphs_can_be_typed_in():
    assert is_plain(tree_from_text("en\nto"))
    assert is_plain(Tree())
    assert not is_plain(Tree((Paragraph((Run("fet", bold=True),)),)))
    assert not is_plain(Tree((Paragraph((Run("a"), LineBreak(), Run("b"))),)))
    assert not is_plain(Tree((Paragraph(()),)))
    assert not is_plain(Tree((paragraph(" innrykk"),)))


def test_that_paragraphs_keep_their_ids_when_others_are_typed():
    tree = tree_from_text("en\nto\ntre")
    changed = with_lines(tree, "en\nto og en halv\n\nny\ntre")
    assert typed_lines(plain_text(changed)) == ["en", "to og en halv", "ny", "tre"]
    assert [block.id for block in changed.blocks[:2]] == [block.id for block in tree.blocks[:2]]
    assert changed.blocks[3] == tree.blocks[2]
    assert with_lines(tree, plain_text(tree)) == tree
