"""What is proposed for a new meeting where an utvalg has little: no secretariat, no phrases."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.models import Dagsordenpost, Sak
from desktop.rules.entity_kinds import Fastpostslag, Plassering
from desktop.rules.kinds import Funksjon, Moeteform, Sakstype, Toppnotatstatus
from desktop.rules.phrases import PLACEHOLDERS, unfilled
from desktop.services.load import load_moete
from desktop.services.moete_proposal import day_facts, frame_of, person_choices
from desktop.services.moeter import Dag, plan_moete
from desktop.services.sak_view import load_sak_view
from desktop.services.saker import report_sak
from desktop.services.utvalg import (
    DEFAULT_END,
    DEFAULT_START,
    create_person,
    create_utvalg,
    give_verv,
)
from desktop.services.utvalg_settings import FastpostRow, set_fastposter, set_fraser
from desktop.storage.archive import Archive

DAY, NEXT = dt.date(2024, 3, 14), dt.date(2024, 6, 6)
TEN, TWO = dt.time(10), dt.time(14)


@pytest.fixture
def bare(tmp_path):
    """An archive with one utvalg, and nothing else in it."""
    with Archive.create(tmp_path / "nytt.motebok", bruker="Kari") as archive:
        yield archive, create_utvalg(archive, navn="Rådet").id


def plan(archive, utvalg, day=DAY):
    return plan_moete(archive, utvalg_id=utvalg, dager=[Dag(day, TEN, TWO)]).id


def facts(archive, utvalg, day=DAY):
    with archive.read() as session:
        return day_facts(session, utvalg, day, TEN)


def agenda(archive, moete):
    """Return the titles and minutes of a meeting in the order of its agenda."""
    with archive.read() as session:
        found = (
            session.query(Sak.tittel, Dagsordenpost.varighet)
            .join(Dagsordenpost, Dagsordenpost.sak_id == Sak.id)
            .where(Sak.moete_id == moete)
            .order_by(Dagsordenpost.rekkefoelge)
        )
        return [tuple(row) for row in found]


def post(title, *, slag=Fastpostslag.EVENTUELT, phrase=None, placing=Plassering.SIST):
    return FastpostRow(
        None, slag, title, Sakstype.ORIENTERING, 10, placing, Toppnotatstatus.INGEN, phrase
    )


def test_that_an_utvalg_with_nobody_in_it_gets_a_frame_a_number_and_its_fixed_posts(bare):
    archive, utvalg = bare
    with archive.read() as session:
        frame = frame_of(session, utvalg)
        assert person_choices(session, utvalg, DAY) == ()
    assert (frame.fra, frame.til, frame.sted) == (DEFAULT_START, DEFAULT_END, "")
    assert (frame.form, frame.digital_lenke) == (Moeteform.FYSISK, "")
    found = facts(archive, utvalg)
    assert (found.nummer, found.antall_medlemmer) == ("1/2024", 0)
    assert (found.leder_id, found.sekretaer_id) == (None, None)
    titles = [one.tittel for one in found.fastposter]
    assert titles == [title for title, _minutes in agenda(archive, plan(archive, utvalg))]
    assert "Orientering fra sekretariatet" in titles
    assert [unfilled(title) for title in titles] == [()] * len(titles)


def test_that_members_without_a_secretary_are_counted_and_no_referent_is_proposed(bare):
    archive, utvalg = bare
    for name, funksjon in (("Leder", Funksjon.LEDER), ("Medlem", Funksjon.MEDLEM)):
        person = create_person(archive, fornavn=name, etternavn="Prøve").id
        give_verv(
            archive,
            utvalg_id=utvalg,
            person_id=person,
            organisasjon_id=None,
            funksjon=funksjon,
        )
    found = facts(archive, utvalg)
    with archive.read() as session:
        led = {one.id: one.navn for one in person_choices(session, utvalg, DAY)}
    assert found.antall_medlemmer == 2
    assert led[found.leder_id] == "Leder Prøve"
    assert found.sekretaer_id is None
    moete = plan(archive, utvalg)
    with archive.read() as session:
        loaded = load_moete(session, moete)
        assert frame_of(session, utvalg).referent_id is None
    assert loaded.meeting_number() == found.nummer


def test_that_an_utvalg_without_fixed_posts_gets_an_empty_agenda(bare):
    archive, utvalg = bare
    set_fastposter(archive, utvalg_id=utvalg, fastposter=[])
    assert facts(archive, utvalg).fastposter == ()
    assert agenda(archive, plan(archive, utvalg)) == []
    assert facts(archive, utvalg, NEXT).nummer == "2/2024"


def test_that_a_fixed_post_without_a_phrase_comes_without_a_vedtak(bare):
    archive, utvalg = bare
    referat = post("Godkjenning av referat", slag=Fastpostslag.REFERAT, placing=Plassering.FOERST)
    set_fastposter(archive, utvalg_id=utvalg, fastposter=[referat, post("Eventuelt")])
    assert [one.tittel for one in facts(archive, utvalg).fastposter] == ["Eventuelt"]
    plan(archive, utvalg)
    assert [one.tittel for one in facts(archive, utvalg, NEXT).fastposter] == [
        "Godkjenning av referat",
        "Eventuelt",
    ]
    moete = plan(archive, utvalg, NEXT)
    with archive.read() as session:
        saker = session.query(Sak).where(Sak.moete_id == moete).all()
        assert len(saker) == 2
        assert {sak.forslag_til_vedtak for sak in saker} == {None}


def test_that_a_sak_of_an_utvalg_without_phrases_proposes_none(bare):
    archive, utvalg = bare
    set_fraser(archive, utvalg_id=utvalg, fraser=[])
    moete = plan(archive, utvalg)
    sak = report_sak(archive, utvalg_id=utvalg, tittel="Journal", sakstype=Sakstype.DROEFTING).id
    with archive.read() as session:
        assert load_sak_view(session, sak).phrases == ()
        posts = [load_sak_view(session, one.id) for one in load_moete(session, moete).saker]
    assert posts
    assert {one.phrases for one in posts} == {()}


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    posts=st.lists(
        st.tuples(
            st.sampled_from(Fastpostslag),
            st.lists(st.sampled_from([*PLACEHOLDERS, ""]), min_size=1, max_size=3),
            st.sampled_from(Plassering),
            st.booleans(),
        ),
        max_size=4,
    ),
    meetings=st.integers(0, 2),
)
def test_that_what_is_shown_before_planning_is_what_the_meeting_gets(
    tmp_path_factory, posts, meetings
):
    """Whatever placeholders the titles have, and whether or not there is a meeting before."""
    path = tmp_path_factory.mktemp("forslag") / "a.motebok"
    with Archive.create(path, bruker="Kari") as archive:
        utvalg = create_utvalg(archive, navn="Rådet").id
        rows = [
            post(
                "Post " + " ".join(f"{{{name}}}" if name else "–" for name in names),
                slag=slag,
                placing=placing,
                phrase="{utvalg} tok {tema} til orientering." if has_phrase else None,
            )
            for slag, names, placing, has_phrase in posts
        ]
        set_fastposter(archive, utvalg_id=utvalg, fastposter=rows)
        for number in range(meetings):
            plan(archive, utvalg, DAY + dt.timedelta(number))
        shown = facts(archive, utvalg, NEXT)
        moete = plan(archive, utvalg, NEXT)
        assert agenda(archive, moete) == [(one.tittel, one.varighet) for one in shown.fastposter]
        assert shown.nummer == f"{meetings + 1}/2024"
        assert not any("{utvalg}" in one.tittel for one in shown.fastposter)
        assert not any("{sekretariat}" in one.tittel for one in shown.fastposter)
