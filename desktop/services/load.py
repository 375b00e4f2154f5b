"""Loading a meeting with everything on it, in twelve statements whatever its size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Executable, and_, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from desktop.models import (
    Aksjonspunkt,
    Base,
    Innspill,
    Moete,
    Moetedag,
    Oppmoete,
    OppmoeteSak,
    Organisasjonsnavn,
    Person,
    Referat,
    Sak,
    Saksreferat,
    Saksrolle,
    TidligereVedtak,
    Toppnotat,
    Toppnotatseksjon,
    Utsendelse,
    Utsendelsefil,
    Utvalg,
    Vedtak,
    Verv,
)
from desktop.rules.kinds import Funksjon
from desktop.services.load_agenda import (
    Joined,
    Reading,
    columns_of,
    grouped,
    load_placed,
    made,
    moete_reading,
    post_reading,
    read_moete,
    read_vedlegg,
    table_of,
)
from desktop.services.moete_rows import MoeteRows, Series
from desktop.services.rows import (
    AksjonspunktRow,
    DagRow,
    DeltakerRow,
    InnspillRow,
    MoeteRow,
    NavnRow,
    ReferatRow,
    RolleRow,
    SaksreferatRow,
    SeksjonRow,
    TidligereVedtakRow,
    ToppnotatRow,
    UtsendelsefilRow,
    VedtakRow,
)
from desktop.services.snapshot import MoeteSnapshot

MEMBER_SEATS = frozenset({Funksjon.LEDER, Funksjon.MEDLEM})
_GROUP_SEPARATOR = " "
_MAKE_DELTAKER: Callable[..., DeltakerRow] = DeltakerRow


def load_moete(session: Session, moete_id: str) -> MoeteSnapshot:
    """Return a meeting with everything on it, numbers and clock computed.

    Raises:
        ServiceError: `ukjent_moete` if there is no such meeting.
    """
    return MoeteSnapshot(load_moete_rows(session, moete_id))


def load_moete_rows(session: Session, moete_id: str) -> MoeteRows:
    """Return a meeting with everything on it.

    Raises:
        ServiceError: `ukjent_moete` if there is no such meeting.
    """
    here = {"moete": moete_id}
    found = read_moete(session, moete_id, _moete_reading())
    moete, utvalg, serie, _, referat = found[0]
    dager = tuple(row[3] for row in found if row[3])
    poster = _post_reading().read(session, here)
    return MoeteRows(
        moete=moete,
        utvalg=utvalg,
        serie=serie or Series(),
        referat=referat,
        dager=dager,
        poster=tuple(row[0] for row in poster),
        saker={row[1].id: row[1] for row in poster if row[1]},
        toppnotater={row[2].sak_id: row[2] for row in poster if row[2]},
        saksreferater={row[3].sak_id: row[3] for row in poster if row[3]},
        vedtak={row[4].sak_id: row[4] for row in poster if row[4]},
        vedlegg=grouped("sak_id", read_vedlegg(session, moete_id)),
        plasserte=tuple(load_placed(session, moete.utvalg_id, moete.aar)),
        roller=grouped("sak_id", made(RolleRow, session.execute(_roller(), here))),
        seksjoner=grouped("toppnotat_id", made(SeksjonRow, session.execute(_seksjoner(), here))),
        tidligere_vedtak=grouped(
            "toppnotat_id", made(TidligereVedtakRow, session.execute(_tidligere_vedtak(), here))
        ),
        deltakere=_deltakere(session, moete, dager),
        innspill=grouped("saksreferat_id", made(InnspillRow, session.execute(_innspill(), here))),
        aksjonspunkter=grouped(
            "saksreferat_id", made(AksjonspunktRow, session.execute(_aksjonspunkter(), here))
        ),
        utsendelser=tuple(made(UtsendelsefilRow, session.execute(_utsendelser(), here))),
        navn=tuple(load_organisation_names(session)),
    )


def statements_of_moete() -> Iterator[Callable[[Session], object]]:
    """Yield reads that each ask one statement of `load_moete` about a meeting that is not there."""
    here = {"moete": ""}
    yield lambda session: _moete_reading().read(session, here)
    yield lambda session: _post_reading().read(session, here)
    yield lambda session: read_vedlegg(session, "")
    yield lambda session: load_placed(session, "", 0)
    for made_of in (
        _roller,
        _seksjoner,
        _tidligere_vedtak,
        _innspill,
        _aksjonspunkter,
        _utsendelser,
    ):
        yield partial(_ask, made_of, here)
    nobody = here | {"utvalg": "", "dato": dt.date.min}
    yield partial(_ask, _deltaker_statement, nobody)
    yield load_organisation_names


def _ask(
    statement: Callable[[], Executable], about: Mapping[str, object], session: Session
) -> object:
    return session.execute(statement(), about)


@cache
def _moete_reading() -> Reading:
    same = table_of(Referat).c.moete_id == table_of(Moete).c.id
    return moete_reading(Joined(Referat, ReferatRow, same))


@cache
def _post_reading() -> Reading:
    parts: list[tuple[type[Base], type[Any]]] = [
        (Toppnotat, ToppnotatRow),
        (Saksreferat, SaksreferatRow),
        (Vedtak, VedtakRow),
    ]
    sak = table_of(Sak)
    return post_reading(*(Joined(one, r, table_of(one).c.sak_id == sak.c.id) for one, r in parts))


def _in_moete() -> ColumnElement[bool]:
    return Sak.moete_id == bindparam("moete")


@cache
def _roller() -> Executable:
    return (
        select(*columns_of(Saksrolle, RolleRow), Person.fornavn, Person.etternavn)
        .join(Sak, Sak.id == Saksrolle.sak_id)
        .outerjoin(Person, Person.id == Saksrolle.person_id)
        .where(_in_moete())
        .order_by(Saksrolle.rolle, Saksrolle.rekkefoelge, Saksrolle.id)
    )


@cache
def _seksjoner() -> Executable:
    return (
        select(*columns_of(Toppnotatseksjon, SeksjonRow))
        .join(Toppnotat, Toppnotat.id == Toppnotatseksjon.toppnotat_id)
        .join(Sak, Sak.id == Toppnotat.sak_id)
        .where(_in_moete())
        .order_by(Toppnotatseksjon.rekkefoelge, Toppnotatseksjon.id)
    )


@cache
def _tidligere_vedtak() -> Executable:
    earlier = aliased(Sak)
    first_day = (
        select(func.min(Moetedag.dato)).where(Moetedag.moete_id == earlier.moete_id)
    ).scalar_subquery()
    return (
        select(
            *columns_of(TidligereVedtak, TidligereVedtakRow)[:6],
            Vedtak.referanse,
            Vedtak.organ,
            func.coalesce(Vedtak.dato, first_day, type_=Vedtak.dato.type),
            func.coalesce(Vedtak.tittel, earlier.tittel),
            Vedtak.tekst,
            earlier.moetesaksaar,
            earlier.moetesakssekvensnummer,
            Utvalg.saksnummermoenster,
            Utvalg.navn,
            Utvalg.kortnavn,
        )
        .join(Toppnotat, Toppnotat.id == TidligereVedtak.toppnotat_id)
        .join(Sak, Sak.id == Toppnotat.sak_id)
        .outerjoin(Vedtak, Vedtak.id == TidligereVedtak.vedtak_id)
        .outerjoin(earlier, earlier.id == Vedtak.sak_id)
        .outerjoin(Utvalg, Utvalg.id == func.coalesce(earlier.utvalg_id, Vedtak.utvalg_id))
        .where(_in_moete())
        .order_by(TidligereVedtak.rekkefoelge, TidligereVedtak.id)
    )


def _deltakere(
    session: Session, moete: MoeteRow, dager: tuple[DagRow, ...]
) -> tuple[DeltakerRow, ...]:
    """Return one row per person: of several seats at the date, that of a member before others."""
    date = dager[0].dato if dager else dt.date(moete.aar, 12, 31)
    here = {"moete": moete.id, "utvalg": moete.utvalg_id, "dato": date}
    chosen: dict[str, DeltakerRow] = {}
    for row in made(_deltaker, session.execute(_deltaker_statement(), here)):
        held = chosen.setdefault(row.person_id, row)
        if row.funksjon in MEMBER_SEATS and held.funksjon not in MEMBER_SEATS:
            chosen[row.person_id] = row
    return tuple(chosen.values())


@cache
def _deltaker_statement() -> Executable:
    moete: BindParameter[str] = bindparam("moete")
    utvalg: BindParameter[str] = bindparam("utvalg")
    date = bindparam("dato", type_=Verv.fra.type)
    stood_for = aliased(Person)
    saker = (
        select(func.group_concat(OppmoeteSak.sak_id, _GROUP_SEPARATOR))
        .where(OppmoeteSak.oppmoete_id == Oppmoete.id)
        .scalar_subquery()
    )
    return (
        select(
            Person.id,
            Person.fornavn,
            Person.etternavn,
            Person.epost,
            Verv.id,
            Verv.funksjon,
            Verv.organisasjon_id,
            Verv.rekkefoelge,
            Oppmoete.id,
            Oppmoete.rolle,
            Oppmoete.status,
            Oppmoete.organisasjon_id,
            Oppmoete.for_id,
            Oppmoete.fra_sak_id,
            Oppmoete.til_sak_id,
            Oppmoete.rekkefoelge,
            stood_for.fornavn,
            stood_for.etternavn,
            saker,
        )
        .outerjoin(
            Verv,
            and_(
                Verv.person_id == Person.id,
                Verv.utvalg_id == utvalg,
                or_(Verv.fra.is_(None), Verv.fra <= date),
                or_(Verv.til.is_(None), Verv.til >= date),
            ),
        )
        .outerjoin(Oppmoete, and_(Oppmoete.person_id == Person.id, Oppmoete.moete_id == moete))
        .outerjoin(stood_for, stood_for.id == Oppmoete.for_id)
        .where(or_(Verv.id.is_not(None), Oppmoete.id.is_not(None)))
        .order_by(func.coalesce(Oppmoete.rekkefoelge, Verv.rekkefoelge), Verv.rekkefoelge)
    )


def _deltaker(*values: Any) -> DeltakerRow:  # noqa: ANN401
    *stored, saker = values
    made: DeltakerRow = _MAKE_DELTAKER(*stored, tuple((saker or "").split()))
    return made


@cache
def _innspill() -> Executable:
    return _lines(InnspillRow, Innspill, Innspill.innsender_id)


@cache
def _aksjonspunkter() -> Executable:
    return _lines(AksjonspunktRow, Aksjonspunkt, Aksjonspunkt.ansvarlig_person_id)


def _lines(
    row_type: type[Any],
    entity: type[Innspill | Aksjonspunkt],
    person: InstrumentedAttribute[str | None],
) -> Executable:
    return (
        select(*columns_of(entity, row_type), Person.fornavn, Person.etternavn)
        .join(Saksreferat, Saksreferat.id == entity.saksreferat_id)
        .join(Sak, Sak.id == Saksreferat.sak_id)
        .outerjoin(Person, Person.id == person)
        .where(_in_moete())
        .order_by(entity.rekkefoelge, entity.id)
    )


@cache
def _utsendelser() -> Executable:
    return (
        select(
            Utsendelse.id,
            Utsendelse.slag,
            Utsendelse.versjon,
            Utsendelse.laget,
            Utsendelse.sendt,
            Utsendelsefil.filnavn,
            Utsendelsefil.fil_sha256,
        )
        .outerjoin(Utsendelsefil, Utsendelsefil.utsendelse_id == Utsendelse.id)
        .where(Utsendelse.moete_id == bindparam("moete"))
        .order_by(Utsendelse.laget, Utsendelse.versjon, Utsendelsefil.rekkefoelge)
    )


def load_organisation_names(session: Session) -> list[NavnRow]:
    """Return every name of every organisation."""
    return made(NavnRow, session.execute(select(*columns_of(Organisasjonsnavn, NavnRow))))
