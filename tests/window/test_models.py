"""Item models that stand inside a view, and the types that combo boxes give back."""

from PySide6.QtWidgets import QWidget

from desktop.rules.entity_kinds import Oppmoeterolle
from desktop.rules.kinds import Moeteform
from desktop.services.attendance_view import attendance_of
from desktop.services.koe import utvalg_names
from desktop.services.numbers import find_moete_id
from desktop.services.papers_view import read_papers
from desktop.viewmodels.papers import SENT_COLUMNS, WRITTEN_COLUMNS
from desktop.viewmodels.table import RowsModel
from desktop.viewmodels.targets import Place
from desktop.views.main_window import MainWindow
from desktop.views.moete.deltaker_dialog import DeltakerDialog
from desktop.views.moete.plan_dialog import MoeteDialog
from desktop.views.shortcuts import ShortcutsDialog


def test_that_the_list_of_shortcuts_is_a_sound_model(qtbot, qtmodeltester):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ShortcutsDialog(parent)
    assert dialog.model.rowCount() > 10
    qtmodeltester.check(dialog.model)


def test_that_the_lists_of_what_was_written_and_sent_are_sound_models(desk, qtmodeltester):
    moete = desk.read(lambda session: find_moete_id(session, "4/2023"))
    sent = RowsModel(SENT_COLUMNS)
    qtmodeltester.check(sent)
    sent.set_rows(desk.read(lambda session: read_papers(session, moete)).utsendelser)
    assert sent.rowCount()
    qtmodeltester.check(sent)
    qtmodeltester.check(RowsModel(WRITTEN_COLUMNS))


def test_that_the_role_of_a_participant_is_a_role_and_not_a_text(qtbot, desk):
    parent = QWidget()
    qtbot.addWidget(parent)
    moete = desk.read(lambda session: find_moete_id(session, "4/2023"))
    attendance = desk.read(lambda session: attendance_of(session, moete))
    dialog = DeltakerDialog(desk, parent, attendance)
    for place, rolle in enumerate(dialog.role.itemData(n) for n in range(dialog.role.count())):
        dialog.role.setCurrentIndex(place)
        assert dialog.rolle() is Oppmoeterolle(rolle)


def test_that_the_form_of_a_meeting_is_a_form_and_not_a_text(qtbot, desk):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = MoeteDialog(desk, parent, utvalg_id=desk.read(utvalg_names)[0][0])
    for form in Moeteform:
        dialog.form.setCurrentIndex(dialog.form.findData(form))
        assert dialog.chosen_form() is form


def test_that_every_row_of_the_navigation_shows_its_page(qtbot, preferences):
    window = MainWindow(preferences)
    window.furnish()
    qtbot.addWidget(window)
    pages = {place: QWidget() for place in Place}
    window.show_pages(pages, "Arkiv")
    for number, place in enumerate(pages):
        window.navigation.setCurrentRow(number)
        assert window.stack.currentWidget() is pages[place]
        assert window.current_place() is place
