"""What the meeting mode reads: the saker as they are being treated, and the minutes of one sak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, union
from sqlalchemy.orm import Session, undefer

from desktop.documents.content import ReferatContent
from desktop.i18n.catalogue import words
from desktop.i18n.lists import join_names
from desktop.models import Aksjonspunkt, Innspill, Person, Referat, Sak, Saksreferat, Utvalg, Vedtak
from desktop.richtext.plain import is_empty
from desktop.richtext.tree import Tree
from desktop.rules.entity_kinds import Fastpostslag
from desktop.rules.kinds import Maalform, Oppmoetestatus, Sakstype
from desktop.rules.states import MoeteTilstand, ReferatTilstand, SakTilstand
from desktop.services.access import get, sak_label
from desktop.services.agenda_view import Part
from desktop.services.attendance_view import PRESENT, Attendance, attendance_of
from desktop.services.load import load_moete, load_organisation_names
from desktop.services.minutes_edit import InnspillLine
from desktop.services.papers import referat_content
from desktop.services.referater import innspill_in_order
from desktop.services.sak_view import load_sak_words
from desktop.services.snapshot import OrganisationNames, load_agenda

_HELD = frozenset({MoeteTilstand.AVHOLDT, MoeteTilstand.AVSLUTTET})


class Saksmerke(StrEnum):
    """How far the meeting has come with a sak."""

    IKKE_BEGYNT = "ikke_begynt"
    I_GANG = "i_gang"
    BEHANDLET = "behandlet"
    UTSATT = "utsatt"
    TRUKKET = "trukket"


_MARKS = {
    SakTilstand.BEHANDLET: Saksmerke.BEHANDLET,
    SakTilstand.UTSATT: Saksmerke.UTSATT,
    SakTilstand.TRUKKET: Saksmerke.TRUKKET,
}


@dataclass(frozen=True, slots=True)
class MinuteSak:
    """A sak of the meeting, in running order. `start` and `end` are planned local clock times."""

    id: str
    number: str
    provisional: bool
    tittel: str
    sakstype: Sakstype | None
    merke: Saksmerke
    behandlet: bool
    dato: dt.date
    start: dt.time | None
    end: dt.time | None


@dataclass(frozen=True, slots=True)
class MinutesOverview:
    """The meeting and its saker.

    `open` is whether the referat can be written; `godkjent_i` names the sak that approved it.
    """

    moete_id: str
    maalform: Maalform
    tilstand: MoeteTilstand
    referat: ReferatTilstand
    godkjent_i: str
    saker: tuple[MinuteSak, ...]

    @property
    def held(self) -> bool:
        """Whether the meeting was held."""
        return self.tilstand in _HELD

    @property
    def can_be_held(self) -> bool:
        """Whether the meeting is called, so that it can be marked as held."""
        return self.tilstand is MoeteTilstand.INNKALT

    @property
    def approved(self) -> bool:
        """Whether the referat is approved, so that nothing in it changes."""
        return self.referat is ReferatTilstand.GODKJENT

    def sak(self, sak_id: str) -> MinuteSak | None:
        """Return a sak of the meeting."""
        return next((sak for sak in self.saker if sak.id == sak_id), None)


def load_minutes(session: Session, moete_id: str) -> MinutesOverview:
    """Return the saker of a meeting with how far they have come.

    Raises:
        ServiceError: `ukjent_moete`.
    """
    snapshot = load_agenda(session, moete_id)
    keys = [sak.id for sak in snapshot.saker]
    begun = _begun(session, keys)
    decided = set(session.scalars(select(Vedtak.sak_id).where(Vedtak.sak_id.in_(keys))))
    referat = session.execute(
        select(Referat.tilstand, Referat.godkjent_i_sak_id).where(Referat.moete_id == moete_id)
    ).first()
    saker = []
    for post in snapshot.rows.poster:
        if post.sak_id is None:
            continue
        sak, clocked = snapshot.rows.saker[post.sak_id], snapshot.clocked[post.id]
        assigned = snapshot.sak_numbers.get(sak.id)
        mark = _MARKS.get(sak.tilstand)
        if mark is None:
            mark = Saksmerke.I_GANG if sak.id in begun else Saksmerke.IKKE_BEGYNT
            mark = Saksmerke.BEHANDLET if sak.id in decided else mark
        saker.append(
            MinuteSak(
                id=sak.id,
                number=snapshot.sak_number(sak.id),
                provisional=assigned is not None and assigned.provisional,
                tittel=sak.tittel,
                sakstype=sak.sakstype,
                merke=mark,
                behandlet=sak.tilstand is SakTilstand.BEHANDLET,
                dato=next(dag.dato for dag in snapshot.rows.dager if dag.id == post.moetedag_id),
                start=clocked.start,
                end=clocked.end,
            )
        )
    return MinutesOverview(
        moete_id=moete_id,
        maalform=snapshot.rows.utvalg.maalform,
        tilstand=snapshot.rows.moete.tilstand,
        referat=referat[0] if referat else ReferatTilstand.UTKAST,
        godkjent_i=_approving(session, referat[1] if referat else None),
        saker=tuple(saker),
    )


def _begun(session: Session, keys: Sequence[str]) -> set[str]:
    """Return the saker that something has been written about."""
    lines = (
        select(Saksreferat.sak_id).join(row, row.saksreferat_id == Saksreferat.id)
        for row in (Innspill, Aksjonspunkt)
    )
    begun = set(session.scalars(union(*lines)))
    texts = session.scalars(
        select(Saksreferat).where(Saksreferat.sak_id.in_(keys)).options(undefer("*"))
    )
    return begun | {row.sak_id for row in texts if any(map(_has_words, _texts(row)))}


def _texts(row: Saksreferat) -> tuple[Tree | None, ...]:
    return row.innledning, row.oppsummering, row.habilitet, row.protokolltilfoersel


def _has_words(tree: Tree | None) -> bool:
    return tree is not None and not is_empty(tree)


def _approving(session: Session, sak_id: str | None) -> str:
    if sak_id is None:
        return ""
    sak = get(session, Sak, sak_id)
    return sak_label(sak, get(session, Utvalg, sak.utvalg_id))


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An aksjonspunkt; `ansvarlig` is who took it on, by the name at the meeting's date."""

    id: str
    tekst: str
    organisasjon_id: str | None
    person_id: str | None
    ansvarlig: str
    frist: dt.date | None


