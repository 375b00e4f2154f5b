"""What the window shows of one sak: its texts, people and vedlegg, and what can be put into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.i18n.catalogue import words
from desktop.i18n.dates import long_date
from desktop.i18n.terms import vedlegg_title
from desktop.models import (
    Frase,
    Moete,
    Moetedag,
    Organisasjon,
    Person,
    Sak,
    Saksrolle,
    Toppnotat,
    Utvalg,
    Vedlegg,
)
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Fastpostslag, Rolle, Vedleggslag
from desktop.rules.errors import RuleError
from desktop.rules.kinds import Maalform, Sakstype, Toppnotatstatus
from desktop.rules.phrases import fill
from desktop.rules.states import SakTilstand, ToppnotatTilstand
from desktop.services.access import days_of, get
from desktop.services.agenda_view import Part
from desktop.services.fastposter import previous_moete
from desktop.services.load import load_organisation_names
from desktop.services.rows import full_name
from desktop.services.snapshot import MoeteSnapshot, OrganisationNames, load_agenda
from desktop.storage.files import read_file


@dataclass(frozen=True, slots=True)
class VedleggView:
    """A vedlegg of a sak. `number` is "" for a sak in the queue."""

    id: str
    slag: Vedleggslag
    number: str
    provisional: bool
    title: str
    url: str
    filnavn: str
    trukket: bool

    @property
    def has_own_title(self) -> bool:
        """Whether it is a file or a link, whose title can be written."""
        return self.slag in {Vedleggslag.FIL, Vedleggslag.LENKE}


@dataclass(frozen=True, slots=True)
class SakView:
    """A sak. `phrases` are those of its sakstype, with what is known filled in."""

    id: str
    moete_id: str | None
    maalform: Maalform
    number: str
    provisional: bool
    tittel: str
    sakstype: Sakstype | None
    tilstand: SakTilstand
    toppnotatstatus: Toppnotatstatus
    toppnotat: ToppnotatTilstand | None
    arkivreferanse: str
    omtale: Tree
    forslag: Tree
    roller: Mapping[Rolle, tuple[Part, ...]]
    vedlegg: tuple[VedleggView, ...]
    phrases: tuple[str, ...]


def load_sak_view(session: Session, sak_id: str) -> SakView:
    """Return a sak of a meeting or of the queue.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    sak = get(session, Sak, sak_id)
    utvalg = get(session, Utvalg, sak.utvalg_id)
    snapshot = load_agenda(session, sak.moete_id) if sak.moete_id else None
    assigned = snapshot.sak_numbers.get(sak_id) if snapshot else None
    note = session.scalar(select(Toppnotat.tilstand).where(Toppnotat.sak_id == sak_id))
    names = OrganisationNames(load_organisation_names(session))
    date = snapshot.dato if snapshot else dt.datetime.now().date()  # noqa: DTZ005
    return SakView(
        id=sak.id,
        moete_id=sak.moete_id,
        maalform=utvalg.maalform,
        number=snapshot.sak_number(sak_id) if snapshot else "",
        provisional=assigned is not None and assigned.provisional,
        tittel=sak.tittel,
        sakstype=sak.sakstype,
        tilstand=sak.tilstand,
        toppnotatstatus=sak.toppnotatstatus,
        toppnotat=note if sak.toppnotatstatus is Toppnotatstatus.SKAL_HA else None,
        arkivreferanse=sak.arkivreferanse or "",
        omtale=sak.omtale or Tree(),
        forslag=sak.forslag_til_vedtak or Tree(),
        roller=_roles(session, sak_id, names, date),
        vedlegg=_attachments(session, sak, utvalg, snapshot),
        phrases=_phrases(session, sak, utvalg, names, date),
    )


@dataclass(frozen=True, slots=True)
class SakWords:
    """What the minutes of a sak take from it: who presents it, what is proposed, the phrases."""

    maalform: Maalform
    forslag: Tree
    presenters: tuple[Part, ...]
    phrases: tuple[str, ...]
    fastpostslag: Fastpostslag | None


