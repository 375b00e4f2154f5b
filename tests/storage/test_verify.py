# ruff: noqa: S608
"""Whatever is changed behind the log's back is found, and called by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.storage.archive import Archive
from desktop.storage.files import store_file
from tests.storage.toy import (
    Barn,
    Forelder,
    block_id,
    create,
    raw,
    reopen,
    toy_settings,
    tree_text,
)

A, B = block_id(1), block_id(2)


@pytest.fixture
def filled(archive: Archive) -> Archive:
    with archive.operation("lag", params={"navn": "a"}) as operation:
        operation.session.add(Forelder(id="f1", navn="a", tekst=tree_text((A, "en"), (B, "to"))))
        operation.session.add(Forelder(id="f2", navn="b", barn=[Barn(id="b1")]))
        digest = store_file(operation.session, b"innhold")
        operation.session.execute(text(f"INSERT INTO dokument VALUES ('d1', 'd', '{digest}')"))
    with archive.operation("endre") as operation:
        found = operation.session.get_one(Forelder, "f1")
        found.navn, found.tekst = "c", tree_text((A, "en!"), (B, "to"))
    with archive.operation("slett") as operation:
        operation.session.execute(text("DELETE FROM barn"))
    assert archive.verify().problems == ()
    return archive


def _tamper(archive: Archive, *statements: str) -> list[str]:
    """Change the file as a stranger would, without our connection's guards."""
    driver = raw(archive)
    for pragma in ("query_only=0", "foreign_keys=0", "recursive_triggers=0"):
        driver.execute(f"PRAGMA {pragma}")
    for (name,) in driver.execute("SELECT name FROM temp.sqlite_master WHERE type='trigger'"):
        driver.execute(f'DROP TRIGGER temp."{name}"')
    for statement in statements:
        driver.execute(statement)
    problems = archive.verify().problems
    assert all(
        str(problem).endswith((".", ": ok")) or "skade" in str(problem) for problem in problems
    )
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("UPDATE forelder SET navn = 'x' WHERE id = 'f1'", ["rad_endret"]),
        ("UPDATE forelder SET tall = 1 WHERE id = 'f1'", ["rad_endret"]),
        ("UPDATE forelder SET navn = CAST(navn AS BLOB) WHERE id = 'f2'", ["rad_endret"]),
        ("UPDATE forelder SET tekst = replace(tekst, 'to', 'tp')", ["rad_endret"]),
        ("UPDATE forelder SET tekst = replace(tekst, 'en!', 'en?')", ["rad_endret"]),
        ("DELETE FROM forelder WHERE id = 'f1'", ["rad_mangler"]),
        ("INSERT INTO forelder (id) VALUES ('f7')", ["rad_uventet"]),
        ("INSERT INTO barn (id, forelder_id) VALUES ('b1', 'f2')", ["rad_uventet"]),
        (
            "INSERT INTO barn (id, forelder_id) VALUES ('b9', 'finnes ikke')",
            ["rad_uventet", "henvisning_brutt"],
        ),
        ("UPDATE fil SET innhold = x'00'", ["innhold_skadet"]),
        ("UPDATE fil SET stoerrelse = 8", ["rad_endret", "innhold_skadet"]),
        ("DELETE FROM fil", ["rad_mangler", "henvisning_brutt"]),
        ("UPDATE handling SET verb = 'noe annet' WHERE nr = 2", ["kjede_brutt"]),
        ("UPDATE handling SET tid = '2020-01-01' WHERE nr = 1", ["kjede_brutt"]),
        ("UPDATE handling SET angrebar = 0 WHERE nr = 3", ["kjede_brutt"]),
        ("UPDATE handling SET hash = zeroblob(32) WHERE nr = 3", ["kjede_brutt"]),
        ("UPDATE handling SET hash = zeroblob(32) WHERE nr = 2", ["kjede_brutt", "kjede_brutt"]),
        ("UPDATE handling SET parametre = '{}' WHERE nr = 1", ["parametre_endret"]),
        ("UPDATE handling SET parametre = NULL WHERE nr = 1", ["parametre_endret"]),
        ("UPDATE handling SET av = 'en annen' WHERE nr = 2", ["kjede_brutt", "ukjent_utfoerer"]),
        ("UPDATE endring SET salt = zeroblob(16) WHERE handling = 3", ["loggrad_endret"]),
        ("UPDATE endring SET noekkel = 'f9' WHERE handling = 1 AND noekkel = 'f2'",
         ["loggrad_endret", "kjede_brutt", "rad_mangler", "rad_uventet"]),
        ("UPDATE endring SET innhold = '[1]' WHERE handling = 3", ["loggrad_endret"] * 2),
        ("UPDATE endring SET innhold = 'x' WHERE handling = 3", ["loggrad_endret"] * 2),
        ("DELETE FROM endring WHERE handling = 3", ["kjede_brutt", "rad_mangler"]),
        ("DELETE FROM handling WHERE nr = 2", ["nummer_mangler", "kjede_brutt", "loeserad"]),
    ],
)  # fmt: skip
def test_that_tampering_is_found(filled: Archive, statement: str, codes: list[str]):
    assert _tamper(filled, statement) == codes


def test_that_a_rewritten_payload_is_found_twice(filled: Archive):
    codes = _tamper(
        filled, "UPDATE endring SET innhold = replace(innhold, '\"c\"', '\"d\"') WHERE handling = 2"
    )
    assert codes == ["loggrad_endret", "rad_endret"]


