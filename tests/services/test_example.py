"""The example archive: what it is made of agrees with what was published."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import func, select

from desktop.models import (
    Innspill,
    Organisasjonsnavn,
    Sak,
    Toppnotat,
    Toppnotatseksjon,
    Utsendelse,
    Vedtak,
)
from desktop.richtext.plain import plain_text
from desktop.rules.entity_kinds import Postslag
from desktop.rules.kinds import Oppmoetestatus
from desktop.rules.states import MoeteTilstand, ReferatTilstand, SakTilstand
from desktop.services.eksempel import EXAMPLE_UTVALG, is_example
from desktop.services.gather import Gatherer
from desktop.services.gather_referat import gather_referat
from desktop.services.load import load_moete
from desktop.services.missing import missing_in
from desktop.services.numbers import find_moete_id
from desktop.services.papers import document_types, gather_papers
from desktop.services.snapshot import MoeteSnapshot
from desktop.storage.archive import Archive

TIMES = (
    "10:00 10:05 10:15 10:25 10:55 11:35 Lunsj 12:05 12:35 Pause 13:15 13:30 14:00 "
    "Pause 14:30 14:45 15:15 15:50"
)


def meeting(example: Archive, number: str) -> MoeteSnapshot:
    with example.read() as session:
        return load_moete(session, find_moete_id(session, number, utvalg=EXAMPLE_UTVALG))


def test_that_the_example_is_whole(example: Archive):
    assert example.verify().problems == ()
    with example.read() as session:
        assert is_example(session)


def test_that_the_clock_is_the_published_one(example: Archive):
    snapshot = meeting(example, "4/2023")
    shown = []
    for post in snapshot.rows.poster:
        start = snapshot.clocked[post.id].start
        assert start is not None
        if post.slag is not Postslag.SAK:
            shown.append(post.tittel or "")
        shown.append(f"{start:%H:%M}")
    assert " ".join(shown) == TIMES
    clock = next(iter(snapshot.clocks.values()))
    assert (f"{clock.end:%H:%M}", clock.overrun, clock.slack) == ("16:00", 0, 0)


@pytest.mark.parametrize(("number", "first", "last"), [("3/2023", 17, 27), ("4/2023", 28, 39)])
def test_that_the_saker_have_the_published_numbers(
    example: Archive, number: str, first: int, last: int
):
    snapshot = meeting(example, number)
    numbers = [snapshot.sak_number(sak.id) for sak in snapshot.saker]
    assert numbers == [f"{one}/23" for one in range(first, last + 1)]
    assert snapshot.frozen


def test_that_the_vedlegg_have_the_published_numbers(example: Archive):
    snapshot = meeting(example, "4/2023")
    numbers = [
        str(snapshot.vedlegg_numbers[row.id].number)
        for sak in snapshot.saker
        for row in snapshot.rows.vedlegg.get(sak.id, ())
    ]
    assert numbers == ["1", "2", "3", "4", "5", "6", "6A", "7", "8", "9"]


def test_that_the_held_meeting_has_a_referat_of_the_real_ones_shape(example: Archive):
    snapshot = meeting(example, "3/2023")
    assert snapshot.rows.moete.tilstand is MoeteTilstand.AVHOLDT
    assert {sak.tilstand for sak in snapshot.saker} == {SakTilstand.BEHANDLET}
    content = gather_referat(Gatherer(snapshot))
    assert content.tilstand is ReferatTilstand.OPPDATERT
    by_number = {snapshot.sak_number(one.key): one for one in content.saker}
    assert by_number["21/23"].innspill == ()
    without = [number for number, one in by_number.items() if one.vedtak is None]
    assert without == ["27/23"]
    assert any(person.digitalt for person in content.til_stede)
    assert content.stedfortredere
    assert all(person.for_navn for person in content.stedfortredere)


def test_that_the_eight_toppnotater_are_of_realistic_length(example: Archive):
    snapshot = meeting(example, "4/2023")
    notes = [sak for sak in snapshot.saker if sak.id in snapshot.rows.toppnotater]
    assert len(notes) == 8
    with example.read() as session:
        parts = session.scalars(
            select(Toppnotatseksjon)
            .join(Toppnotat)
            .where(Toppnotat.sak_id.in_(n.id for n in notes))
        )
        length = sum(len(plain_text(part.innhold)) for part in parts if part.innhold)
    assert length > 20_000


def test_that_nothing_is_missing_in_the_called_meeting(example: Archive):
    assert missing_in(meeting(example, "4/2023")) == []


def test_that_nothing_is_marked_as_changed(example: Archive):
    for number in ("3/2023", "4/2023"):
        content = Gatherer(meeting(example, number)).moete()
        assert [sak.nummer for sak in content.saker if sak.endret_etter_innkalling] == []


def test_that_the_queue_and_the_register_are_there(example: Archive):
    with example.read() as session:
        waiting = session.scalars(select(Sak).where(Sak.tilstand == SakTilstand.INNMELDT)).all()
        register = session.scalar(select(func.count()).where(Vedtak.referanse.is_not(None)))
        sent = session.scalars(select(Utsendelse)).all()
    assert len(waiting) >= 3
    assert register
    assert Counter(row.sendt is not None for row in sent)[True] >= 1


def test_that_organisations_change_their_names(example: Archive):
    with example.read() as session:
        names = session.scalars(select(Organisasjonsnavn.navn)).all()
    assert {"Direktoratet for e-helse", "Helsedirektoratet"} <= set(names)


def test_that_both_meetings_have_all_their_documents(example: Archive):
    with example.read() as session:
        for number, files in (("3/2023", 3), ("4/2023", 10)):
            snapshot = meeting(example, number)
            papers = gather_papers(session, snapshot, document_types(snapshot)).papers
            assert len(papers) >= files
            assert len({paper.filnavn for paper in papers}) == len(papers)


def test_that_no_speaker_is_named_who_did_not_ask(example: Archive):
    with example.read() as session:
        assert (
            session.scalars(select(Innspill).where(Innspill.innsender_id.is_not(None))).all() == []
        )


def test_that_attendance_has_people_away_and_on_screen(example: Archive):
    statuses = Counter(row.status for row in meeting(example, "3/2023").rows.deltakere)
    assert statuses[Oppmoetestatus.DIGITALT]
    assert statuses[Oppmoetestatus.FORFALL]
