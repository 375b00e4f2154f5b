"""Large files: written in pieces beside the log, named by one row, and nothing left of the rest."""

import os
import sqlite3
import threading
from hashlib import sha256

import pytest

from desktop.models import Base
from desktop.storage.archive import Archive
from desktop.storage.errors import ArchiveError
from desktop.storage.files import name_staged, read_file, store_file
from desktop.storage.pieces import PIECE_BYTES, StagedFile, discard_staged, stage_file

PIECES = [os.urandom(PIECE_BYTES), os.urandom(PIECE_BYTES), b"slutten"]
WHOLE = b"".join(PIECES)
DIGEST = sha256(WHOLE).hexdigest()


def go_on(_done, _total):
    return True


@pytest.fixture
def archive(tmp_path):
    with Archive.create(tmp_path / "a.motebok", bruker="Kari") as made:
        yield made


def count(path):
    driver = sqlite3.connect(path)
    try:
        return driver.execute("SELECT count(*) FROM fil_del").fetchone()[0]
    finally:
        driver.close()


def name(archive, staged):
    with archive.operation("legg ved") as operation:
        return name_staged(operation.session, staged)


def read(archive, digest=DIGEST):
    with archive.read() as session:
        return read_file(session, digest)


def test_that_a_file_in_pieces_is_whole_when_it_is_named(archive):
    staged = stage_file(archive.path, PIECES, go_on)
    assert staged == StagedFile(DIGEST, len(WHOLE))
    with pytest.raises(ArchiveError):
        read(archive)
    assert archive.log() == []
    assert name(archive, staged) == DIGEST
    assert read(archive) == WHOLE
    assert archive.verify().ok
    assert [entry.verb for entry in archive.log()] == ["legg ved"]


def test_that_pieces_can_be_written_by_another_thread_while_the_archive_is_in_use(archive):
    seen = []

    def progress(done, total):
        seen.append((done, total))
        return True

    made = []
    thread = threading.Thread(
        target=lambda: made.append(stage_file(archive.path, PIECES, progress))
    )
    thread.start()
    for number in range(5):
        with archive.operation("skriv") as operation:
            store_file(operation.session, f"{number}".encode())
    thread.join(20)
    name(archive, made[0])
    assert read(archive) == WHOLE
    assert seen == [(0, 3), (1, 3), (2, 3)]
    assert len(archive.log()) == 6
    assert archive.verify().ok


@pytest.mark.parametrize("after", [0, 1, 2])
def test_that_a_stopped_file_leaves_nothing(archive, after):
    assert stage_file(archive.path, PIECES, lambda done, _total: done < after) is None
    assert count(archive.path) == 0


def test_that_what_a_crash_left_is_removed_by_the_next_start(archive):
    name(archive, stage_file(archive.path, PIECES, go_on))
    stage_file(archive.path, [b"uten navn"], go_on)
    archive.close()
    assert count(archive.path) == 4
    with Archive.open(archive.path, bruker="Kari") as again:
        assert read(again) == WHOLE
        assert count(archive.path) == 3


def test_that_half_a_file_of_a_crash_is_written_anew(archive):
    driver = sqlite3.connect(archive.path)
    with driver:
        driver.execute("INSERT INTO fil_del VALUES (?, 0, ?)", (DIGEST, b"noe annet"))
    driver.close()
    name(archive, stage_file(archive.path, PIECES, go_on))
    assert read(archive) == WHOLE


def test_that_pieces_that_are_not_there_cannot_be_named(archive):
    with pytest.raises(ArchiveError) as refused:
        name(archive, StagedFile(DIGEST, len(WHOLE)))
    assert refused.value.code == "ukjent_fil"
    assert archive.log() == []


def test_that_a_file_is_stored_once_however_it_came(archive):
    with archive.operation("lagre") as operation:
        store_file(operation.session, WHOLE)
    staged = stage_file(archive.path, PIECES, go_on)
    assert count(archive.path) == 0
    assert name(archive, staged) == DIGEST
    discard_staged(archive.path, DIGEST)
    assert read(archive) == WHOLE
    assert len(archive.log()) == 1


def test_that_a_named_file_cannot_be_discarded(archive):
    name(archive, stage_file(archive.path, PIECES, go_on))
    discard_staged(archive.path, DIGEST)
    assert read(archive) == WHOLE


def test_that_a_discarded_file_is_gone_from_the_disk(archive):
    secret = b"hemmelig " * 1000
    stage_file(archive.path, [secret], go_on)
    discard_staged(archive.path, sha256(secret).hexdigest())
    assert secret[:100] not in archive.path.read_bytes()


def test_that_erasing_a_file_takes_its_pieces(archive):
    name(archive, stage_file(archive.path, PIECES, go_on))
    with archive.operation("slett") as operation:
        operation.erase([("fil", DIGEST)])
    assert count(archive.path) == 0
    assert archive.verify().ok


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE fil_del SET innhold = x'00' WHERE nr = 1",
        "DELETE FROM fil_del WHERE nr = 2",
        "UPDATE fil_del SET nr = nr + 5 WHERE nr = 0",
    ],
)
def test_that_a_damaged_piece_is_found(archive, damage):
    name(archive, stage_file(archive.path, PIECES, go_on))
    driver = sqlite3.connect(archive.path)
    with driver:
        driver.execute(damage)
    driver.close()
    assert [problem.code for problem in archive.verify().problems] == ["innhold_skadet"]
    with pytest.raises(ArchiveError) as refused:
        read(archive)
    assert refused.value.code == "skadet_fil"


def test_that_a_backup_has_the_pieces(archive, tmp_path):
    name(archive, stage_file(archive.path, PIECES, go_on))
    archive.back_up(tmp_path / "kopi.motebok")
    with Archive.open(tmp_path / "kopi.motebok", bruker="", read_only=True) as copy:
        assert read(copy) == WHOLE


def test_that_an_archive_from_before_the_pieces_gets_their_table(archive):
    with archive.operation("lagre") as operation:
        digest = store_file(operation.session, b"liten")
    archive.close()
    driver = sqlite3.connect(archive.path)
    driver.execute("DROP TABLE fil_del")
    driver.close()
    with Archive.open(archive.path, bruker="", read_only=True) as old:
        assert read(old, digest) == b"liten"
        assert old.verify().ok
    with Archive.open(archive.path, bruker="Kari") as again:
        name(again, stage_file(again.path, PIECES, go_on))
        assert read(again) == WHOLE


def test_that_the_pieces_are_no_table_of_the_models():
    assert "fil_del" not in Base.metadata.tables
