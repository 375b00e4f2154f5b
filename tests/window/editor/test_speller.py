"""The speller never waits, remembers what it was told, and lives without its process."""

import pytest

from desktop.services.known_words import known_words
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.text import speller as module
from desktop.viewmodels.text.own_words import OwnWords
from desktop.viewmodels.text.speller import Speller


@pytest.fixture
def own(tmp_path):
    return OwnWords(Preferences(tmp_path / "motebok.ini"))


@pytest.fixture
def speller(qtbot, own):
    made = Speller("nb", own)
    yield made
    made.close()


def test_that_a_word_counts_as_right_until_the_answer_is_there(qtbot, speller):
    with qtbot.waitSignal(speller.learned, timeout=10_000) as told:
        assert speller.wrong(["vedtak", "vedtakk"]) == set()
    assert told.args == [{"vedtakk"}]
    assert speller.wrong(["vedtak", "vedtakk"]) == {"vedtakk"}


def test_that_suggestions_arrive_by_themselves(qtbot, speller):
    got = []
    speller.suggest("vedtakk", got.append)
    assert got == []
    qtbot.waitUntil(lambda: bool(got), timeout=10_000)
    assert "vedtak" in got[0]


def test_that_an_own_word_is_right_at_once_and_after_a_restart(qtbot, speller, own, tmp_path):
    with qtbot.waitSignal(speller.learned, timeout=10_000):
        speller.wrong(["Kvarkelid"])
    with qtbot.waitSignal(speller.learned):
        speller.add("Kvarkelid")
    assert speller.wrong(["Kvarkelid"]) == set()
    assert "Kvarkelid" in OwnWords(Preferences(tmp_path / "motebok.ini"))
    own.remove("Kvarkelid")
    assert "Kvarkelid" not in OwnWords(Preferences(tmp_path / "motebok.ini"))


def test_that_the_names_of_the_archive_are_right_also_in_the_genitive(qtbot, speller, desk):
    names = desk.read(known_words)
    assert {"Nasjonalt", "NUFA"} <= names
    speller.set_names([*names, "Tveitsund"])
    with qtbot.waitSignal(speller.learned, timeout=10_000):
        assert speller.wrong(["Tveitsund", "Tveitsunds", "Tveitsnud"]) == set()
    assert speller.wrong(["Tveitsund", "Tveitsunds", "Tveitsnud"]) == {"Tveitsnud"}


def test_that_a_process_that_dies_is_started_again(qtbot, speller):
    with qtbot.waitSignal(speller.learned, timeout=10_000):
        speller.wrong(["vedtakk"])
    process = speller._process
    process.kill()
    qtbot.waitUntil(lambda: speller._process is None, timeout=10_000)
    with qtbot.waitSignal(speller.learned, timeout=10_000):
        speller.wrong(["feill"])
    assert speller.wrong(["feill", "vedtakk"]) == {"feill", "vedtakk"}


def test_that_writing_goes_on_where_the_process_cannot_start(qtbot, own, monkeypatch):
    monkeypatch.setattr(module, "_command", lambda _language: ("/finnes/ikke", []))
    speller = Speller("nb", own)
    got = []
    for _ in range(5):
        assert speller.wrong(["vedtakk"]) == set()
        speller.suggest("vedtakk", got.append)
        qtbot.wait(80)
    assert got == [[]] * 5
    assert speller.wrong(["vedtakk"]) == set()
