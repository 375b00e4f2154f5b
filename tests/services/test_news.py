"""What counts as news after an innkalling was frozen, also where no clock time moves."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.rules.entity_kinds import Postslag, Utsendelseslag
from desktop.services.agenda_view import load_agenda_view
from desktop.services.dagsorden import add_post, postpone_sak, remove_post, withdraw_sak
from desktop.services.errors import ServiceError
from desktop.services.members import delete_verv
from desktop.services.papers_view import Nyhet, Papirtilstand, read_news, read_papers
from tests.services.hus import Hus

OCTOBER = dt.date(2023, 10, 4)


def plain_meeting(hus: Hus) -> tuple[str, str, str]:
    """Return a called meeting with one sak and a last row, and their keys."""
    moete = hus.empty_plan(OCTOBER)
    sak = hus.placed(moete, "A")
    last = add_post(
        hus.archive, moetedag_id=hus.days(moete)[0], slag=Postslag.PUNKT, tittel="Omvisning"
    ).id
    hus.freeze(moete)
    return moete, sak, last


def news(hus: Hus, moete: str) -> list[Nyhet]:
    with hus.archive.read() as session:
        return [line.slag for line in read_news(hus.archive, session, moete)]


def test_that_a_last_row_that_was_removed_is_news(hus: Hus):
    moete, _sak, last = plain_meeting(hus)
    assert news(hus, moete) == []
    remove_post(hus.archive, post_id=last)
    assert hus.moete(moete).changed_times == frozenset()
    assert news(hus, moete) == [Nyhet.RAMME]
    hus.freeze(moete)
    assert hus.sent_kinds(moete)[-1] == (Utsendelseslag.OPPDATERT_INNKALLING, 1)
    assert news(hus, moete) == []


def test_that_a_row_that_came_and_went_after_the_innkalling_is_no_news(hus: Hus):
    moete, _sak, _last = plain_meeting(hus)
    made = add_post(
        hus.archive, moetedag_id=hus.days(moete)[0], slag=Postslag.PAUSE, tittel="Kaffe"
    ).id
    remove_post(hus.archive, post_id=made)
    with pytest.raises(ServiceError, match="ingenting_nytt"):
        hus.prepare(moete)


@pytest.mark.parametrize("verb", [postpone_sak, withdraw_sak])
def test_that_the_last_sak_is_marked_when_it_goes_out_and_shifts_nobody(hus: Hus, verb):
    moete = hus.empty_plan(OCTOBER)
    hus.placed(moete, "A")
    last = hus.placed(moete, "B")
    hus.freeze(moete)
    verb(hus.archive, sak_id=last)
    with hus.archive.read() as session:
        line = load_agenda_view(session, moete).line_of(last)
        agenda = read_papers(session, moete).papirer[0]
    assert line is not None
    assert line.is_out
    assert line.time_changed
    assert agenda.tilstand is Papirtilstand.ENDRET
    assert news(hus, moete) == [Nyhet.ENDRET_TID]


def test_that_a_new_row_marks_itself_and_the_agenda(hus: Hus):
    moete, _sak, _last = plain_meeting(hus)
    made = add_post(
        hus.archive, moetedag_id=hus.days(moete)[0], slag=Postslag.PAUSE, tittel="Kaffe"
    ).id
    with hus.archive.read() as session:
        lines = load_agenda_view(session, moete).lines
        agenda = read_papers(session, moete).papirer[0]
    assert [line.key for line in lines if line.text_changed] == [made]
    assert agenda.tilstand is Papirtilstand.ENDRET


def test_that_a_seat_that_was_deleted_is_news(hus: Hus):
    moete, _sak, _last = plain_meeting(hus)
    delete_verv(hus.archive, verv_id=hus.key["verv_leder"])
    assert news(hus, moete) == [Nyhet.RAMME]
