"""Archives that are missing, locked, foreign, newer or damaged: a sentence, 1, nothing lost."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import READING, WRITING, command
from tests.cli.conftest import ROOT, Run, names

EVERY = (*READING, *WRITING)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)


def _another_database(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    database.close()


def _refused(run: Run, name: str, archive: Path) -> str:
    """Run a command that must refuse, and return what it said; nothing may be left anywhere."""
    folder = archive.parent
    (folder / "inn.json").write_text("{}", encoding="utf-8")
    before = names(folder)
    answer = run(*command(name, archive, folder))
    assert (answer.code, answer.out) == (1, "")
    assert names(folder) == before
    return answer.err


@pytest.mark.parametrize("name", EVERY)
def test_that_a_missing_archive_is_named_and_not_made(run: Run, tmp_path: Path, name: str) -> None:
    said = _refused(run, name, tmp_path / "borte.motebok")
    assert said.startswith(f"Fant ikke arkivet {tmp_path / 'borte.motebok'}.")


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("content", [PNG, b"", b"notat", b"SQLite format 3\0", None])
def test_that_a_foreign_file_is_refused_and_untouched(
    run: Run, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / "bilde.motebok"
    if content is None:
        _another_database(path)
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    said = _refused(run, name, path)
    assert said == f"{path} er ikke et Møtebok-arkiv. Filen er ikke rørt.\n"
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", EVERY)
def test_that_a_folder_is_no_archive(run: Run, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "mappe.motebok"
    folder.mkdir()
    assert "er ikke et Møtebok-arkiv" in _refused(run, name, folder)


@pytest.mark.parametrize("name", EVERY)
def test_that_a_newer_archive_keeps_every_byte(run: Run, example: Path, name: str) -> None:
    with sqlite3.connect(example) as database:
        database.execute("PRAGMA user_version=99")
    database.close()
    before = example.read_bytes()
    said = _refused(run, name, example)
    assert "laget av en nyere Møtebok (versjon 99; dette programmet kjenner 1)" in said
    assert example.read_bytes() == before


@pytest.fixture
def writer(example: Path):
    """Another program that has the example open for writing."""
    code = (
        "import sys; from desktop.storage.archive import Archive\n"
        "with Archive.open(sys.argv[1], bruker='Kari Ås'):\n"
        "    print('åpent', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-c", code, str(example)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline()
        yield process
        process.stdin.close()


def test_that_a_locked_archive_is_read_and_a_writer_is_told_who_has_it(
    run: Run, example: Path, writer: object
) -> None:
    folder = example.parent
    (folder / "inn.json").write_text("{}", encoding="utf-8")
    for name in READING:
        assert run(*command(name, example, folder)).code == 0, name
    for name in WRITING:
        answer = run(*command(name, example, folder))
        assert answer.code == 1
        assert "er i bruk av Kari Ås på " in answer.err
        assert " siden " in answer.err
        assert "kl. " in answer.err
        assert "T" not in answer.err.split(" siden ")[1].split(".")[0]


def test_that_a_lock_dies_with_its_process(run: Run, example: Path, writer: object) -> None:
    writer.kill()
    writer.wait()
    assert run("angre", "--arkiv", example).code == 0
    assert names(example.parent) == {"eksempel.motebok"}


def _damaged(data: bytes, seed: int) -> bytes:
    source, copy = random.Random(seed), bytearray(data)  # noqa: S311 - damage to a test file
    match seed % 4:
        case 0:
            return bytes(copy[: source.randrange(100, len(copy))])
        case 1:
            for _ in range(40):
                copy[source.randrange(100, len(copy))] ^= 1 << source.randrange(8)
        case 2:
            place = source.randrange(100, len(copy) - 4096)
            copy[place : place + 4096] = bytes(4096)
        case 3:
            for _ in range(400):
                copy[source.randrange(100, len(copy))] = source.randrange(256)
    return bytes(copy)


@pytest.mark.parametrize("seed", range(16))
def test_that_a_damaged_archive_is_found_and_never_a_traceback(
    run: Run, example: Path, seed: int
) -> None:
    whole = example.read_bytes()
    example.write_bytes(_damaged(whole, seed))
    damaged = example.read_bytes()
    for name in ("vis", "historikk"):
        told = run(*command(name, example, example.parent), foreseen=False)
        assert told.code in {0, 1}
        assert bool(told.err) == bool(told.code)
        assert "uventet" not in told.err or "«motebok verifiser» svarer på det" in told.err
    answer = run("verifiser", "--arkiv", example)
    assert answer.code == 1
    assert answer.out.startswith("Arkivet har ") or "er skadet" in answer.err
    assert example.read_bytes() == damaged


def test_that_what_a_crash_left_half_written_is_taken_back_when_the_archive_is_read(
    run: Run, example: Path
) -> None:
    whole = example.read_bytes()
    code = (
        "import os, sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "database.execute('PRAGMA cache_size=1')\n"
        "database.execute('BEGIN IMMEDIATE')\n"
        "database.execute(\"UPDATE sak SET tittel = 'ødelagt' || hex(zeroblob(3000))\")\n"
        "database.execute('UPDATE innspill SET nivaa = nivaa + 1')\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", code, str(example)], check=False)
    assert example.with_name(f"{example.name}-journal").exists()
    assert example.read_bytes() != whole
    answer = run(*command("vis", example, example.parent))
    assert answer.code == 0
    assert "Arkivet ble ikke lukket riktig sist" in answer.err
    assert "ødelagt" not in answer.out
    assert run("verifiser", "--arkiv", example).code == 0
    assert names(example.parent) == {"eksempel.motebok"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["vis", "--moete", "abc"], "«abc» er ikke et møtenummer. Skriv det som 4/2023"),
        (["vis", "--moete", "9/2023"], "Fant ikke møte 9/2023 i arkivet."),
        (["vis", "--moete", "4/2022"], "Fant ikke møte 4/2022 i arkivet."),
        (["vis", "--moete", ""], "«» er ikke et møtenummer."),
        (["vis", "--moete", "4/2023", "--utvalg", "Tull"], "Fant ikke utvalget «Tull». Arkivet"),
        (["vis", "--moete", "4/2023", "--utvalg", "NUIT"], "Fant ikke møte 4/2023 i NUIT."),
        (["historikk", "--sak", "abc"], "«abc» er ikke et saksnummer. Skriv det som 33/23."),
        (["historikk", "--sak", "99/23"], "Fant ikke sak 99/23 i arkivet."),
        (["eksporter", "--moete", "9/2023", "--ut", "u"], "Fant ikke møte 9/2023 i arkivet."),
    ],
)  # fmt: skip
def test_that_what_is_not_in_the_archive_is_named(
    run: Run, made: object, arguments: list[str], said: str
) -> None:
    answer = run(*arguments, "--arkiv", made[0] / "eksempel.motebok")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(said)


def test_that_an_archive_without_its_folder_being_writable_is_still_read(
    run: Run, made: object, tmp_path: Path
) -> None:
    folder = tmp_path / "lesemappe"
    folder.mkdir()
    path = Path(shutil.copy(made[0] / "eksempel.motebok", folder))
    path.chmod(0o444)
    folder.chmod(0o555)
    try:
        assert run(*command("vis", path, folder)).code == 0
        assert names(folder) == {"eksempel.motebok"}
    finally:
        folder.chmod(0o755)
