"""The format bar keeps every command within reach, however little room it has."""

import pytest

from desktop.views.editor.toolbar import FormatBar


@pytest.fixture
def bar(qtbot, edit):
    made = FormatBar()
    qtbot.addWidget(made)
    made.follow(edit)
    made.show()
    return made


def behind(bar):
    """Return the commands behind », as one finds them when the menu opens."""
    bar.rest.menu().aboutToShow.emit()
    return [step.text() for step in bar.rest.menu().actions()]


def test_that_a_wide_bar_shows_every_button_and_nothing_behind(bar):
    bar.resize(1200, 40)
    assert all(button.isVisible() for button in bar.buttons.values())
    assert not bar.rest.isVisible()


def test_that_what_has_no_room_is_behind_the_arrows_and_still_works(bar, edit):
    bar.resize(330, 40)
    assert bar.rest.isVisible()
    assert bar.rest.geometry().right() <= bar.width()
    shown = {name for name, button in bar.buttons.items() if button.isVisible()}
    hidden = [edit.commands.__dict__[name].text() for name in bar.buttons if name not in shown]
    assert "bold" in shown
    assert behind(bar) == [*hidden, "Nummerering", "Tabell"]
    table = bar.rest.menu().actions()[-1].menu()
    assert edit.commands.header_row in table.actions()


def test_that_the_buttons_come_back_when_there_is_room_again(bar):
    bar.resize(330, 40)
    bar.resize(1200, 40)
    assert not bar.rest.isVisible()
    assert bar.table.isVisible()
