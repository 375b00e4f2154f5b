"""What the tab Dokumenter reads: states, what is new, and a constant number of statements."""

import datetime as dt
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from desktop.rules.states import ReferatTilstand
from desktop.services.access import all_utvalg
from desktop.services.before_sending import read_missing
from desktop.services.dagsorden import place_sak
from desktop.services.innkalling import finish_innkalling
from desktop.services.load import load_moete
from desktop.services.moeter import Dag, plan_moete
from desktop.services.numbers import find_moete_id
from desktop.services.papers import Dokumenttype
from desktop.services.papers_chosen import gather_chosen
from desktop.services.papers_view import (
    Nyhet,
    Papirtilstand,
    read_news,
    read_papers,
    read_recipients,
    read_stored,
)
from desktop.services.saker import report_sak

NOW = dt.datetime(2024, 2, 1, 9)  # noqa: DTZ001


@contextmanager
def statements(archive):
    found = []

    def note(_connection, _cursor, statement, *_):
        found.append(statement)

    engine = archive._database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def utvalg_id(archive):
    with archive.read() as session:
        return all_utvalg(session)[0].id


def planned(archive, saker):
    day = Dag(dt.date(2024, 3, 14), dt.time(9), dt.time(16))
    moete = plan_moete(archive, utvalg_id=utvalg_id(archive), dager=[day]).id
    for number in range(saker):
        add(archive, moete, f"Sak nummer {number}")
    return moete


def add(archive, moete, title):
    with archive.read() as session:
        day = load_moete(session, moete).rows.dager[0].id
    sak = report_sak(archive, utvalg_id=utvalg_id(archive), tittel=title).id
    place_sak(archive, sak_id=sak, moetedag_id=day, varighet=10)
    return sak


def moete(archive, number):
    with archive.read() as session:
        return find_moete_id(session, number, utvalg="Nasjonalt e-helseråd")


def overview(archive, key):
    with archive.read() as session:
        return read_papers(session, key)


@pytest.mark.parametrize("read", [read_papers, read_missing, read_recipients])
def test_that_a_big_meeting_takes_as_many_statements_as_a_small_one(example, read):
    counts = []
    for saker in (1, 9):
        key = planned(example, saker)
        with example.read() as session, statements(example) as found:
            read(session, key)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 20


def test_that_papers_are_provisional_until_frozen_and_marked_when_changed(example):
    key = planned(example, 2)
    assert {line.tilstand for line in overview(example, key).papirer} == {Papirtilstand.FORELOEPIG}
    finish_innkalling(example, moete_id=key, now=NOW)
    lines = overview(example, key).papirer
    assert {line.tilstand for line in lines} == {Papirtilstand.FERDIGSTILT}
    late = add(example, key, "En sen sak")
    states = {line.key: line.tilstand for line in overview(example, key).papirer}
    assert states[Dokumenttype.INNKALLING, None] is Papirtilstand.ENDRET
    assert states[Dokumenttype.TOPPNOTAT, late] is Papirtilstand.FORELOEPIG
    assert states[lines[1].key] is Papirtilstand.FERDIGSTILT


def test_that_what_is_new_is_listed_with_late_saker_and_changed_times(example):
    key = planned(example, 1)
    with example.read() as session:
        assert read_news(example, session, key) == ()
    finish_innkalling(example, moete_id=key, now=NOW)
    with example.read() as session:
        assert read_news(example, session, key) == ()
    late = add(example, key, "En sen sak")
    with example.read() as session:
        news = read_news(example, session, key)
    assert (news[0].slag, news[0].sak_id) == (Nyhet.SEN_SAK, late)
    changed = [line for line in news if line.slag is Nyhet.ENDRET_TID]
    assert changed
    assert all(line.foer != line.naa for line in changed)


def test_that_the_chosen_documents_alone_are_gathered_in_the_order_of_the_list(example):
    key = moete(example, "4/2023")
    keys = [line.key for line in overview(example, key).papirer]
    chosen = [keys[-1], keys[3], keys[0]]
    with example.read() as session:
        papers = gather_chosen(session, key, chosen)
    assert [(paper.slag, paper.sak_id) for paper in papers.papers] == chosen[::-1]


def test_that_the_members_of_the_date_come_first_and_are_proposed(example):
    with example.read() as session:
        people = read_recipients(session, moete(example, "3/2023"))
    proposed = [line.foreslaatt for line in people]
    assert proposed == sorted(proposed, reverse=True)
    assert 0 < sum(proposed) < len(people)


def test_that_a_step_the_referat_cannot_take_says_why(example):
    called, held = moete(example, "4/2023"), moete(example, "3/2023")
    way = overview(example, called).referat
    assert not way.held
    assert "avholdt" in way.refused[ReferatTilstand.TIL_KOMMENTAR]
    way = overview(example, held).referat
    assert ReferatTilstand.GODKJENT not in way.refused
    assert [sak.nummer for sak in way.godkjennere] == ["29/23"]
    assert way.proposed_deadline(dt.date(2023, 10, 6)).weekday() < 5


def test_that_stored_files_are_read_byte_for_byte(example):
    line = overview(example, moete(example, "4/2023")).utsendelser[0]
    with example.read() as session:
        stored = read_stored(session, line.filer)
    assert [file.filnavn for file in stored] == [file.filnavn for file in line.filer]
    assert all(file.data.startswith(b"PK") for file in stored)
