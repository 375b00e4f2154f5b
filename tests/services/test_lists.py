"""What the further documents are gathered from."""

import datetime as dt
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.documents.content_lists import OppfoelgingContent
from desktop.i18n.sorting import sort_key
from desktop.models import Moete, Oppfoelging
from desktop.rules.entity_kinds import Postslag
from desktop.rules.kinds import Maalform
from desktop.rules.standing import Standing
from desktop.rules.states import OppfoelgingTilstand, ReferatTilstand
from desktop.services.dagsorden import postpone_sak
from desktop.services.errors import ServiceError
from desktop.services.gather_commitments import by_owner
from desktop.services.load import load_moete
from desktop.services.numbers import find_moete_id, find_sak_id, find_utvalg_id
from desktop.services.oppfoelging import create_oppfoelging, update_oppfoelging
from desktop.services.papers import Dokumenttype, further_types, gather_papers, write_papers
from desktop.services.papers_chosen import gather_chosen
from desktop.services.papers_register import gather_register_papers, protocol_years
from desktop.services.papers_view import Papirtilstand, read_papers
from desktop.services.utvalg import create_utvalg
from desktop.storage.archive import Archive
from tests.documents.check_docx import check_docx

BODY = "Nasjonalt e-helseråd"
DAY = dt.date(2023, 11, 20)
WRITTEN = dt.datetime(2023, 11, 30, 9, 0)  # noqa: DTZ001


@pytest.fixture
def archive(example_path, tmp_path):
    with Archive.open(shutil.copy(example_path, tmp_path / "a.motebok"), bruker="Kari") as opened:
        yield opened


def read(archive, function):
    with archive.read() as session:
        return function(session)


def of_meeting(archive, number, slag, **more):
    def gather(session):
        snapshot = load_moete(session, find_moete_id(session, number))
        return gather_papers(session, snapshot, [slag], **more).papers

    return read(archive, gather)


def of_body(archive, slag, body=BODY, **more):
    return read(
        archive,
        lambda session: gather_register_papers(
            session, slag, find_utvalg_id(session, body), **more
        ),
    )


def commitments(archive, today=DAY):
    papers = of_body(archive, Dokumenttype.OPPFOELGINGSLISTE, today=today).papers
    assert [paper.filnavn.rpartition(".")[2] for paper in papers] == ["docx", "xlsx"]
    assert papers[0].innhold == papers[1].innhold
    return papers[0].innhold


def test_that_the_kjoereplan_has_the_clock_and_the_presenters_of_the_agenda(archive):
    [paper] = of_meeting(archive, "4/2023", Dokumenttype.KJOEREPLAN)
    [day] = paper.innhold.dager
    posts = [post for post in day if post.slag is Postslag.SAK]
    assert len(posts) == 12
    assert (posts[3].start, posts[3].slutt) == (dt.time(10, 25), dt.time(10, 55))
    assert all(post.presentatoerer for post in posts)
    assert [one.start for one in day[1:]] == [one.slutt for one in day[:-1]]
    assert paper.innhold.moeteleder.navn == "Ragnhild Tveiten"


def test_that_a_postponed_sak_keeps_its_row_without_a_clock(archive):
    postpone_sak(archive, sak_id=read(archive, lambda s: find_sak_id(s, "33/23")))
    [paper] = of_meeting(archive, "4/2023", Dokumenttype.KJOEREPLAN)
    keyed = {sak.key: sak.nummer for sak in paper.innhold.moete.saker}
    posts = {keyed[post.sak_key]: post for post in paper.innhold.dager[0] if post.sak_key}
    assert posts["33/23"].start is None
    assert posts["34/23"].start is not None


def test_that_the_protocol_of_a_meeting_tells_what_was_adopted_as_proposed(archive):
    [paper] = of_meeting(archive, "3/2023", Dokumenttype.VEDTAKSPROTOKOLL)
    [meeting] = paper.innhold.moeter
    outcome = {one.nummer: one.som_foreslaatt for one in meeting.vedtak}
    assert len(outcome) == 10
    assert (outcome["17/23"], outcome["20/23"]) == (True, False)
    assert (meeting.referat, paper.innhold.aar) == (ReferatTilstand.OPPDATERT, None)


