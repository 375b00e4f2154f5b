# ruff: noqa: S608
from __future__ import annotations

import pytest
from sqlalchemy import text

from desktop.storage.archive import Archive
from desktop.storage.errors import CannotUndoError
from desktop.storage.files import store_file
from tests.storage.toy import Barn, Forelder, block_id, dump, raw, reopen, tree_text

A, B = block_id(1), block_id(2)


def _do(archive: Archive, verb: str, *statements: str, angrebar: bool = True) -> int:
    with archive.operation(verb, angrebar=angrebar) as operation:
        for statement in statements:
            operation.session.execute(text(statement))
    assert operation.changes.operation_id is not None
    return operation.changes.operation_id


def _refusal(archive: Archive, operation_id: int | None = None) -> CannotUndoError:
    before, entries = dump(archive), len(archive.log())
    with pytest.raises(CannotUndoError) as refused:
        archive.undo(operation_id)
    assert dump(archive) == before
    assert len(archive.log()) == entries
    assert archive.verify().ok
    return refused.value


def test_that_an_empty_log_has_nothing_to_undo_or_redo(archive: Archive):
    assert archive.undo_label() is None
    assert archive.redo_label() is None
    assert _refusal(archive).code == "ingenting_aa_angre"
    with pytest.raises(CannotUndoError) as refused:
        archive.redo()
    assert refused.value.code == "ingenting_aa_gjenta"


def test_that_labels_name_what_comes_next(archive: Archive):
    _do(archive, "en", "INSERT INTO forelder (id) VALUES ('f1')")
    _do(archive, "to", "INSERT INTO forelder (id) VALUES ('f2')")

    def labels() -> tuple[str | None, str | None]:
        undo, redo = archive.undo_label(), archive.redo_label()
        return undo and undo.verb, redo and redo.verb

    assert labels() == ("to", None)
    archive.undo()
    assert labels() == ("en", "to")
    archive.undo()
    assert labels() == (None, "en")
    archive.redo()
    assert labels() == ("en", "to")
    archive.redo()
    assert labels() == ("to", None)


def test_that_a_new_operation_clears_redo(archive: Archive):
    _do(archive, "en", "INSERT INTO forelder (id) VALUES ('f1')")
    archive.undo()
    _do(archive, "to", "INSERT INTO forelder (id) VALUES ('f2')")
    assert archive.redo_label() is None
    archive.undo()
    assert [info.verb for info in [archive.redo_label()] if info] == ["to"]
    assert archive.undo_label() is None


def test_that_undo_reaches_past_what_was_undone_before(archive: Archive):
    for number in range(4):
        _do(archive, f"v{number}", f"INSERT INTO forelder (id) VALUES ('f{number}')")
    archive.undo()
    archive.undo()
    _do(archive, "ny", "INSERT INTO forelder (id) VALUES ('f9')")
    verbs = []
    while (label := archive.undo_label()) is not None:
        verbs.append(label.verb)
        archive.undo()
    assert verbs == ["ny", "v1", "v0"]


def test_that_undo_stops_at_an_operation_that_is_not_angrebar(archive: Archive):
    _do(archive, "lag", "INSERT INTO forelder (id) VALUES ('f1')")
    _do(archive, "frys", "UPDATE forelder SET navn = 'fryst'", angrebar=False)
    assert archive.undo_label() is None
    refused = _refusal(archive)
    assert (refused.code, refused.params["handling"]) == ("ikke_angrebar", "frys")
    assert "frys" in str(refused)


def test_that_an_operation_is_undone_on_its_own_while_its_values_stand(archive: Archive):
    _do(archive, "lag", "INSERT INTO forelder (id, navn) VALUES ('f1', 'a'), ('f2', 'b')")
    rename = _do(archive, "endre navn", "UPDATE forelder SET navn = 'ny' WHERE id = 'f1'")
    _do(archive, "endre tall", "UPDATE forelder SET tall = 2 WHERE id = 'f1'")
    changes = archive.undo(rename)
    assert changes.keys("forelder") == {"f1"}
    row = raw(archive).execute("SELECT navn, tall FROM forelder WHERE id = 'f1'").fetchone()
    assert row == ("a", 2.0)
    assert archive.verify().ok
    assert [info.verb for info in [archive.redo_label()] if info] == ["endre navn"]
    archive.redo()
    assert raw(archive).execute("SELECT navn FROM forelder WHERE id = 'f1'").fetchone() == ("ny",)
    archive.undo(rename)
    assert _refusal(archive, rename).code == "allerede_angret"


@pytest.mark.parametrize("number", [0, 99])
def test_that_an_unknown_entry_cannot_be_undone(archive: Archive, number: int):
    assert _refusal(archive, number).code == "ukjent_handling"


