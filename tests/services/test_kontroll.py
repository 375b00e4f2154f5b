"""The quality check of a meeting: silent on the example, and every planted slip at its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select, update

from desktop.models import Dagsordenpost as Post
from desktop.models import (
    Kontrollunntak,
    Moete,
    Moetedag,
    Oppmoete,
    Person,
    Sak,
    Vedlegg,
)
from desktop.richtext.tree import Figure, Paragraph, Run, Tree, tree_from_text
from desktop.rules.entity_kinds import Oppmoeterolle, Postslag, Rolle, Seksjonslag, Vedleggslag
from desktop.rules.kinds import Oppmoetestatus
from desktop.rules.kontroll import Finding, PlaceKind, Severity
from desktop.rules.states import ToppnotatTilstand
from desktop.services.before_sending import read_errors_of_referat, read_missing
from desktop.services.dagsorden import set_time
from desktop.services.deltakere import set_oppmoete
from desktop.services.eksempel import EXAMPLE_UTVALG
from desktop.services.errors import ServiceError
from desktop.services.kontroll import (
    Report,
    accept_finding,
    accepted_by,
    check_meeting,
    withdraw_acceptance,
)
from desktop.services.numbers import find_moete_id
from desktop.services.referater import Referatfelt, add_innspill, write_saksreferat
from desktop.services.saker import rename_sak, set_roles, write_forslag, write_omtale
from desktop.services.toppnotater import step_toppnotat, write_section
from desktop.services.vedlegg import add_file, remove_vedlegg
from desktop.storage.archive import Archive
from tests.cli.changes import sak as sak_of

Plant = Callable[[Archive], object]


def meeting(archive: Archive, number: str = "4/2023") -> str:
    with archive.read() as session:
        return find_moete_id(session, number, utvalg=EXAMPLE_UTVALG)


def checked(archive: Archive, number: str = "4/2023") -> Report:
    key = meeting(archive, number)
    with archive.read() as session:
        return check_meeting(session, key)


def finding(archive: Archive, rule: str, number: str = "4/2023") -> Finding:
    return next(one for one in checked(archive, number).findings if one.rule == rule)


def omtale(number: str, text: str) -> Plant:
    return lambda archive: write_omtale(
        archive, sak_id=sak_of(archive, number), tree=tree_from_text(text)
    )


def forslag(number: str, text: str) -> Plant:
    return lambda archive: write_forslag(
        archive, sak_id=sak_of(archive, number), tree=tree_from_text(text)
    )


def section(archive: Archive, number: str, slag: Seksjonslag) -> str:
    from desktop.services.toppnotater import sections_of  # noqa: PLC0415

    key = sak_of(archive, number)
    with archive.read() as session:
        return next(one.id for one in sections_of(session, key) if one.slag is slag)


def note(number: str, slag: Seksjonslag, text: str) -> Plant:
    def plant(archive: Archive) -> None:
        open_note(archive, number)
        key = section(archive, number, slag)
        write_section(archive, seksjon_id=key, tree=tree_from_text(text))

    return plant


def open_note(archive: Archive, number: str) -> None:
    from desktop.services.toppnotater import toppnotat_of  # noqa: PLC0415

    key = sak_of(archive, number)
    with archive.read() as session:
        sent = toppnotat_of(session, key).tilstand is ToppnotatTilstand.SENDT
    if sent:
        with archive.operation("plant") as op:
            toppnotat_of(op.session, key).tilstand = ToppnotatTilstand.UTKAST
    else:
        step_toppnotat(archive, sak_id=key, tilstand=ToppnotatTilstand.UTKAST)


def innspill(number: str, text: str) -> Plant:
    return lambda archive: add_innspill(
        archive, sak_id=sak_of(archive, number), tree=tree_from_text(text)
    )


def post(archive: Archive, title: str) -> str:
    key = meeting(archive)
    with archive.read() as session:
        statement = (
            select(Post.id)
            .join(Moetedag, Moetedag.id == Post.moetedag_id)
            .outerjoin(Sak, Sak.id == Post.sak_id)
            .where(Moetedag.moete_id == key, (Post.tittel == title) | (Sak.tittel == title))
        )
        return session.scalars(statement).first() or ""


def timed(title: str, minutes: int, fixed: dt.time | None = None) -> Plant:
    return lambda archive: set_time(
        archive, post_id=post(archive, title), varighet=minutes, fast_tid=fixed
    )


def without_referat(archive: Archive) -> None:
    key = sak_of(archive, "29/23")
    with archive.read() as session:
        rows = select(Vedlegg.id).where(Vedlegg.sak_id == key, Vedlegg.slag == Vedleggslag.REFERAT)
        found = session.scalars(rows).one()
    remove_vedlegg(archive, vedlegg_id=found)


def without_pause(archive: Archive) -> None:
    for title in ("Lunsj", "Pause"):
        with archive.operation("plant") as op:
            row = op.session.get(Post, post(archive, title))
            assert row is not None
            row.slag = Postslag.PUNKT
            row.tittel = f"{title}prat"


def empty_file(archive: Archive) -> None:
    add_file(archive, sak_id=sak_of(archive, "35/23"), filnavn="plan.pdf", data=b"")


def picture(archive: Archive) -> None:
    tree = Tree((Figure("0" * 64, "Oversikt over tiltakene"),))
    write_omtale(archive, sak_id=sak_of(archive, "35/23"), tree=tree)


def bad_link(archive: Archive) -> None:
    with archive.operation("plant") as op:
        row = op.session.get(Moete, meeting(archive))
        assert row is not None
        row.digital_lenke = "teams.example/moete"


def person(archive: Archive, where: Oppmoeterolle) -> str:
    key = meeting(archive, "3/2023")
    with archive.read() as session:
        statement = select(Oppmoete.person_id).where(
            Oppmoete.moete_id == key, Oppmoete.rolle == where
        )
        return session.scalars(statement.order_by(Oppmoete.rekkefoelge)).first() or ""


def away_but_late(archive: Archive) -> None:
    set_oppmoete(
        archive,
        moete_id=meeting(archive, "3/2023"),
        person_id=person(archive, Oppmoeterolle.MEDLEM),
        status=Oppmoetestatus.FORFALL,
        fra_sak_id=sak_of(archive, "20/23"),
    )


def for_a_guest(archive: Archive) -> None:
    with archive.operation("plant") as op:
        row = op.session.scalars(
            select(Oppmoete).where(
                Oppmoete.moete_id == meeting(archive, "3/2023"),
                Oppmoete.rolle == Oppmoeterolle.STEDFORTREDER,
            )
        ).first()
        assert row is not None
        row.for_id = op.session.scalars(
            select(Person.id).where(Person.id.not_in(select(Oppmoete.person_id)))
        ).first()


def guest_elsewhere(archive: Archive) -> None:
    set_oppmoete(
        archive,
        moete_id=meeting(archive, "3/2023"),
        person_id=person(archive, Oppmoeterolle.GJEST)
        or person(archive, Oppmoeterolle.SEKRETARIAT),
        rolle=Oppmoeterolle.GJEST,
        saker=[sak_of(archive, "23/23")],
    )
    with archive.operation("plant") as op:
        op.session.execute(
            update(Sak).where(Sak.id == sak_of(archive, "23/23")).values(tilstand="utsatt")
        )


def no_summary(archive: Archive) -> None:
    for number in range(17, 28):
        key = sak_of(archive, f"{number}/23")
        write_saksreferat(archive, sak_id=key, felt=Referatfelt.OPPSUMMERING, tree=Tree())


def no_vedtak(archive: Archive) -> None:
    from desktop.models import Vedtak  # noqa: PLC0415

    with archive.operation("plant") as op:
        row = op.session.scalars(
            select(Vedtak).where(Vedtak.sak_id == sak_of(archive, "22/23"))
        ).one()
        row.tekst = Tree()


BAD_TITLE = "Godkjenning av referatet fra møtet 5. oktober 2023 i Nasjonalt e-helseråd"
GOOD = "Nasjonalt e-helseråd tar saken til orientering."

PLANTED: list[tuple[str, str, str, PlaceKind, Plant]] = [
    ("4/2023", "mangler_forslag_til_vedtak", "35/23", PlaceKind.FORSLAG, forslag("35/23", "")),
    ("4/2023", "mangler_hensikt", "33/23", PlaceKind.TOPPNOTAT,
     note("33/23", Seksjonslag.HENSIKT, "")),
    ("4/2023", "mangler_sakseier", "33/23", PlaceKind.SAK, lambda archive: set_roles(
        archive, sak_id=sak_of(archive, "33/23"), rolle=Rolle.SAKSEIER, deltar=[])),
    ("3/2023", "mangler_vedtak", "22/23", PlaceKind.VEDTAK, no_vedtak),
    ("4/2023", "godkjenning_feil_dato", "29/23", PlaceKind.TITTEL, lambda archive: rename_sak(
        archive, sak_id=sak_of(archive, "29/23"), tittel=BAD_TITLE)),
    ("4/2023", "godkjenning_uten_referat", "29/23", PlaceKind.VEDLEGG, without_referat),
    ("4/2023", "dagen_gaar_over_tiden", "", PlaceKind.MOETEDAG, timed("Eventuelt", 30)),
    ("4/2023", "fast_tid_er_passert", "", PlaceKind.POST, timed("Lunsj", 30, dt.time(12))),
    ("4/2023", "hull_i_dagsorden", "", PlaceKind.POST, timed("Lunsj", 30, dt.time(12, 10))),
    ("4/2023", "lenge_uten_pause", "34/23", PlaceKind.POST, without_pause),
    ("4/2023", "ukjent_vedlegg", "35/23", PlaceKind.OMTALE, omtale("35/23", "Se vedlegg 14.")),
    ("4/2023", "ingenting_vedlagt", "34/23", PlaceKind.OMTALE,
     omtale("34/23", "Planen følger som vedlegg.")),
    ("4/2023", "fil_er_borte", "35/23", PlaceKind.VEDLEGG, empty_file),
    ("4/2023", "fil_er_borte", "35/23", PlaceKind.OMTALE, picture),
    ("4/2023", "lenke_uten_skjema", "", PlaceKind.MOETEDAG, bad_link),
    ("4/2023", "dato_finnes_ikke", "38/23", PlaceKind.SEKSJON,
     note("38/23", Seksjonslag.BAKGRUNN, "Fristen er 31.11. for alle.")),
    ("4/2023", "feil_ukedag", "38/23", PlaceKind.OMTALE, omtale("38/23", "Fredag 14. desember.")),
    ("4/2023", "gjort_etter_moetet", "38/23", PlaceKind.SEKSJON,
     note("38/23", Seksjonslag.HENSIKT, "Prosjektet leverte rapporten 15. desember.")),
    ("4/2023", "dato_motsier_arkivet", "33/23", PlaceKind.OMTALE,
     omtale("33/23", "Se sak 22/23 i Nasjonalt e-helseråd (5. oktober 2023).")),
    ("4/2023", "ukjent_sak", "33/23", PlaceKind.OMTALE, omtale("33/23", "Se sak 45/23.")),
    ("4/2023", "saksform", "33/23", PlaceKind.OMTALE, omtale("33/23", "Se sak 22-23.")),
    ("4/2023", "utvalgsnavn_boeyd", "38/23", PlaceKind.FORSLAG,
     forslag("38/23", "Nasjonalt e-helserådet støtter tiltakene.")),
    ("4/2023", "utvalgsnavn_feilskrevet", "38/23", PlaceKind.OMTALE,
     omtale("38/23", "Nasjonalt ehelseråd er spurt.")),
    ("4/2023", "vedtak_uten_utvalg", "38/23", PlaceKind.FORSLAG,
     forslag("38/23", "Tas til etterretning.")),
    ("3/2023", "innspill_uten_oppsummering", "24/23", PlaceKind.VEDTAK, no_summary),
    ("3/2023", "aktoer_i_innspill", "24/23", PlaceKind.INNSPILL,
     innspill("24/23", "Oslo kommune mente at dette haster.")),
    ("3/2023", "til_stede_og_borte", "", PlaceKind.DELTAKER, away_but_late),
    ("3/2023", "stedfortreder_for_ingen", "", PlaceKind.DELTAKER, for_a_guest),
    ("3/2023", "gjest_uten_sak", "", PlaceKind.DELTAKER, guest_elsewhere),
    ("4/2023", "plassholder", "36/23", PlaceKind.OMTALE, omtale("36/23", "Møtet er xx.xx.")),
    ("4/2023", "dobbelt_ord", "36/23", PlaceKind.OMTALE, omtale("36/23", "Vi ber om å å gå.")),
    ("4/2023", "rette_anfoerselstegn", "36/23", PlaceKind.OMTALE, omtale("36/23", 'Det er "bra".')),
    ("4/2023", "bindestrek_i_intervall", "36/23", PlaceKind.OMTALE, omtale("36/23", "2024-2026.")),
    ("4/2023", "kolon_i_klokkeslett", "36/23", PlaceKind.OMTALE, omtale("36/23", "Kl. 10:00.")),
]  # fmt: skip


@pytest.mark.parametrize("number", ["3/2023", "4/2023"])
def test_that_no_rule_speaks_on_the_example(example: Archive, number: str):
    assert checked(example, number).findings == ()


@pytest.mark.parametrize("planted", [pytest.param(row, id=f"{row[1]}-{row[3]}") for row in PLANTED])
def test_that_a_slip_planted_in_the_example_is_found_at_its_place(
    example: Archive, planted: tuple[str, str, str, PlaceKind, Plant]
):
    number, rule, sak, kind, plant = planted
    plant(example)
    report = checked(example, number)
    places = [
        (report.saker[one.place.sak_id].nummer if one.place.sak_id else "", one.place.kind)
        for one in report.findings
        if one.rule == rule
    ]
    assert (sak, kind) in places


def test_that_a_finding_points_to_the_block_of_the_text(example: Archive):
    key = sak_of(example, "33/23")
    tree = tree_from_text("Alt er i orden her.\nSe sak 45/23.")
    write_omtale(example, sak_id=key, tree=tree)
    place = finding(example, "ukjent_sak").place
    assert (place.block_id, place.span) == (tree.blocks[1].id, (7, 12))


def accept(archive: Archive, one: Finding, reason: str = "Saken er i et annet arkiv") -> str:
    return accept_finding(
        archive,
        moete_id=meeting(archive),
        regel=one.rule,
        sted=one.place.key,
        avtrykk=one.fingerprint,
        begrunnelse=reason,
    ).id


def test_that_an_accepted_finding_is_set_apart_with_its_reason_and_who(example: Archive):
    omtale("33/23", "Se sak 45/23.")(example)
    key = accept(example, finding(example, "ukjent_sak"))
    report = checked(example)
    assert report.findings == ()
    assert [(one.id, one.begrunnelse) for one in report.accepted] == [
        (key, "Saken er i et annet arkiv")
    ]
    who = accepted_by(example, key)
    assert who is not None
    assert who.av == "Kari"


def test_that_an_acceptance_no_longer_holds_when_the_text_at_the_place_changes(example: Archive):
    key = sak_of(example, "33/23")
    tree = tree_from_text("Se sak 45/23.")
    write_omtale(example, sak_id=key, tree=tree)
    accept(example, finding(example, "ukjent_sak"))
    changed = Tree((Paragraph((Run("Les om dette i sak 45/23."),), id=tree.blocks[0].id),))
    write_omtale(example, sak_id=key, tree=changed)
    report = checked(example)
    assert [one.rule for one in report.findings] == ["ukjent_sak"]
    assert report.accepted == ()


def test_that_an_acceptance_holds_when_another_sentence_changes(example: Archive):
    key = sak_of(example, "33/23")
    tree = tree_from_text("Se sak 45/23. Mer om dette.")
    write_omtale(example, sak_id=key, tree=tree)
    accept(example, finding(example, "ukjent_sak"))
    longer = Tree((Paragraph((Run("Se sak 45/23. Mye mer om dette."),), id=tree.blocks[0].id),))
    write_omtale(example, sak_id=key, tree=longer)
    assert checked(example).findings == ()


def test_that_an_acceptance_can_be_withdrawn_and_undone(example: Archive):
    omtale("33/23", "Se sak 45/23.")(example)
    key = accept(example, finding(example, "ukjent_sak"))
    example.undo()
    assert len(checked(example).findings) == 1
    example.redo()
    withdraw_acceptance(example, unntak_id=key)
    assert len(checked(example).findings) == 1
    example.undo()
    assert checked(example).findings == ()


def test_that_accepting_twice_changes_the_reason(example: Archive):
    omtale("33/23", "Se sak 45/23.")(example)
    one = finding(example, "ukjent_sak")
    assert accept(example, one) == accept(example, one, "Bedre grunn")
    with example.read() as session:
        assert session.scalars(select(Kontrollunntak.begrunnelse)).all() == ["Bedre grunn"]


def test_that_a_reason_and_a_known_rule_are_asked_for(example: Archive):
    omtale("33/23", "Se sak 45/23.")(example)
    one = finding(example, "ukjent_sak")
    with pytest.raises(ServiceError, match="tomt_felt"):
        accept(example, one, "  ")
    with pytest.raises(ServiceError, match="ukjent_regel"):
        accept_finding(
            example, moete_id=meeting(example), regel="finnes_ikke", sted="", avtrykk="",
            begrunnelse="Fordi",
        )  # fmt: skip


def test_that_errors_are_listed_before_the_innkalling_and_hints_are_not(example: Archive):
    omtale("33/23", "Se sak 45/23 kl. 10:00.")(example)
    forslag("35/23", "")(example)
    key = meeting(example)
    with example.read() as session:
        told = [line.setning for line in read_missing(session, key)]
    assert told == [
        "33/23: Sak 45/23 finnes ikke i arkivet.",
        "Sak 35/23 mangler forslag til vedtak.",
    ]
    accept(example, finding(example, "ukjent_sak"))
    accept(example, finding(example, "mangler_forslag_til_vedtak"))
    with example.read() as session:
        assert read_missing(session, key) == ()


def test_that_errors_in_the_referat_are_listed_before_it_is_sent(example: Archive):
    innspill("24/23", "Oslo kommune mente at dette haster.")(example)
    key = meeting(example, "3/2023")
    with example.read() as session:
        lines = read_errors_of_referat(session, key)
    assert [line.place and line.place.kind for line in lines] == [PlaceKind.INNSPILL]
    assert all("Oslo kommune" in line.setning for line in lines)


def test_that_severities_are_counted_apart(example: Archive):
    omtale("33/23", "Se sak 45/23 kl. 10:00.")(example)
    report = checked(example)
    assert [one.severity for one in report.errors] == [Severity.FEIL]
    assert [one.severity for one in report.hints] == [Severity.HINT]


@contextmanager
def statements(archive: Archive):
    found: list[str] = []

    def note_it(_connection, _cursor, statement, *_rest):
        found.append(statement)

    engine = archive._database.engine
    event.listen(engine, "before_cursor_execute", note_it)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note_it)


def test_that_the_check_takes_as_many_statements_whatever_the_size(example: Archive):
    counts = []
    for number in ("3/2023", "4/2023"):
        key = meeting(example, number)
        with statements(example) as found, example.read() as session:
            check_meeting(session, key)
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert counts[0] <= 24
