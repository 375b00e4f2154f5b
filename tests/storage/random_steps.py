# ruff: noqa: PT017, S608, TRY301
"""Random steps on the toy archive, beside a model that remembers how it looked.

The model holds the states around every operation that stands. Undo must lead to the state before,
redo to the state after; a refusal must change nothing; the archive must verify clean.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desktop.storage.archive import Archive
from desktop.storage.errors import CannotUndoError
from desktop.storage.files import store_file
from desktop.storage.typing_group import OpenGroup, TypingKey
from tests.storage.toy import Clock, block_id, dump, raw, toy_settings, tree_text

State = dict[str, list[tuple[Any, ...]]]
KEYS = [f"k{number}" for number in range(6)]
NAMES = [None, "a", "b", "c", "", "æøå", "1"]
VALUES: list[object] = [None, 0, 1, 1.0, -1.5, 0.1 + 0.2, 2**62, "", "1", "x", b"", b"\x00x"]


@dataclass
class Done:
    """An operation that stands, or was undone. A state is None where it cannot be foretold."""

    before: State | None
    after: State | None


class Breaks(Exception):  # noqa: N818
    """Stops an operation half way."""


@dataclass
class Machine:
    folder: Path
    chance: random.Random
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.clock = Clock()
        path = self.folder / "tilfeldig.motebok"
        self.archive = Archive.create(path, bruker="Kari", settings=toy_settings(self.clock))
        self.done: list[Done] = []
        self.undone: list[Done] = []
        self.typed_from: State | None = None
        self.state = dump(self.archive)

    def step(self) -> None:
        weights: dict[Callable[[], None], int] = {
            self.operate: 30,
            self.fail: 4,
            self.type_some: 14,
            self.undo: 18,
            self.redo: 12,
            self.undo_some: 4,
            self.seal: 3,
            self.wait: 3,
            self.restart: 1,
        }
        (chosen,) = self.chance.choices(list(weights), list(weights.values()))
        self.counts[chosen.__name__] += 1
        chosen()
        assert dump(self.archive) == self.state
        assert raw(self.archive).execute("PRAGMA foreign_key_check").fetchall() == []

    def verify(self) -> None:
        report = self.archive.verify()
        assert report.problems == (), report.problems[:5]

    def operate(self) -> None:
        self._close_group()
        before = self.state
        try:
            with self.archive.operation("endre") as operation:
                for _ in range(self.chance.choice([1, 1, 2, 5])):
                    self._change(operation.session)
        except IntegrityError:
            self.counts["refused by the database"] += 1
            return
        self.state = dump(self.archive)
        if operation.changes.operation_id is not None:
            self._logged(before)

    def fail(self) -> None:
        self._close_group()
        try:
            with self.archive.operation("feil") as operation:
                self._change(operation.session)
                raise Breaks
        except (Breaks, IntegrityError):
            pass

    def type_some(self) -> None:
        key = self._key()
        now = self.clock().isoformat()
        place = TypingKey("forelder", key, "tekst")
        group = self.archive._groups.current
        if group is not None and not group.continues(OpenGroup("skriv", place, "Kari", now, now)):
            self._close_group()
        before = self.state
        try:
            with self.archive.typing("skriv", table="forelder", key=key, field="tekst") as typed:
                self._type(typed.session, key)
        except IntegrityError:
            return
        self.state = dump(self.archive)
        if self.archive._groups.current is not None and self.typed_from is None:
            self.typed_from = before

    def seal(self) -> None:
        self._close_group()
        self.archive.seal()

    def wait(self) -> None:
        self.clock.wait(self.chance.choice([1, 5, 11, 400]))
        group = self.archive._groups.current
        if group is not None and group.is_due(self.clock()):
            self.counts["sealed when idle"] += 1
            self._close_group()
        self.archive.seal_if_idle()

    def restart(self) -> None:
        self._close_group()
        self.archive.close()
        self.archive = Archive.open(
            self.archive.path, bruker="Kari", settings=toy_settings(self.clock)
        )

    def undo(self) -> None:
        self._close_group()
        if not self.done:
            self._expect_refusal(self.archive.undo)
            return
        done = self.done[-1]
        try:
            self.archive.undo()
        except CannotUndoError:
            assert done.after is None or self.state != done.after
            self.counts["undo refused"] += 1
            self.done.clear()
            self._fresh_start()
            return
        self.done.pop()
        self.undone.append(Done(dump(self.archive), self.state))
        self._arrive(done.before if done.after == self.state else None)

    def redo(self) -> None:
        self._close_group()
        if not self.undone:
            self._expect_refusal(self.archive.redo)
            return
        undone = self.undone.pop()
        assert undone.before is None or undone.before == self.state
        self.archive.redo()
        self.done.append(Done(self.state, undone.after))
        self._arrive(undone.after)

    def undo_some(self) -> None:
        """Undo any earlier operation, and take that back at once."""
        self._close_group()
        self.archive.seal()
        newest = self.archive._file.log.head()[0]
        number = self.chance.randint(max(1, newest - 30), max(1, newest))
        try:
            self.archive.undo(number)
        except CannotUndoError as refused:
            self.counts[f"one refused: {refused.code}"] += 1
            assert refused.code != "endret_utenom"
            return
        self.counts["one undone"] += 1
        self.archive.redo()
        assert dump(self.archive) == self.state
        self._fresh_start()

    def _fresh_start(self) -> None:
        """Begin anew with an operation that nothing before it can be undone past."""
        with self.archive.operation("strek", angrebar=False) as operation:
            operation.session.execute(
                text(
                    "INSERT INTO merke VALUES (:id, 'strek') ON CONFLICT DO UPDATE SET navn = :navn"
                ),
                {"id": "strek", "navn": str(self.archive._file.log.head()[0])},
            )
        self.done.clear()
        self.undone.clear()
        self.state = dump(self.archive)

    def _expect_refusal(self, act: Callable[[], object]) -> None:
        try:
            act()
        except CannotUndoError:
            return
        raise AssertionError("there was nothing to do")

    def _arrive(self, expected: State | None) -> None:
        found = dump(self.archive)
        assert expected is None or found == expected
        self.state = found

    def _close_group(self) -> None:
        """Take note that what was typed becomes an entry of the log now."""
        if self.typed_from is not None:
            before, self.typed_from = self.typed_from, None
            if before != self.state:
                self._logged(before)

    def _logged(self, before: State) -> None:
        """Take note of a new entry; one that only stored a file is nothing to undo."""
        self.undone.clear()
        if before != self.state:
            self.done.append(Done(before, self.state))

    def _key(self) -> str:
        return self.chance.choice(KEYS)

    def _type(self, session: Session, key: str) -> None:
        session.execute(
            text("UPDATE forelder SET tekst = :tekst, tall = :tall WHERE id = :key"),
            {"tekst": self._tree(), "tall": self.chance.choice([None, 1.0]), "key": key},
        )

    def _tree(self) -> str | None:
        if self.chance.random() < 0.1:
            return self.chance.choice([None, "", "ikke et tre"])
        numbers = self.chance.sample(range(8), self.chance.randint(0, 6))
        return tree_text(*((block_id(n), self.chance.choice(["en", "to", "tre"])) for n in numbers))

    def _change(self, session: Session) -> None:
        kinds = ["insert", "insert", "update", "update", "update", "delete", "replace", "file"]
        kinds += ["swap", "nested", "bulk"]
        kind = self.chance.choice(kinds)
        getattr(self, f"_do_{kind}")(session)

    def _table(self) -> str:
        tables = [
            "forelder",
            "forelder",
            "barn",
            "merke",
            "forelder_merke",
            "node",
            "vokter",
            "loes",
        ]
        return self.chance.choice(tables)

    def _row(self, table: str) -> dict[str, object]:
        """Return values for a table; some break its rules."""
        row: dict[str, object] = {"navn": self.chance.choice(NAMES)}
        if table == "forelder":
            row |= {
                name: self.chance.choice(VALUES) for name in ("tall", "stort", "raatt", "hva")
            } | {"tekst": self._tree(), "hemmelig": self.chance.choice(NAMES)}
        else:
            row["forelder_id"] = self._key()
        if table == "barn":
            row["plass"] = self.chance.choice([None, 1, 2, 3])
        if table == "forelder_merke":
            del row["navn"]
            row["merke_id"] = self._key()
        if table == "node":
            row = {"navn": row["navn"], "over_id": self.chance.choice([None, *KEYS])}
        if table == "merke":
            del row["forelder_id"]
        return row

    def _do_insert(self, session: Session, verb: str = "INSERT OR IGNORE") -> None:
        table = self._table()
        row = {"id": self._key(), **self._row(table)}
        marks = ", ".join(f":{name}" for name in row)
        session.execute(text(f"{verb} INTO {table} ({', '.join(row)}) VALUES ({marks})"), row)

    def _do_replace(self, session: Session) -> None:
        self._do_insert(session, "INSERT OR REPLACE")

    def _do_update(self, session: Session) -> None:
        table = self._table()
        row = self._row(table)
        names = self.chance.sample(list(row), self.chance.randint(1, len(row)))
        sets = ", ".join(f"{name} = :{name}" for name in names)
        verb = self.chance.choice(["UPDATE", "UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
        session.execute(
            text(f"{verb} {table} SET {sets} WHERE id = :id"), {**row, "id": self._key()}
        )

    def _do_delete(self, session: Session) -> None:
        session.execute(text(f"DELETE FROM {self._table()} WHERE id = :id"), {"id": self._key()})

    def _do_bulk(self, session: Session) -> None:
        statement = self.chance.choice(
            [
                "UPDATE forelder SET tall = coalesce(tall, 0) + 1",
                "DELETE FROM barn",
                "UPDATE node SET over_id = NULL",
                "UPDATE loes SET forelder_id = (SELECT id FROM forelder LIMIT 1)",
                "DELETE FROM forelder WHERE id NOT IN (SELECT forelder_id FROM vokter)",
                "UPDATE merke SET id = id || 'x' WHERE length(id) < 4",
            ]
        )
        session.execute(text(statement))

    def _do_swap(self, session: Session) -> None:
        a, b = self.chance.sample(KEYS, 2)
        rows = dict(session.execute(text("SELECT id, navn FROM forelder")).all())
        if a in rows and b in rows:
            for key, value in ((a, None), (b, rows[a]), (a, rows[b])):
                session.execute(
                    text("UPDATE forelder SET navn = :navn WHERE id = :id"),
                    {"navn": value, "id": key},
                )

    def _do_nested(self, session: Session) -> None:
        try:
            with self.archive.operation("indre") as inner:
                self._do_update(inner.session)
                self._do_delete(inner.session)
                if self.chance.random() < 0.5:
                    raise Breaks
        except (Breaks, IntegrityError):
            self._do_insert(session)

    def _do_file(self, session: Session) -> None:
        digest = store_file(session, self.chance.choice([b"", b"a", b"b" * 5000]))
        if self.chance.random() < 0.8:
            session.execute(
                text("INSERT OR REPLACE INTO dokument VALUES (:id, :navn, :sha)"),
                {"id": self._key(), "navn": self.chance.choice(NAMES), "sha": digest},
            )


def run(folder: Path, steps: int, seed: int, *, verify_every: int = 250) -> Counter[str]:
    """Run the steps in archives of at most 5,000 steps each, and return what happened."""
    machine = Machine(folder, random.Random(seed))  # noqa: S311
    for number in range(1, steps + 1):
        machine.step()
        if number % verify_every == 0 or number == steps:
            machine.verify()
        if number % 5000 == 0:
            machine.archive.close()
            machine.archive.path.unlink()
            machine = Machine(folder, machine.chance, machine.counts)
    machine.archive.close()
    return machine.counts
