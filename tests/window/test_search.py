"""The search box: Ctrl+K, results as one types, and everything by keyboard."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMainWindow, QPlainTextEdit
from sqlalchemy import text

from desktop.models import Sak, Vedlegg
from desktop.rules.entity_kinds import Vedleggslag
from desktop.services.saker import rename_sak
from desktop.services.search import HitKind, search
from desktop.storage.files import store_file
from desktop.storage.search_build import differences
from desktop.viewmodels.search import SearchModel, place_of, target_of
from desktop.viewmodels.search_upkeep import SearchUpkeep
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.search.box import SearchBox
from desktop.views.search.popup import SearchPopup

K = Qt.Key


@pytest.fixture
def window(qtbot, desk):
    made = QMainWindow()
    qtbot.addWidget(made)
    made.page = QPlainTextEdit()
    made.setCentralWidget(made.page)
    made.search = SearchBox(made)
    made.menuBar().setCornerWidget(made.search.corner())
    made.search.follow(desk)
    made.resize(1024, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.page.setFocus()
    return made


def type_in(qtbot, window, text):
    window.search.begin()
    window.search.clear()
    qtbot.keyClicks(window.search, text)
    qtbot.waitUntil(lambda: not window.search._pause.isActive())


def hits(window):
    model = window.search.popup.model
    return [model.hit_at(row) for row in range(model.rowCount())]


def test_that_ctrl_k_goes_to_the_box_and_explains_the_filters(qtbot, window):
    qtbot.keyClick(window.page, K.Key_K, Qt.KeyboardModifier.ControlModifier)
    popup = window.search.popup
    qtbot.waitUntil(lambda: popup.isVisible() and window.search.hasFocus())
    for example in ("28/23", "utvalg:", "år:2023", "type:", "eier:"):
        assert example in popup.help.text()
    assert popup.help.isVisible()
    assert not popup.list.isVisible()


def test_that_results_come_as_one_types_and_enter_opens_the_place(qtbot, window):
    type_in(qtbot, window, "33/2")
    type_in(qtbot, window, "33/23")
    assert (hits(window)[0].kind, hits(window)[0].number) == (HitKind.SAK, "33/23")
    with qtbot.waitSignal(window.search.wanted) as told:
        qtbot.keyClick(window.search, K.Key_Return)
    hit = hits(window)[0]
    assert told.args == [Target(Place.MOETER, hit.moete_id, Tab.DAGSORDEN, hit.sak_id)]
    assert not window.search.popup.isVisible()


def test_that_enter_does_not_open_what_was_found_before_the_last_letter(qtbot, window):
    type_in(qtbot, window, "33/23")
    window.search.selectAll()
    qtbot.keyClicks(window.search, "journalløft")
    with qtbot.waitSignal(window.search.wanted):
        qtbot.keyClick(window.search, K.Key_Return)
    assert all(hit.number != "33/23" for hit in hits(window))


def test_that_the_arrows_move_and_stop_at_the_ends(qtbot, window):
    type_in(qtbot, window, "helse")
    popup = window.search.popup
    assert popup.list.currentIndex().row() == 0
    qtbot.keyClick(window.search, K.Key_Up)
    assert popup.list.currentIndex().row() == 0
    qtbot.keyClick(window.search, K.Key_Down)
    assert popup.list.currentIndex().row() == 1
    assert hits(window)[1].title in window.search.accessibleDescription()
    qtbot.keyClick(window.search, K.Key_PageDown)
    assert popup.list.currentIndex().row() > 1
    for _ in range(30):
        qtbot.keyClick(window.search, K.Key_PageDown)
    assert popup.list.currentIndex().row() == len(hits(window)) - 1


def test_that_escape_closes_and_goes_back_where_one_was(qtbot, window):
    type_in(qtbot, window, "journal")
    qtbot.keyClick(window.search, K.Key_Escape)
    assert not window.search.popup.isVisible()
    qtbot.waitUntil(window.page.hasFocus)


def test_that_the_list_closes_when_the_focus_goes_elsewhere(qtbot, window):
    type_in(qtbot, window, "journal")
    assert window.search.popup.isVisible()
    window.page.setFocus()
    qtbot.waitUntil(lambda: not window.search.popup.isVisible())


def test_that_a_click_opens_a_hit(qtbot, window):
    type_in(qtbot, window, "journal")
    view = window.search.popup.list
    place = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.waitSignal(window.search.wanted):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_nothing_found_and_unknown_filters_are_told(qtbot, window):
    type_in(qtbot, window, "utvalg:finnesikke journal")
    assert window.search.popup.hint.text() == (
        "Ingen treff.\nIngen utvalg heter noe med «finnesikke»."
    )


def test_that_a_filter_half_written_tells_how_it_is_written(qtbot, window):
    popup = window.search.popup
    type_in(qtbot, window, "utvalg:")
    qtbot.waitUntil(popup.isVisible)
    assert popup.help.isVisible()
    assert "utvalg:nuit" in popup.help.text()
    type_in(qtbot, window, "utvalg:nuit")
    assert not popup.help.isVisible()


def test_that_what_is_sought_is_bold_and_markup_in_it_is_only_text(qtbot, desk, window):
    with desk.archive.operation("endre") as op:
        op.session.execute(
            text(
                "UPDATE sak SET tittel = '<b>x</b> & <img src=y> blåfjell' WHERE id IN"
                " (SELECT id FROM sak LIMIT 1)"
            )
        )
    type_in(qtbot, window, "blåfjell")
    (hit,) = [hit for hit in hits(window) if hit.kind is HitKind.SAK]
    assert hit.title == "<b>x</b> & <img src=y> blåfjell"
    assert hit.title[slice(*hit.title_marks[0])] == "blåfjell"
    image = window.search.popup.list.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert len({image.pixel(x, y) for x in range(0, 300, 3) for y in range(30)}) > 3


def test_that_a_change_in_the_archive_is_seen_in_the_open_list(qtbot, desk, window):
    type_in(qtbot, window, "journalløft")
    before = len(hits(window))
    key = next(hit.sak_id for hit in hits(window) if hit.kind is HitKind.SAK)
    assert desk.do(rename_sak, sak_id=key, tittel="Noe helt annet")
    qtbot.waitUntil(lambda: not window.search._pause.isActive())
    qtbot.waitUntil(lambda: "Noe helt annet" in {hit.title for hit in hits(window)} or
                    len(hits(window)) < before)  # fmt: skip


def test_that_typing_is_never_held_up(qtbot, window):
    type_in(qtbot, window, "j")
    slowest = 0.0
    for end in range(1, len("samhandling data") + 1):
        window.search.setText("samhandling data"[:end])
        start = time.perf_counter()
        window.search.search_now()
        slowest = max(slowest, time.perf_counter() - start)
    assert slowest < 1.0


def test_that_every_kind_of_hit_opens_somewhere(desk):
    found = desk.read(
        lambda session: [
            hit
            for kind in HitKind
            for hit in search(session, f"type:{kind.value.replace('oe', 'ø')}", limit=3).hits
        ]
    )
    assert {hit.kind for hit in found} >= set(HitKind) - {HitKind.MOETE}
    for hit in found:
        assert target_of(hit) is not None
        assert place_of(hit)


def test_that_the_model_keeps_the_rules_of_models(qtmodeltester, desk):
    model = SearchModel()
    model.set_hits(desk.read(lambda session: search(session, "helse")).hits)
    assert model.rowCount() > 3
    qtmodeltester.check(model)


def test_that_the_list_stays_inside_a_small_window(qtbot, window):
    type_in(qtbot, window, "helse")
    window.resize(600, 300)
    popup: SearchPopup = window.search.popup
    qtbot.waitUntil(lambda: window.rect().contains(popup.geometry()))


def test_that_an_archive_that_is_closed_is_not_searched(window):
    window.search.follow(None)
    assert not window.search.isVisible()
    assert not window.search.go_there.isEnabled()


def test_that_the_index_is_built_and_files_are_read_while_the_window_is_idle(
    qtbot, desk, tasks, monkeypatch
):
    monkeypatch.setattr("desktop.viewmodels.search_upkeep._LATER_MS", 1)
    with desk.archive.operation("legg_ved") as op:
        digest = store_file(op.session, "Om blåbærsyltetøy.".encode())
        sak = op.session.query(Sak).first()
        op.session.add(
            Vedlegg(
                sak_id=sak.id,
                slag=Vedleggslag.FIL,
                tittel="n",
                filnavn="n.txt",
                fil_sha256=digest,
                rekkefoelge="z",
            )
        )
    desk.archive.search_index.begin_again()
    upkeep = SearchUpkeep(desk, tasks)
    with qtbot.waitSignal(upkeep.built, timeout=20_000):
        pass
    assert desk.archive.search_index.state().complete
    driver = desk.archive._database.driver
    assert list(differences(driver)) == []
    assert driver.execute("SELECT tekst FROM soek_fil WHERE sha256 = ?", (digest,)).fetchone() == (
        "Om blåbærsyltetøy.",
    )
