"""The search index follows the rows: within the commit, through undo, rollback and erasure."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from sqlalchemy import text

from desktop.models import Sak
from desktop.richtext.codec import dumps, written_blocks
from desktop.richtext.tree import Paragraph, Run, Tree
from desktop.rules.kinds import Toppnotatstatus
from desktop.rules.states import SakTilstand
from desktop.services.eksempel import make_example
from desktop.services.search import search
from desktop.services.search_files import read_attached_files
from desktop.services.utvalg import create_utvalg
from desktop.storage.archive import Archive
from desktop.storage.search_build import differences
from desktop.storage.search_schema import _DROP as DERIVED
from desktop.storage.search_schema import is_complete
from desktop.storage.search_texts import _paragraphs, tree_text
from desktop.storage.search_words import fold, stem, words
from tests.storage.real import fill
from tests.storage.toy import block_id, raw
from tests.trees import trees

WORDS = "vedtaket sakene journal helsedata Ås as innføring råd 2023 é".split()  # noqa: SIM905


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "søk.motebok", bruker="Kari") as made:
        yield made


@pytest.fixture
def utvalg(archive: Archive) -> str:
    return create_utvalg(archive, navn="Nasjonalt e-helseråd", kortnavn="Rådet").id


def tree(*paragraphs: str) -> Tree:
    return Tree(tuple(
        Paragraph((Run(part),), id=block_id(place)) for place, part in enumerate(paragraphs)
    ))  # fmt: skip


def add_sak(archive: Archive, utvalg: str, title: str, omtale: Tree | None = None) -> str:
    with archive.operation("meld_inn") as op:
        sak = Sak(
            utvalg_id=utvalg,
            tittel=title,
            omtale=omtale,
            tilstand=SakTilstand.INNMELDT,
            toppnotatstatus=Toppnotatstatus.SKAL_HA,
            innmeldt=dt.date(2023, 5, 1),
        )
        op.session.add(sak)
    return sak.id


def titles(archive: Archive, query: str) -> list[str]:
    with archive.read() as session:
        return [hit.title for hit in search(session, query, finished=True).hits]


def off(archive: Archive) -> list[tuple[str, str]]:
    return list(differences(raw(archive)))


def test_that_a_new_archive_has_a_whole_index(archive: Archive):
    assert archive.search_index.state().complete
    assert off(archive) == []


def test_that_every_table_filled_and_edited_is_indexed(archive: Archive):
    fill(archive, rows=3)
    assert is_complete(raw(archive))
    assert off(archive) == []
    assert raw(archive).execute("SELECT count(*) FROM soek_dok").fetchone()[0] > 20


def test_that_the_index_follows_undo_and_redo(archive: Archive, utvalg: str):
    add_sak(archive, utvalg, "Felles journalløft")
    archive.undo()
    assert titles(archive, "journalløft") == []
    assert off(archive) == []
    archive.redo()
    assert titles(archive, "journalløft") == ["Felles journalløft"]
    assert off(archive) == []


def test_that_what_is_rolled_back_was_never_indexed(archive: Archive, utvalg: str):
    archive.participants.append(_refuse)
    with pytest.raises(ValueError, match="nei"):
        add_sak(archive, utvalg, "Kjernejournal")
    archive.participants.pop()
    assert titles(archive, "journal") == []
    add_sak(archive, utvalg, "Kjernejournal")
    assert titles(archive, "journal") == ["Kjernejournal"]
    assert off(archive) == []


def _refuse(*_arguments: object) -> None:
    raise ValueError("nei")


@pytest.mark.parametrize("seed", range(4))
def test_that_random_operations_leave_the_index_as_if_it_were_built_again(
    archive: Archive, utvalg: str, seed: int
):
    chance = random.Random(seed)  # noqa: S311
    keys: list[str] = []
    for _ in range(25):
        step = chance.random()
        if step < 0.35 or not keys:
            keys.append(add_sak(archive, utvalg, _some(chance, 3), _long(chance)))
        elif step < 0.7:
            with archive.typing("skriv", table="sak", key=keys[-1], field="omtale") as op:
                found = op.session.get(Sak, chance.choice(keys))
                if found is not None:
                    found.omtale = _long(chance)
        elif step < 0.8:
            with archive.operation("slett") as op:
                op.session.execute(text("DELETE FROM sak WHERE id = :id"), {"id": keys.pop()})
        elif archive.undo_label() is not None and step < 0.92:
            archive.undo()
        elif archive.redo_label() is not None:
            archive.redo()
        with archive.read() as session:
            keys = list(session.execute(text("SELECT id FROM sak")).scalars())
    assert off(archive) == []
    held = _contents(archive)
    archive.search_index.begin_again()
    archive.search_index.build()
    assert off(archive) == []
    assert _contents(archive) == held


def _some(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def _long(chance: random.Random) -> Tree:
    return tree(*(_some(chance, 30) for _ in range(chance.randint(0, 25))))


def _contents(archive: Archive) -> list[tuple[object, ...]]:
    return sorted(
        raw(archive).execute(
            "SELECT d.tabell, d.noekkel, d.sak_id, d.id >> 32, t.tittel, t.vedtak, t.tekst"
            " FROM soek_dok d JOIN soek_tekst t ON t.rowid = d.id"
        ),
        key=repr,
    )


def test_that_an_edit_of_a_long_text_touches_few_pieces(archive: Archive, utvalg: str):
    parts = [f"Avsnitt {number} handler om samhandling og deling av data." for number in range(200)]
    key = add_sak(archive, utvalg, "Lang", tree(*parts))
    before = set(raw(archive).execute("SELECT id, sum FROM soek_dok").fetchall())
    parts[100] += " Nytt her."
    with archive.typing("skriv", table="sak", key=key, field="omtale") as op:
        op.session.get_one(Sak, key).omtale = tree(*parts)
    after = set(raw(archive).execute("SELECT id, sum FROM soek_dok").fetchall())
    assert len(before) > 8
    assert 1 <= len(after - before) <= 3
    assert off(archive) == []


def test_that_a_sak_moved_to_another_year_is_found_there(archive: Archive, utvalg: str):
    key = add_sak(archive, utvalg, "Kodeverk")
    assert titles(archive, "år:2023 kodeverk") == ["Kodeverk"]
    with archive.operation("endre") as op:
        op.session.get_one(Sak, key).innmeldt = dt.date(2021, 1, 1)
    assert titles(archive, "år:2023 kodeverk") == []
    assert titles(archive, "år:2020-2021 kodeverk") == ["Kodeverk"]
    assert off(archive) == []


def test_that_erased_rows_leave_no_word_in_the_file(archive: Archive):
    with archive.operation("lag", angrebar=False) as op:
        for key, name in (("a", "Xantippe"), ("b", "Olsen")):
            op.session.execute(
                text("INSERT INTO person (id, fornavn, etternavn) VALUES (:id, 'Kari', :navn)"),
                {"id": key, "navn": name},
            )
    assert titles(archive, "xantip") == ["Kari Xantippe"]
    with archive.operation("slett_person", angrebar=False) as op:
        op.session.execute(text("DELETE FROM person WHERE id = 'a'"))
        op.erase([("person", "a")])
    assert titles(archive, "xantip") == []
    assert titles(archive, "olsen") == ["Kari Olsen"]
    assert off(archive) == []
    data = archive.path.read_bytes().lower()
    assert b"xantip" not in data
    assert b"antipp" not in data


def test_that_an_older_archive_is_built_in_slices_and_kept_meanwhile(tmp_path: Path):
    path = tmp_path / "eldre.motebok"
    with Archive.create(path, bruker="Kari") as archive:
        body = create_utvalg(archive, navn="Råd", kortnavn="Råd").id
        for number in range(300):
            add_sak(archive, body, f"Sak om samhandling {number}")
        driver = raw(archive)
        driver.execute("PRAGMA query_only=0")
        for name in (*DERIVED, "soek_fil", "soek_tilstand"):
            driver.execute(f"DROP TABLE {name}")
    with Archive.open(path, bruker="Ola") as archive:
        assert not archive.search_index.state().complete
        assert archive.verify().ok
        steps = 0
        while not archive.search_index.build_slice(1).complete:
            steps += 1
            if steps == 2:
                add_sak(archive, body, "Midt i byggingen")
        assert steps > 3
        assert off(archive) == []
        assert titles(archive, "byggingen") == ["Midt i byggingen"]


def test_that_an_index_of_an_earlier_version_is_built_again(tmp_path: Path):
    path = tmp_path / "eldre.motebok"
    with Archive.create(path, bruker="Kari") as archive:
        body = create_utvalg(archive, navn="Råd", kortnavn="Råd").id
        add_sak(archive, body, "Sak om samhandling")
        raw(archive).execute("PRAGMA query_only=0")
        raw(archive).execute("UPDATE soek_tilstand SET versjon = versjon - 1")
        raw(archive).execute("DELETE FROM soek_dok")
    with Archive.open(path, bruker="Ola") as archive:
        assert not archive.search_index.state().complete
        archive.search_index.build()
        assert titles(archive, "samhandling") == ["Sak om samhandling"]
        assert off(archive) == []


def test_that_verification_names_a_row_the_index_has_otherwise(archive: Archive, utvalg: str):
    key = add_sak(archive, utvalg, "Felles journalløft")
    assert archive.verify().ok
    driver = raw(archive)
    driver.execute("PRAGMA query_only=0")
    driver.execute("UPDATE soek_tekst SET tittel = 'noe annet'")
    driver.execute("PRAGMA query_only=1")
    problems = archive.verify().problems
    assert [(one.code, one.params["noekkel"]) for one in problems] == [("soek_avviker", key)]


def test_that_a_damaged_index_does_not_keep_anybody_from_saving(archive: Archive, utvalg: str):
    driver = raw(archive)
    driver.execute("PRAGMA query_only=0")
    driver.execute("DROP TABLE soek_ord")
    driver.execute("PRAGMA query_only=1")
    key = add_sak(archive, utvalg, "Felles journalløft")
    with archive.read() as session:
        assert session.get_one(Sak, key).tittel == "Felles journalløft"
    assert not archive.search_index.state().complete
    add_sak(archive, utvalg, "Enda en sak")
    assert titles(archive, "journal") == []
    archive.search_index.build()
    assert titles(archive, "journal") == ["Felles journalløft"]
    assert off(archive) == []


def test_that_the_example_is_indexed_in_full(archive: Archive):
    make_example(archive)
    read_attached_files(archive)
    assert off(archive) == []
    assert archive.search_index.unread_files() == []


@pytest.mark.parametrize(
    "forms",
    [
        "vedtak vedtaket vedtakene vedtaka",
        "sak saker saken sakene saka sakane",
        "møte møter møtet møta møtene",
        "journal journaler journalen journalene",
        "tryggheit tryggheita trygghet tryggheten",
        "register registeret registrene registra",
        "kommune kommuner kommunar kommunane kommunene",
        "år året årene åra",
        "råd rådet råda rådets",
    ],
)
def test_that_the_forms_of_a_word_have_one_stem(forms: str):
    assert len({stem(form) for form in forms.split()}) == 1


def test_that_folding_keeps_the_norwegian_letters_apart():
    assert fold("ÅS") == "ås" != fold("as")
    assert fold("Aa") == "aa"
    assert fold("Café") == "cafe"
    assert fold("A\u030as") == "ås"
    assert words("Møte 4/2023: e-helse,é_x") == ["møte", "4", "2023", "e", "helse", "e", "x"]


@settings(deadline=None, max_examples=40)
@given(trees())
def test_that_what_is_found_of_a_text_is_the_same_just_written_and_later(written: Tree):
    stored = dumps(written)
    just_now = tree_text(stored)
    assert written_blocks(stored) is not None
    assert just_now == "\n".join(_paragraphs(json.loads(stored)))