@dataclass(frozen=True, slots=True)
class SakMinutes:
    """The minutes of one sak, and what they start from.

    `forventer_vedtak` is false for Eventuelt; `foreslaatt_innledning` is the sentence that says
    who presented, "" where nobody is named. `som_foreslaatt` is None without a vedtak.
    """

    sak_id: str
    maalform: Maalform
    presenters: tuple[Part, ...]
    foreslaatt_innledning: str
    forslag: Tree
    forventer_vedtak: bool
    phrases: tuple[str, ...]
    innledning: Tree
    innspill: tuple[InnspillLine, ...]
    oppsummering: Tree
    aksjonspunkter: tuple[ActionLine, ...]
    habilitet: Tree
    protokolltilfoersel: Tree
    vedtak: Tree
    som_foreslaatt: bool | None


def load_sak_minutes(session: Session, sak_id: str) -> SakMinutes:
    """Return the minutes of a sak, empty where nothing is written.

    Raises:
        ServiceError: `finnes_ikke_lenger`.
    """
    sak = load_sak_words(session, sak_id)
    row = session.scalar(
        select(Saksreferat).where(Saksreferat.sak_id == sak_id).options(undefer("*"))
    )
    vedtak = session.scalar(select(Vedtak).where(Vedtak.sak_id == sak_id).options(undefer("*")))
    empty = Tree()
    return SakMinutes(
        sak_id=sak_id,
        maalform=sak.maalform,
        presenters=sak.presenters,
        foreslaatt_innledning=presented(sak.presenters, sak.maalform),
        forslag=sak.forslag,
        forventer_vedtak=sak.fastpostslag is not Fastpostslag.EVENTUELT,
        phrases=sak.phrases,
        innledning=(row and row.innledning) or empty,
        innspill=_lines(session, row),
        oppsummering=(row and row.oppsummering) or empty,
        aksjonspunkter=_actions(session, row, sak_id),
        habilitet=(row and row.habilitet) or empty,
        protokolltilfoersel=(row and row.protokolltilfoersel) or empty,
        vedtak=vedtak.tekst if vedtak else empty,
        som_foreslaatt=vedtak.som_foreslaatt if vedtak else None,
    )


