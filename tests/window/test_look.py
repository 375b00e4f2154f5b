"""What a designer would see: room for what is said, captions beside fields, where one begins."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QTableView,
    QWidget,
)

from desktop.services.koe import utvalg_names
from desktop.services.numbers import find_moete_id
from desktop.viewmodels.attendance import AttendanceColumn
from desktop.viewmodels.preferences import Appearance
from desktop.viewmodels.table import Column, RowsModel
from desktop.views import welcome
from desktop.views.form import Choice, FormDialog, number_field
from desktop.views.main_window import ICONS_WIDTH, NAVIGATION_WIDTH, MainWindow
from desktop.views.moete.deltakere import DeltakereTab
from desktop.views.moete.plan_dialog import MoeteDialog
from desktop.views.ordered_table import set_widths
from desktop.views.pages.medlemmer_dialoger import PersonDialog
from desktop.views.pages.medlemmer_liminn import PasteDialog
from desktop.views.parts import EmptyPage, table_view
from desktop.views.theme import DARK, LIGHT, apply_theme

# What the offscreen platform says of every window it shows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SMALLEST = 1024 - NAVIGATION_WIDTH - 32


@pytest.fixture(autouse=True)
def _with_the_theme(qapp):
    sheet, palette = qapp.styleSheet(), qapp.palette()
    apply_theme(qapp, Appearance.LIGHT)
    yield
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def luminance(colour):
    def part(value):
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    rgb = QColor(colour).getRgbF()
    return 0.2126 * part(rgb[0]) + 0.7152 * part(rgb[1]) + 0.0722 * part(rgb[2])


def contrast(one, other):
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("width", [SMALLEST, 911 - NAVIGATION_WIDTH - 32])
def test_that_the_remarks_on_attendance_are_seen_without_scrolling_sideways(
    qtbot, desk, tasks, preferences, width
):
    tab = DeltakereTab(desk, tasks, preferences)
    qtbot.addWidget(tab)
    tab.resize(width, 560)
    key = desk.read(lambda session: find_moete_id(session, "4/2023", utvalg="E-helserådet"))
    tab.show_moete(key)
    tab.show()
    qtbot.waitUntil(lambda: tab.table.verticalScrollBar().maximum() > 0)
    assert tab.table.horizontalScrollBar().maximum() == 0
    assert tab.table.columnWidth(AttendanceColumn.MERKNAD) >= 48


def test_that_columns_that_are_kept_do_not_give_way(qtbot):
    columns = [Column(name, str) for name in "abcd"]
    table = table_view("Prøve")
    qtbot.addWidget(table)
    table.setModel(RowsModel(columns, table))
    set_widths(table, {0: 200, 1: 200}, stretch=3, kept={2: 120}, share=0.4)
    table.resize(520, 200)
    table.show()
    assert table.columnWidth(2) == 120
    assert 120 <= table.columnWidth(0) < 200
    assert table.horizontalScrollBar().maximum() == 0
    assert isinstance(table, QTableView)
    assert table.horizontalHeader().textElideMode() is Qt.TextElideMode.ElideRight


def begun_in(dialog):
    dialog.show()
    return dialog.focusWidget()


def test_that_a_dialog_begins_in_its_first_field(qtbot, desk, parent):
    key, name = desk.read(utvalg_names)[0]
    pasted, person = PasteDialog(parent, desk, key, name), PersonDialog(parent, desk)
    assert begun_in(pasted) is pasted.text
    assert isinstance(pasted.text, QPlainTextEdit)
    assert begun_in(person).accessibleName() == "Fornavn"


def test_that_a_dialog_leaves_the_focus_where_it_was_put(qtbot, parent):
    dialog = FormDialog(parent, "Prøve", "Lagre")
    first, second = QLineEdit(), QLineEdit()
    dialog.add("&En", first)
    dialog.add("&To", second)
    second.setFocus()
    assert begun_in(dialog) is second


def test_that_a_dialog_passes_by_a_field_that_cannot_be_used(qtbot, parent):
    dialog = FormDialog(parent, "Prøve", "Lagre")
    first, second = QLineEdit(), QLineEdit()
    first.setEnabled(False)
    dialog.form.addRow(QLabel("Hjelp"))
    dialog.add("&En", first)
    dialog.add("&To", second)
    assert begun_in(dialog) is second


def test_that_the_captions_of_the_plan_stand_level_with_their_fields(qtbot, desk, parent):
    dialog = MoeteDialog(desk, parent, utvalg_id=desk.read(utvalg_names)[0][0])
    qtbot.addWidget(dialog)
    dialog.show()

    def middle(widget):
        return widget.mapTo(dialog, QPoint(0, widget.height() // 2)).y()

    fields = (dialog.utvalg, dialog.form, dialog.place, dialog.leader, dialog.referent)
    for field in fields:
        caption = dialog.fields.labelForField(field)
        assert abs(middle(caption) - middle(field)) <= 2, caption.text()


def test_that_fields_beside_each_other_are_equally_high(qtbot, parent):
    heights = {
        made.sizeHint().height()
        for made in (number_field(14, 0, 99, "dager"), Choice(), QLineEdit())
    }
    assert max(heights) - min(heights) <= 1


def test_that_a_searchable_choice_shows_the_beginning_of_a_long_name(qtbot, parent):
    chosen = Choice([("a", "Helsedirektoratet, avdeling for digital samhandling")], searchable=True)
    qtbot.addWidget(chosen)
    assert chosen.lineEdit().cursorPosition() == 0


def test_that_an_empty_page_uses_the_room_for_what_it_says(qtbot):
    page = EmptyPage("Tomt", "Her står det hva siden er til, og hva som er det første steget. " * 2)
    qtbot.addWidget(page)
    page.resize(900, 400)
    page.show()
    body = max(page.findChildren(QLabel), key=lambda one: len(one.text()))
    assert body.width() == 460


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_that_what_is_seen_and_gripped_stands_out_from_its_ground(colours):
    grounds = (colours.window, colours.surface)
    assert min(contrast(colours.grip, ground) for ground in grounds) >= 2.8
    assert min(contrast(colours.accent, ground) for ground in grounds) >= 4.5
    assert min(contrast(colours.quiet, ground) for ground in grounds) >= 4.5


def test_that_a_narrow_window_shows_the_pages_by_icons_that_keep_their_names(qtbot, preferences):
    window = MainWindow(preferences)
    window.furnish()
    qtbot.addWidget(window)
    window.setMinimumSize(QSize(1, 1))
    window.show()
    window.resize(1024, 700)
    texts = [window.navigation.item(place).text() for place in range(6)]
    assert window.navigation.width() == NAVIGATION_WIDTH
    assert all(texts)
    window.resize(683, 380)
    assert window.navigation.width() == ICONS_WIDTH
    for place, text in enumerate(texts):
        item = window.navigation.item(place)
        assert not item.text()
        assert item.data(Qt.ItemDataRole.AccessibleTextRole) == text
        assert text in item.toolTip()
    window.resize(1024, 700)
    assert [window.navigation.item(place).text() for place in range(6)] == texts


def test_that_the_window_is_never_larger_than_the_screen(qtbot, preferences):
    window = MainWindow(preferences)
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert window.minimumWidth() <= room.width()
    assert window.minimumHeight() <= room.height()


def test_that_buttons_of_qt_carry_no_pictures_of_their_own(qtbot, parent):
    hint = QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save)
    qtbot.addWidget(box)
    box.ensurePolished()
    assert not box.style().styleHint(hint, None, box)


def test_that_the_question_for_an_archive_begins_in_a_folder_that_is_there(
    qtbot, parent, tmp_path, monkeypatch
):
    monkeypatch.setattr(welcome, "documents_folder", lambda: tmp_path / "Dokumenter" / "Møtebok")
    welcome.WelcomePage.ask_for_archive(parent, print)
    dialog = parent.findChild(QFileDialog)
    assert dialog.directory().path() == str(tmp_path)
    dialog.reject()
