"""The tab Dokumenter, used as a secretary uses it."""

import datetime as dt
import stat

import pytest
from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from sqlalchemy import select

from desktop.documents.save import SavedFile
from desktop.models import Moete, Utvalg
from desktop.rules.states import ReferatTilstand
from desktop.services.dagsorden import place_sak
from desktop.services.moeter import Dag, plan_moete
from desktop.services.papers import Dokumenttype
from desktop.services.papers_view import Papirtilstand, read_papers
from desktop.services.saker import report_sak
from desktop.storage.archive import Archive
from desktop.viewmodels.desk import Desk
from desktop.viewmodels.papers import PapersModel
from desktop.viewmodels.targets import Place, Tab
from desktop.views.moete import paper_panels
from desktop.views.moete import preview as preview_module
from desktop.views.moete.dokumenter import DokumenterTab

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def meetings(desk):
    with desk.archive.read() as session:
        return {row.nummer: row.id for row in session.scalars(select(Moete))}


@pytest.fixture
def own_folder(preferences, tmp_path):
    preferences.set_text("mapper/dokumenter", str(tmp_path / "ut"))
    (tmp_path / "ut").mkdir()
    return preferences


@pytest.fixture
def tab(desk, tasks, own_folder, qtbot, meetings):
    made = DokumenterTab(desk, tasks, own_folder)
    desk.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show_moete(meetings[4])
    made.show()
    qtbot.waitUntil(lambda: "Møte i Nasjonalt" in made.preview.sheet.toPlainText())
    return made


@pytest.fixture
def planned(desk):
    """A meeting in March 2024 with one sak from the queue."""
    with desk.archive.read() as session:
        utvalg = session.scalar(
            select(Moete.utvalg_id).join(Utvalg, Utvalg.id == Moete.utvalg_id).limit(1)
        )
    day = Dag(dt.date(2024, 3, 14), dt.time(10), dt.time(16))
    moete_id = desk.do(plan_moete, utvalg_id=utvalg, dager=[day]).value.id
    add_sak(desk, moete_id, "Ny strategi for e-helse")
    return moete_id


def add_sak(desk, moete_id, title):
    with desk.archive.read() as session:
        moete = session.get(Moete, moete_id)
        utvalg_id, day = moete.utvalg_id, moete.dager[0].id
    sak_id = desk.do(report_sak, utvalg_id=utvalg_id, tittel=title).value.id
    assert desk.do(place_sak, sak_id=sak_id, moetedag_id=day)
    return sak_id


def overview(desk, moete_id):
    return desk.read(lambda session: read_papers(session, moete_id))


def idle(qtbot, tab):
    qtbot.waitUntil(lambda: not tab.work.busy and not tab.tasks.running(), timeout=10_000)
    qtbot.wait(20)


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def freeze(qtbot, tab):
    click(qtbot, tab.freeze)
    click(qtbot, tab.sending.dialog.confirm)
    idle(qtbot, tab)


def test_that_the_model_of_documents_keeps_the_rules_of_qt(desk, meetings, qtmodeltester):
    model = PapersModel()
    model.set_lines(overview(desk, meetings[4]).papirer, anew=True)
    qtmodeltester.check(model)
    assert model.rowCount() == 10
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == 2