def test_that_the_protocol_of_a_year_has_the_meetings_with_vedtak(archive):
    [paper] = of_body(archive, Dokumenttype.VEDTAKSPROTOKOLL, aar=2023).papers
    assert [one.nummer for one in paper.innhold.moeter] == ["3/2023"]
    assert paper.filnavn == "Vedtaksprotokoll 2023 foreløpig.docx"
    [empty] = of_body(archive, Dokumenttype.VEDTAKSPROTOKOLL, aar=2019).papers
    assert (empty.innhold.moeter, empty.innhold.registrerte) == ((), ())


def test_that_the_year_is_that_of_the_day_where_none_is_given(archive):
    [paper] = of_body(archive, Dokumenttype.VEDTAKSPROTOKOLL, today=DAY).papers
    assert paper.innhold.aar == 2023


def test_that_the_years_with_vedtak_are_known_newest_first(archive):
    def years(body):
        return read(archive, lambda s: protocol_years(s, find_utvalg_id(s, body)))

    assert years(BODY) == (2023,)
    assert list(years("NUFA")) == sorted(years("NUFA"), reverse=True)
    assert 2022 in years("NUFA")
    for year in years("NUFA"):
        [paper] = of_body(archive, Dokumenttype.VEDTAKSPROTOKOLL, "NUFA", aar=year).papers
        assert paper.innhold.registrerte


def test_that_an_unknown_utvalg_has_no_documents(archive):
    with pytest.raises(ServiceError, match="finnes_ikke_lenger"):
        read(
            archive,
            lambda s: gather_register_papers(s, Dokumenttype.VEDTAKSPROTOKOLL, "borte"),
        )


def test_that_the_only_utvalg_needs_no_name_and_of_several_one_must_be_named(archive, tmp_path):
    with pytest.raises(ServiceError, match="flere_utvalg"):
        read(archive, lambda session: find_utvalg_id(session, None))
    with Archive.create(tmp_path / "ny.motebok", bruker="Kari") as alone:
        with pytest.raises(ServiceError, match="ingen_utvalg"):
            read(alone, lambda session: find_utvalg_id(session, None))
        only = create_utvalg(alone, navn="Rådet").id
        assert read(alone, lambda session: find_utvalg_id(session, None)) == only


def test_that_the_list_has_the_open_commitments_alone(archive):
    content = commitments(archive)
    assert {row.tilstand for row in content.rader} == {
        OppfoelgingTilstand.AAPEN, OppfoelgingTilstand.PAAGAAR,
    }  # fmt: skip
    assert len(content.rader) == 4
    assert (content.neste_moete, content.neste_nummer) == (dt.date(2023, 12, 14), "4/2023")


def test_that_what_is_late_or_due_before_the_next_meeting_stands_out(archive):
    stands = {row.frist: row.stand for row in commitments(archive).rader}
    assert stands == {
        dt.date(2023, 11, 17): Standing.FORFALT,
        dt.date(2023, 11, 30): Standing.FOER_MOETET,
        dt.date(2024, 2, 1): Standing.AAPEN,
        dt.date(2024, 6, 28): Standing.AAPEN,
    }


def test_that_a_commitment_leaves_the_list_when_it_is_done(archive):
    with archive.read() as session:
        key = session.scalar(
            select(Oppfoelging.id).where(Oppfoelging.tilstand == OppfoelgingTilstand.PAAGAAR)
        )
    update_oppfoelging(
        archive, oppfoelging_id=key, dato=DAY, tekst="Levert.", tilstand=OppfoelgingTilstand.FERDIG
    )
    assert len(commitments(archive).rader) == 3


def test_that_a_commitment_of_nobody_comes_last_and_of_a_person_alone_under_the_name(archive):
    utvalg = read(archive, lambda s: find_utvalg_id(s, BODY))
    create_oppfoelging(archive, utvalg_id=utvalg, oppgave="Finne en eier.", frist=DAY)
    last = commitments(archive).rader[-1]
    assert (last.eier, last.person, last.oppgave) == ("", "", "Finne en eier.")


