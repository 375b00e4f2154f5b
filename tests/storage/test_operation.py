# ruff: noqa: PT012, S608
from __future__ import annotations

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from desktop.storage.archive import Archive
from desktop.storage.changes import FieldChange
from desktop.storage.errors import CannotWriteError
from desktop.storage.files import read_file, store_file
from tests.storage.toy import Barn, Clock, Forelder, dump, raw, reopen


def _make(archive: Archive, key: str = "f1", **values: object) -> None:
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id=key, navn=key, **values))


def test_that_a_change_set_names_rows_fields_and_values(archive: Archive):
    _make(archive)
    with archive.operation("endre", params={"navn": "ny"}) as operation:
        operation.session.get_one(Forelder, "f1").navn = "ny"
        operation.session.add(Barn(id="b1", forelder_id="f1"))
    changes = operation.changes
    assert (changes.operation_id, changes.verb) == (2, "endre")
    assert changes.tables == {"forelder", "barn"}
    assert changes.keys("barn") == {"b1"}
    parent, child = changes
    assert (parent.kind, parent.fields) == ("update", (FieldChange("navn", "f1", "ny"),))
    assert child.kind == "insert"
    assert child.field("forelder_id") == FieldChange("forelder_id", None, "f1")
    assert child.field("navn") == FieldChange("navn", None, None)


def test_that_an_operation_without_net_change_leaves_no_entry(archive: Archive):
    _make(archive)
    with archive.operation("frem og tilbake") as operation:
        for name in ("x", "f1"):
            operation.session.execute(update(Forelder).values(navn=name))
        operation.session.add(Forelder(id="f2"))
        operation.session.flush()
        operation.session.execute(text("DELETE FROM forelder WHERE id = 'f2'"))
    assert not operation.changes
    assert operation.changes.operation_id is None
    assert [info.verb for info in archive.log()] == ["lag"]


def test_that_an_operation_that_raises_leaves_nothing(archive: Archive):
    _make(archive)
    before = dump(archive)
    with pytest.raises(ZeroDivisionError), archive.operation("endre") as operation:
        operation.session.get_one(Forelder, "f1").navn = "ny"
        operation.session.flush()
        _ = 1 / 0
    assert dump(archive) == before
    assert len(archive.log()) == 1
    _make(archive, "f2")
    assert archive.verify().ok


def test_that_a_broken_rule_of_the_database_leaves_nothing(archive: Archive):
    _make(archive)
    with pytest.raises(IntegrityError), archive.operation("feil") as operation:
        operation.session.add(Forelder(id="f2", navn="f1"))
    with pytest.raises(IntegrityError), archive.operation("feil") as operation:
        operation.session.add(Barn(forelder_id="finnes ikke"))
    assert len(archive.log()) == 1


def test_that_a_nested_operation_joins_the_outer_one(archive: Archive):
    with archive.operation("ytre") as outer:
        with archive.operation("indre", angrebar=False) as inner:
            inner.session.add(Forelder(id="f1"))
        assert inner.session is outer.session
        with archive.read() as reader:
            assert reader.get(Forelder, "f1") is not None
        outer.session.add(Forelder(id="f2"))
    assert outer.changes.keys("forelder") == {"f1", "f2"}
    assert [(info.verb, info.undoable) for info in archive.log()] == [("ytre", False)]


def test_that_a_nested_operation_that_fails_undoes_its_own_part_alone(archive: Archive):
    with archive.operation("ytre") as outer:
        outer.session.add(Forelder(id="f1"))
        with pytest.raises(ZeroDivisionError), archive.operation("indre") as inner:
            inner.session.add(Forelder(id="f2"))
            inner.session.flush()
            _ = 1 / 0
        outer.session.add(Forelder(id="f3"))
    assert outer.changes.keys("forelder") == {"f1", "f3"}
    assert archive.verify().ok