def presented(presenters: Sequence[Part], maalform: Maalform) -> str:
    """Return "Kari Nordmann (KS) orienterte om saken." in the language of the utvalg, or ""."""
    if not presenters:
        return ""
    _ = words(maalform)
    return _("{hvem} orienterte om saken.").format(hvem=names_of(presenters, maalform))


def names_of(parts: Sequence[Part], maalform: Maalform) -> str:
    """Return "Kari Nordmann (KS) og Ola Dahl (Helse Vest)"."""
    names = [
        f"{part.navn} ({part.organisasjon})" if part.navn and part.organisasjon else part.title
        for part in parts
    ]
    return join_names(names, maalform)


def _lines(session: Session, row: Saksreferat | None) -> tuple[InnspillLine, ...]:
    if row is None:
        return ()
    return tuple(
        InnspillLine(
            id=line.id,
            slag=line.slag,
            nivaa=line.nivaa,
            tekst=line.tekst,
            innsender_id=line.innsender_id,
            navngis=line.navngis,
        )
        for line in innspill_in_order(session, row.id)
    )


def _actions(session: Session, row: Saksreferat | None, sak_id: str) -> tuple[ActionLine, ...]:
    if row is None:
        return ()
    points = session.scalars(
        select(Aksjonspunkt)
        .where(Aksjonspunkt.saksreferat_id == row.id)
        .order_by(Aksjonspunkt.rekkefoelge)
    ).all()
    if not points:
        return ()
    names = OrganisationNames(load_organisation_names(session))
    day = _day_of(session, sak_id)
    return tuple(
        ActionLine(
            id=point.id,
            tekst=point.tekst,
            organisasjon_id=point.ansvarlig_organisasjon_id,
            person_id=point.ansvarlig_person_id,
            ansvarlig=(
                get(session, Person, point.ansvarlig_person_id).navn
                if point.ansvarlig_person_id
                else names.at(point.ansvarlig_organisasjon_id, day, short=True)
            ),
            frist=point.frist,
        )
        for point in points
    )


def _day_of(session: Session, sak_id: str) -> dt.date:
    moete_id = get(session, Sak, sak_id).moete_id
    return load_agenda(session, moete_id or "").dato


def load_referat(session: Session, moete_id: str) -> ReferatContent:
    """Return what the referat says so far, also of a meeting that is not held yet.

    Raises:
        ServiceError: `ukjent_moete`.
    """
    return referat_content(session, load_moete(session, moete_id))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who can say something in the meeting. `til_stede` is false while not registered."""

    person_id: str
    navn: str
    organisasjon: str
    til_stede: bool


def load_speakers(session: Session, moete_id: str) -> tuple[Speaker, ...]:
    """Return who takes part in a meeting, those who are there first; the absent are left out."""
    return speakers_of(attendance_of(session, moete_id))


def speakers_of(attendance: Attendance) -> tuple[Speaker, ...]:
    """Return who can say something, those who are there first."""
    found = [
        Speaker(row.person_id, row.navn, row.organisasjon, row.status in PRESENT)
        for row in attendance.rows
        if row.status is not Oppmoetestatus.FORFALL
    ]
    return tuple(sorted(found, key=lambda one: not one.til_stede))
