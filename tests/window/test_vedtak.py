"""The page of vedtak and follow-up, and the dialog of earlier vedtak, as a user meets them."""

import datetime as dt

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from sqlalchemy import select

from desktop.importing.vedtak_table import read_vedtak_table
from desktop.models import Moete, Sak, Toppnotat, Toppnotatseksjon, Utvalg, Vedtak
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import tree_from_text
from desktop.services.earlier_vedtak import propose_earlier
from desktop.services.moeter import Dag, plan_moete
from desktop.services.oppfoelging_forslag import propose_commitments
from desktop.services.oppfoelging_view import load_commitment, open_commitments
from desktop.services.overview import read_overview
from desktop.services.plain import driver_of
from desktop.services.utvalg import create_organisasjon
from desktop.services.vedtak import adopt_vedtak
from desktop.services.vedtak_entry import check_pasted_vedtak
from desktop.viewmodels.commitments import (
    CommitmentsModel,
    pasted_vedtak_model,
    proposals_model,
)
from desktop.viewmodels.targets import VEDTAK_REGISTER, Place, Tab, Target
from desktop.viewmodels.vedtak_register import VedtakRegisterModel, WantedVedtak
from desktop.views.moete.plan_dialog import MoeteDialog
from desktop.views.moete.toppnotat.tidligere_dialog import EarlierDialog, EarlierModel
from desktop.views.ordered_table import select_place, selected_places
from desktop.views.pages.oppfoelging_dialoger import (
    CommitmentDialog,
    ProposalDialog,
    StatusDialog,
)
from desktop.views.pages.oppfoelging_liste import Lists
from desktop.views.pages.sak_valg import SakDialog
from desktop.views.pages.vedtak import VedtakPage
from desktop.views.pages.vedtak_dialoger import VedtakDialog
from desktop.views.pages.vedtak_liminn import PasteVedtakDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DAY = dt.date(2023, 12, 1)
KEY = Qt.Key


@pytest.fixture
def page(qtbot, desk, tasks, preferences):
    made = VedtakPage(desk, tasks, preferences)
    qtbot.addWidget(made)
    made.follow_up.today = lambda: DAY
    desk.changed.connect(made.refresh)
    made.resize(1150, 700)
    made.load()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def follow_up(page):
    page.follow_up.proposal_table.setFocus()
    return page.follow_up


@pytest.fixture
def register(page):
    page.tabs.setCurrentWidget(page.register)
    return page.register


def dialog_of(widget, kind=QDialog):
    return next(one for one in widget.findChildren(kind) if one.isVisible())


def tasks_of(desk):
    return [one.oppgave for one in desk.read(lambda s: open_commitments(s, today=DAY))]


def one(desk, statement):
    return desk.read(lambda session: session.scalar(statement))


def shown(model):
    return [model.row_at(place) for place in range(model.rowCount())]


def test_that_the_models_are_sound(qtmodeltester, desk):
    register = VedtakRegisterModel(desk)
    register.show_wanted(WantedVedtak())
    proposals = proposals_model()
    proposals.set_rows(desk.read(propose_commitments))
    commitments = CommitmentsModel()
    commitments.set_rows(desk.read(lambda s: open_commitments(s, today=DAY)))
    pasted = pasted_vedtak_model()
    rows = read_vedtak_table("Sak\tVedtak\n1/22\tJa.\n2/22\t").rader
    pasted.set_rows(desk.read(lambda s: check_pasted_vedtak(s, rows)))
    earlier = EarlierModel()
    sak = one(desk, select(Sak.id).where(Sak.tittel.like("%felles journalløft")))
    earlier.set_rows(desk.read(lambda s: propose_earlier(s, sak)))
    for model in (register, proposals, commitments, pasted, earlier):
        assert model.rowCount() > 0
        qtmodeltester.check(model)


def test_that_enter_or_a_accepts_a_proposal_and_the_next_one_is_selected(qtbot, follow_up, desk):
    table, before = follow_up.proposal_table, len(tasks_of(desk))
    first, second = follow_up.selected_proposals()[0], follow_up.proposals.row_at(1)
    qtbot.keyClick(table, KEY.Key_A)
    assert len(tasks_of(desk)) == before + max(1, len(first.eiere))
    assert follow_up.selected_proposals() == [second]
    qtbot.keyClick(table, KEY.Key_Return)
    assert second not in follow_up.proposals.rows()
    assert "Godta forslag" in desk.undo_text()


