"""Every kind of change: do, undo, redo, across a restart, with a clean verification each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from desktop.storage.files import store_file
from tests.storage.toy import (
    Barn,
    Forelder,
    block_id,
    create,
    dump,
    long_text,
    reopen,
    tree_text,
)

Act = Callable[[Session], object]
A, B = block_id(1), block_id(2)
LONG = long_text(3000)


def _seed(session: Session) -> None:
    session.add_all(
        [
            Forelder(
                id="f1", navn="a", tall=0.1 + 0.2, stort=2**62 + 1, raatt=b"\x00\xff",
                tekst=tree_text((A, "en"), (B, "to")), rekkefoelge="n0", hemmelig="x",
            ),
            Forelder(id="f2", navn="b", rekkefoelge="n1", tekst=tree_text(*LONG)),
            Forelder(id="f3", navn="c", rekkefoelge="n2"),
        ]
    )  # fmt: skip
    session.flush()
    for number, parent in ((1, "f1"), (2, "f1"), (3, "f2")):
        session.add(Barn(id=f"b{number}", forelder_id=parent, navn=f"barn {number}", plass=number))
    session.flush()
    for statement in (
        "INSERT INTO merke VALUES ('m1', 'rød'), ('m2', '')",
        "INSERT INTO forelder_merke VALUES ('fm1', 'f1', 'm1'), ('fm2', 'f1', 'm2')",
        "INSERT INTO node VALUES ('n1', 'rot', NULL), ('n2', 'gren', 'n1'), ('n3', 'blad', 'n2')",
        "INSERT INTO loes VALUES ('l1', 'løs', 'f1')",
        "INSERT INTO vokter VALUES ('v1', 'vakt', 'f3')",
    ):
        session.execute(text(statement))
    session.execute(text("UPDATE forelder SET raatt = x'61' WHERE id = 'f2'"))
    session.execute(text("UPDATE forelder SET raatt = 1 WHERE id = 'f3'"))
    digest = store_file(session, b"hei")
    session.execute(text("INSERT INTO dokument VALUES ('d1', 'brev', :sha)"), {"sha": digest})


def _sql(*statements: str) -> Act:
    def act(session: Session) -> None:
        for statement in statements:
            session.execute(text(statement))

    return act


def _create_with_children(session: Session) -> None:
    session.add(Forelder(id="f9", navn="ny", barn=[Barn(id="b9", plass=1), Barn(plass=2)]))


def _edit(session: Session) -> None:
    found = session.get_one(Forelder, "f1")
    found.navn, found.tall, found.raatt = "endret", 1e-300, None


def _edit_tree(session: Session) -> None:
    session.get_one(Forelder, "f1").tekst = tree_text((B, "to!"), (A, "en"), (block_id(3), "ny"))


def _edit_long_tree(session: Session) -> None:
    changed = [*LONG[:3], (LONG[3][0], "skrevet om"), *LONG[5:], LONG[4]]
    session.get_one(Forelder, "f2").tekst = tree_text(*changed)


def _delete_by_orm(session: Session) -> None:
    session.delete(session.get_one(Forelder, "f1"))


def _bulk_update(session: Session) -> None:
    session.execute(update(Forelder).values(navn=Forelder.navn + "!", tall=3.5))


def _bulk_delete(session: Session) -> None:
    session.execute(delete(Barn).where(Barn.plass > 0))


def _replace_orphan(session: Session) -> None:
    parent = session.get_one(Forelder, "f1")
    parent.barn = [Barn(id="b7", plass=7, navn="i stedet")]


def _store_file(session: Session) -> None:
    digest = store_file(session, b"\x00\x01" * 5000)
    session.execute(text("UPDATE dokument SET fil_sha256 = :sha"), {"sha": digest})


def _nested_savepoint(session: Session) -> None:
    with session.begin_nested():
        session.execute(text("UPDATE forelder SET navn = 'inni' WHERE id = 'f2'"))
    nested = session.begin_nested()
    session.execute(text("DELETE FROM forelder WHERE id = 'f1'"))
    nested.rollback()


SCENARIOS: dict[str, Act] = {
    "create with children": _create_with_children,
    "edit": _edit,
    "edit tree": _edit_tree,
    "edit long tree": _edit_long_tree,
    "tree to null": _sql("UPDATE forelder SET tekst = NULL WHERE id = 'f2'"),
    "null to tree": _sql("UPDATE forelder SET tekst = (SELECT tekst FROM forelder LIMIT 1)"),
    "tree to text that is no tree": _sql("UPDATE forelder SET tekst = 'æ' WHERE id = 'f1'"),
    "tree to a blob": _sql("UPDATE forelder SET tekst = x'00ff' WHERE id = 'f1'"),
    "move by rank": _sql("UPDATE forelder SET rekkefoelge = 'n0i' WHERE id = 'f3'"),
    "move between parents": _sql("UPDATE barn SET forelder_id = 'f2' WHERE id = 'b1'"),
    "delete with children by orm": _delete_by_orm,
    "delete with children by sql": _sql("DELETE FROM forelder WHERE id = 'f1'"),
    "delete all": _sql("DELETE FROM vokter", "DELETE FROM forelder", "DELETE FROM merke"),
    "bulk update": _bulk_update,
    "bulk delete": _bulk_delete,
    "replace orphan": _replace_orphan,
    "association rows": _sql(
        "DELETE FROM forelder_merke WHERE id = 'fm1'",
        "INSERT INTO forelder_merke VALUES ('fm3', 'f2', 'm1')",
    ),
    "association row re-created under a new key": _sql(
        "DELETE FROM forelder_merke WHERE id = 'fm1'",
        "INSERT INTO forelder_merke VALUES ('fm9', 'f1', 'm1')",
    ),
    "store file": _store_file,
    "insert or replace": _sql(
        "INSERT OR REPLACE INTO forelder (id, navn, tall) VALUES ('f1', 'ny a', 7)"
    ),
    "insert or replace by another unique value": _sql(
        "INSERT OR REPLACE INTO forelder (id, navn) VALUES ('f8', 'b')"
    ),
    "update or replace": _sql("UPDATE OR REPLACE forelder SET navn = 'b' WHERE id = 'f1'"),
    "replace what was just changed": _sql(
        "UPDATE forelder SET tall = 5 WHERE id = 'f1'",
        "INSERT OR REPLACE INTO forelder (id, navn) VALUES ('f1', 'a')",
    ),
    "upsert": _sql(
        "INSERT INTO forelder (id, navn) VALUES ('f1', 'z') ON CONFLICT (id) DO UPDATE"
        " SET navn = excluded.navn"
    ),
    "key re-created with children": _sql(
        "DELETE FROM forelder WHERE id = 'f1'",
        "INSERT INTO forelder (id, navn) VALUES ('f1', 'gjenskapt')",
        "INSERT INTO barn (id, forelder_id, plass) VALUES ('b1', 'f1', 50)",
    ),
    "new key": _sql("UPDATE node SET id = 'n3x' WHERE id = 'n3'"),
    "tree of nodes deleted": _sql("DELETE FROM node WHERE id = 'n1'"),
    "tree of nodes created": _sql(
        "INSERT INTO node VALUES ('p1', 'rot', NULL), ('p2', 'gren', 'p1'), ('p3', 'blad', 'p2')"
    ),
    "tree of nodes turned around": _sql(
        "UPDATE node SET over_id = NULL WHERE id = 'n3'",
        "UPDATE node SET over_id = 'n3' WHERE id = 'n1'",
    ),
    "unique swap": _sql(
        "UPDATE forelder SET navn = NULL WHERE id = 'f1'",
        "UPDATE forelder SET navn = 'a' WHERE id = 'f2'",
        "UPDATE forelder SET navn = 'b' WHERE id = 'f1'",
    ),
    "unique swap under a check": _sql(
        "UPDATE barn SET plass = 99 WHERE id = 'b1'",
        "UPDATE barn SET plass = 1 WHERE id = 'b2'",
        "UPDATE barn SET plass = 2 WHERE id = 'b1'",
    ),
    "unique value handed on by a deleted row": _sql(
        "DELETE FROM forelder WHERE id = 'f1'", "UPDATE forelder SET navn = 'a' WHERE id = 'f2'"
    ),
    "reference set null by a deleted parent": _sql("DELETE FROM forelder WHERE id = 'f1'"),
    "types": _sql(
        "UPDATE forelder SET hva = 1, tall = 3.0 WHERE id = 'f1'",
        "UPDATE forelder SET hva = '', raatt = '' WHERE id = 'f2'",
        "UPDATE forelder SET hva = x'', raatt = x'', stort = -9223372036854775808 WHERE id = 'f3'",
    ),
    "type alone": _sql(
        "UPDATE forelder SET raatt = CAST(raatt AS TEXT) WHERE id = 'f2'",
        "UPDATE forelder SET raatt = 1.0 WHERE id = 'f3'",
    ),
    "control characters": _sql("UPDATE forelder SET navn = 'a' || char(0, 10, 8232) || 'b' "
                               "WHERE id = 'f1'"),
    "savepoint rolled back": _nested_savepoint,
}  # fmt: skip


@pytest.mark.parametrize("restart", [False, True], ids=["", "restart"])
@pytest.mark.parametrize("act", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_that_undo_and_redo_restore_every_value(tmp_path: Path, act: Act, restart: bool):
    archive = create(tmp_path / "a.motebok")
    with archive.operation("lag") as seeded:
        _seed(seeded.session)
    before = dump(archive)
    with archive.operation("endre") as done:
        act(done.session)
    after = dump(archive)
    assert after != before
    assert done.changes.operation_id == 2
    assert archive.verify().problems == ()
    for _ in range(2):
        if restart:
            archive = reopen(archive)
        undone = archive.undo()
        assert dump(archive) == before
        assert undone.tables == done.changes.tables - {"fil"}
        assert archive.verify().problems == ()
        if restart:
            archive = reopen(archive)
        archive.redo()
        assert dump(archive) == after
        assert archive.verify().problems == ()
    assert [info.kind for info in archive.log()] == [
        "gjenta", "angre", "gjenta", "angre", "handling", "handling",
    ]  # fmt: skip
    archive.close()


@pytest.mark.parametrize("act", SCENARIOS.values(), ids=SCENARIOS.keys())
def test_that_typing_is_undone_like_any_operation(tmp_path: Path, act: Act):
    archive = create(tmp_path / "a.motebok")
    with archive.operation("lag") as seeded:
        _seed(seeded.session)
    before = dump(archive)
    place = {"table": "forelder", "key": "f1", "field": "navn"}
    with archive.typing("skriv", **place) as first:
        first.session.execute(text("UPDATE forelder SET stort = 5 WHERE id = 'f3'"))
    with archive.typing("skriv", **place) as done:
        act(done.session)
    after = dump(archive)
    assert done.changes
    assert done.changes.operation_id is None
    assert archive.verify().problems == ()
    archive.undo()
    assert dump(archive) == before
    assert archive.verify().problems == ()
    archive.redo()
    assert dump(archive) == after
    assert archive.verify().problems == ()
    assert [info.kind for info in archive.log()] == ["gjenta", "angre", "skriving", "handling"]
    archive.close()


def test_that_undoing_everything_leaves_an_empty_archive(tmp_path: Path):
    archive = create(tmp_path / "a.motebok")
    empty = dump(archive)
    with archive.operation("lag") as seeded:
        _seed(seeded.session)
    states = [dump(archive)]
    for name, act in list(SCENARIOS.items())[:6]:
        with archive.operation(name) as done:
            act(done.session)
        states.append(dump(archive))
    for state in reversed(states):
        assert dump(archive) == state
        archive.undo()
    assert dump(archive) == empty
    assert archive.undo_label() is None
    for state in states:
        archive.redo()
        assert dump(archive) == state
    assert archive.redo_label() is None
    assert archive.verify().ok
    archive.close()