def load_sak_words(session: Session, sak_id: str) -> SakWords:
    """Return what the minutes of a sak take from it, without reading the whole agenda.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    sak = get(session, Sak, sak_id)
    utvalg = get(session, Utvalg, sak.utvalg_id)
    names = OrganisationNames(load_organisation_names(session))
    days = days_of(session, sak.moete_id) if sak.moete_id else []
    date = days[0].dato if days else dt.datetime.now().date()  # noqa: DTZ005
    return SakWords(
        maalform=utvalg.maalform,
        forslag=sak.forslag_til_vedtak or Tree(),
        presenters=_roles(session, sak_id, names, date)[Rolle.PRESENTATOER],
        phrases=_phrases(session, sak, utvalg, names, date),
        fastpostslag=sak.fastpostslag,
    )


def _roles(
    session: Session, sak_id: str, names: OrganisationNames, date: dt.date
) -> dict[Rolle, tuple[Part, ...]]:
    rows = session.execute(
        select(
            Saksrolle.rolle,
            Saksrolle.person_id,
            Saksrolle.organisasjon_id,
            Person.fornavn,
            Person.etternavn,
        )
        .outerjoin(Person, Person.id == Saksrolle.person_id)
        .where(Saksrolle.sak_id == sak_id)
        .order_by(Saksrolle.rekkefoelge, Saksrolle.id)
    )
    found: dict[Rolle, tuple[Part, ...]] = dict.fromkeys(Rolle, ())
    for rolle, person, body, given, family in rows:
        part = Part(person, body, full_name(given, family), names.at(body, date))
        found[rolle] = (*found[rolle], part)
    return found


def _attachments(
    session: Session, sak: Sak, utvalg: Utvalg, snapshot: MoeteSnapshot | None
) -> tuple[VedleggView, ...]:
    numbers = snapshot.vedlegg_numbers if snapshot else {}
    rows = session.scalars(
        select(Vedlegg).where(Vedlegg.sak_id == sak.id).order_by(Vedlegg.rekkefoelge, Vedlegg.id)
    )
    found = []
    for row in rows:
        assigned = numbers.get(row.id)
        found.append(
            VedleggView(
                id=row.id,
                slag=row.slag,
                number=str(assigned.number) if assigned else "",
                provisional=assigned is not None and assigned.provisional,
                title=_title(session, sak, utvalg, row),
                url=row.url or "",
                filnavn=row.filnavn or "",
                trukket=row.trukket,
            )
        )
    return tuple(found)


def _title(session: Session, sak: Sak, utvalg: Utvalg, row: Vedlegg) -> str:
    own = sak.tittel if row.slag is Vedleggslag.TOPPNOTAT else row.tittel or ""
    body, date = "", None
    if row.referat_moete_id is not None:
        moete = get(session, Moete, row.referat_moete_id)
        body = get(session, Utvalg, moete.utvalg_id).navn
        days: list[Moetedag] = days_of(session, moete.id)
        date = days[0].dato if days else None
    return vedlegg_title(row.slag, own, body, date, words(utvalg.maalform))


def _phrases(
    session: Session, sak: Sak, utvalg: Utvalg, names: OrganisationNames, date: dt.date
) -> tuple[str, ...]:
    if sak.sakstype is None:
        return ()
    texts = session.scalars(
        select(Frase.tekst)
        .where(Frase.utvalg_id == utvalg.id, Frase.sakstype == sak.sakstype)
        .order_by(Frase.rekkefoelge)
    )
    secretariat = names.secretariat_at(utvalg.sekretariat_id, date)
    values = {"utvalg": utvalg.bestemt, "sekretariat": secretariat}
    moete = session.get(Moete, sak.moete_id) if sak.moete_id else None
    previous = previous_moete(session, moete) if moete else None
    if previous is not None:
        values["dato"] = long_date(days_of(session, previous.id)[0].dato, utvalg.maalform)
    return tuple(_filled(text, values) for text in texts)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Return a phrase filled; one that a rule refuses is given as it was written."""
    try:
        return fill(text, values)
    except RuleError:
        return text


def load_parts(session: Session) -> tuple[Part, ...]:
    """Return everybody who can have a part in a sak: persons first, then organisations."""
    names = OrganisationNames(load_organisation_names(session))
    today = dt.datetime.now().date()  # noqa: DTZ005
    persons = session.execute(
        select(Person.id, Person.fornavn, Person.etternavn, Person.organisasjon_id).order_by(
            Person.fornavn, Person.etternavn
        )
    )
    people = [
        Part(key, body, full_name(given, family), names.at(body, today))
        for key, given, family, body in persons
    ]
    keys = session.scalars(select(Organisasjon.id))
    bodies = [Part(None, key, "", names.at(key, today)) for key in keys]
    return (*people, *sorted(bodies, key=lambda part: part.organisasjon))


def read_attachment(session: Session, vedlegg_id: str) -> tuple[str, bytes]:
    """Return the name and the bytes of an attached file.

    Raises:
        ServiceError: `finnes_ikke_lenger`, also for a vedlegg that is no file.
        ArchiveError: `ukjent_fil` or `skadet_fil`.
    """
    row = get(session, Vedlegg, vedlegg_id)
    return row.filnavn or row.tittel or "", read_file(session, row.fil_sha256 or "")