def test_that_x_rejects_a_proposal_and_ctrl_z_brings_it_back(qtbot, follow_up, desk):
    first = follow_up.selected_proposals()[0]
    before = tasks_of(desk)
    qtbot.keyClick(follow_up.proposal_table, KEY.Key_X)
    assert first not in follow_up.proposals.rows()
    assert tasks_of(desk) == before
    desk.undo()
    assert first in follow_up.proposals.rows()


def test_that_e_changes_a_proposal_before_it_is_accepted(qtbot, follow_up, desk):
    several = next(row for row in follow_up.proposals.rows() if len(row.eiere) > 1)
    select_place(follow_up.proposal_table, follow_up.proposals.rows().index(several))
    qtbot.keyClick(follow_up.proposal_table, KEY.Key_E)
    dialog = dialog_of(follow_up, ProposalDialog)
    dialog.task.setPlainText("Rapportere om innspillene.")
    dialog.owners[0][0].setChecked(False)
    qtbot.keyClicks(dialog.deadline, "15.1.2024")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    made = [
        row for row in desk.read(lambda s: open_commitments(s, today=DAY))
        if row.oppgave == "Rapportere om innspillene."
    ]  # fmt: skip
    assert len(made) == len(several.eiere) - 1
    assert {row.frist for row in made} == {dt.date(2024, 1, 15)}


def test_that_an_unreadable_deadline_is_told_in_place_and_nothing_is_lost(qtbot, follow_up, desk):
    before = tasks_of(desk)
    follow_up.edit()
    dialog = dialog_of(follow_up, ProposalDialog)
    typed = dialog.task.toPlainText()
    qtbot.keyClicks(dialog.deadline, "31.11.2023")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.error.isVisible()
    assert dialog.task.toPlainText() == typed
    assert tasks_of(desk) == before
    dialog.reject()


def test_that_overdue_ones_have_a_list_and_a_colour_of_their_own(follow_up):
    follow_up.show_list(Lists.FORFALT)
    rows = follow_up.commitments.rows()
    assert rows
    assert {row.frist < DAY for row in rows} == {True}
    cell = follow_up.commitments.index(0, 2)
    assert cell.data(Qt.ItemDataRole.ForegroundRole) is not None
    assert follow_up.lists.tabText(Lists.FORFALT) == f"Forfalt ({len(rows)})"


def test_that_a_quick_update_by_keyboard_goes_into_the_log_with_its_state(qtbot, follow_up, desk):
    follow_up.show_list(Lists.AAPNE)
    follow_up.table.setFocus()
    key = follow_up.selected_commitments()[0].id
    qtbot.keyClick(follow_up.table, KEY.Key_Return)
    box = follow_up.details.update_box
    assert box.text.hasFocus()
    qtbot.keyClicks(box.text, "Levert i dag")
    box.state.setCurrentIndex(box.state.findText("Ferdig"))
    qtbot.keyClick(box.text, KEY.Key_Return)
    assert key not in {row.id for row in follow_up.commitments.rows()}
    follow_up.show_list(Lists.FERDIGE)
    done = next(row for row in follow_up.commitments.rows() if row.id == key)
    assert (done.siste.tekst, done.siste.dato) == ("Levert i dag", DAY)


def test_that_an_empty_update_is_refused_in_place(qtbot, follow_up):
    follow_up.show_list(Lists.AAPNE)
    qtbot.mouseClick(follow_up.details.update_box.ok, Qt.MouseButton.LeftButton)
    assert "Skriv hva som har skjedd" in follow_up.details.update_box.problem.text()


def test_that_the_owner_filter_narrows_every_list(follow_up):
    follow_up.show_list(Lists.AAPNE)
    names = [row.organisasjon for row in follow_up.commitments.rows()]
    follow_up.owner.setCurrentIndex(follow_up.owner.findText(names[0]))
    assert {row.organisasjon for row in follow_up.commitments.rows()} == {names[0]}
    follow_up.owner.setCurrentIndex(0)
    assert len(follow_up.commitments.rows()) == len(names)


