"""The welcome page: a new archive by keyboard, errors in place, the example, those used last."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.rules.kinds import Maalform
from desktop.services.errors import ServiceError
from desktop.services.new_archive import NewArchive, make_archive
from desktop.services.numbers import series_of
from desktop.services.overview import read_overview
from desktop.services.plain import driver_of
from desktop.storage.archive import Archive
from desktop.storage.errors import ArchiveError
from desktop.views.welcome import WelcomePage

from .program import start_program  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TODAY = dt.date(2026, 8, 1)


@pytest.fixture
def page(qtbot, preferences, monkeypatch, tmp_path):
    monkeypatch.setattr("desktop.views.welcome.documents_folder", lambda: tmp_path)
    made = WelcomePage(preferences)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    return made


def type_in(qtbot, *texts):
    """Type texts with Tab between them, wherever the focus goes."""
    for text in texts:
        if text:
            qtbot.keyClicks(QApplication.focusWidget(), text)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)


def test_that_a_new_archive_is_made_with_the_keyboard_alone(program, qtbot, tmp_path):
    opening = program()
    page = opening.first_start.page
    opening.window.activateWindow()
    qtbot.waitUntil(page.user.hasFocus)
    type_in(qtbot, "Kari Prøve", "Rådet", "", "", "", "")
    qtbot.waitUntil(page.next_sak.hasFocus)
    qtbot.keyClicks(page.next_sak, "17")
    qtbot.keyClick(page.next_sak, Qt.Key.Key_Tab)
    qtbot.keyClicks(page.next_moete, "3")
    qtbot.keyClick(page.next_moete, Qt.Key.Key_Return)
    assert opening.desk is not None
    assert opening.desk.path == tmp_path / "Dokumenter" / "Rådet.motebok"
    assert opening.preferences.user_name() == "Kari Prøve"
    assert opening.desk.archive.log(1)[0].user == "Kari Prøve"
    overview = opening.desk.read(lambda session: read_overview(driver_of(session), today=TODAY))
    assert [one.navn for one in overview.utvalg] == ["Rådet"]
    year = dt.datetime.now().astimezone().year
    utvalg_id = overview.utvalg[0].utvalg_id
    series = opening.desk.read(lambda session: series_of(session, utvalg_id, year))
    assert (series.foerste_sak, series.foerste_moete) == (17, 3)


def test_that_every_error_is_told_at_its_field_and_nothing_typed_is_lost(page, qtbot, tmp_path):
    (tmp_path / "Rådet.motebok").write_text("noe annet")
    qtbot.keyClicks(page.utvalg, "Rådet")
    page.next_sak.setText("null")
    wanted = []
    page.create_wanted.connect(wanted.append)
    qtbot.mouseClick(page.create_button, Qt.MouseButton.LeftButton)
    assert wanted == []
    assert page.fields["bruker"].error.text() == "Skriv navnet ditt."
    assert "allerede en fil" in page.fields["sti"].error.text()
    assert "1 til 9999" in page.fields["sak"].error.text()
    assert page.fields["utvalg"].error.text() == ""
    assert page.utvalg.text() == "Rådet"
    assert page.user.hasFocus()
    qtbot.keyClicks(page.user, "K")
    assert page.fields["bruker"].error.text() == ""


def test_that_the_file_follows_the_name_until_it_is_typed_over(page, qtbot, tmp_path):
    qtbot.keyClicks(page.utvalg, "NUFA 1/2")
    assert page.name.text() == "NUFA 1/2"
    assert page.path.text() == str(tmp_path / "NUFA 1-2.motebok")
    page.path.selectAll()
    qtbot.keyClicks(page.path, "eget")
    qtbot.keyClicks(page.utvalg, "!")
    assert page.name.text() == "NUFA 1/2!"
    assert page.path.text() == "eget"


def test_that_those_used_last_are_offered_and_the_first_has_the_focus(qtbot, preferences, tmp_path):
    for name in ("a.motebok", "b.motebok"):
        (tmp_path / name).write_bytes(b"")
        preferences.remember(tmp_path / name)
    page = WelcomePage(preferences)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.focus_first()
    assert [one.text() for one in page.recent] == ["b", "a"]
    qtbot.waitUntil(page.recent[0].hasFocus)
    with qtbot.waitSignal(page.open_wanted) as opened:
        qtbot.keyClick(page.recent[0], Qt.Key.Key_Space)
    assert opened.args == [tmp_path / "b.motebok"]


def test_that_every_control_has_an_accessible_name(page):
    controls = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and widget.isVisible()
    ]
    assert len(controls) >= 9
    assert [one for one in controls if not one.accessibleName()] == []


def test_that_the_example_is_made_in_the_background_and_opened(program, qtbot):
    opening = program()
    page = opening.first_start.page
    qtbot.mouseClick(page.example, Qt.MouseButton.LeftButton)
    assert page.example.text() == "Avbryt"
    assert not page.create_button.isEnabled()
    qtbot.waitUntil(lambda: opening.desk is not None, timeout=30_000)
    assert "Eksempelarkiv" in opening.window.windowTitle()


def test_that_making_the_example_can_be_stopped_and_leaves_nothing(program, qtbot, tmp_path):
    opening = program()
    page = opening.first_start.page
    qtbot.mouseClick(page.example, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.example, Qt.MouseButton.LeftButton)
    assert page.example.text() == "Åpne eksempelarkivet"
    assert page.create_button.isEnabled()
    assert [path.name for path in (tmp_path / "Dokumenter").iterdir()] == []


def wanted(path, **changed):
    told = {
        "sti": path,
        "navn": "Arkivet",
        "bruker": "Kari",
        "utvalg": "Rådet",
        "maalform": Maalform.NN,
        "aar": 2026,
    }
    return NewArchive(**{**told, **changed})


def test_that_a_new_archive_begins_as_one_act_that_cannot_be_undone(tmp_path):
    path = tmp_path / "ny.motebok"
    make_archive(wanted(path, neste_sak=5), today=TODAY)
    with Archive.open(path, bruker="Kari") as archive:
        assert [info.verb for info in archive.log()] == ["create_arkiv"]
        assert archive.undo_label() is None
        assert archive.verify().ok


@pytest.mark.parametrize("field", ["navn", "bruker", "utvalg"])
def test_that_a_refused_new_archive_leaves_no_file(tmp_path, field):
    with pytest.raises(ServiceError):
        make_archive(wanted(tmp_path / "ny.motebok", **{field: "  "}), today=TODAY)
    assert list(tmp_path.iterdir()) == []


def test_that_a_new_archive_never_replaces_a_file(tmp_path):
    path = tmp_path / "ny.motebok"
    path.write_text("noe annet")
    with pytest.raises(ArchiveError):
        make_archive(wanted(path), today=TODAY)
    assert path.read_text() == "noe annet"
