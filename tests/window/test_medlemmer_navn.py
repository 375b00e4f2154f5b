"""The names of an organisation over time, corrected in the window."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.views.ordered_table import select_place
from desktop.views.pages.medlemmer import MedlemmerPage
from desktop.views.pages.medlemmer_navn import NamesDialog


@pytest.fixture
def page(qtbot, desk, tasks, preferences):
    QApplication.clipboard().clear()
    made = MedlemmerPage(desk, tasks, preferences)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1000, 640)
    made.load()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def organisations(page):
    page.tabs.setCurrentWidget(page.organisations)
    return page.organisations


def names(part):
    return [row.navn for row in part.model.rows()]


def place_of(part, name):
    return names(part).index(name)


def dialog_of(widget, kind):
    return next(one for one in widget.findChildren(kind) if one.isVisible())


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_a_misspelt_name_is_corrected_without_a_new_period(qtbot, organisations):
    organisations.table.setFocus()
    select_place(organisations.table, place_of(organisations, "KS"))
    qtbot.keyClick(organisations.table, Qt.Key.Key_Return)
    dialog = dialog_of(organisations, NamesDialog)
    dialog.lines[0].name.setText("Kommunenes KS")
    press(qtbot, dialog.save)
    assert [name.navn for name in organisations.selected().navnene] == ["Kommunenes KS"]


def test_that_an_earlier_name_is_corrected_and_an_overlap_refused_in_place(
    qtbot, organisations, desk
):
    several = next(row for row in organisations.rows if len(row.navnene) > 1)
    select_place(organisations.table, place_of(organisations, several.navn))
    press(qtbot, organisations.edit_button)
    dialog = dialog_of(organisations, NamesDialog)
    first, second = dialog.lines
    first.name.setText("Direktoratet for eHelse")
    first.end.setText("31. des 2099")
    press(qtbot, dialog.save)
    assert "gjelder på samme tid" in dialog.error.text()
    first.end.setText("31.11.2023")
    press(qtbot, dialog.save)
    assert dialog.error.text()
    assert first.name.text() == "Direktoratet for eHelse"
    first.end.setText("30. nov 2023")
    second.start.setText("01.12.23")
    press(qtbot, dialog.save)
    earlier, later = organisations.selected().navnene
    assert (earlier.navn, earlier.til) == ("Direktoratet for eHelse", dt.date(2023, 11, 30))
    assert later.fra == dt.date(2023, 12, 1)
    assert desk.undo()
    assert organisations.selected().navnene == several.navnene


def test_that_a_name_is_taken_out_but_never_the_last(qtbot, organisations):
    several = next(row for row in organisations.rows if len(row.navnene) > 1)
    select_place(organisations.table, place_of(organisations, several.navn))
    press(qtbot, organisations.edit_button)
    dialog = dialog_of(organisations, NamesDialog)
    press(qtbot, dialog.lines[0].gone)
    assert not dialog.lines[0].gone.isEnabled()
    press(qtbot, dialog.save)
    assert [name.id for name in organisations.selected().navnene] == [several.navnene[1].id]