def test_that_a_commit_by_hand_inside_an_operation_commits_nothing(archive: Archive):
    with pytest.raises(ZeroDivisionError), archive.operation("endre") as operation:
        operation.session.add(Forelder(id="f1"))
        operation.session.commit()
        _ = 1 / 0
    with archive.read() as session:
        assert session.get(Forelder, "f1") is None
    with archive.operation("endre") as operation:
        operation.session.add(Forelder(id="f1"))
        operation.session.commit()
        operation.session.add(Forelder(id="f2"))
    assert operation.changes.keys("forelder") == {"f1", "f2"}


def test_that_a_rollback_by_hand_inside_an_operation_is_refused(archive: Archive):
    with pytest.raises(RuntimeError, match="rolled back"), archive.operation("endre") as operation:
        operation.session.add(Forelder(id="f1"))
        operation.session.flush()
        operation.session.rollback()
    _make(archive)
    assert archive.verify().ok


def test_that_a_session_is_dead_after_its_operation(archive: Archive):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1"))
    with pytest.raises(RuntimeError, match="ended"):
        _ = operation.session


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO forelder (id) VALUES ('f2')",
        "UPDATE forelder SET navn = 'ny'",
        "DELETE FROM forelder",
        "INSERT OR REPLACE INTO forelder (id) VALUES ('f1')",
        "UPDATE OR IGNORE forelder SET navn = 'ny'",
    ],
)
def test_that_writes_outside_an_operation_are_refused(archive: Archive, statement: str):
    _make(archive)
    before = dump(archive)
    with archive.read() as session, pytest.raises(CannotWriteError) as refused:
        session.execute(text(statement))
    assert refused.value.code == "utenfor_handling"
    raw(archive).execute("PRAGMA query_only=0")
    with pytest.raises(Exception, match="motebok:utenfor_handling"):
        raw(archive).execute(statement)
    assert dump(archive) == before


def test_that_a_guard_without_a_state_refuses_too(archive: Archive):
    _make(archive)
    raw(archive).execute("PRAGMA query_only=0")
    raw(archive).execute("DELETE FROM temp.mb_tilstand")
    with pytest.raises(Exception, match="motebok:utenfor_handling"):
        raw(archive).execute("DELETE FROM forelder")


def test_that_a_reader_refuses_changed_entities(archive: Archive):
    _make(archive)
    with pytest.raises(CannotWriteError) as refused, archive.read() as session:
        session.get_one(Forelder, "f1").navn = "ny"
    assert refused.value.code == "utenfor_handling"
    with pytest.raises(CannotWriteError), archive.read() as session:
        session.add(Forelder(id="f2"))
        session.flush()
    with archive.read() as session:
        found = session.get_one(Forelder, "f1")
        found.navn = "f1"
        assert found.navn == "f1"


def test_that_reading_may_be_nested_but_not_hold_an_operation(archive: Archive):
    _make(archive)
    with archive.read() as outer:
        with archive.read() as inner:
            assert inner.get_one(Forelder, "f1").navn == "f1"
        assert outer.get_one(Forelder, "f1").navn == "f1"
        with pytest.raises(RuntimeError, match="while reading"), archive.operation("endre"):
            pass
    _make(archive, "f2")
    assert archive.verify().ok


def test_that_reading_an_archive_installs_no_triggers(archive: Archive):
    _make(archive)
    again = reopen(archive)
    with again.read() as session:
        assert session.get_one(Forelder, "f1").navn == "f1"
    assert raw(again).execute("SELECT count(*) FROM temp.sqlite_master").fetchone() == (0,)
    again.close()


def test_that_the_recording_follows_a_changed_schema(archive: Archive):
    _make(archive)
    raw(archive).execute("PRAGMA query_only=0")
    raw(archive).execute("ALTER TABLE barn ADD COLUMN ny TEXT")
    raw(archive).execute("CREATE TABLE helt_ny (id TEXT NOT NULL PRIMARY KEY, navn TEXT)")
    with archive.operation("endre") as operation:
        operation.session.execute(
            text("INSERT INTO barn (id, forelder_id, ny) VALUES (1,'f1','x')")
        )
        operation.session.execute(text("INSERT INTO helt_ny VALUES ('h', 'navn')"))
    assert operation.changes.tables == {"barn", "helt_ny"}
    archive.undo()
    assert raw(archive).execute("SELECT count(*) FROM helt_ny").fetchone() == (0,)
    assert archive.verify().ok


