"""Verbs for the archive, the utvalg, organisations, persons and seats."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from desktop.models import (
    Arkiv,
    Fastpost,
    Frase,
    Nummerserie,
    Organisasjon,
    Organisasjonsnavn,
    Person,
    Utvalg,
    Verv,
)
from desktop.richtext.tree import Tree
from desktop.rules.kinds import Funksjon, Maalform
from desktop.rules.numbering import DEFAULT_PATTERN, SakNumberPattern, format_meeting_number
from desktop.rules.phrases import DEFAULT_PHRASES, DEFAULT_POSTS
from desktop.rules.rank import ranks
from desktop.services.access import (
    clean_optional,
    clean_title,
    get,
    rank_after_last,
    require_period,
    require_times,
    require_within,
)
from desktop.services.errors import ServiceError
from desktop.services.fastposter import follow_proposals, proposals_of
from desktop.services.series_rule import require_series_below_fixed
from desktop.services.verbs import Created, operation
from desktop.storage.archive import Archive
from desktop.storage.changes import ChangeSet

DEFAULT_COMMENT_DAYS = 14
LONGEST_COMMENT_DAYS = 365
DEFAULT_START = dt.time(10, 0)
DEFAULT_END = dt.time(16, 0)


def name_arkiv(archive: Archive, *, navn: str, opprettet: dt.date) -> Created:
    """Give a new archive its name.

    Raises:
        ServiceError: `tomt_felt`, or `arkivet_har_navn`.
    """
    with operation(archive, "create_arkiv") as op:
        held = op.session.scalar(select(Arkiv.navn))
        if held is not None:
            raise ServiceError("arkivet_har_navn", navn=held)
        row = Arkiv(navn=clean_title(navn), opprettet=opprettet)
        op.session.add(row)
    return Created(row.id)


def create_utvalg(
    archive: Archive,
    *,
    navn: str,
    bestemt: str | None = None,
    kortnavn: str | None = None,
    maalform: Maalform = Maalform.NB,
    saksnummermoenster: str = DEFAULT_PATTERN.text,
    sekretariat_id: str | None = None,
    standardsted: str | None = None,
    standard_fra: dt.time = DEFAULT_START,
    standard_til: dt.time = DEFAULT_END,
    kommentarfrist_dager: int = DEFAULT_COMMENT_DAYS,
    husregler: Tree | None = None,
) -> Created:
    """Make an utvalg with the fixed posts and phrases of its language.

    Raises:
        ServiceError: `tomt_felt`, `navn_er_i_bruk`, `slutter_foer_start` or `tall_utenfor_omraade`.
        RuleError: a code `moenster_…`.
    """
    SakNumberPattern(saksnummermoenster)
    require_within("kommentarfrist", kommentarfrist_dager, 0, LONGEST_COMMENT_DAYS)
    require_times(standard_fra, standard_til)
    with operation(archive, "create_utvalg") as op:
        name = clean_title(navn)
        if op.session.scalar(select(Utvalg.id).where(Utvalg.navn == name)):
            raise ServiceError("navn_er_i_bruk", navn=name)
        utvalg = Utvalg(
            navn=name,
            bestemt=clean_optional(bestemt) or name,
            kortnavn=clean_optional(kortnavn) or name,
            maalform=maalform,
            saksnummermoenster=saksnummermoenster,
            sekretariat_id=sekretariat_id,
            standardsted=clean_optional(standardsted),
            standard_fra=standard_fra,
            standard_til=standard_til,
            kommentarfrist_dager=kommentarfrist_dager,
            husregler=husregler,
            rekkefoelge=rank_after_last(op.session, Utvalg.rekkefoelge),
        )
        utvalg.fastposter = _default_posts(maalform)
        utvalg.fraser = _default_phrases(maalform)
        op.session.add(utvalg)
    return Created(utvalg.id)


def _default_posts(maalform: Maalform) -> list[Fastpost]:
    posts = DEFAULT_POSTS[maalform]
    return [
        Fastpost(
            slag=post.kind,
            tittel=post.title,
            sakstype=post.sakstype,
            varighet=post.minutes,
            plassering=post.placing,
            toppnotatstatus=post.toppnotatstatus,
            frase=post.forslag,
            rekkefoelge=rank,
        )
        for post, rank in zip(posts, ranks(len(posts)), strict=True)
    ]


def _default_phrases(maalform: Maalform) -> list[Frase]:
    phrases = [(kind, text) for kind, texts in DEFAULT_PHRASES[maalform].items() for text in texts]
    return [
        Frase(sakstype=kind, tekst=text, rekkefoelge=rank)
        for (kind, text), rank in zip(phrases, ranks(len(phrases)), strict=True)
    ]


def set_template(
    archive: Archive, *, utvalg_id: str, navn: str | None, data: bytes | None
) -> ChangeSet:
    """Give an utvalg its own Word template, or with None the house's again.

    Raises:
        TemplateError: if the file is not a Word template that can be used.
    """
    from desktop.documents.template import read_template  # noqa: PLC0415
    from desktop.storage.files import store_file  # noqa: PLC0415

    if data is not None:
        read_template(data)
    with operation(archive, "change_utvalg") as op:
        utvalg = get(op.session, Utvalg, utvalg_id)
        utvalg.mal_navn = navn if data is not None else None
        utvalg.mal_sha256 = store_file(op.session, data) if data is not None else None
    return op.changes


def set_series(
    archive: Archive, *, utvalg_id: str, aar: int, foerste_sak: int = 1, foerste_moete: int = 1
) -> ChangeSet:
    """Say where the numbers of an utvalg start in a year.

    Raises:
        RuleError: `aar_utenfor_omraade` or `nummer_utenfor_omraade`.
        ServiceError: `serie_etter_fast_sak` or `serie_etter_fast_moete`.
    """
    for first in (foerste_sak, foerste_moete):
        format_meeting_number(aar, first)
    with operation(archive, "set_series") as op:
        require_series_below_fixed(op.session, utvalg_id, aar, foerste_sak, foerste_moete)
        serie = op.session.scalar(
            select(Nummerserie).where(Nummerserie.utvalg_id == utvalg_id, Nummerserie.aar == aar)
        )
        if serie is None:
            serie = Nummerserie(utvalg_id=utvalg_id, aar=aar)
            op.session.add(serie)
        serie.foerste_sak = foerste_sak
        serie.foerste_moete = foerste_moete
    return op.changes


def create_organisasjon(
    archive: Archive,
    *,
    navn: str,
    kortnavn: str | None = None,
    fra: dt.date | None = None,
    til: dt.date | None = None,
) -> Created:
    """Make an organisation with its first name.

    Raises:
        ServiceError: `tomt_felt` or `slutter_foer_start`.
    """
    require_period(fra, til)
    with operation(archive, "create_organisasjon") as op:
        row = Organisasjon()
        row.navn = [
            Organisasjonsnavn(
                navn=clean_title(navn, "navn"), kortnavn=clean_optional(kortnavn), fra=fra, til=til
            )
        ]
        op.session.add(row)
    return Created(row.id)


def rename_organisasjon(
    archive: Archive,
    *,
    organisasjon_id: str,
    navn: str,
    kortnavn: str | None = None,
    fra: dt.date,
) -> ChangeSet:
    """Give an organisation a new name from a date; the name before it ends the day before.

    Raises:
        ServiceError: `navn_foer_siste_navn`, if the latest name starts on or after that date.
    """
    with operation(archive, "rename_organisasjon") as op:
        row = get(op.session, Organisasjon, organisasjon_id)
        served = Utvalg.sekretariat_id == organisasjon_id
        bodies = op.session.scalars(select(Utvalg).where(served)).all()
        proposed = proposals_of(op.session, *bodies)
        for name in row.navn:
            if name.fra is not None and name.fra >= fra:
                raise ServiceError("navn_foer_siste_navn", navn=name.navn, dato=name.fra)
            if name.til is None or name.til >= fra:
                name.til = fra - dt.timedelta(days=1)
        row.navn.append(
            Organisasjonsnavn(
                navn=clean_title(navn, "navn"), kortnavn=clean_optional(kortnavn), fra=fra
            )
        )
        follow_proposals(op.session, proposed)
    return op.changes


def create_person(
    archive: Archive,
    *,
    fornavn: str,
    etternavn: str,
    epost: str | None = None,
    telefon: str | None = None,
    organisasjon_id: str | None = None,
) -> Created:
    """Make a person."""
    with operation(archive, "create_person") as op:
        row = Person(
            fornavn=clean_title(fornavn, "fornavn"),
            etternavn=clean_title(etternavn, "etternavn"),
            epost=clean_optional(epost),
            telefon=clean_optional(telefon),
            organisasjon_id=organisasjon_id,
        )
        op.session.add(row)
    return Created(row.id)


def change_person(
    archive: Archive,
    *,
    person_id: str,
    fornavn: str,
    etternavn: str,
    epost: str | None,
    telefon: str | None,
    organisasjon_id: str | None,
) -> ChangeSet:
    """Change what is known of a person. What was sent keeps the name it was sent under.

    Raises:
        ServiceError: `tomt_felt`.
    """
    with operation(archive, "change_person") as op:
        row = get(op.session, Person, person_id)
        row.fornavn = clean_title(fornavn, "fornavn")
        row.etternavn = clean_title(etternavn, "etternavn")
        row.epost = clean_optional(epost)
        row.telefon = clean_optional(telefon)
        row.organisasjon_id = organisasjon_id
    return op.changes


def give_verv(
    archive: Archive,
    *,
    utvalg_id: str,
    person_id: str,
    organisasjon_id: str | None,
    funksjon: Funksjon = Funksjon.MEDLEM,
    fra: dt.date | None = None,
    til: dt.date | None = None,
    vara_for_id: str | None = None,
) -> Created:
    """Give a person a seat in an utvalg, last in order.

    Raises:
        ServiceError: `verv_finnes`, if the person has that seat in that period already, or
            `slutter_foer_start`.
    """
    require_period(fra, til)
    with operation(archive, "give_verv") as op:
        taken = op.session.scalars(
            select(Verv).where(
                Verv.utvalg_id == utvalg_id, Verv.person_id == person_id, Verv.funksjon == funksjon
            )
        )
        if any(_overlap(seat, fra, til) for seat in taken):
            raise ServiceError("verv_finnes", person=get(op.session, Person, person_id).navn)
        row = Verv(
            utvalg_id=utvalg_id,
            person_id=person_id,
            organisasjon_id=organisasjon_id,
            funksjon=funksjon,
            fra=fra,
            til=til,
            vara_for_id=vara_for_id,
            rekkefoelge=rank_after_last(op.session, Verv.rekkefoelge, Verv.utvalg_id == utvalg_id),
        )
        op.session.add(row)
    return Created(row.id)


def _overlap(seat: Verv, fra: dt.date | None, til: dt.date | None) -> bool:
    starts_before_end = til is None or seat.fra is None or seat.fra <= til
    ends_after_start = fra is None or seat.til is None or seat.til >= fra
    return starts_before_end and ends_after_start


def end_verv(archive: Archive, *, verv_id: str, til: dt.date) -> ChangeSet:
    """End a seat on a date, which is its last day.

    Raises:
        ServiceError: `slutter_foer_start`.
    """
    with operation(archive, "end_verv") as op:
        seat = get(op.session, Verv, verv_id)
        require_period(seat.fra, til)
        seat.til = til
    return op.changes
