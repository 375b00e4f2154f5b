"""What is made when asked for: the særutskrift of a chosen sak, and the papers of an utvalg."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from sqlalchemy import select

from desktop.models import Moete, Utvalg
from desktop.services.papers import MEETING_PAPERS, Dokumenttype
from desktop.views.moete.dokumenter import DokumenterTab
from desktop.views.register_papers import write_register_papers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def own_folder(preferences, tmp_path):
    (tmp_path / "ut").mkdir()
    preferences.set_text("mapper/dokumenter", str(tmp_path / "ut"))
    return preferences


@pytest.fixture
def tab(desk, tasks, own_folder, qtbot):
    made = DokumenterTab(desk, tasks, own_folder)
    desk.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    with desk.archive.read() as session:
        made.show_moete(session.scalar(select(Moete.id).where(Moete.nummer == 3)))
    made.show()
    qtbot.waitUntil(lambda: "Møte i Nasjonalt" in made.preview.sheet.toPlainText())
    return made


def select_kind(tab, slag):
    lines = tab.model.lines()
    place = next(place for place, line in enumerate(lines) if line.slag is slag)
    tab.list.selectRow(place)
    return tab.model.index(place, 0)


def shown(tab, qtbot, words):
    qtbot.waitUntil(lambda: words in tab.preview.sheet.toPlainText())


def idle(qtbot, tasks):
    qtbot.waitUntil(lambda: not tasks.running(), timeout=10_000)
    qtbot.wait(20)


def test_that_only_the_papers_of_the_meeting_are_checked_at_first(tab):
    kinds = {slag for slag, _sak in tab.model.checked()}
    assert kinds <= set(MEETING_PAPERS)
    assert len(tab.model.lines()) == len(tab.model.checked()) + 5
    tab.model.check_all(on=True)
    assert len(tab.model.checked()) == len(tab.model.lines())
    tab._load(anew=False)
    assert len(tab.model.checked()) == len(tab.model.lines())


@pytest.mark.parametrize(
    ("slag", "words"),
    [
        (Dokumenttype.SAKSLISTE, "Saksliste\nMøte 3/2023"),
        (Dokumenttype.KJOEREPLAN, "Kjøreplan for møteleder"),
        (Dokumenttype.VEDTAKSPROTOKOLL, "Vedtaksprotokoll\nMøte 3/2023"),
        (Dokumenttype.OPPFOELGINGSLISTE, "Oppfølgingsliste\nNasjonalt"),
    ],
)
def test_that_the_sheet_shows_every_further_document(tab, qtbot, slag, words):
    select_kind(tab, slag)
    shown(tab, qtbot, words)
    assert tab.sak.isHidden()


def test_that_the_saerutskrift_asks_which_sak(tab, qtbot):
    select_kind(tab, Dokumenttype.SAERUTSKRIFT)
    shown(tab, qtbot, "Særutskrift av sak 17/23")
    assert tab.sak.isVisible()
    tab.sak.saker.setFocus()
    for _press in range(3):
        qtbot.keyClick(tab.sak.saker, Qt.Key.Key_Down)
    shown(tab, qtbot, "Særutskrift av sak 20/23")
    tab._load(anew=False)
    assert tab.sak.saker.currentText().startswith("20/23")
    select_kind(tab, Dokumenttype.INNKALLING)
    qtbot.waitUntil(tab.sak.isHidden)


def test_that_the_chosen_sak_is_what_is_written(tab, qtbot):
    tab.model.check_all(on=False)
    index = select_kind(tab, Dokumenttype.SAERUTSKRIFT)
    tab.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    tab.sak.saker.setCurrentIndex(3)
    tab.write_files()
    idle(qtbot, tab.tasks)
    [file] = tab.written.model.rows()
    assert file.path.name == "Særutskrift 20-23 foreløpig.docx"


def test_that_the_list_of_commitments_is_written_as_word_and_excel(tab, qtbot):
    tab.model.check_all(on=False)
    index = select_kind(tab, Dokumenttype.OPPFOELGINGSLISTE)
    tab.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    tab.write_files()
    idle(qtbot, tab.tasks)
    assert [file.path.suffix for file in tab.written.model.rows()] == [".docx", ".xlsx"]


# From the page of the register


@pytest.fixture
def write(desk, tasks, own_folder, qtbot):
    """Write documents of the example's council; return what was told and what was written."""
    parent = QObject()
    with desk.archive.read() as session:
        utvalg_id = session.scalar(select(Utvalg.id).order_by(Utvalg.rekkefoelge).limit(1))

    def call(slag, **more):
        told, files = [], []
        values = {"utvalg_id": utvalg_id, "told": told.append, "done": files.extend, **more}
        write_register_papers(parent, desk, tasks, own_folder, slag, **values)
        idle(qtbot, tasks)
        return told, files

    return call


def test_that_the_register_writes_the_list_into_the_folder_of_the_utvalg(write, tmp_path):
    told, files = write(Dokumenttype.OPPFOELGINGSLISTE)
    folder = tmp_path / "ut" / "E-helserådet"
    assert [file.path.parent for file in files] == [folder] * 2
    names = "«Oppfølgingsliste E-helserådet.docx» og «Oppfølgingsliste E-helserådet.xlsx»"
    assert told == [f"{names} ligger i {folder}."]


def test_that_the_register_writes_the_protocol_of_a_year(write):
    _told, [file] = write(Dokumenttype.VEDTAKSPROTOKOLL, aar=2023)
    assert file.path.name == "Vedtaksprotokoll 2023 foreløpig.docx"


def test_that_a_file_edited_by_hand_is_left_alone_and_the_user_told(write):
    _told, files = write(Dokumenttype.OPPFOELGINGSLISTE)
    Path(files[1].path).write_bytes(b"mitt eget")
    told, again = write(Dokumenttype.OPPFOELGINGSLISTE)
    assert files[1].path.read_bytes() == b"mitt eget"
    assert again[1].status == "renamed"
    assert "redigert for hånd" in told[0]


def test_that_an_utvalg_that_is_gone_is_answered_and_nothing_is_written(write, tmp_path):
    told, files = write(Dokumenttype.OPPFOELGINGSLISTE, utvalg_id="borte")
    assert files == []
    assert len(told) == 1
    assert list((tmp_path / "ut").iterdir()) == []


def test_that_a_folder_that_is_gone_is_answered(write, tmp_path):
    (tmp_path / "ut").rmdir()
    told, files = write(Dokumenttype.OPPFOELGINGSLISTE)
    assert files == []
    assert "finnes ikke" in told[0]


def test_that_work_that_is_stopped_says_what_was_written(write):
    told, _files = write(Dokumenttype.OPPFOELGINGSLISTE, started=lambda task: task.cancel())
    assert told[0].startswith("Avbrutt.")
