"""What goes wrong outside the program is answered in place, in Norwegian, and nothing is lost."""

import datetime as dt
import errno
import io
import os
import shutil
import zipfile

import pytest
from PySide6.QtWidgets import QWidget

from desktop.documents.template import own_template
from desktop.i18n.parsing import UnreadableTextError
from desktop.services.koe import utvalg_names
from desktop.services.members_view import load_seats
from desktop.services.saker import rename_sak
from desktop.services.utvalg_settings import load_settings
from desktop.storage.archive import Archive
from desktop.views.form import DateField
from desktop.views.moete.act_dialog import DateField as LabelledDate
from desktop.views.pages.innstillinger_mal import Template
from desktop.views.pages.medlemmer_dialoger import EndDialog, SeatDialog


def repacked(change):
    """Return our own template with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(own_template())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


def with_macros(parts):
    parts["word/vbaProject.bin"] = b"makro"


def without_document(parts):
    del parts["word/document.xml"]


def with_spoilt_document(parts):
    parts["word/document.xml"] = b"<w:document"


def without_styles(parts):
    name = "word/styles.xml"
    parts[name] = parts[name].replace(b'w:name w:val="', b'w:name w:val="Egen ')


@pytest.fixture
def template(qtbot, desk, tasks):
    made = Template(desk, tasks)
    qtbot.addWidget(made)
    made.show()
    made.show_settings(settings(desk))
    desk.changed.connect(lambda _changes: made.show_settings(settings(desk)))
    return made


def settings(desk):
    key = desk.read(utvalg_names)[0][0]
    return desk.read(lambda session: load_settings(session, key))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (repacked(with_macros), "Malen har makroer og blir ikke brukt"),
        (repacked(without_document), "Malen er ikke et Word-dokument"),
        (repacked(with_spoilt_document), "Malen er skadet"),
        (own_template()[:-200], "Malen er"),
    ],
    ids=["macros", "no document", "spoilt document", "cut short"],
)
def test_that_a_template_that_cannot_be_used_is_refused_in_place(
    template, desk, tmp_path, data, sentence
):
    path = tmp_path / "mal.docx"
    path.write_bytes(data)
    template.use(path)
    assert template.notice.isVisible()
    assert sentence in template.notice.text.text()
    assert settings(desk).mal_navn is None


def test_that_a_template_without_our_styles_is_used_and_they_are_named(template, qtbot, tmp_path):
    path = tmp_path / "naken.docx"
    path.write_bytes(repacked(without_styles))
    template.use(path)
    qtbot.waitUntil(lambda: "hentes fra Møteboks mal" in template.styles.text(), timeout=5000)
    assert template.name.text() == "Malen er naken.docx."


def a_sak(desk):
    return desk.read(lambda session: session.connection().exec_driver_sql(
        "SELECT id FROM sak LIMIT 1").scalar())  # fmt: skip


def test_that_a_full_disk_is_told_and_the_same_can_be_saved_when_there_is_room(desk):
    key = a_sak(desk)
    database = desk.archive._database.driver
    full = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count={full}")
    long = "Lang tittel " * 2_000
    refused = desk.do(rename_sak, sak_id=key, tittel=long)
    assert refused.error.startswith("Disken er full, så det siste ble ikke lagret.")
    database.execute("PRAGMA max_page_count=1000000")
    assert desk.do(rename_sak, sak_id=key, tittel=long)
    assert desk.archive.verify().ok


@pytest.mark.parametrize("gone", ["file", "folder"])
def test_that_an_archive_that_vanished_while_open_is_told_of(example_file, qapp, tmp_path, gone):
    from desktop.viewmodels.desk import Desk  # noqa: PLC0415

    folder = tmp_path / "mappe"
    folder.mkdir()
    path = shutil.copy(example_file, folder / "arkiv.motebok")
    desk = Desk(Archive.open(path, bruker="Kari"))
    key = a_sak(desk)
    kept = tmp_path / "tatt bort"
    (path if gone == "file" else folder).rename(kept)
    refused = desk.do(rename_sak, sak_id=key, tittel="Ny tittel")
    assert "er flyttet, slettet eller byttet ut mens det var åpent" in refused.error
    kept.rename(path if gone == "file" else folder)
    assert desk.do(rename_sak, sak_id=key, tittel="Ny tittel")
    desk.close()


@pytest.mark.parametrize(
    ("number", "word"),
    [(errno.ENOSPC, "Disken er full"), (errno.EACCES, "Det er ikke lov å skrive til")],
)
def test_that_an_export_that_cannot_be_written_says_why(desk, tmp_path, monkeypatch, number, word):
    from desktop.services.export import write_export  # noqa: PLC0415

    target = tmp_path / "ut.json"
    target.write_text("Det som lå der")

    def refuse(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("desktop.filer.atomic.os.fsync", refuse)
    outcome = desk.do(lambda archive: write_export(archive, target))
    assert word in outcome.error
    assert target.read_text() == "Det som lå der"


DATES = [
    ("14.12.23", dt.date(2023, 12, 14)),
    ("14/12/2023", dt.date(2023, 12, 14)),
    ("14. desember 2023", dt.date(2023, 12, 14)),
    ("torsdag 14. des 2023", dt.date(2023, 12, 14)),
    ("2023-12-14", dt.date(2023, 12, 14)),
]


@pytest.mark.parametrize(("typed", "date"), DATES)
@pytest.mark.parametrize("kind", ["form", "act"])
def test_that_every_field_of_a_date_reads_it_as_people_type_it(qtbot, kind, typed, date):
    field = DateField() if kind == "form" else LabelledDate("Dato", dt.date(2023, 10, 1))
    qtbot.addWidget(field)
    line = field if kind == "form" else field.line
    line.setText(typed)
    line.editingFinished.emit()
    assert field.date() == date
    assert line.text() == "14.12.2023"


def test_that_a_date_without_a_year_is_the_nearest_one(qtbot):
    field = LabelledDate("Dato", dt.date(2023, 10, 1))
    qtbot.addWidget(field)
    for typed in ("14. des", "14.12.", "14.12"):
        field.line.setText(typed)
        assert field.date() == dt.date(2023, 12, 14)


@pytest.mark.parametrize("typed", ["31.11.2023", "i morgen", "14", "32.1.23"])
def test_that_a_wrong_date_stays_where_it_was_typed(qtbot, typed):
    field = DateField()
    qtbot.addWidget(field)
    field.setText(typed)
    field.editingFinished.emit()
    with pytest.raises(UnreadableTextError) as refused:
        field.date()
    assert typed in str(refused.value)
    assert field.text() == typed
    assert field.property("feil") is True
    labelled = LabelledDate("Dato", dt.date(2023, 10, 1))
    qtbot.addWidget(labelled)
    labelled.line.setText(typed)
    assert labelled.date() is None
    assert typed in labelled.error.text()
    assert labelled.line.text() == typed


def test_that_wrong_dates_of_a_seat_are_refused_in_its_dialogs(qtbot, desk):
    parent = QWidget()
    qtbot.addWidget(parent)
    key = desk.read(utvalg_names)[0][0]
    seat = desk.read(lambda session: load_seats(session, key))[0]
    dialog = SeatDialog(parent, desk, key, seat)
    dialog.show()
    dialog.start.setText("31.11.2023")
    dialog.save.click()
    assert "31.11.2023" in dialog.error.text()
    assert dialog.start.text() == "31.11.2023"
    end = EndDialog(parent, desk, seat)
    end.show()
    end.end.setText("25:99")
    end.save.click()
    assert "25:99" in end.error.text()
    assert desk.read(lambda session: load_seats(session, key))[0] == seat
