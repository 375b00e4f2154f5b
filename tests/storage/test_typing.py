# ruff: noqa: PT012
from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.storage.archive import Archive
from desktop.storage.operation import Operation
from tests.storage.toy import (
    Clock,
    Forelder,
    block_id,
    create,
    dump,
    long_text,
    raw,
    toy_settings,
    tree_text,
)

A = block_id(1)


@pytest.fixture(autouse=True)
def _seeded(archive: Archive) -> None:
    with archive.operation("lag") as operation:
        operation.session.add_all([Forelder(id="f1"), Forelder(id="f2")])


def _typing(
    archive: Archive, key: str = "f1", paragraph: str = A, verb: str = "skriv"
) -> AbstractContextManager[Operation]:
    return archive.typing(verb, table="forelder", key=key, field="tekst", paragraph=paragraph)


def _type(archive: Archive, words: str, key: str = "f1", **place: str) -> None:
    with _typing(archive, key, **place) as operation:
        operation.session.get_one(Forelder, key).tekst = tree_text((A, words))


def _entries(archive: Archive) -> list[str]:
    return [info.verb for info in reversed(archive.log())][1:]


def test_that_an_autosave_is_saved_at_once_and_logged_later(archive: Archive):
    _type(archive, "en")
    assert _entries(archive) == []
    assert "en" in raw(archive).execute("SELECT tekst FROM forelder").fetchone()[0]
    _type(archive, "en to")
    sealed = archive.seal()
    assert sealed is not None
    assert sealed.operation_id == 2
    (change,) = sealed
    assert (change.fields[0].before, change.fields[0].after) == (None, tree_text((A, "en to")))
    assert archive.seal() is None
    assert _entries(archive) == ["skriv"]
    assert archive.verify().ok


def test_that_a_pause_of_ten_seconds_seals(archive: Archive, clock: Clock):
    _type(archive, "en")
    clock.wait(10)
    assert archive.seal_if_idle() is None
    _type(archive, "to")
    clock.wait(10.5)
    _type(archive, "tre")
    assert _entries(archive) == ["skriv"]
    clock.wait(11)
    assert archive.seal_if_idle() is not None
    assert archive.seal_if_idle() is None
    assert _entries(archive) == ["skriv", "skriv"]


def test_that_five_minutes_seal_however_fast_one_types(archive: Archive, clock: Clock):
    for second in range(0, 310, 5):
        _type(archive, f"{second}")
        clock.wait(5)
    assert _entries(archive) == ["skriv"]
    archive.seal()
    first, second_entry = archive.history("forelder", "f1")[:2]
    assert first.changes[0].fields[0].before == second_entry.changes[0].fields[0].after


def test_that_a_clock_set_back_seals(archive: Archive, clock: Clock):
    _type(archive, "en")
    clock.wait(-60)
    _type(archive, "to")
    assert _entries(archive) == ["skriv"]


@pytest.mark.parametrize("other", [{"key": "f2"}, {"paragraph": block_id(2)}, {"verb": "noter"}])
def test_that_another_place_or_verb_seals(archive: Archive, other: dict[str, str]):
    _type(archive, "en")
    _type(archive, "to", **other)
    assert _entries(archive) == ["skriv"]
    assert archive.verify().ok


def test_that_another_operation_seals_first(archive: Archive):
    _type(archive, "en")
    with archive.operation("endre") as operation:
        operation.session.get_one(Forelder, "f2").navn = "x"
    assert _entries(archive) == ["skriv", "endre"]


def test_that_undo_takes_back_what_was_typed_since_the_group_began(archive: Archive):
    before = dump(archive)
    _type(archive, "en")
    _type(archive, "en to")
    label = archive.undo_label()
    assert label is not None
    assert (label.verb, label.operation_id) == ("skriv", None)
    assert archive.redo_label() is None
    archive.undo()
    assert dump(archive) == before
    archive.redo()
    assert "en to" in raw(archive).execute("SELECT tekst FROM forelder").fetchone()[0]


def test_that_typing_without_net_change_leaves_no_entry(archive: Archive):
    with archive.operation("skriv først") as operation:
        operation.session.get_one(Forelder, "f1").tekst = tree_text((A, "en"))
    _type(archive, "en to")
    _type(archive, "en")
    label = archive.undo_label()
    assert label is not None
    assert label.verb == "skriv først"
    assert archive.seal() is None
    assert _entries(archive) == ["skriv først"]


def test_that_an_autosave_without_change_opens_no_group(archive: Archive):
    with _typing(archive) as operation:
        operation.session.get_one(Forelder, "f1").navn = None
    assert raw(archive).execute("SELECT count(*) FROM skriving").fetchone() == (0,)