def test_that_an_undo_is_not_itself_undone_by_number(archive: Archive):
    _do(archive, "lag", "INSERT INTO forelder (id) VALUES ('f1')")
    undone = archive.undo()
    assert _refusal(archive, undone.operation_id).code == "ukjent_handling"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            "UPDATE forelder SET navn = 'x' WHERE id = 'f1'",
            "UPDATE forelder SET navn = 'y' WHERE id = 'f1'",
            id="same field",
        ),
        pytest.param(
            "UPDATE forelder SET navn = 'x' WHERE id = 'f1'",
            "DELETE FROM forelder WHERE id = 'f1'",
            id="row deleted",
        ),
        pytest.param(
            "INSERT INTO forelder (id) VALUES ('f9')",
            "UPDATE forelder SET tall = 1 WHERE id = 'f9'",
            id="new row edited",
        ),
        pytest.param(
            "INSERT INTO forelder (id) VALUES ('f9')",
            "INSERT INTO barn (id, forelder_id) VALUES ('b9', 'f9')",
            id="cascading child",
        ),
        pytest.param(
            "INSERT INTO forelder (id) VALUES ('f9')",
            "INSERT INTO vokter (id, forelder_id) VALUES ('v9', 'f9')",
            id="restricting child",
        ),
        pytest.param(
            "INSERT INTO forelder (id) VALUES ('f9')",
            "INSERT INTO loes (id, forelder_id) VALUES ('l9', 'f9')",
            id="child that would be set null",
        ),
        pytest.param(
            "DELETE FROM forelder WHERE id = 'f1'",
            "INSERT INTO forelder (id) VALUES ('f1')",
            id="deleted row re-created",
        ),
        pytest.param(
            "DELETE FROM forelder WHERE id = 'f1'",
            "UPDATE forelder SET navn = 'a' WHERE id = 'f2'",
            id="unique value taken",
        ),
        pytest.param(
            "UPDATE forelder SET navn = 'z' WHERE id = 'f1'",
            "INSERT INTO forelder (id, navn) VALUES ('f9', 'a')",
            id="unique value given up and taken",
        ),
        pytest.param(
            "DELETE FROM barn WHERE id = 'b1'",
            "DELETE FROM forelder WHERE id = 'f1'",
            id="parent gone",
        ),
    ],
)
def test_that_undo_refuses_and_names_the_later_operation(archive: Archive, first: str, second: str):
    _do(
        archive,
        "lag",
        "INSERT INTO forelder (id, navn) VALUES ('f1', 'a'), ('f2', 'b')",
        "INSERT INTO barn (id, forelder_id) VALUES ('b1', 'f1')",
    )
    number = _do(archive, "første", first)
    later = _do(archive, "andre", second)
    _do(archive, "tredje", "UPDATE forelder SET tall = 9 WHERE id = 'f2'")
    refused = _refusal(archive, number)
    assert (refused.code, refused.params["handling"]) == ("kan_ikke_angre", "første")
    assert refused.later is not None
    assert (refused.later.operation_id, refused.later.verb) == (later, "andre")
    assert "andre" in str(refused)
    archive.undo()
    archive.undo()
    archive.undo(number)
    assert archive.verify().ok


def test_that_two_edits_of_one_text_are_not_undone_out_of_order(archive: Archive):
    with archive.operation("lag") as operation:
        text_ = tree_text((A, "en"), (B, "to"))
        operation.session.add(Forelder(id="f1", tekst=text_))
    for verb, value in (
        ("en", tree_text((A, "1"), (B, "to"))),
        ("to", tree_text((A, "1"), (B, "2"))),
    ):
        with archive.operation(verb) as operation:
            operation.session.get_one(Forelder, "f1").tekst = value
    assert _refusal(archive, 2).params["senere"] == "to"


def test_that_redo_refuses_after_the_row_changed_outside_the_log(archive: Archive):
    _do(archive, "lag", "INSERT INTO forelder (id, navn) VALUES ('f1', 'a')")
    _do(archive, "endre", "UPDATE forelder SET navn = 'b'")
    archive.undo()
    raw(archive).execute("PRAGMA query_only=0")
    raw(archive).execute("DROP TRIGGER temp.mb_update_forelder")
    raw(archive).execute("UPDATE forelder SET navn = 'c'")
    with pytest.raises(CannotUndoError) as refused:
        archive.redo()
    assert refused.value.code == "endret_utenom"


def test_that_storing_files_is_not_something_to_undo(archive: Archive):
    _do(archive, "lag", "INSERT INTO forelder (id) VALUES ('f1')")
    with archive.operation("last opp") as operation:
        store_file(operation.session, b"innhold")
    label = archive.undo_label()
    assert label is not None
    assert label.verb == "lag"
    assert _refusal(archive, 2).code == "ikke_angrebar"
    archive.undo()
    assert raw(archive).execute("SELECT count(*) FROM fil").fetchone() == (1,)
    assert archive.verify().ok


def test_that_undo_and_redo_survive_a_restart(archive: Archive):
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1", barn=[Barn(id="b1")]))
    _do(archive, "endre", "UPDATE barn SET navn = 'x'")
    states = [dump(archive)]
    for _ in range(2):
        archive = reopen(archive)
        archive.undo()
        states.append(dump(archive))
    for state in reversed(states[:2]):
        archive = reopen(archive)
        archive.redo()
        assert dump(archive) == state
    assert archive.redo_label() is None
    archive.close()


def test_that_two_hundred_undos_in_a_row_find_their_way(archive: Archive):
    for number in range(100):
        _do(archive, f"v{number}", f"INSERT INTO forelder (id) VALUES ('f{number}')")
    for number in reversed(range(100)):
        assert [info.verb for info in [archive.undo_label()] if info] == [f"v{number}"]
        archive.undo()
    for _ in range(100):
        archive.redo()
    assert raw(archive).execute("SELECT count(*) FROM forelder").fetchone() == (100,)
    assert archive.verify().ok
