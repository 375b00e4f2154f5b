"""The fixed posts of an utvalg in its meetings: proposed with a new one, and kept true after.

Their titles and phrases name the previous meeting's date and what the secretariat is called. While
a meeting is unsent they follow those, unless the secretary has written something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.i18n.dates import long_date
from desktop.models import Dagsordenpost, Fastpost, Moete, Moetedag, Sak, Utvalg, Vedlegg, new_key
from desktop.richtext.plain import plain_text
from desktop.richtext.tree import Tree, tree_from_text
from desktop.rules.entity_kinds import Fastpostslag, Plassering, Postslag, Vedleggslag
from desktop.rules.phrases import fill, unfilled
from desktop.rules.rank import ranks
from desktop.rules.states import MoeteTilstand, SakTilstand
from desktop.services.access import days_of
from desktop.services.load import load_organisation_names
from desktop.services.saker import follow_toppnotatstatus
from desktop.services.snapshot import OrganisationNames


@dataclass(frozen=True, slots=True)
class _Proposal:
    """What a fixed post says in a meeting: title, vedtak, and the previous meeting's key."""

    tittel: str
    forslag: str
    previous_id: str | None


Proposals = Mapping[tuple[str, str], _Proposal]
"""By the keys of a sak and of a fixed post that may have proposed it."""


def previous_moete(session: Session, moete: Moete) -> Moete | None:
    """Return the meeting of the same utvalg that was last before this one, cancelled ones aside."""
    first_day = days_of(session, moete.id)[0].dato
    start = select(func.min(Moetedag.dato)).where(Moetedag.moete_id == Moete.id).scalar_subquery()
    return session.scalar(
        select(Moete)
        .where(
            Moete.utvalg_id == moete.utvalg_id,
            Moete.id != moete.id,
            Moete.tilstand != MoeteTilstand.AVLYST,
            start < first_day,
        )
        .order_by(start.desc())
        .limit(1)
    )


def add_fixed_posts(session: Session, utvalg: Utvalg, moete: Moete) -> None:
    """Put the fixed posts on the agenda: first ones on the first day, last ones on the last.

    The post that approves the previous referat gets that as its vedlegg, and is left out where
    there is no previous meeting.
    """
    previous = previous_moete(session, moete)
    values = _values(session, utvalg, moete, previous)
    days = days_of(session, moete.id)
    posts = [
        post
        for post in utvalg.fastposter
        if previous is not None or post.slag is not Fastpostslag.REFERAT
    ]
    first = [(post, days[0]) for post in posts if post.plassering is Plassering.FOERST]
    last = [(post, days[-1]) for post in posts if post.plassering is Plassering.SIST]
    wanted = first + last
    for (post, day), rank in zip(wanted, ranks(len(wanted)), strict=True):
        sak = _sak(utvalg, moete, post, values)
        session.add(sak)
        session.flush()
        session.add(
            Dagsordenpost(
                moetedag_id=day.id,
                rekkefoelge=rank,
                slag=Postslag.SAK,
                sak_id=sak.id,
                varighet=post.varighet,
            )
        )
        if post.slag is Fastpostslag.REFERAT and previous is not None:
            session.add(_referat_vedlegg(sak, previous.id))
        session.flush()
        follow_toppnotatstatus(session, sak)


def _values(
    session: Session, utvalg: Utvalg, moete: Moete, previous: Moete | None
) -> dict[str, str]:
    names = OrganisationNames(load_organisation_names(session))
    first_day = days_of(session, moete.id)[0].dato
    values = {
        "utvalg": utvalg.bestemt,
        "sekretariat": names.secretariat_at(utvalg.sekretariat_id, first_day),
    }
    if previous is not None:
        before = days_of(session, previous.id)[0].dato
        values["dato"] = long_date(before, utvalg.maalform)
    return values


def _title(utvalg: Utvalg, post: Fastpost, values: dict[str, str]) -> str:
    return fill(post.tittel, {**values, "utvalg": utvalg.navn})


def _sak(utvalg: Utvalg, moete: Moete, post: Fastpost, values: dict[str, str]) -> Sak:
    return Sak(
        id=new_key(),
        utvalg_id=utvalg.id,
        moete_id=moete.id,
        tittel=_title(utvalg, post, values),
        sakstype=post.sakstype,
        forslag_til_vedtak=tree_from_text(fill(post.frase, values)) if post.frase else None,
        tilstand=SakTilstand.PAA_DAGSORDEN,
        toppnotatstatus=post.toppnotatstatus,
        fastpostslag=post.slag,
    )


def _referat_vedlegg(sak: Sak, previous_id: str) -> Vedlegg:
    return Vedlegg(
        sak_id=sak.id,
        slag=Vedleggslag.REFERAT,
        referat_moete_id=previous_id,
        rekkefoelge=ranks(1)[0],
    )


def proposals_of(session: Session, *bodies: Utvalg) -> Proposals:
    """Return what the fixed posts of the unsent meetings of some utvalg say, as things stand."""
    found: dict[tuple[str, str], _Proposal] = {}
    for utvalg in bodies:
        unsent = select(Moete).where(
            Moete.utvalg_id == utvalg.id, Moete.tilstand == MoeteTilstand.PLANLAGT
        )
        for moete in session.scalars(unsent).all():
            found |= _of_moete(session, utvalg, moete)
    return found


def _of_moete(session: Session, utvalg: Utvalg, moete: Moete) -> dict[tuple[str, str], _Proposal]:
    previous = previous_moete(session, moete)
    values = _values(session, utvalg, moete, previous)
    saker = select(Sak).where(Sak.moete_id == moete.id, Sak.fastpostslag.is_not(None))
    return {
        (sak.id, post.id): _Proposal(
            _title(utvalg, post, values),
            fill(post.frase, values) if post.frase else "",
            previous.id if previous else None,
        )
        for sak in session.scalars(saker).all()
        for post in utvalg.fastposter
        if post.slag is sak.fastpostslag
    }


def follow_proposals(session: Session, before: Proposals) -> None:
    """Take what the fixed posts say now where a sak still says what they said before.

    A date that is no longer known leaves the text as it was.
    """
    session.flush()
    bodies = {
        sak.utvalg_id: session.get_one(Utvalg, sak.utvalg_id)
        for sak_id, _post in before
        if (sak := session.get(Sak, sak_id)) is not None
    }
    for (sak_id, post_id), now in proposals_of(session, *bodies.values()).items():
        old = before.get((sak_id, post_id))
        if old is not None and old != now:
            _follow(session, session.get_one(Sak, sak_id), old, now)


def _follow(session: Session, sak: Sak, old: _Proposal, now: _Proposal) -> None:
    if sak.tittel == old.tittel and not unfilled(now.tittel):
        sak.tittel = now.tittel
    said = plain_text(sak.forslag_til_vedtak or Tree())
    if now.forslag and said == old.forslag and now.forslag != said and not unfilled(now.forslag):
        sak.forslag_til_vedtak = tree_from_text(now.forslag)
    if sak.fastpostslag is Fastpostslag.REFERAT and old.previous_id != now.previous_id:
        _follow_referat(session, sak, old, now)


def _follow_referat(session: Session, sak: Sak, old: _Proposal, now: _Proposal) -> None:
    attached = session.scalars(
        select(Vedlegg).where(Vedlegg.sak_id == sak.id, Vedlegg.slag == Vedleggslag.REFERAT)
    ).all()
    if now.previous_id is None or any(v.referat_moete_id == now.previous_id for v in attached):
        return
    for vedlegg in attached:
        if vedlegg.referat_moete_id == old.previous_id:
            vedlegg.referat_moete_id = now.previous_id
