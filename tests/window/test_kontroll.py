"""The tab Kontroll: findings by sak, one step to the place, and letting a finding stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.richtext.tree import tree_from_text
from desktop.rules.kontroll.types import Place as Spot
from desktop.rules.kontroll.types import PlaceKind
from desktop.rules.states import ReferatTilstand
from desktop.services.kontroll import exceptions_of
from desktop.services.numbers import find_moete_id
from desktop.services.referater import add_innspill
from desktop.services.saker import write_forslag, write_omtale
from desktop.viewmodels.kontroll import target_of
from desktop.viewmodels.targets import Place, Tab, Target
from desktop.views.moete.dokumenter import DokumenterTab
from desktop.views.moete.kontroll import KontrollTab
from desktop.views.pages.moeter import MoeterPage
from tests.cli.changes import sak as sak_of

TEXT = "Dette ble drøftet i sak 45/23.\nMøtet er kl. 10:00 i Bergen."


@pytest.fixture
def moete(desk):
    return desk.read(lambda session: find_moete_id(session, "4/2023"))


@pytest.fixture
def slips(desk):
    """Plant an error and a hint in the omtale of 33/23."""
    key = sak_of(desk.archive, "33/23")
    tree = tree_from_text(TEXT)
    assert desk.do(write_omtale, sak_id=key, tree=tree)
    return key, tree


@pytest.fixture
def tab(qtbot, desk, tasks, preferences, moete):
    made = KontrollTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1000, 600)
    made.show()
    return made


def shown(qtbot, tab, moete):
    with qtbot.waitSignal(tab.checker.done, timeout=5000):
        tab.show_moete(moete)
    return tab


def lines(tab):
    return [node.text for node in tab.model.nodes()]


def choose(tab, rule):
    node = next(one for one in tab.model.nodes() if one.finding and one.finding.rule == rule)
    tab.tree.setCurrentIndex(tab.model.index_of(node.key))


def test_that_papers_without_slips_say_so(qtbot, tab, moete):
    shown(qtbot, tab, moete)
    assert tab.pages.currentWidget() is tab.empty
    assert tab.count.text() == "Ingen merknader"


def test_that_errors_stand_apart_from_hints_and_both_by_sak(
    qtbot, qtmodeltester, slips, tab, moete
):
    shown(qtbot, tab, moete)
    title = next(text for text in lines(tab) if text.startswith("33/23"))
    assert lines(tab) == [
        "Feil (1)", title, "Sak 45/23 finnes ikke i arkivet.",
        "Hint (1)", title, "Skriv klokkeslettet kl. 10.00 i løpende tekst.",
    ]  # fmt: skip
    assert tab.count.text() == "1 feil · 1 hint"
    qtmodeltester.check(tab.model)


def test_that_enter_goes_to_the_place(qtbot, slips, tab, moete):
    shown(qtbot, tab, moete)
    choose(tab, "ukjent_sak")
    key, tree = slips
    with qtbot.waitSignal(tab.wanted) as wanted:
        qtbot.keyClick(tab.tree, Qt.Key.Key_Return)
    assert wanted.args == [Target(Place.MOETER, moete, Tab.DAGSORDEN, key, tree.blocks[0].id)]


def test_that_the_explanation_names_its_source(qtbot, slips, tab, moete):
    shown(qtbot, tab, moete)
    choose(tab, "ukjent_sak")
    assert not tab.panel.explanation.isVisible()
    qtbot.mouseClick(tab.panel.explain, Qt.MouseButton.LeftButton)
    assert tab.panel.explanation.isVisible()
    assert tab.panel.source.text() == "Kilde: Det arkivet vet om møter, saker, navn og filer"


def test_that_a_finding_is_let_stand_by_key_with_a_reason(qtbot, desk, slips, tab, moete):
    shown(qtbot, tab, moete)
    choose(tab, "ukjent_sak")
    tab.panel.ask_reason()
    qtbot.keyClick(tab.panel.reason, Qt.Key.Key_Return)
    assert tab.panel.field.error.text() == "Skriv hvorfor det kan stå."
    qtbot.keyClicks(tab.panel.reason, "Saken er i et annet arkiv")
    with qtbot.waitSignal(tab.checker.done, timeout=5000):
        qtbot.keyClick(tab.panel.reason, Qt.Key.Key_Return)
    assert tab.count.text() == "1 hint · 1 godtatt"
    last = tab.model.index(tab.model.rowCount() - 1, 0)
    assert last.data() == "Godtatt (1)"
    assert not tab.tree.isExpanded(last)
    choose(tab, "ukjent_sak")
    assert tab.panel.reason_told.text() == "Godtatt: Saken er i et annet arkiv"
    assert tab.panel.who.text().startswith("Kari Prøve, ")
    with qtbot.waitSignal(tab.checker.done, timeout=5000):
        qtbot.mouseClick(tab.panel.withdraw, Qt.MouseButton.LeftButton)
    assert tab.count.text() == "1 feil · 1 hint"
    assert desk.read(lambda session: exceptions_of(session, moete)) == ()


def test_that_the_keyboard_goes_on_with_the_next_finding_when_one_is_let_stand(
    qtbot, desk, tab, moete
):
    several = tree_from_text("Se sak 45/23.\nSe sak 46/23.\nMøtet er kl. 10:00 i Bergen.")
    assert desk.do(write_omtale, sak_id=sak_of(desk.archive, "33/23"), tree=several)
    shown(qtbot, tab, moete)
    second = [node for node in tab.model.nodes() if node.finding][1]
    tab.tree.setCurrentIndex(tab.model.index_of(second.key))
    for now_chosen in ("kolon_i_klokkeslett", "ukjent_sak"):
        tab.tree.setFocus()
        qtbot.keyClick(tab.tree, Qt.Key.Key_G)
        qtbot.keyClicks(tab.panel.reason, "Det er slik det er")
        with qtbot.waitSignal(tab.checker.done, timeout=5000):
            qtbot.keyClick(tab.panel.reason, Qt.Key.Key_Return)
        assert tab.focusWidget() is tab.tree
        assert tab.panel.finding.rule == now_chosen
        assert tab.panel.accepted is None


def test_that_a_low_window_scrolls_what_is_told_of_a_finding_rather_than_cutting_it(
    qtbot, slips, tab, moete
):
    shown(qtbot, tab, moete)
    choose(tab, "ukjent_sak")
    tab.panel.explain.setChecked(True)
    tab.resize(620, 260)
    qtbot.waitUntil(lambda: tab.about.verticalScrollBar().maximum() > 0)
    panel = tab.panel
    for text in (panel.sentence, panel.place, panel.excerpt, panel.explanation, panel.source):
        assert text.isVisible()
        assert text.height() >= text.heightForWidth(text.width())
    assert panel.width() <= tab.about.viewport().width()


def test_that_escape_gives_the_reason_up(qtbot, slips, tab, moete):
    shown(qtbot, tab, moete)
    choose(tab, "ukjent_sak")
    tab.panel.ask_reason()
    qtbot.keyClicks(tab.panel.reason, "Fordi")
    qtbot.keyClick(tab.panel.reason, Qt.Key.Key_Escape)
    assert not tab.panel.ask.isVisible()
    assert tab.panel.step.isVisible()
    assert tab.focusWidget() is tab.tree


def test_that_the_check_follows_a_change_after_a_pause(qtbot, desk, tab, moete):
    shown(qtbot, tab, moete)
    key = sak_of(desk.archive, "35/23")
    with qtbot.waitSignal(tab.checker.done, timeout=5000):
        desk.do(write_forslag, sak_id=key, tree=tree_from_text(""))
        assert tab.checker.running
    assert "Sak 35/23 mangler forslag til vedtak." in lines(tab)


def test_that_what_is_folded_stays_folded_and_what_is_chosen_stays_chosen(
    qtbot, desk, slips, tab, moete
):
    shown(qtbot, tab, moete)
    choose(tab, "ukjent_sak")
    tab.tree.collapse(tab.model.index(1, 0))
    key = sak_of(desk.archive, "36/23")
    with qtbot.waitSignal(tab.checker.done, timeout=5000):
        desk.do(write_omtale, sak_id=key, tree=tree_from_text("Møtet er xx.xx i Oslo."))
    assert tab.model.node(tab.tree.currentIndex()).finding.rule == "ukjent_sak"
    assert not tab.tree.isExpanded(tab.model.index(1, 0))
    assert tab.tree.isExpanded(tab.model.index(0, 0))


@pytest.mark.parametrize(
    ("kind", "has_note", "tab_wanted"),
    [
        (PlaceKind.OMTALE, True, Tab.DAGSORDEN),
        (PlaceKind.FORSLAG, True, Tab.TOPPNOTATER),
        (PlaceKind.FORSLAG, False, Tab.DAGSORDEN),
        (PlaceKind.SEKSJON, True, Tab.TOPPNOTATER),
        (PlaceKind.POST, False, Tab.DAGSORDEN),
        (PlaceKind.VEDTAK, True, Tab.REFERAT),
        (PlaceKind.DELTAKER, False, Tab.DELTAKERE),
    ],
)
def test_that_every_part_of_the_papers_has_its_tab(kind, has_note, tab_wanted):
    target = target_of("m", Spot(kind, "s", "r"), has_note=has_note)
    assert (target.tab, target.part) == (tab_wanted, "r")


def test_that_a_target_puts_the_cursor_at_the_block(qtbot, desk, tasks, preferences, moete):
    key = sak_of(desk.archive, "38/23")
    tree = tree_from_text("Nasjonalt e-helseråd støtter tiltakene.\nRådet ber om en plan.")
    desk.do(write_forslag, sak_id=key, tree=tree)
    page = MoeterPage(desk, tasks, preferences)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitExposed(page)
    page.open(Target(Place.MOETER, moete, Tab.TOPPNOTATER, key, tree.blocks[1].id))
    note = page.workspace.tab(Tab.TOPPNOTATER)

    def cursor_is_there():
        texts = [edit.textCursor().block().text() for edit in note.page.edits()]
        assert "Rådet ber om en plan." in texts

    qtbot.waitUntil(cursor_is_there)


@pytest.fixture
def papers_tab(qtbot, desk, tasks, preferences):
    made = DokumenterTab(desk, tasks, preferences)
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_the_errors_are_listed_before_the_innkalling_is_frozen(
    qtbot, slips, papers_tab, moete
):
    papers_tab.show_moete(moete)
    papers_tab.sending.freeze()
    dialog = papers_tab.sending.dialog
    told = [dialog.lists[-1].item(0).text(), dialog.lists[-1].count(), dialog.confirm.text()]
    assert told == ["33/23: Sak 45/23 finnes ikke i arkivet.", 1, "Oppdater likevel"]
    with qtbot.waitSignal(papers_tab.wanted) as wanted:
        dialog.lists[-1].itemActivated.emit(dialog.lists[-1].item(0))
    key, tree = slips
    assert wanted.args == [Target(Place.MOETER, moete, Tab.DAGSORDEN, key, tree.blocks[0].id)]


def test_that_the_errors_are_listed_before_the_referat_goes_to_comment(qtbot, desk, papers_tab):
    held = desk.read(lambda session: find_moete_id(session, "3/2023"))
    told = "Oslo kommune mente at dette haster."
    assert desk.do(add_innspill, sak_id=sak_of(desk.archive, "24/23"), tree=tree_from_text(told))
    papers_tab.show_moete(held)
    papers_tab.sending.step(ReferatTilstand.TIL_KOMMENTAR)
    dialog = papers_tab.sending.dialog
    assert dialog.errors.count() == 1
    assert "Oslo kommune" in dialog.errors.item(0).text()
    assert dialog.confirm.text() == "Send likevel"
    dialog.reject()