def test_that_an_operation_may_not_change_the_schema(archive: Archive):
    with pytest.raises(RuntimeError, match="schema"), archive.operation("endre") as operation:
        operation.session.execute(text("ALTER TABLE barn ADD COLUMN ny TEXT"))
    assert "ny" not in [row[1] for row in raw(archive).execute("PRAGMA table_info(barn)")]


def test_that_a_participant_takes_part_in_the_commit(archive: Archive):
    seen = []
    archive.participants.append(lambda _driver, changes: seen.append(changes.keys("forelder")))
    _make(archive)
    archive.undo()
    with archive.typing("skriv", table="forelder", key="f2", field="navn") as operation:
        operation.session.add(Forelder(id="f2"))
    assert seen == [{"f1"}, {"f1"}, {"f2"}]

    def fail(_driver: object, _changes: object) -> None:
        raise ZeroDivisionError

    archive.participants.append(fail)
    with pytest.raises(ZeroDivisionError):
        _make(archive, "f3")
    archive.participants.clear()
    assert archive.verify().ok
    with archive.read() as session:
        assert session.get(Forelder, "f3") is None


def test_that_a_stored_file_is_kept_once_and_never_changed(archive: Archive):
    with archive.operation("last opp") as operation:
        first = store_file(operation.session, b"innhold")
        assert store_file(operation.session, b"innhold") == first
    with archive.operation("last opp") as operation:
        assert store_file(operation.session, b"innhold") == first
    assert not operation.changes
    for statement in (
        "UPDATE fil SET innhold = x'00'",
        "DELETE FROM fil",
        f"INSERT OR REPLACE INTO fil VALUES ('{first}', 1, x'00')",
    ):
        with pytest.raises(CannotWriteError) as refused, archive.operation("endre") as operation:
            operation.session.execute(text(statement))
        assert refused.value.code == "uforanderlig_fil"
    with archive.read() as session:
        assert read_file(session, first) == b"innhold"
    assert "innhold" not in {
        name for row in raw(archive).execute("SELECT innhold FROM endring") for name in row
    }
    assert archive.verify().ok


def test_that_unlogged_values_are_saved_but_never_logged(archive: Archive):
    _make(archive, hemmelig="hysj")
    with archive.operation("endre") as operation:
        operation.session.get_one(Forelder, "f1").hemmelig = "topphemmelig"
    assert operation.changes.operation_id is None
    assert operation.changes.keys("forelder") == {"f1"}
    with archive.typing("skriv", table="forelder", key="f1", field="navn") as typed:
        found = typed.session.get_one(Forelder, "f1")
        found.navn, found.hemmelig = "ny", "topphemmeligst"
    archive.seal()
    with archive.read() as session:
        assert session.get_one(Forelder, "f1").hemmelig == "topphemmeligst"
    with archive.operation("slett") as operation:
        operation.session.delete(operation.session.get_one(Forelder, "f1"))
    logged = "".join(repr(row) for row in raw(archive).execute("SELECT * FROM endring"))
    assert "hemmelig" not in logged
    archive.undo()
    with archive.read() as session:
        assert session.get_one(Forelder, "f1").hemmelig is None
    assert archive.verify().ok


def test_that_entries_tell_who_when_and_what(archive: Archive, clock: Clock):
    _make(archive)
    clock.wait(61.5)
    with archive.operation("endre", params={"sak": "33/23"}, av="Ola") as operation:
        operation.session.get_one(Forelder, "f1").navn = "ny"
    newest, oldest = archive.log()
    assert (newest.user, newest.time, newest.params) == (
        "Ola",
        "2023-09-14T08:01:01.500+00:00",
        {"sak": "33/23"},
    )
    assert oldest.user == "Kari"
    assert archive.log(limit=1) == [newest]
    assert archive.rows_of(2) == (("forelder", "f1"),)
    assert archive.rows_of(2, limit=0) == ()
