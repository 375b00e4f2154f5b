"""What the dialog that plans a meeting proposes: from last time, else from the utvalg."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.i18n.dates import long_date
from desktop.i18n.sorting import sort_key
from desktop.models import Moete, Moetedag, Person, Utvalg, Verv
from desktop.rules.entity_kinds import Fastpostslag
from desktop.rules.kinds import Funksjon, Moeteform
from desktop.rules.numbering import PlacedMeeting, assign_meeting_numbers, format_meeting_number
from desktop.rules.phrases import fill
from desktop.rules.states import MoeteTilstand
from desktop.services.access import get
from desktop.services.load import MEMBER_SEATS, load_organisation_names
from desktop.services.load_agenda import load_placed
from desktop.services.numbers import series_of
from desktop.services.snapshot import OrganisationNames, meeting_series, placed_meetings
from desktop.services.utvalg import DEFAULT_END, DEFAULT_START

_NEW = "ny"


class Frame(NamedTuple):
    """How the next meeting of an utvalg is likely to be held."""

    fra: dt.time
    til: dt.time
    sted: str
    form: Moeteform
    digital_lenke: str
    moeteleder_id: str | None
    referent_id: str | None


class PostProposal(NamedTuple):
    """A fixed post as it will stand in the new meeting, with its minutes."""

    tittel: str
    varighet: int


class DayFacts(NamedTuple):
    """What a date decides: the number, who has a seat, which fixed posts, and who leads."""

    nummer: str
    antall_medlemmer: int
    fastposter: tuple[PostProposal, ...]
    leder_id: str | None
    sekretaer_id: str | None


class PersonChoice(NamedTuple):
    """A person to choose; those with a seat in the utvalg stand first."""

    id: str
    navn: str
    organisasjon: str
    har_verv: bool


def frame_of(session: Session, utvalg_id: str) -> Frame:
    """Return the frame of the utvalg's latest meeting; of the utvalg where there is none."""
    utvalg = get(session, Utvalg, utvalg_id)
    found = session.execute(
        select(Moete, Moetedag)
        .join(Moetedag, Moetedag.moete_id == Moete.id)
        .where(Moete.utvalg_id == utvalg_id, Moete.tilstand != MoeteTilstand.AVLYST)
        .order_by(Moetedag.dato.desc())
        .limit(1)
    ).first()
    if found is None:
        return Frame(
            fra=utvalg.standard_fra or DEFAULT_START,
            til=utvalg.standard_til or DEFAULT_END,
            sted=utvalg.standardsted or "",
            form=Moeteform.FYSISK,
            digital_lenke="",
            moeteleder_id=None,
            referent_id=None,
        )
    moete, dag = found
    return Frame(
        fra=dag.fra,
        til=dag.til,
        sted=moete.sted or utvalg.standardsted or "",
        form=moete.form,
        digital_lenke=moete.digital_lenke or "",
        moeteleder_id=moete.moeteleder_id,
        referent_id=moete.referent_id,
    )


def day_facts(
    session: Session, utvalg_id: str, dato: dt.date, fra: dt.time, moete_id: str | None = None
) -> DayFacts:
    """Return what a first day decides for a new meeting, or for one that is moved to it.

    Raises:
        RuleError: `aar_utenfor_omraade`.
    """
    found = session.execute(
        select(Verv.person_id, Verv.funksjon)
        .where(
            Verv.utvalg_id == utvalg_id,
            or_(Verv.fra.is_(None), Verv.fra <= dato),
            or_(Verv.til.is_(None), Verv.til >= dato),
        )
        .order_by(Verv.rekkefoelge)
    )
    seats = [(key, funksjon) for key, funksjon in found]
    return DayFacts(
        nummer=_number(session, utvalg_id, dato, fra, moete_id),
        antall_medlemmer=len({key for key, funksjon in seats if funksjon in MEMBER_SEATS}),
        fastposter=() if moete_id else _posts(session, get(session, Utvalg, utvalg_id), dato),
        leder_id=_first(seats, Funksjon.LEDER),
        sekretaer_id=_first(seats, Funksjon.SEKRETARIAT),
    )


def _first(seats: Sequence[tuple[str, Funksjon]], wanted: Funksjon) -> str | None:
    return next((key for key, funksjon in seats if funksjon is wanted), None)


def _number(
    session: Session, utvalg_id: str, dato: dt.date, fra: dt.time, moete_id: str | None
) -> str:
    placed = load_placed(session, utvalg_id, dato.year)
    meetings = placed_meetings(placed)
    fixed = next((m.fixed for m in meetings if m.key == moete_id), None)
    here = PlacedMeeting(moete_id or _NEW, dato, start=fra, fixed=fixed)
    others = [meeting for meeting in meetings if meeting.key != moete_id]
    series = meeting_series(series_of(session, utvalg_id, dato.year), placed)
    number = assign_meeting_numbers(series, [*others, here])[here.key].number
    return format_meeting_number(dato.year, number)


def _posts(session: Session, utvalg: Utvalg, dato: dt.date) -> tuple[PostProposal, ...]:
    values = _values(session, utvalg, dato)
    return tuple(
        PostProposal(fill(post.tittel, values), post.varighet)
        for post in sorted(utvalg.fastposter, key=lambda post: (post.plassering, post.rekkefoelge))
        if "dato" in values or post.slag is not Fastpostslag.REFERAT
    )


def _values(session: Session, utvalg: Utvalg, dato: dt.date) -> dict[str, str]:
    first_day = select(func.min(Moetedag.dato)).where(Moetedag.moete_id == Moete.id)
    start = first_day.scalar_subquery()
    previous = session.scalar(
        select(start)
        .where(Moete.utvalg_id == utvalg.id, Moete.tilstand != MoeteTilstand.AVLYST, start < dato)
        .order_by(start.desc())
        .limit(1)
    )
    names = OrganisationNames(load_organisation_names(session))
    secretariat = names.secretariat_at(utvalg.sekretariat_id, dato)
    values = {"utvalg": utvalg.navn, "sekretariat": secretariat}
    if previous is not None:
        values["dato"] = long_date(previous, utvalg.maalform)
    return values


def person_choices(session: Session, utvalg_id: str, dato: dt.date) -> tuple[PersonChoice, ...]:
    """Return every person with the organisation of the date, those with a seat first."""
    names = OrganisationNames(load_organisation_names(session))
    seated = {
        row.person_id: row.organisasjon_id
        for row in session.execute(
            select(Verv.person_id, Verv.organisasjon_id)
            .where(Verv.utvalg_id == utvalg_id, or_(Verv.til.is_(None), Verv.til >= dato))
            .order_by(Verv.rekkefoelge.desc())
        )
    }
    people = session.execute(
        select(Person.id, Person.fornavn, Person.etternavn, Person.organisasjon_id)
    )
    choices = [
        PersonChoice(
            key, f"{first} {last}".strip(), names.at(seated.get(key) or body, dato), key in seated
        )
        for key, first, last, body in people
    ]
    return tuple(sorted(choices, key=lambda one: (not one.har_verv, sort_key(one.navn))))