@given(
    st.lists(
        st.builds(
            OppfoelgingContent,
            oppgave=st.text(max_size=3),
            eier=st.sampled_from(["", "KS", "ks", "Ålesund", "Aas", "Oslo", "Ås 10", "Ås 9"]),
            frist=st.none() | st.dates(dt.date(2023, 1, 1), dt.date(2023, 1, 9)),
        ),
        max_size=12,
    )
)
def test_that_each_owner_has_one_table_and_the_deadlines_are_in_order(rows):
    found = sorted(rows, key=by_owner)
    owners = [row.eier for row in found]
    groups = [one for place, one in enumerate(owners) if not place or owners[place - 1] != one]
    assert len(groups) == len(set(owners))
    assert "" not in groups[:-1]
    named = [sort_key(one) for one in groups if one]
    assert named == sorted(named)
    for one in groups:
        deadlines = [row.frist or dt.date.max for row in found if row.eier == one]
        assert deadlines == sorted(deadlines)


def test_that_every_kind_of_a_meeting_is_written_sound_in_both_languages(rich):
    with rich.archive.read() as session:
        meetings = session.scalars(select(Moete.id)).all()
    faults = {}
    for key in meetings:
        for maalform in Maalform:
            written = write_papers(papers_of(rich.archive, key, maalform), created=WRITTEN)
            for paper in written:
                if paper.filnavn.endswith(".docx"):
                    faults[key, paper.filnavn] = check_docx(paper.data)
    assert len(faults) > 10
    assert {name: found for name, found in faults.items() if found} == {}


def papers_of(archive, moete_id, maalform):
    def gather(session):
        snapshot = load_moete(session, moete_id)
        return gather_papers(
            session, snapshot, further_types(snapshot), maalform=maalform, today=DAY
        )

    return read(archive, gather)


# The tab


def overview(archive, number):
    return read(archive, lambda s: read_papers(s, find_moete_id(s, number)))


def test_that_the_tab_lists_what_can_be_made_by_now(archive):
    kinds = [line.slag for line in overview(archive, "4/2023").andre]
    assert kinds == [
        Dokumenttype.SAKSLISTE, Dokumenttype.KJOEREPLAN, Dokumenttype.SAERUTSKRIFT,
        Dokumenttype.OPPFOELGINGSLISTE,
    ]  # fmt: skip
    held = {line.slag: line.tilstand for line in overview(archive, "3/2023").andre}
    assert held[Dokumenttype.VEDTAKSPROTOKOLL] is Papirtilstand.OPPDATERT
    assert held[Dokumenttype.OPPFOELGINGSLISTE] is Papirtilstand.LOEPENDE
    assert [sak.nummer for sak in overview(archive, "3/2023").saker] == [
        f"{number}/23" for number in range(17, 28)
    ]


def test_that_the_saerutskrift_that_is_chosen_does_not_limit_the_toppnotater(archive):
    found = overview(archive, "4/2023")
    keys = [line.key for line in (*found.papirer, *found.andre)]
    asked = [
        (slag, found.saker[0].sak_id if slag is Dokumenttype.SAERUTSKRIFT else sak)
        for slag, sak in keys
    ]
    papers = read(archive, lambda s: gather_chosen(s, found.moete_id, asked)).papers
    assert sum(paper.slag is Dokumenttype.TOPPNOTAT for paper in papers) == 8
    assert sum(paper.slag is Dokumenttype.SAERUTSKRIFT for paper in papers) == 1
    assert [paper.slag for paper in papers][-2:] == [Dokumenttype.OPPFOELGINGSLISTE] * 2


def test_that_a_saerutskrift_of_no_sak_is_left_out(archive):
    found = overview(archive, "4/2023")
    for sak in (None, "borte"):
        asked = [(Dokumenttype.SAERUTSKRIFT, sak)]
        assert read(archive, lambda s, a=asked: gather_chosen(s, found.moete_id, a)).papers == ()