def test_that_a_commitment_is_made_changed_and_deleted_by_keyboard(qtbot, follow_up, desk):
    qtbot.keyClick(follow_up, KEY.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(follow_up, CommitmentDialog)
    qtbot.keyClicks(dialog.task, "Bestille lokaler")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert follow_up.selected_commitments()[0].oppgave == "Bestille lokaler"
    qtbot.keyClick(follow_up.table, KEY.Key_F2)
    dialog = dialog_of(follow_up, CommitmentDialog)
    dialog.task.setPlainText("Bestille mat")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert "Bestille mat" in tasks_of(desk)
    select_place(
        follow_up.table,
        next(n for n, row in enumerate(follow_up.commitments.rows())
             if row.oppgave == "Bestille mat"),
    )  # fmt: skip
    qtbot.keyClick(follow_up.table, KEY.Key_Delete)
    assert "Bestille mat" not in tasks_of(desk)


def linked(desk, key):
    view = desk.read(lambda session: load_commitment(session, key, today=DAY))
    return [sak.nummer for sak in view.rad.saker]


def test_that_a_sak_is_linked_by_its_number_and_unlinked_and_both_can_be_undone(
    qtbot, follow_up, desk
):
    follow_up.show_list(Lists.AAPNE)
    follow_up.table.setFocus()
    key = follow_up.selected_commitments()[0].id
    before = linked(desk, key)
    qtbot.keyClick(follow_up.table, KEY.Key_K)
    dialog = dialog_of(follow_up, SakDialog)
    assert set(before).isdisjoint(sak.nummer for sak in dialog.model.rows())
    dialog.activateWindow()
    qtbot.waitUntil(dialog.search.hasFocus)
    qtbot.keyClicks(dialog.search, "31/23")
    qtbot.keyClick(dialog.search, KEY.Key_Return)
    assert linked(desk, key) == sorted([*before, "31/23"])
    names = [one.accessibleName() for one in follow_up.details.findChildren(QPushButton)]
    assert any(name.startswith("31/23 ") for name in names)
    remove = next(
        one for one in follow_up.details.findChildren(QPushButton)
        if one.accessibleName() == "Fjern koblingen til 31/23"
    )  # fmt: skip
    remove.setFocus()
    qtbot.keyClick(remove, KEY.Key_Space)
    assert linked(desk, key) == before
    assert follow_up.window().focusWidget() is follow_up.table
    desk.undo()
    assert "31/23" in linked(desk, key)
    desk.undo()
    assert linked(desk, key) == before


def test_that_a_linked_sak_opens_in_its_meeting(qtbot, page, follow_up):
    asked = []
    page.wanted.connect(asked.append)
    follow_up.show_list(Lists.AAPNE)
    row = next(row for row in follow_up.commitments.rows() if row.saker)
    select_place(follow_up.table, follow_up.commitments.rows().index(row))
    sak = row.saker[0]
    line = next(
        one for one in follow_up.details.findChildren(QPushButton)
        if one.accessibleName() == f"{sak.nummer} {sak.tittel}"
    )  # fmt: skip
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert asked[-1] == Target(Place.MOETER, sak.moete_id, Tab.REFERAT, sak.id)


def test_that_a_search_for_a_sak_without_a_hit_says_so_and_chooses_nothing(qtbot, follow_up, desk):
    follow_up.show_list(Lists.AAPNE)
    before = desk.undo_text()
    follow_up.link()
    dialog = dialog_of(follow_up, SakDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.search.hasFocus)
    qtbot.keyClicks(dialog.search, "finnesikke")
    qtbot.keyClick(dialog.search, KEY.Key_Return)
    assert dialog.isVisible()
    assert "«finnesikke»" in dialog.none.text()
    assert desk.undo_text() == before
    qtbot.keyClick(dialog.search, KEY.Key_Escape)


def test_that_commitments_are_copied_as_table_and_as_text(qtbot, follow_up):
    follow_up.show_list(Lists.AAPNE)
    follow_up.table.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(follow_up.table, KEY.Key_C, control)
    assert QApplication.clipboard().text().startswith("Oppgave\tAnsvarlig\tFrist")
    qtbot.keyClick(follow_up.table, KEY.Key_C, control | Qt.KeyboardModifier.ShiftModifier)
    assert "Frist: " in QApplication.clipboard().text()


def test_that_a_status_sak_is_made_from_the_page_and_opens_in_its_toppnotat(qtbot, page, desk):
    asked = []
    page.wanted.connect(asked.append)
    page.follow_up.make_status()
    dialog = dialog_of(page.follow_up, StatusDialog)
    dialog.utvalg.setCurrentIndex(0)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    sak = one(desk, select(Sak.id).where(Sak.tittel == "Status på oppfølging av vedtak"))
    assert asked[-1].sak_id == sak
    assert asked[-1].tab is Tab.TOPPNOTATER
    assert "statussak" in desk.undo_text().lower()


def test_that_the_next_meeting_is_proposed_for_a_status_sak_not_one_long_past(qtbot, page, desk):
    utvalg_id = one(desk, select(Moete.utvalg_id).where(Moete.nummer == 4, Moete.aar == 2023))
    day = Dag(dt.date(2024, 2, 14), dt.time(10), dt.time(15))
    planned = desk.do(plan_moete, utvalg_id=utvalg_id, dager=[day]).value.id
    for today, is_planned in (
        (DAY, False),
        (dt.date(2024, 1, 5), True),
        (dt.date(2026, 1, 5), True),
    ):
        dialog = StatusDialog(page, desk, utvalg_id, today)
        assert dialog.meeting.key() is not None
        assert (dialog.meeting.key() == planned) is is_planned


def test_that_no_list_is_cut_off_where_there_is_little_room(page, follow_up):
    page.resize(620, 500)
    bar = follow_up.lists
    assert bar.tabRect(Lists.FERDIGE).right() <= bar.width()
    follow_up.splitter.setSizes([1, 1000])
    assert bar.tabRect(Lists.FERDIGE).right() <= bar.width()


def test_that_the_keyboard_goes_from_the_lists_through_the_rows_to_the_panel(follow_up):
    order = [
        follow_up.lists,
        follow_up.utvalg,
        follow_up.owner,
        follow_up.state,
        follow_up.proposal_table,
        follow_up.table,
        follow_up.new_button,
        follow_up.details.area,
    ]
    chain = [follow_up.lists]
    while (following := chain[-1].nextInFocusChain()) is not follow_up.lists:
        chain.append(following)
    places = [chain.index(widget) for widget in order]
    assert places == sorted(places)


def test_that_searching_and_filtering_the_register_narrows_it(qtbot, register):
    every = register.model.rowCount()
    with qtbot.waitSignal(register.model.counted, check_params_cb=lambda _n, more: not more):
        qtbot.keyClicks(register.search, "byggesteiner")
    assert {row.sak for row in shown(register.model)} == {"11/23"}
    qtbot.mouseClick(register.reset, Qt.MouseButton.LeftButton)
    assert register.model.rowCount() == every
    register.outcome.setCurrentIndex(register.outcome.findText("Endret"))
    assert {row.sak for row in shown(register.model)} >= {"22/23", "20/23"}


def test_that_a_word_of_the_vedtak_alone_is_found(qtbot, register):
    with qtbot.waitSignal(register.model.counted, check_params_cb=lambda _n, more: not more):
        qtbot.keyClicks(register.search, "regneeksempel")
    assert [row.sak for row in shown(register.model)] == ["11/23"]


def test_that_a_click_on_a_heading_sorts_the_register_and_keeps_the_selected_one(qtbot, register):
    select_place(register.table, 4)
    held = register.selected_key()
    register.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert register.selected_key() == held
    numbers = [row.sak for row in shown(register.model)]
    assert numbers.index("11/23") < numbers.index("50/23")


def test_that_enter_opens_the_sak_of_a_vedtak_in_its_referat(qtbot, page, register):
    asked = []
    page.wanted.connect(asked.append)
    place = next(n for n, row in enumerate(shown(register.model)) if row.sak_id)
    select_place(register.table, place)
    register.table.setFocus()
    qtbot.keyClick(register.table, KEY.Key_Return)
    assert (asked[-1].place, asked[-1].tab) == (Place.MOETER, Tab.REFERAT)
    assert not register.change_button.isEnabled()


def test_that_a_vedtak_is_entered_by_hand_and_shown(qtbot, register, desk):
    control = Qt.KeyboardModifier.ControlModifier
    register.table.setFocus()
    qtbot.keyClick(register.table, KEY.Key_N, control)
    dialog = dialog_of(register, VedtakDialog)
    dialog.body.setEditText("Ytre utvalg")
    qtbot.keyClicks(dialog.reference, "7/20")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert "Skriv vedtaket" in dialog.error.text()
    dialog.text.setPlainText("Utvalget sa ja.")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert one(desk, select(Vedtak.organ).where(Vedtak.referanse == "7/20")) == "Ytre utvalg"
    assert register.selected().rad.sak == "7/20"
    qtbot.keyClick(register.table, KEY.Key_Delete)
    assert one(desk, select(Vedtak.id).where(Vedtak.referanse == "7/20")) is None


def test_that_a_pasted_table_is_previewed_and_taken_in(qtbot, register, desk):
    before = register.model.rowCount()
    register.paste()
    dialog = dialog_of(register, PasteVedtakDialog)
    source = QMimeData()
    source.setText("Sak\tTema\tVedtak\n1/19\tEn\tJa.\n2/19\tTo\t\n")
    dialog.text.insertFromMimeData(source)
    dialog.body.setEditText("Ytre utvalg")
    dialog.show_preview()
    assert [row.is_taken for row in dialog.model.rows()] == [True, False]
    assert "dato" in dialog.missing.text()
    assert "1 vedtak tas inn, 1 rad hoppes over." in dialog.summary.text()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert register.model.rowCount() == before + 1
    desk.undo()
    assert register.model.rowCount() == before


def test_that_a_vedtak_tells_its_follow_up_and_leads_to_it(qtbot, page, register, desk):
    place = next(n for n, row in enumerate(shown(register.model)) if row.sak == "22/23")
    select_place(register.table, place)
    view = register.selected()
    assert view.oppfoelging
    page.show_commitment(view.oppfoelging[0].id)
    assert page.tabs.currentWidget() is page.follow_up
    assert page.follow_up.selected_commitments()[0].id == view.oppfoelging[0].id


def test_that_targets_open_the_register_and_a_commitment(page, desk):
    page.open(Target(Place.VEDTAK, VEDTAK_REGISTER))
    assert page.where() == Target(Place.VEDTAK, VEDTAK_REGISTER)
    key = desk.read(lambda s: open_commitments(s, today=DAY))[0].id
    page.open(Target(Place.VEDTAK, key))
    assert page.follow_up.selected_commitments()[0].id == key


@pytest.fixture
def earlier(qtbot, desk):
    sak = one(desk, select(Sak.id).where(Sak.tittel.like("%felles journalløft")))
    parent = QDialog()
    qtbot.addWidget(parent)
    made = EarlierDialog(parent, desk, sak)
    with qtbot.waitExposed(made):
        made.open()
    yield made
    parent.close()


def test_that_the_chain_is_proposed_first_and_space_and_enter_cite_several(qtbot, desk, earlier):
    first, second = earlier.model.row_at(0), earlier.model.row_at(1)
    assert first.samme_kjede
    qtbot.keyClick(earlier.search, KEY.Key_Down)
    assert earlier.table.hasFocus()
    qtbot.keyClick(earlier.table, KEY.Key_Down)
    qtbot.keyClick(earlier.table, KEY.Key_Space)
    qtbot.keyClick(earlier.table, KEY.Key_Up)
    qtbot.keyClick(earlier.table, KEY.Key_Space)
    sak = earlier.sak_id
    qtbot.keyClick(earlier.table, KEY.Key_Return)
    found = desk.read(lambda s: {row.vedtak.id for row in propose_earlier(s, sak)})
    assert not found & {first.vedtak.id, second.vedtak.id}
    assert "tidligere vedtak" in desk.undo_text()
    desk.undo()
    found = desk.read(lambda s: {row.vedtak.id for row in propose_earlier(s, sak)})
    assert {first.vedtak.id, second.vedtak.id} <= found


def test_that_what_is_ticked_stays_ticked_while_one_searches(qtbot, earlier):
    earlier.model.tick(0)
    held = list(earlier.model.ticked)
    qtbot.keyClicks(earlier.search, "byggesteiner")
    earlier.show_found()
    assert earlier.model.row_at(0).vedtak.sak == "11/23"
    assert list(earlier.model.ticked) == held
    assert earlier.count.text().startswith("1 vedtak")
    earlier.reject()


def test_that_a_new_meeting_is_offered_the_status_sak(qtbot, desk):
    utvalg = one(desk, select(Utvalg.id).where(Utvalg.kortnavn == "E-helserådet"))
    parent = QDialog()
    qtbot.addWidget(parent)
    dialog = MoeteDialog(desk, parent, utvalg_id=utvalg, today=DAY)
    assert "(4 åpne)" in dialog.summary.status_wanted.text()
    assert not dialog.summary.wants_status()
    dialog.summary.status_wanted.setChecked(True)
    dialog.days[0].date.setText("14.3.2024")
    dialog.accept()
    titles = desk.read(
        lambda s: list(s.scalars(select(Sak.tittel).where(Sak.moete_id == dialog.moete_id)))
    )
    assert "Status på oppfølging av vedtak" in titles
    assert desk.undo()
    assert one(desk, select(Moete.id).where(Moete.id == dialog.moete_id)) is None


def test_that_a_spoken_vedtak_ends_in_the_next_meetings_list(qtbot, page, desk):
    """The journey: adopted in the referat, accepted by a key, on the front page, in the paper."""
    assert desk.do(create_organisasjon, navn="Kystverket")
    sak = one(
        desk,
        select(Sak.id).join(Moete, Moete.id == Sak.moete_id)
        .where(Moete.nummer == 4, Sak.moetesakssekvensnummer == 31),
    )  # fmt: skip
    spoken = "Nasjonalt e-helseråd drøftet saken og ba Kystverket sende en plan innen 1. mars 2024."
    assert desk.do(adopt_vedtak, sak_id=sak, tekst=tree_from_text(spoken))
    table = page.follow_up.proposal_table
    place = next(
        n for n, row in enumerate(page.follow_up.proposals.rows()) if row.hvem == "Kystverket"
    )
    select_place(table, place)
    table.setFocus()
    qtbot.keyClick(table, KEY.Key_A)
    later = dt.date(2024, 3, 5)
    overview = desk.read(lambda s: read_overview(driver_of(s), today=later))
    late = [row for part in overview.utvalg for row in part.forfalt if row.eier == "Kystverket"]
    assert [row.frist for row in late] == [dt.date(2024, 3, 1)]
    utvalg = one(desk, select(Utvalg.id).where(Utvalg.kortnavn == "E-helserådet"))
    parent = QDialog()
    qtbot.addWidget(parent)
    dialog = MoeteDialog(desk, parent, utvalg_id=utvalg, today=later)
    dialog.summary.status_wanted.setChecked(True)
    dialog.days[0].date.setText("14.3.2024")
    dialog.accept()
    told = desk.read(lambda s: _status_text(s, dialog.moete_id))
    assert "Sende en plan" in told
    assert "Kystverket" in told
    assert selected_places(table)


def _status_text(session, moete_id):

    trees = session.scalars(
        select(Toppnotatseksjon.innhold)
        .join(Toppnotat, Toppnotat.id == Toppnotatseksjon.toppnotat_id)
        .join(Sak, Sak.id == Toppnotat.sak_id)
        .where(Sak.moete_id == moete_id, Sak.tittel == "Status på oppfølging av vedtak")
    )
    return "\n".join(plain_text(tree) for tree in trees if tree is not None)


def test_that_the_documents_of_an_utvalg_are_written_from_the_page(
    page, preferences, tmp_path, qtbot
):
    (tmp_path / "ut").mkdir()
    preferences.set_text("mapper/dokumenter", str(tmp_path / "ut"))
    page.documents.fill()
    texts = [step.text() for step in page.documents.menu().actions() if step.text()]
    assert any(text.startswith("Vedtaksprotokoll 2023 for ") for text in texts)
    with qtbot.waitSignal(page.documents.told, timeout=20_000) as said:
        page.documents.menu().actions()[0].trigger()
    assert ".docx» og «" in said.args[0]
    assert page.told.text() == said.args[0]
    assert {file.suffix for file in (tmp_path / "ut").rglob("Oppf*")} == {".docx", ".xlsx"}