def test_that_an_unchecked_document_stays_so_when_the_list_is_read_again(desk, meetings):
    model = PapersModel()
    lines = overview(desk, meetings[4]).papirer
    model.set_lines(lines, anew=True)
    model.setData(model.index(1, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    model.set_lines(lines[:-1], anew=False)
    assert model.checked() == tuple(line.key for line in lines[:-1] if line.key != lines[1].key)
    model.set_lines(lines, anew=True)
    assert len(model.checked()) == len(lines)


def test_that_the_sheet_shows_the_document_that_is_selected(tab, qtbot):
    tab.list.selectRow(1)
    qtbot.waitUntil(lambda: "Hensikt med saken" in tab.preview.sheet.toPlainText())
    assert "Saksnummer\n31/23" in tab.preview.sheet.toPlainText()
    tab.list.selectRow(9)
    qtbot.waitUntil(lambda: "Vedlegg 9" in tab.preview.sheet.toPlainText())
    qtbot.waitUntil(lambda: len(tab.preview.sheet.toPlainText()) > 80_000)


def test_that_ctrl_enter_writes_the_checked_documents(tab, qtbot, tmp_path):
    tab.model.check_all(on=False)
    tab.model.setData(tab.model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    tab.activateWindow()
    tab.list.setFocus()
    qtbot.keyClick(tab.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, tab)
    written = tmp_path / "ut" / "E-helserådet" / "Møte 4-2023" / "Innkalling 4-2023.docx"
    assert written.read_bytes()[:2] == b"PK"
    assert tab.written.model.rows() == (SavedFile(written, "new"),)
    assert tab.sides.currentWidget() is tab.written


def test_that_a_file_edited_by_hand_is_left_alone_and_the_user_told(tab, qtbot):
    tab.model.check_all(on=False)
    assert not tab.write.isEnabled()
    index = tab.model.index(0, 0)
    tab.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    click(qtbot, tab.write)
    idle(qtbot, tab)
    path = tab.written.model.rows()[0].path
    click(qtbot, tab.write)
    idle(qtbot, tab)
    assert tab.written.model.rows()[0].status == "unchanged"
    path.write_bytes(b"mitt eget")
    click(qtbot, tab.write)
    idle(qtbot, tab)
    assert path.read_bytes() == b"mitt eget"
    assert tab.written.model.rows()[0].path.name == "Innkalling 4-2023 (2).docx"
    assert "redigert for hånd" in tab.notice.text.text()


def test_that_a_folder_that_is_gone_is_answered_in_place(tab, qtbot, tmp_path):
    gone = tmp_path / "borte"
    tab.use_folder(str(gone))
    click(qtbot, tab.write)
    idle(qtbot, tab)
    assert "finnes ikke" in tab.notice.text.text()
    assert not gone.exists()
    gone.write_text("en fil")
    click(qtbot, tab.write)
    idle(qtbot, tab)
    assert str(gone) in tab.notice.text.text()
    assert gone.read_text() == "en fil"


def test_that_writing_can_be_cancelled_and_what_is_written_stays(tab, qtbot):
    click(qtbot, tab.write)
    click(qtbot, tab.work.stop)
    idle(qtbot, tab)
    assert "Avbrutt" in tab.notice.text.text()
    assert len(tab.written.model.rows()) < 10
    assert all(file.path.is_file() for file in tab.written.model.rows())


def test_that_freezing_lists_what_is_missing_and_can_be_given_up(tab, qtbot, desk, planned):
    tab.show_moete(planned)
    states = {line.slag: line.tilstand for line in tab.model.lines()}
    assert states.pop(Dokumenttype.OPPFOELGINGSLISTE) is Papirtilstand.LOEPENDE
    assert set(states.values()) == {Papirtilstand.FORELOEPIG}
    click(qtbot, tab.freeze)
    lines = tab.sending.dialog.lists[0]
    assert any("mangler sakseier" in lines.item(n).text() for n in range(lines.count()))
    with qtbot.waitSignal(tab.wanted) as wanted:
        lines.itemActivated.emit(lines.item(0))
    target = wanted.args[0]
    assert (target.place, target.key, target.tab) == (Place.MOETER, planned, Tab.TOPPNOTATER)
    assert target.sak_id
    assert not overview(desk, planned).ferdigstilt


def test_that_freezing_fixes_the_numbers_and_keeps_the_files(tab, qtbot, desk, planned):
    tab.show_moete(planned)
    freeze(qtbot, tab)
    found = overview(desk, planned)
    assert found.ferdigstilt
    assert len(found.utsendelser[0].filer) == len(found.papirer) == 3
    assert tab.sides.currentWidget() is tab.sent
    assert tab.freeze.text() == "Oppdater innkalling …"


def test_that_what_changes_while_papers_are_written_is_answered_with_a_retry(
    tab, qtbot, desk, planned
):
    tab.show_moete(planned)
    click(qtbot, tab.freeze)
    click(qtbot, tab.sending.dialog.confirm)
    add_sak(desk, planned, "En sak til")
    idle(qtbot, tab)
    assert "endret mens" in tab.notice.text.text()
    assert not overview(desk, planned).ferdigstilt
    click(qtbot, tab.retry)
    idle(qtbot, tab)
    assert overview(desk, planned).ferdigstilt


def test_that_an_updated_innkalling_lists_what_is_new(tab, qtbot, desk, planned):
    tab.show_moete(planned)
    freeze(qtbot, tab)
    click(qtbot, tab.freeze)
    assert tab.sending.dialog is None
    assert "Ingenting er endret" in tab.notice.text.text()
    add_sak(desk, planned, "En sen sak")
    qtbot.waitUntil(lambda: tab.model.lines()[0].tilstand is Papirtilstand.ENDRET)
    click(qtbot, tab.freeze)
    news = tab.sending.dialog.lists[0]
    assert "Ny sak 6/24: En sen sak" in [news.item(n).text() for n in range(news.count())]
    assert any("er blitt" in news.item(n).text() for n in range(news.count()))
    click(qtbot, tab.sending.dialog.confirm)
    idle(qtbot, tab)
    assert [line.filer[0].filnavn for line in tab.sent.model.rows()] == [
        "Innkalling 1-2024 oppdatert.docx",
        "Innkalling 1-2024.docx",
    ]


def test_that_an_utsendelse_is_registered_when_and_to_whom(tab, qtbot, desk, meetings):
    tab.sides.setCurrentWidget(tab.sent)
    click(qtbot, tab.sent.register_sent)
    dialog = tab.sending.dialog
    assert len(dialog.recipients()) == 19
    click(qtbot, dialog.copy)
    assert QGuiApplication.clipboard().text().startswith("torunn.hauglid@eksempel.no; ")
    dialog.date.line.setText("1. des 2023")
    dialog.time.setText("kl 25")
    click(qtbot, dialog.confirm)
    assert dialog.isVisible()
    assert "finnes ikke" in dialog.clock.error.text()
    dialog.time.setText("kl 9")
    dialog.name.setFocus()
    qtbot.keyClicks(dialog.name, "Ola Gjest")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert "1 uten e-postadresse" in dialog.count.text()
    click(qtbot, dialog.confirm)
    line = overview(desk, meetings[4]).utsendelser[0]
    assert (line.sendt, line.mottakere) == (dt.datetime(2023, 12, 1, 9), 20)  # noqa: DTZ001
    qtbot.waitUntil(lambda: not tab.sent.register_sent.isEnabled())


def test_that_a_refused_registration_keeps_what_was_typed(tab, qtbot):
    tab.sides.setCurrentWidget(tab.sent)
    click(qtbot, tab.sent.register_sent)
    dialog = tab.sending.dialog
    dialog.date.line.setText("1.1.2020")
    click(qtbot, dialog.confirm)
    assert "ble laget" in dialog.error.text()
    assert dialog.date.line.text() == "1.1.2020"


def test_that_a_sent_file_opens_as_it_was_and_cannot_be_written(tab, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(
        "desktop.views.moete.dokumenter.open_outside", lambda path: opened.append(path) or True
    )
    tab.sides.setCurrentWidget(tab.sent)
    click(qtbot, tab.sent.open_file)
    click(qtbot, tab.sent.open_file)
    assert [path.name for path in opened] == ["Innkalling 4-2023.docx"] * 2
    assert opened[0].read_bytes()[:2] == b"PK"
    assert not opened[0].stat().st_mode & stat.S_IWUSR


def test_that_the_files_of_an_utsendelse_go_to_the_folder_as_they_were(tab, qtbot, desk):
    tab.sides.setCurrentWidget(tab.sent)
    line = tab.sent.selected()
    click(qtbot, tab.sent.export)
    idle(qtbot, tab)
    names = [file.path.name for file in tab.written.model.rows()]
    assert names == [file.filnavn for file in line.filer]


def test_that_a_written_file_that_is_gone_is_answered_in_place(tab, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(paper_panels, "open_outside", lambda path: opened.append(path) or True)
    click(qtbot, tab.write)
    idle(qtbot, tab)
    click(qtbot, tab.written.open_file)
    click(qtbot, tab.written.open_folder)
    assert [path.name for path in opened] == ["Innkalling 4-2023.docx", "Møte 4-2023"]
    opened[0].unlink()
    click(qtbot, tab.written.open_file)
    assert "finnes ikke lenger" in tab.notice.text.text()


def test_that_the_referat_goes_its_way_only_by_the_steps_it_may_take(tab, qtbot, desk, meetings):
    tab.show_moete(meetings[3])
    tab.sides.setCurrentWidget(tab.referat)
    qtbot.waitUntil(lambda: "Referat fra møte" in tab.preview.sheet.toPlainText())
    buttons = tab.referat.buttons
    assert not buttons[ReferatTilstand.OPPDATERT].isEnabled()
    assert buttons[ReferatTilstand.OPPDATERT].toolTip()
    click(qtbot, buttons[ReferatTilstand.TIL_KOMMENTAR])
    dialog = tab.sending.dialog
    dialog.deadline.line.setText("tull")
    click(qtbot, dialog.confirm)
    assert dialog.isVisible()
    assert dialog.deadline.error.text()
    dialog.deadline.line.setText("1.1.2020")
    click(qtbot, dialog.confirm)
    assert "passert" in dialog.error.text()
    dialog.deadline.line.setText("31.12.2099")
    click(qtbot, dialog.confirm)
    qtbot.waitUntil(buttons[ReferatTilstand.OPPDATERT].isEnabled)
    assert overview(desk, meetings[3]).referat.kommentarfrist == dt.date(2099, 12, 31)
    click(qtbot, buttons[ReferatTilstand.OPPDATERT])
    qtbot.keyClicks(tab.sending.dialog.changes, "Rettet vedtaket i sak 20/23.")
    click(qtbot, tab.sending.dialog.confirm)
    qtbot.waitUntil(lambda: not buttons[ReferatTilstand.OPPDATERT].isEnabled())
    click(qtbot, buttons[ReferatTilstand.GODKJENT])
    assert "29/23" in tab.sending.dialog.saker.currentText()
    click(qtbot, tab.sending.dialog.confirm)
    qtbot.waitUntil(lambda: "godkjent" in tab.referat.state.text())
    assert not any(button.isEnabled() for button in buttons.values())
    assert "29/23" in tab.referat.facts.text()


def test_that_publishing_asks_where(tab, qtbot, desk, meetings):
    tab.show_moete(meetings[3])
    tab.sides.setCurrentWidget(tab.referat)
    click(qtbot, tab.referat.publish)
    dialog = tab.sending.dialog
    dialog.where.clear()
    click(qtbot, dialog.confirm)
    assert dialog.place.error.text()
    dialog.where.setText("https://eksempel.no/referat")
    click(qtbot, dialog.confirm)
    assert overview(desk, meetings[3]).referat.publisert_hvor == "https://eksempel.no/referat"


def test_that_the_sheet_fetches_nothing(tab, tmp_path):
    secret = tmp_path / "bilde.png"
    secret.write_bytes(b"\x89PNG")
    for address in (QUrl.fromLocalFile(str(secret)), QUrl("https://eksempel.no/a.png")):
        assert tab.preview.sheet.loadResource(2, address).isNull()


def test_that_a_link_inside_scrolls_and_one_outside_asks_first(tab, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    tab.list.selectRow(9)
    qtbot.waitUntil(lambda: len(tab.preview.sheet.toPlainText()) > 80_000)
    html = tab.preview.sheet.toHtml()
    anchor = html.split('href="#', 1)[1].split('"', 1)[0]
    assert f'name="{anchor}"' in html
    bar = tab.preview.sheet.verticalScrollBar()
    last = html.rsplit('href="#vedlegg', 1)[-1].split('"', 1)[0]
    tab.preview.sheet.anchorClicked.emit(QUrl(f"#vedlegg{last}"))
    assert bar.value() > 1_000
    tab.preview.sheet.anchorClicked.emit(QUrl("https://eksempel.no/"))
    box = tab.preview.findChild(preview_module.QMessageBox)
    assert opened == []
    click(qtbot, box.buttons()[0])
    assert opened == ["https://eksempel.no/"]
    tab.preview.sheet.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == ["https://eksempel.no/"]


def test_that_the_sheet_is_zoomed_by_keyboard_and_keeps_its_place(tab, qtbot):
    preview = tab.preview
    bar = preview.sheet.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before, width = preview.zoom, preview.sheet.lineWrapColumnOrWidth()
    tab.activateWindow()
    preview.sheet.setFocus()
    preview.zoom_by(1)
    assert preview.zoom > before
    assert preview.sheet.lineWrapColumnOrWidth() > width
    assert 0.4 < bar.value() / bar.maximum() < 0.6
    preview.fit_width()
    assert preview.zoom == pytest.approx(before)


def test_that_a_read_only_archive_shows_papers_and_changes_nothing(
    example, tasks, preferences, qtbot, meetings
):
    reader = Desk(Archive.open(example, bruker="Nils", read_only=True))
    tab = DokumenterTab(reader, tasks, preferences)
    qtbot.addWidget(tab)
    tab.show_moete(meetings[3])
    tab.show()
    qtbot.waitUntil(lambda: "Møte i Nasjonalt" in tab.preview.sheet.toPlainText())
    assert tab.write.isEnabled()
    assert not tab.freeze.isEnabled()
    assert not tab.sent.register_sent.isEnabled()
    assert not any(button.isEnabled() for button in tab.referat.buttons.values())
    reader.close()


def test_that_the_documents_of_a_held_meeting_have_its_referat(desk, meetings):
    kinds = [line.slag for line in overview(desk, meetings[3]).papirer]
    assert Dokumenttype.REFERAT in kinds
    assert Dokumenttype.REFERAT not in [line.slag for line in overview(desk, meetings[4]).papirer]


def test_that_a_document_in_pieces_looks_as_the_whole(tab, qtbot, monkeypatch):
    tab.list.selectRow(9)
    qtbot.waitUntil(lambda: len(tab.preview.sheet.toPlainText()) > 80_000)
    looks = []
    for size in (10**9, 5_000):
        monkeypatch.setattr(preview_module, "_PIECE", size)
        with qtbot.waitSignal(tab.preview.shown):
            tab.preview.zoom_by(1)
        with qtbot.waitSignal(tab.preview.shown):
            tab.preview.fit_width()
        looks.append(tab.preview.sheet.toHtml())
    assert looks[0] == looks[1]