def test_that_typing_inside_an_operation_joins_it(archive: Archive):
    with archive.operation("flytt") as outer:
        _type(archive, "en")
        outer.session.get_one(Forelder, "f2").navn = "x"
    assert outer.changes.keys("forelder") == {"f1", "f2"}
    assert archive.seal() is None


def test_that_typing_cannot_hold_an_irrevocable_operation(archive: Archive):
    before = dump(archive)
    with pytest.raises(RuntimeError, match="angrebar"), _typing(archive) as operation:
        operation.session.get_one(Forelder, "f1").navn = "x"
        with archive.operation("frys", angrebar=False):
            pass
    assert dump(archive) == before


def test_that_a_failed_autosave_leaves_the_group_as_it_was(archive: Archive):
    _type(archive, "en")
    with pytest.raises(ZeroDivisionError), _typing(archive) as operation:
        operation.session.get_one(Forelder, "f1").tekst = None
        operation.session.flush()
        _ = 1 / 0
    _type(archive, "to")
    sealed = archive.seal()
    assert sealed is not None
    assert sealed.changes[0].fields[0].after == tree_text((A, "to"))


def test_that_closing_seals(tmp_path: Path):
    with create(tmp_path / "b.motebok") as archive:
        with archive.operation("lag") as operation:
            operation.session.add(Forelder(id="f1"))
        _type(archive, "en")
    with Archive.open(archive.path, bruker="Ola", settings=toy_settings()) as again:
        assert _entries(again) == ["skriv"]
        assert again.recovered is None


def test_that_typing_after_a_crash_is_sealed_and_told(archive: Archive, tmp_path: Path):
    _type(archive, "en")
    crashed = tmp_path / "kræsj.motebok"
    crashed.write_bytes(archive.path.read_bytes())
    with Archive.open(crashed, bruker="Ola", read_only=True, settings=toy_settings()) as reader:
        assert reader.verify().ok
        assert reader.recovered is None
        assert len(reader.history("forelder", "f1")) == 1
    with Archive.open(crashed, bruker="Ola", settings=toy_settings()) as again:
        found = again.recovered
        assert found is not None
        assert (found.table, found.key, found.field, found.paragraph) == (
            "forelder", "f1", "tekst", A,
        )  # fmt: skip
        assert (found.verb, found.user, found.operation_id) == ("skriv", "Kari", 2)
        assert again.log()[0].user == "Kari"
        assert again.verify().ok
        again.undo()
        assert raw(again).execute("SELECT tekst FROM forelder").fetchone() == (None,)


def test_that_an_hour_of_typing_in_a_long_note_stays_small(archive: Archive, clock: Clock):
    paragraphs = long_text(30_000)
    with archive.operation("lim inn") as operation:
        operation.session.get_one(Forelder, "f1").tekst = tree_text(*paragraphs)
    archive.seal()
    size = _log_size(archive)
    for step in range(120):
        clock.wait(6 if step % 10 else 30)
        place = step // 10 % len(paragraphs)
        name, words = paragraphs[place]
        paragraphs[place] = (name, words + " og så videre")
        with _typing(archive, paragraph=name) as operation:
            operation.session.get_one(Forelder, "f1").tekst = tree_text(*paragraphs)
    archive.seal()
    assert len(_entries(archive)) == 13
    assert _log_size(archive) - size < 20_000
    assert archive.verify().ok


def _log_size(archive: Archive) -> int:
    found = raw(archive).execute("SELECT sum(length(CAST(innhold AS BLOB))) FROM endring")
    return int(found.fetchone()[0])


def test_that_erasing_inside_typing_is_refused(archive: Archive):
    with pytest.raises(RuntimeError, match="angrebar"), _typing(archive) as operation:
        operation.session.execute(text("UPDATE forelder SET navn = 'x' WHERE id = 'f1'"))
        operation.erase([("forelder", "f1")])


def test_that_what_an_autosave_says_of_itself_reaches_the_entry(archive: Archive, tmp_path: Path):
    for words in ("en", "to"):
        with _typing(archive) as operation:
            operation.session.get_one(Forelder, "f1").navn = words
            operation.describe(navn=words)
    crashed = tmp_path / "kræsj.motebok"
    crashed.write_bytes(archive.path.read_bytes())
    archive.seal()
    with Archive.open(crashed, bruker="Ola", settings=toy_settings()) as again:
        assert [info.params for info in (archive.log()[0], again.log()[0])] == [{"navn": "to"}] * 2