def test_that_a_payload_without_its_salt_is_found(filled: Archive):
    assert _tamper(filled, "UPDATE endring SET salt = NULL WHERE handling = 3") == [
        "loggrad_endret"
    ]


def test_that_a_cut_tail_is_found_by_the_rows_and_by_a_known_head(filled: Archive):
    head = filled.verify().head_hash
    assert head == filled.head_hash
    with filled.operation("til slutt") as operation:
        operation.session.get_one(Forelder, "f2").navn = "slutt"
    newest = filled.head_hash
    assert filled.verify(known_head=head).ok
    assert filled.verify(known_head=newest).ok
    codes = _tamper(
        filled, "DELETE FROM endring WHERE handling = 4", "DELETE FROM handling WHERE nr = 4"
    )
    assert codes == ["rad_endret"]
    assert _tamper(filled, "UPDATE forelder SET navn = 'b' WHERE id = 'f2'") == []
    report = filled.verify(known_head=newest)
    assert [problem.code for problem in report.problems] == ["hode_mangler"]
    assert (report.operations, report.head_hash) == (3, head)


def test_that_a_changed_row_under_an_open_group_is_not_blamed(filled: Archive):
    with filled.typing("skriv", table="forelder", key="f1", field="navn") as operation:
        operation.session.get_one(Forelder, "f1").navn = "under arbeid"
        operation.session.add(Forelder(id="f8"))
    assert filled.verify().ok


def test_that_a_flipped_bit_in_the_file_is_found(tmp_path: Path):
    archive = create(tmp_path / "a.motebok")
    with archive.operation("lag") as operation:
        operation.session.add(Forelder(id="f1", navn="entydig navn"))
    archive.close()
    data = archive.path.read_bytes()
    place = data.index(b"entydig navn")
    archive.path.write_bytes(data[:place] + b"E" + data[place + 1 :])
    with Archive.open(archive.path, bruker="Kari", settings=toy_settings()) as damaged:
        codes = [problem.code for problem in damaged.verify().problems]
    assert codes[0] == "fil_skadet" or "rad_endret" in codes or "loggrad_endret" in codes


def test_that_verification_of_a_destroyed_page_says_so(tmp_path: Path):
    archive = create(tmp_path / "a.motebok")
    with archive.operation("lag") as operation:
        for number in range(2000):
            operation.session.add(Forelder(id=f"f{number}", navn="x" * 50 + str(number)))
    archive.close()
    data = bytearray(archive.path.read_bytes())
    data[40 * 4096 : 60 * 4096] = b"\xff" * (20 * 4096)
    archive.path.write_bytes(data)
    with Archive.open(archive.path, bruker="Kari", settings=toy_settings()) as damaged:
        report = damaged.verify()
    assert report.problems[0].code == "fil_skadet"


def test_that_erasing_keeps_the_chain_and_forgets_the_words(archive: Archive):
    with archive.operation("lag", params={"navn": "Per Hansen"}) as operation:
        operation.session.add(Forelder(id="f1", navn="Per Hansen"))
        operation.session.add(Forelder(id="f2", navn="Rådet"))
    with archive.operation("gift") as operation:
        operation.session.get_one(Forelder, "f1").navn = "Per Hansen Lie"
    head = archive.head_hash
    with archive.operation("slett_personopplysninger") as operation:
        operation.session.get_one(Forelder, "f1").navn = "(slettet)"
        operation.erase([("forelder", "f1")])
    assert archive.verify(known_head=head).ok
    archive.close()
    assert b"Hansen" not in archive.path.read_bytes()
    archive = reopen(archive)
    assert archive.verify(known_head=head).ok
    assert archive.undo_label() is None
    history = archive.history("forelder", "f1")
    assert [info.verb for info in history] == ["slett_personopplysninger", "gift", "lag"]
    assert all(info.changes[0].erased for info in history)
    with archive.operation("endre") as operation:
        operation.session.get_one(Forelder, "f1").navn = "anonym"
    assert archive.verify().ok
    archive.undo()
    assert archive.verify().ok
    assert _tamper(archive, "UPDATE forelder SET navn = 'Per' WHERE id = 'f1'") == ["rad_endret"]
    archive.close()


def test_that_rows_can_be_erased_without_changing_them(archive: Archive):
    with archive.operation("lag", params={"navn": "Per"}) as operation:
        operation.session.add_all([Forelder(id="f1", navn="Per"), Forelder(id="f2", navn="Pål")])
    with archive.operation("slett historikk") as operation:
        operation.erase([("forelder", "f1"), ("forelder", "finnes ikke")])
        operation.erase_user("Kari")
    assert archive.verify().ok
    assert [(info.user, info.params) for info in archive.log()] == [("", {}), ("", {})]
    assert _tamper(archive, "UPDATE forelder SET navn = 'x' WHERE id = 'f1'") == ["rad_endret"]


def test_that_an_erased_file_loses_its_bytes(archive: Archive):
    with archive.operation("last opp") as operation:
        digest = store_file(operation.session, b"hemmelig innhold")
        operation.session.execute(text(f"INSERT INTO dokument VALUES ('d1', 'd', '{digest}')"))
    with archive.operation("slett fil") as operation:
        operation.session.execute(text("DELETE FROM dokument"))
        operation.erase([("fil", digest), ("dokument", "d1")])
    assert archive.verify().ok
    assert b"hemmelig innhold" not in archive.path.read_bytes()
    with archive.operation("last opp") as operation:
        store_file(operation.session, b"hemmelig innhold")
    assert archive.verify().ok
